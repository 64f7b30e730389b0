"""Publishing forms that were made here, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from branchdesk.forms.language import shipped_kinds
from branchdesk.forms.writing import write_form
from branchdesk.services import forms, history, organisations, search
from branchdesk.services.meetings import editing, planning, reading
from branchdesk.storage.branch import Branch
from branchdesk.storage.tables import form_definition
from support.contents import assert_sound, facts
from support.problems import refused

NOTE = """
kind = "log.own_note"
version = 1
title = "走访记录"
title_en = "Visit"
subject = "none"
period = "none"
checks = []

[[section]]
id = "whole"
label = "全部"
label_en = "All"

[[field]]
id = "visited"
type = "text"
label = "走访对象"
label_en = "Visited"
section = "whole"
"""


def versioned(number: int) -> str:
    """The form as another version."""
    return NOTE.replace("version = 1", f"version = {number}")


def test_a_form_is_published_and_found_on_the_shelf(branch: Branch) -> None:
    changes = forms.publish_form(branch, NOTE)
    assert changes.label == "发布表单 走访记录 第 1 版"
    shelf = forms.shelf(branch)
    assert shelf.form("log.own_note").title == "走访记录"
    assert shelf.origin("log.own_note") == "here"
    [line] = history.lines_of_change(branch, changes.seq)
    assert (line.field, line.after.startswith("log.own_note 1")) == ("表单", True)
    assert_sound(branch)
    branch.undo(changes.seq)
    assert forms.shelf(branch).versions("log.own_note") == []


def test_a_new_version_holds_from_its_day(branch: Branch) -> None:
    forms.publish_form(branch, NOTE)
    forms.publish_form(branch, versioned(2).replace("走访对象", "走访的人"), date(2027, 1, 1))
    shelf = forms.shelf(branch)
    assert shelf.versions("log.own_note") == [1, 2]
    assert shelf.form("log.own_note", on=date(2026, 12, 31)).version == 1
    assert shelf.form("log.own_note", on=date(2027, 1, 1)).by_id["visited"].label == "走访的人"


def test_what_was_published_is_kept_letter_by_letter(branch: Branch) -> None:
    forms.publish_form(branch, NOTE)
    [row] = facts(branch)["form_definition"].values()
    assert (row["content"], row["origin"]) == (NOTE, "here")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("kind = ", ("读不出来",)),
        (NOTE.replace('type = "text"', 'type = "poem"'), ("field[1].type", "poem")),
        (NOTE.replace('id = "visited"', 'id = "select"'), ("field[1].id", "select")),
        (NOTE.replace('id = "visited"', 'id = "visited; drop table member"'), ("field[1].id",)),
        (
            NOTE.replace("checks = []", 'checks = ["heads_reconcile"]'),
            ("checks", "heads_reconcile", "identity"),
        ),
        (NOTE + 'prefill = "weather"', ("prefill", "weather")),
        (NOTE + 'only_if = { field = "visited", filled = true }', ("only_if",)),
        (NOTE + NOTE[NOTE.index("[[field]]") :], ("field[2].id", "visited")),
        (NOTE + 'colour = "red"', ("colour",)),
    ],
)
def test_a_form_with_a_mistake_is_refused_by_key_and_reason(
    branch: Branch, text: str, words: tuple[str, ...]
) -> None:
    before = facts(branch)
    with refused("表单", *words):
        forms.publish_form(branch, text)
    assert facts(branch) == before
    assert forms.check_form_text(text)
    assert forms.check_form_text(NOTE) == []


def test_a_meeting_names_checks_of_meetings(branch: Branch) -> None:
    text = write_form(forms.shelf(branch).form("meeting.study")).replace("meeting.study", "meeting.own_club")
    assert forms.check_form_text(text) == []
    problems = forms.check_form_text(text.replace('"heads_reconcile"', '"heads_are_warm"'))
    assert ["heads_are_warm" in problem.sentence for problem in problems] == [True]


def test_a_kind_that_might_ship_one_day_is_not_published_here(branch: Branch) -> None:
    with refused("“log.visits”不是本支部自己的表单编号", "以 own_ 开头"):
        forms.publish_form(branch, NOTE.replace("log.own_note", "log.visits"))
    assert not [kind for kind in shipped_kinds() if kind.partition(".")[2].startswith("own_")]


def test_a_kind_that_ships_is_not_published_here(branch: Branch) -> None:
    text = write_form(forms.shelf(branch).form("meeting.assembly")).replace("version = 1", "version = 2")
    with refused("程序自带的表单", "复制一份"):
        forms.publish_form(branch, text)


def test_a_published_version_never_changes_and_none_is_left_out(branch: Branch) -> None:
    with refused("下一个版本应是第 1 版", "第 2 版"):
        forms.publish_form(branch, versioned(2))
    forms.publish_form(branch, NOTE)
    with refused("第 1 版已经发布，不能再改", "版本改为 2"):
        forms.publish_form(branch, NOTE.replace("走访对象", "走访的人"))
    with refused("下一个版本应是第 2 版", "第 3 版"):
        forms.publish_form(branch, versioned(3))


def test_a_copy_has_the_same_parts_under_a_name_of_its_own(branch: Branch) -> None:
    copied = forms.copy_form(branch, "meeting.study", "meeting.own_club", " 读书会 ")
    model = forms.shelf(branch).form("meeting.study")
    assert (copied.kind, copied.version, copied.title) == ("meeting.own_club", 1, "读书会")
    assert (copied.fields, copied.tables, copied.meeting) == (model.fields, model.tables, model.meeting)
    forms.publish_form(branch, write_form(copied))
    with refused("已经有编号为“meeting.own_club”"):
        forms.copy_form(branch, "meeting.study", "meeting.own_club", "读书会")
    with refused("起个名字"):
        forms.copy_form(branch, "meeting.study", "meeting.own_other", " ")
    with refused("kind"):
        forms.copy_form(branch, "meeting.study", "读书会", "读书会")


def test_a_form_in_which_something_is_filled_is_not_taken_back(branch: Branch) -> None:
    copied = forms.copy_form(branch, "meeting.study", "meeting.own_club", "读书会")
    published = forms.publish_form(branch, write_form(copied))
    planned = planning.plan_meeting(branch, "meeting.own_club", organisations.root_of(branch))
    with refused("已有 1 份记录是用这个表单填写的"):
        branch.undo(published.seq)
    assert [row.kind_label for row in reading.meeting_list(branch)] == ["读书会"]
    branch.undo(planned.changes.seq)
    branch.undo(published.seq)
    assert forms.shelf(branch).versions("meeting.own_club") == []


def test_a_meeting_whose_form_can_no_longer_be_read_stays_in_the_list(branch: Branch) -> None:
    copied = forms.copy_form(branch, "meeting.study", "meeting.own_club", "读书会")
    forms.publish_form(branch, write_form(copied))
    uid = planning.plan_meeting(
        branch, "meeting.own_club", organisations.root_of(branch), {"held": "2026.11.19 15:00"}
    ).uid
    [form] = facts(branch)["form_definition"]
    with branch.change("一份读不出来的表单") as change:
        change.update(form_definition, form, {"content": "kind = 新程序的写法"})
    [row] = reading.meeting_list(branch)
    assert (row.uid, row.kind_label, row.title) == (uid, "meeting.own_club", "2026年第1次读书会")
    assert reading.years_of_meetings(branch) == [2026]
    assert history.record_history(branch, uid)
    assert [one.uid for one in search.find_meetings(branch, "读书会")] == [uid]
    with refused("读不出来，内容都还在"):
        editing.set_values(branch, uid, {"place": "会议室"})
    assert planning.remove_meetings(branch, [uid], "读不出来")


def test_a_text_that_cannot_be_stored_is_no_form(branch: Branch) -> None:
    with refused("不能保存的字符"):
        forms.publish_form(branch, NOTE.replace("走访记录", "走访\ud800"))
