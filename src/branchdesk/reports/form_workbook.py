"""Any filled form as a workbook: a sheet with its boxes, and one for each table of its own."""

from __future__ import annotations

from collections.abc import Iterator

from branchdesk.documents.model import Align
from branchdesk.documents.xlsx import TableColumn, WorkbookTable
from branchdesk.reports.filled import Filled

TEXT_WIDTH = 40.0  # half-width characters, of a column of sentences
_BOXES = (
    TableColumn("部分", 16, align=Align.LEFT),
    TableColumn("项目", 20, align=Align.LEFT),
    TableColumn("内容", 80, align=Align.LEFT),
)


def form_tables(filled: Filled, title: str = "") -> Iterator[WorkbookTable]:
    """The boxes that are asked for, empty ones as empty cells, then the lines of each own table."""
    form = filled.form
    sections = {section.id: section.label for section in form.sections}
    boxes = [
        (sections[one.section], one.label, filled.text(one))
        for one in filled.visible()
        if one.type.name != "signature"
    ]
    yield WorkbookTable(form.title, _BOXES, boxes, title=title or form.title)
    for table in form.tables:
        rows = filled.rows(table)
        if table.holds == "lines" and rows:
            columns = tuple(TableColumn(one.label, align=Align.LEFT) for one in table.fields)
            yield WorkbookTable(table.label, columns, rows, title=table.label)
