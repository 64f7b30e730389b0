"""反馈通知: what the evaluation came to for one member, with the slip that is signed and given back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from branchdesk.documents.model import (
    NOTHING_RUNNING,
    Align,
    Block,
    Cell,
    Document,
    Paragraph,
    Sheet,
    Signatures,
    Space,
)
from branchdesk.domain.evaluations.model import Subject
from branchdesk.reports.evaluations.matter import EvaluationMatter
from branchdesk.reports.evaluations.page_styles import CUT_LINE, FORM_TEXT, FORM_TITLE, FORM_WIDTH, SIGNED
from branchdesk.reports.evaluations.wording import DAY_FOR_THE_PEN, course, day_or_pen
from branchdesk.reports.inspections.page_styles import TEXT
from branchdesk.reports.meetings.wording import without_stop

_TEXT = replace(TEXT, size=14.0, leading=1.75)
_NAME = replace(_TEXT, first_indent=0.0)
_SIGNED = replace(_TEXT, first_indent=0.0, align=Align.CENTRE, leading=1.5)
_SLIP_TITLE = replace(FORM_TITLE, size=16.0, sizes=(16.0, 14.0))
_CUT = Paragraph("┄" * 22 + "　沿此线裁开　" + "┄" * 22, replace(CUT_LINE, before=14.0, after=12.0))
_OWN_WORDS = "对评定结果：　□ 没有意见　　□ 有意见，说明如下："
_OWN_HEIGHT = 32.0  # millimetres
_OWN = replace(FORM_TEXT, size=12.0, sizes=(12.0,))


def feedback_document(matter: EvaluationMatter, subjects: Sequence[Subject]) -> Document:
    """A page for each of the subjects: the notice above, the slip to be given back below."""
    blocks: list[Block] = []
    for one in subjects:
        blocks += _page(matter, one)
    whose = subjects[0].name if len(subjects) == 1 else ""
    return Document(
        f"{whose}{matter.occasion}结果反馈通知",
        matter.made_on,
        tuple(blocks),
        page=matter.form_page,
        author=matter.organisation,
        running=NOTHING_RUNNING,
        watermark=matter.watermark,
    )


def _page(matter: EvaluationMatter, subject: Subject) -> Iterator[Block]:
    yield matter.leaf(subject.name)
    yield Paragraph(f"{matter.occasion}结果反馈通知", FORM_TITLE, keep_with_next=True)
    yield Space(3.0)
    yield Paragraph(f"{subject.name}同志：", _NAME, keep_with_next=True)
    yield from (Paragraph(text, _TEXT) for text in feedback_texts(matter, subject))
    yield _signed(matter, subject)
    yield Space(10.0)
    yield _CUT
    yield Space(4.0)
    yield Paragraph("反馈回执", _SLIP_TITLE, keep_with_next=True)
    slip = f"{matter.occasion}结果反馈通知收悉，{_grade_told(matter, subject)}。"
    yield Paragraph(slip, _TEXT)
    yield Space(2.0)
    yield Sheet((FORM_WIDTH,), (_OWN_HEIGHT,), (Cell(0, 0, _OWN_WORDS, style=_OWN, at_top=True),))
    yield Signatures(("本人（签字）：", "反馈人（签字）：", DAY_FOR_THE_PEN), SIGNED)


def _signed(matter: EvaluationMatter, subject: Subject) -> Sheet:
    widths = (FORM_WIDTH - 100.0, 100.0)
    cells = (
        Cell(0, 1, matter.organisation, style=_SIGNED),
        Cell(1, 1, day_or_pen(subject.told_on), style=_SIGNED),
    )
    return Sheet(widths, (10.0, 9.0), cells, ruled=False)


def _grade_told(matter: EvaluationMatter, subject: Subject) -> str:
    if not subject.needs_grade:
        return "参加评议，不评定等次"
    return f"评定等次为“{matter.grade_title(subject.grade) or '　　　　'}”"


def feedback_texts(matter: EvaluationMatter, subject: Subject) -> list[str]:
    """What the member is told: the result, the opinion, what is to become better, and what follows."""
    if subject.needs_grade:
        grade = matter.grade_title(subject.grade) or "　　　　"
        said = [f"在{matter.work}中，{course(matter)}你被评定为“{grade}”等次。"]
    else:
        why = without_stop(subject.why_not) or "按规定不评定等次"
        said = [f"你参加了{matter.work}。{why}。"]
    if subject.opinion:
        said.append(f"支部意见：{without_stop(subject.opinion)}。")
    if subject.improvement:
        said.append(f"希望在以下方面改进：{without_stop(subject.improvement)}。")
    follow = [one.title for one in matter.scheme.procedures if subject.grade and one.grade == subject.grade]
    if follow:
        said.append(f"后续安排：{'；'.join(follow)}。")
    said += ["如对评定结果有不同意见，可以向支部委员会或者上级党组织反映。", "特此通知。"]
    return said
