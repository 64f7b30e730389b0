"""The workbook and its columns: what is proposed, and calm sentences for files that are none."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from branchdesk.services import history, organisations, roster_import
from branchdesk.services.roster_import import Verdict
from branchdesk.services.roster_import.sources import with_header_row
from branchdesk.storage.branch import Branch
from branchdesk.storage.tables import dictionary_entry
from support.branches import SettableClock, sample_people
from support.contents import assert_sound, facts
from support.imports import FULL, import_file, plan_file, write_roster
from support.problems import refused
from support.workbook_parts import sheet_xml, workbook_parts, write_package

WORKBOOKS = Path(__file__).parent.parent / "data" / "workbooks"
FIRST, SECOND = (person["id_number"] for person in sample_people(2))
XXE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
LAUGHS = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row>'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the workbook of a test lies."""
    return tmp_path / "名册.xlsx"


# ---- files that are no roster


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "“名册.xlsx”"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "“名册.xlsx”"),
        (b"%PDF-1.7\n" + bytes(100), "“名册.xlsx”"),
        (b"PK\x03\x04" + bytes(2000), "“名册.xlsx”"),
        (b"<html><table><tr><td>x</td></tr></table></html>", "“名册.xlsx”"),
    ],
    ids=["empty", "picture", "pdf", "broken zip", "web page"],
)
def test_a_file_that_is_no_workbook_is_named_with_a_way_out(
    branch: Branch, path: Path, content: bytes, words: str
) -> None:
    path.write_bytes(content)
    before = facts(branch)
    with refused(words):
        roster_import.open_source(path)
    assert facts(branch) == before


def test_a_workbook_cut_off_while_it_was_copied_is_called_damaged(path: Path) -> None:
    content = (WORKBOOKS / "plain.xlsx").read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with refused("“名册.xlsx”", "损坏"):
        roster_import.open_source(path)


def test_a_workbook_with_a_password_says_so() -> None:
    with refused("密码"):
        roster_import.open_source(WORKBOOKS / "refused" / "password_libreoffice.xlsx")


def test_a_file_that_is_gone_is_named(path: Path) -> None:
    with refused("“名册.xlsx”"):
        roster_import.open_source(path)


@pytest.mark.parametrize("declaration", [XXE, LAUGHS], ids=["external entity", "billion laughs"])
def test_a_workbook_that_declares_entities_is_refused(path: Path, declaration: str) -> None:
    write_package(path, workbook_parts(declaration + sheet_xml(CELL)))
    with refused("“名册.xlsx”"):
        roster_import.open_source(path)


def test_a_bomb_is_refused_by_its_size(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in workbook_parts(sheet_xml(CELL)).items():
            package.writestr(name, content)
        package.writestr("xl/media/a.bin", bytes(64 << 20))
    with refused("“名册.xlsx”"):
        roster_import.open_source(path)
    assert path.stat().st_size < 200_000


def test_a_workbook_without_a_single_cell_says_that_it_may_be_the_wrong_one(path: Path) -> None:
    with refused("“名册.xlsx”里没有内容", "选错了文件"):
        roster_import.open_source(write_roster(path))


def test_a_nul_in_a_cell_is_named_and_never_stored(branch: Branch, path: Path) -> None:
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'
    texts = ("姓名", "身份证号"), ("李_x0000_明", FIRST)
    rows = "".join(f"<row>{''.join(map(cell.format, row))}</row>" for row in texts)
    plan = plan_file(branch, write_package(path, workbook_parts(sheet_xml(rows))))
    assert plan.rows[0].findings[0].code == "hidden_characters"
    assert "U+0000" in plan.rows[0].findings[0].sentence
    roster_import.apply_import(branch, plan)
    assert [row["name"] for row in facts(branch)["member"].values()] == ["李明"]


# ---- proposals


def test_sheets_without_names_and_hidden_ones_are_left_out(branch: Branch) -> None:
    wanted: dict[str, bool] = {}
    for file in ("branches.xlsx", "hidden.xlsx"):
        source = roster_import.open_source(WORKBOOKS / file)
        wanted |= {choice.sheet.name: choice.wanted for choice in roster_import.propose(branch, source)}
    assert wanted == {
        "填表说明": False,
        "机关党支部": True,
        "后勤": True,
        "离退休党支部": True,
        "汇总": False,
        "在册": True,
        "旧名册": False,
    }


def test_the_only_branch_is_proposed_for_every_sheet(branch: Branch) -> None:
    source = roster_import.open_source(WORKBOOKS / "branches.xlsx")
    choices = roster_import.propose(branch, source)
    root = organisations.root_of(branch)
    assert {choice.target for choice in choices} == {root}
    assert roster_import.targets(branch, choices) == [(root, "河西村党支部")], (
        "a branch has no branches below"
    )


def test_party_standing_is_taken_for_what_stands_below_it(branch: Branch, path: Path) -> None:
    head = "姓名|身份证号|党籍状态"
    mapped = {}
    for first, second in (("正式党员", "预备党员"), ("在册", "已转出")):
        write_roster(path, head, f"李明|{FIRST}|{first}", f"王芳|{SECOND}|{second}")
        (choice,) = roster_import.propose(branch, roster_import.open_source(path))
        mapped[first] = choice.mapping[2]
    assert mapped == {"正式党员": "category", "在册": "state"}


@pytest.mark.parametrize(
    ("head", "texts", "column"),
    [
        ("人员类别|党籍状态（正式党员或预备党员）", ("在编|正式党员", "合同|预备党员"), 3),
        ("党籍状态（正式党员或预备党员）|人员类别", ("正式党员|在编", "预备党员|合同"), 2),
        ("人员类别|政治面貌", ("在编|中共党员", "合同|中共预备党员"), 3),
        ("人员类别|政治面貌", ("在编|中共党员", "合同|中共党员"), 3),
        ("政治面貌|人员类别", ("中共党员|正式党员", "中共党员|预备党员"), 3),
        ("人员类别|党籍状态", ("在编|正式党员", "合同|预备党员"), 3),
        ("政治面貌|党籍状态", ("中共党员|正式党员", "中共党员|预备党员"), 3),
        ("人员类别|党籍状态", ("正式党员|正式党员", "预备党员|预备党员"), 2),
        ("人员类别|党籍状态", ("在编|在册", "合同|已转出"), 2),
    ],
)
def test_of_two_columns_that_may_say_full_or_probationary_the_one_that_says_it_is_taken(
    branch: Branch, path: Path, head: str, texts: tuple[str, str], column: int
) -> None:
    rows = (f"李明|{FIRST}|{texts[0]}", f"王芳|{SECOND}|{texts[1]}")
    write_roster(path, f"姓名|身份证号|{head}", *rows)
    source = roster_import.open_source(path)
    (choice,) = roster_import.propose(branch, source)
    assert {place for place, field in choice.mapping.items() if field == "category"} == {column}
    assert choice.layout.columns[column].field == "category"
    again = with_header_row(choice, 1)
    assert again.mapping == choice.mapping, "the same when the clerk points at the headings"


def test_a_column_that_lost_its_field_is_to_be_looked_at(branch: Branch, path: Path) -> None:
    head = "姓名|身份证号|人员类别|党籍状态"
    write_roster(path, head, f"李明|{FIRST}|在编|正式党员", f"王芳|{SECOND}|合同|预备党员")
    (choice,) = roster_import.propose(branch, roster_import.open_source(path))
    assert [column.heading for column in choice.layout.open_columns] == ["人员类别"]
    assert "state" not in choice.mapping.values()


def test_the_branch_s_own_words_count_as_understood(branch: Branch, path: Path) -> None:
    with branch.change("自定义") as change:
        change.insert(dictionary_entry, {"dictionary": "post", "code": "own", "label": "联络员"})
    write_roster(
        path, "姓名|身份证号|党内职务|支部职务", f"李明|{FIRST}|甲类|联络员", f"王芳|{SECOND}|乙类|联络员"
    )
    (choice,) = roster_import.propose(branch, roster_import.open_source(path))
    assert choice.mapping[3] == "posts"


def test_the_clerk_points_at_the_headings_and_columns_of_a_sheet_that_was_not_understood(
    branch: Branch, path: Path
) -> None:
    write_roster(path, "甲|乙", "某某|证件", f"李明|{FIRST}", f"王芳|{SECOND}")
    source = roster_import.open_source(path)
    (choice,) = roster_import.propose(branch, source)
    assert not choice.wanted
    pointed = with_header_row(choice, 2)
    assert [row.number for row in pointed.layout.table_rows] == [3, 4]
    agreed = replace(pointed, mapping={0: "name", 1: "id_number"}, wanted=True)
    plan = roster_import.plan_import(branch, source, [agreed], FULL)
    assert [(row.verdict, row.value("name")) for row in plan.rows] == [
        (Verdict.NEW, "李明"),
        (Verdict.NEW, "王芳"),
    ]


def test_a_sheet_of_people_next_to_an_empty_one_is_imported(branch: Branch, path: Path) -> None:
    write_roster(path, "姓名|身份证号", f"李明|{FIRST}", 空白=())
    assert import_file(branch, path).counts[Verdict.NEW] == 1


# ---- what is remembered


def test_the_columns_are_remembered_by_the_import_itself_and_forgotten_with_it(
    branch: Branch, path: Path, the_clock: SettableClock
) -> None:
    write_roster(path, "姓名|身份证号|联系方法", f"李明|{FIRST}|13900000001")
    source = roster_import.open_source(path)
    (choice,) = roster_import.propose(branch, source)

    def imported(field: str) -> int:
        the_clock.move(seconds=1)
        agreed = [replace(choice, mapping={**choice.mapping, 2: field})]
        return roster_import.apply_import(
            branch, roster_import.plan_import(branch, source, agreed, FULL)
        ).changes.seq

    def remembered() -> str | None:
        (again,) = roster_import.propose(branch, source)
        return again.mapping.get(2)

    before = facts(branch)
    first = imported("landline")
    assert [entry.label for entry in history.recent_changes(branch)] == [
        "导入名册 名册.xlsx",
        "建立 河西村党支部",
    ]
    line = next(one for one in history.lines_of_change(branch, first) if one.field == "导入的列对应")
    assert line.after == "姓名、身份证号、联系方法"
    second = imported("mobile")
    third = imported("mobile")
    assert remembered() == "mobile"
    branch.undo(third)
    assert remembered() == "mobile"
    branch.undo(second)
    assert remembered() == "landline", "what was agreed on before the import that was undone"
    branch.undo(first)
    assert remembered() is None
    assert facts(branch) == before


def test_an_import_can_be_undone_though_a_later_one_of_the_same_headings_was_mapped_otherwise(
    branch: Branch, path: Path
) -> None:
    results = []
    for number, field in ((FIRST, "landline"), (SECOND, "mobile")):
        write_roster(path, "姓名|身份证号|联系方法", f"李明|{number}|13900000001")
        source = roster_import.open_source(path)
        (choice,) = roster_import.propose(branch, source)
        agreed = [replace(choice, mapping={**choice.mapping, 2: field})]
        plan = roster_import.plan_import(branch, source, agreed, FULL)
        results.append(roster_import.apply_import(branch, plan))
    branch.undo(results[0].changes.seq)
    assert [row.get("mobile") for row in facts(branch)["member"].values()] == ["13900000001"]
    assert_sound(branch)
