"""`history`: what was changed, when and by whom."""

from __future__ import annotations

from argparse import Namespace
from itertools import islice

from branchdesk.cli.console import say
from branchdesk.cli.endings import Ending
from branchdesk.cli.names import members_named
from branchdesk.cli.opening import opened
from branchdesk.domain.identity import masked_identity
from branchdesk.i18n import _, _n
from branchdesk.services.history import HistoryLine, local_time, recent_changes, record_history
from branchdesk.services.open_branch import Branch

_TIME = "%Y.%m.%d %H:%M"


def show_history(asked: Namespace) -> Ending:
    """The newest changes of the file, or everything about the members of one name."""
    with opened(asked) as branch:
        if asked.member:
            _show_members(branch, asked.member, asked.limit)
        else:
            _show_changes(branch, asked.limit)
    return Ending.FINE


def _show_changes(branch: Branch, limit: int) -> None:
    for entry in recent_changes(branch, limit):
        words = _n("{label}（{n} 条记录）", entry.rows, label=entry.label)
        if entry.undone:
            words = _("{words}，已撤销", words=words)
        _show_line(local_time(entry.at).strftime(_TIME), entry.person_name, words)


def _show_members(branch: Branch, name: str, limit: int) -> None:
    """The history of everybody of that name, each below a line that tells namesakes apart."""
    for found in members_named(branch, name):
        say(_("{name}（{line}）", name=found.name, line=found.line) if found.line else found.name)
        for line in islice(record_history(branch, found.uid), limit):
            _show_line(line.at.strftime(_TIME), line.who, _words_of(line))


def _show_line(time: str, who: str, words: str) -> None:
    say(f"{time}  {who}  {words}")


def _words_of(line: HistoryLine) -> str:
    """One change of a field in words; private values show only their ends."""
    before, after = (
        (masked_identity(text) if line.private else text) or "—" for text in (line.before, line.after)
    )
    return _(
        "{field}：{before} → {after}（{source}）",
        field=line.field,
        before=before,
        after=after,
        source=line.source,
    )
