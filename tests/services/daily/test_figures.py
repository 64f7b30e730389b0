"""What the records say of members: meetings with their uids, study hours and points of each month."""

from __future__ import annotations

from decimal import Decimal

from branchdesk.domain.daily import attendance_sentence
from branchdesk.domain.meetings.model import MeetingState, Presence
from branchdesk.i18n import Language, speak
from branchdesk.services.daily.figures import FiguresOfYear, figure_texts, figures_of_year
from branchdesk.services.meetings import attending, editing
from services.meetings.scenes import LECTURE, TALK, House
from services.points.ledgers import ASSIGNED, enter, held
from support.branches import add_one
from support.counting import statements


def figures(house: House, year: int = 2026) -> FiguresOfYear:
    return figures_of_year(house.branch, house.root, year)


def test_a_month_tells_how_often_somebody_was_expected_and_came(house: House) -> None:
    first = held(house, "2026.5.6 9:00-11:00")
    second = held(house, "2026.5.20 9:00-11:00", {"何静": Presence.LEAVE})
    held(house, "2026.6.3 9:00-11:00", {"何静": Presence.ABSENT})
    found = figures(house)
    may, june = (found.month(house.people["何静"], month) for month in (5, 6))
    assert [one.uid for one in may.meetings] == [first, second]
    assert attendance_sentence(may) == "应到 2 次，实到 1 次，请假 1 次，缺席 0 次"
    assert attendance_sentence(june) == "应到 1 次，实到 0 次，请假 0 次，缺席 1 次"
    year = found.whole_year(house.people["何静"])
    assert (year.expected, year.times(Presence.PRESENT)) == (3, 1)
    assert attendance_sentence(found.month(house.people["何静"], 7)) == ""


def test_study_hours_are_those_of_the_ledger_of_study(house: House) -> None:
    uid = held(house, "2026.5.6 9:00-11:00", {"何静": Presence.ABSENT}, LECTURE)
    assert figures(house).month(house.people["胡强"], 5).hours == Decimal("2.5")
    assert figures(house).month(house.people["何静"], 5).hours == 0
    attending.set_attendance(house.branch, uid, house.person(uid, "何静"), {"made_up_on": "2026.5.9"})
    after = figures(house).month(house.people["何静"], 5)
    assert after.hours == Decimal("2.5")
    assert after.meetings[0].caught_up


def test_talks_are_no_meetings_of_the_organisation(house: House) -> None:
    uid = house.plan(TALK, "2026.5.6 9:00", talker="周建国", partner="何静")
    assert figures(house).month(house.people["何静"], 5).expected == 0, uid


def test_meetings_still_planned_say_nothing(house: House) -> None:
    uid = house.plan(held="2026.5.6 9:00-11:00")
    assert house.meeting(uid).state is MeetingState.PLANNED
    assert figures(house).month(house.people["何静"], 5).meetings == ()


def test_a_meeting_that_counts_for_another_year_stays_with_the_month_of_its_day(house: House) -> None:
    uid = held(house, "2026.1.9 9:00-11:00")
    editing.set_number(house.branch, uid, 2025, 9)
    assert figures(house, 2025).whole_year(house.people["何静"]).meetings == ()
    assert len(figures(house).whole_year(house.people["何静"]).meetings) == (
        1 if house.meeting(uid).day is not None else 0
    )


def test_points_are_those_that_the_month_added(house: House) -> None:
    assert figures(house).month(house.people["何静"], 6).points is None, "no points are kept in this year"
    enter(house, "何静", ASSIGNED, "2026.6.10")
    enter(house, "何静", ASSIGNED, "2026.6.12")
    enter(house, "何静", ASSIGNED, "2026.7.1")
    found = figures(house)
    assert found.month(house.people["何静"], 6).points == Decimal(2)
    assert found.whole_year(house.people["何静"]).points == Decimal(3)
    assert found.month(house.people["胡强"], 6).points == Decimal(0)


def test_what_is_not_kept_stays_empty_on_the_sheet(house: House) -> None:
    held(house, "2026.5.6 9:00-11:00", kind=LECTURE)
    person = house.people["何静"]
    assert figure_texts(figures(house).month(person, 5)) == {
        "person.attendance": "应到 1 次，实到 1 次，请假 0 次，缺席 0 次",
        "person.study_hours": "2.5 学时",
        "person.points": "",
        "person.dues": "",
    }
    enter(house, "何静", ASSIGNED, "2026.5.10")
    assert figure_texts(figures(house).month(person, 5))["person.points"] == "1 分"


def test_titles_of_meetings_are_chinese_in_an_english_window(house: House) -> None:
    held(house, "2026.5.6 9:00-11:00", kind=LECTURE)
    speak(Language.ENGLISH)
    try:
        (meeting,) = figures(house).month(house.people["何静"], 5).meetings
    finally:
        speak(Language.CHINESE)
    assert "党课" in meeting.title


def test_more_people_take_no_more_questions(house: House) -> None:
    held(house, "2026.5.6 9:00-11:00")
    with statements(house.branch) as few:
        figures(house)
    before = len(few)
    for number in range(30):
        add_one(house.branch, f"党员{number}", category="正式党员", arrived_on="2015.1.1")
    held(house, "2026.6.6 9:00-11:00")
    with statements(house.branch) as many:
        figures(house)
    assert len(many) == before
