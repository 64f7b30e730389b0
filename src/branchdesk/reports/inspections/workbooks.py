"""Inspections as workbooks: the sheet with everything that was written on it, and the ledger of problems."""

from __future__ import annotations

from collections.abc import Iterator

from branchdesk.documents.model import Align
from branchdesk.documents.xlsx import TableColumn, WorkbookTable
from branchdesk.domain.inspections.model import Indicator, Stage
from branchdesk.domain.inspections.rectification import LABELS, last_verification, state_of
from branchdesk.domain.inspections.scoring import LINE_LABELS, shown
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.i18n import speaking_chinese
from branchdesk.reports.inspections.ledger import Ledger, ledger_totals, short_day
from branchdesk.reports.inspections.matter import InspectionMatter
from branchdesk.reports.inspections.notes import notes_of
from branchdesk.reports.inspections.rectification import number_text
from branchdesk.reports.inspections.sheet import head_pairs, title_text, worth
from branchdesk.reports.inspections.wording import deduction_text, evidence_title, score_text, standard_text
from branchdesk.reports.meetings.wording import spelled_day
from branchdesk.services.inspections.proofs import proofs_of

_LEFT = Align.LEFT
_SHEET = (
    TableColumn("序号", 6),
    TableColumn("部分", 14, align=_LEFT),
    TableColumn("检查内容", 26, align=_LEFT),
    TableColumn("分值", 6, is_number=True),
    TableColumn("扣分标准", 20, align=_LEFT),
    TableColumn("计划", 20, align=_LEFT),
    TableColumn("记录", 20, align=_LEFT),
    TableColumn("自评分", 8, is_number=True),
    TableColumn("考核得分", 10, is_number=True),
    TableColumn("扣分及原因", 34, align=_LEFT),
    TableColumn("检查方法", 10),
    TableColumn("检查人", 10),
    TableColumn("检查日期", 12),
    TableColumn("应有佐证", 14, align=_LEFT),
    TableColumn("佐证", 34, align=_LEFT),
    TableColumn("责任人", 10),
    TableColumn("状态", 9),
)
_SECTIONS = (
    TableColumn("部分", 26, align=_LEFT),
    TableColumn("分值", 8, is_number=True),
    TableColumn("适用分值", 10, is_number=True),
    TableColumn("得分", 10, is_number=True),
)
_LEDGER = (
    TableColumn("序号", 6, is_number=True),
    TableColumn("整改单号", 14),
    TableColumn("来源", 18, align=_LEFT),
    TableColumn("问题描述", 26, align=_LEFT),
    TableColumn("依据条款", 16, align=_LEFT),
    TableColumn("发现日期", 12),
    TableColumn("反馈日期", 12),
    TableColumn("签收日期", 12),
    TableColumn("责任人", 10),
    TableColumn("协助人", 10),
    TableColumn("整改措施", 26, align=_LEFT),
    TableColumn("整改时限", 12),
    TableColumn("进展", 18, align=_LEFT),
    TableColumn("完成日期", 12),
    TableColumn("整改结果", 22, align=_LEFT),
    TableColumn("验证人", 10),
    TableColumn("验证日期", 12),
    TableColumn("验证意见", 18, align=_LEFT),
    TableColumn("状态", 12),
    TableColumn("逾期天数", 9, is_number=True),
    TableColumn("关联失分", 9, is_number=True),
)


def sheet_tables(matter: InspectionMatter) -> Iterator[WorkbookTable]:
    """An inspection: its lines with all that stands on them, the sums of its sections, and its problems."""
    sections = {section: title for section, title, _lines in matter.sections()}
    rows = [_line_row(matter, one, sections[one.section]) for one in matter.indicators()]
    above = "　　".join(f"{pair.label}：{pair.text}" for pair in head_pairs(matter))
    notes = tuple(notes_of(matter))
    yield WorkbookTable("检查表", _SHEET, rows, matter.title, (above,), notes, is_large=True)
    total = matter.total
    sums = [(one.title, shown(one.points), shown(one.base), shown(one.earned)) for one in total.sections]
    sums.append(("总分（含加分）", shown(total.full), shown(total.base), shown(total.score)))
    yield WorkbookTable("得分汇总", _SECTIONS, sums, f"{matter.occasion}得分汇总")


def _line_row(matter: InspectionMatter, indicator: Indicator, section: str) -> tuple[str, ...]:
    answer = matter.inspection.answer(indicator.id)
    with speaking_chinese():
        method = shipped_dictionaries()["check_method"].shown(answer.check.method)
    titles = [evidence_title(one) for one in proofs_of(matter.sheet, indicator.id) if one.proves]
    return (
        indicator.number,
        section,
        title_text(indicator),
        worth(indicator).removeprefix("+"),
        standard_text(indicator),
        answer.plan,
        answer.record,
        score_text(matter, indicator, Stage.SELF),
        score_text(matter, indicator, Stage.CHECK),
        deduction_text(matter, indicator),
        method,
        answer.check.by,
        short_day(answer.check.on),
        indicator.proof,
        "\n".join(titles),
        indicator.post,
        LINE_LABELS[matter.final(indicator).state],
    )


def ledger_table(ledger: Ledger) -> WorkbookTable:
    """The ledger with every column of a problem."""
    return WorkbookTable(
        name="问题整改台账",
        columns=_LEDGER,
        rows=list(_ledger_rows(ledger)),
        title=ledger.title,
        above=(
            f"范围：{ledger.narrowed or '全部问题'}　　截至日期：{spelled_day(ledger.made_on.isoformat())}",
        ),
        below=(ledger_totals(ledger.lines),),
        is_large=True,
    )


def _ledger_rows(ledger: Ledger) -> Iterator[tuple[str, ...]]:
    for number, line in enumerate(ledger.lines, start=1):
        issue = line.issue
        last = last_verification(issue)
        yield (
            str(number),
            number_text(issue.year, issue.number) if issue.number is not None else "",
            line.found_at,
            issue.text,
            issue.basis,
            *map(short_day, (issue.found_on, issue.fed_back_on, issue.acknowledged_on)),
            issue.responsible,
            issue.assistant,
            issue.measures,
            short_day(issue.due_on),
            issue.progress,
            short_day(issue.done_on),
            issue.result,
            last.verifier if last is not None else "",
            short_day(last.on) if last is not None else "",
            last.opinion if last is not None else "",
            LABELS[state_of(issue)],
            str(line.overdue) if line.overdue > 0 else "",
            shown(issue.lost_points),
        )
