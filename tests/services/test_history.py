"""History in words: what happened to a member, field by field, and putting one value back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from branchdesk.domain.members import EventKind
from branchdesk.partial_dates import PartialDate
from branchdesk.services import attachments, history, members, organisations, recycle_bin, views
from branchdesk.services.views import View
from branchdesk.storage import tables
from branchdesk.storage.branch import Branch
from support.branches import (
    FIRST_GROUP,
    SECOND_GROUP,
    SettableClock,
    add_one,
    edit,
    groups_of,
    record,
    value,
)
from support.contents import facts
from support.problems import refused


def words(branch: Branch, uid: str) -> list[tuple[str, str, str]]:
    """Field, before and after of the newest change of a member."""
    lines = history.record_history(branch, uid)
    return [(line.field, line.before, line.after) for line in lines if line.seq == lines[0].seq]


def test_attachments_stand_in_the_history_of_their_member(branch: Branch, tmp_path: Path) -> None:
    uid = add_one(branch, "李明")
    path = tmp_path / "申请书.pdf"
    path.write_bytes(b"%PDF-1.7")
    attachments.add_attachment(branch, uid, path)
    assert words(branch, uid) == [("附件", "", "申请书.pdf")]
    file = members.member_file(branch, uid)
    assert file is not None
    binned = attachments.move_to_bin(branch, file.attachments[0], "重复")
    assert words(branch, uid) == [("附件", "", "已移到回收站 重复")]
    branch.undo(binned.seq)
    assert words(branch, uid) == [("附件", "", "从回收站恢复")]


def test_entering_a_member_is_not_undone_while_attachments_would_be_left_behind(
    branch: Branch, tmp_path: Path
) -> None:
    entered = members.add_members(branch, [{"name": "李明"}], organisations.root_of(branch))
    path = tmp_path / "申请书.pdf"
    path.write_bytes(b"%PDF-1.7")
    added = attachments.add_attachment(branch, entered.uids[0], path)
    with refused("添加附件 申请书.pdf"):
        branch.undo(entered.changes.seq)
    branch.undo(added.seq)
    branch.undo(entered.changes.seq)
    assert not facts(branch)["attachment"]
    assert not facts(branch)["member"]


@pytest.mark.parametrize(
    ("field", "first", "second", "expected"),
    [
        ("name", "李明", "李明朗", ("姓名", "李明", "李明朗")),
        ("sex", "男", "女", ("性别", "男", "女")),
        ("born_on", "1980.1.1", "1980.02", ("出生日期", "1980.01.01", "1980.02")),
        ("education", "大学", "", ("学历", "大学", "")),
        ("dues_monthly", "12.5", "十元", ("月党费", "12.50", "十元")),
        ("floating", "否", "是", ("流动党员", "否", "是")),
    ],
)
def test_a_changed_field_is_told_in_words(
    branch: Branch, field: str, first: str, second: str, expected: tuple[str, str, str]
) -> None:
    uid = add_one(branch, **{"name": "李明", field: first})
    edit(branch, uid, **{field: second})
    assert words(branch, uid) == [expected]


def test_every_line_says_who_when_and_by_what(branch: Branch, the_clock: SettableClock) -> None:
    uid = add_one(branch, "李明")
    the_clock.move(days=2)
    edit(branch, uid, name="李明朗")
    line = history.record_history(branch, uid)[0]
    assert (line.who, line.source, line.at) == ("王敏", "修改 李明 的姓名", the_clock.moment)
    assert line.restorable
    assert not line.private


def test_private_fields_are_marked_so_that_they_can_be_hidden(branch: Branch) -> None:
    uid = add_one(branch, "李明", mobile="13900001111")
    edit(branch, uid, mobile="13900002222")
    assert history.record_history(branch, uid)[0].private


def test_notes_of_an_import_stand_behind_the_label(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    with branch.change("导入 名册.xlsx") as change:
        change.update(tables.member, uid, {"name": "李明朗"}, "第 7 行")
    assert history.record_history(branch, uid)[0].source == "导入 名册.xlsx 第 7 行"


def test_coming_going_and_coming_back_are_told(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    binned = members.move_to_bin(branch, [uid], "录重了")
    recycle_bin.take_back(branch, recycle_bin.bin_items(branch))
    told = [(line.field, line.after) for line in history.record_history(branch, uid)]
    assert told[0] == ("党员档案", "从回收站恢复")
    assert told[1] == ("党员档案", "已移到回收站 录重了")
    assert ("党员档案", "新建") in told
    assert not history.record_history(branch, uid)[0].restorable
    branch.undo(binned.seq + 1)
    assert history.record_history(branch, uid)[0].after == "已移到回收站 录重了"


def test_a_member_who_was_taken_out_is_told_of_for_ever(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    branch.undo(2)
    lines = history.record_history(branch, uid)
    assert ("党员档案", "已删除") in [(line.field, line.before) for line in lines if line.seq == 3]


def test_events_are_told_with_their_date_place_and_papers(branch: Branch) -> None:
    uid = add_one(branch, "李明", admitted_on="2001.7.1")
    event = record(branch, uid, EventKind.DEPARTED, "2021.5", place="外地支部", document="3号", note="随迁")
    assert words(branch, uid) == [("组织关系转出", "", "2021.05 外地支部 3号 随迁")]
    row = next(iter(event.touched["member_event"]))
    members.correct_event(branch, uid, row, {"on_date": "2021.6.1"})
    assert words(branch, uid) == [("党籍记录", "2021.05", "2021.06.01")]
    members.remove_event(branch, uid, row)
    assert words(branch, uid) == [("组织关系转出", "2021.06.01 外地支部 3号 随迁", "")]


def test_groups_and_endings_are_told_by_their_words_even_when_dissolved(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    record(branch, uid, EventKind.GROUPED, "2020.1.1", group=groups_of(branch)[SECOND_GROUP])
    assert words(branch, uid) == [("编入党小组", "", f"2020.01.01 {SECOND_GROUP}")]
    record(branch, uid, EventKind.ENDED, "2021.1.1", ending="removed")
    assert words(branch, uid) == [("出党", "", "2021.01.01 除名")]
    organisations.dissolve(branch, groups_of(branch)[SECOND_GROUP], date(2022, 1, 1))
    told = [line.after for line in history.record_history(branch, uid)]
    assert f"2020.01.01 {SECOND_GROUP}（已撤销）" in told


def test_posts_are_told_by_their_words(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    root = organisations.root_of(branch)
    post = organisations.appoint(branch, root, uid, "secretary", PartialDate(2024, 5))
    assert words(branch, uid) == [("党内职务", "", "2024.05 书记")]
    organisations.set_post(branch, next(iter(post.touched["post"])), {"until": "2026-05-09"})
    assert words(branch, uid) == [("党内职务", "", "2026.05.09")]


def test_what_was_not_understood_is_told_under_its_field(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    edit(branch, uid, confirmed_on="去年")
    assert words(branch, uid) == [("转正日期", "", "去年")]
    edit(branch, uid, confirmed_on="前年")
    assert words(branch, uid) == [("待核内容", "去年", "前年")]


# ---- putting one value back


def test_one_value_is_put_back_and_everything_else_stays(branch: Branch) -> None:
    uid = add_one(branch, "李明", department="办公室")
    edit(branch, uid, name="李明朗", department="财务室")
    edit(branch, uid, note="新")
    line = next(line for line in history.record_history(branch, uid) if line.field == "姓名")
    changes = history.restore_value(branch, line, uid)
    assert changes.label == "恢复 李明朗 的姓名"
    assert [value(branch, uid, field) for field in ("name", "department", "note")] == ["李明", "财务室", "新"]
    branch.undo(changes.seq)
    assert value(branch, uid, "name") == "李明朗"


def test_a_value_that_was_empty_is_put_back_empty(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    edit(branch, uid, note="x")
    history.restore_value(branch, history.record_history(branch, uid)[0], uid)
    assert value(branch, uid, "note") is None


def test_the_note_of_an_event_is_never_put_into_the_member_s_own_note(branch: Branch) -> None:
    uid = add_one(branch, "李明", note="本人的备注")
    event = next(iter(record(branch, uid, EventKind.DEPARTED, "2021.5.1", note="旧").touched["member_event"]))
    members.correct_event(branch, uid, event, {"note": "新"})
    line = history.record_history(branch, uid)[0]
    assert not line.restorable
    with refused("不能单独恢复", "修改记录"):
        history.restore_value(branch, line, uid)
    assert value(branch, uid, "note") == "本人的备注"


def test_a_coming_or_going_cannot_be_put_back_like_a_value(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    for line in history.record_history(branch, uid):
        with refused("不能单独恢复"):
            history.restore_value(branch, line, uid)


# ---- one change in words


def test_a_change_is_told_line_by_line_with_the_names_of_the_records(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    changes = edit(branch, uid, department="办公室", admitted_on="2001.7.1").changes
    told = [(line.field, line.after) for line in history.lines_of_change(branch, changes.seq)]
    assert ("李明 工作部门", "办公室") in told
    assert any(after == "2001.07.01" for _field, after in told)


def test_changes_of_every_sort_of_record_can_be_told(branch: Branch) -> None:
    uid = add_one(branch, "李明", group=FIRST_GROUP)
    root = organisations.root_of(branch)
    organisations.set_profile(branch, root, {"short_name": "河西支部", "code": "99"})
    organisations.begin_term(branch, root, "第三届", date(2024, 5, 10))
    attachments.set_photo(branch, uid, "照片.png", b"\x89PNG\r\n\x1a\n")
    views.save_view(branch, "rosters", View("交党费用"))
    members.move_to_bin(branch, [uid], "")
    told = {
        line.field
        for entry in history.recent_changes(branch)
        for line in history.lines_of_change(branch, entry.seq)
    }
    assert {"党组织 简称", "党组织 组织代码", "班子届次", "附件", "视图"} <= told
    assert all(history.lines_of_change(branch, entry.seq) for entry in history.recent_changes(branch))


def test_a_very_large_change_is_told_up_to_a_number_of_lines(branch: Branch) -> None:
    uids = [add_one(branch, f"党员{number}") for number in range(5)]
    changes = members.set_fields(branch, {uid: {"note": "x", "email": "y"} for uid in uids}).changes
    assert len(history.lines_of_change(branch, changes.seq)) == 10
    assert 0 < len(history.lines_of_change(branch, changes.seq, most=3)) < 10


def test_the_whole_file_s_history_survives_undo(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    branch.undo(edit(branch, uid, name="李明朗").changes.seq)
    labels = [entry.label for entry in history.recent_changes(branch)]
    assert labels[:2] == ["撤销：修改 李明 的姓名", "修改 李明 的姓名"]
    assert facts(branch)["member"][uid]["name"] == "李明"
