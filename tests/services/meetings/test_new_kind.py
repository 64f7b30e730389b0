"""A kind of meeting that nobody foresaw, added by its text alone, works from planning to counting."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from branchdesk.domain.meetings.model import MeetingState, Presence
from branchdesk.services import forms, history, search
from branchdesk.services.meetings import (
    attending,
    counting,
    deciding,
    editing,
    figures,
    life,
    planning,
    quality,
    reading,
    voting,
)
from branchdesk.services.meetings.deciding import DecisionEntry
from branchdesk.services.meetings.reading import MeetingQuery
from branchdesk.services.meetings.voting import VoteEntry
from services.meetings.scenes import House
from support.contents import assert_sound

CLUB = "meeting.own_reading_club"
TEXT = """
kind = "meeting.own_reading_club"
version = 1
title = "读书分享会"
title_en = "Reading club"
subject = "meeting"
period = "none"
checks = ["heads_reconcile", "votes_reconcile"]
blank = "无"

[meeting]
counts = ["theme_day"]
expected = "members"
votes = true
study_hours = "training"

[[section]]
id = "whole"
label = "全部"
label_en = "All"

[[field]]
id = "held"
type = "time_span"
label = "时间"
label_en = "Time"
section = "whole"
role = "when"
required = true

[[field]]
id = "book"
type = "text"
label = "所读的书"
label_en = "Book"
section = "whole"
role = "topic"

[[field]]
id = "room"
type = "text"
label = "地点"
label_en = "Place"
section = "whole"
role = "place"
default = "党员书屋"

[[field]]
id = "reader"
type = "member"
label = "领读人"
label_en = "Reader"
section = "whole"
prefill = "clerk.name"

[[field]]
id = "present"
type = "computed"
label = "实到"
label_en = "Present"
section = "whole"
figure = "attendance.present"

[[table]]
id = "books"
label = "书目"
label_en = "Books"
section = "whole"

[[table.field]]
id = "title"
type = "text"
label = "书名"
label_en = "Title"

[[table]]
id = "roll"
label = "签到"
label_en = "Attendance"
section = "whole"
holds = "attendance"
"""


@pytest.fixture
def club(house: House) -> House:
    """The branch, in which the kind was published."""
    forms.publish_form(house.branch, TEXT)
    return house


def test_the_new_kind_goes_the_whole_way(club: House) -> None:
    branch = club.branch
    typed = {"held": "2026.11.18 14:00-15:30", "book": "乡土中国"}
    uid = planning.plan_meeting(branch, CLUB, club.root, typed).uid
    meeting = club.meeting(uid)
    assert (meeting.title, meeting.values["room"]) == ("乡土中国", "党员书屋")
    assert meeting.values["reader"] == f"王敏@{club.people['王敏']}"
    editing.add_line(branch, uid, "books", {"title": "乡土中国"})
    attending.mark_all_present(branch, uid)
    attending.mark(branch, uid, {club.person(uid, "何静"): Presence.LEAVE}, "住院")
    entry = VoteEntry("下月读《论共产党员的修养》", in_favour="7", against="0", abstained="0")
    vote = voting.add_vote(branch, uid, entry).line
    deciding.add_decision(branch, uid, DecisionEntry("借书十本", responsible="王敏"))
    for step in ("held", "drafted"):
        life.move(branch, uid, step)
    assert quality.quality(branch, uid) == []
    life.finalise(branch, uid)
    final = club.meeting(uid)
    assert final.state is MeetingState.FINALISED
    assert getattr(voting.verdicts(branch, final)[vote], "passed", None) is True
    assert figures.figures(reading.form_of(branch, final), final)["attendance.present"] == "9"
    counted = counting.activity_counts(branch, club.root, date(2026, 11, 1), date(2026, 11, 30))
    assert next(one for one in counted if one.rule.id == "theme_day").held == (uid,)
    hours = {one.name: one.sum.hours for one in counting.study_hours(branch, club.root, 2026)}
    assert (hours["王敏"], hours["何静"]) == (Decimal(2), Decimal(0))
    assert [row.uid for row in reading.meeting_list(branch, MeetingQuery(kind=CLUB))] == [uid]
    assert [found.uid for found in search.find_meetings(branch, "乡土")] == [uid]
    assert "所读的书" in {line.field for line in history.record_history(branch, uid)}
    assert_sound(branch)


def test_a_meeting_stays_with_the_version_it_was_filled_in(club: House) -> None:
    branch = club.branch
    uid = planning.plan_meeting(branch, CLUB, club.root, {"held": "2026.11.18", "book": "乡土中国"}).uid
    second = TEXT.replace("version = 1", "version = 2").replace("所读的书", "共读书目")
    forms.publish_form(branch, second)
    third = second.replace("version = 2", "version = 3").replace("共读书目", "本次书目")
    forms.publish_form(branch, third, date(2027, 1, 1))
    assert reading.form_of(branch, club.meeting(uid)).by_id["book"].label == "所读的书"
    assert editing.set_values(branch, uid, {"book": "边城"}).changes.label.endswith("的所读的书")
    later = planning.plan_meeting(branch, CLUB, club.root).uid
    assert reading.form_of(branch, club.meeting(later)).version == 2
    model = planning.plan_like(branch, uid).uid
    assert club.meeting(model).version == 2
    fields = {line.field for line in history.record_history(branch, uid)}
    assert "所读的书" in fields
    assert "本次书目" not in fields
