"""What is being typed survives the program, and sentences that are typed by a key."""

from __future__ import annotations

from dataclasses import replace

from branchdesk.services.meetings import drafts, phrases
from branchdesk.services.meetings.phrases import FIRST_PHRASES
from services.meetings.scenes import House
from support.branches import SettableClock, reopened
from support.contents import assert_sound, facts


def test_a_draft_is_there_after_the_program_ended_and_gone_once_it_is_dropped(
    house: House, the_clock: SettableClock
) -> None:
    uid, other = house.plan(), house.plan(held="2026.11.20")
    before = facts(house.branch)
    drafts.keep_draft(house.branch, uid, {"minutes": "周建国：讲到一"})
    drafts.keep_draft(house.branch, uid, {"minutes": "周建国：讲到一半"})
    assert facts(house.branch) == before
    branch = reopened(house.branch)
    found = drafts.draft_of(branch, uid)
    assert found is not None
    assert (found.texts, found.saved_at) == ({"minutes": "周建国：讲到一半"}, the_clock.moment)
    assert drafts.draft_of(branch, other) is None
    drafts.drop_draft(branch, uid)
    assert drafts.draft_of(branch, uid) is None


def test_a_branch_begins_with_the_usual_phrases_and_keeps_its_own(house: House) -> None:
    assert phrases.fixed_phrases(house.branch) == list(FIRST_PHRASES)
    changes = phrases.set_phrases(house.branch, ["会议决定：", " ", "会议要求：", "会议决定："])
    assert phrases.fixed_phrases(house.branch) == ["会议决定：", "会议要求："]
    phrases.set_phrases(house.branch, ["会议要求：", "散会。"])
    assert phrases.fixed_phrases(house.branch) == ["会议要求：", "散会。"]
    assert changes.label == "修改会议常用语"
    assert_sound(house.branch)


def test_two_people_writing_on_one_meeting_keep_a_draft_each(house: House) -> None:
    uid, branch = house.plan(), house.branch
    drafts.keep_draft(branch, uid, {"minutes": "我写的"})
    mine = branch.person
    branch.person = replace(mine, uid="other", name="刘芳")
    assert drafts.draft_of(branch, uid) is None
    drafts.keep_draft(branch, uid, {"minutes": "她写的"})
    drafts.drop_draft(branch, uid)
    branch.person = mine
    found = drafts.draft_of(branch, uid)
    assert found is not None
    assert found.texts == {"minutes": "我写的"}
