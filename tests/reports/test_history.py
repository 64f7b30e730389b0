"""修改记录 on paper."""

from __future__ import annotations

from datetime import date

from branchdesk.documents.model import Table
from branchdesk.documents.pdf import write_pdf
from branchdesk.reports.history import FieldChange, History, HistoryEntry, history_document
from documents.pdfa_checks import faults_of, text_of, without_space
from documents.recording import record

PHONE = FieldChange("手机号", "13800000000", "13900000000")
UNIT = FieldChange("工作单位及职务", "", "阳光区第一中学教务处主任")


def history(*entries: HistoryEntry) -> History:
    return History(
        "党员王𬀩", "中国共产党阳光区机关第一支部委员会", "2026年11月21日", date(2026, 11, 21), entries
    )


ENTRIES = (
    HistoryEntry("2026.11.20 09:31", "张三", "修改党员 王𬀩", (PHONE, UNIT)),
    HistoryEntry("2026.11.21 10:02", "张三", "导入“2025年名册.xlsx”", (UNIT,)),
    HistoryEntry("2026.11.21 10:05", "李四", "查看身份证号", ()),
)


def test_who_when_and_what_stand_beside_the_first_field_of_a_change() -> None:
    table = history_document(history(*ENTRIES)).blocks[2]
    assert isinstance(table, Table)
    assert table.rows == (
        ("2026.11.20 09:31", "张三", "修改党员 王𬀩", "手机号", "13800000000", "13900000000"),
        ("", "", "", "工作单位及职务", "", "阳光区第一中学教务处主任"),
        (
            "2026.11.21 10:02",
            "张三",
            "导入“2025年名册.xlsx”",
            "工作单位及职务",
            "",
            "阳光区第一中学教务处主任",
        ),
        ("2026.11.21 10:05", "李四", "查看身份证号", "", "", ""),
    )


def test_the_list_is_archival_and_complete() -> None:
    file = write_pdf(history_document(history(*ENTRIES * 30)))
    assert faults_of(file) == []
    text = text_of(file)
    assert text.startswith(without_space("党员王𬀩修改记录党组织：中国共产党阳光区机关第一支部委员会"))
    assert text.count("导入“2025年名册.xlsx”") == 30
    assert "共90次修改。" in text


def test_pages_are_numbered() -> None:
    pages = record(history_document(history(*ENTRIES * 30)))
    assert pages[1].texts()[-1] == f"第 2 页　共 {len(pages)} 页"
