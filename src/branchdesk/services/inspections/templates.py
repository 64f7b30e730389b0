"""Workbooks that the superior sends to be filled: kept with what goes into which of their cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from branchdesk.documents.template_sheet_xml import Place, cell_name, place_of
from branchdesk.documents.template_workbook import TemplateSheet, read_template
from branchdesk.errors import Problem
from branchdesk.forms.language import Form
from branchdesk.i18n import _
from branchdesk.jobs.progress import SILENT, Progress
from branchdesk.services import attachments
from branchdesk.services.file_contents import refuse_disguised
from branchdesk.services.inspections.template_proposal import CellChoice, proposed
from branchdesk.services.inspections.template_sources import read_source, source_labels
from branchdesk.services.meetings.texts import one_line
from branchdesk.storage import attachments as store
from branchdesk.storage import records, tables
from branchdesk.storage import sheet_templates as questions
from branchdesk.storage.branch import Branch, refuse_viewer
from branchdesk.storage.changes import Change, Changes

__all__ = [
    "CellChoice",
    "OpenTemplate",
    "TemplateOutcome",
    "TemplateRow",
    "add_template",
    "open_template",
    "propose",
    "remove_template",
    "set_cells",
    "template_list",
]
_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class TemplateOutcome:
    """What an edit did to the template `uid`."""

    changes: Changes
    uid: str


@dataclass(frozen=True)
class TemplateRow:
    """One template in a list: which form fills it, its size in bytes, and how many cells are filled."""

    uid: str
    name: str
    kind: str
    kind_label: str
    size: int
    cells: int


@dataclass(frozen=True)
class OpenTemplate:
    """A template with the sheets of its workbook and what goes into their cells."""

    uid: str
    name: str
    form: Form
    content: bytes
    sheets: tuple[TemplateSheet, ...]
    cells: tuple[CellChoice, ...]

    def standing(self, choice: CellChoice) -> str:
        """What stands in the cell before it is filled; empty for a cell that is not there."""
        place = place_of(choice.cell)
        sheet = next((one for one in self.sheets if one.name == choice.sheet), None)
        return sheet.text(*place) if sheet is not None and place is not None else ""


def template_list(branch: Branch) -> list[TemplateRow]:
    """The workbooks of the superior, by their names."""
    with branch.read() as connection:
        rows = questions.template_rows(connection)
        shelf = records.shelf_of(connection)
    labels = {form.kind: form.shown() for form in shelf.newest()}
    return [
        TemplateRow(
            row["uid"],
            row["name"],
            row["kind"],
            labels.get(row["kind"], row["kind"]),
            row["size"] or 0,
            row["cells"],
        )
        for row in rows
    ]


def add_template(branch: Branch, path: Path, kind: str, progress: Progress = SILENT) -> TemplateOutcome:
    """Keep a workbook that is filled from inspections of a kind, with what probably goes into its cells.

    Raises Problem for a file that is no .xlsx that can be filled, and for one that is there already.
    """
    refuse_viewer(branch.person)
    form = _form(branch, kind)
    content = _content(path)
    name = attachments.one_name(path.name)
    refuse_disguised(name, content)
    sheets = read_template(name, content, progress)
    blob = store.store_content(branch, content)
    with branch.read() as connection:
        known = questions.same_template(connection, kind, blob.sha256)
    if known is not None:
        raise Problem(
            _("“{name}”已经添加过了，叫做“{known}”。", name=name, known=known), _("请直接选用已有的那一份。")
        )
    with branch.change(_("添加上级表格 {name}", name=name)) as change:
        uid = change.insert(tables.sheet_template, {"name": name, "kind": kind, "sha256": blob.sha256})
        file = {
            "entity": tables.sheet_template.name,
            "row_uid": uid,
            "role": questions.WORKBOOK,
            "name": name,
        }
        stored = {"media_type": _MEDIA_TYPE, "size": blob.size, "sha256": blob.sha256, "blob": blob.blob}
        change.insert(tables.attachment, {**file, **stored})
        _write_cells(change, uid, [], proposed(sheets, form))
    return TemplateOutcome(change.result, uid)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > store.LARGEST:
            raise Problem(_("“{name}”太大，不能添加。", name=path.name), _("请只留下需要的工作表再试。"))
        return path.read_bytes()
    except OSError as error:
        raise Problem(
            _("“{name}”打不开：{reason}。", name=path.name, reason=error.strerror or str(error)),
            _("请检查文件是否还在、是否正被其他程序占用。"),
        ) from error


def _form(branch: Branch, kind: str) -> Form:
    """The newest form of a kind. Raises Problem for one that is no form of inspections."""
    with branch.read() as connection:
        found = next((one for one in records.shelf_of(connection).newest() if one.kind == kind), None)
    if found is None or found.inspection is None:
        raise Problem(_("没有这种检查表，不能照着填写上级的表格。"), _("请先选择一种检查表。"))
    return found


def open_template(branch: Branch, uid: str, progress: Progress = SILENT) -> OpenTemplate:
    """A template with its workbook. Raises Problem for one in the recycle bin, gone or damaged."""
    with branch.read() as connection:
        row = questions.template_at_hand(connection, uid)
        file = questions.file_of_template(connection, uid)
        cells = questions.cells_of_template(connection, uid)
    content = attachments.read_attachment(branch, file)
    return OpenTemplate(
        uid,
        row["name"],
        _form(branch, row["kind"]),
        content,
        read_template(row["name"], content, progress),
        tuple(CellChoice(cell["sheet"], cell["cell"], cell["source"]) for cell in cells),
    )


def propose(branch: Branch, uid: str, progress: Progress = SILENT) -> list[CellChoice]:
    """What probably goes into the cells of a template; nothing is kept. Raises Problem as open_template."""
    opened = open_template(branch, uid, progress)
    return proposed(opened.sheets, opened.form)


def set_cells(branch: Branch, uid: str, choices: Sequence[CellChoice]) -> TemplateOutcome:
    """Keep what goes into the cells of a template, in place of what was chosen before, as one change.

    Raises Problem for a cell that computes, is not there, or gets two things, and for an unknown source.
    """
    refuse_viewer(branch.person)
    opened = open_template(branch, uid)
    wanted = list(_checked(opened, choices))
    with branch.read() as connection:
        held = questions.cells_of_template(connection, uid)
    with branch.change(_("设置上级表格 {name} 的填写内容", name=opened.name)) as change:
        _write_cells(change, uid, held, wanted)
    return TemplateOutcome(change.result, uid)


def _checked(opened: OpenTemplate, choices: Sequence[CellChoice]) -> Iterator[CellChoice]:
    """The choices with the cells that show what is written. Raises Problem as set_cells does."""
    sheets = {sheet.name: sheet for sheet in opened.sheets}
    labels = source_labels(opened.form)
    taken: set[tuple[str, Place]] = set()
    for choice in choices:
        place, sheet = place_of(choice.cell), sheets.get(choice.sheet)
        if place is None or sheet is None:
            raise Problem(
                _(
                    "“{name}”里没有工作表“{sheet}”的 {cell} 单元格。",
                    name=opened.name,
                    sheet=choice.sheet,
                    cell=choice.cell,
                ),
                _("请重新核对每一格填什么。"),
            )
        place = sheet.anchor(*place)
        shown = {"sheet": choice.sheet, "cell": cell_name(place)}
        if not sheet.can_be_filled(*place):
            raise Problem(
                _("工作表“{sheet}”的 {cell} 是公式，不能填写。", **shown),
                _("公式由表格自己计算，请去掉这一格。"),
            )
        if (choice.sheet, place) in taken:
            raise Problem(
                _("工作表“{sheet}”的 {cell} 要填两样内容。", **shown),
                _("请只留一样；合并的单元格只能填一次。"),
            )
        if read_source(choice.source) is None or choice.source not in labels:
            raise Problem(
                _("工作表“{sheet}”的 {cell} 选的内容在检查表里没有。", **shown), _("请重新选择这一格填什么。")
            )
        taken.add((choice.sheet, place))
        yield CellChoice(choice.sheet, cell_name(place), choice.source)


def _write_cells(
    change: Change, uid: str, held: Sequence[dict[str, Any]], wanted: Sequence[CellChoice]
) -> None:
    """Keep the choices; rows that stay are left alone."""
    before = {(row["sheet"], row["cell"]): row for row in held}
    after = {(one.sheet, one.cell): one for one in wanted}
    change.remove(tables.template_cell, [row["uid"] for key, row in before.items() if key not in after])
    change.update_many(
        tables.template_cell,
        {before[key]["uid"]: {"source": one.source} for key, one in after.items() if key in before},
    )
    fresh = [
        {"template_uid": uid, "sheet": one.sheet, "cell": one.cell, "source": one.source}
        for key, one in after.items()
        if key not in before
    ]
    change.insert_many(tables.template_cell, fresh)


def remove_template(branch: Branch, uid: str, why: str = "") -> TemplateOutcome:
    """Put a template into the recycle bin. Raises Problem for one that lies there already or is gone."""
    with branch.read() as connection:
        row = questions.template_at_hand(connection, uid)
    with branch.change(_("删除上级表格 {name}", name=row["name"])) as change:
        change.put_in_bin(tables.sheet_template, [uid], one_line(why), branch.person.name)
    return TemplateOutcome(change.result, uid)
