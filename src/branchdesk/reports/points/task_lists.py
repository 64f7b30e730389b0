"""共性清单 and 个性清单: the obligations of everybody, and the tasks to claim with those who claimed them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from branchdesk.documents.model import (
    Align,
    Block,
    Column,
    Document,
    Ends,
    Paragraph,
    Part,
    Running,
    Signatures,
    Table,
    Together,
)
from branchdesk.domain.points.ledger import STATE_LABELS, reversals
from branchdesk.domain.points.model import PointEntry, PointRule
from branchdesk.reports.inspections.page_styles import FILE_TITLE, LINE, NOTE, SHEET_PAGE
from branchdesk.reports.inspections.wording import DAY_FOR_THE_PEN
from branchdesk.reports.points.matter import Account, PointsMatter
from branchdesk.reports.points.page_styles import POSTED_PAGE, SIGNED
from branchdesk.reports.points.wording import caps_text, day_text, signed_text, standard_text
from branchdesk.reports.roster import padded_name

_SIZES = (10.5, 10.0, 9.5, 9.0)
_DUTY_ROW, _CLAIM_ROW = 9.0, 8.5
_DUTIES = (
    Column("编号", 0.9, fits="10.10"),
    Column("内容", 5.0, Align.LEFT, fits="八个汉字的宽度"),
    Column("类别", 1.2, fits="基础分"),
    Column("计分标准", 2.4, Align.LEFT, fits="每次扣 10 分"),
    Column("上限", 3.0, Align.LEFT, fits="每月最多 10 分"),
    Column("佐证", 0.9, fits="需要"),
)
_TASKS = (
    Column("编号", 0.8, fits="10.10"),
    Column("任务", 3.4, Align.LEFT, fits="八个汉字的宽度"),
    Column("计分标准", 2.6, Align.LEFT, fits="全年最多 100 分"),
    Column("佐证", 0.7, fits="需要"),
    Column("认领人", 2.6, Align.LEFT, fits="四字姓名、四字姓名"),
    Column("完成情况", 5.2, Align.LEFT, fits="四字姓名 10月10日 +10；"),
    Column("审核人", 1.3, fits="四字姓名"),
)
_REVERSED = "已冲正"


def duty_list_document(matter: PointsMatter) -> Document:
    """The list of common obligations, for the board."""
    return _document(matter, f"{matter.scheme_name}共性清单", tuple(_duty_blocks(matter)), is_upright=True)


def task_list_document(matter: PointsMatter) -> Document:
    """The list of tasks that members may claim, with those who did, and room for more."""
    title = f"{matter.year}年{matter.scheme_name}个性清单"
    return _document(matter, title, tuple(_task_blocks(matter)), is_upright=False)


def both_lists_document(matter: PointsMatter) -> Document:
    """Both lists one behind the other, as a scheme is shown that nobody uses yet."""
    blocks: list[Block] = []
    if matter.scheme.duties:
        blocks += [Part("共性清单"), *_duty_blocks(matter)]
    if matter.scheme.tasks:
        blocks += [Part("个性清单"), *_task_blocks(matter)]
    return _document(matter, matter.scheme.title, tuple(blocks), is_upright=False)


def _document(matter: PointsMatter, title: str, blocks: tuple[Block, ...], *, is_upright: bool) -> Document:
    return Document(
        title,
        matter.made_on,
        blocks,
        page=POSTED_PAGE if is_upright else SHEET_PAGE,
        author=matter.organisation,
        running=Running(),
    )


def _duty_blocks(matter: PointsMatter) -> Iterator[Block]:
    rows = tuple(
        (
            one.number,
            one.title,
            matter.scheme.bucket(one.bucket).title,
            standard_text(one),
            caps_text(one),
            _proof(one),
        )
        for one in matter.scheme.duties
    )
    yield from _heading(matter, f"{matter.scheme_name}共性清单")
    yield Table(_DUTIES, rows, _SIZES, _DUTY_ROW)
    yield from _ending(f"共 {len(rows)} 项，全体党员都要做到。按{matter.rule_version}。")


def _task_blocks(matter: PointsMatter) -> Iterator[Block]:
    claims, tasks = _claims(matter.accounts), matter.scheme.tasks
    rows = tuple(_task_row(one, claims.get(one.id, [])) for one in tasks)
    count = sum(len(claims.get(one.id, [])) for one in tasks)
    claimed = f"已认领 {count} 人次，截至{matter.until_spelled}。" if count else ""
    yield from _heading(matter, f"{matter.scheme_name}个性清单")
    yield Table(_TASKS, rows, _SIZES, _CLAIM_ROW)
    yield from _ending(f"共 {len(tasks)} 项，党员自愿认领，完成后经审核记分。{claimed}")


def _heading(matter: PointsMatter, title: str) -> Iterator[Block]:
    yield Paragraph(title, FILE_TITLE, keep_with_next=True)
    yield Ends(matter.organisation, f"{matter.year}年度", LINE, keep_with_next=True)


def _ending(note: str) -> Iterator[Block]:
    places = ("填表人：", "党支部书记：", DAY_FOR_THE_PEN)
    yield Together((Paragraph(note, NOTE), Signatures(places, SIGNED)), with_previous=True)


def _proof(rule: PointRule) -> str:
    return "需要" if rule.evidence else ""


# ---- claims


@dataclass(frozen=True, slots=True)
class _Claim:
    """A claimed task and what became of it, in words."""

    entry: PointEntry
    became: str


def _claims(accounts: Sequence[Account]) -> dict[str, list[_Claim]]:
    """The claims by rule, in the order of days."""
    found: dict[str, list[_Claim]] = {}
    for account in accounts:
        counted = {line.entry.uid: signed_text(line.counted) for line in account.tally.lines}
        void = reversals(account.entries())
        for one in account.claims():
            state = _REVERSED if one.uid in void else STATE_LABELS[one.state]
            became = f"{one.name} {day_text(one.on)} {counted.get(one.uid, state)}"
            found.setdefault(one.rule, []).append(_Claim(one, became))
    for claims in found.values():
        claims.sort(key=lambda each: (each.entry.on, each.entry.uid))
    return found


def _task_row(rule: PointRule, claims: Sequence[_Claim]) -> tuple[str, ...]:
    names = dict.fromkeys(one.entry.name for one in claims)
    reviewers = dict.fromkeys(one.entry.reviewer for one in claims if one.entry.reviewer)
    return (
        rule.number,
        rule.title,
        "，".join(part for part in (standard_text(rule), caps_text(rule)) if part),
        _proof(rule),
        "、".join(names),
        "；".join(one.became for one in claims),
        "、".join(map(padded_name, reviewers)),
    )
