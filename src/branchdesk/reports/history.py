"""修改记录: who changed what in one record, and when, as a list to be filed or shown to an inspection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from branchdesk.documents.model import (
    A4_LANDSCAPE,
    Align,
    Column,
    Document,
    Ends,
    Font,
    Paragraph,
    Running,
    Style,
    Table,
)
from branchdesk.i18n import _, _n

_TITLE = Style(Font.HEADING, 18.0, 1.35, Align.CENTRE, after=4.0, sizes=(18.0, 16.0, 14.0))
_LINE = Style(size=10.5, leading=1.4, after=3.0)
_END = Style(size=9.0, leading=1.5, before=3.0)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a change: its label, what stood there and what stands there now, as shown to clerks."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change: when, by whom, its label, and the fields it touched."""

    when: str
    who: str
    label: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class History:
    """The history of one record; `subject` names the record, `until` the day of the list, spelled."""

    subject: str
    organisation: str
    until: str
    made_on: date
    entries: tuple[HistoryEntry, ...]


def history_document(history: History) -> Document:
    """The list as A4 landscape, in the order given."""
    title = _("{subject}修改记录", subject=history.subject)
    columns = (
        Column(_("时间"), 1.6, fits="0000.00.00 00:00"),
        Column(_("操作人"), 1.2, fits=_("四字姓名")),
        Column(_("做了什么"), 2.6, Align.LEFT),
        Column(_("项目"), 1.8, fits=_("四个汉字")),
        Column(_("原内容"), 3.0, Align.LEFT),
        Column(_("新内容"), 3.0, Align.LEFT),
    )
    count = _n("共 {n} 次修改。", len(history.entries))
    return Document(
        title,
        history.made_on,
        (
            Paragraph(title, _TITLE, keep_with_next=True),
            Ends(
                _("党组织：{name}", name=history.organisation),
                _("截至：{day}", day=history.until),
                _LINE,
                keep_with_next=True,
            ),
            Table(columns, tuple(_rows(history)), sizes=(9.5, 9.0)),
            Paragraph(count, _END),
        ),
        page=A4_LANDSCAPE,
        author=history.organisation,
        running=Running(foot=_("第 {page} 页　共 {pages} 页", page="{page}", pages="{pages}")),
    )


def _rows(history: History) -> Iterator[tuple[str, ...]]:
    """One row per field; when, who and what stand beside the first field of a change."""
    for entry in history.entries:
        beside = (entry.when, entry.who, entry.label)
        for change in entry.fields or (FieldChange("", "", ""),):
            yield (*beside, change.field, change.before, change.after)
            beside = ("", "", "")
