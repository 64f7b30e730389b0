"""Headings of sheets: which field a heading means, and which rows of a sheet are its headings (domain 13)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from branchdesk.domain.sheet_grid import Area, Grid, GridRow, column_letters

FIRST_LOOK, SECOND_LOOK = 10, 20  # rows in which headings are looked for (domain 13.1)
_FEWEST = 2
_NUMBERING = re.compile(r"^\(?\d{1,2}[.、)](?=\D)")
_DECORATION = "*※:;,。."
_BRACKETS = re.compile(r"[(\[【〔<〈].*?[)\]】〕>〉]")
_HINT = re.compile(
    r"元|万元|元/月|岁|年|月|年月|年月日|年/月|年/月/日|人|名|位|必填|必填项|选填|可选|文本|文本格式|数字|日期"
    r"|男/女|是/否|是或否|\d+位|盖章|签字|格式.*|请.*|如.*|例.*|y{2,4}.*|精确到.*|填.*|全称|单选|多选|下拉.*"
)
_RUNNING_NUMBER = {"序号", "序", "编号", "行号", "顺序号", "no", "no.", "№"}
_BEFORE = ("党员本人", "党员", "本人", "个人", "现在", "目前", "现")
_AFTER = ("情况", "信息", "一栏")
_PLAIN_GROUP = re.compile(r".*(情况|信息|方式|资料|概况)|基本|党籍|党内|个人|组织关系")
_OTHER_PEOPLE = re.compile("家庭|配偶|父|母|子女|介绍人|联系人|培养|推荐")
_GROUP_ENDS = ("教育", "情况", "信息")
_ALTERNATIVES = re.compile("[/、或]")
_MEASURED = re.compile(r"\d{4}")


class Certainty(IntEnum):
    """How sure it is what a column holds."""

    UNKNOWN = 0
    DOUBTFUL = 1
    SURE = 2
    RUNNING_NUMBER = 3


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet: its place from 0, its heading as written, and the field that it holds.

    `filled` is the number of rows to be read that have a text in it.
    """

    index: int
    heading: str
    field: str | None
    certainty: Certainty
    hidden: bool = False
    filled: int = 0

    @property
    def letters(self) -> str:
        """The letters over the column."""
        return column_letters(self.index)

    @property
    def is_open(self) -> bool:
        """Whether somebody has to say or confirm what the column holds."""
        return self.filled > 0 and self.certainty in {Certainty.UNKNOWN, Certainty.DOUBTFUL}


@dataclass(frozen=True, slots=True)
class Match:
    """What a heading means: the field if any, and how sure that is.

    Of several headings for a field the one that the form names first has the lowest `rank`.
    """

    field: str | None
    certainty: Certainty
    rank: int = 0

    def but_doubtful(self) -> Match:
        """The same, to be confirmed by somebody."""
        return replace(self, certainty=min(self.certainty, Certainty.DOUBTFUL))


NO_MATCH = Match(None, Certainty.UNKNOWN)


def heading_key(text: str) -> str:
    """What equal headings have in common: no gaps or breaks, half-width signs, no stars and numbering."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = "".join(
        char for char in plain if not char.isspace() and unicodedata.category(char) not in {"Cc", "Cf"}
    )
    return _NUMBERING.sub("", plain).strip(_DECORATION)


class Headings:
    """The headings that a form knows, and what a heading on a sheet means by them."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known: dict[str, Match] = {}
        for rank, (heading, field) in enumerate(known.items()):
            self._known.setdefault(heading_key(heading), Match(field, Certainty.SURE, rank))

    def match(self, text: str) -> Match:
        """What a heading alone means."""
        key = heading_key(text)
        if key in self._known:
            return self._known[key]
        if key in _RUNNING_NUMBER:
            return Match(None, Certainty.RUNNING_NUMBER)
        bare = _BRACKETS.sub("", key).strip(_DECORATION)
        if bare in self._known:
            hints = [hint[1:-1] for hint in _BRACKETS.findall(key)]
            found = self._known[bare]
            return found if all(_HINT.fullmatch(hint) for hint in hints) else found.but_doubtful()
        for likely in self._likely(bare):
            if likely in self._known:
                return self._known[likely].but_doubtful()
        return NO_MATCH

    def _likely(self, key: str) -> list[str]:
        """Known headings that `key` may be another wording of, the nearest first."""
        without = [key.removeprefix(before) for before in _BEFORE if key.startswith(before)]
        without += [key.removesuffix(after) for after in _AFTER if key.endswith(after)]
        return without + _ALTERNATIVES.split(key)

    def match_under(self, group: str, text: str) -> Match:
        """What a heading means that stands under another: 学历 under 全日制教育."""
        if not group or not text:
            return self.match(group or text)
        above, below = heading_key(group), heading_key(text)
        stems = [above, *(above.removesuffix(end) for end in _GROUP_ENDS if above.endswith(end))]
        for joined in (pair for stem in stems for pair in (stem + below, below + stem)):
            if joined in self._known:
                return self._known[joined]
        alone = self.match(text)
        plain = _PLAIN_GROUP.fullmatch(above) and not _OTHER_PEOPLE.search(above)
        if plain or alone.certainty is Certainty.RUNNING_NUMBER:
            return alone
        return alone.but_doubtful()


@dataclass(frozen=True, slots=True)
class Header:
    """The rows of headings, and for each column the group (if any) and the heading below it."""

    rows: tuple[int, ...]
    texts: tuple[tuple[str, str], ...]

    def matches(self, headings: Headings) -> list[Match]:
        """What each column means by its heading."""
        return [headings.match_under(group, text) for group, text in self.texts]

    def shown(self, column: int) -> str:
        """The heading of a column as the clerk reads it, on one line."""
        return " · ".join(" ".join(text.split()) for text in self.texts[column] if text)


def one_row(row: GridRow) -> Header:
    """A header of one row."""
    return Header((row.number,), tuple(("", text.strip()) for text in row.texts))


def two_rows(above: GridRow, below: GridRow, merged: Sequence[Area]) -> Header:
    """A header of two rows: what is joined across is a group over several headings."""
    width = max(len(above.texts), len(below.texts))
    groups = [above.text(column).strip() for column in range(width)]
    texts = [below.text(column).strip() for column in range(width)]
    covering = [area for area in merged if area.first_row <= below.number and area.last_row >= above.number]
    for area in covering:
        for column in range(area.first_column + 1, min(area.last_column + 1, width)):
            if texts[column] and area.first_row <= above.number:
                groups[column] = groups[area.first_column]
    if not covering:  # a file without joined cells leaves the places behind the group empty
        for column in range(1, width):
            if texts[column] and not groups[column]:
                groups[column] = groups[column - 1]
    return Header((above.number, below.number), tuple(zip(groups, texts, strict=True)))


def _score(header: Header, headings: Headings) -> float:
    """How much of a header is known: a field counts once, half where it is doubtful."""
    best: dict[str, float] = {}
    for match in header.matches(headings):
        if match.field is not None:
            best[match.field] = max(best.get(match.field, 0.0), match.certainty / Certainty.SURE)
    return sum(best.values())


def _is_enough(header: Header, headings: Headings) -> bool:
    """Whether a row may be called a header: two known headings, or one and nothing unknown beside it."""
    matches = [
        match
        for match, (group, text) in zip(header.matches(headings), header.texts, strict=True)
        if group or text
    ]
    known = {match.field for match in matches if match.certainty is Certainty.SURE}
    return len(known) >= _FEWEST or (bool(known) and all(match.certainty >= 2 for match in matches))


def find_header(grid: Grid, headings: Headings) -> Header | None:
    """The rows of headings among the first rows of a sheet, found by how many headings are known."""
    if not grid.rows:
        return None
    first = grid.rows[0].number
    for look in (FIRST_LOOK, SECOND_LOOK):
        rows = [row for row in grid.rows[: look + 1] if row.number - first <= look]
        best = _best_of(rows[:look], grid, headings)
        if best is not None:
            return best
    return None


def header_at(grid: Grid, number: int, headings: Headings) -> Header | None:
    """The header that begins in the row that a person named; None where that row is empty."""
    for place, row in enumerate(grid.rows):
        if row.number == number:
            return _with_second_row(row, grid.rows[place + 1 : place + 2], grid, headings)
    return None


def _best_of(rows: Sequence[GridRow], grid: Grid, headings: Headings) -> Header | None:
    """The header that knows most; of equals the one of one row: a group that adds nothing is a title."""
    best: Header | None = None
    best_score = (0.0, 0)
    for place, row in enumerate(rows):
        header = _with_second_row(row, rows[place + 1 : place + 2], grid, headings)
        score = (_score(header, headings), -len(header.rows))
        if score > best_score and _is_enough(header, headings):
            best, best_score = header, score
    return best


def _with_second_row(row: GridRow, following: Sequence[GridRow], grid: Grid, headings: Headings) -> Header:
    """The header that begins in `row`, with the next row where that belongs to it."""
    single = one_row(row)
    below = following[0] if following and following[0].number == row.number + 1 else None
    if below is None:
        return single
    double = two_rows(row, below, grid.merged)
    more = _score(double, headings) - _score(single, headings)
    if any(
        area.first_row == row.number and area.last_row == below.number and row.text(area.first_column)
        for area in grid.merged
    ):
        return double if more >= 0 else single
    looks_filled = any(_MEASURED.search(text) for text in below.texts)
    return double if more >= 1 and not looks_filled and _is_enough(double, headings) else single
