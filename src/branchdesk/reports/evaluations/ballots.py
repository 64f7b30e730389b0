"""民主测评票: unsigned ballots with the code of their batch, several on a page where they are short.

Nothing on a ballot tells one from another of its batch. The letters are large: voters of sixty and more read
them without glasses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from branchdesk.documents.model import (
    NOTHING_RUNNING,
    VALUE_CELL,
    Block,
    Cell,
    Document,
    Ends,
    PageBreak,
    Paragraph,
    Sheet,
)
from branchdesk.domain.evaluations.model import Batch, Subject
from branchdesk.reports.evaluations.matter import EvaluationMatter
from branchdesk.reports.evaluations.page_styles import (
    BALLOT_HEAD,
    BALLOT_LINE,
    BALLOT_NAME,
    BALLOT_NOTE,
    BALLOT_NUMBER,
    BALLOT_PAGE,
    BALLOT_TITLE,
    BALLOT_WIDTH,
    CUT_LINE,
)
from branchdesk.reports.roster import padded_name

_ROOM = BALLOT_PAGE.height - BALLOT_PAGE.top - BALLOT_PAGE.bottom - 2.0
_CUT = Paragraph("┄" * 23 + "　沿此线裁开　" + "┄" * 23, CUT_LINE)
_CUT_HEIGHT = 9.0  # millimetres, with the space around the line
_AROUND, _NOTE_LINE, _NOTE_CHARS = 21.5, 6.0, 38  # millimetres of title and line; a line of the note
_HEAD_ROW, _LEAST_ROW, _MOST_ROW, _LONE_ROW = 12.0, 10.0, 17.0, 22.0
# Rows of a ballot that shares its page, and of one side of paper: one side is never lost or forgotten.
_MOST_SHORT, _MOST_ROWS, _CLOSE_ROW = 8, 24, 8.8
_NUMBER_WIDTH, _NAME_WIDTH = 14.0, 44.0
_FEW = 3  # rows that may be higher than others


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a ballot: its rows, and the number of the first."""

    rows: Sequence[Subject]
    first: int


def ballots_document(matter: EvaluationMatter, batch: Batch) -> Document:
    """As many ballots as were issued in the batch, or as there are people where that is not known."""
    sides = _sides(matter.sheet.on_ballot)
    count = max(1, batch.issued or len(matter.taking_part()))
    rows = len(sides[0].rows)
    around = _AROUND + -(-len(_note(matter)) // _NOTE_CHARS) * _NOTE_LINE
    abreast = _abreast(rows, around) if len(sides) == 1 else 1
    height = _row_height(rows, abreast, around)
    blocks: list[Block] = []
    if len(sides) > 1:
        for _number in range(count):
            blocks.append(matter.leaf("测评票"))
            blocks += _many_sided(matter, batch, sides, height)
    else:
        for number in range(count):
            if number:
                blocks.append(_CUT if number % abreast else PageBreak())
            blocks += _card(matter, batch, sides[0], height)
    return Document(
        f"{matter.ballot_name}票",
        matter.made_on,
        tuple(blocks),
        page=BALLOT_PAGE,
        author=matter.organisation,
        running=NOTHING_RUNNING,
    )


def _sides(subjects: Sequence[Subject]) -> list[_Side]:
    """The rows side by side of the paper, evenly."""
    count = max(1, -(-len(subjects) // _MOST_ROWS))
    each = -(-len(subjects) // count)
    return [
        _Side(subjects[start : start + each], start + 1) for start in range(0, len(subjects), max(1, each))
    ] or [_Side((), 1)]


def _abreast(rows: int, around: float) -> int:
    """How many ballots stand on a page."""
    if rows > _MOST_SHORT:
        return 1
    return int((_ROOM + _CUT_HEIGHT) // (around + _HEAD_ROW + rows * _LEAST_ROW + _CUT_HEIGHT))


def _row_height(rows: int, abreast: int, around: float) -> float:
    """How high a row is, so that the ballots fill the page."""
    card = (_ROOM - (abreast - 1) * _CUT_HEIGHT) / abreast
    most = _LONE_ROW if rows <= _FEW else _MOST_ROW
    return max(_CLOSE_ROW, min(most, (card - around - _HEAD_ROW) / max(1, rows)))


def _many_sided(
    matter: EvaluationMatter, batch: Batch, sides: Sequence[_Side], height: float
) -> Iterator[Block]:
    for number, side in enumerate(sides, start=1):
        if number > 1:
            yield PageBreak()
        which = f"第 {number} 面　共 {len(sides)} 面"
        follows = number + 1 if number < len(sides) else 0
        yield from _card(matter, batch, side, height, which, follows)


def _card(
    matter: EvaluationMatter, batch: Batch, side: _Side, height: float, which: str = "", follows: int = 0
) -> Iterator[Block]:
    yield Paragraph(f"{matter.ballot_name}票", BALLOT_TITLE, keep_with_next=True)
    code = "　".join(part for part in (which, f"批次 {batch.code}") if part)
    yield Ends(matter.organisation, code, BALLOT_LINE, keep_with_next=True)
    yield _grid(matter, side, height)
    yield Paragraph(_note(matter, follows), BALLOT_NOTE)


def _grid(matter: EvaluationMatter, side: _Side, height: float) -> Sheet:
    grades = matter.scheme.grades
    is_many = matter.is_of_people
    first = (_NUMBER_WIDTH,) if is_many else ()
    named = _NAME_WIDTH if is_many else _NAME_WIDTH + _NUMBER_WIDTH
    rest = (BALLOT_WIDTH - sum(first) - named) / len(grades)
    labels = [*(["序号"] if is_many else []), "姓　名" if is_many else "测评对象"]
    cells = [
        Cell(0, column, label, style=BALLOT_HEAD)
        for column, label in enumerate([*labels, *(one.title for one in grades)])
    ]
    for row, subject in enumerate(side.rows, start=1):
        if is_many:
            cells.append(Cell(row, 0, str(side.first + row - 1), style=BALLOT_NUMBER))
        cells.append(Cell(row, len(first), padded_name(subject.name), style=BALLOT_NAME))
        cells += [Cell(row, len(labels) + place, style=VALUE_CELL) for place in range(len(grades))]
    widths = (*first, named, *(round(rest, 2),) * len(grades))
    return Sheet(widths, (_HEAD_ROW, *(round(height, 2),) * len(side.rows)), tuple(cells))


def _note(matter: EvaluationMatter, follows: int = 0) -> str:
    whom = "每个人" if len(matter.sheet.on_ballot) > 1 else "测评对象"
    said = (
        f"填写说明：1.本票不记名，请不要写姓名，也不要作记号。"
        f"2.请在您同意的等次栏内划“√”，{whom}只划一个；没有划的，按“未评”计。"
    )
    limits = [
        f"{matter.grade_title(one.grade)}{'不超过' if one.hard else '一般不超过'} {matter.places(one)} 名"
        for one in matter.scheme.quotas
    ]
    if limits:
        said += f"3.{'，'.join(limits)}。"
    return f"{said}（请在第 {follows} 面接着填写）" if follows else said
