"""What can go into a cell of a superior's workbook, as short codes that are stored, and in words.

Codes: `line:<id>:<column>`, `section:<id>:<column>`, `total:<column>`, `head:<field>` and `figure:<name>`;
a `+` before one puts its text behind what stands in the cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from branchdesk.domain.inspections.model import Scheme
from branchdesk.forms.language import Form
from branchdesk.i18n import _, later
from branchdesk.services.inspections.schemes import scheme_of

BEHIND = "+"


class LineColumn(StrEnum):
    """What a column of a sheet says of its lines."""

    SELF = "self"
    CHECK = "check"
    SCORE = "score"
    LOST = "lost"
    REASON = "reason"
    PROOF = "proof"
    POST = "post"
    PLAN = "plan"
    RECORD = "record"
    ISSUE = "issue"
    MEASURES = "measures"
    INSPECTOR = "inspector"
    STATE = "state"


class Figure(StrEnum):
    """What a workbook asks that stands in no field."""

    ORGANISATION = "organisation"
    SUPERIOR = "superior"
    TITLE = "title"
    PERIOD = "period"
    YEAR = "year"
    NUMBER = "number"
    GRADE = "grade"
    MADE_ON = "made_on"


SCORES = (LineColumn.SELF, LineColumn.CHECK, LineColumn.SCORE, LineColumn.LOST)  # what can be added up
COLUMN_LABELS: Mapping[LineColumn, str] = {
    LineColumn.SELF: later("自评分"),
    LineColumn.CHECK: later("考核得分"),
    LineColumn.SCORE: later("最后得分"),
    LineColumn.LOST: later("扣分"),
    LineColumn.REASON: later("扣分原因"),
    LineColumn.PROOF: later("佐证"),
    LineColumn.POST: later("责任人"),
    LineColumn.PLAN: later("计划"),
    LineColumn.RECORD: later("记录"),
    LineColumn.ISSUE: later("存在问题"),
    LineColumn.MEASURES: later("整改措施"),
    LineColumn.INSPECTOR: later("检查人"),
    LineColumn.STATE: later("状态"),
}
FIGURE_LABELS: Mapping[Figure, str] = {
    Figure.ORGANISATION: later("党支部名称"),
    Figure.SUPERIOR: later("上级党组织"),
    Figure.TITLE: later("检查表标题"),
    Figure.PERIOD: later("检查的时期"),
    Figure.YEAR: later("年度"),
    Figure.NUMBER: later("第几期"),
    Figure.GRADE: later("等次"),
    Figure.MADE_ON: later("填表日期"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """One thing that can go into a cell: a `kind` of code, what it is about, and which column of it.

    `behind` puts it behind the text that stands in the cell.
    """

    kind: str
    name: str
    column: str = ""
    behind: bool = False

    @property
    def code(self) -> str:
        """How it is stored."""
        parts = [self.kind, self.name, self.column] if self.column else [self.kind, self.name]
        return (BEHIND if self.behind else "") + ":".join(parts)


def line_source(indicator: str, column: LineColumn) -> str:
    """The code of what a column says of a line."""
    return Source("line", indicator, column).code


def total_source(column: LineColumn) -> str:
    """The code of a total."""
    return Source("total", column).code


def section_source(section: str, column: LineColumn) -> str:
    """The code of the sum of a section."""
    return Source("section", section, column).code


def head_source(field: str) -> str:
    """The code of a field of the form's head."""
    return Source("head", field).code


def figure_source(figure: Figure) -> str:
    """The code of what stands in no field."""
    return Source("figure", figure).code


def read_source(code: str) -> Source | None:
    """What a stored code means; None for one that this program does not know."""
    behind = code.startswith(BEHIND)
    match code.removeprefix(BEHIND).split(":"):
        case ["line", name, column] if name and column in set(LineColumn):
            return Source("line", name, column, behind)
        case ["section", name, column] if name and column in set(SCORES):
            return Source("section", name, column, behind)
        case ["total", column] if column in set(SCORES):
            return Source("total", column, behind=behind)
        case ["head", name] if name:
            return Source("head", name, behind=behind)
        case ["figure", name] if name in set(Figure):
            return Source("figure", name, behind=behind)
    return None


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """A code with what it means in words, and the group in which a list offers it."""

    code: str
    label: str
    group: str


def sources_of(form: Form) -> list[SourceChoice]:
    """Everything that can go into a cell of a workbook that is filled from a form."""
    return list(_sources(form, scheme_of(form)))


def _sources(form: Form, scheme: Scheme) -> Iterator[SourceChoice]:
    head = _("表头")
    for figure, label in FIGURE_LABELS.items():
        yield SourceChoice(figure_source(figure), _(label), head)
    lines = {one.id for one in scheme.indicators}
    for field in form.fields:
        if field.id not in lines and field.type.name != "signature":
            yield SourceChoice(head_source(field.id), field.shown(), head)
    for column in SCORES:
        label = _("总分：{column}", column=_(COLUMN_LABELS[column]))
        yield SourceChoice(total_source(column), label, _("总分"))
    for section, title in scheme.sections:
        for column in SCORES:
            label = _("{section}小计：{column}", section=title, column=_(COLUMN_LABELS[column]))
            yield SourceChoice(section_source(section, column), label, _("小计"))
    for one in scheme.indicators:
        for column, name in COLUMN_LABELS.items():
            label = _("{number} {title}：{column}", number=one.number, title=one.title, column=_(name))
            yield SourceChoice(line_source(one.id, column), label, f"{one.number} {one.title}")


def source_labels(form: Form) -> dict[str, str]:
    """What each code means in words, those that add to the text of a cell included."""
    plain = {one.code: one.label for one in sources_of(form)}
    return plain | {
        BEHIND + code: _("{label}（接在原有文字后面）", label=label) for code, label in plain.items()
    }
