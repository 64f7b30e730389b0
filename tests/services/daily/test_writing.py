"""Writing daily records: single fields, several members at once, final, open again, the bin, and undo."""

from __future__ import annotations

import pytest

from branchdesk.domain.daily import DailyRecord, MonthState
from branchdesk.services import members, recycle_bin
from branchdesk.services.daily import drafts
from branchdesk.services.daily.outcomes import DailyOutcome
from branchdesk.services.daily.reading import DailyYear, daily_person, daily_year, years_of_daily
from branchdesk.services.daily.writing import (
    complete,
    remove_records,
    reopen,
    set_opinions,
    start_record,
    write_record,
)
from branchdesk.services.history import lines_of_change, record_history
from services.meetings.scenes import House
from support.branches import SettableClock, add_one
from support.contents import assert_sound
from support.counting import statements
from support.problems import refused

NAME, OTHER = "何静", "胡强"
WHOLE = {"work": "完成月度汇总。", "branch_grade": "好"}


def year_of(house: House, year: int = 2026) -> DailyYear:
    return daily_year(house.branch, house.root, year)


def write(house: House, name: str = NAME, month: int = 10, /, **typed: str) -> DailyOutcome:
    return write_record(house.branch, house.root, house.people[name], 2026, month, typed)


def record(house: House, name: str = NAME, month: int = 10) -> DailyRecord:
    found = year_of(house).by_person[house.people[name]].record(month)
    assert found is not None
    return found


def state(house: House, name: str = NAME, month: int = 10) -> MonthState:
    year = year_of(house)
    return year.state(year.by_person[house.people[name]], month)


# ---- single fields


def test_the_first_thing_that_is_typed_begins_the_record(house: House) -> None:
    assert state(house) is MonthState.EMPTY
    outcome = write(house, work="完成月度汇总。")
    assert outcome.changes.label == "修改 何静2026年10月日常表现写实 的岗位业绩"
    assert record(house).values == {"work": "完成月度汇总。"}
    assert state(house) is MonthState.WRITTEN
    again = write(house, volunteer_hours="3小时", volunteer="社区值守")
    assert again.uid == outcome.uid
    assert record(house).values["volunteer_hours"] == "3"
    assert_sound(house.branch)


def test_the_same_again_is_no_change_and_clearing_is_one(house: House) -> None:
    write(house, work="完成月度汇总。")
    assert not write(house, work="完成月度汇总。").changes
    assert write(house, work="").changes
    assert record(house).values == {}
    assert state(house) is MonthState.EMPTY


def test_what_cannot_be_understood_is_kept_and_said(house: House) -> None:
    outcome = write(house, volunteer_hours="半天", branch_grade="优")
    assert {finding.field for finding in outcome.findings} == {"volunteer_hours", "branch_grade"}
    assert record(house).values["volunteer_hours"] == "半天"


def test_writing_is_undone_in_one_step(house: House) -> None:
    outcome = write(house, **WHOLE)
    house.branch.undo(outcome.changes.seq)
    assert year_of(house).by_person[house.people[NAME]].records == {}
    assert_sound(house.branch)


def test_a_field_that_is_worked_out_cannot_be_written(house: House) -> None:
    with pytest.raises(KeyError):
        write(house, points="12")


@pytest.mark.parametrize(
    ("year", "month", "said"), [(2026, 12, "还没有到"), (2026, 13, "没有 2026 年 13 月")]
)
def test_a_month_to_come_is_refused(house: House, year: int, month: int, said: str) -> None:
    with refused(said):
        write_record(house.branch, house.root, house.people[NAME], year, month, {"work": "好"})


def test_a_second_record_of_a_month_is_refused_calmly(house: House) -> None:
    start_record(house.branch, house.root, house.people[NAME], 2026, 10)
    with refused("已经有“何静2026年10月日常表现写实”", "一人一个月只写一份", "打开已有的这一份"):
        start_record(house.branch, house.root, house.people[NAME], 2026, 10)
    start_record(house.branch, house.root, house.people[NAME], 2026, 9)
    start_record(house.branch, house.root, house.people[OTHER], 2026, 10)


# ---- several at once


def test_opinions_of_several_members_are_one_change(house: House) -> None:
    write(house, work="完成月度汇总。")
    people = [house.people[name] for name in (NAME, OTHER)]
    typed = {"group_opinion": "同意。", "branch_grade": "较好"}
    outcome = set_opinions(house.branch, house.root, people, 2026, 10, typed)
    assert outcome.changes.label == "填写 何静 等 2 人 2026 年 10 月的意见和评价"
    assert record(house).values == {
        "work": "完成月度汇总。",
        "group_opinion": "同意。",
        "branch_grade": "fair",
    }
    assert record(house, OTHER).values == {"group_opinion": "同意。", "branch_grade": "fair"}
    house.branch.undo(outcome.changes.seq)
    assert record(house).values == {"work": "完成月度汇总。"}
    assert year_of(house).by_person[house.people[OTHER]].records == {}


def test_final_records_stay_as_they_are_and_are_named(house: House) -> None:
    complete(house.branch, [write(house, **WHOLE).uid])
    people = [house.people[name] for name in (NAME, OTHER)]
    outcome = set_opinions(house.branch, house.root, people, 2026, 10, {"branch_grade": "一般"})
    assert [finding.sentence for finding in outcome.findings] == ["何静等 1 人的写实已定稿，没有修改。"]
    assert record(house).values["branch_grade"] == "good"
    assert record(house, OTHER).values["branch_grade"] == "average"
    with refused("都已定稿"):
        set_opinions(house.branch, house.root, people[:1], 2026, 10, {"branch_grade": "一般"})


def test_only_opinions_are_given_to_several_at_once(house: House) -> None:
    with pytest.raises(KeyError):
        set_opinions(house.branch, house.root, [house.people[NAME]], 2026, 10, {"work": "一样"})


# ---- final


def test_a_whole_record_becomes_final_and_is_opened_again(house: House) -> None:
    uid = write(house, **WHOLE).uid
    done = complete(house.branch, [uid])
    assert state(house) is MonthState.COMPLETE
    with refused("“何静2026年10月日常表现写实”已定稿", "重新打开"):
        write(house, work="改一改")
    with refused("已定稿"):
        complete(house.branch, [uid])
    reopen(house.branch, [uid])
    write(house, work="改一改")
    with refused("没有定稿"):
        reopen(house.branch, [uid])
    told = [(one.field, one.before, one.after) for one in record_history(house.branch, uid)]
    assert ("状态", "填写中", "已定稿") in told
    assert ("岗位业绩", "完成月度汇总。", "改一改") in told
    assert ("支部评价", "", "好") in told
    assert done.changes.label == "何静2026年10月日常表现写实 定稿"


def test_several_become_final_at_once_or_none(house: House) -> None:
    first, second = write(house, **WHOLE).uid, write(house, OTHER, work="完成。").uid
    with refused("胡强2026年10月日常表现写实", "还不能定稿", "“支部评价”没有填写"):
        complete(house.branch, [first, second])
    assert state(house) is MonthState.WRITTEN
    write(house, OTHER, branch_grade="好")
    outcome = complete(house.branch, [first, second])
    assert outcome.changes.label == "何静2026年10月日常表现写实 等 2 份写实定稿"
    assert reopen(house.branch, [first, second]).changes.label.startswith("重新打开 何静")


def test_what_was_written_before_it_was_final_is_not_taken_back_behind_it(house: House) -> None:
    uid = write(house, **WHOLE).uid
    later = write(house, pledge="走访一次。")
    done = complete(house.branch, [uid])
    with refused("已定稿，这一步不能撤销"):
        house.branch.undo(later.changes.seq)
    house.branch.undo(done.changes.seq)
    assert state(house) is MonthState.WRITTEN
    house.branch.undo(later.changes.seq)
    assert "pledge" not in record(house).values


def test_nobody_chosen_cannot_be_made_final(house: House) -> None:
    with refused("还没有写实"):
        complete(house.branch, [])


# ---- bin and members who go


def test_a_record_goes_to_the_bin_and_comes_back(house: House) -> None:
    uid = write(house, **WHOLE).uid
    remove_records(house.branch, [uid], "写错了人")
    assert state(house) is MonthState.EMPTY
    (item,) = recycle_bin.bin_items(house.branch)
    assert (item.kind, item.name) == ("日常写实", "何静2026年10月日常表现写实")
    recycle_bin.take_back(house.branch, [item])
    assert record(house).values["work"] == "完成月度汇总。"
    assert not remove_records(house.branch, [], "无")


def test_a_record_that_was_written_anew_does_not_come_back(house: House) -> None:
    gone = remove_records(house.branch, [write(house, **WHOLE).uid], "写错了人")
    second = write(house, work="另一份。")
    with refused("已经有", "一人一个月只写一份"):
        recycle_bin.take_back(house.branch, recycle_bin.bin_items(house.branch))
    with refused("已经有"):
        house.branch.undo(gone.seq)
    remove_records(house.branch, [second.uid], "两份一起")
    with refused("在回收站里有两份"):
        recycle_bin.take_back(house.branch, recycle_bin.bin_items(house.branch))


def test_a_record_that_was_taken_back_and_written_anew_is_not_brought_again(house: House) -> None:
    undone = house.branch.undo(write(house, **WHOLE).changes.seq)
    write(house, work="另一份。")
    with refused("已经有"):
        house.branch.undo(undone.seq)


def test_final_records_are_not_deleted(house: House) -> None:
    uids = [write(house, **WHOLE).uid, write(house, OTHER, **WHOLE).uid]
    complete(house.branch, uids[:1])
    with refused("已定稿，不能删除"):
        remove_records(house.branch, uids, "删错")
    reopen(house.branch, uids[:1])
    assert "等 2 份写实" in remove_records(house.branch, uids, "删错").label


def test_the_name_stays_when_a_member_is_gone_for_good(house: House, the_clock: SettableClock) -> None:
    uid = write(house, **WHOLE).uid
    members.move_to_bin(house.branch, [house.people[NAME]], "录重了")
    left = next(one for one in year_of(house).people if one.name == NAME)
    assert (left.here, left.person) == (False, house.people[NAME])
    with refused("回收站"):
        write(house, work="再写")
    the_clock.move(days=181)
    recycle_bin.empty_expired(house.branch)
    gone = next(one for one in year_of(house, 2026).people if one.name == NAME)
    assert not gone.here
    kept = gone.record(10)
    assert kept is not None
    assert (kept.uid, kept.person, kept.name) == (uid, None, NAME)
    assert_sound(house.branch)


def test_an_expired_record_goes_with_all_that_belongs_to_it(house: House, the_clock: SettableClock) -> None:
    remove_records(house.branch, [write(house, **WHOLE).uid], "写错了人")
    the_clock.move(days=181)
    assert recycle_bin.empty_expired(house.branch)
    assert recycle_bin.bin_items(house.branch) == []
    assert_sound(house.branch)


def test_gone_namesakes_keep_a_line_each(house: House, the_clock: SettableClock) -> None:
    other = add_one(house.branch, NAME, category="正式党员", arrived_on="2015.1.1")
    write(house, **WHOLE)
    write_record(house.branch, house.root, other, 2026, 10, {"work": "另一人。"})
    members.move_to_bin(house.branch, [house.people[NAME], other], "录重了")
    the_clock.move(days=181)
    recycle_bin.empty_expired(house.branch)
    gone = [one for one in year_of(house).people if one.name == NAME]
    assert [one.records[10].values["work"] for one in gone] == ["完成月度汇总。", "另一人。"]


# ---- looking


def test_a_year_lists_everybody_in_the_order_of_the_roster(house: House) -> None:
    write(house, OTHER, 3, **WHOLE)
    complete(house.branch, [write(house, OTHER, 4, **WHOLE).uid])
    year = year_of(house)
    assert [one.name for one in year.people][:2] == ["周建国", "王敏"]
    states = [year.state(year.by_person[house.people[OTHER]], month) for month in (2, 3, 4, 12)]
    assert states == [MonthState.EMPTY, MonthState.WRITTEN, MonthState.COMPLETE, MonthState.AHEAD]
    assert (year.last_month, year.count(MonthState.WRITTEN), year.count(MonthState.COMPLETE)) == (11, 1, 1)
    assert year.organisation_name == "中共青石镇河西村支部委员会"
    assert years_of_daily(house.branch) == [2026]
    assert daily_person(year, house.people[OTHER]).name == OTHER
    with refused("2026 年的日常写实里没有这名党员"):
        daily_person(year, "nobody")
    assert year_of(house, 2027).last_month == 0
    assert year_of(house, 2025).last_month == 12


def test_more_people_and_records_take_no_more_questions(house: House) -> None:
    write(house, **WHOLE)
    with statements(house.branch) as few:
        year_of(house)
    before = len(few)
    for number in range(30):
        uid = add_one(house.branch, f"党员{number}", category="正式党员", arrived_on="2015.1.1")
        write_record(house.branch, house.root, uid, 2026, 10, WHOLE)
    with statements(house.branch) as many:
        year_of(house)
    assert len(many) == before


def test_history_tells_the_record_in_words_and_not_whose_row_it_is(house: House) -> None:
    outcome = write(house, **WHOLE)
    told = {(one.field, one.after) for one in lines_of_change(house.branch, outcome.changes.seq)}
    assert told == {
        ("党员日常表现写实", "新建 何静2026年10月日常表现写实"),
        ("岗位业绩", "完成月度汇总。"),
        ("支部评价", "好"),
    }


# ---- drafts


def test_what_is_being_typed_is_kept_for_this_member_and_month(house: House) -> None:
    person = house.people[NAME]
    drafts.keep_draft(house.branch, person, 2026, 10, {"work": "写到一半\ud83d"})
    found = drafts.draft_of(house.branch, person, 2026, 10)
    assert found is not None
    assert found.texts == {"work": "写到一半"}
    assert drafts.draft_of(house.branch, person, 2026, 9) is None
    drafts.drop_draft(house.branch, person, 2026, 10)
    assert drafts.draft_of(house.branch, person, 2026, 10) is None
