"""党员积分明细: how the total of one member came about, entry by entry, to be signed by the member."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from branchdesk.documents.model import Block, Document, Paragraph, Part, Running, Style
from branchdesk.domain.points.ledger import standing_redemptions
from branchdesk.domain.points.model import Bucket
from branchdesk.domain.points.tally import (
    BucketTotal,
    CountedLine,
    RuleTotal,
    WhyLeftOut,
    by_rule,
    explain_left_out,
    explain_total,
    input_hash,
)
from branchdesk.i18n import speaking_chinese
from branchdesk.reports.inspections.heads import HeadPair, head_sheet
from branchdesk.reports.inspections.page_styles import HEAD, TITLE, VALUE
from branchdesk.reports.inspections.ruled_pages import (
    RuledCell,
    RuledRow,
    RuledTable,
    ruled_pages,
)
from branchdesk.reports.inspections.wording import DAY_FOR_THE_PEN
from branchdesk.reports.points.matter import Account, PointsMatter
from branchdesk.reports.points.page_styles import (
    BUCKET,
    BUCKET_FIGURE,
    CLOSING,
    CLOSING_LABEL,
    LEDGER_FIGURE,
    LEDGERS,
    MEMBER_PAGE,
    MEMBER_WIDTH,
    TOTAL_FIGURE,
)
from branchdesk.reports.points.wording import (
    ADVICE,
    day_text,
    limits_text,
    lines_text,
    on_paper,
    points_text,
    quantity_text,
    signed_text,
    standard_text,
)

# Each column as the ruled ones that it joins, so that three equal boxes to sign fit below.
_COLUMNS = (
    ("编号", (10.0,)),
    ("项目", (27.0,)),
    ("计分标准", (20.5, 4.5)),
    ("数量", (13.0,)),
    ("逐笔记录", (40.5, 29.5)),
    ("应计", (14.0,)),
    ("计分", (14.0,)),
)
_WIDTHS = tuple(width for _label, widths in _COLUMNS for width in widths)
_BOXES = (3, 3, 3)
_ROW, _BUCKET_ROW, _SIGN_ROW = 6.0, 6.0, 16.0
_LABEL_COLUMNS = 2  # that a label at the left of a closing row joins
_CHECK_DIGITS = 16  # of the 64 that identify what was counted
_PLACES = ("本人签字：", "记分人签字：", "党支部书记签字：")


def member_pages_document(matter: PointsMatter, accounts: Sequence[Account] | None = None) -> Document:
    """A page for each account, all of the matter unless some are given; a long year takes more pages."""
    wanted = matter.accounts if accounts is None else accounts
    blocks: list[Block] = []
    for one in wanted:
        blocks += _blocks(matter, one)
    whose = wanted[0].name if len(wanted) == 1 else ""
    return Document(
        f"{whose}{_title(matter)}",
        matter.made_on,
        tuple(blocks),
        page=MEMBER_PAGE,
        author=matter.organisation,
        running=Running(foot=f"{_title(matter)}　第 {{page}} 页　共 {{pages}} 页"),
    )


def _title(matter: PointsMatter) -> str:
    return f"{matter.year}年党员积分明细"


def _blocks(matter: PointsMatter, account: Account) -> list[Block]:
    """The page of one member, in the largest type in which it is one; else in the largest that there is."""
    above: list[Block] = [
        Paragraph(_title(matter), TITLE, keep_with_next=True),
        head_sheet(list(_head(matter, account)), MEMBER_WIDTH, 3, 7.0),
    ]
    made = [list(ruled_pages(_table(matter, account, LEDGERS[0]), MEMBER_PAGE, above))]
    for style in LEDGERS[1:]:
        if len(made[-1]) == 1:
            break
        made.append(list(ruled_pages(_table(matter, account, style), MEMBER_PAGE, above)))
    return [Part(account.name), *above, *(made[-1] if len(made[-1]) == 1 else made[0])]


def _table(matter: PointsMatter, account: Account, style: Style) -> RuledTable:
    head = RuledRow(tuple(RuledCell(label, len(widths), HEAD) for label, widths in _COLUMNS), 7.0)
    whose = f"{matter.organisation}　{account.name}　{_title(matter)}"
    return RuledTable(_WIDTHS, (head,), tuple(_rows(matter, account, style)), whose)


def _head(matter: PointsMatter, account: Account) -> Iterator[HeadPair]:
    yield HeadPair("姓　名", account.name)
    yield HeadPair("所在支部", matter.organisation, 2)
    yield HeadPair("党小组", account.group)
    yield HeadPair("截至日期", matter.until_spelled)
    yield HeadPair("总积分", f"{points_text(account.tally.total)} 分")


# ---- the table


def _rows(matter: PointsMatter, account: Account, style: Style) -> Iterator[RuledRow]:
    sums = by_rule(account.tally)
    for total in account.tally.buckets:
        own = [one for one in sums if one.rule.bucket == total.bucket.id]
        yield _bucket_row(total, keep=bool(own))
        for one in own:
            lines = [line for line in account.tally.lines if line.rule.id == one.rule.id]
            yield _rule_row(one, lines, style)
    yield from _ending(matter, account)


def _bucket_row(total: BucketTotal, *, keep: bool) -> RuledRow:
    raw = "" if total.earned == total.added else signed_text(total.earned)
    return RuledRow(
        (
            RuledCell(bucket_text(total), len(_WIDTHS) - 2, BUCKET),
            RuledCell(raw, style=BUCKET_FIGURE),
            RuledCell(points_text(total.counted), style=BUCKET_FIGURE),
        ),
        _BUCKET_ROW,
        keep=keep,
    )


def bucket_text(total: BucketTotal) -> str:
    """What a bucket began with, what entries added, and how far it goes."""
    said = [total.bucket.title]
    way = f"{'扣' if total.added < 0 else '加'} {points_text(abs(total.added))} 分"
    if total.begin:
        said.append(f"年初 {points_text(total.begin)} 分，{way}，计 {points_text(total.counted)} 分")
    else:
        said.append(way if total.added else "没有记分")
    limit = limit_text(total.bucket)
    return "　".join([*said, f"（{limit}）" if limit else ""]).rstrip()


def limit_text(bucket: Bucket) -> str:
    """How far a bucket goes; empty where nothing stops it."""
    if bucket.cap is None:
        return ""
    cap = points_text(bucket.cap)
    return f"最多扣 {cap} 分" if bucket.may_be_negative and not bucket.begin else f"最高 {cap} 分"


def _rule_row(one: RuleTotal, lines: Sequence[CountedLine], style: Style) -> RuledRow:
    rule = one.rule
    limits = limits_text(rule)
    standard = f"{standard_text(rule)}{f'（{limits}）' if limits else ''}"
    return RuledRow(
        (
            RuledCell(rule.number, style=LEDGER_FIGURE),
            RuledCell(rule.title, style=style, called=f"{rule.number} 项目"),
            RuledCell(standard, 2, style, called=f"{rule.number} 计分标准"),
            RuledCell(quantity_text(one.quantity, rule), style=style),
            RuledCell(lines_text(lines), 2, style, called=f"{rule.number} 逐笔记录"),
            RuledCell(signed_text(one.raw), style=LEDGER_FIGURE),
            RuledCell(signed_text(one.counted), style=LEDGER_FIGURE),
        ),
        _ROW,
    )


# ---- what stands below


def _ending(matter: PointsMatter, account: Account) -> Iterator[RuledRow]:
    """What does not count, the total, the exchanges, and the places to sign, which never stand alone."""
    left_out = left_out_text(account)
    if left_out:
        yield _closing("不计分", left_out)
    with speaking_chinese():
        total = on_paper(explain_total(account.tally))
    yield RuledRow(
        (
            RuledCell("总积分", _LABEL_COLUMNS, HEAD),
            RuledCell(total, len(_WIDTHS) - _LABEL_COLUMNS - 1, CLOSING),
            RuledCell(points_text(account.tally.total), style=TOTAL_FIGURE),
        ),
        8.0,
        keep=True,
    )
    if matter.scheme.redeem:
        yield _closing("积分兑换", exchange_text(matter, account))
    yield RuledRow(
        (RuledCell(_note(matter, account), len(_WIDTHS), CLOSING, called="说明"),), _ROW, keep=True
    )
    cells = [
        RuledCell(place, span, VALUE, (DAY_FOR_THE_PEN,)) for place, span in zip(_PLACES, _BOXES, strict=True)
    ]
    yield RuledRow(tuple(cells), _SIGN_ROW)


def _closing(label: str, text: str) -> RuledRow:
    cells = (
        RuledCell(label, _LABEL_COLUMNS, CLOSING_LABEL),
        RuledCell(text, len(_WIDTHS) - _LABEL_COLUMNS, CLOSING, called=label),
    )
    return RuledRow(cells, _ROW, keep=True)


def left_out_text(account: Account) -> str:
    """The entries that do not count, each with the reason."""
    with speaking_chinese():
        return "\n".join(
            on_paper(explain_left_out(one, account.tally))
            for one in account.tally.left_out
            if one.why is not WhyLeftOut.REVERSAL
        )


def exchange_text(matter: PointsMatter, account: Account) -> str:
    """The points that can be exchanged, what was taken for them, and what is left."""
    titles = "、".join(matter.scheme.bucket(one).title for one in matter.scheme.redeem)
    taken = [
        one
        for one in sorted(standing_redemptions(account.redemptions), key=lambda each: (each.on, each.uid))
        if one.on.year == matter.year and one.on <= matter.until
    ]
    said = f"{titles}可以兑换，共 {points_text(account.redeemable)} 分；"
    if not taken:
        return f"{said}没有兑换过，余 {points_text(account.balance)} 分。"
    parts = []
    for one in taken:
        title, unit = matter.taken(one)
        unsigned = "" if one.signed else "，未签字"
        parts.append(
            f"{day_text(one.on)}{title} {one.quantity} {unit} {points_text(one.points)} 分{unsigned}"
        )
    return (
        f"{said}已兑换 {points_text(account.redeemed)} 分（{'；'.join(parts)}），"
        f"余 {points_text(account.balance)} 分。"
    )


def _note(matter: PointsMatter, account: Account) -> str:
    """By what was counted, and what the points are for."""
    check = input_hash(matter.scheme, account.entries())[:_CHECK_DIGITS]
    return f"说明：按{matter.rule_version}计算，核对码 {check}。{ADVICE}"
