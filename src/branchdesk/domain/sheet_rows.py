"""Rows of sheets that are not people: titles, totals, notes, signatures, repeated headings (domain 13.1)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from branchdesk.domain.sheet_grid import GridRow
from branchdesk.domain.sheet_headings import heading_key


class Reason(StrEnum):
    """Why a row is left out."""

    TITLE = "title"
    REPEATED_HEADER = "repeated_header"
    COLUMN_NUMBERS = "column_numbers"
    TOTAL = "total"
    NOTE = "note"
    SECTION = "section"
    CONTINUATION = "continuation"
    NUMBER_ONLY = "number_only"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is left out, why, and the text by which the clerk knows it."""

    row: int
    reason: Reason
    text: str


_TOTAL = re.compile(
    r"(本页|本组|本小组|本支部|党支部|支部|全支部|全部|累计)?(合计|总计|小计|共计|总人数|合计人数)(\(?人数?\)?)?(:.{0,20}|\d{1,6}人?)?"
)
_SIGNER = (
    r"填表人|填报人|制表人|制表|填表|审核人|审核|复核人|复核|审批人|经办人|统计人|录入人|负责人|单位负责人|支部负责人"
    r"|党支部书记|支部书记|书记|组织委员|联系人|联系电话|签字|签名|签章|盖章|填表日期|填表时间|填报日期|填报时间"
    r"|制表日期|制表时间|打印日期|报送日期|日期|填报单位|填表单位|制表单位|单位"
)
_NOTE = re.compile(
    rf"(注|备注|说明|填表说明|填报说明|附注|注意|注意事项)\d*:.*|注\d*[.、].*"
    rf"|({_SIGNER})(\(?(签字|签名|签章|盖章|公章)\)?)?:.*"
    rf"|第\d+页(,?共\d+页)?|共\d+页|\(?(签字|盖章|公章)\)?|以下空白|本页以下空白|以下无内容"
)
_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_NUMBERED = re.compile(r"\(?\d{1,2}[.、)].+")
_SECTION = re.compile(
    r"第?[一二三四五六七八九十\d]{1,3}(党)?小?组(\(.*\))?|.{0,30}(党小组|党支部|支部|党总支|总支|小组|支部委员会)(:|\(.*\))?"
    r"|[一二三四五六七八九十]{1,3}、.{1,30}|\([一二三四五六七八九十]{1,3}\).{1,30}"
)
_NUMBER_LIKE = re.compile(r"\d{15}|\d{17}[\dXx]", re.ASCII)
_SHORTEST_IDENTITY = 15
_LONG = 20
_MOST_NOTES = 3
_FIRST_CELLS = 3
_HAN_ROW = "甲乙丙丁戊己庚辛壬癸"


def looks_like_identity(text: str) -> bool:
    """Whether a text has the shape of an identity number of 15 or 18 signs."""
    if _NUMBER_LIKE.fullmatch(text):
        return True
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return _NUMBER_LIKE.fullmatch(plain) is not None


class RowJudge:
    """Tells the rows below a header that are not people.

    `header_keys` are the keys of the headings by column, one mapping for each row of headings;
    `numbers` are the columns with running numbers, `name` and `identity` those of these two fields.
    """

    def __init__(
        self,
        header_keys: Sequence[Mapping[int, str]],
        titles: frozenset[str],
        numbers: frozenset[int],
        *,
        name: int | None,
        identity: int | None,
    ) -> None:
        self._header_keys = header_keys
        self._titles = titles
        self._numbers = numbers
        self._name = name
        self._identity = identity
        self._after_note = False
        self._is_first = True

    def judge(self, row: GridRow, joined_across: frozenset[int]) -> Reason | None:
        """Why `row` is left out; None for a row to be read.

        `joined_across` are the columns where cells of this row are joined to their right.
        """
        reason = self._reason(row, joined_across)
        self._after_note = reason is Reason.NOTE or (self._after_note and reason is not None)
        self._is_first = self._is_first and reason is Reason.COLUMN_NUMBERS
        return reason

    def _reason(self, row: GridRow, joined_across: frozenset[int]) -> Reason | None:
        # Most rows are people: whoever has a number of identity needs no further look.
        if self._identity is not None and looks_like_identity(row.text(self._identity)):
            return None
        filled = [(column, text) for column, text in enumerate(row.texts) if text]
        if all(column in self._numbers for column, _text in filled):
            return self._alone_in_numbers(filled, joined_across)
        if any(len(text) >= _SHORTEST_IDENTITY and looks_like_identity(text) for _column, text in filled):
            return None
        keys = [(column, heading_key(text)) for column, text in filled]
        found = self._by_shape(keys) or self._by_words(keys, filled[0][1])
        return self._single(filled[0], joined_across) if found is None and len(filled) == 1 else found

    def _by_shape(self, keys: list[tuple[int, str]]) -> Reason | None:
        """What a row is by how it resembles the headings."""
        if any(self._repeats(header, keys) for header in self._header_keys):
            return Reason.REPEATED_HEADER
        if self._is_first and _counts_up([key for _column, key in keys]):
            return Reason.COLUMN_NUMBERS
        return None

    def _by_words(self, keys: list[tuple[int, str]], opening: str) -> Reason | None:
        """What a row is by its first words."""
        if not self._has_name(keys) and any(_TOTAL.fullmatch(key) for _column, key in keys[:_FIRST_CELLS]):
            return Reason.TOTAL
        if keys[0][1] in self._titles and len(keys) <= _MOST_NOTES:
            return Reason.TITLE
        if _NOTE.fullmatch(_note_key(opening)) and len(keys) <= max(_MOST_NOTES, self._half_width()):
            return Reason.NOTE
        return None

    def _has_name(self, keys: list[tuple[int, str]]) -> bool:
        """Whether the column of the names holds one, and not a number of people or the word total."""
        name = next((key for column, key in keys if column == self._name), "")
        return bool(name) and not _TOTAL.fullmatch(name) and not any(sign.isdigit() for sign in name)

    def _half_width(self) -> int:
        return max(len(header) for header in self._header_keys) // 2

    def _alone_in_numbers(self, filled: list[tuple[int, str]], joined_across: frozenset[int]) -> Reason:
        """A row with nothing but its running number, or with a text that begins where the numbers stand."""
        for column, text in filled:
            if not heading_key(text).isdecimal():
                return self._single((column, text), joined_across) or Reason.NOTE
        return Reason.NUMBER_ONLY

    def _single(self, cell: tuple[int, str], joined_across: frozenset[int]) -> Reason | None:
        """What a row is that has one text only."""
        column, text = cell
        key, note = heading_key(text), _note_key(text)
        found = self._by_words([(column, key)], text)
        if found is not None:
            return found
        if _DAY.fullmatch(note) or (self._after_note and _NUMBERED.fullmatch(note)):
            return Reason.NOTE
        across = column in joined_across
        if _SECTION.fullmatch(key) and (across or column != self._name):
            return Reason.SECTION
        return Reason.NOTE if across or len(key) > _LONG else None

    def _repeats(self, header: Mapping[int, str], keys: list[tuple[int, str]]) -> bool:
        """Whether at least half of a row says what the headings say."""
        equal = sum(header.get(column) == key for column, key in keys)
        return equal >= 2 and 2 * equal >= len(header)


def _note_key(text: str) -> str:
    """A text as notes are compared: half-width and without gaps, but with its stars and numbering."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _counts_up(keys: list[str]) -> bool:
    """Whether a row is 1 2 3 … or 甲 乙 1 2 …, as statisticians number the columns."""
    numbers = [key for key in keys if key not in _HAN_ROW]
    if len(keys) < 3 or not numbers:
        return False
    return all(key.isdecimal() and key.isascii() for key in numbers) and [
        int(key) for key in numbers
    ] == list(range(int(numbers[0]), int(numbers[0]) + len(numbers)))
