"""Reads a form file into its declaration."""

from __future__ import annotations

from decimal import Decimal

from branchdesk.forms.activities import shipped_activities
from branchdesk.forms.contradictions import refuse_contradictions
from branchdesk.forms.declarations import (
    Form,
    FormTable,
    GradeWords,
    InspectionWords,
    MeetingWords,
    PaperCell,
    PaperRow,
    PaperWords,
    Section,
    Signature,
)
from branchdesk.forms.evaluation_reading import read_evaluation
from branchdesk.forms.field_reading import read_field, stands_twice
from branchdesk.forms.identifiers import CODE_PATTERN, KIND_PATTERN, read_id
from branchdesk.forms.point_reading import read_points
from branchdesk.forms.toml_files import TomlTable, TomlText, unknown_word
from branchdesk.forms.words import (
    EXPECTED,
    FIGURES,
    HOLDS,
    LAYOUTS,
    LONGEST_HELP,
    MOST_FIELDS,
    MOST_GRADES,
    MOST_PARTS,
    PERIODS,
    PERSON_FIGURES,
    PHASES,
    RETENTIONS,
    SIGNERS,
    STUDY_KINDS,
    SUBJECTS,
)
from branchdesk.i18n import _


def read_form(file: TomlTable) -> Form:
    """The form in a TOML file; a FormMistake names file, key and reason where it is wrong."""
    subject = file.one_of("subject", SUBJECTS)
    form = Form(
        kind=file.matching("kind", KIND_PATTERN),
        version=file.number("version"),
        title=file.text("title"),
        title_en=file.text("title_en"),
        subject=subject,
        period=file.one_of("period", PERIODS),
        sections=tuple(_read_section(row, subject) for row in file.rows("section", MOST_PARTS)),
        fields=tuple(read_field(row) for row in file.rows("field", MOST_FIELDS)),
        checks=file.texts("checks"),
        tables=tuple(_read_table(row) for row in file.rows("table", MOST_PARTS)),
        signatures=tuple(_read_signature(row) for row in file.rows("signature", MOST_PARTS)),
        blank=file.text("blank", ""),
        archive=file.text("archive", ""),
        retention=file.one_of("retention", RETENTIONS, ""),
        meeting=_read_meeting(file.table("meeting")),
        inspection=_read_inspection(file.table("inspection")),
        points=read_points(file.table("points")),
        evaluation=read_evaluation(file.table("evaluation")),
        paper=_read_paper(file.table("paper")),
    )
    file.done()
    refuse_contradictions(form, file)
    return form


def read_form_text(text: str, name: str) -> Form:
    """The form in a text of TOML, which mistakes call `name`."""
    return read_form(TomlText(text, name))


def _read_section(row: TomlTable, subject: str) -> Section:
    if row.has("phase") and subject != "meeting":
        row.refuse("phase", _("只有会议的表单才分会前、会中、会后。"))
    section = Section(
        id=read_id(row),
        label=row.text("label"),
        label_en=row.text("label_en"),
        phase=row.one_of("phase", PHASES) if row.has("phase") else Section.phase,
        hidden=row.flag("hidden"),
    )
    row.done()
    return section


def _read_table(row: TomlTable) -> FormTable:
    table = FormTable(
        id=read_id(row),
        label=row.text("label"),
        label_en=row.text("label_en"),
        section=row.text("section"),
        holds=row.one_of("holds", HOLDS) if row.has("holds") else FormTable.holds,
        help=row.text("help", "", most=LONGEST_HELP),
        help_en=row.text("help_en", "", most=LONGEST_HELP),
        fields=tuple(read_field(field, of_line=True) for field in row.rows("field", MOST_PARTS)),
    )
    for key, other in (("help", "help_en"), ("help_en", "help")):
        if row.has(key) and not row.has(other):
            row.refuse(other, _("写了“{key}”，这里也要写。", key=key))
    row.done()
    if table.holds == "lines" and not table.fields:
        row.refuse("field", _("表格至少要有一列。"))
    if table.holds != "lines" and table.fields:
        row.refuse("field", _('只有 holds = "lines" 的表格才有自己的列。'))
    return table


def _read_signature(row: TomlTable) -> Signature:
    signature = Signature(
        id=read_id(row),
        label=row.text("label"),
        label_en=row.text("label_en"),
        who=row.one_of("who", SIGNERS),
    )
    row.done()
    return signature


def _read_meeting(table: TomlTable | None) -> MeetingWords | None:
    if table is None:
        return None
    meeting = MeetingWords(
        counts=table.texts("counts"),
        expected=table.one_of("expected", EXPECTED) if table.has("expected") else "members",
        votes=table.flag("votes"),
        study_hours=table.one_of("study_hours", STUDY_KINDS, ""),
        layout=table.one_of("layout", LAYOUTS) if table.has("layout") else "book",
    )
    table.done()
    known = tuple(dict.fromkeys(rule.id for rule in shipped_activities()))
    for activity in meeting.counts:
        if activity not in known:
            table.refuse("counts", unknown_word(activity, known))
        if meeting.counts.count(activity) > 1:
            table.refuse("counts", stands_twice(activity))
    return meeting


def _read_inspection(table: TomlTable | None) -> InspectionWords | None:
    if table is None:
        return None
    inspection = InspectionWords(
        grades=tuple(_read_grade(row) for row in table.rows("grades", MOST_GRADES)),
        bonus_cap=table.decimal("bonus_cap", Decimal(0)),
    )
    table.done()
    if inspection.bonus_cap < 0:
        table.refuse("bonus_cap", _("不能小于 0。"))
    least = [grade.at_least for grade in inspection.grades]
    if not least or least != sorted(set(least), reverse=True) or least[-1] != 0:
        table.refuse("grades", _("等次从高到低写，分数线不能相同，最低一等的分数线是 0。"))
    seen: set[str] = set()
    for place, grade in enumerate(inspection.grades, start=1):
        for key, word in (("code", grade.code), ("label", grade.label)):
            if f"{key} {word}" in seen:
                table.refuse(f"grades[{place}].{key}", stands_twice(word))
            seen.add(f"{key} {word}")
    return inspection


def _read_grade(row: TomlTable) -> GradeWords:
    grade = GradeWords(
        code=row.matching("code", CODE_PATTERN),
        label=row.text("label"),
        label_en=row.text("label_en"),
        at_least=row.decimal("at_least"),
    )
    row.done()
    return grade


def _read_paper(table: TomlTable | None) -> PaperWords | None:
    if table is None:
        return None
    paper = PaperWords(
        title=table.text("title"),
        head_widths=table.numbers("head_widths"),
        rows=tuple(_read_paper_row(row) for row in table.rows("row", MOST_PARTS)),
    )
    table.done()
    return paper


def _read_paper_row(row: TomlTable) -> PaperRow:
    cells = tuple(_read_cell(cell) for cell in row.rows("cells", MOST_PARTS))
    row.done()
    return PaperRow(cells)


def _read_cell(row: TomlTable) -> PaperCell:
    cell = PaperCell(
        label=row.text("label", ""),
        field=row.text("field", ""),
        figure=row.one_of("figure", (*FIGURES, *PERSON_FIGURES)) if row.has("figure") else "",
        columns=row.number("columns", 1),
    )
    row.done()
    if sum(map(bool, (cell.label, cell.field, cell.figure))) != 1:
        row.refuse("", _("每一格只能写 label、field、figure 中的一个。"))
    if cell.columns < 1:
        row.refuse("columns", _("至少是 1。"))
    return cell
