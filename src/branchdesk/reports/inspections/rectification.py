"""整改通知单 and 整改验证单: what has to be put right, and whether it was, each on one signed page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from branchdesk.documents.model import (
    Align,
    Block,
    Document,
    Paragraph,
    Running,
    Signatures,
    Style,
    Together,
)
from branchdesk.domain.inspections.issues import Issue, Verification
from branchdesk.domain.inspections.scoring import shown
from branchdesk.reports.inspections.page_styles import (
    FILE_PAGE,
    FILE_TITLE,
    FILE_WIDTH,
    NOTE,
    SIGNED,
    SUBTITLE,
)
from branchdesk.reports.inspections.wording import DAY_FOR_THE_PEN, day_or_pen
from branchdesk.reports.meetings.wording import spelled_day
from branchdesk.reports.ruled_grid import GridCell, Pair, grid_blocks, pair_rows, pair_widths

_ORDER, _SLIP = "整改通知单", "整改验证单"
_SHARE = 0.165  # of the width, for a label
_NUMBERED = Style(size=12.0, leading=1.4, align=Align.RIGHT, after=4.0)
_PEN, _LITTLE_PEN = 42.0, 28.0  # millimetres to write sentences in
_TICK, _BOX = "√", "□"


@dataclass(frozen=True, slots=True)
class IssueMatter:
    """A problem as its papers print it.

    `found_at` names the inspection and its line or the spot check, `source` is where it was found in words,
    `files` are the proofs of its rectification, `made_on` the day of the paper, `overdue` counts days.
    """

    issue: Issue
    organisation: str
    source: str
    made_on: date
    found_at: str = ""
    files: tuple[str, ...] = ()
    overdue: int = 0


def order_document(matter: IssueMatter) -> Document:
    """The order to put a problem right, with room to write what is not known yet."""
    return _document(matter, _ORDER, tuple(_order(matter)))


def slip_document(matter: IssueMatter, verification: Verification | None = None) -> Document:
    """The slip of one verification, the last one by default; without any it is empty for the pen."""
    passed = verification or (matter.issue.verifications[-1] if matter.issue.verifications else None)
    return _document(matter, _SLIP, tuple(_slip(matter, passed)))


def _document(matter: IssueMatter, title: str, blocks: tuple[Block, ...]) -> Document:
    return Document(
        f"{matter.organisation}{title}",
        matter.made_on,
        blocks,
        page=FILE_PAGE,
        author=matter.organisation,
        running=Running(outer_foot=True),
    )


def number_text(year: int, number: int | None) -> str:
    """The number of an order or a slip in its year: 〔2026〕2号; with room for the pen before it has one."""
    return f"〔{year or '　　　'}〕{number if number is not None else '　　'}号"


def _title(matter: IssueMatter, title: str, number: str) -> Iterator[Block]:
    yield Paragraph(title, FILE_TITLE, keep_with_next=True)
    yield Paragraph(matter.organisation, SUBTITLE, keep_with_next=True)
    yield Paragraph(f"编号：{number}", _NUMBERED, keep_with_next=True)


def _order(matter: IssueMatter) -> Iterator[Block]:
    issue = matter.issue
    yield from _title(matter, _ORDER, number_text(issue.year, issue.number))
    rows = list(pair_rows(_found(matter)))
    rows.append(_room("整改措施", issue.measures, _PEN))
    rows += pair_rows([Pair("整改时限", _day(issue.due_on)), Pair("反馈日期", _day(issue.fed_back_on))])
    rows.append(_room("进展情况", issue.progress, _LITTLE_PEN))
    if issue.lost_points is not None:
        rows += pair_rows([Pair("关联失分", f"{shown(issue.lost_points)} 分（仅作记录）", wide=True)])
    yield from grid_blocks(pair_widths(FILE_WIDTH, _SHARE), rows, FILE_WIDTH)
    yield Paragraph("请按上述时限整改，整改完成后填报完成情况并附佐证，由责任人以外的人员验证后销号。", NOTE)
    yield _signed(
        ("检查组签字：", day_or_pen(issue.fed_back_on)),
        ("责任人签收：", day_or_pen(issue.acknowledged_on)),
    )


def _found(matter: IssueMatter) -> Iterator[Pair]:
    """Where the problem comes from, what it is and who answers for it."""
    issue = matter.issue
    yield Pair("问题来源", matter.source)
    yield Pair("发现日期", _day(issue.found_on))
    if matter.found_at:
        yield Pair("检查项目", matter.found_at, wide=True)
    yield Pair("问题描述", issue.text, long=True)
    yield Pair("依据条款", issue.basis, wide=True)
    yield Pair("责任人", issue.responsible)
    yield Pair("协助人", issue.assistant)


def _room(label: str, text: str, height: float) -> list[GridCell]:
    """A row for sentences, with room to write them."""
    return [GridCell(label, label=True), GridCell(text, long=bool(text), height=height)]


def _day(text: str) -> str:
    return spelled_day(text) if text else ""


def _signed(*places: tuple[str, str]) -> Together:
    """Lines to sign, each with its day, on the page of what they are about."""
    styles = (SIGNED, *(replace(SIGNED, before=8.0),) * (len(places) - 1))
    lines = zip(styles, places, strict=True)
    return Together(tuple(Signatures(place, style) for style, place in lines), with_previous=True)


def _slip(matter: IssueMatter, verified: Verification | None) -> Iterator[Block]:
    issue = matter.issue
    number = number_text(verified.year, verified.number) if verified else number_text(issue.year, None)
    yield from _title(matter, _SLIP, number)
    rows = list(pair_rows(_asked(matter)))
    rows.append(_room("整改措施", issue.measures, _LITTLE_PEN))
    rows += pair_rows(_deadline(matter))
    rows.append(_room("整改结果", issue.result, _LITTLE_PEN))
    rows += pair_rows([Pair("佐证材料", listed_files(matter.files), wide=True)])
    opinion = verified.opinion if verified is not None else ""
    rows.append(_room("验证意见", opinion, _PEN))
    rows += pair_rows(
        [
            Pair("验证结论", _outcome(verified), wide=True),
            Pair("验证人", verified.verifier if verified is not None else ""),
            Pair("验证日期", _day(verified.on) if verified is not None else ""),
        ]
    )
    yield from grid_blocks(pair_widths(FILE_WIDTH, _SHARE), rows, FILE_WIDTH)
    if verified is not None and not verified.passed:
        yield Paragraph("验证没有通过，问题重新整改，另定时限。", NOTE)
    earlier = _earlier(issue, verified)
    if earlier:
        yield Paragraph(f"此前的验证：{'；'.join(earlier)}。", NOTE)
    on = verified.on if verified is not None else ""
    yield _signed(("责任人签字：", DAY_FOR_THE_PEN), ("验证人签字：", day_or_pen(on)))


def _asked(matter: IssueMatter) -> Iterator[Pair]:
    """Which problem it was and who had to put it right."""
    issue = matter.issue
    order = number_text(issue.year, issue.number) if issue.number is not None else ""
    yield Pair("整改通知单", order)
    yield Pair("问题来源", matter.source)
    if matter.found_at:
        yield Pair("检查项目", matter.found_at, wide=True)
    yield Pair("问题描述", issue.text, long=True)
    yield Pair("责任人", issue.responsible)
    yield Pair("协助人", issue.assistant)


def _deadline(matter: IssueMatter) -> Iterator[Pair]:
    """Until when it had to be done, and when it was."""
    issue = matter.issue
    yield Pair("整改时限", _day(issue.due_on))
    late = f"（逾期 {matter.overdue} 天）" if matter.overdue > 0 else ""
    yield Pair("完成日期", f"{_day(issue.done_on)}{late}")


def listed_files(names: Sequence[str]) -> str:
    """File names one below the other, numbered where there are several."""
    if len(names) < 2:
        return "".join(names)
    return "\n".join(f"{number}.{name}" for number, name in enumerate(names, start=1))


def _outcome(verified: Verification | None) -> str:
    """The two boxes, one of them ticked where it was decided."""
    passed = verified.passed if verified is not None else None
    return (
        f"{_TICK if passed else _BOX} 通过，销号　　　　{_TICK if passed is False else _BOX} 不通过，重新整改"
    )


def _earlier(issue: Issue, verified: Verification | None) -> list[str]:
    """The verifications before this one, in short."""
    found = []
    for one in issue.verifications:
        if one == verified:
            break
        outcome = "通过" if one.passed else "不通过"
        found.append(f"{spelled_day(one.on)}由{one.verifier}验证，{outcome}")
    return found
