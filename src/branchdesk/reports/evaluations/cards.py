"""量化考核卡 and 计分说明: what was asked of one member, what was done, and how the total came about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from branchdesk.documents.model import Block, Document, Ends, Paragraph, Running
from branchdesk.domain.evaluations.model import Star, Subject
from branchdesk.domain.evaluations.scoring import CountedPart, explain_total
from branchdesk.domain.inspections.line_scores import shown
from branchdesk.i18n import speaking_chinese
from branchdesk.reports.evaluations.matter import EvaluationMatter
from branchdesk.reports.evaluations.page_styles import FORM_LINE, FORM_TITLE
from branchdesk.reports.evaluations.summary import decided_text
from branchdesk.reports.evaluations.wording import DAY_FOR_THE_PEN, STAR_STATES, votes_sentence
from branchdesk.reports.inspections.heads import HeadPair, head_sheet
from branchdesk.reports.inspections.page_styles import (
    FIGURE,
    HEAD,
    LABEL,
    SECTION,
    SECTION_FIGURE,
    SHEET_PAGE,
    SHEET_WIDTH,
    TITLE,
    VALUE,
    WORDS,
)
from branchdesk.reports.inspections.ruled_pages import (
    RuledCell,
    RuledRow,
    RuledTable,
    even_spans,
    ruled_pages,
)
from branchdesk.reports.meetings.wording import without_stop
from branchdesk.reports.points.wording import ADVICE, points_text

_CARD = (
    ("指标", 28.0),
    ("目标要求", 54.0),
    ("权重", 14.0),
    ("满分", 14.0),
    ("完成情况", 66.0),
    ("得分", 16.0),
    ("佐证", 46.0),
    ("评分人", 29.0),
)
# Each column as the ruled ones that it joins, so that three equal boxes to sign fit below.
_TOLD = (
    ("项目", (32.0,)),
    ("权重", (16.0,)),
    ("得分", (7.0, 11.0)),
    ("计算（得分 ÷ 满分 × 权重）", (44.0, 32.0)),
    ("计入", (23.0,)),
)
_TOLD_WIDTHS = tuple(width for _label, widths in _TOLD for width in widths)
_TOLD_BOXES = (3, 2, 2)
_ROW = 11.0
_SIGN_ROW = 18.0
_PLACES = ("本人（签字）：", "考核人（签字）：", "党支部书记（签字）：")
_WITHOUT_SCORES = ("本人（签字）：", "党小组组长（签字）：", "党支部书记（签字）：")
_CHECK_DIGITS = 16  # of the 64 that identify what was counted


def cards_document(matter: EvaluationMatter, subjects: Sequence[Subject]) -> Document:
    """The card of each of the subjects; one for each dimension where there are some."""
    blocks: list[Block] = []
    for one in subjects:
        for dimension, title in dimensions_of(matter, one):
            blocks += _card(matter, one, dimension, title)
    whose = subjects[0].name if len(subjects) == 1 else ""
    return Document(
        f"{whose}{matter.occasion}考核卡".replace("考核考核卡", "考核卡"),
        matter.made_on,
        tuple(blocks),
        page=SHEET_PAGE,
        author=matter.organisation,
        running=Running(foot=matter.foot),
        watermark=matter.watermark,
    )


def dimensions_of(matter: EvaluationMatter, subject: Subject) -> list[tuple[str, str]]:
    """The dimensions in which somebody was scored or declared, id and title; one without name for others."""
    if not matter.scheme.dimensions:
        return [("", "")]
    own = {one.dimension for one in matter.evaluation.scores_of(subject.uid)}
    own |= {one.dimension for one in matter.evaluation.stars_of(subject.uid)}
    return [(one.id, one.title) for one in matter.scheme.dimensions if one.id in own]


def _card(matter: EvaluationMatter, subject: Subject, dimension: str, title: str) -> Iterator[Block]:
    name = f"{matter.occasion}卡" if matter.name.endswith("考核") else f"{matter.occasion}考核卡"
    above: list[Block] = [
        Paragraph(f"{name}{f'（{title}）' if title else ''}", TITLE, keep_with_next=True),
        head_sheet(list(_head(matter, subject)), SHEET_WIDTH, 3, 9.0),
    ]
    head = RuledRow(tuple(RuledCell(label, style=HEAD) for label, _width in _CARD), 8.0)
    widths = tuple(width for _label, width in _CARD)
    rows = tuple(_card_rows(matter, subject, dimension, widths))
    yield matter.leaf(f"{subject.name}{f'　{title}' if title else ''}")
    yield from above
    whose = f"{matter.organisation}　{subject.name}"
    yield from ruled_pages(RuledTable(widths, (head,), rows, whose), SHEET_PAGE, above)


def _head(matter: EvaluationMatter, subject: Subject) -> Iterator[HeadPair]:
    yield HeadPair("姓　名", subject.name)
    yield HeadPair("党小组", subject.group)
    yield HeadPair("职　务", matter.facts(subject).posts)
    task = matter.value("task")
    if task:
        yield HeadPair("重点工作", task, 2)
        yield HeadPair("完成时限", matter.value("due_on"))
    yield HeadPair("党支部", matter.branch_name, 3)


def _card_rows(
    matter: EvaluationMatter, subject: Subject, dimension: str, widths: Sequence[float]
) -> Iterator[RuledRow]:
    for part in matter.scheme.parts:
        one = matter.score(subject, part.id, dimension)
        target = (one.target if one is not None else "") or part.target
        done = "" if one is None else "\n".join(text for text in (one.actual, one.note) if text)
        yield RuledRow(
            (
                RuledCell(part.title, style=LABEL),
                RuledCell(target, style=WORDS, called=f"{part.title}目标要求"),
                RuledCell(f"{shown(part.weight)}%", style=FIGURE),
                RuledCell(shown(part.full), style=FIGURE),
                RuledCell(done, style=WORDS, called=f"{part.title}完成情况"),
                RuledCell(shown(one.score) if one is not None else "", style=FIGURE),
                RuledCell(one.evidence_title if one is not None else "", style=WORDS),
                RuledCell(one.scorer if one is not None else "", style=LABEL),
            ),
            _ROW,
        )
    total = matter.total(subject, dimension)
    with speaking_chinese():
        told = explain_total(total) if total is not None and total.total is not None else ""
    grade = f"　等次：{decided_text(matter, subject)}" if matter.scheme.decision and subject.grade else ""
    yield RuledRow(
        (
            RuledCell("总　分", style=SECTION),
            RuledCell(f"{told}{grade}", 4, VALUE),
            RuledCell(matter.total_text(subject, dimension), style=SECTION_FIGURE),
            RuledCell("", 2, VALUE),
        ),
        10.0,
        keep=True,
    )
    yield _signing(even_spans(widths, len(_PLACES)))


def _signing(spans: Sequence[int], places: Sequence[str] = _PLACES) -> RuledRow:
    cells = [
        RuledCell(place, span, VALUE, (DAY_FOR_THE_PEN,)) for place, span in zip(places, spans, strict=True)
    ]
    return RuledRow(tuple(cells), _SIGN_ROW)


# ---- how a total came about


def explanation_document(matter: EvaluationMatter, subjects: Sequence[Subject]) -> Document:
    """A page for each of the subjects that explains the total line by line, with votes, points and grade."""
    blocks: list[Block] = []
    for one in subjects:
        blocks += _explained(matter, one)
    whose = subjects[0].name if len(subjects) == 1 else ""
    return Document(
        f"{whose}{_told_title(matter)}",
        matter.made_on,
        tuple(blocks),
        page=matter.form_page,
        author=matter.organisation,
        running=Running(foot=matter.foot),
        watermark=matter.watermark,
    )


def _told_title(matter: EvaluationMatter) -> str:
    """Where nothing is scored there is no total to explain, only a grade."""
    return f"{matter.occasion}{'计分说明' if matter.scheme.parts else '评定说明'}"


def _explained(matter: EvaluationMatter, subject: Subject) -> Iterator[Block]:
    title = _told_title(matter)
    above: list[Block] = [
        Paragraph(title, FORM_TITLE, keep_with_next=True),
        Ends(f"姓名：{subject.name}　　{subject.group}", matter.branch_name, FORM_LINE, keep_with_next=True),
    ]
    labels = [(label, len(widths)) for label, widths in _TOLD]
    if not matter.scheme.parts:
        labels = [(_TOLD[0][0], 1), ("说明", len(_TOLD_WIDTHS) - 1)]
    head = RuledRow(tuple(RuledCell(label, span, HEAD) for label, span in labels), 8.0)
    rows = tuple(_told_rows(matter, subject))
    yield matter.leaf(subject.name)
    yield from above
    whose = f"{matter.organisation}　{subject.name}　{title}"
    yield from ruled_pages(RuledTable(_TOLD_WIDTHS, (head,), rows, whose), matter.form_page, above)


def _told_rows(matter: EvaluationMatter, subject: Subject) -> Iterator[RuledRow]:
    whole = len(_TOLD_WIDTHS)
    for dimension, title in dimensions_of(matter, subject):
        total = matter.total(subject, dimension)
        if total is None or not total.parts:
            continue
        if title:
            yield RuledRow((RuledCell(title, whole, SECTION),), 7.5, keep=True)
        for one in total.parts:
            yield _part_row(one)
        with speaking_chinese():
            told = explain_total(total)
        figure = RuledCell(shown(total.total), style=SECTION_FIGURE)
        yield RuledRow((RuledCell("总分", style=HEAD), RuledCell(told, whole - 2, VALUE), figure), 10.0)
    for label, text in _also(matter, subject):
        yield RuledRow((RuledCell(label, style=LABEL), RuledCell(text, whole - 1, VALUE, called=label)), 10.0)
    note = (
        f"说明：按{matter.rule_version}计算，核对码 {matter.sheet.hash[:_CHECK_DIGITS]}。"
        "得分和票数只作参考，等次和称号由组织研究确定。"
    )
    yield RuledRow((RuledCell(note, whole, VALUE),), 10.0, keep=True)
    yield _signing(_TOLD_BOXES, _PLACES if matter.scheme.parts else _WITHOUT_SCORES)


def _part_row(one: CountedPart) -> RuledRow:
    """One part: its points at its own weight, so that the column adds up to the sum below."""
    if one.score is None:
        told = one.note
    else:
        told = (
            f"{shown(one.score)} ÷ {shown(one.part.full)} × {shown(one.weight)} = {shown(one.earned)}"
            f"{f'；{one.note}' if one.note else ''}"
        )
    return RuledRow(
        (
            RuledCell(one.part.title, style=LABEL),
            RuledCell(f"{shown(one.weight)}%", style=FIGURE),
            RuledCell(shown(one.score), 2, FIGURE),
            RuledCell(told, 2, WORDS, called=one.part.title),
            RuledCell(shown(one.earned) if one.used_weight else "不计", style=FIGURE),
        ),
        9.0,
    )


def _also(matter: EvaluationMatter, subject: Subject) -> Iterator[tuple[str, str]]:
    """Ballots, points and grade, which stand beside the total."""
    voted = votes_sentence(matter, subject) if subject in matter.sheet.on_ballot else ""
    if voted:
        yield "民主测评", voted
    facts = matter.facts(subject)
    points = matter.sheet.points.get(subject.uid)
    if points is not None:
        course = f"{facts.points}逐笔来源见党员积分明细。" if facts.points else "逐笔来源见党员积分明细。"
        yield "双积分", f"{matter.year}年积分 {points_text(points)} 分。{course}{ADVICE}"
    if facts.attended:
        yield "参加会议", f"{facts.attended}。出勤只作参考。"
    yield from _decided(matter, subject)
    against = matter.sheet.disqualified.get(subject.uid, "")
    if against:
        yield "不符合条件", f"{without_stop(against)}。"
    for star in matter.evaluation.stars_of(subject.uid):
        dimension = matter.scheme.dimension(star.dimension)
        if dimension is not None:
            yield dimension.star, _starred(star)


def _decided(matter: EvaluationMatter, subject: Subject) -> Iterator[tuple[str, str]]:
    """The grade that the figures suggest, the one that was decided with its reason, and what was said."""
    suggested = matter.suggested(subject)
    if suggested and subject.needs_grade:
        by = "票数" if any(not one.part for one in matter.evaluation.batches) else "得分"
        yield "参考等次", f"按{by}，参考等次为“{matter.grade_title(suggested)}”。"
    if matter.scheme.decision and subject.takes_part:
        reason = f"理由：{without_stop(subject.reason)}。" if subject.reason else ""
        why = f"（{without_stop(subject.why_not)}）" if subject.why_not else ""
        decided = decided_text(matter, subject)
        yield "评定等次", f"{decided}{why}。{reason}" if decided else "还没有评定。"
    if subject.opinion:
        yield "支部意见", f"{without_stop(subject.opinion)}。"
    if subject.improvement:
        yield "改进方向", f"{without_stop(subject.improvement)}。"


def _starred(star: Star) -> str:
    """How far a star has come, with the votes of the branch where they are known."""
    state = f"{STAR_STATES[star.state]}。"
    if star.votes_for is None or star.votes_of is None:
        return state
    return f"支部会议 {star.votes_of} 人表决，{star.votes_for} 人同意推荐；{state}"
