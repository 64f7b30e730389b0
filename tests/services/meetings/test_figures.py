"""The figures that papers print of a meeting, in the words of paper."""

from __future__ import annotations

from branchdesk.domain.meetings.model import Presence
from branchdesk.forms.words import FIGURES
from branchdesk.services.meetings import attending, deciding, editing, figures, reading, voting
from branchdesk.services.meetings.deciding import DecisionEntry
from branchdesk.services.meetings.voting import VoteEntry
from services.meetings.scenes import AGENDA, TALK, House


def told(house: House, uid: str) -> dict[str, str]:
    """Every figure of a meeting."""
    meeting = house.meeting(uid)
    return figures.figures(reading.form_of(house.branch, meeting), meeting)


def test_every_figure_of_the_language_is_worked_out(house: House) -> None:
    uid = house.plan()
    house.hold(uid)
    marks = {house.person(uid, name): Presence.LEAVE for name in ("何静", "胡强")}
    attending.mark(house.branch, uid, marks, "年老住院")
    attending.mark(house.branch, uid, {house.person(uid, "宋伟"): Presence.ABSENT}, "出差，未请假")
    attending.mark(house.branch, uid, {house.person(uid, "马俊杰"): Presence.ABSENT})
    entry = VoteEntry("同意年底安排。", in_favour="4", against="0", abstained="0")
    voting.add_vote(house.branch, uid, entry)
    deciding.add_decision(house.branch, uid, DecisionEntry("修门。", responsible="胡强", due_on="2026.12.5"))
    found = told(house, uid)
    assert set(found) == set(FIGURES)
    assert found | {"votes.summary": ""} == {
        "attendance.expected": "10",
        "attendance.voters": "8",
        "attendance.present": "6",
        "attendance.present_voters": "4",
        "attendance.leave": "2",
        "attendance.absent": "2",
        "attendance.absent_names": found["attendance.absent_names"],
        "attendance.rate": "60%",
        "agenda.numbered": f"1.{AGENDA[0]}\n2.{AGENDA[1]}",
        "duration.minutes": "100",
        "votes.summary": "",
        "decisions.numbered": "修门（胡强，2026年12月5日前完成）",
        "files.names": "",
        "meeting.number": "1",
        "organisation.name": "中共青石镇河西村支部委员会",
    }
    assert "何静、胡强（请假：年老住院）" in found["attendance.absent_names"].split("；")
    assert "宋伟（缺席：出差，未请假）" in found["attendance.absent_names"].split("；")
    assert "马俊杰（缺席）" in found["attendance.absent_names"].split("；")
    assert found["votes.summary"] == (
        "同意年底安排：应到会有表决权党员8名，实到4名，赞成4票，反对0票，弃权0票"
    )


def test_an_election_is_summed_up_by_candidates(house: House) -> None:
    uid = house.plan()
    entry = VoteEntry("补选委员", "election", seats="1", issued="8", returned="8")
    vote = voting.add_vote(house.branch, uid, entry).line
    assert told(house, uid)["votes.summary"] == "补选委员：发出选票8张，收回8张"
    line = voting.add_candidate(house.branch, uid, vote, "何静").line
    voting.change_candidate(house.branch, uid, line, {"in_favour": "7"})
    assert told(house, uid)["votes.summary"] == "补选委员：发出选票8张，收回8张，何静得赞成票7票"


def test_what_is_not_known_is_left_empty(house: House) -> None:
    uid = house.plan(TALK, held="2026.11.19")
    editing.set_number(house.branch, uid, 2026, None)
    found = told(house, uid)
    empty = {name for name, text in found.items() if not text}
    assert empty == set(FIGURES) - {"organisation.name"}
