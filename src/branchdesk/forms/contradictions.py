"""What the parts of a form say against each other, refused with the key where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from branchdesk.forms.declarations import INDICATOR, Form, PaperWords
from branchdesk.forms.field_reading import codes_of, stands_twice
from branchdesk.forms.fields import Condition, Field
from branchdesk.forms.toml_files import TomlTable, unknown_word
from branchdesk.forms.words import INSPECTION_ROLES, PERSON_FIGURES, ROLES
from branchdesk.i18n import _

LAST_VERSION = 9999
WIDEST_HEAD = 180  # mm: A4 without margins of 15 mm


def refuse_contradictions(form: Form, file: TomlTable) -> None:
    """Raise the FormMistake for the first part of `form` that contradicts another."""
    if not 1 <= form.version <= LAST_VERSION:
        file.refuse("version", _("应该在 1 到 {most} 之间。", most=LAST_VERSION))
    _refuse_second(file, "section", (section.id for section in form.sections))
    _refuse_second(file, "signature", (signature.id for signature in form.signatures))
    _refuse_fields(form.fields, file, "field")
    sections = tuple(section.id for section in form.sections)
    for place, field in enumerate(form.fields, start=1):
        if field.section not in sections:
            file.refuse(f"field[{place}].section", _no_section(field.section))
    _refuse_half_meetings(form, file)
    _refuse_half_inspections(form, file)
    _refuse_half_points(form, file)
    _refuse_half_evaluations(form, file)
    _refuse_tables(form, sections, file)
    _refuse_roles(form, file)
    _refuse_figures(form, file)
    if bool(form.archive) != bool(form.retention):
        missing, given = ("retention", "archive") if form.archive else ("archive", "retention")
        file.refuse(missing, _("写了“{key}”，这里也要写。", key=given))
    if form.paper is not None:
        _refuse_paper(form, form.paper, file)


def _refuse_second(file: TomlTable, key: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for place, one in enumerate(ids, start=1):
        if one in seen:
            file.refuse(f"{key}[{place}].id", stands_twice(one))
        seen.add(one)


def _no_section(name: str) -> str:
    return _("这个表单没有“{name}”这一部分。", name=name)


def _refuse_fields(fields: Sequence[Field], file: TomlTable, key: str) -> None:
    """Fields of one form or line that share an id or a heading, or that wait for each other."""
    _refuse_second(file, key, (field.id for field in fields))
    headings: dict[str, str] = {}
    for place, field in enumerate(fields, start=1):
        for heading in dict.fromkeys(field.headings):
            if heading in headings:
                reason = _("“{heading}”已经指“{field}”。", heading=heading, field=headings[heading])
                labels = {field.label_en: "label_en", field.label: "label"}
                file.refuse(f"{key}[{place}].{labels.get(heading, 'aliases')}", reason)
            headings[heading] = field.id
    by_id = {field.id: field for field in fields}
    settled: set[str] = set()
    for place, field in enumerate(fields, start=1):
        if field.only_if is not None:
            where = f"{key}[{place}].only_if"
            settled.update(_refuse_circle(field, by_id, settled, file, where))
            _refuse_answer(field.only_if, by_id[field.only_if.field], file, where)


def _refuse_circle(
    field: Field, by_id: dict[str, Field], settled: set[str], file: TomlTable, key: str
) -> list[str]:
    """A condition on a field that the form does not have, or that waits for this one in turn.

    The fields on its way are in no circle, as those `settled` before.
    """
    condition = field.only_if
    way = [field.id]
    while condition is not None and way[-1] not in settled:
        asked = by_id.get(condition.field)
        if asked is None:
            file.refuse(f"{key}.field", unknown_word(condition.field, tuple(by_id)))
        if asked.id in way:
            circle = " → ".join((*way[way.index(asked.id) :], asked.id))
            file.refuse(key, _("条件绕成了一圈：{circle}。", circle=circle))
        way.append(asked.id)
        condition = asked.only_if
    return way


def _refuse_answer(condition: Condition, asked: Field, file: TomlTable, key: str) -> None:
    """A condition on a field that can never hold what it waits for."""
    if not asked.type.is_stored:
        file.refuse(f"{key}.field", _("“{field}”没有存下来的内容，不能作条件。", field=asked.id))
    has_codes = asked.type.needs_dictionary or asked.type.name == "yes_no"
    if condition.among and not has_codes:
        file.refuse(f"{key}.is", _("“{field}”不是选项，只能写 filled = true。", field=asked.id))
    codes = codes_of(asked)
    for code in condition.among:
        if codes is not None and code not in codes:
            file.refuse(f"{key}.is", unknown_word(code, codes))


def _refuse_tables(form: Form, sections: tuple[str, ...], file: TomlTable) -> None:
    taken = {field.id for field in form.fields}
    held: set[str] = set()
    for place, table in enumerate(form.tables, start=1):
        key = f"table[{place}]"
        if table.id in taken:
            file.refuse(f"{key}.id", stands_twice(table.id))
        taken.add(table.id)
        if table.section not in sections:
            file.refuse(f"{key}.section", _no_section(table.section))
        if table.holds != "lines":
            if form.meeting is None:
                file.refuse(f"{key}.holds", _("“{holds}”只能用在会议的表单里。", holds=table.holds))
            if table.holds in held:
                file.refuse(f"{key}.holds", stands_twice(table.holds))
            held.add(table.holds)
        _refuse_fields(table.fields, file, f"{key}.field")


def _refuse_roles(form: Form, file: TomlTable) -> None:
    seen: set[str] = set()
    closed = {section.id for section in form.sections if section.hidden}
    for place, field in enumerate(form.fields, start=1):
        if field.role in ROLES and form.subject != "meeting":
            file.refuse(f"field[{place}].role", _("“{role}”只能用在会议的表单里。", role=field.role))
        if field.role in INSPECTION_ROLES and form.inspection is None:
            file.refuse(f"field[{place}].role", _("“{role}”只能用在检查表里。", role=field.role))
        if field.role and field.role in seen:
            file.refuse(f"field[{place}].role", stands_twice(field.role))
        never = field.hidden or field.section in closed
        if field.role == "when" and (never or field.only_if is not None):
            file.refuse(f"field[{place}].role", _("会议的时间总要填写，不能隐藏，也不能有条件。"))
        seen.add(field.role)


def _refuse_figures(form: Form, file: TomlTable) -> None:
    """Figures of a person on a form that is about nobody."""
    if form.subject == "member":
        return
    asked = {f"field[{place}].figure": field.figure for place, field in enumerate(form.fields, start=1)}
    for number, row in enumerate(form.paper.rows if form.paper is not None else (), start=1):
        for place, cell in enumerate(row.cells, start=1):
            asked[f"paper.row[{number}].cells[{place}].figure"] = cell.figure
    for key, figure in asked.items():
        if figure in PERSON_FIGURES:
            file.refuse(key, _("“{figure}”只能用在党员的表单里。", figure=figure))


def _refuse_half_meetings(form: Form, file: TomlTable) -> None:
    """A form of meetings without what meetings need, or another form with words of meetings."""
    if form.subject != "meeting":
        if form.meeting is not None:
            file.refuse("meeting", _('只有 subject = "meeting" 的表单才有这一部分。'))
        return
    if form.meeting is None:
        file.refuse("meeting", _("会议的表单要写这一部分。"))
    if form.by_role("when") is None:
        file.refuse("field", _('会议的表单要有一栏写 role = "when"（什么时间开的会）。'))
    if form.table_of("votes") is not None and not form.meeting.votes:
        file.refuse("meeting.votes", _("有表决的表格，这里就要写 true。"))


def _refuse_half_inspections(form: Form, file: TomlTable) -> None:
    """A form of inspections without what they need, or another form with indicators."""
    places = {field.id: place for place, field in enumerate(form.fields, start=1)}
    if form.inspection is None:
        for field in form.fields:
            if field.type.name == INDICATOR:
                reason = _("检查项只能用在检查表里，请写 [inspection]。")
                file.refuse(f"field[{places[field.id]}].type", reason)
        return
    if form.subject != "organisation":
        file.refuse("subject", _('检查表的对象应是 "organisation"。'))
    if form.period == "none":
        file.refuse("period", _("检查表要写多久检查一次。"))
    if not any(field.points is not None and not field.bonus for field in form.indicators):
        file.refuse("field", _('检查表至少要有一个计分的检查项（type = "indicator"）。'))
    if form.inspection.bonus_cap == 0 and any(field.bonus for field in form.indicators):
        file.refuse("inspection.bonus_cap", _("有加分项，就要写最多加几分。"))
    seen: set[str] = set()
    for field in form.indicators:
        if field.number in seen:
            file.refuse(f"field[{places[field.id]}].number", stands_twice(field.number))
        seen.add(field.number)


def _refuse_half_points(form: Form, file: TomlTable) -> None:
    """A form of points that is not one of an organisation and a year, or that is something else besides."""
    if form.points is None:
        return
    if form.subject != "organisation":
        file.refuse("subject", _("积分办法的对象应是“{word}”。", word="organisation"))
    if form.period != "year":
        file.refuse("period", _("积分按年度计算，应是“{word}”。", word="year"))
    if form.inspection is not None:
        file.refuse("points", _("一个表单不能既是检查表，又是积分办法。"))


def _refuse_half_evaluations(form: Form, file: TomlTable) -> None:
    """A form of evaluations that is not one of an organisation and a year, or is something else besides."""
    if form.evaluation is None:
        return
    if form.subject != "organisation":
        file.refuse("subject", _("评议办法的对象应是“{word}”。", word="organisation"))
    if form.period != "year":
        reason = _("评议按年度进行，应是“{word}”；一年几次的，建的时候写第几次。", word="year")
        file.refuse("period", reason)
    if form.inspection is not None or form.points is not None:
        file.refuse("evaluation", _("一个表单不能既是评议办法，又是检查表或者积分办法。"))


def _refuse_paper(form: Form, paper: PaperWords, file: TomlTable) -> None:
    columns = len(paper.head_widths)
    if any(width < 1 for width in paper.head_widths) or sum(paper.head_widths) > WIDEST_HEAD:
        reason = _("每列至少 1 毫米，合计不超过 {most} 毫米。", most=WIDEST_HEAD)
        file.refuse("paper.head_widths", reason)
    for place, row in enumerate(paper.rows, start=1):
        filled = sum(cell.columns for cell in row.cells)
        if filled != columns:
            reason = _("这一行占了 {n} 列，表头有 {columns} 列。", n=filled, columns=columns)
            file.refuse(f"paper.row[{place}]", reason)
        for cell_place, cell in enumerate(row.cells, start=1):
            known = (*form.by_id, *(table.id for table in form.tables if table.holds == "lines"))
            if cell.field and cell.field not in known:
                file.refuse(f"paper.row[{place}].cells[{cell_place}].field", unknown_word(cell.field, known))
