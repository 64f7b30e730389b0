"""支部班子测评表: the ballots on a committee or its secretary, with what was said and promised."""

from __future__ import annotations

from collections.abc import Iterator

from branchdesk.documents.model import Block, Cell, Document, Ends, Paragraph, Running, Sheet, Text
from branchdesk.domain.evaluations.model import Subject
from branchdesk.reports.evaluations.matter import EvaluationMatter, spelled
from branchdesk.reports.evaluations.page_styles import (
    FORM_FIGURE,
    FORM_HEAD,
    FORM_LABEL,
    FORM_LINE,
    FORM_SMALL,
    FORM_TEXT,
    FORM_TITLE,
    FORM_VALUE,
    FORM_WIDTH,
)
from branchdesk.reports.evaluations.wording import hidden_sentence, share
from branchdesk.reports.roster import padded_name

_LABEL = 27.0
_FACT, _COUNT, _OPINION = 10.0, 11.0, 50.0
_SEALED = ("（盖章）　　 ", "年　　　月　　　日")
_SECRETARY = ("党支部书记（签字）：　　　　　　　　　　", _SEALED[1])
_COUNTERS = "计票人（签字）：　　　　　　　　监票人（签字）：　　　　　　"
_COLUMNS = 6


def committee_document(matter: EvaluationMatter) -> Document:
    """The form of one page with heads, votes, opinions and measures, signed and sealed."""
    title = f"{matter.ballot_name}表"
    cells: list[Cell] = []
    heights: list[float] = []
    for row, (height, made) in enumerate(_rows(matter)):
        heights.append(height)
        cells += [_at(row, one) for one in made]
    widths = (_LABEL, *(round((FORM_WIDTH - _LABEL) / (_COLUMNS - 1), 2),) * (_COLUMNS - 1))
    whose = f"{matter.organisation}　{matter.occasion}"
    blocks: tuple[Block, ...] = (
        Paragraph(title, FORM_TITLE, keep_with_next=True),
        Ends(f"党组织：{matter.organisation}", f"{matter.year} 年度", FORM_LINE, keep_with_next=True),
        Sheet(widths, tuple(heights), tuple(cells), f"{title}附页", whose),
    )
    return Document(
        title,
        matter.made_on,
        blocks,
        page=matter.form_page,
        author=matter.organisation,
        running=Running(foot=""),
        watermark=matter.watermark,
    )


def _at(row: int, one: Cell) -> Cell:
    return Cell(
        row,
        one.column,
        one.content,
        columns=one.columns,
        style=one.style,
        at_top=one.at_top,
        called=one.called,
        foot=one.foot,
    )


def _rows(matter: EvaluationMatter) -> Iterator[tuple[float, list[Cell]]]:
    yield from _facts(matter)
    yield from _heads(matter)
    for subject in matter.sheet.on_ballot:
        yield from _votes(matter, subject)
    yield _COUNT, [_label("计　票"), Cell(0, 1, _COUNTERS, columns=5, style=FORM_VALUE)]
    for label, text, foot in _texts(matter):
        yield _OPINION, [_label(label), _long(text, label, foot)]


def _label(text: str) -> Cell:
    return Cell(0, 0, text, style=FORM_LABEL)


def _long(text: Text, label: str, foot: tuple[str, ...]) -> Cell:
    called = "".join(label.split())
    return Cell(0, 1, text, columns=5, style=FORM_TEXT, at_top=True, called=called, foot=foot)


def _facts(matter: EvaluationMatter) -> Iterator[tuple[float, list[Cell]]]:
    """When and where it was held, who is rated."""
    day = spelled(matter.day("held_on"))
    meeting = matter.value("meeting_ref")
    whom = "、".join(padded_name(one.name) for one in matter.sheet.on_ballot)
    # A committee stands on its ballots as one; who is in it only the head says.
    members = matter.value("committee_members") if matter.scheme.of == "committee" else whom
    for label, text in (("测评会议", meeting), ("测评时间", day), (_who(matter), members)):
        yield _FACT, [_label(label), Cell(0, 1, text, columns=5, style=FORM_VALUE, called=label)]


def _who(matter: EvaluationMatter) -> str:
    return "班子成员" if matter.scheme.of == "committee" else "述职人"


def _heads(matter: EvaluationMatter) -> Iterator[tuple[float, list[Cell]]]:
    batches = [one for one in matter.evaluation.batches if not one.part]

    def total(of: str) -> str:
        known = [getattr(one, of) for one in batches]
        return "" if not known or None in known else str(sum(known))

    labels = ("发出票数", "收回票数", "未收回数", "有效票数", "废票数")
    figures = (total("issued"), total("returned"), total("not_returned"), total("valid"), total("spoiled"))
    yield 8.0, [_label("测评票"), *_row_of(labels, is_head=True)]
    yield _COUNT, [_label("张　数"), *_row_of(figures)]


def _row_of(texts: tuple[str, ...], *, is_head: bool = False) -> list[Cell]:
    """Five cells beside the label; the last takes what is left."""
    style = FORM_HEAD if is_head else FORM_FIGURE
    made = [Cell(0, 1 + place, text, style=style) for place, text in enumerate(texts[:5])]
    lacking = _COLUMNS - 1 - len(made)
    if lacking > 0:
        last = made.pop()
        made.append(Cell(0, last.column, last.content, columns=1 + lacking, style=style))
    return made


def _votes(matter: EvaluationMatter, subject: Subject) -> Iterator[tuple[float, list[Cell]]]:
    together = matter.sheet.together
    if together.counted and together.hidden:
        text = hidden_sentence(matter)
        yield 14.0, [_label("测评结果"), Cell(0, 1, text, columns=5, style=FORM_SMALL)]
        return
    row = matter.votes(subject)
    grades = matter.scheme.grades
    yield 8.0, [_label("等　次"), *_row_of((*(one.title for one in grades), "未评"), is_head=True)]
    votes = tuple("" if row is None else str(row.counts.get(one.code, 0)) for one in grades)
    yield _COUNT, [_label("票　数"), *_row_of((*votes, "" if row is None else str(row.blank)))]
    shares = tuple(
        "" if row is None else share(row.counts.get(one.code, 0), together.valid) for one in grades
    )
    blank = "" if row is None else share(row.blank, together.valid)
    yield _COUNT, [_label("占有效票"), *_row_of((*shares, blank))]


def _texts(matter: EvaluationMatter) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """What was said, what is done about it, and what the superior says."""
    yield "主　要\n意　见\n和建议", matter.value("opinions"), ()
    yield "整　改\n措　施", matter.value("measures"), _SECRETARY
    yield "上　级\n党组织\n意　见", matter.value("superior_comment"), _SEALED
