"""Sentences that clerks put into minutes by a key."""

from __future__ import annotations

from collections.abc import Sequence

from branchdesk.i18n import _
from branchdesk.services.meetings.texts import one_line
from branchdesk.storage import records
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import Changes
from branchdesk.storage.record_writing import align
from branchdesk.storage.tables import fixed_phrase
from branchdesk.uids import new_uid

# What every minute book says; text of official paper, always Chinese.
FIRST_PHRASES = (
    "会议应到会有表决权党员超过半数到会，符合规定，可以开会。",
    "会议由党支部书记主持。",
    "与会党员认真讨论，一致认为：",
    "会议采取无记名投票方式进行表决。",
    "会议采取举手表决方式，一致通过。",
    "会议强调：",
    "会议要求：",
    "会议决定：",
    "会议各项议程进行完毕，主持人宣布散会。",
)


def fixed_phrases(branch: Branch) -> list[str]:
    """The fixed phrases in their order; the usual ones where the branch has set none of its own."""
    with branch.read() as connection:
        rows = records.phrases(connection)
    return [row["text"] for row in rows] or list(FIRST_PHRASES)


def set_phrases(branch: Branch, phrases: Sequence[str]) -> Changes:
    """Bring the fixed phrases to these, in this order; empty ones and repetitions are left out."""
    texts = list(dict.fromkeys(text for phrase in phrases if (text := one_line(phrase))))
    with branch.change(_("修改会议常用语")) as change:
        known = {row["text"]: row["uid"] for row in records.phrases(change.connection)}
        rows = [
            {"uid": known.get(text) or new_uid(), "text": text, "position": place}
            for place, text in enumerate(texts)
        ]
        align(change, fixed_phrase, known.values(), rows)
    return change.result
