"""What probably goes into the cells of a superior's workbook, told from its headings, numbers and titles.

A proposal is looked at by the clerk before anything is filled; what is doubtful is not proposed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from branchdesk.documents.template_sheet_xml import cell_name
from branchdesk.documents.template_workbook import TemplateSheet
from branchdesk.domain.inspections.model import Indicator, Scheme
from branchdesk.forms.language import Form
from branchdesk.services.inspections.schemes import scheme_of
from branchdesk.services.inspections.template_sources import (
    BEHIND,
    SCORES,
    Figure,
    LineColumn,
    figure_source,
    head_source,
    line_source,
    section_source,
    total_source,
)

Place = tuple[int, int]  # row from 1, column from 0
_NOT_SAID = re.compile(r"[^0-9a-z㐀-鿿]+")
_HEADINGS: tuple[tuple[LineColumn, re.Pattern[str]], ...] = tuple(
    (column, re.compile(words))
    for column, words in (
        (LineColumn.REASON, r"(扣分|失分|减分|加扣分)(的?(原因|情况|理由|说明|事项|依据)|及原因)|得分说明"),
        (LineColumn.LOST, r"(实际)?(扣分|失分|减分)(值|数)?"),
        (LineColumn.SELF, r"(支部|单位)?(自评|自评得?分数?|(自查|自检|自我评价)得?分)"),
        (LineColumn.CHECK, r"(上级|检查组?|考核|考评|复核|核定|评定|验收)(得分|评分|打分|分)|考评分"),
        (LineColumn.SCORE, r"(最后|最终|实际|实)?得分|评分|打分"),
        (LineColumn.PROOF, r"(佐证|支撑|证明|印证|备查)(材料|资料|清单|目录)?"),
        (LineColumn.POST, r"责任(人|岗位|人员|领导)"),
        (LineColumn.PLAN, r"(工作)?计划|事前计划"),
        (LineColumn.RECORD, r"(工作)?(记录|开展情况|落实情况|完成情况|自查情况)|事中记录"),
        (LineColumn.ISSUE, r"(存在的?|主要|发现的?)?问题(及不足)?"),
        (LineColumn.MEASURES, r"整改(措施|情况|意见)?"),
        (LineColumn.INSPECTOR, r"检查人员?"),
    )
)
# Places to sign are left to the pen: a label that asks for a signature is none of these.
_HEAD_LABELS: tuple[tuple[Figure | str, re.Pattern[str]], ...] = tuple(
    (figure, re.compile(words))
    for figure, words in (
        (
            Figure.ORGANISATION,
            (
                r"(填报|受检|被检查?|被考核|报送|所属)(单位|支部|党支部|党组织)(名称|盖章)*"
                r"|党(支部|组织)(名称|盖章)*|支部名称|单位名称"
            ),
        ),
        (Figure.PERIOD, r"(检查|考核|考评)?(季度|时段|期间|周期|时期)|所属(季度|期)"),
        (Figure.YEAR, r"年度"),
        (Figure.GRADE, r"(评定|考核|考评)?(等次|等级)"),
        (Figure.MADE_ON, r"(填表|填报|制表|报送)(日期|时间)"),
        ("secretary", r"(党?支部)?书记(姓名)?"),
        ("leader", r"(检查组)?组长"),
        ("inspectors", r"检查(人|人员|组成员|组人员)"),
        ("inspected_on", r"(检查|考核|考评)(日期|时间)"),
    )
)
_TOTALS = re.compile(r"(总|合)计(得?分)?|总?得分(合计)?|总分")
_SUBTOTAL = re.compile(r".*小计(得?分)?")
_OPEN = re.compile(r"[：:][\s_＿　]*$")  # a label with its room behind it in the same cell
_MOST_ROWS = 600
_MOST_COLUMNS = 256
_SHORT, _LONG = 4, 10  # signs of a title that says little, and of a text that says much
_LIKE, _MOST_OF = 0.55, 0.6  # shares of equal signs, and of a title, that are enough
_CONTAINED, _NUMBERED, _ENOUGH = 0.8, 0.5, 0.5  # how much each sign of a line weighs, and what is enough


@dataclass(frozen=True, slots=True)
class CellChoice:
    """What goes into one cell: the sheet, the cell as C5, and the code of a source."""

    sheet: str
    cell: str
    source: str


def proposed(sheets: Sequence[TemplateSheet], form: Form) -> list[CellChoice]:
    """What probably goes into the empty cells of a workbook, in the order in which it is read."""
    scheme = scheme_of(form)
    found: list[CellChoice] = []
    for sheet in sheets:
        if not sheet.sheet.hidden:
            looked = _Look(sheet)
            found += [
                CellChoice(sheet.name, looked.named(place), source)
                for place, source in sorted(_of_sheet(looked, form, scheme).items())
            ]
    return found


class _Look:
    """A sheet as rows of texts, and which of its cells can take something."""

    def __init__(self, sheet: TemplateSheet) -> None:
        self.sheet = sheet
        self.texts: dict[Place, str] = {
            (row.number, column): cell.text
            for row in sheet.sheet.rows[:_MOST_ROWS]
            for column, cell in enumerate(row.cells)
            if cell.text
        }
        self.rows: dict[int, list[int]] = {}
        for row, column in sorted(self.texts):
            self.rows.setdefault(row, []).append(column)
        last = [column for _row, column in self.texts] + [area.last_column for area in sheet.sheet.merged]
        self.width = 1 + min(_MOST_COLUMNS, max(last, default=0))

    def named(self, place: Place) -> str:
        """The name of a cell."""
        return cell_name(place)

    def free(self, row: int, column: int) -> Place | None:
        """The cell that takes what is written at a place, where it is empty and computes nothing."""
        place = self.sheet.anchor(row, column)
        if place in self.texts or not self.sheet.can_be_filled(*place):
            return None
        return place

    def right_of(self, place: Place) -> Place | None:
        """The cell behind a label and whatever is joined with it, where it can take something."""
        for column in range(place[1] + 1, self.width):
            if self.sheet.anchor(place[0], column) != place:
                return self.free(place[0], column)
        return None


def _of_sheet(look: _Look, form: Form, scheme: Scheme) -> dict[Place, str]:
    found: dict[Place, str] = {}
    headings, last = _headings(look)
    _add(found, _of_lines(look, headings, last, scheme))
    if headings:
        first = min(row for row, _column in headings.values())
        _add(found, _of_head(look, form, range(first, last + 1)))
    return found


def _add(found: dict[Place, str], more: Iterator[tuple[Place | None, str]]) -> None:
    for place, source in more:
        if place is not None:
            found.setdefault(place, source)


def _said(text: str) -> str:
    """A text without its spaces, marks and numbers of lists, for comparing."""
    return _NOT_SAID.sub("", unicodedata.normalize("NFKC", text).lower())


def _heading_of(text: str) -> LineColumn | None:
    said = re.sub(r"[(（].*?[)）]", "", _said_heading(text))
    return next((column for column, words in _HEADINGS if words.fullmatch(said)), None)


def _said_heading(text: str) -> str:
    return re.sub(r"[\s　:：*]+", "", unicodedata.normalize("NFKC", text))


def _headings(look: _Look) -> tuple[dict[LineColumn, Place], int]:
    """The columns by their headings, each with the place of the heading, and the last row of the head.

    The row with the most headings is the head; a row right above or below it adds those it has not.
    """
    by_row: dict[int, dict[LineColumn, int]] = {}
    for row, columns in look.rows.items():
        for column in columns:
            heading = _heading_of(look.texts[row, column])
            if heading is not None:
                by_row.setdefault(row, {}).setdefault(heading, column)
    scored = {row: known for row, known in by_row.items() if set(known) & set(SCORES)}
    if not scored:
        return {}, 0
    best = max(scored, key=lambda row: (len(scored[row]), -row))
    found = {heading: (best, column) for heading, column in by_row[best].items()}
    last = best
    for near in (best + 1, best - 1):
        for heading, column in by_row.get(near, {}).items():
            if heading not in found and all(column != place[1] for place in found.values()):
                found[heading] = (near, column)
                last = max(last, near)
    if LineColumn.SCORE in found and LineColumn.CHECK not in found and LineColumn.SELF in found:
        found[LineColumn.CHECK] = found.pop(LineColumn.SCORE)  # 自评 and 得分: the inspectors' score
    return found, last


def _of_lines(
    look: _Look, headings: Mapping[LineColumn, Place], last: int, scheme: Scheme
) -> Iterator[tuple[Place | None, str]]:
    """The cells of the lines that are recognised, of sums of sections and of totals."""
    if not headings:
        return
    lines = _lines(look, last, scheme)
    section = ""
    for row in sorted({*look.rows, *lines}):
        if row <= last:
            continue
        line = lines.get(row)
        if line is not None:
            section = line.section
            for column, place in headings.items():
                yield look.free(row, place[1]), line_source(line.id, column)
            continue
        words = {_said_heading(look.texts[row, column]) for column in look.rows[row]}
        for column in SCORES:
            if column not in headings:
                continue
            sum_cell = look.free(row, headings[column][1])
            if any(_TOTALS.fullmatch(text) for text in words):
                yield sum_cell, total_source(column)
            elif section and any(_SUBTOTAL.fullmatch(text) for text in words):
                yield sum_cell, section_source(section, column)


def _lines(look: _Look, last: int, scheme: Scheme) -> dict[int, Indicator]:
    """The lines by the rows in which they stand; each line once, the surest first."""
    wanted = [(one, _said(one.title), _said(one.title + one.standard)) for one in scheme.indicators]
    rated = []
    for row, columns in look.rows.items():
        if row <= last:
            continue
        texts = [look.texts[row, column] for column in columns]
        for place, (one, title, whole) in enumerate(wanted):
            rating = _rating(texts, one, title, whole)
            if rating >= _ENOUGH:
                rated.append((-rating, row, place))
    found: dict[int, Indicator] = {}
    used: set[int] = set()
    for _rated, row, place in sorted(rated):
        if row not in found and place not in used:
            found[row] = scheme.indicators[place]
            used.add(place)
    return found


def _rating(texts: Sequence[str], one: Indicator, title: str, whole: str) -> float:
    """How sure it is that a row is about a line; its number alone is just enough."""
    number = one.number.casefold()
    numbered = any(_said_heading(text).casefold().rstrip(".、") == number for text in texts)
    likeness = max((_likeness(_said(text), title, whole) for text in texts), default=0.0)
    return _NUMBERED * numbered + likeness


def _likeness(text: str, title: str, whole: str) -> float:
    if text == title:
        return 1.0
    if min(len(text), len(title)) < _SHORT:
        return 0.0
    if title in text or (text in whole and len(text) >= min(_LONG, _MOST_OF * len(title))):
        return _CONTAINED
    matcher = SequenceMatcher(None, text, title, autojunk=False)
    if matcher.quick_ratio() < _LIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= _LIKE else 0.0


def _of_head(look: _Look, form: Form, headings: range) -> Iterator[tuple[Place | None, str]]:
    """The cells behind the labels above the headings of the lines and below the lines."""
    for (row, column), text in look.texts.items():
        if row in headings:
            continue
        source = _head_source(text, form)
        if source is None:
            continue
        place = (row, column)
        right = look.right_of(place)
        if right is not None:
            yield right, source
        elif _OPEN.search(text) and look.sheet.can_be_filled(*place):
            yield place, BEHIND + source


def _head_source(text: str, form: Form) -> str | None:
    said = re.sub(r"[(（)）_＿]+", "", _said_heading(text))
    for figure, words in _HEAD_LABELS:
        if words.fullmatch(said):
            if isinstance(figure, Figure):
                return figure_source(figure)
            field = form.by_role(figure)
            return head_source(field.id) if field is not None else None
    return None
