"""Who a row is and what becomes of it: told before anything is written, asked about where it is not clear."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from branchdesk.domain.members import Category
from branchdesk.findings import Severity
from branchdesk.services import members, roster_import
from branchdesk.services.roster_import import ImportOptions, Verdict
from branchdesk.storage.branch import Branch
from support.branches import add_one, sample_people, value
from support.contents import facts
from support.imports import FULL, codes, import_file, plan_file, told, write_roster

FIRST, SECOND, THIRD = (person["id_number"] for person in sample_people(3))
NEW, UPDATE, SAME, REFUSED = Verdict


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the workbook of a test lies."""
    return tmp_path / "名册.xlsx"


def test_planning_writes_nothing(branch: Branch, path: Path) -> None:
    before = facts(branch)
    plan_file(branch, write_roster(path, "姓名|身份证号|党小组", f"李明|{FIRST}|第九党小组"))
    assert facts(branch) == before


def test_the_number_tells_who_somebody_is_whatever_gaps_are_in_the_name(branch: Branch, path: Path) -> None:
    uid = add_one(branch, "李　明", id_number=FIRST)
    plan = plan_file(branch, write_roster(path, "姓名|身份证号|工作部门", f"李明|{FIRST}|办公室"))
    assert told(plan) == [(2, UPDATE, "")]
    assert plan.rows[0].uid == uid


def test_a_blank_or_a_filler_never_overwrites(branch: Branch, path: Path) -> None:
    add_one(branch, "李明", id_number=FIRST, department="办公室", mobile="13900000001", note="有备注")
    plan = plan_file(branch, write_roster(path, "姓名|身份证号|工作部门|手机|备注", f"李明|{FIRST}||无|——"))
    assert told(plan) == [(2, SAME, "")]


def test_no_degree_is_a_degree(branch: Branch, path: Path) -> None:
    plan = plan_file(branch, write_roster(path, "姓名|身份证号|学位", f"李明|{FIRST}|无"))
    assert plan.rows[0].value("degree") == "0"


@pytest.mark.parametrize("category", [None, Category.FULL])
def test_a_name_alone_is_asked_about_and_never_taken_for_the_same_person(
    branch: Branch, path: Path, category: Category | None
) -> None:
    uid = add_one(branch, "李明")
    write_roster(path, "姓名|工作部门|人员类别", "李 明|办公室|正式党员")
    options = ImportOptions(category)
    asked = "名册里已有“李明”，这一行没有身份证号，不能确定是不是同一个人。"
    assert told(plan_file(branch, path, options)) == [(2, REFUSED, asked)]
    decided = plan_file(branch, path, options, decisions={(0, 2): UPDATE})
    assert told(decided) == [(2, UPDATE, "")]
    assert decided.rows[0].uid == uid
    assert told(plan_file(branch, path, options, decisions={(0, 2): NEW})) == [(2, NEW, "")]


def test_somebody_known_need_not_be_called_full_or_probationary_again(branch: Branch, path: Path) -> None:
    add_one(branch, "李明")
    add_one(branch, "王芳", id_number=FIRST)
    write_roster(path, "姓名|身份证号|手机", "李明||13900000001", f"王芳|{FIRST}|13900000002", "赵强||139")
    plan = plan_file(branch, path, ImportOptions(), decisions={(0, 2): UPDATE})
    unclear = "没有写明是正式党员还是预备党员。"
    assert told(plan) == [(2, UPDATE, ""), (3, UPDATE, ""), (4, REFUSED, unclear)]


def test_a_known_member_without_a_number_is_asked_about_when_a_number_comes(
    branch: Branch, path: Path
) -> None:
    uid = add_one(branch, "李明")
    write_roster(path, "姓名|身份证号", f"李明|{FIRST}")
    asked = "名册里已有同名的“李明”，没有身份证号，不能确定是不是同一个人。"
    assert told(plan_file(branch, path)) == [(2, REFUSED, asked)]
    decided = plan_file(branch, path, decisions={(0, 2): UPDATE})
    assert [(row.verdict, row.uid) for row in decided.rows] == [(UPDATE, uid)]
    assert told(plan_file(branch, path, decisions={(0, 2): NEW})) == [(2, NEW, "")]


@pytest.mark.parametrize("number", ["", FIRST])
def test_of_two_namesakes_none_is_taken_at_random(branch: Branch, path: Path, number: str) -> None:
    add_one(branch, "李明")
    add_one(branch, "李明")
    plan = plan_file(
        branch, write_roster(path, "姓名|身份证号", f"李明|{number}"), decisions={(0, 2): UPDATE}
    )
    assert told(plan) == [(2, REFUSED, "名册里有 2 名“李明”，请在名册里直接修改。")]


def test_a_namesake_with_another_number_is_somebody_else(branch: Branch, path: Path) -> None:
    add_one(branch, "李明", id_number=SECOND)
    assert told(plan_file(branch, write_roster(path, "姓名|身份证号", f"李明|{FIRST}"))) == [(2, NEW, "")]


def test_a_number_under_another_name_is_refused_until_the_clerk_says_it_is_the_same(
    branch: Branch, path: Path
) -> None:
    uid = add_one(branch, "李明", id_number=FIRST)
    write_roster(path, "姓名|身份证号", f"李鸣|{FIRST}")
    reason = "名册里这个身份证号是“李明”，姓名不同，请核对。"
    assert told(plan_file(branch, path)) == [(2, REFUSED, reason)]
    decided = plan_file(branch, path, decisions={(0, 2): UPDATE})
    assert [(row.verdict, row.uid) for row in decided.rows] == [(UPDATE, uid)]


def test_a_number_that_two_members_have_settles_nothing(branch: Branch, path: Path) -> None:
    add_one(branch, "李明", id_number=FIRST)
    add_one(branch, "王芳", id_number=FIRST)
    plan = plan_file(branch, write_roster(path, "姓名|身份证号", f"李明|{FIRST}"))
    assert told(plan) == [(2, REFUSED, "名册里有 2 名党员是这个身份证号，请先处理重复。")]


def test_whoever_lies_in_the_bin_is_not_updated(branch: Branch, path: Path) -> None:
    uid = add_one(branch, "李明", id_number=FIRST)
    members.move_to_bin(branch, [uid], "")
    assert told(plan_file(branch, write_roster(path, "姓名|身份证号", f"李明|{FIRST}"))) == [(2, NEW, "")]


def test_two_rows_never_write_into_the_same_member(branch: Branch, path: Path) -> None:
    add_one(branch, "李明")
    write_roster(
        path,
        "姓名|入党时间|身份证号",
        "李明|2001.1.1",
        "王芳|2002.2.2",
        "李明|2003.3.3",
        f"李明|2004.4.4|{FIRST}",
    )
    decisions = {(0, row): UPDATE for row in (2, 4, 5)}
    refused = "第 2 行已经是名册里的这名党员，请核对。"
    plan = plan_file(branch, path, decisions=decisions)
    assert told(plan) == [(2, UPDATE, ""), (3, NEW, ""), (4, REFUSED, refused), (5, REFUSED, refused)]


def test_a_twin_on_another_sheet_is_named_with_its_sheet(branch: Branch, path: Path) -> None:
    add_one(branch, "赵强")
    head = "姓名|身份证号|手机"
    first = (head, f"李明|{FIRST}|13900000001", "王芳||13900000002", "赵强||13900000003")
    write_roster(path, 一组=first, 二组=first)
    decisions = {(sheet, 4): UPDATE for sheet in (0, 1)}
    assert [row.reason for row in plan_file(branch, path, decisions=decisions).rows[3:]] == [
        "与工作表“一组”第 2 行的身份证号相同，是同一个人。",
        "与工作表“一组”第 3 行同名，又没有身份证号，请核对。",
        "工作表“一组”第 4 行已经是名册里的这名党员，请核对。",
    ]


def test_two_new_people_of_one_name_without_numbers_come_in_once_the_clerk_says_so(
    branch: Branch, path: Path
) -> None:
    write_roster(path, "姓名|手机", "李明|13900000001", "李明|13900000002")
    assert [row.verdict for row in plan_file(branch, path).rows] == [NEW, REFUSED]
    assert [row.verdict for row in plan_file(branch, path, decisions={(0, 3): NEW}).rows] == [NEW, NEW]


def test_a_row_that_the_clerk_leaves_out_is_left_out(branch: Branch, path: Path) -> None:
    write_roster(path, "姓名|身份证号", f"李明|{FIRST}", f"王芳|{SECOND}")
    plan = plan_file(branch, path, decisions={(0, 2): REFUSED})
    assert told(plan) == [(2, REFUSED, "您选择了不导入这一行。"), (3, NEW, "")]


def test_without_an_answer_nobody_becomes_full_or_probationary_by_guess(branch: Branch, path: Path) -> None:
    write_roster(
        path,
        "姓名|身份证号|人员类别|转正时间",
        f"李明|{FIRST}||",
        f"王芳|{SECOND}|预备党员|",
        f"赵强|{THIRD}||2010.7.1",
    )
    unclear = "没有写明是正式党员还是预备党员。"
    plan = plan_file(branch, path, ImportOptions())
    assert told(plan) == [(2, REFUSED, unclear), (3, NEW, ""), (4, NEW, "")]
    assert "required" in codes(plan)
    assert "required" not in codes(plan_file(branch, path))


@pytest.mark.parametrize("word", ["中共党员", "中共 党员", "党员", "中国共产党党员"])
def test_political_standing_tells_probationary_members_and_leaves_the_others_open(
    branch: Branch, path: Path, word: str
) -> None:
    rows = (f"李明|{FIRST}|{word}", f"王芳|{SECOND}|中共预备党员", f"赵强|{THIRD}|中共正式党员")
    write_roster(path, "姓名|身份证号|政治面貌", *rows)
    asked = plan_file(branch, path, ImportOptions())
    unclear = "没有写明是正式党员还是预备党员。"
    assert told(asked) == [(2, REFUSED, unclear), (3, NEW, ""), (4, NEW, "")]
    assert asked.rows[0].texts["category"] == word, "what stood there is shown"
    answered = plan_file(branch, path, ImportOptions(Category.PROBATIONARY))
    assert [row.value("category") for row in answered.rows] == [None, "probationary", "full"]
    assert "unknown_word" not in codes(answered)
    new = roster_import.apply_import(branch, answered).changes.touched["member"]
    stored = {row["name"]: value(branch, uid, "category") for uid, row in facts(branch)["member"].items()}
    assert stored == {"李明": "probationary", "王芳": "probationary", "赵强": "full"}
    assert len(new) == 3


def test_political_standing_never_changes_what_a_known_member_is(branch: Branch, path: Path) -> None:
    add_one(branch, "李明", id_number=FIRST, category="预备党员")
    plan = plan_file(branch, write_roster(path, "姓名|身份证号|政治面貌", f"李明|{FIRST}|中共党员"))
    assert told(plan) == [(2, SAME, "")]


def test_whoever_is_no_party_member_by_political_standing_is_found_fault_with(
    branch: Branch, path: Path
) -> None:
    plan = plan_file(branch, write_roster(path, "姓名|身份证号|政治面貌", f"李明|{FIRST}|群众"))
    assert "unknown_word" in codes(plan)


def test_a_number_damaged_by_excel_is_named_and_let_in_only_on_request_and_without_it(
    branch: Branch, path: Path
) -> None:
    write_roster(path, ("姓名", "身份证号"), ("李明", 999999197001010000), ("王芳", "9.99999E+17"))
    reason = "身份证号在 Excel 中已损失末位，请改正后再导入。"
    assert told(plan_file(branch, path)) == [(2, REFUSED, reason), (3, REFUSED, reason)]
    let_in = plan_file(branch, path, replace(FULL, damaged_numbers=True))
    assert [(row.verdict, row.value("id_number")) for row in let_in.rows] == [(NEW, None), (NEW, None)]
    assert codes(let_in).count("damaged_number") == 1
    assert "required" not in codes(let_in), "what is damaged is not called missing as well"


def test_a_text_put_right_in_place_is_read_instead_of_the_cell(branch: Branch, path: Path) -> None:
    write_roster(path, ("姓名", "身份证号"), ("李明", 999999197001010000))
    plan = plan_file(branch, path, fixes={(0, 2, "id_number"): FIRST})
    assert told(plan) == [(2, NEW, "")]
    assert plan.rows[0].value("id_number") == FIRST
    assert plan.rows[0].texts["id_number"] == FIRST


def test_hidden_rows_come_in_only_on_request(branch: Branch) -> None:
    path = Path(__file__).parent.parent / "data" / "workbooks" / "hidden.xlsx"
    assert [row.number for row in plan_file(branch, path, replace(FULL, hidden_rows=True)).rows] == list(
        range(2, 10)
    )


def test_groups_are_founded_only_where_that_is_wanted_and_only_under_names_of_groups(
    branch: Branch, path: Path
) -> None:
    write_roster(
        path,
        "姓名|身份证号|党小组",
        f"李明|{FIRST}|三组",
        f"王芳|{SECOND}|办公室",
        f"赵强|{THIRD}|一组",
    )
    plan = plan_file(branch, path)
    assert plan.new_groups == ["第三党小组"]
    assert [codes(plan, row).count("unknown_word") for row in range(3)] == [0, 1, 0]
    without = plan_file(branch, path, replace(FULL, missing_groups=False))
    assert without.new_groups == []
    assert codes(without).count("unknown_word") == 1


def test_a_branch_that_there_is_not_is_named_and_the_chosen_one_taken(branch: Branch, path: Path) -> None:
    write_roster(
        path, "姓名|身份证号|所在党支部", f"李明|{FIRST}|河东村党支部", f"王芳|{SECOND}|河西村党支部"
    )
    plan = plan_file(branch, path)
    assert "unknown_organisation" in codes(plan)
    assert "unknown_organisation" not in codes(plan, 1)
    assert plan.rows[0].target == plan.rows[1].target != ""


def test_a_sheet_without_a_place_imports_nobody(branch: Branch, path: Path) -> None:
    source = roster_import.open_source(write_roster(path, "姓名|身份证号", f"李明|{FIRST}"))
    choices = [replace(choice, target="") for choice in roster_import.propose(branch, source)]
    plan = roster_import.plan_import(branch, source, choices, FULL)
    assert told(plan) == [(2, REFUSED, "还没有选定放到哪个支部。")]


def test_a_row_that_slipped_is_refused_until_the_clerk_has_looked(branch: Branch) -> None:
    path = Path(__file__).parent.parent / "data" / "workbooks" / "sections_and_shifts.xlsx"
    plan = plan_file(branch, path, decisions={(0, 9): NEW}, fixes={(0, 9, "name"): "李敏"})
    assert told(plan)[1] == (9, NEW, "")
    assert "shifted" in codes(plan, 1), "what is wrong is still said"


@pytest.mark.parametrize(
    ("field", "typed", "code", "sentence", "kept"),
    [
        ("入党时间", "2023-02-30", "date", "2023 年 2 月没有 30 日。", "2023-02-30"),
        ("入党时间", "2023.13", "date", "没有 13 月，请核对。", "2023.13"),
        ("姓名", "李\u202e明", "hidden_characters", "看不见的字符（U+202E），已去掉", "李明"),
        ("姓名", "李\u200b明", "hidden_characters", "看不见的字符（U+200B），已去掉", "李明"),
        ("性别", "不详吗", "unknown_word", "“不详吗”不在可选的内容里", "不详吗"),
    ],
)
def test_hostile_and_impossible_cells_are_named_and_kept_as_far_as_they_can_be(
    branch: Branch, path: Path, field: str, typed: str, code: str, sentence: str, kept: str
) -> None:
    row = {"姓名": "李明", "身份证号": FIRST, "入党时间": "2001.7.1", "性别": "女"} | {field: typed}
    plan = plan_file(branch, write_roster(path, list(row), list(row.values())))
    found = [finding for finding in plan.rows[0].findings if finding.code == code]
    assert len(found) == 1
    assert sentence in found[0].sentence
    assert kept in {one.value for one in plan.rows[0].read}


def test_an_over_long_text_is_named_and_kept_whole(branch: Branch, path: Path) -> None:
    name = "李" * 300
    plan = plan_file(branch, write_roster(path, "姓名|身份证号", f"{name}|{FIRST}"))
    assert any(finding.field == "name" for finding in plan.rows[0].findings)
    assert plan.rows[0].value("name") == name


def test_a_wrong_check_digit_is_an_error_that_keeps_the_number(branch: Branch, path: Path) -> None:
    wrong = FIRST[:17] + ("1" if FIRST[17] != "1" else "2")
    plan = plan_file(branch, write_roster(path, "姓名|身份证号", f"李明|{wrong}"))
    found = next(finding for finding in plan.rows[0].findings if finding.field == "id_number")
    assert found.severity is Severity.ERROR
    assert f"校验位不对（最后一位应为 {FIRST[17]}）" in found.sentence
    assert plan.rows[0].value("id_number") == wrong


# ---- what the file knows better


@pytest.mark.parametrize(
    ("sheet", "verdict"), [("2010.06", SAME), ("2010", SAME), ("2010.07", UPDATE), ("2010.06.28", UPDATE)]
)
def test_a_month_or_year_never_replaces_a_day_in_it(
    branch: Branch, path: Path, sheet: str, verdict: Verdict
) -> None:
    uid = add_one(branch, "李明", id_number=FIRST, admitted_on="2010.6.29", worked_since="2010.6.29")
    write_roster(path, "姓名|身份证号|入党时间|参加工作时间", f"李明|{FIRST}|{sheet}|{sheet}")
    assert told(plan_file(branch, path)) == [(2, verdict, "")]
    import_file(branch, path)
    kept = verdict is SAME
    for field in ("admitted_on", "worked_since"):
        assert (value(branch, uid, field) == "2010-06-29") is kept


def test_a_day_replaces_the_month_that_the_file_knew(branch: Branch, path: Path) -> None:
    uid = add_one(branch, "李明", id_number=FIRST, admitted_on="2010.6")
    import_file(branch, write_roster(path, "姓名|身份证号|入党时间", f"李明|{FIRST}|2010.6.29"))
    assert value(branch, uid, "admitted_on") == "2010-06-29"


def test_a_full_member_is_not_made_probationary_until_the_clerk_says_so(branch: Branch, path: Path) -> None:
    uid = add_one(branch, "李明", id_number=FIRST, admitted_on="2010.6.29", confirmed_on="2011.6.29")
    write_roster(path, "姓名|身份证号|人员类别", f"李明|{FIRST}|预备党员")
    reason = "名册里“李明”已是正式党员，这一行写的是预备党员，请核对。"
    assert told(plan_file(branch, path)) == [(2, REFUSED, reason)]
    import_file(branch, path)
    assert value(branch, uid, "confirmed_on") == "2011-06-29"
    decided = plan_file(branch, path, decisions={(0, 2): UPDATE})
    assert told(decided) == [(2, UPDATE, "")]
    assert "demoted" in codes(decided)
    roster_import.apply_import(branch, decided)
    assert value(branch, uid, "category") == "probationary"
