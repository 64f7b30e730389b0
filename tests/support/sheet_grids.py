"""Sheets written in short, for the rules that understand them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from branchdesk.domain.sheets import Area, Grid, GridRow, Reason, SheetLayout, understand

KNOWN = {
    "姓名": "name",
    "性别": "sex",
    "身份证号": "id_number",
    "身份证号码": "id_number",
    "入党日期": "admitted_on",
    "入党时间": "admitted_on",
    "手机号": "mobile",
    "手机": "mobile",
    "联系电话": "mobile",
    "电话": "mobile",
    "固定电话": "landline",
    "学历": "education",
    "学位": "degree",
    "全日制学历": "fulltime_education",
    "全日制教育": "fulltime_education",
    "全日制学位": "fulltime_degree",
    "在职学历": "parttime_education",
    "党小组": "group",
    "工作单位": "employer",
    "学历（学位）": "education",
    "月党费": "dues_monthly",
    "党籍状态（正式党员或预备党员）": "category",
    "备注": "note",
}
ID = "99999919680312175X"
_PLACE = re.compile(r"([A-Z]+)(\d+):([A-Z]+)(\d+)")


def area(text: str) -> Area:
    """An area by its name in tables: B2:C3."""
    match = _PLACE.fullmatch(text)
    assert match is not None
    first, last = (
        sum(26**n * (ord(sign) - 64) for n, sign in enumerate(reversed(match[part]))) for part in (1, 3)
    )
    return Area(int(match[2]), first - 1, int(match[4]), last - 1)


def grid(
    *rows: Sequence[str] | str, merged: Sequence[str] = (), name: str = "Sheet1", hidden: Sequence[int] = ()
) -> Grid:
    """A sheet whose rows are written as texts parted by bars."""
    texts = [row.split("|") if isinstance(row, str) else list(row) for row in rows]
    texts = [[text if text.strip() else "" for text in row] for row in texts]
    return Grid(
        name,
        [GridRow(number, row, number in hidden) for number, row in enumerate(texts, start=1)],
        [area(text) for text in merged],
    )


def fields(layout: SheetLayout) -> dict[str, str | None]:
    """The fields of the columns by their letters."""
    return {column.letters: column.field for column in layout.columns}


def people(layout: SheetLayout) -> list[int]:
    return [row.number for row in layout.table_rows]


def reasons(layout: SheetLayout) -> dict[int, Reason]:
    return {skipped.row: skipped.reason for skipped in layout.skipped}


def roster(*rows: str, merged: Sequence[str] = ()) -> SheetLayout:
    """The layout of a plain roster of five columns with these rows below its headings."""
    return understand(grid("序号|姓名|身份证号|入党时间|联系电话", *rows, merged=merged), KNOWN)
