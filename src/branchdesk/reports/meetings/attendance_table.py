"""The attendance of a year: for every person how often he was expected and came, by kind of meeting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from branchdesk.documents.model import Align, Block, Column, Paragraph, Table
from branchdesk.domain.meetings.model import Meeting, Presence
from branchdesk.forms.activities import shipped_activities
from branchdesk.reports.meetings.matter import Matter
from branchdesk.reports.meetings.page_styles import LISTED, TITLE
from branchdesk.reports.roster import padded_name

_TITLE = "年度到会情况统计表"
_SIZES = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5)
_NO_MARK = "—"


@dataclass(slots=True)
class _Counts:
    """The marks of one person, by kind of meeting."""

    name: str
    expected: dict[str, int] = field(default_factory=dict)
    present: dict[str, int] = field(default_factory=dict)
    leave: int = 0
    absent: int = 0
    made_up: int = 0


def attendance_blocks(matters: Iterable[Matter]) -> Iterator[Block]:
    """The title and the table: a cell says how often a person came of how often he was expected."""
    listed = list(matters)
    kinds = _kinds(listed)
    people = list(_counted(matter.meeting for matter in listed))
    yield Paragraph(_TITLE, TITLE, keep_with_next=True)
    columns = (
        Column("序号", 0.8, fits="000"),
        Column("姓名", 1.6, fits="四字姓名"),
        *(Column(title, 1.2, fits="00/00") for title in kinds.values()),
        *(Column(label, 1.0, fits="000") for label in ("请假", "缺席", "补课")),
        Column("到会率", 1.2, Align.RIGHT, fits="100.0%"),
    )
    rows = tuple((str(n), *_row(one, kinds)) for n, one in enumerate(people, start=1))
    yield Table(columns, rows, _SIZES)
    yield Paragraph("注：表中为实到次数/应到次数；“—”表示不应到会。请假、缺席、补课按次数统计。", LISTED)


def _kinds(matters: Iterable[Matter]) -> dict[str, str]:
    """The kinds of meetings at which people are expected, in the order of the rules: 三会一课 first."""
    order = [rule.id for rule in shipped_activities()]

    def place(matter: Matter) -> int:
        words = matter.form.meeting
        counts = words.counts if words is not None else ()
        return min((order.index(name) for name in counts if name in order), default=len(order))

    expecting = [one for one in matters if any(mark.counts for mark in one.meeting.attendance)]
    return {one.form.kind: one.kind for one in sorted(expecting, key=place)}


def _counted(meetings: Iterable[Meeting]) -> Iterator[_Counts]:
    """The people in the order in which they first appear."""
    found: dict[str, _Counts] = {}
    for meeting in meetings:
        for mark in sorted(meeting.attendance, key=lambda mark: mark.position):
            if not mark.counts:
                continue
            one = found.setdefault(mark.person or mark.name, _Counts(mark.name))
            one.name = mark.name
            one.expected[meeting.kind] = one.expected.get(meeting.kind, 0) + 1
            came = mark.presence is Presence.PRESENT
            one.present[meeting.kind] = one.present.get(meeting.kind, 0) + came
            one.leave += mark.presence is Presence.LEAVE
            one.absent += mark.presence is Presence.ABSENT
            one.made_up += bool(mark.made_up_on)
    yield from found.values()


def _row(one: _Counts, kinds: Iterable[str]) -> tuple[str, ...]:
    cells = [
        f"{one.present[kind]}/{one.expected[kind]}" if kind in one.expected else _NO_MARK for kind in kinds
    ]
    expected, present = sum(one.expected.values()), sum(one.present.values())
    rate = f"{100 * present / expected:.1f}%"
    return (padded_name(one.name), *cells, str(one.leave), str(one.absent), str(one.made_up), rate)
