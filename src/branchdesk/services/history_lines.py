"""One line of history in words, as every list of changes shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from branchdesk.i18n import _
from branchdesk.storage.changes import UPDATE
from branchdesk.storage.journal import FieldChange
from branchdesk.storage.tables import member

DELETION = ("deleted_at", "deleted_by", "deleted_why")


@dataclass(frozen=True)
class HistoryLine:
    """One line of a record's history, in words; `restorable` ones can be given back their earlier value."""

    seq: int
    at: datetime
    who: str
    field: str
    before: str
    after: str
    source: str
    change: FieldChange
    private: bool = False

    @property
    def restorable(self) -> bool:
        """Whether the earlier value of a single field can be put back."""
        own = self.change.entity == member.name
        return own and self.change.op == UPDATE and self.change.field not in DELETION


def local_time(milliseconds: int) -> datetime:
    """A moment of the journal on the wall clock here."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).astimezone()


def line(change: FieldChange, field: str, before: str, after: str, *, private: bool = False) -> HistoryLine:
    """A change as a line: which field, and what it held before and after, in words."""
    source = f"{change.label} {change.note}" if change.note else change.label
    at = local_time(change.at)
    return HistoryLine(change.seq, at, change.person_name, field, before, after, source, change, private)


def bin_words(change: FieldChange) -> str:
    """Into the recycle bin, for which reason, or out of it."""
    words = _("已移到回收站") if change.after is not None else _("从回收站恢复")
    return f"{words} {change.after or ''}".strip()
