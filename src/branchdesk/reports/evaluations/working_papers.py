"""Papers for the pen on the way of an evaluation: self-evaluation, opinions of others, decision, measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from branchdesk.documents.model import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    Ends,
    Paragraph,
    Running,
    Sheet,
    Signatures,
    Table,
    Together,
)
from branchdesk.domain.evaluations.model import Subject
from branchdesk.reports.evaluations.fitting import Closeness, longest_name, on_one_page
from branchdesk.reports.evaluations.matter import EvaluationMatter, spelled
from branchdesk.reports.evaluations.page_styles import (
    FORM_HEAD,
    FORM_LABEL,
    FORM_LINE,
    FORM_TEXT,
    FORM_TITLE,
    FORM_VALUE,
    FORM_WIDTH,
    SIGNED,
    TABLE_SIZES,
)
from branchdesk.reports.evaluations.summary import decided_text, remark
from branchdesk.reports.evaluations.wording import (
    DAY_FOR_THE_PEN,
    grade_counts,
    heads_sentence,
    quota_sentences,
    undecided,
)
from branchdesk.reports.inspections.page_styles import FILE_TITLE, LINE, NOTE, SHEET_PAGE, TEXT
from branchdesk.reports.meetings.wording import without_stop
from branchdesk.reports.roster import padded_name

_LABEL = 24.0
_SELF = (
    ("主　要\n表　现", "政治学习、履行义务、工作实绩、服务群众、遵纪守法", 92.0),
    ("存在的\n问　题", "写具体事实", 62.0),
    ("努　力\n方　向", "写具体措施", 50.0),
)
_OPINION_ROWS, _MEASURE_ROWS = 8, 6
_OPINIONS = (("序号", 14.0), ("发言人", 26.0), ("肯定的方面", 60.0), ("问题和建议", 65.0))
_MEASURES = (
    Column("序号", 0.7, fits="00"),
    Column("姓名", 1.5, fits="四字姓名"),
    Column("等次", 1.3, fits="基本合格"),
    Column("需要改进的问题", 4.5, Align.LEFT, fits="八个汉字的宽度"),
    Column("整改措施、后续安排", 5.0, Align.LEFT, fits="八个汉字的宽度"),
    Column("时限", 1.6, fits="2026.12.31"),
    Column("责任人", 1.5, fits="四字姓名"),
    Column("完成情况", 2.2, fits="六个汉字"),
)
_HINT = replace(FORM_VALUE, size=9.0, align=Align.LEFT, sizes=(9.0,))


# ---- 个人自评


def self_review_document(matter: EvaluationMatter, subjects: Sequence[Subject]) -> Document:
    """个人自评材料: a page for each of the subjects, to be written by hand."""
    blocks: list[Block] = []
    for one in subjects:
        blocks += _self_page(matter, one)
    return _form(matter, f"{matter.occasion}个人自评材料", blocks)


def _self_page(matter: EvaluationMatter, subject: Subject) -> Iterator[Block]:
    yield matter.leaf(subject.name)
    yield Paragraph(f"{matter.occasion}个人自评材料", FORM_TITLE, keep_with_next=True)
    line = Ends(f"所在党支部：{matter.branch_name}", f"姓名：{subject.name}", FORM_LINE, keep_with_next=True)
    yield line
    cells = []
    heights = []
    for number, (label, hint, height) in enumerate(_SELF):
        cells.append(Cell(2 * number, 0, label, rows=2, style=FORM_LABEL))
        cells += [Cell(2 * number, 1, f"（{hint}）", style=_HINT), Cell(2 * number + 1, 1, style=FORM_TEXT)]
        heights += [6.0, height - 6.0]
    yield Sheet((_LABEL, FORM_WIDTH - _LABEL), tuple(heights), tuple(cells))
    yield Together((Signatures(("本人（签字）：", DAY_FOR_THE_PEN), SIGNED),), with_previous=True)


# ---- 党员互评


def mutual_review_document(matter: EvaluationMatter, subjects: Sequence[Subject]) -> Document:
    """党员互评意见记录: a page for each of the subjects with lines for those who speak."""
    blocks: list[Block] = []
    for one in subjects:
        blocks += _mutual_page(matter, one)
    return _form(matter, f"{matter.occasion}互评意见记录", blocks)


def _mutual_page(matter: EvaluationMatter, subject: Subject) -> Iterator[Block]:
    yield matter.leaf(subject.name)
    yield Paragraph(f"{matter.occasion}互评意见记录", FORM_TITLE, keep_with_next=True)
    left = f"被评议人：{subject.name}　　{subject.group}"
    day = spelled(matter.day("held_on")) or DAY_FOR_THE_PEN.strip()
    yield Ends(left, f"评议时间：{day}", FORM_LINE, keep_with_next=True)
    widths = tuple(width for _label, width in _OPINIONS)
    cells = [Cell(0, column, label, style=FORM_HEAD) for column, (label, _width) in enumerate(_OPINIONS)]
    for row in range(1, _OPINION_ROWS + 1):
        cells.append(Cell(row, 0, str(row), style=FORM_VALUE))
        cells += [Cell(row, column, style=FORM_TEXT) for column in range(1, len(widths))]
    yield Sheet(widths, (9.0, *(24.0,) * _OPINION_ROWS), tuple(cells))
    places = ("被评议人（签字）：", "记录人（签字）：")
    yield Together((Signatures(places, SIGNED),), with_previous=True)


# ---- 评定意见


def decision_document(matter: EvaluationMatter) -> Document:
    """组织评定意见: every grade that was decided with votes and reason, signed by those who decided."""

    def set_close(closeness: Closeness) -> Sequence[Block]:
        return list(_decision(matter, closeness))

    title = f"{matter.occasion}组织评定意见"
    return _form(matter, title, on_one_page(set_close, matter.form_page))


def _decision(matter: EvaluationMatter, closeness: Closeness) -> Iterator[Block]:
    met = matter.value("decided_at") or "支部委员会会议"
    day = spelled(matter.day("decided_on")) or DAY_FOR_THE_PEN.strip()
    counts = "、".join(f"{label} {count} 名" for label, count in grade_counts(matter))
    told = f"：{counts}。" if len(undecided(matter)) < len(matter.graded()) else "。"
    opening = f"{day}，{met}根据党员日常表现和民主测评情况，逐名研究评定等次{told}"
    heads = heads_sentence(matter.evaluation.batches)
    notes = [text for text in (f"民主测评{heads}" if heads else "", *quota_sentences(matter)) if text]
    signed = replace(SIGNED, before=closeness.signing)
    yield Paragraph(f"{matter.occasion}组织评定意见", FORM_TITLE, keep_with_next=True)
    yield Ends(matter.organisation, f"{matter.year} 年度", FORM_LINE, keep_with_next=True)
    yield Paragraph(opening, replace(TEXT, after=4.0))
    yield Table(_decision_columns(matter), tuple(_decision_rows(matter)), closeness.sizes, closeness.row)
    yield Together(
        (
            Paragraph(f"注：{'；'.join(notes)}。" if notes else "", NOTE),
            Signatures(("参加研究人员（签字）：",), signed),
            Signatures(("党支部书记（签字）：", "（党支部盖章）", DAY_FOR_THE_PEN), signed),
        ),
        with_previous=True,
    )


def _decision_columns(matter: EvaluationMatter) -> tuple[Column, ...]:
    return (
        Column("序号", 0.6, fits="000"),
        Column("姓名", 1.4, fits=longest_name(matter.evaluation.subjects)),
        *(Column(one.title, 0.8, fits="000") for one in matter.scheme.grades),
        Column("未评", 0.7, fits="未评"),
        Column("评定等次", 1.4, fits="基本合格"),
        Column("评定理由", 4.0, Align.LEFT, fits="八个汉字的宽度"),
    )


def _decision_rows(matter: EvaluationMatter) -> Iterator[tuple[str, ...]]:
    for number, one in enumerate(matter.evaluation.subjects, start=1):
        row = matter.votes(one) if one.needs_grade else None
        votes = ["" if row is None else str(row.counts.get(each.code, 0)) for each in matter.scheme.grades]
        blank = "" if row is None else str(row.blank)
        yield (
            str(number),
            padded_name(one.name),
            *votes,
            blank,
            decided_text(matter, one),
            remark(matter, one),
        )


# ---- 整改清单


def measures_document(matter: EvaluationMatter) -> Document:
    """整改清单: what each member is to improve and what follows the grade, with room for what is done."""
    title = f"{matter.occasion}整改清单"
    rows = [_measure(matter, one) for one in measured(matter)]
    rows += [("",) * (len(_MEASURES) - 1)] * max(0, _MEASURE_ROWS - len(rows))
    numbered = tuple((str(number), *row) for number, row in enumerate(rows, start=1))
    ending = (Signatures(("填表人：", "党支部书记（签字）：", DAY_FOR_THE_PEN), SIGNED),)
    return Document(
        title,
        matter.made_on,
        (
            Paragraph(title, FILE_TITLE, keep_with_next=True),
            Ends(matter.organisation, f"{matter.year} 年度", LINE, keep_with_next=True),
            Table(_MEASURES, numbered, TABLE_SIZES, 12.0),
            Together(ending, with_previous=True),
        ),
        page=SHEET_PAGE,
        author=matter.organisation,
        running=Running(foot=matter.foot),
        watermark=matter.watermark,
    )


def measured(matter: EvaluationMatter) -> list[Subject]:
    """Those who are to improve something, or whose grade something follows."""
    followed = {one.grade for one in matter.scheme.procedures}
    return [one for one in matter.taking_part() if one.improvement or one.grade in followed]


def _measure(matter: EvaluationMatter, subject: Subject) -> tuple[str, ...]:
    follow = [one.title for one in matter.scheme.procedures if subject.grade and one.grade == subject.grade]
    return (
        padded_name(subject.name),
        decided_text(matter, subject),
        without_stop(subject.improvement),
        "；".join(follow),
        "",
        "",
        "",
    )


def _form(matter: EvaluationMatter, title: str, blocks: Sequence[Block]) -> Document:
    return Document(
        title,
        matter.made_on,
        tuple(blocks),
        page=matter.form_page,
        author=matter.organisation,
        running=Running(foot=matter.foot),
        watermark=matter.watermark,
    )
