"""An import is one step: everything that was agreed on, nothing else, and nothing at all where it fails."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from branchdesk.domain.members import EventKind
from branchdesk.domain.organisations import OrganisationKind
from branchdesk.jobs.progress import Cancelled, Progress
from branchdesk.services import branches, history, members, organisations, roster_import
from branchdesk.services.branches import Founding
from branchdesk.services.roster_import import NEW_BRANCH, Verdict, apply_import, refused_workbook
from branchdesk.storage.attachments import load_content
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import Change
from branchdesk.storage.keyring import Person, Role
from support.branches import (
    PASSWORD,
    SettableClock,
    add_one,
    clerk_of,
    edit,
    founded,
    groups_of,
    sample_people,
    value,
)
from support.contents import assert_sound, facts
from support.counting import statements
from support.disks import fill, small_disk
from support.imports import FULL, codes, import_file, plan_file, told, write_roster
from support.problems import refused

WORKBOOKS = Path(__file__).parent.parent / "data" / "workbooks"
FIRST, SECOND, THIRD = (person["id_number"] for person in sample_people(3))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the workbook of a test lies."""
    return tmp_path / "名册.xlsx"


@pytest.fixture
def roster(path: Path) -> Path:
    """A workbook with one person."""
    return write_roster(path, "姓名|身份证号|手机", f"李明|{FIRST}|13900000001")


def test_new_and_known_people_and_a_new_group_are_one_change_that_one_undo_takes_back(
    branch: Branch, path: Path
) -> None:
    known = add_one(branch, "王芳", id_number=SECOND, department="财务室", group="一组", note="留着")
    before = facts(branch)
    write_roster(
        path,
        "姓名|身份证号|党小组|工作部门|备注|入党时间",
        f"李明|{FIRST}|三组|办公室||2001.7.1",
        f"王芳|{SECOND}|三组|村委会|无|2002.7.1",
    )
    result = import_file(branch, path)
    assert result.sentence() == "新增 1 人，更新 1 人，没有变化 0 人。"
    assert result.changes.label == "导入名册 名册.xlsx"
    group = groups_of(branch)["第三党小组"]
    file = members.member_file(branch, known)
    assert file is not None
    assert (file.values["group"], file.values["department"], file.values["note"]) == (group, "村委会", "留着")
    assert_sound(branch)
    branch.undo(result.changes.seq)
    assert facts(branch) == before
    assert_sound(branch)


def test_every_new_member_says_from_which_row_of_which_sheet(branch: Branch, path: Path) -> None:
    head = "姓名|身份证号"
    write_roster(path, 甲=(head, f"李明|{FIRST}"), 乙=(head, f"王芳|{SECOND}"))
    new = import_file(branch, path).changes.touched["member"]
    lines = [line for uid in new for line in history.record_history(branch, uid)]
    sources = sorted(line.source for line in lines if line.field == "党员档案")
    assert sources == [
        "导入名册 名册.xlsx 工作表“乙”第 2 行",
        "导入名册 名册.xlsx 工作表“甲”第 2 行",
    ]


def test_the_original_file_is_kept_with_its_hash(branch: Branch, roster: Path) -> None:
    content = roster.read_bytes()
    plan = plan_file(branch, roster)
    apply_import(branch, plan)
    roster.unlink()
    (kept,) = facts(branch)["attachment"].values()
    assert (kept["entity"], kept["name"], kept["size"]) == ("import", "名册.xlsx", len(content))
    assert kept["sha256"] == plan.source.sha256
    assert load_content(branch, kept["blob"], kept["sha256"]) == content


@pytest.mark.parametrize(
    ("state", "kind", "stored"),
    [("已转出", EventKind.DEPARTED, "left"), ("去世", EventKind.DIED, "dead"), ("在册", None, "active")],
)
def test_whoever_the_sheet_says_has_left_is_not_counted_among_the_members(
    branch: Branch, path: Path, state: str, kind: EventKind | None, stored: str
) -> None:
    write_roster(path, "姓名|身份证号|党籍状态", f"李明|{FIRST}|{state}")
    (uid,) = import_file(branch, path).changes.touched["member"]
    file = members.member_file(branch, uid)
    assert file is not None
    assert file.values["state"] == stored
    ends = [event["kind"] for event in file.events if event["kind"] in {"departed", "died"}]
    assert ends == ([kind] if kind else [])


def test_an_import_moves_nobody_off_the_roster(branch: Branch, path: Path) -> None:
    uid = add_one(branch, "李明", id_number=FIRST)
    plan = plan_file(branch, write_roster(path, "姓名|身份证号|党籍状态", f"李明|{FIRST}|已转出"))
    assert told(plan) == [(2, Verdict.SAME, "")]
    apply_import(branch, plan)
    assert value(branch, uid, "state") == "active"


def test_a_damaged_number_stays_empty_and_never_becomes_a_guess(branch: Branch, path: Path) -> None:
    write_roster(path, ("姓名", "身份证号"), ("李明", 999999197001010000))
    (uid,) = import_file(branch, path, replace(FULL, damaged_numbers=True)).changes.touched["member"]
    assert (value(branch, uid, "id_number"), value(branch, uid, "born_on")) == (None, None)


def test_what_cannot_be_understood_is_kept_as_it_stood(branch: Branch, path: Path) -> None:
    write_roster(path, "姓名|身份证号|入党时间|党小组", f"李明|{FIRST}|2023-02-30|办公室")
    (uid,) = import_file(branch, path).changes.touched["member"]
    assert (value(branch, uid, "admitted_on"), value(branch, uid, "group")) == ("2023-02-30", "办公室")
    assert len(facts(branch)["pending_value"]) == 2


# ---- a committee with several branches


@pytest.fixture
def committee(tmp_path: Path) -> Branch:
    """A committee above two branches."""
    opened, _card = branches.found_branch(
        tmp_path / "committee", Founding("中共青石镇委员会", kind="committee"), "王敏", PASSWORD
    )
    root = organisations.root_of(opened)
    for name in ("中共河西村支部委员会", "中共河东村支部委员会"):
        organisations.add_organisation(opened, root, OrganisationKind.BRANCH, name)
    return opened


def test_sheets_of_new_branches_found_them_with_their_groups_and_undo_takes_them_away(
    committee: Branch, path: Path
) -> None:
    head = "姓名|身份证号|党小组"
    write_roster(
        path,
        机关党支部=(head, f"李明|{FIRST}|一组", f"王芳|{SECOND}|一组"),
        后勤党支部=(head, f"赵强|{THIRD}|一组"),
    )
    before = facts(committee)
    plan = plan_file(committee, path)
    wanted = [f"{NEW_BRANCH}{name}党支部" for name in ("机关", "机关", "后勤")]
    assert [row.target for row in plan.rows] == wanted
    offered = [label for _value, label in roster_import.targets(committee, plan.choices)]
    assert offered[-2:] == ["新设 机关党支部", "新设 后勤党支部"]
    result = apply_import(committee, plan)
    tree = organisations.organisation_tree(committee)
    places = {}
    for uid in result.changes.touched["member"]:
        file = members.member_file(committee, uid)
        assert file is not None
        home, group = tree[file.values["organisation"] or ""], tree[file.values["group"] or ""]
        assert group.parent == home.organisation
        places[file.name] = (home.full_name, group.name)
    assert places == {
        "李明": ("机关党支部", "第一党小组"),
        "王芳": ("机关党支部", "第一党小组"),
        "赵强": ("后勤党支部", "第一党小组"),
    }
    assert_sound(committee)
    committee.undo(result.changes.seq)
    assert facts(committee) == before


def test_the_sample_with_a_sheet_for_each_branch_founds_all_three(committee: Branch) -> None:
    plan = plan_file(committee, WORKBOOKS / "branches.xlsx")
    assert {code for row in range(len(plan.rows)) for code in codes(plan, row)} == {"no_confirmation"}
    result = apply_import(committee, plan)
    names = [one.full_name for one in organisations.organisation_tree(committee).walk()]
    assert names[-3:] == ["机关党支部", "后勤", "离退休党支部"]
    assert len(result.changes.touched["member"]) == 10
    assert_sound(committee)


def test_rows_go_to_the_branch_that_they_name(committee: Branch, path: Path) -> None:
    write_roster(
        path, "姓名|身份证号|所在党支部", f"李明|{FIRST}|河东村支部", f"王芳|{SECOND}|中共河西村支部委员会"
    )
    plan = plan_file(committee, path, target=organisations.root_of(committee))
    tree = organisations.organisation_tree(committee)
    assert [tree[row.target].full_name for row in plan.rows] == [
        "中共河东村支部委员会",
        "中共河西村支部委员会",
    ]


def branch_uids(branch: Branch) -> list[str]:
    """The branches below the committee, in their order."""
    tree = organisations.organisation_tree(branch)
    return [one.organisation for one in tree.children(organisations.root_of(branch))]


def group_of(branch: Branch, uid: str) -> tuple[str, str]:
    """The branch and the name of a member's group, which must be one of the member's own branch."""
    file = members.member_file(branch, uid)
    assert file is not None
    group = organisations.organisation_tree(branch)[file.values["group"] or ""]
    assert group.parent == file.values["organisation"]
    return group.parent or "", group.name


def test_a_group_is_that_of_the_person_s_own_branch_though_another_has_one_of_the_same_name(
    committee: Branch, path: Path
) -> None:
    west, east = branch_uids(committee)
    organisations.add_organisation(committee, west, OrganisationKind.GROUP, "第一党小组")
    organisations.add_organisation(committee, west, OrganisationKind.GROUP, "青年党小组")
    organisations.add_organisation(committee, east, OrganisationKind.GROUP, "第一党小组")
    write_roster(path, "姓名|身份证号|党小组", f"李明|{FIRST}|一组", f"王芳|{SECOND}|青年党小组")
    plan = plan_file(committee, path, target=east)
    assert plan.new_groups == ["青年党小组"], "that of the other branch is not taken"
    new = apply_import(committee, plan).changes.touched["member"]
    assert {group_of(committee, uid) for uid in new} == {(east, "第一党小组"), (east, "青年党小组")}
    without = plan_file(committee, path, replace(FULL, missing_groups=False), target=west)
    assert not without.new_groups


def test_a_group_that_only_another_branch_has_is_named_where_none_may_be_founded(
    committee: Branch, path: Path
) -> None:
    west, east = branch_uids(committee)
    organisations.add_organisation(committee, west, OrganisationKind.GROUP, "青年党小组")
    write_roster(path, "姓名|身份证号|党小组", f"王芳|{SECOND}|青年党小组")
    plan = plan_file(committee, path, replace(FULL, missing_groups=False), target=east)
    assert codes(plan).count("unknown_word") == 1
    (uid,) = apply_import(committee, plan).changes.touched["member"]
    assert value(committee, uid, "group") == "青年党小组", "kept as it stood, to be mended"
    assert_sound(committee)


def test_a_group_is_found_by_any_spelling_where_two_branches_write_it_otherwise(
    committee: Branch, path: Path
) -> None:
    west, east = branch_uids(committee)
    organisations.add_organisation(committee, west, OrganisationKind.GROUP, "一组")
    organisations.add_organisation(committee, east, OrganisationKind.GROUP, "第一党小组")
    write_roster(path, "姓名|身份证号|党小组", f"李明|{FIRST}|一组", f"王芳|{SECOND}|第一党小组")
    for home, name in ((west, "一组"), (east, "第一党小组")):
        plan = plan_file(committee, path, target=home)
        assert plan.new_groups == [], "none is founded beside the one that is meant"
        result = apply_import(committee, plan)
        new = result.changes.touched["member"]
        assert {group_of(committee, uid) for uid in new} == {(home, name)}
        committee.undo(result.changes.seq)


def test_somebody_known_stays_in_the_own_branch_and_gets_a_group_there(committee: Branch, path: Path) -> None:
    west, east = branch_uids(committee)
    for home in (west, east):
        organisations.add_organisation(committee, home, OrganisationKind.GROUP, "第一党小组")
    uids = members.add_members(
        committee,
        [
            {"name": "李明", "category": "正式党员", "id_number": FIRST},
            {"name": "王芳", "category": "正式党员", "id_number": SECOND},
        ],
        east,
    ).uids
    write_roster(path, "姓名|身份证号|党小组", f"李明|{FIRST}|一组", f"王芳|{SECOND}|二组")
    apply_import(committee, plan_file(committee, path, target=west))
    assert [group_of(committee, uid) for uid in uids] == [(east, "第一党小组"), (east, "第二党小组")]
    again = plan_file(committee, path, target=f"{NEW_BRANCH}机关党支部")
    assert {row.verdict for row in again.rows} == {Verdict.SAME}
    assert_sound(committee)


# ---- when it does not go through


def test_a_roster_that_changed_since_it_was_looked_at_is_looked_at_again(branch: Branch, path: Path) -> None:
    uid = add_one(branch, "李明", id_number=FIRST)
    plan = plan_file(branch, write_roster(path, "姓名|身份证号|手机", f"李明|{FIRST}|13900000001"))
    members.move_to_bin(branch, [uid], "")
    before = facts(branch)
    with refused("核对以后名册又有改动", "没有导入", "再核对一遍"):
        apply_import(branch, plan)
    assert facts(branch) == before


def test_a_change_that_slips_in_just_before_the_writing_is_not_overwritten(
    branch: Branch, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid = add_one(branch, "李明", id_number=FIRST, mobile="13900000000")
    plan = plan_file(branch, write_roster(path, "姓名|身份证号|手机", f"李明|{FIRST}|13900000001"))
    change = Branch.change
    waiting = [True]

    def slipped_in(self: Branch, label: str, **how: Any) -> AbstractContextManager[Change]:
        if waiting:
            waiting.clear()
            edit(branch, uid, mobile="13900000002")
        return change(self, label, **how)

    monkeypatch.setattr(Branch, "change", slipped_in)
    with refused("核对以后名册又有改动", "没有导入"):
        apply_import(branch, plan)
    assert value(branch, uid, "mobile") == "13900000002"


def test_the_same_plan_is_not_imported_twice(branch: Branch, roster: Path) -> None:
    plan = plan_file(branch, roster)
    apply_import(branch, plan)
    with refused("名册又有改动"):
        apply_import(branch, plan)
    assert len(facts(branch)["member"]) == 1


def test_what_has_nothing_to_do_with_the_roster_does_not_stop_an_import(branch: Branch, roster: Path) -> None:
    plan = plan_file(branch, roster)
    members.note_reveal(branch, "核对")
    branch.keep_draft("member:new", {"name": "李"})
    assert apply_import(branch, plan).counts[Verdict.NEW] == 1


def test_a_workbook_that_was_saved_again_meanwhile_is_not_taken_for_the_one_that_was_read(
    branch: Branch, roster: Path
) -> None:
    plan = plan_file(branch, roster)
    write_roster(roster, "姓名|身份证号", f"王芳|{SECOND}")
    before = facts(branch)
    with refused("“名册.xlsx”在核对以后又改动过", "没有导入", "重新选这个文件"):
        apply_import(branch, plan)
    assert facts(branch) == before


def test_a_workbook_that_was_pulled_out_with_its_stick_is_named(branch: Branch, roster: Path) -> None:
    plan = plan_file(branch, roster)
    roster.unlink()
    before = facts(branch)
    with refused("“名册.xlsx”打不开", "文件是否还在"):
        apply_import(branch, plan)
    assert facts(branch) == before


def test_a_viewer_imports_nothing(branch: Branch, roster: Path) -> None:
    plan = plan_file(branch, roster)
    before = facts(branch)
    branch.person = Person(clerk_of(branch.path).uid, "王敏", Role.VIEWER)
    with refused("查看者"):
        apply_import(branch, plan)
    assert facts(branch) == before


def test_an_import_that_is_cancelled_leaves_nothing_behind(branch: Branch, path: Path) -> None:
    people = sample_people(300)
    write_roster(path, "姓名|身份证号", *(f"{person['name']}|{person['id_number']}" for person in people))
    plan = plan_file(branch, path, FULL)
    before = facts(branch)
    progress = Progress(lambda _share, words: progress.cancel() if words == "正在写入名册…" else None)
    with pytest.raises(Cancelled):
        apply_import(branch, plan, progress)
    assert facts(branch) == before
    assert_sound(branch)


def test_an_import_onto_a_full_disk_says_so_and_goes_through_once_there_is_room(
    tmp_path: Path, roster: Path, open_branches: list[Branch]
) -> None:
    with small_disk(tmp_path / "small", 2048) as disk:
        branch = founded(disk)
        plan = plan_file(branch, roster)
        before = facts(branch)
        filler = fill(disk)
        with refused("磁盘满了", "清出一些"):
            apply_import(branch, plan)
        assert facts(branch) == before
        filler.unlink()
        assert apply_import(branch, plan).counts[Verdict.NEW] == 1
        assert_sound(branch)
        open_branches.remove(branch)
        branch.close()


def test_a_long_roster_takes_hardly_more_statements_than_a_short_one(branch: Branch, path: Path) -> None:
    people = sample_people(400)
    sent = {}
    for size in (40, 400):
        lines = [f"{one['name']}|{one['id_number']}|{one['group']}|{one['mobile']}" for one in people[:size]]
        plan = plan_file(branch, write_roster(path, "姓名|身份证号|党小组|手机", *lines))
        with statements(branch) as told_to_the_file:
            result = apply_import(branch, plan)
        sent[size] = len(told_to_the_file)
        branch.undo(result.changes.seq)
    assert sent[400] < sent[40] + 20


# ---- what comes back


def test_the_columns_that_were_agreed_on_are_known_next_time(
    branch: Branch, path: Path, the_clock: SettableClock
) -> None:
    write_roster(path, "姓名|身份证号|联系方法", f"李明|{FIRST}|13900000001")
    source = roster_import.open_source(path)
    (choice,) = roster_import.propose(branch, source)
    assert 2 not in choice.mapping
    for field in ("landline", "mobile"):
        agreed = [replace(choice, mapping={**choice.mapping, 2: field})]
        apply_import(branch, roster_import.plan_import(branch, source, agreed, FULL))
        the_clock.move(seconds=1)
        (again,) = roster_import.propose(branch, source)
        assert (again.mapping[2], again.remembered) == (field, True)


def test_refused_rows_come_back_as_a_workbook_with_reasons_that_can_be_mended_and_imported(
    branch: Branch, path: Path, tmp_path: Path
) -> None:
    uid = add_one(branch, "李明", id_number=FIRST)
    write_roster(
        path,
        ("姓名", "身份证号", "手机"),
        ("李鸣", FIRST, "13900000001"),
        ("王芳", 999999197001010000, "13900000002"),
        ("赵强", THIRD, "13900000003"),
    )
    plan = plan_file(branch, path)
    apply_import(branch, plan)
    back = tmp_path / "没有导入的行.xlsx"
    back.write_bytes(refused_workbook(plan))
    again = plan_file(branch, back)
    assert [(row.verdict, row.texts["name"]) for row in again.rows] == [
        (Verdict.REFUSED, "李鸣"),
        (Verdict.REFUSED, "王芳"),
    ]
    rows = [[cell.text for cell in row.cells] for row in again.source.workbook.sheets[0].rows]
    reasons = [row[-2:] for row in rows[-2:]]
    assert reasons == [["2", plan.rows[0].reason], ["3", plan.rows[1].reason]]
    numbers = [row.number for row in again.rows]
    fixes = {(0, numbers[0], "name"): "李明", (0, numbers[1], "id_number"): SECOND}
    mended = plan_file(branch, back, fixes=fixes)
    assert [row.verdict for row in mended.rows] == [Verdict.UPDATE, Verdict.NEW]
    apply_import(branch, mended)
    assert value(branch, uid, "mobile") == "13900000001"
    assert {row["name"] for row in facts(branch)["member"].values()} == {"李明", "王芳", "赵强"}


def test_an_import_goes_into_a_file_with_other_work_and_undo_leaves_that_alone(
    branch: Branch, roster: Path
) -> None:
    result = import_file(branch, roster)
    other = add_one(branch, "王芳")
    edit(branch, other, note="后来的")
    branch.undo(result.changes.seq)
    assert [row["name"] for row in facts(branch)["member"].values()] == ["王芳"]
    assert codes(plan_file(branch, roster)) == ["no_admission", "no_confirmation"]
