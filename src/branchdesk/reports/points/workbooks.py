"""Points as workbooks: the publicity of a month with its ledger, and the ledgers of a whole year."""

from __future__ import annotations

from collections.abc import Iterator

from branchdesk.documents.model import Align
from branchdesk.documents.xlsx import TableColumn, WorkbookTable
from branchdesk.domain.inspections.line_scores import shown
from branchdesk.domain.points.ledger import SOURCE_LABELS, STATE_LABELS, reversals
from branchdesk.domain.points.model import PointEntry
from branchdesk.domain.points.tally import CountedLine
from branchdesk.partial_dates import PartialDate
from branchdesk.reports.points.exchanges import ledger_note, ledger_rows, ledger_totals, reward_rows
from branchdesk.reports.points.matter import Account, PointsMatter
from branchdesk.reports.points.publicity import Publicity, opening, publicity_notes, remark
from branchdesk.reports.points.wording import ADVICE, cut_text

_LEFT = Align.LEFT
_ENTRIES = (
    TableColumn("序号", 6, is_number=True),
    TableColumn("日期", 12),
    TableColumn("姓名", 12),
    TableColumn("编号", 8),
    TableColumn("项目", 28, align=_LEFT),
    TableColumn("类别", 10),
    TableColumn("数量", 8, is_number=True),
    TableColumn("单位", 7),
    TableColumn("每单位分值", 11, is_number=True),
    TableColumn("应计", 8, is_number=True),
    TableColumn("计分", 8, is_number=True),
    TableColumn("上限说明", 30, align=_LEFT),
    TableColumn("来源", 8),
    TableColumn("状态", 10),
    TableColumn("原因", 24, align=_LEFT),
    TableColumn("佐证", 24, align=_LEFT),
    TableColumn("审核人", 12),
    TableColumn("记入日期", 12),
)
_EXCHANGES = (
    TableColumn("序号", 6, is_number=True),
    TableColumn("日期", 12),
    TableColumn("姓名", 12),
    TableColumn("兑换物品", 28, align=_LEFT),
    TableColumn("数量", 8, is_number=True),
    TableColumn("单位", 8),
    TableColumn("积分", 10, is_number=True),
    TableColumn("已签字", 9),
    TableColumn("备注", 18, align=_LEFT),
)
_REWARDS = (
    TableColumn("序号", 6, is_number=True),
    TableColumn("物品", 28, align=_LEFT),
    TableColumn("单位", 8),
    TableColumn("所需积分", 10, is_number=True),
    TableColumn("提供数量", 10, is_number=True),
    TableColumn("已兑换", 10, is_number=True),
    TableColumn("剩余", 10, is_number=True),
)
_REVERSED, _REVERSAL = "已冲正", "冲正"


# ---- publicity


def publicity_tables(publicity: Publicity) -> Iterator[WorkbookTable]:
    """The sheet of the month, and the ledger of the year on which it rests."""
    matter = publicity.matter
    columns = (
        TableColumn("序号", 6, is_number=True),
        TableColumn("姓名", 12),
        TableColumn("党小组", 14),
        *(TableColumn(one.title, 10, is_number=True) for one in matter.scheme.buckets),
        TableColumn("本月", 9, is_number=True),
        TableColumn("累计", 10, is_number=True),
        TableColumn("备注", 60, align=_LEFT),
    )
    rows = [
        _publicity_row(publicity, number, account)
        for number, account in enumerate(publicity.accounts, start=1)
    ]
    yield WorkbookTable(
        "积分公示",
        columns,
        rows,
        f"{matter.organisation}{publicity.title}",
        (opening(publicity),),
        tuple(publicity_notes(publicity)),
    )
    yield entries_table(matter)


def _publicity_row(publicity: Publicity, number: int, account: Account) -> tuple[str, ...]:
    return (
        str(number),
        account.name,
        account.group,
        *(shown(one.counted) for one in account.tally.buckets),
        shown(publicity.points(account).counted),
        shown(account.tally.total),
        remark(publicity, account),
    )


def entries_table(matter: PointsMatter) -> WorkbookTable:
    """Every row of the ledger until the day of the matter, by people and days, with what it counted."""
    rows = [row for account in matter.accounts for row in _entry_rows(matter, account)]
    return WorkbookTable(
        "积分台账",
        _ENTRIES,
        [(str(number), *row) for number, row in enumerate(rows, start=1)],
        f"{matter.year}年党员积分台账",
        (f"{matter.organisation}　　截至{matter.until_spelled}　　{matter.rule_version}",),
    )


def _entry_rows(matter: PointsMatter, account: Account) -> Iterator[tuple[str, ...]]:
    counted = {line.entry.uid: line for line in account.tally.lines}
    void = reversals(account.entries())
    for one in sorted(account.entries(), key=lambda each: (each.on, each.reverses is not None, each.uid)):
        state = _REVERSAL if one.reverses is not None else STATE_LABELS[one.state]
        yield _entry_row(matter, one, counted.get(one.uid), _REVERSED if one.uid in void else state)


def _entry_row(
    matter: PointsMatter, one: PointEntry, line: CountedLine | None, state: str
) -> tuple[str, ...]:
    """A row of the ledger; one of a rule that this version lacks has no title."""
    rule = matter.scheme.rule(one.rule)
    return (
        PartialDate.of(one.on).shown(),
        one.name,
        rule.number if rule is not None else "",
        rule.title if rule is not None else one.rule,
        matter.scheme.bucket(rule.bucket).title if rule is not None else "",
        shown(one.quantity),
        rule.unit if rule is not None else "",
        shown(rule.points) if rule is not None else "",
        shown(line.raw) if line is not None else "",
        shown(line.counted) if line is not None else "0",
        cut_text(line) if line is not None else "",
        SOURCE_LABELS[one.source],
        state,
        one.reason,
        one.evidence_title,
        one.reviewer,
        PartialDate.of(one.entered_on).shown() if one.entered_on is not None else "",
    )


# ---- the year


def year_tables(matter: PointsMatter) -> Iterator[WorkbookTable]:
    """The year of everybody: what it came to, the ledger, the exchanges, and what they are for."""
    yield _totals_table(matter)
    yield entries_table(matter)
    whose = f"{matter.organisation}　　截至{matter.until_spelled}"
    below = (f"{ledger_totals(matter)}{ledger_note(matter)}",)
    title = f"{matter.year}年积分兑换台账"
    yield WorkbookTable("兑换台账", _EXCHANGES, list(ledger_rows(matter)), title, (whose,), below)
    title = f"{matter.year}年积分兑换物品清单"
    yield WorkbookTable("兑换物品", _REWARDS, list(reward_rows(matter)), title, (whose,))


def _totals_table(matter: PointsMatter) -> WorkbookTable:
    buckets = tuple(TableColumn(one.title, 10, is_number=True) for one in matter.scheme.buckets)
    sums = tuple(TableColumn(label, 11, is_number=True) for label in ("总积分", "可兑换", "已兑换", "余额"))
    columns = (
        TableColumn("序号", 6, is_number=True),
        TableColumn("姓名", 12),
        TableColumn("党小组", 14),
        *buckets,
        *sums,
    )
    rows = [
        (
            str(number),
            one.name,
            one.group,
            *(shown(total.counted) for total in one.tally.buckets),
            *map(shown, (one.tally.total, one.redeemable, one.redeemed, one.balance)),
        )
        for number, one in enumerate(matter.accounts, start=1)
    ]
    whose = f"{matter.organisation}　　截至{matter.until_spelled}　　{matter.rule_version}"
    return WorkbookTable("积分汇总", columns, rows, f"{matter.year}年党员积分汇总表", (whose,), (ADVICE,))
