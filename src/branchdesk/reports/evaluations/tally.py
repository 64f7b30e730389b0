"""测评结果汇总表: the ballots of each batch as they went out and came back, and what they said of everybody.

Before both countings agree it is the empty sheet on which they are counted by hand. Where there are fewer
valid ballots than the rule asks for, it says so and gives no counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

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
from branchdesk.domain.evaluations.ballots import Tally
from branchdesk.domain.evaluations.model import Batch
from branchdesk.reports.evaluations.fitting import LOOSE, Closeness, longest_name, on_one_page
from branchdesk.reports.evaluations.matter import EvaluationMatter
from branchdesk.reports.evaluations.page_styles import FORM_TITLE, FORM_WIDTH, SIGNED
from branchdesk.reports.evaluations.wording import (
    DAY_FOR_THE_PEN,
    hidden_sentence,
    number_or_pen,
    reference_text,
    share,
)
from branchdesk.reports.inspections.heads import HeadPair, head_sheet
from branchdesk.reports.inspections.page_styles import LINE, NOTE, TEXT
from branchdesk.reports.roster import padded_name

_FOR_THE_PEN = Closeness(11.0)
_PLACES = ("计票人（签字）：", "计票人（签字）：", "监票人（签字）：", DAY_FOR_THE_PEN)
_ALL = "合计"


def tallies_document(matter: EvaluationMatter, batch: Batch | None = None) -> Document:
    """A page for the batch, or for every batch and then for all of them together."""
    batches = matter.evaluation.batches if batch is None else (batch,)
    blocks: list[Block] = []
    for one in batches:
        blocks += _page(matter, one.code, _heads(one), matter.tally(one), _counters(one))
    if len(batches) > 1 and matter.sheet.together.counted and not matter.sheet.together.hidden:
        blocks += _page(matter, _ALL, [], matter.sheet.together, [])
    return Document(
        f"{matter.ballot_name}结果汇总表",
        matter.made_on,
        tuple(blocks),
        page=matter.form_page,
        author=matter.organisation,
        running=Running(foot=matter.foot),
        watermark=matter.watermark,
    )


def _page(
    matter: EvaluationMatter, code: str, heads: list[HeadPair], tally: Tally, counters: list[HeadPair]
) -> Iterator[Block]:
    """The page of a batch, as close as it takes to be one page."""
    usual = LOOSE if tally.counted else _FOR_THE_PEN

    def set_close(closeness: Closeness) -> Sequence[Block]:
        return list(_set(matter, code, [*heads, *counters], tally, closeness))

    yield Part(code)
    yield from on_one_page(set_close, matter.form_page, usual)


def _set(
    matter: EvaluationMatter, code: str, pairs: list[HeadPair], tally: Tally, closeness: Closeness
) -> Iterator[Block]:
    yield Paragraph(f"{matter.ballot_name}结果汇总表", FORM_TITLE, keep_with_next=True)
    which = "全部批次合计" if code == _ALL else f"批次 {code}"
    yield Ends(matter.organisation, which, LINE, keep_with_next=True)
    if pairs:
        yield head_sheet(pairs, FORM_WIDTH, 3, closeness.head_row)
    signatures = Signatures(_PLACES, replace(SIGNED, before=closeness.signing))
    if tally.counted and tally.hidden:
        yield Paragraph(hidden_sentence(matter), TEXT)
        yield Together((signatures,), with_previous=True)
    else:
        yield Table(_columns(matter, tally), tuple(_rows(matter, tally)), closeness.sizes, closeness.row)
        yield Together((Paragraph(_note(matter, tally), NOTE), signatures), with_previous=True)


def _heads(batch: Batch) -> list[HeadPair]:
    """How the ballots went out and came back; for the pen what is not known yet."""
    return [
        HeadPair("发出票数", number_or_pen(batch.issued)),
        HeadPair("收回票数", number_or_pen(batch.returned)),
        HeadPair("未收回数", number_or_pen(batch.not_returned)),
        HeadPair("有效票数", number_or_pen(batch.valid)),
        HeadPair("废票数", number_or_pen(batch.spoiled)),
        HeadPair("收回率", share(batch.returned, batch.issued or 0) if batch.returned is not None else ""),
    ]


def _counters(batch: Batch) -> list[HeadPair]:
    """Who counted, the first and the second time."""
    found = [(label, batch.counting(number)) for number, label in ((1, "第一遍计票"), (2, "第二遍计票"))]
    return [HeadPair(label, one.counter) for label, one in found if one is not None]


def _columns(matter: EvaluationMatter, tally: Tally) -> tuple[Column, ...]:
    is_many = matter.is_of_people
    name = longest_name(matter.sheet.on_ballot)
    return (
        *((Column("序号", 0.8, fits="000"),) if is_many else ()),
        Column("姓名" if is_many else "测评对象", 1.8 if is_many else 3.0, fits=name),
        *(Column(one.title, 1.2, fits="基本合格") for one in matter.scheme.grades),
        Column("未评", 0.9, fits="未评"),
        *((Column("参考分", 1.1, Align.CENTRE, fits="100.0"),) if tally.counted else ()),
    )


def _rows(matter: EvaluationMatter, tally: Tally) -> Iterator[tuple[str, ...]]:
    for number, subject in enumerate(matter.sheet.on_ballot, start=1):
        row = tally.rows.get(subject.uid)
        votes = ["" if row is None else str(row.counts.get(one.code, 0)) for one in matter.scheme.grades]
        blank = "" if row is None else str(row.blank)
        first = (str(number),) if matter.is_of_people else ()
        scored = (reference_text(row),) if tally.counted else ()
        yield (*first, padded_name(subject.name), *votes, blank, *scored)


def _note(matter: EvaluationMatter, tally: Tally) -> str:
    if not tally.counted:
        return "注：用画“正”字的方法计票，由两人各计一遍。每人各等次票数与未评票数之和，应等于有效票数。"
    worth = "、".join(f"{one.title} {one.value:f}" for one in matter.scheme.grades)
    return (
        f"注：1.每人各等次票数与未评票数之和等于有效票 {tally.valid} 张。"
        f"2.参考分按{worth}计算每票的平均分，未评的不计入。"
        "3.票数和参考分供评定时参考，等次由组织研究确定。"
    )
