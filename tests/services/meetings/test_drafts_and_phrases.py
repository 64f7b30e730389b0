"""What is being typed survives the program, and sentences that are typed by a key."""

from __future__ import annotations

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
    assert drafts.meetings_with_drafts(branch) == [uid]
    drafts.drop_draft(branch, uid)
    assert drafts.draft_of(branch, uid) is None
    assert drafts.meetings_with_drafts(branch) == []


def test_a_branch_begins_with_the_usual_phrases_and_keeps_its_own(house: House) -> None:
    assert phrases.fixed_phrases(house.branch) == list(FIRST_PHRASES)
    changes = phrases.set_phrases(house.branch, ["会议决定：", " ", "会议要求：", "会议决定："])
    assert phrases.fixed_phrases(house.branch) == ["会议决定：", "会议要求："]
    phrases.set_phrases(house.branch, ["会议要求：", "散会。"])
    assert phrases.fixed_phrases(house.branch) == ["会议要求：", "散会。"]
    assert changes.label == "修改会议常用语"
    assert_sound(house.branch)
