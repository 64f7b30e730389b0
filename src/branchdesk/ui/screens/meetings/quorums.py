"""How many voters have to be there, for the figures above the chips."""

from __future__ import annotations

from branchdesk import clock
from branchdesk.domain.meetings.counting_heads import heads_of
from branchdesk.domain.meetings.model import Meeting, Vote
from branchdesk.domain.meetings.votes import judge_vote
from branchdesk.forms.language import Form
from branchdesk.forms.rules import shipped_rules


def quorum_of(form: Form, meeting: Meeting) -> int | None:
    """The least number of voters that an ordinary vote of the meeting needs; None where nobody may vote."""
    heads = heads_of(meeting)
    if not heads.voters:
        return None
    of_committee = form.meeting is not None and form.meeting.expected == "committee"
    vote = Vote(uid="", subject="", eligible=heads.voters, present=heads.present_voters)
    day = meeting.day or clock.today()
    return judge_vote(vote, heads, shipped_rules(), day, of_committee=of_committee).quorum
