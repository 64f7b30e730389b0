"""Filling a superior's workbook from an inspection: what goes into its cells, and the file to send back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from branchdesk.documents.template_workbook import CellPlace, CellValue, fill_template
from branchdesk.domain.inspections.model import Indicator, Stage
from branchdesk.domain.inspections.scoring import LINE_LABELS
from branchdesk.domain.inspections.totals import Total
from branchdesk.errors import Problem
from branchdesk.i18n import _, speaking_chinese
from branchdesk.jobs.progress import SILENT, Progress
from branchdesk.reports.inspections.matter import InspectionMatter
from branchdesk.reports.inspections.papers import inspection_matter
from branchdesk.reports.inspections.wording import deduction_text, evidence_title, score_text
from branchdesk.reports.meetings.wording import spelled_day
from branchdesk.services.inspections.proofs import proofs_of
from branchdesk.services.inspections.template_sources import Figure, LineColumn, Source, read_source
from branchdesk.services.inspections.templates import OpenTemplate, open_template
from branchdesk.services.open_branch import Branch
from branchdesk.whole_files import write_whole

_SUFFIX = ".xlsx"
_STAGES = {
    LineColumn.SELF: (Stage.SELF,),
    LineColumn.CHECK: (Stage.CHECK,),
    LineColumn.SCORE: (Stage.CHECK, Stage.SELF),
}
_ROOM = " \t\n　_＿"  # what keeps room behind a label in its own cell


@dataclass(frozen=True, slots=True)
class FilledTemplate:
    """What came of it: how many cells were filled, and the lines of the form for which there is no cell."""

    cells: int
    without_cell: tuple[Indicator, ...]


def write_filled_template(
    branch: Branch, template: str, inspection: str, path: Path, progress: Progress = SILENT
) -> FilledTemplate:
    """Write the workbook of the superior, filled from an inspection, to `path`, whole or not at all.

    Raises Problem for an inspection of another form, a name that does not end in .xlsx, a template without
    cells, and where the disk refuses; and Cancelled.
    """
    if path.suffix.lower() != _SUFFIX:
        raise Problem(
            _("“{name}”不是 .xlsx 文件名，没有保存。", name=path.name), _("请把文件名的后缀写成 .xlsx。")
        )
    opened = open_template(branch, template, progress.part(0.0, 0.4))
    matter = inspection_matter(branch, inspection)
    if matter.inspection.kind != opened.form.kind:
        raise Problem(
            _(
                "“{template}”要用“{form}”来填，不能用“{title}”填。",
                template=opened.name,
                form=opened.form.shown(),
                title=matter.inspection.title,
            ),
            _("请选择同一种检查表，或把上级表格重新添加到这种检查表下。"),
        )
    if not opened.cells:
        raise Problem(
            _("“{name}”还没有设置每一格填什么。", name=opened.name), _("请先设置填写内容，再生成。")
        )
    with speaking_chinese():
        values = template_values(opened, matter)
    content = fill_template(opened.name, opened.content, values, progress.part(0.4, 0.95))
    write_whole(path, content)
    return FilledTemplate(len(values), tuple(lines_without_cell(opened, matter)))


def lines_without_cell(opened: OpenTemplate, matter: InspectionMatter) -> Iterator[Indicator]:
    """The lines of the form of which the workbook shows no score."""
    scores = {LineColumn.SELF, LineColumn.CHECK, LineColumn.SCORE, LineColumn.LOST}
    sources = [read_source(choice.source) for choice in opened.cells]
    shown = {one.name for one in sources if one is not None and one.kind == "line" and one.column in scores}
    for one in matter.indicators():
        if one.points is not None and not one.bonus and one.id not in shown:
            yield one


def template_values(opened: OpenTemplate, matter: InspectionMatter) -> dict[CellPlace, CellValue]:
    """What goes into the cells; a cell for which there is nothing to say is left as it is."""
    found: dict[CellPlace, CellValue] = {}
    for choice in opened.cells:
        source = read_source(choice.source)
        if source is None:
            continue
        value = _value(matter, source)
        if source.behind and value != "":
            value = f"{opened.standing(choice).rstrip(_ROOM)}{value}"
        if value != "":
            found[choice.sheet, choice.cell] = value
    return found


def _value(matter: InspectionMatter, source: Source) -> CellValue:
    """What a source says of an inspection; an empty text where it says nothing."""
    match source.kind:
        case "line":
            line = next((one for one in matter.indicators() if one.id == source.name), None)
            return _of_line(matter, line, LineColumn(source.column)) if line is not None else ""
        case "section":
            return _of_section(matter, source.name, LineColumn(source.column))
        case "total":
            return _of_total(matter, LineColumn(source.name))
        case "head":
            field = matter.sheet.form.by_id.get(source.name)
            return matter.filled.text(field) if field is not None else ""
    return _figure(matter, Figure(source.name))


def _of_line(matter: InspectionMatter, line: Indicator, column: LineColumn) -> CellValue:
    if column is LineColumn.LOST:
        final = matter.final(line)
        return final.lost if final.counts and final.score is not None else ""
    if column in _STAGES:
        texts = (score_text(matter, line, stage) for stage in _STAGES[column])
        return _number(next((text for text in texts if text), ""))
    return _words(matter, line, column)


def _words(matter: InspectionMatter, line: Indicator, column: LineColumn) -> str:
    """What a column says of a line in words."""
    answer, issues = matter.inspection.answer(line.id), matter.sheet.issues_of(line.id)
    proofs = (evidence_title(one) for one in proofs_of(matter.sheet, line.id) if one.proves)
    texts = {
        LineColumn.REASON: deduction_text(matter, line, only_lost=True),
        LineColumn.PROOF: "\n".join(proofs),
        LineColumn.POST: line.post,
        LineColumn.PLAN: answer.plan,
        LineColumn.RECORD: answer.record,
        LineColumn.ISSUE: "\n".join(one.text for one in issues),
        LineColumn.MEASURES: "\n".join(one.measures for one in issues if one.measures),
        LineColumn.INSPECTOR: answer.check.by,
        LineColumn.STATE: LINE_LABELS[matter.final(line).state],
    }
    return texts[column]


def _number(text: str) -> CellValue:
    """A score as a number; words such as 不适用 stay words."""
    return Decimal(text) if text.replace(".", "", 1).isdigit() else text


def _total_for(matter: InspectionMatter, column: LineColumn) -> Total | None:
    """The total of a column, where a line was scored there; points are lost in the one that counts."""
    if column is LineColumn.SELF:
        total = matter.totals[Stage.SELF]
    elif column is LineColumn.CHECK:
        total = matter.totals[Stage.CHECK]
    else:
        total = matter.total
    return total if total.filled_full else None


def _of_total(matter: InspectionMatter, column: LineColumn) -> CellValue:
    total = _total_for(matter, column)
    if total is None:
        return ""
    return total.lost if column is LineColumn.LOST else total.score


def _of_section(matter: InspectionMatter, section: str, column: LineColumn) -> CellValue:
    total = _total_for(matter, column)
    found = next((one for one in total.sections if one.id == section), None) if total is not None else None
    if found is None:
        return ""
    return found.lost if column is LineColumn.LOST else found.earned


def _figure(matter: InspectionMatter, figure: Figure) -> CellValue:
    inspection, grade = matter.inspection, matter.total.grade
    match figure:
        case Figure.YEAR:
            return inspection.year
        case Figure.NUMBER:
            return inspection.number
        case Figure.GRADE:
            return grade.label if grade is not None else ""
    texts = {
        Figure.ORGANISATION: matter.organisation,
        Figure.SUPERIOR: matter.superior,
        Figure.TITLE: matter.title,
        Figure.PERIOD: matter.period,
        Figure.MADE_ON: spelled_day(matter.made_on.isoformat()),
    }
    return texts[figure]
