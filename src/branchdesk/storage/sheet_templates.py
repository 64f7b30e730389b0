"""Questions about workbooks of the superior and what goes into their cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, and_, func, select

from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.storage.tables import attachment, sheet_template, template_cell

Row = Mapping[str, Any]
WORKBOOK = "workbook"  # the role of the file of a template


def template_rows(connection: Connection) -> list[dict[str, Any]]:
    """The templates with the size of their file in bytes and how many cells are filled, by their names."""
    cells = (
        select(template_cell.c.template_uid, func.count().label("cells"))
        .group_by(template_cell.c.template_uid)
        .subquery()
    )
    of_template = and_(
        attachment.c.entity == sheet_template.name,
        attachment.c.row_uid == sheet_template.c.uid,
        attachment.c.role == WORKBOOK,
    )
    query = (
        select(sheet_template, attachment.c.size, func.coalesce(cells.c.cells, 0).label("cells"))
        .outerjoin(attachment, of_template)
        .outerjoin(cells, cells.c.template_uid == sheet_template.c.uid)
        .where(sheet_template.c.deleted_at.is_(None))
        .order_by(sheet_template.c.name, sheet_template.c.rid)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def template_at_hand(connection: Connection, uid: str) -> dict[str, Any]:
    """A template. Raises Problem for one in the recycle bin, and where there is none."""
    query = select(sheet_template).where(sheet_template.c.uid == uid)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise Problem(_("这份上级表格已经不在了。"), _("请重新添加上级发的表格。"))
    if row["deleted_at"] is not None:
        raise Problem(_("“{title}”已在回收站里。", title=row["name"]), _("请先从回收站恢复，再打开。"))
    return dict(row)


def file_of_template(connection: Connection, uid: str) -> dict[str, Any]:
    """The attachment that is the file of a template. Raises Problem for one that is gone."""
    query = select(attachment).where(
        attachment.c.entity == sheet_template.name,
        attachment.c.row_uid == uid,
        attachment.c.role == WORKBOOK,
        attachment.c.deleted_at.is_(None),
    )
    row = connection.execute(query.order_by(attachment.c.rid.desc())).mappings().first()
    if row is None:
        raise Problem(_("这份上级表格的文件不在了。"), _("请从回收站恢复附件，或重新添加上级发的表格。"))
    return dict(row)


def cells_of_template(connection: Connection, uid: str) -> list[dict[str, Any]]:
    """What goes into the cells of a template, in the order in which it was chosen."""
    query = select(template_cell).where(template_cell.c.template_uid == uid).order_by(template_cell.c.rid)
    return [dict(row) for row in connection.execute(query).mappings()]


def same_template(connection: Connection, kind: str, sha256: str) -> str | None:
    """The name of a template of a kind with this content; None where there is none."""
    query = select(sheet_template.c.name).where(
        sheet_template.c.kind == kind,
        sheet_template.c.sha256 == sha256,
        sheet_template.c.deleted_at.is_(None),
    )
    return connection.scalar(query)
