"""问题台账: problems with their rectification and verification, one line each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from branchdesk.documents.model import (
    A4_LANDSCAPE,
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
from branchdesk.domain.inspections.issues import Issue, IssueState
from branchdesk.domain.inspections.rectification import LABELS, last_verification, state_of
from branchdesk.domain.inspections.scoring import shown
from branchdesk.partial_dates import PartialDate
from branchdesk.reports.inspections.page_styles import LINE, SIGNED, TITLE
from branchdesk.reports.inspections.rectification import number_text
from branchdesk.reports.inspections.wording import DAY_FOR_THE_PEN
from branchdesk.reports.roster import padded_name

_SIZES = (9.5, 9.0, 8.5, 8.0, 7.5)
_COLUMNS = (
    Column("序号", 0.7, fits="000"),
    Column("整改单号", 1.3, fits="〔0000〕00号"),
    Column("来源", 2.0, Align.LEFT, fits="五个汉字宽"),
    Column("问题描述", 5.0, Align.LEFT, fits="八个汉字的宽度"),
    Column("发现日期", 1.2, fits="0000.00.00"),
    Column("责任人", 1.2, fits="四字姓名"),
    Column("整改措施", 4.5, Align.LEFT, fits="八个汉字的宽度"),
    Column("整改时限", 1.2, fits="0000.00.00"),
    Column("完成日期", 1.2, fits="0000.00.00"),
    Column("验证人", 1.2, fits="四字姓名"),
    Column("验证日期", 1.2, fits="0000.00.00"),
    Column("状态", 1.2, fits="重新整改"),
    Column("逾期天数", 0.8, fits="000"),
    Column("关联失分", 0.8, fits="00.0"),
)


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One problem in the ledger: `found_at` says where it was found in words, `overdue` counts days."""

    issue: Issue
    found_at: str
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a ledger lists: whose problems, of when (`narrowed`, in words), as of which day."""

    organisation: str
    lines: tuple[LedgerLine, ...]
    made_on: date
    narrowed: str = ""

    @property
    def title(self) -> str:
        """The title of the list."""
        return f"{self.organisation}问题整改台账"


def ledger_document(ledger: Ledger) -> Document:
    """The ledger as A4 landscape; the places to sign stay with its last lines."""
    day = f"截至日期：{PartialDate.of(ledger.made_on).spelled()}"
    ending = (
        Paragraph(ledger_totals(ledger.lines), LINE),
        Signatures(("填表人：", "审核人：", DAY_FOR_THE_PEN), SIGNED),
    )
    return Document(
        ledger.title,
        ledger.made_on,
        (
            Paragraph(ledger.title, TITLE, keep_with_next=True),
            Ends(f"范围：{ledger.narrowed or '全部问题'}", day, LINE, keep_with_next=True),
            Table(_COLUMNS, tuple(ledger_rows(ledger.lines)), _SIZES),
            Together(ending, with_previous=True),
        ),
        page=A4_LANDSCAPE,
        author=ledger.organisation,
        running=Running(),
    )


def ledger_totals(lines: Sequence[LedgerLine]) -> str:
    """How many problems there are and how far they have come."""
    states = [state_of(line.issue) for line in lines]
    counts = [(LABELS[state], states.count(state)) for state in IssueState]
    said = "，".join(f"{label}{count}个" for label, count in counts if count)
    late = sum(line.overdue > 0 for line in lines)
    return f"共{len(lines)}个问题{f'，其中{said}' if said else ''}{f'；逾期{late}个' if late else ''}。"


def ledger_rows(lines: Iterable[LedgerLine]) -> Iterable[tuple[str, ...]]:
    """The lines as texts, in the order of the columns."""
    for number, line in enumerate(lines, start=1):
        issue = line.issue
        last = last_verification(issue)
        yield (
            str(number),
            number_text(issue.year, issue.number) if issue.number is not None else "",
            line.found_at,
            issue.text,
            short_day(issue.found_on),
            padded_name(issue.responsible),
            issue.measures,
            short_day(issue.due_on),
            short_day(issue.done_on),
            padded_name(last.verifier) if last is not None else "",
            short_day(last.on) if last is not None else "",
            LABELS[state_of(issue)],
            str(line.overdue) if line.overdue > 0 else "",
            shown(issue.lost_points),
        )


def short_day(text: str) -> str:
    """An ISO date as lists have it: 2026.11.24."""
    day = PartialDate.read(text)
    return day.shown() if day is not None else text
