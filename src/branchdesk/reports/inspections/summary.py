"""季度小结: what an inspection came to, where points were lost, and what becomes of the problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from branchdesk.documents.model import (
    Align,
    Bar,
    Bars,
    Block,
    Column,
    Document,
    Paragraph,
    Running,
    Signatures,
    Table,
    Together,
)
from branchdesk.domain.inspections.comparing import Compared, Comparison
from branchdesk.domain.inspections.issues import Issue, IssueState
from branchdesk.domain.inspections.rectification import LABELS, overdue_days, state_of
from branchdesk.domain.inspections.scoring import LineScore, shown
from branchdesk.domain.inspections.totals import SectionTotal
from branchdesk.reports.inspections.ledger import short_day
from branchdesk.reports.inspections.matter import InspectionMatter
from branchdesk.reports.inspections.notes import conversion_text, so_far_text
from branchdesk.reports.inspections.page_styles import (
    FIGURE,
    FILE_PAGE,
    FILE_TITLE,
    HEAD,
    HEADING,
    SECTION,
    SECTION_FIGURE,
    SIGNED,
    SUBTITLE,
    TEXT,
    WORDS,
)
from branchdesk.reports.inspections.ruled_pages import RuledCell, RuledRow, RuledTable, ruled_pages
from branchdesk.reports.inspections.wording import DAY_FOR_THE_PEN, deduction_text
from branchdesk.reports.meetings.wording import chinese_number, spelled_day
from branchdesk.reports.roster import padded_name

_ABOVE_TABLE = replace(TEXT, after=3.0)
_SIZES = (10.5, 10.0, 9.5, 9.0)
_NOTHING = "—"
_LOST = (
    Column("序号", 0.8, fits="A00"),
    Column("检查内容", 3.0, Align.LEFT, fits="十个汉字的检查内容"),
    Column("分值", 0.8, fits="00"),
    Column("扣分", 0.8, fits="00.00"),
    Column("原因", 5.0, Align.LEFT),
)
_COMPARED, _POINTS = ("检查内容", 53.0), ("分值", 16.0)
_FIGURES = 96.0  # millimetres for the columns of figures, which share them
_ISSUES = (
    Column("序号", 0.8, fits="00"),
    Column("问题", 4.0, Align.LEFT, fits="十个汉字的问题"),
    Column("责任人", 1.4, fits="四字姓名"),
    Column("整改措施", 3.5, Align.LEFT, fits="八个汉字的宽度"),
    Column("时限", 1.6, fits="0000.00.00"),
    Column("状态", 1.4, fits="已整改待验证"),
)


def summary_document(matter: InspectionMatter, compared: Sequence[Comparison] = ()) -> Document:
    """The summary as a paper of the branch; `compared` sets it beside earlier inspections."""
    title = f"{matter.occasion}小结"
    return Document(
        title,
        matter.made_on,
        tuple(_blocks(matter, title, compared)),
        page=FILE_PAGE,
        author=matter.organisation,
        running=Running(outer_foot=True),
        watermark=matter.watermark,
    )


def _blocks(matter: InspectionMatter, title: str, compared: Sequence[Comparison]) -> Iterator[Block]:
    yield Paragraph(title, FILE_TITLE, keep_with_next=True)
    yield Paragraph(matter.organisation, SUBTITLE, keep_with_next=True)
    parts: list[tuple[str, list[Block]]] = [
        ("总体情况", list(_whole(matter))),
        ("各部分得分", [_chart(matter)]),
        ("失分情况", list(_lost(matter))),
        ("对照情况", list(_comparison(matter, compared))),
        ("问题和整改", list(_issues(matter))),
    ]
    said = [(heading, blocks) for heading, blocks in parts if blocks]
    for number, (heading, blocks) in enumerate(said, start=1):
        yield Paragraph(f"{chinese_number(number)}、{heading}", HEADING, keep_with_next=True)
        yield from blocks
    places = ("填写人：", "党支部书记：", DAY_FOR_THE_PEN)
    yield Together((Signatures(places, SIGNED),), with_previous=True)


# ---- the whole


def _whole(matter: InspectionMatter) -> Iterator[Paragraph]:
    """Who inspected, what it came to, what was left out or failed, and what is still missing."""
    own, total = matter.sheet.self_total, matter.total
    met = []
    leader, day = matter.role("leader"), matter.role("inspected_on")
    if matter.is_checked:
        by = f"以{leader}为组长的检查组" if leader else "检查组"
        met.append(f"{f'{day}，' if day else ''}{by}对{matter.organisation}进行了{matter.occasion}")
    else:
        met.append(f"{matter.organisation}对照检查表进行了{matter.period}自查")
    counted = [one for one in _final(matter) if one.counts]
    met.append(f"共检查{len(counted)}项")
    scores = f"自评{shown(own.score)}分"
    if matter.is_checked:
        grade = f"，等次为{total.grade.label}" if total.grade is not None else ""
        scores += f"，考核得{shown(total.score)}分{grade}"
    yield Paragraph(f"{'，'.join(met)}。{scores}。", TEXT)
    rest = [conversion_text(total)] if total.is_projected else []
    rest += [f"“{one.title}”被一票否决。" for one in total.vetoed]
    if total.empty:
        rest.append(f"还有{total.empty}项没有得分，按已有得分的项目折算为{shown(total.filled_score)}分。")
    rest.append(so_far_text(matter))
    if any(rest):
        yield Paragraph("".join(rest), TEXT)


def _final(matter: InspectionMatter) -> list[LineScore]:
    return [matter.final(one) for one in matter.indicators()]


def _chart(matter: InspectionMatter) -> Bars:
    """A bar for every section that has points, as long as the share of its points that it earned."""
    sections = [one for one in matter.total.sections if one.base]
    scored = {one.indicator.section for one in _final(matter) if one.counts and one.score is not None}
    return Bars(
        tuple(
            Bar(one.title, one.earned, one.base, _share(one) if one.id in scored else "还没有评分")
            for one in sections
        )
    )


def _share(section: SectionTotal) -> str:
    return f"{shown(section.earned)}/{shown(section.base)}"


def _lost(matter: InspectionMatter) -> Iterator[Block]:
    """The lines that lost points, the most first."""
    lines = [one for one in matter.indicators() if matter.final(one).lost]
    if not lines:
        yield Paragraph("各项均没有扣分。", TEXT)
        return
    lost = sum((matter.final(one).lost for one in lines), Decimal(0))
    said = f"有{len(lines)}项扣分，共扣{shown(lost)}分。"
    yield Paragraph(said, _ABOVE_TABLE, keep_with_next=True)
    lines.sort(key=lambda one: -matter.final(one).lost)
    rows = tuple(
        (
            one.number,
            one.title,
            shown(one.points),
            shown(matter.final(one).lost),
            deduction_text(matter, one, only_lost=True),
        )
        for one in lines
    )
    yield Table(_LOST, rows, _SIZES)


# ---- beside earlier ones


def _comparison(matter: InspectionMatter, compared: Sequence[Comparison]) -> Iterator[Block]:
    """The sections and the whole beside the last period and the one of a year ago, where there is one."""
    rows = [one for one in compared if one.kind is not Compared.LINE and _says_something(one)]
    columns: list[tuple[str, Callable[[Comparison], str]]] = [("本期", lambda one: _figure(one.now))]
    if any(one.before is not None for one in rows):
        columns += [("上期", lambda one: _figure(one.before)), ("比上期", lambda one: _signed(one.change))]
    if any(one.year_ago is not None for one in rows):
        columns.append(("去年同期", lambda one: _figure(one.year_ago)))
        columns.append(("比去年", lambda one: _signed(one.change_of_year)))
    if len(columns) == 1:
        return
    if matter.total.empty:
        said = f"本期还有{matter.total.empty}项没有得分，没有评完的部分不作比较。"
        yield Paragraph(said, _ABOVE_TABLE, keep_with_next=True)
    labels = [_COMPARED, _POINTS, *((label, round(_FIGURES / len(columns), 2)) for label, _of in columns)]
    head = RuledRow(tuple(RuledCell(label, style=HEAD) for label, _width in labels))
    body = tuple(_compared(one, [of(one) for _label, of in columns]) for one in rows)
    table = RuledTable(tuple(width for _label, width in labels), (head,), body)
    yield from ruled_pages(table, FILE_PAGE)


def _says_something(one: Comparison) -> bool:
    """Whether a section has points, or ever earned some: that of the vetoes has none."""
    return bool(one.points or one.now or one.before or one.year_ago)


def _compared(one: Comparison, figures: Iterable[str]) -> RuledRow:
    is_total = one.kind is Compared.TOTAL
    style = SECTION_FIGURE if is_total else FIGURE
    title = RuledCell("总分" if is_total else one.title, style=SECTION if is_total else WORDS)
    cells = (RuledCell(text, style=style) for text in (shown(one.points), *figures))
    return RuledRow((title, *cells), 7.5)


def _figure(points: Decimal | None) -> str:
    return _NOTHING if points is None else shown(points)


def _signed(points: Decimal | None) -> str:
    """A difference with its sign."""
    if points is None:
        return _NOTHING
    return f"{'+' if points > 0 else ''}{shown(points)}"


# ---- problems


def _issues(matter: InspectionMatter) -> Iterator[Block]:
    """How many problems were found and how far they have come, then each of them."""
    found = matter.sheet.issues
    if not found:
        yield Paragraph("本次检查没有登记问题。", TEXT)
        return
    states = [state_of(one) for one in found]
    done = sum(one is IssueState.VERIFIED for one in states)
    late = sum(bool(overdue_days(one, matter.sheet.today)) for one in found)
    day = spelled_day(matter.made_on.isoformat())
    said = f"截至{day}，共登记问题{len(found)}个，已验证销号{done}个"
    said += f"，逾期{late}个。" if late else "。"
    yield Paragraph(said, _ABOVE_TABLE, keep_with_next=True)
    yield Table(_ISSUES, tuple(_issue_row(n, one) for n, one in enumerate(found, start=1)), _SIZES)


def _issue_row(number: int, issue: Issue) -> tuple[str, ...]:
    return (
        str(number),
        issue.text,
        padded_name(issue.responsible),
        issue.measures,
        short_day(issue.due_on),
        LABELS[state_of(issue)],
    )
