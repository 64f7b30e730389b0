"""`inspections`, `inspection`, `print-inspection`, `print-ledger`, `dossier` and `fill-template`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from branchdesk import clock
from branchdesk.cli.console import LINE_WIDTH, long_work, say, warn, wrapped
from branchdesk.cli.endings import Ending
from branchdesk.cli.names import place_named
from branchdesk.cli.opening import opened
from branchdesk.cli.outputs import check_target, size, write_document
from branchdesk.cli.tables import show_table
from branchdesk.domain.inspections.line_scores import shown
from branchdesk.domain.inspections.model import Stage
from branchdesk.domain.inspections.rectification import LABELS as ISSUE_LABELS
from branchdesk.domain.inspections.states import LABELS
from branchdesk.domain.names import same_name_key
from branchdesk.errors import Problem
from branchdesk.forms.language import Form
from branchdesk.i18n import _, _n, listed
from branchdesk.partial_dates import PartialDate
from branchdesk.services.inspections.issue_lists import IssueQuery, IssueRow, issue_list
from branchdesk.services.inspections.reading import (
    InspectionRow,
    Sheet,
    inspection_list,
    kinds_of_inspections,
    line_state,
    sheet,
)
from branchdesk.services.open_branch import Branch
from branchdesk.whole_files import write_whole

_LIST = "branchdesk inspections"
_WORKBOOK = ".xlsx"


# ---- lists


def list_inspections(asked: Namespace) -> Ending:
    """The inspections of a year in a table, and the problems that are still open."""
    year = asked.year or clock.today().year
    with opened(asked) as branch:
        place = place_named(branch, asked.place, _last_day(year))
        rows = inspection_list(branch, place, year)
        show_table([_head(), *map(_line, rows)])
        say(_n("{year} 年共 {n} 份检查表。", len(rows), year=year))
        if asked.issues:
            _show_issues(issue_list(branch, IssueQuery(place=place, open_only=True)))
    return Ending.FINE


def _last_day(year: int) -> date:
    return date(year, 12, 31)


def _head() -> tuple[str, ...]:
    return (_("编号"), _("党组织"), _("自评"), _("考核"), _("等次"), _("未销号"), _("状态"))


def _code(row: InspectionRow) -> str:
    """How an inspection is named on the command line."""
    return f"{row.year}-{row.kind_label}-{row.number}"


def _line(row: InspectionRow) -> tuple[str, ...]:
    undone = str(row.issues_open) if row.issues_open else ""
    return (
        _code(row),
        row.organisation_name,
        shown(row.self_score),
        shown(row.check_score),
        row.grade,
        undone,
        _(LABELS[row.state]),
    )


def _show_issues(rows: list[IssueRow]) -> None:
    say()
    head = (_("问题"), _("责任人"), _("时限"), _("状态"), _("逾期天数"))
    lines = [
        (
            row.issue.text,
            row.issue.responsible,
            _day(row.issue.due_on),
            _(ISSUE_LABELS[row.state]),
            str(row.overdue or ""),
        )
        for row in rows
    ]
    show_table([head, *lines])
    say(_n("还有 {n} 个问题没有销号。", len(rows)))


def _day(text: str) -> str:
    found = PartialDate.read(text)
    return found.shown() if found is not None else text


# ---- one inspection


def show_inspection(asked: Namespace) -> Ending:
    """One inspection as text: what every line came to, the totals, and the problems that were found."""
    with opened(asked) as branch:
        found = sheet(branch, _inspection_named(branch, asked))
        for line in _told(found):
            for part in wrapped(line, LINE_WIDTH) if line else [""]:
                say(part)
    return Ending.FINE


def _told(found: Sheet) -> Iterator[str]:
    yield found.inspection.title
    yield _("状态：{state}", state=_(LABELS[found.inspection.state]))
    for field in found.form.fields:
        if value := found.inspection.values.get(field.id):
            yield f"{field.shown()}：{field.type.spelled(field, value, {})}"
    for section, title in found.scheme.sections:
        lines = [one for one in found.scheme.indicators if one.section == section]
        if lines:
            yield ""
            yield title
        for one in lines:
            yield _line_told(found, one.id)
    yield ""
    total = found.final_total
    grade = total.grade.label if total.grade is not None else _("未评")
    yield _("总分 {score} 分，等次：{grade}。", score=shown(total.score), grade=grade)
    if found.issues:
        yield ""
        yield _("发现的问题：")
        yield from (listed(filter(None, (one.text, one.responsible, one.due_on))) for one in found.issues)


def _line_told(found: Sheet, indicator: str) -> str:
    """The number and title of a line with its scores and its state."""
    one = found.indicator(indicator)
    own, checked = (found.line(indicator, stage).score for stage in (Stage.SELF, Stage.CHECK))
    scores = [
        _("自评 {n}", n=shown(own)) if own is not None else "",
        _("考核 {n}", n=shown(checked)) if checked is not None else "",
        line_state(found, indicator).label,
    ]
    worth = _("{n} 分", n=shown(one.points)) if one.points is not None else _("一票否决")
    return _(
        "{number} {title}（{worth}）：{scores}",
        number=one.number,
        title=one.title,
        worth=worth,
        scores=listed(filter(None, scores)),
    )


def _inspection_named(branch: Branch, asked: Namespace) -> str:
    """The inspection of a number such as 2026-党建工作检查表-3. Raises Problem for none or several."""
    year, _dash, rest = asked.inspection.partition("-")
    name, _dash, number = rest.rpartition("-")
    if not (year.isdecimal() and len(year) == 4 and name and number.isdecimal()):
        raise Problem(
            _("“{text}”不是检查表编号。", text=asked.inspection),
            _("检查表编号是列表的第一栏，如 2026-党建工作检查表-3；列表见 {page}", page=_LIST),
        )
    kind = _kind_named(branch, name).kind
    place = place_named(branch, asked.place, _last_day(int(year)))
    found = [
        row
        for row in inspection_list(branch, place, int(year))
        if row.kind == kind and row.number == int(number)
    ]
    if not found:
        raise Problem(
            _("没有编号是“{text}”的检查表。", text=asked.inspection), _("编号见 {page}", page=_LIST)
        )
    if len(found) > 1:
        names = listed(row.organisation_name for row in found)
        raise Problem(
            _n("有 {n} 份检查表的编号是“{text}”。", len(found), text=asked.inspection),
            _("请加上 {option} 写明是哪一个：{names}。", option="--place", names=names),
        )
    return found[0].uid


def _kind_named(branch: Branch, typed: str) -> Form:
    """The form of inspections that is called so, in either language. Raises Problem for none."""
    forms = kinds_of_inspections(branch)
    for form in forms:
        if same_name_key(typed) in {same_name_key(name) for name in (form.kind, form.title, form.title_en)}:
            return form
    names = listed(form.shown() for form in forms)
    raise Problem(_("没有叫“{name}”的检查表。", name=typed), _("现有：{names}。", names=names))


# ---- papers


def print_inspection(asked: Namespace) -> Ending:
    """Write a paper of an inspection as PDF, for Word, or all its lines as a workbook."""
    from branchdesk.reports.inspections.papers import (  # noqa: PLC0415 - the lists need no paper
        blank_paper,
        inspection_paper,
        inspection_workbook,
    )

    check_target(asked.output, asked.folder, force=asked.force)
    with opened(asked) as branch, long_work() as progress:
        uid = _inspection_named(branch, asked)
        if asked.output.suffix.lower() == _WORKBOOK:
            return _write_workbook(inspection_workbook(branch, uid, progress), asked.output)
        if asked.paper == "blank":
            found = sheet(branch, uid)
            document = blank_paper(branch, found.form, inspection=found.inspection)
        else:
            document = inspection_paper(branch, uid, asked.paper)
        return write_document(document, asked.output, progress)


def print_ledger(asked: Namespace) -> Ending:
    """Write the ledger of problems as PDF, for Word, or as a workbook."""
    from branchdesk.reports.inspections.papers import (  # noqa: PLC0415 - as above
        ledger_paper,
        ledger_workbook,
    )

    check_target(asked.output, asked.folder, force=asked.force)
    with opened(asked) as branch, long_work() as progress:
        place = place_named(branch, asked.place, _last_day(asked.year or clock.today().year))
        query = IssueQuery(place=place, year=asked.year, open_only=asked.open)
        if asked.output.suffix.lower() == _WORKBOOK:
            return _write_workbook(ledger_workbook(branch, query, progress), asked.output)
        return write_document(ledger_paper(branch, query), asked.output, progress)


def _write_workbook(content: bytes, path: Path) -> Ending:
    write_whole(path, content)
    say(_("已写成 {path}，{size}。", path=str(path), size=size(len(content))))
    return Ending.FINE


def write_proofs(asked: Namespace) -> Ending:
    """Write the dossier of an inspection, and name the lines that have no evidence."""
    from branchdesk.reports.inspections.dossier import write_dossier  # noqa: PLC0415 - as above

    check_target(asked.output, asked.folder, force=asked.force)
    with opened(asked) as branch, long_work() as progress:
        made = write_dossier(branch, _inspection_named(branch, asked), asked.output, progress)
    path = str(asked.output)
    say(_n("已写成 {path}，共 {n} 页，佐证 {proofs} 份。", made.pages, path=path, proofs=made.proofs))
    _warn_of(_n("有 {n} 项没有佐证：", len(made.without_proof)), (one.number for one in made.without_proof))
    _warn_of(_n("有 {n} 个文件不能印成页，请另附原件：", len(made.see_original)), made.see_original)
    return Ending.LOOK if made.without_proof or made.see_original else Ending.FINE


def _warn_of(words: str, names: Iterable[str]) -> None:
    """Name what wants a look, where there is anything."""
    found = list(names)
    if found:
        warn(_("{words}{names}。", words=words, names=listed(found)))


def fill_workbook(asked: Namespace) -> Ending:
    """Fill a workbook of the superior that the branch keeps, and say for which lines it has no cell."""
    from branchdesk.reports.inspections.templates import write_filled_template  # noqa: PLC0415 - as above

    check_target(asked.output, asked.folder, force=asked.force)
    with opened(asked) as branch, long_work() as progress:
        template = _template_named(branch, asked.template)
        uid = _inspection_named(branch, asked)
        made = write_filled_template(branch, template, uid, asked.output, progress)
    say(_n("已写成 {path}，填了 {n} 格。", made.cells, path=str(asked.output)))
    without = [one.number for one in made.without_cell]
    _warn_of(_n("有 {n} 项在这张表里没有得分格：", len(without)), without)
    return Ending.LOOK if without else Ending.FINE


def _template_named(branch: Branch, typed: str) -> str:
    """The workbook of the superior that is called so, with or without its ending. Raises Problem for none."""
    from branchdesk.services.inspections.templates import template_list  # noqa: PLC0415 - reads workbooks

    rows = template_list(branch)
    for row in rows:
        if same_name_key(typed) in {same_name_key(row.name), same_name_key(row.name.removesuffix(_WORKBOOK))}:
            return row.uid
    names = listed(row.name for row in rows)
    advice = _("现有：{names}。", names=names) if rows else _("请先在“检查与整改”里添加上级的表格。")
    raise Problem(_("没有叫“{name}”的上级表格。", name=typed), advice)
