"""Problems from finding to verification: by order and measures, with numbers that are given once."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from branchdesk.domain.inspections.issues import IssueSource, IssueState
from branchdesk.domain.inspections.rectification import state_of
from branchdesk.services import attachments, history, members, recycle_bin
from branchdesk.services.history import UndoHistory
from branchdesk.services.inspections import issue_files, issues
from branchdesk.services.inspections.issues import IssueEntry, IssueQuery
from branchdesk.services.integrity import check_integrity
from branchdesk.storage.attachments import blob_path
from branchdesk.storage.changes import NOTHING, Changes
from branchdesk.storage.issues import files_of_issues
from services.meetings.scenes import House
from support.branches import SettableClock
from support.contents import assert_sound, facts
from support.problems import refused
from support.quarter_sheets import begun, fed_back, problem

TEXT = "12 月主题党日缺活动方案"


@pytest.fixture
def issue(house: House) -> str:
    """A problem of the superior for which somebody is responsible, with measures."""
    return raised(house)


def raised(house: House, text: str = TEXT, **fields: str) -> str:
    """A problem of the superior; its uid."""
    entry = IssueEntry(
        text, IssueSource.SUPERIOR, **{"responsible": "孙晓燕", "measures": "方案前置审批", **fields}
    )
    return issues.raise_issue(house.branch, house.root, entry).uid


def state(house: House, uid: str) -> IssueState:
    """How far a problem has come."""
    return state_of(issues.issue(house.branch, uid))


def test_a_problem_is_entered_as_typed_with_the_day_and_the_member_meant(house: House) -> None:
    entry = IssueEntry(
        f" {TEXT} ",
        IssueSource.PUBLIC,
        basis="7.2 C4",
        found_on="2026年11月20日",
        responsible="孙晓燕",
        assistant="何静、胡强",
        due_on="12.5",
        lost_points="0.5分",
    )
    outcome = issues.raise_issue(house.branch, house.root, entry)
    known = issues.issue(house.branch, outcome.uid)
    assert (known.text, known.source, known.basis) == (TEXT, IssueSource.PUBLIC, "7.2 C4")
    assert (known.found_on, known.due_on, known.year) == ("2026-11-20", "2026-12-05", 2026)
    assert (known.responsible, known.responsible_uid) == ("孙晓燕", house.people["孙晓燕"])
    assert (known.assistant, known.lost_points) == ("何静、胡强", Decimal("0.5"))
    assert (known.number, known.found_in, known.fed_back_on) == (None, None, "")
    assert outcome.changes.label == f"登记问题：{TEXT}"
    assert state_of(known) is IssueState.OPEN
    assert_sound(house.branch)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": "  "}, "请写明发现了什么问题"),
        ({"found_on": "2026.2.30"}, "发现日期没有保存：2026 年 2 月没有 30 日"),
        ({"due_on": "月底"}, "整改时限没有保存"),
        ({"due_on": "2026.12"}, "整改时限只写到了2026.12"),
        ({"lost_points": "半分"}, "关联失分“半分”不是分数"),
        ({"lost_points": "-1"}, "关联失分"),
    ],
)
def test_what_cannot_be_is_refused_in_exact_words(house: House, fields: dict[str, str], words: str) -> None:
    before = facts(house.branch)
    with refused(words):
        issues.raise_issue(house.branch, house.root, IssueEntry(**{"text": TEXT, **fields}))
    assert facts(house.branch) == before


def test_fields_are_changed_by_their_names_and_what_was_typed_before_stays(house: House, issue: str) -> None:
    issues.change_issue(house.branch, issue, {"progress": "方案已起草", "acknowledged_on": "今天"})
    before = facts(house.branch)
    with refused("完成日期没有保存"):
        issues.change_issue(house.branch, issue, {"progress": "别的", "done_on": "十一月底"})
    with refused("问题的内容不能空着"):
        issues.change_issue(house.branch, issue, {"text": ""})
    with pytest.raises(KeyError):
        issues.change_issue(house.branch, issue, {"number": "7"})
    assert facts(house.branch) == before
    known = issues.issue(house.branch, issue)
    assert (known.progress, known.acknowledged_on) == ("方案已起草", "2026-11-21")
    issues.change_issue(house.branch, issue, {"responsible": "王敏", "source": "public"})
    known = issues.issue(house.branch, issue)
    assert (known.responsible_uid, known.source) == (house.people["王敏"], IssueSource.PUBLIC)
    issues.change_issue(house.branch, issue, {"responsible": "宣传委员", "measures": ""})
    known = issues.issue(house.branch, issue)
    assert (known.responsible, known.responsible_uid, known.measures) == ("宣传委员", None, "")


def test_of_namesakes_nobody_is_meant_until_one_is_chosen(house: House) -> None:
    first, _second = (
        members.add_members(house.branch, [{"name": "李明", "category": "正式党员"}], house.root, None).uids[
            0
        ]
        for _time in range(2)
    )
    uid = raised(house, responsible="李明")
    assert issues.issue(house.branch, uid).responsible_uid is None
    issues.change_issue(house.branch, uid, {"responsible": "李明"}, first)
    assert issues.issue(house.branch, uid).responsible_uid == first


def test_an_order_gets_the_next_number_and_is_the_feedback(house: House, the_clock: SettableClock) -> None:
    first, second = raised(house), raised(house, "名册有误", due_on="2026.11.30")
    assert issues.order(house.branch, second).number == 1
    outcome = issues.order(house.branch, first)
    assert (outcome.number, outcome.changes.label) == (2, f"开整改单：{TEXT}")
    known = issues.issue(house.branch, first)
    assert (known.number, known.year) == (2, 2026)
    assert (known.fed_back_on, known.due_on) == ("2026-11-21", "2026-12-06")
    assert issues.issue(house.branch, second).due_on == "2026-11-30"
    again = issues.order(house.branch, first)
    assert (again.number, again.changes) == (2, NOTHING)
    the_clock.set(2027, 1, 4)
    late = raised(house, "公开栏未更新", found_on="2026.12.31")
    assert issues.order(house.branch, late).number == 1
    assert issues.issue(house.branch, late).year == 2027


def test_each_organisation_counts_its_own_orders(house: House) -> None:
    assert issues.order(house.branch, raised(house)).number == 1
    other = house.groups["第一党小组"]
    uid = issues.raise_issue(house.branch, other, IssueEntry("小组会没有记录")).uid
    assert issues.order(house.branch, uid).number == 1
    assert issues.order(house.branch, raised(house, "名册有误")).number == 2


def test_numbers_are_gapless_and_never_given_twice_whatever_is_undone_or_removed(
    house: House, the_clock: SettableClock
) -> None:
    branch = house.branch
    first, second, third = raised(house), raised(house, "名册有误"), raised(house, "公开栏未更新")
    orders = [issues.order(branch, uid) for uid in (first, second)]
    with refused("第 2 号整改通知单已经发出，第 1 号不能再撤销", "编号会保留"):
        branch.undo(orders[0].changes.seq)
    undone = branch.undo(orders[1].changes.seq)
    assert issues.order(branch, third).number == 2
    with refused("第 2 号已经给了别的单子"):
        branch.undo(undone.seq)
    issues.remove_issues(branch, [third], "登记重了")
    assert issues.order(branch, second).number == 3
    issues.remove_issues(branch, [second], "登记重了")
    the_clock.move(days=181)
    recycle_bin.empty_expired(branch)
    the_clock.set(2026, 11, 22)
    assert issues.order(branch, raised(house, "又一个")).number == 4
    assert_sound(branch)


def done(house: House, uid: str, on: str = "2026.11.20") -> None:
    """Rectify a problem."""
    issues.complete(house.branch, uid, on, "1 月方案已审批")


def test_a_rectification_is_done_then_verified_by_somebody_else(house: House, issue: str) -> None:
    done(house, issue)
    assert state(house, issue) is IssueState.DONE
    before = facts(house.branch)
    for who in ("孙晓燕", house.people["孙晓燕"]):
        with refused("就是责任人，应由其他人验证"):
            issues.verify(house.branch, issue, who, "今天", passed=True)
    with refused("请填写验证人"):
        issues.verify(house.branch, issue, " ", "今天", passed=True)
    with refused("还没有到"):
        issues.verify(house.branch, issue, "赵立新", "2026.12.1", passed=True)
    with refused("验证日期 2026.11.19 早于完成日期 2026.11.20"):
        issues.verify(house.branch, issue, "赵立新", "2026.11.19", passed=True)
    assert facts(house.branch) == before
    outcome = issues.verify(house.branch, issue, "赵立新", "今天", passed=True, opinion="资料齐全")
    (one,) = issues.issue(house.branch, issue).verifications
    assert (one.verifier, one.verifier_uid, one.on) == ("赵立新", house.people["赵立新"], "2026-11-21")
    assert (one.passed, one.opinion, one.number, one.year) == (True, "资料齐全", 1, 2026)
    assert (outcome.number, outcome.line) == (1, one.uid)
    assert state(house, issue) is IssueState.VERIFIED
    with refused("已验证销号，不能修改"):
        issues.change_issue(house.branch, issue, {"text": "别的"})
    with refused("已验证销号"):
        done(house, issue)
    with refused("已经验证销号"):
        issues.verify(house.branch, issue, "何静", "今天", passed=False)


def test_an_assistant_does_not_verify_and_somebody_from_outside_may(house: House) -> None:
    uid = raised(house, assistant="何静")
    done(house, uid)
    with refused("是协助整改的人"):
        issues.verify(house.branch, uid, "何静", "今天", passed=True)
    issues.verify(house.branch, uid, "镇党委组织办 邹丽", "今天", passed=True)
    assert issues.issue(house.branch, uid).verifications[0].verifier_uid is None


def test_a_namesake_of_the_responsible_may_verify_where_uids_tell_them_apart(house: House) -> None:
    other = members.add_members(
        house.branch, [{"name": "孙晓燕", "category": "正式党员"}], house.root, None
    ).uids[0]
    uid = raised(house, responsible="")
    issues.change_issue(house.branch, uid, {"responsible": "孙晓燕"}, house.people["孙晓燕"])
    done(house, uid)
    with refused("就是责任人"):
        issues.verify(house.branch, uid, "孙晓燕", "今天", passed=True)
    issues.verify(house.branch, uid, other, "今天", passed=True)
    assert state(house, uid) is IssueState.VERIFIED


@pytest.mark.parametrize(
    ("on", "words"),
    [("", "请填写整改完成的日期"), ("2026.12.1", "还没有到"), ("昨天吧", "完成日期没有保存")],
)
def test_a_completion_needs_a_day_that_has_come(house: House, issue: str, on: str, words: str) -> None:
    with refused(words):
        issues.complete(house.branch, issue, on, "")
    assert state(house, issue) is IssueState.RECTIFYING


def test_what_is_not_done_is_not_verified(house: House, issue: str) -> None:
    with refused("整改完成并填写完成日期后才能验证"):
        issues.verify(house.branch, issue, "赵立新", "今天", passed=True)


def test_a_failed_verification_opens_the_problem_again_until_it_is_done_once_more(
    house: House, issue: str, the_clock: SettableClock
) -> None:
    done(house, issue)
    failed = issues.verify(house.branch, issue, "赵立新", "今天", passed=False, opinion="方案没有签字")
    assert state(house, issue) is IssueState.REOPENED
    assert failed.changes.label == f"验证不通过：{TEXT}"
    assert "请重新整改并重新确定时限" in " ".join(one.sentence for one in failed.findings)
    with refused("完成日期应晚于上次验证的日期 2026.11.21"):
        issues.complete(house.branch, issue, "今天", "补签")
    the_clock.set(2026, 11, 25)
    issues.change_issue(house.branch, issue, {"due_on": "2026.12.1"})
    issues.complete(house.branch, issue, "2026.11.24", "补签")
    assert issues.verify(house.branch, issue, "赵立新", "今天", passed=True).number == 2
    assert [one.passed for one in issues.issue(house.branch, issue).verifications] == [False, True]
    assert state(house, issue) is IssueState.VERIFIED


def test_the_new_deadline_of_a_failed_verification_is_part_of_its_one_step(house: House, issue: str) -> None:
    done(house, issue)
    before = facts(house.branch)
    with refused("12 月没有 40 日"):
        issues.verify(house.branch, issue, "赵立新", "今天", passed=False, due_on="2026.12.40")
    assert facts(house.branch) == before
    failed = issues.verify(house.branch, issue, "赵立新", "今天", passed=False, due_on="2026.12.10")
    assert issues.issue(house.branch, issue).due_on == "2026-12-10"
    house.branch.undo(failed.changes.seq)
    assert facts(house.branch) == before


def test_slips_are_numbered_like_orders(house: House) -> None:
    branch = house.branch
    uids = [raised(house, f"问题{n}") for n in range(3)]
    for uid in uids:
        done(house, uid)
    slips = [issues.verify(branch, uid, "赵立新", "今天", passed=True) for uid in uids[:2]]
    assert [slip.number for slip in slips] == [1, 2]
    with refused("第 2 号验证单已经填写，第 1 号不能再撤销", "请登记新的问题"):
        branch.undo(slips[0].changes.seq)
    undone = branch.undo(slips[1].changes.seq)
    assert issues.verify(branch, uids[2], "赵立新", "今天", passed=True).number == 2
    with refused("第 2 号已经给了别的单子"):
        branch.undo(undone.seq)
    assert_sound(branch)


def test_a_failed_slip_that_cannot_be_taken_back_is_followed_by_another(house: House) -> None:
    first, second = raised(house, "方案"), raised(house, "签到")
    for uid in (first, second):
        done(house, uid)
    slip = issues.verify(house.branch, first, "赵立新", "今天", passed=False)
    issues.verify(house.branch, second, "赵立新", "今天", passed=True)
    with refused("第 1 号不能再撤销", "重新整改后再验证一次"):
        house.branch.undo(slip.changes.seq)


def test_what_was_put_right_on_the_spot_gets_its_order_without_a_false_alarm(
    house: House, the_clock: SettableClock
) -> None:
    uid = raised(house, found_on="2026.11.10", due_on="")
    issues.complete(house.branch, uid, "2026.11.10", "当场补上")
    the_clock.set(2026, 11, 23)
    outcome = issues.order(house.branch, uid)
    known = issues.issue(house.branch, uid)
    assert (outcome.number, known.fed_back_on, known.due_on) == (1, "", "")
    assert [one for one in outcome.findings if one.is_error] == []


def test_a_problem_is_counted_in_the_year_in_which_it_was_found(house: House) -> None:
    uid = raised(house)
    issues.change_issue(house.branch, uid, {"found_on": "2025.12.30"})
    assert issues.issue(house.branch, uid).year == 2025
    assert [row.uid for row in issues.issue_list(house.branch, IssueQuery(year=2025))] == [uid]
    issues.order(house.branch, uid)
    issues.change_issue(house.branch, uid, {"found_on": "2025.12.29"})
    assert issues.issue(house.branch, uid).year == 2026, "an order has its number in its own year"


def test_every_step_of_a_problem_is_taken_back_exactly(house: House, tmp_path: Path) -> None:
    branch, done_so_far = house.branch, UndoHistory(house.branch)
    uid = begun(branch)
    states = [facts(branch)]

    def note(changes: Changes) -> None:
        done_so_far.note(changes)
        states.append(facts(branch))

    entry = IssueEntry(TEXT, responsible="孙晓燕")
    raised_one = issues.raise_issue(branch, house.root, entry, found_in=uid, indicator="c4")
    note(raised_one.changes)
    one = raised_one.uid
    photo = tmp_path / "整改后.txt"
    photo.write_text("好了", encoding="utf-8")
    note(issues.order(branch, one).changes)
    note(issues.change_issue(branch, one, {"measures": "审批", "acknowledged_on": "今天"}).changes)
    note(issue_files.attach_rectified(branch, one, photo).changes)
    note(issues.complete(branch, one, "今天", "好了").changes)
    note(issues.verify(branch, one, "赵立新", "今天", passed=False).changes)
    note(issues.remove_issues(branch, [one], "重了"))
    for before in reversed(states[:-1]):
        assert done_so_far.undo()
        assert facts(branch) == before
    for after in states[1:]:
        assert done_so_far.redo()
        assert facts(branch) == after
    assert_sound(branch)


def test_problems_go_on_while_the_inspection_is_signed(house: House) -> None:
    uid = fed_back(house.branch)
    found = problem(house.branch, uid)
    issues.order(house.branch, found)
    done(house, found)
    issues.verify(house.branch, found, "赵立新", "今天", passed=True)
    assert state(house, found) is IssueState.VERIFIED


def test_a_problem_of_a_removed_inspection_is_refused(house: House) -> None:
    with refused("这份检查表已经不在了"):
        issues.raise_issue(house.branch, house.root, IssueEntry(TEXT), found_in="nowhere", indicator="c4")


# ---- files, the bin, and what is left of people


def test_files_of_a_problem_are_kept_shown_and_found_damaged(
    house: House, issue: str, tmp_path: Path
) -> None:
    photo = tmp_path / "整改后.txt"
    photo.write_text("好了", encoding="utf-8")
    issue_files.attach_rectified(house.branch, issue, photo)
    issue_files.attach_rectified_content(house.branch, issue, "截图.txt", b"shot")
    first, second = issue_files.issue_files(house.branch, issue)
    assert (first.name, second.name, second.size) == ("整改后.txt", "截图.txt", 4)
    assert check_integrity(house.branch).findings == ()
    with house.branch.read() as connection:
        row = files_of_issues(connection, [issue])[issue][1]
    assert attachments.read_attachment(house.branch, row) == b"shot"
    blob_path(house.branch.folder.attachments, row["blob"]).unlink()
    (wrong,) = check_integrity(house.branch).findings
    assert wrong.sentence == f"{TEXT} 的附件“截图.txt”：这个附件的文件不在了。"
    issue_files.remove_issue_file(house.branch, issue, second.uid, "传错")
    assert [one.name for one in issue_files.issue_files(house.branch, issue)] == ["整改后.txt"]
    with refused("这个附件已经不在了"):
        issue_files.remove_issue_file(house.branch, issue, second.uid)


def test_a_problem_waits_in_the_bin_and_comes_back_with_everything(house: House, issue: str) -> None:
    issues.order(house.branch, issue)
    issue_files.attach_rectified_content(house.branch, issue, "截图.txt", b"shot")
    done(house, issue)
    issues.verify(house.branch, issue, "赵立新", "今天", passed=True)
    before = facts(house.branch)
    issues.remove_issues(house.branch, [issue, raised(house, "第二个")], "登记重了")
    assert issues.issue_list(house.branch) == []
    with refused("已在回收站里"):
        issues.issue(house.branch, issue)
    items = [item for item in recycle_bin.bin_items(house.branch) if item.uid == issue]
    assert [(item.kind, item.name, item.why) for item in items] == [("问题", TEXT, "登记重了")]
    recycle_bin.take_back(house.branch, items)
    after = facts(house.branch)
    assert {name: rows for name, rows in after.items() if name != "issue"} == {
        name: rows for name, rows in before.items() if name != "issue"
    }
    assert after["issue"][issue] == before["issue"][issue]
    assert issues.remove_issues(house.branch, [], "") is NOTHING


def test_emptying_the_bin_takes_a_problem_with_all_its_rows(
    house: House, issue: str, the_clock: SettableClock
) -> None:
    issue_files.attach_rectified_content(house.branch, issue, "截图.txt", b"shot")
    done(house, issue)
    issues.verify(house.branch, issue, "赵立新", "今天", passed=True)
    before = facts(house.branch)
    removed = issues.remove_issues(house.branch, [issue], "")
    the_clock.move(days=181)
    emptied = recycle_bin.empty_expired(house.branch)
    held = facts(house.branch)
    assert (held["issue"], held["verification"], held["attachment"]) == ({}, {}, {})
    assert_sound(house.branch)
    house.branch.undo(emptied.seq)
    house.branch.undo(removed.seq)
    assert facts(house.branch) == before


def test_a_member_who_is_removed_for_good_keeps_his_name_on_problems(
    house: House, issue: str, the_clock: SettableClock
) -> None:
    done(house, issue)
    issues.verify(house.branch, issue, "赵立新", "今天", passed=True)
    members.move_to_bin(house.branch, [house.people["孙晓燕"], house.people["赵立新"]], "录错")
    the_clock.move(days=181)
    recycle_bin.empty_expired(house.branch)
    known = issues.issue(house.branch, issue)
    assert (known.responsible, known.responsible_uid) == ("孙晓燕", None)
    assert (known.verifications[0].verifier, known.verifications[0].verifier_uid) == ("赵立新", None)
    assert_sound(house.branch)


HISTORY: list[tuple[Callable[[House, str], object], tuple[str, str, str]]] = [
    (
        lambda house, uid: issues.change_issue(house.branch, uid, {"due_on": "2026.12.1"}),
        ("整改时限", "", "2026.12.01"),
    ),
    (
        lambda house, uid: issues.change_issue(house.branch, uid, {"source": "public"}),
        ("问题来源", "上级反馈", "群众反映"),
    ),
    (lambda house, uid: issues.order(house.branch, uid), ("整改通知单编号", "", "1")),
    (lambda house, uid: issues.remove_issues(house.branch, [uid], "重了"), ("问题", "", "已移到回收站 重了")),
]


@pytest.mark.parametrize(("edit_it", "told"), HISTORY)
def test_the_history_of_a_problem_is_told_in_words(
    house: House, issue: str, edit_it: Callable[[House, str], object], told: tuple[str, str, str]
) -> None:
    edit_it(house, issue)
    lines = history.record_history(house.branch, issue)
    newest = [(one.field, one.before, one.after) for one in lines if one.seq == lines[0].seq]
    assert told in newest
    alone = history.lines_of_change(house.branch, lines[0].seq)
    assert {(one.field, one.before, one.after) for one in alone} == set(newest)


def test_the_history_of_a_problem_begins_with_it_and_tells_each_verification(
    house: House, issue: str, the_clock: SettableClock
) -> None:
    done(house, issue)
    issues.verify(house.branch, issue, "赵立新", "今天", passed=False, opinion="没有签字")
    issues.remove_issues(house.branch, [issue], "重了")
    the_clock.move(days=181)
    recycle_bin.empty_expired(house.branch)
    told = [(one.field, one.before, one.after) for one in history.record_history(house.branch, issue)]
    slip = "赵立新 2026.11.21 不通过 没有签字"
    assert ("问题", "", TEXT) in told
    assert ("验证单 2026 年第 1 号", "", slip) in told
    assert ("验证单 2026 年第 1 号", slip, "") in told
    assert ("问题", TEXT, "") in told
