"""述职述廉报告: the secretary's report, then the rating, the comment, and what is put right."""

from __future__ import annotations

from collections.abc import Iterator

from branchdesk.documents.model import Align, Block, Column, Document, Paragraph, Space, Table
from branchdesk.reports.evaluations.matter import EvaluationMatter, spelled
from branchdesk.reports.evaluations.wording import (
    heads_sentence,
    hidden_sentence,
    share,
)
from branchdesk.reports.meetings.page_styles import (
    OFFICIAL_CENTRED,
    OFFICIAL_HEADING,
    OFFICIAL_PAGE,
    OFFICIAL_RUNNING,
    OFFICIAL_TEXT,
    OFFICIAL_TITLE,
)
from branchdesk.reports.meetings.wording import chinese_number
from branchdesk.reports.roster import padded_name

_SIZES = (12.0, 11.0, 10.5, 10.0, 9.5)
_PEN_ROWS, _ROW = 4, 10.0
_NUMBER = Column("序号", 0.7, fits="00")
_REPORT, _COMMENT = "report", "comment"


def debrief_document(matter: EvaluationMatter) -> Document:
    """The report with its sections; for the pen where nothing was written."""
    return Document(
        debrief_title(matter),
        matter.made_on,
        tuple(_blocks(matter)),
        page=OFFICIAL_PAGE,
        author=matter.organisation,
        running=OFFICIAL_RUNNING,
        watermark=matter.watermark,
    )


def debrief_title(matter: EvaluationMatter) -> str:
    """The title: 2026年度党支部书记述职述廉报告."""
    return f"{matter.occasion}报告"


def reporter(matter: EvaluationMatter) -> str:
    """Who reports: the field of the head, else the first who is evaluated."""
    subjects = matter.evaluation.subjects
    return matter.value("reporter") or (subjects[0].name if subjects else "")


def _blocks(matter: EvaluationMatter) -> Iterator[Block]:
    yield Paragraph(debrief_title(matter), OFFICIAL_TITLE, keep_with_next=True)
    post = matter.value("party_post")
    who = "　".join(part for part in (matter.branch_name, post, padded_name(reporter(matter))) if part)
    yield Paragraph(who, OFFICIAL_CENTRED, keep_with_next=True)
    day = spelled(matter.day("held_on"))
    if day:
        yield Paragraph(f"（{day}）", OFFICIAL_CENTRED, keep_with_next=True)
    yield Space(8.0)
    for number, (heading, blocks) in enumerate((*_report(matter), *_after(matter)), start=1):
        yield Paragraph(f"{chinese_number(number)}、{heading}", OFFICIAL_HEADING, keep_with_next=True)
        yield from blocks


def _report(matter: EvaluationMatter) -> Iterator[tuple[str, list[Block]]]:
    for label, text in matter.long_texts(_REPORT):
        yield label, [Paragraph(line, OFFICIAL_TEXT) for line in text.split("\n")]


def _after(matter: EvaluationMatter) -> Iterator[tuple[str, list[Block]]]:
    """The rating, the comment of the superior, and the list of what is put right."""
    rated = list(_rating(matter))
    if rated:
        yield "民主测评结果", rated
    comments = matter.long_texts(_COMMENT)
    if comments:
        said: list[Block] = [Paragraph(text, OFFICIAL_TEXT) for _label, text in comments]
        by, day = matter.value("commented_by"), spelled(matter.day("commented_on"))
        if by or day:
            said.append(Paragraph(f"（{'，'.join(part for part in (by, day) if part)}）", OFFICIAL_TEXT))
        yield "上级党组织点评", said
    decided = [matter.grade_title(one.grade) for one in matter.graded() if one.grade]
    if decided:
        yield "评定等次", [Paragraph(f"上级党组织评定等次为“{decided[0]}”。", OFFICIAL_TEXT)]
    yield from _tables(matter)


def _rating(matter: EvaluationMatter) -> Iterator[Block]:
    heads = heads_sentence(matter.evaluation.batches)
    if heads:
        yield Paragraph(f"本次测评{heads}。", OFFICIAL_TEXT, keep_with_next=True)
    together = matter.sheet.together
    if together.counted and together.hidden:
        yield Paragraph(hidden_sentence(matter), OFFICIAL_TEXT)
        return
    rows = []
    for subject in matter.sheet.on_ballot:
        row = matter.votes(subject)
        if row is not None:
            counts = [(row.counts.get(one.code, 0)) for one in matter.scheme.grades]
            told = [f"{count} 票（{share(count, together.valid)}）" for count in (*counts, row.blank)]
            rows.append(tuple(told))
    if rows:
        labels = (*(one.title for one in matter.scheme.grades), "未评")
        columns = tuple(Column(label, 1.4, fits="00 票（100%）") for label in labels)
        yield Space(2.0)
        yield Table(columns, tuple(rows), _SIZES, _ROW)


def _tables(matter: EvaluationMatter) -> Iterator[tuple[str, list[Block]]]:
    """The tables of the form, with empty lines where nothing was written."""
    for table in matter.sheet.form.tables:
        columns = tuple(
            Column(one.label, one.width, Align.LEFT if one.type.name == "long_text" else Align.CENTRE)
            for one in table.fields
        )
        rows = matter.filled.rows(table) or [("",) * len(columns)] * _PEN_ROWS
        numbered = tuple((str(number), *row) for number, row in enumerate(rows, start=1))
        yield table.label, [Table((_NUMBER, *columns), numbered, _SIZES, _ROW)]
