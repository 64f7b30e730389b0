"""党员积分公示表: what everybody holds at the end of a month, what the month added, and for what."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from branchdesk.documents.model import (
    Align,
    Block,
    Column,
    Document,
    Paragraph,
    Running,
    Signatures,
    Table,
    Together,
)
from branchdesk.domain.points.model import EntryState, PointEntry
from branchdesk.domain.points.tally import MonthPoints, by_rule, months
from branchdesk.reports.inspections.page_styles import FILE_TITLE, NOTE, SHEET_PAGE
from branchdesk.reports.inspections.wording import DAY_FOR_THE_PEN
from branchdesk.reports.points.matter import Account, PointsMatter, spelled
from branchdesk.reports.points.page_styles import OPENING, POSTED_PAGE, SIGNED
from branchdesk.reports.points.wording import ADVICE, points_text, signed_text
from branchdesk.reports.roster import padded_name

_SIZES = (10.5, 10.0, 9.5)
_MOST_UPRIGHT = 5  # buckets that have room on an upright page
_ROW = 7.5


@dataclass(frozen=True, slots=True)
class Publicity:
    """The publicity of one month; the tallies of the matter are until its last day, or an earlier one.

    `posted` are the first and the last day of the publicity, where they are known already.
    """

    matter: PointsMatter
    month: int
    posted: tuple[date, date] | None = None

    @property
    def period(self) -> str:
        """Which month it is: 2026年10月."""
        return f"{self.matter.year}年{self.month}月"

    @property
    def title(self) -> str:
        """The title of the sheet."""
        return f"{self.period}党员积分公示表"

    @property
    def is_whole(self) -> bool:
        """Whether the month is over."""
        return self.matter.until == self.last

    @property
    def first(self) -> date:
        """The first day of the month."""
        return date(self.matter.year, self.month, 1)

    @property
    def last(self) -> date:
        """The last day of the month."""
        return date(self.matter.year, self.month, calendar.monthrange(self.matter.year, self.month)[1])

    @property
    def accounts(self) -> tuple[Account, ...]:
        """Those who are on the roster."""
        return tuple(one for one in self.matter.accounts if one.here)

    def points(self, account: Account) -> MonthPoints:
        """What the month added for one person."""
        return months(account.tally)[self.month - 1]


def publicity_document(publicity: Publicity) -> Document:
    """The sheet for the board: upright, or landscape for a scheme of many buckets."""
    matter = publicity.matter
    is_upright = len(matter.scheme.buckets) <= _MOST_UPRIGHT
    return Document(
        f"{matter.organisation}{publicity.title}",
        matter.made_on,
        tuple(_blocks(publicity)),
        page=POSTED_PAGE if is_upright else SHEET_PAGE,
        author=matter.organisation,
        running=Running(foot=f"{matter.organisation}　{publicity.title}　第 {{page}} 页　共 {{pages}} 页"),
    )


def _blocks(publicity: Publicity) -> Iterator[Block]:
    matter = publicity.matter
    yield Paragraph(f"{matter.organisation}\n{publicity.title}", FILE_TITLE, keep_with_next=True)
    yield Paragraph(opening(publicity), OPENING, keep_with_next=True)
    yield Table(_columns(publicity), tuple(publicity_rows(publicity)), _SIZES, _ROW)
    ending: list[Paragraph | Signatures] = [Paragraph(text, NOTE) for text in publicity_notes(publicity)]
    ending.append(Signatures(("制表人：", "审核人：", "党支部书记："), SIGNED))
    ending.append(Signatures(("联系人：", "联系电话：", DAY_FOR_THE_PEN), SIGNED))
    yield Together(tuple(ending), with_previous=True)


def opening(publicity: Publicity) -> str:
    """What is made public, for how long, and to whom objections go."""
    matter = publicity.matter
    if publicity.posted is None:
        posted = "　　　　年　　月　　日至　　　　年　　月　　日"
    else:
        posted = "至".join(map(spelled, publicity.posted))
    return (
        f"按照{matter.rule_version}，现将{publicity.period}党员积分情况予以公示，"
        f"积分统计截至{matter.until_spelled}。公示期：{posted}。"
        "党员和群众如有异议，请在公示期内以口头或者书面形式向支部委员会反映。"
    )


def _columns(publicity: Publicity) -> tuple[Column, ...]:
    return (
        Column("序号", 0.7, fits="000"),
        Column("姓名", 1.4, fits="四字姓名"),
        *(Column(one.title, 1.1, fits="–000.0") for one in publicity.matter.scheme.buckets),
        Column("本月", 1.0, fits="+00.0"),
        Column("累计", 1.1, fits="000.00"),
        Column("备注", 5.5, Align.LEFT, fits="八个汉字的宽度"),
    )


def publicity_rows(publicity: Publicity) -> Iterator[tuple[str, ...]]:
    """Everybody in the order of the roster."""
    for number, account in enumerate(publicity.accounts, start=1):
        yield (
            str(number),
            padded_name(account.name),
            *(points_text(one.counted) for one in account.tally.buckets),
            signed_text(publicity.points(account).counted),
            points_text(account.tally.total),
            remark(publicity, account),
        )


def remark(publicity: Publicity, account: Account) -> str:
    """What the month's points were for, and which months that were made public lost an entry since."""
    return "；".join([*_earned(publicity, account), *_reversed(publicity, account)])


def _earned(publicity: Publicity, account: Account) -> Iterator[str]:
    """The rules of which something counted."""
    tally = account.tally
    own = tuple(one for one in tally.lines if one.entry.on.month == publicity.month)
    for one in by_rule(replace(tally, lines=own)):
        if one.counted:
            cut = "（已到上限）" if one.is_cut else ""
            yield f"{one.rule.title} {signed_text(one.counted)}{cut}"


def _reversed(publicity: Publicity, account: Account) -> Iterator[str]:
    rows = [one for one in _late_rows(publicity, account) if one.reverses is not None]
    for month, own in groupby(sorted(one.on.month for one in rows)):
        yield f"冲正{month}月记分 {len(list(own))} 笔"


def _late_rows(publicity: Publicity, account: Account) -> Iterator[PointEntry]:
    """Rows that changed months which are public: entered in this month or since.

    The month before becomes public in this one, so that what was added to it is no surprise; what was
    reversed is.
    """
    before = publicity.month - 1
    for one in account.entries():
        if one.entered_on is None or one.state is not EntryState.ACCEPTED:
            continue
        month = before if one.reverses is not None else before - 1
        if one.on.month <= month and one.entered_on >= publicity.first:
            yield one


def publicity_notes(publicity: Publicity) -> list[str]:
    """What the columns mean, and what is not in them yet."""
    matter = publicity.matter
    begins = [one for one in matter.scheme.buckets if one.begin]
    begun = "、".join(f"{one.title}年初 {points_text(one.begin)} 分" for one in begins)
    buckets = "、".join(f"“{one.title}”" for one in matter.scheme.buckets)
    included = f"（含{begun}）" if begun else ""
    columns = (
        f"{buckets}和“累计”为全年截至{matter.until_spelled}的积分{included}，"
        f"“本月”为{publicity.month}月增减，“备注”为{publicity.month}月记分的项目。"
    )
    notes = [columns]
    if not publicity.is_whole:
        notes.append(f"{publicity.month}月尚未结束，本表为截至{matter.until_spelled}的情况。")
    late = [row for one in publicity.accounts for row in _late_rows(publicity, one)]
    added = sum(one.reverses is None for one in late)
    if late:
        said = [f"补记 {added} 笔"] if added else []
        said += [f"冲正 {len(late) - added} 笔"] if len(late) > added else []
        notes.append(f"以前月份的记分，{publicity.month}月以来{'、'.join(said)}，累计中已经计入。")
    waiting = _waiting(publicity.accounts, publicity.month)
    if waiting:
        notes.append(f"另有 {waiting} 笔记分尚待审核，未计入本表。")
    notes.append(ADVICE)
    return [f"注：{notes[0]}", *notes[1:]] if len(notes) == 1 else _numbered(notes)


def _numbered(notes: Iterable[str]) -> list[str]:
    return [
        f"{'注：' if number == 1 else '　　'}{number}.{text}" for number, text in enumerate(notes, start=1)
    ]


def _waiting(accounts: Iterable[Account], month: int) -> int:
    """How many entries of the month nobody has decided on yet."""
    return sum(
        one.state is EntryState.PROPOSED and one.on.month == month
        for account in accounts
        for one in account.entries()
    )
