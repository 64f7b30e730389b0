"""积分兑换: the ledger of exchanges with places to sign, and the list of what points are exchanged for."""

from __future__ import annotations

from collections.abc import Iterator

from branchdesk.documents.model import (
    Align,
    Column,
    Document,
    Ends,
    Paragraph,
    Running,
    Signatures,
    Table,
    Together,
)
from branchdesk.domain.inspections.line_scores import shown
from branchdesk.domain.points.ledger import standing_redemptions
from branchdesk.domain.points.model import NO_POINTS, Redemption, Reward
from branchdesk.domain.points.redeeming import stock_left
from branchdesk.reports.inspections.page_styles import FILE_TITLE, LINE, NOTE, SHEET_PAGE
from branchdesk.reports.inspections.wording import DAY_FOR_THE_PEN
from branchdesk.reports.meetings.wording import without_stop
from branchdesk.reports.points.matter import PointsMatter
from branchdesk.reports.points.page_styles import POSTED_PAGE, SIGNED
from branchdesk.reports.points.wording import day_text, points_text
from branchdesk.reports.roster import padded_name

_SIZES = (11.0, 10.5, 10.0, 9.5, 9.0)
_SIGNED_ROW, _ROW = 11.0, 9.0
_LEDGER = (
    Column("序号", 0.7, fits="000"),
    Column("日期", 1.3, fits="00月00日"),
    Column("姓名", 1.4, fits="四字姓名"),
    Column("兑换物品", 3.6, Align.LEFT, fits="八个汉字的宽度"),
    Column("数量", 1.0, fits="–00 个"),
    Column("积分", 1.0, fits="–000.5"),
    Column("领取人签字", 2.0, fits="领取人签字"),
    Column("经手人签字", 2.0, fits="经手人签字"),
    Column("备注", 3.0, Align.LEFT, fits="冲正第 000 笔"),
)
_REWARDS = (
    Column("序号", 0.7, fits="000"),
    Column("物品", 4.0, Align.LEFT, fits="八个汉字的宽度"),
    Column("单位", 0.9, fits="单位"),
    Column("所需积分", 1.3, fits="0000.5"),
    Column("提供数量", 1.3, fits="0000"),
    Column("已兑换", 1.2, fits="0000"),
    Column("剩余", 1.2, fits="0000"),
)
_NO_LIMIT = "不限"
_MINUS = "\N{EN DASH}"


def redemption_ledger_document(matter: PointsMatter) -> Document:
    """The ledger of exchanges of the year, with room to sign for what was taken."""
    title = f"{matter.year}年积分兑换台账"
    ending = (
        Paragraph(f"{ledger_totals(matter)}{ledger_note(matter)}", NOTE),
        Signatures(("登记人：", "审核人：", DAY_FOR_THE_PEN), SIGNED),
    )
    return Document(
        title,
        matter.made_on,
        (
            Paragraph(title, FILE_TITLE, keep_with_next=True),
            Ends(matter.organisation, f"截至{matter.until_spelled}", LINE, keep_with_next=True),
            Table(_LEDGER, tuple(_signed_rows(matter)), _SIZES, _SIGNED_ROW),
            Together(ending, with_previous=True),
        ),
        page=SHEET_PAGE,
        author=matter.organisation,
        running=Running(),
    )


def exchanges_of_year(matter: PointsMatter) -> list[Redemption]:
    """The rows of the ledger of the year, as they follow one another; a reversal after what it makes void."""
    own = [one for one in matter.redemptions if one.on.year == matter.year and one.on <= matter.until]
    return sorted(own, key=lambda one: (one.on, one.reverses is not None, one.uid))


def ledger_totals(matter: PointsMatter) -> str:
    """How many exchanges hold, how many points they took, and how many were not signed for."""
    rows = exchanges_of_year(matter)
    standing = standing_redemptions(rows)
    points = sum((one.points for one in standing), NO_POINTS)
    void = sum(one.reverses is not None for one in rows)
    unsigned = sum(not one.signed for one in standing)
    said = f"有效兑换 {len(standing)} 笔，共 {points_text(points)} 分"
    said += f"；冲正 {void} 笔" if void else ""
    return f"{said}；{unsigned} 笔还没有签字。" if unsigned else f"{said}。"


def ledger_note(matter: PointsMatter) -> str:
    """Which points are exchanged, and until when."""
    titles = "、".join(matter.scheme.bucket(one).title for one in matter.scheme.redeem)
    return f"{titles}可以兑换，当年有效；兑换不减少总积分。" if titles else "本办法的积分不兑换物品。"


def _signed_rows(matter: PointsMatter) -> Iterator[tuple[str, ...]]:
    for number, day, name, what, quantity, unit, points, signed_for, remark in ledger_rows(matter):
        taken = f"{quantity} {unit}".strip().replace("-", _MINUS)
        sign = "已签字" if signed_for == "是" else ""
        yield (number, day, padded_name(name), what, taken, points.replace("-", _MINUS), sign, "", remark)


def ledger_rows(matter: PointsMatter) -> Iterator[tuple[str, ...]]:
    """The rows as texts; what was reversed stays, and its reversal takes it off again.

    Number, day, name, thing, quantity, unit, points, whether it was signed for, remark; numbers with a hyphen
    where they are below 0.
    """
    rows = exchanges_of_year(matter)
    numbers = {one.uid: number for number, one in enumerate(rows, start=1)}
    void = {one.reverses: numbers[one.uid] for one in rows if one.reverses is not None}
    for one in rows:
        title, unit = matter.taken(one)
        sign = -1 if one.reverses is not None else 1
        yield (
            str(numbers[one.uid]),
            day_text(one.on),
            one.name,
            title,
            str(sign * abs(one.quantity)),
            unit,
            shown(sign * abs(one.points)),
            "是" if one.signed and sign > 0 else "",
            _remark(one, numbers, void),
        )


def _remark(one: Redemption, numbers: dict[str, int], void: dict[str, int]) -> str:
    if one.reverses is not None:
        said = f"冲正第 {numbers[one.reverses]} 笔" if one.reverses in numbers else "冲正"
        return f"{said}：{without_stop(one.reason)}" if one.reason.strip() else said
    return f"已由第 {void[one.uid]} 笔冲正" if one.uid in void else ""


# ---- rewards


def reward_list_document(matter: PointsMatter) -> Document:
    """What points are exchanged for, at which price, and how many are left."""
    title = f"{matter.year}年积分兑换物品清单"
    note = Paragraph(f"共 {len(matter.rewards)} 种。{ledger_note(matter)}", NOTE)
    ending = (note, Signatures(("登记人：", "审核人：", DAY_FOR_THE_PEN), SIGNED))
    rows = tuple(
        (one[0], one[1], one[2], *(text.replace("-", _MINUS) for text in one[3:]))
        for one in reward_rows(matter)
    )
    return Document(
        title,
        matter.made_on,
        (
            Paragraph(title, FILE_TITLE, keep_with_next=True),
            Ends(matter.organisation, f"截至{matter.until_spelled}", LINE, keep_with_next=True),
            Table(_REWARDS, rows, _SIZES, _ROW),
            Together(ending, with_previous=True),
        ),
        page=POSTED_PAGE,
        author=matter.organisation,
        running=Running(),
    )


def reward_rows(matter: PointsMatter) -> Iterator[tuple[str, ...]]:
    """The rewards as texts: number, title, unit, price, provided, taken in all, left."""
    standing = standing_redemptions(matter.redemptions)
    for number, one in enumerate(matter.rewards, start=1):
        taken = sum(each.quantity for each in standing if each.reward == one.uid)
        yield (
            str(number),
            one.title,
            one.unit,
            shown(one.points),
            _NO_LIMIT if one.stock is None else str(one.stock),
            str(taken),
            _left(one, matter),
        )


def _left(reward: Reward, matter: PointsMatter) -> str:
    left = stock_left(reward, matter.redemptions)
    return _NO_LIMIT if left is None else str(left)
