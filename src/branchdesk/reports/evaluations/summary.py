"""民主评议党员汇总表 and 考核汇总表: everybody on one list, signed and sealed."""

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
    Running,
    Signatures,
    Table,
    Together,
)
from branchdesk.domain.evaluations.model import Subject
from branchdesk.domain.evaluations.ranking import ranked
from branchdesk.domain.inspections.line_scores import shown
from branchdesk.reports.evaluations.fitting import Closeness, longest_name, on_one_page
from branchdesk.reports.evaluations.matter import EvaluationMatter
from branchdesk.reports.evaluations.page_styles import SIGNED
from branchdesk.reports.evaluations.wording import (
    DAY_FOR_THE_PEN,
    grade_counts,
    heads_sentence,
    hidden_sentence,
    quota_sentences,
    reference_text,
    undecided,
)
from branchdesk.reports.inspections.page_styles import FILE_TITLE, LINE, NOTE, SHEET_PAGE
from branchdesk.reports.meetings.wording import without_stop
from branchdesk.reports.points.wording import day_text
from branchdesk.reports.roster import padded_name

_USUAL = Closeness(8.5)
_SHORT = 3  # characters of a grade that stay on one line
_PLACES = ("填表人：", "党支部书记（签字）：", "（党支部盖章）", DAY_FOR_THE_PEN)


def summary_document(matter: EvaluationMatter) -> Document:
    """The list of all members with their votes, the grade suggested and the grade decided."""
    title = f"{matter.occasion}{'汇总表' if not matter.name.endswith('表') else ''}"
    rows = tuple(_rows(matter))
    return _listed(matter, title, _line(matter), (_columns(matter), rows), summary_notes(matter))


def _listed(
    matter: EvaluationMatter,
    title: str,
    line: str,
    table: tuple[tuple[Column, ...], tuple[tuple[str, ...], ...]],
    notes: Sequence[str],
) -> Document:
    """A list with its notes and signatures, of its columns and rows."""
    columns, rows = table

    def set_close(closeness: Closeness) -> Sequence[Block]:
        ending: list[Paragraph | Signatures] = [Paragraph(note, NOTE) for note in notes]
        ending.append(Signatures(_PLACES, replace(SIGNED, before=closeness.signing)))
        return [
            Paragraph(title, FILE_TITLE, keep_with_next=True),
            Ends(f"填报单位：{matter.organisation}", line, LINE, keep_with_next=True),
            Table(columns, rows, closeness.sizes, closeness.row),
            Together(tuple(ending), with_previous=True),
        ]

    return Document(
        title,
        matter.made_on,
        on_one_page(set_close, SHEET_PAGE, _USUAL),
        page=SHEET_PAGE,
        author=matter.organisation,
        running=Running(foot=matter.foot),
        watermark=matter.watermark,
    )


def _line(matter: EvaluationMatter) -> str:
    return f"共 {len(matter.evaluation.subjects)} 人，参加 {len(matter.taking_part())} 人"


def _columns(matter: EvaluationMatter) -> tuple[Column, ...]:
    return (
        Column("序号", 0.7, fits="000"),
        Column("姓名", 1.4, fits=longest_name(matter.evaluation.subjects)),
        Column("党小组", 1.7, fits="第一党小组"),
        Column("类别", 1.3, fits="预备党员"),
        *(
            Column(one.title, 1.0, fits=one.title if len(one.title) <= _SHORT else one.title[:2])
            for one in matter.scheme.grades
        ),
        Column("未评", 0.8, fits="未评"),
        Column("参考分", 1.0, fits="参考分"),
        Column("评定等次", 1.4, fits="基本合格"),
        Column("评定理由、未参加原因", 4.2, Align.LEFT, fits="八个汉字的宽度"),
        Column("反馈日期", 1.5, fits="十二月三十日"),
    )


def _rows(matter: EvaluationMatter) -> Iterator[tuple[str, ...]]:
    for number, subject in enumerate(matter.evaluation.subjects, start=1):
        row = matter.votes(subject) if subject.needs_grade else None
        votes = ["" if row is None else str(row.counts.get(one.code, 0)) for one in matter.scheme.grades]
        yield (
            str(number),
            padded_name(subject.name),
            subject.group,
            matter.category(subject),
            *votes,
            "" if row is None else str(row.blank),
            reference_text(row),
            decided_text(matter, subject),
            remark(matter, subject),
            day_text(subject.told_on) if subject.told_on is not None else "",
        )


def decided_text(matter: EvaluationMatter, subject: Subject) -> str:
    """The grade that was decided, or that none is."""
    if not subject.takes_part:
        return "未参加"
    return matter.grade_title(subject.grade) if subject.graded else "不评等次"


def remark(matter: EvaluationMatter, subject: Subject) -> str:
    """Why a grade differs from what was suggested, or why there is none."""
    said = [without_stop(one) for one in (subject.why_not, subject.reason) if one]
    suggested = matter.suggested(subject)
    if subject.grade and suggested and suggested != subject.grade:
        said.insert(0, f"测评多数为{matter.grade_title(suggested)}")
    return "；".join(said)


def summary_notes(matter: EvaluationMatter) -> list[str]:
    """How many got each grade and how many may, how many ballots there were, and what is missing."""
    told = "、".join(f"{title} {count} 名" for title, count in grade_counts(matter))
    notes = [f"评定结果：{told}。{'；'.join(quota_sentences(matter))}".rstrip("。") + "。"]
    heads = heads_sentence(matter.evaluation.batches)
    if heads:
        notes.append(f"民主测评：{heads}。票数和参考分供评定时参考，等次由组织研究确定。")
    if matter.sheet.together.counted and matter.sheet.together.hidden:
        notes.append(hidden_sentence(matter))
    left = undecided(matter)
    if left:
        notes.append(f"还有 {len(left)} 名没有评定。")
    if len(notes) == 1:
        return [f"注：{notes[0]}"]
    return [f"{'注：' if n == 1 else '　　'}{n}.{text}" for n, text in enumerate(notes, start=1)]


# ---- totals


def ranking_document(matter: EvaluationMatter) -> Document:
    """Everybody by total, with the score of every part; dimension by dimension where there are some."""
    columns = _ranked_columns(matter)
    rows = [row for dimension, star in _lists(matter) for row in _ranked_rows(matter, dimension, star)]
    title = f"{matter.occasion}得分汇总表"
    return _listed(matter, title, _line(matter), (columns, tuple(rows)), [ranking_note(matter)])


def _lists(matter: EvaluationMatter) -> list[tuple[str, str]]:
    """The dimensions by which people stand in their places, with their stars; one without name for none."""
    return [(one.id, one.star) for one in matter.scheme.dimensions] or [("", "")]


def ranking_note(matter: EvaluationMatter) -> str:
    """How totals are made, and what a gap means."""
    weights = "、".join(f"{one.title} {shown(one.weight)}%" for one in matter.scheme.parts)
    return (
        f"注：权重为{weights}；空格是没有得分的项目，“不计”的其余各项按权重折算，“计 0”的按 0 分计。"
        f"总分四舍五入保留 {matter.scheme.decimals} 位小数，按{matter.rule_version}计算。得分只作参考。"
    )


def _ranked_columns(matter: EvaluationMatter) -> tuple[Column, ...]:
    decides = matter.scheme.decision
    stars = max((one.star for one in matter.scheme.dimensions), key=len, default="")
    return (
        *((Column("申报星级", 1.6, fits=stars),) if stars else ()),
        Column("名次", 0.8, fits="000"),
        Column("姓名", 1.5, fits=longest_name(matter.taking_part())),
        Column("党小组", 1.8, fits="第一党小组"),
        *(Column(f"{one.title} {shown(one.weight)}%", 1.3, fits="100.0") for one in matter.scheme.parts),
        Column("总分", 1.1, fits="100.0"),
        *((Column("等次", 1.2, fits="基本合格"),) if decides else ()),
        Column("备注", 2.6, Align.LEFT, fits="六个汉字宽度"),
    )


def ranking_places(matter: EvaluationMatter, dimension: str) -> list[tuple[str, Subject]]:
    """Everybody who takes part with the place as text, those without a total last."""
    totals = {one.uid: matter.total(one, dimension) for one in matter.taking_part()}
    known = {uid: (one.total if one is not None else None) for uid, one in totals.items()}
    placed = ranked(known, matter.scheme.ties)
    found = [(str(place), matter.evaluation.subject(uid)) for place, uid in placed]
    found += [("", one) for one in matter.taking_part() if known[one.uid] is None]
    return [(place, one) for place, one in found if one is not None]


def _ranked_rows(matter: EvaluationMatter, dimension: str, star: str) -> Iterator[tuple[str, ...]]:
    for place, subject in ranking_places(matter, dimension):
        if dimension and not place:
            continue
        total = matter.total(subject, dimension)
        scores = [] if total is None else [shown(one.score) for one in total.parts]
        yield (
            *((star,) if star else ()),
            place,
            padded_name(subject.name),
            subject.group,
            *(scores or [""] * len(matter.scheme.parts)),
            matter.total_text(subject, dimension),
            *((decided_text(matter, subject),) if matter.scheme.decision else ()),
            _missing(matter, subject, dimension),
        )


def _missing(matter: EvaluationMatter, subject: Subject, dimension: str) -> str:
    """Which parts have no score, and what became of them."""
    total = matter.total(subject, dimension)
    said = [
        f"{one.part.title}{'计 0' if one.used_weight else '不计'}"
        for one in (total.parts if total is not None else ())
        if one.score is None
    ]
    if subject.uid in matter.sheet.disqualified:
        said.append(without_stop(matter.sheet.disqualified[subject.uid]))
    return "；".join(said)
