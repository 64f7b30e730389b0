"""A superior's inspection sheet as an Excel file: its own wording, joined cells, and sums it computes."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
from openpyxl.styles import Font

from branchdesk.domain.inspections.model import Scheme

HEADINGS = (
    *("序号", "项目", "检查内容", "标准分", "支部自评", "考核得分", "扣分"),
    *("扣分原因", "佐证材料", "责任人"),
)
SHEET = "附件2"
HEAD_ROW = 4


def superior_workbook(scheme: Scheme, *, sums: bool = True) -> bytes:
    """All lines of a scheme that have points, numbered as the superior does, with a sum for each section."""
    book = openpyxl.Workbook()
    note: Any = book.active
    note.title, note["A1"] = "填表说明", "自评分由支部填写，考核得分由检查组填写。"
    sheet: Any = book.create_sheet(SHEET)
    sheet.merge_cells("A1:J1")
    sheet["A1"] = "附件2：基层党支部党建工作季度检查考核表"
    sheet["A1"].font = Font(name="黑体", size=16)
    sheet["A2"], sheet["E2"], sheet["H2"] = "填报单位（盖章）：", "考核季度", "检查日期："
    sheet.merge_cells("A2:B2")
    sheet.merge_cells("C2:D2")
    sheet.merge_cells("F2:G2")
    sheet.merge_cells("I2:J2")
    sheet.merge_cells("A3:J3")
    sheet["A3"] = "支部书记：＿＿＿＿＿＿"
    for column, heading in enumerate(HEADINGS, 1):
        sheet.cell(HEAD_ROW, column, heading)
    row, starts = HEAD_ROW + 1, []
    for section, title in scheme.sections:
        lines = [one for one in scheme.indicators if one.section == section and one.points and not one.bonus]
        if not lines:
            continue
        starts.append(row)
        for number, line in enumerate(lines, 1):
            sheet.cell(row, 1, number)
            sheet.cell(row, 2, title)
            sheet.cell(row, 3, f"{number}．{line.title.replace('：', ':')}。")
            sheet.cell(row, 4, float(line.points or 0))
            if sums:
                sheet.cell(row, 7, f"=D{row}-F{row}")
            row += 1
        sheet.merge_cells(start_row=starts[-1], start_column=2, end_row=row - 1, end_column=2)
        sheet.cell(row, 2, "小计")
        row += 1
    sheet.cell(row, 1, "合 计")
    if sums:
        for letter in "DEF":
            scored = (one for one in range(HEAD_ROW + 1, row) if sheet[f"D{one}"].value)
            inner = ",".join(f"{letter}{one}" for one in scored)
            sheet[f"{letter}{row}"] = f"=SUM({inner})"
    sheet.cell(row + 1, 1, "等次：")
    sheet.merge_cells(start_row=row + 1, start_column=2, end_row=row + 1, end_column=4)
    sheet.cell(row + 2, 1, "检查组组长（签字）：")
    sheet.print_area = f"A1:J{row + 2}"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
