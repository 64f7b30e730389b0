"""An evaluation as a workbook: everybody with votes and grade, parts, ballots, stars, and the steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from branchdesk.documents.model import Align
from branchdesk.documents.xlsx import TableColumn, WorkbookTable
from branchdesk.domain.evaluations.model import Subject
from branchdesk.domain.inspections.line_scores import shown
from branchdesk.partial_dates import PartialDate
from branchdesk.reports.evaluations.matter import EvaluationMatter
from branchdesk.reports.evaluations.summary import (
    decided_text,
    ranking_note,
    ranking_places,
    remark,
    summary_notes,
)
from branchdesk.reports.evaluations.wording import (
    STAR_STATES,
    hidden_sentence,
    number_or_pen,
    reference_text,
)

_LEFT = Align.LEFT
_NUMBER = TableColumn("序号", 6, is_number=True)
_NAME = TableColumn("姓名", 17)  # room for a name of eight characters
_GROUP = TableColumn("党小组", 14)
_SCORES = (
    _NUMBER,
    _NAME,
    _GROUP,
    TableColumn("方面", 12),
    TableColumn("项目", 14),
    TableColumn("权重%", 8, is_number=True),
    TableColumn("满分", 8, is_number=True),
    TableColumn("目标要求", 26, align=_LEFT),
    TableColumn("完成情况", 26, align=_LEFT),
    TableColumn("得分", 8, is_number=True),
    TableColumn("说明", 20, align=_LEFT),
    TableColumn("佐证", 20, align=_LEFT),
    TableColumn("评分人", 12),
)
_STARS = (
    _NUMBER,
    _NAME,
    TableColumn("星级", 16),
    TableColumn("状态", 14),
    TableColumn("同意票", 8, is_number=True),
    TableColumn("表决人数", 9, is_number=True),
    TableColumn("审核意见", 26, align=_LEFT),
    TableColumn("反映和处理", 26, align=_LEFT),
    TableColumn("挂牌从", 12),
    TableColumn("挂牌到", 12),
    TableColumn("主要事迹", 60, align=_LEFT),
)
_STEPS = (
    _NUMBER,
    TableColumn("步骤", 16),
    TableColumn("完成日期", 12),
    TableColumn("情况", 10),
    TableColumn("说明", 40, align=_LEFT),
)


def evaluation_tables(matter: EvaluationMatter) -> Iterator[WorkbookTable]:
    """The sheets that an evaluation has something for."""
    if matter.scheme.grades:
        yield _everybody(matter)
    if matter.scheme.parts:
        yield from _rankings(matter)
        yield _scores(matter)
    if matter.evaluation.batches:
        yield _ballots(matter)
    if matter.scheme.has_stars:
        yield _stars(matter)
    yield _steps(matter)


def _line(matter: EvaluationMatter) -> str:
    return f"{matter.organisation}　　{matter.rule_version}"


def _day(day: date | None) -> str:
    return PartialDate.of(day).shown() if day is not None else ""


def _everybody(matter: EvaluationMatter) -> WorkbookTable:
    columns = (
        _NUMBER,
        _NAME,
        _GROUP,
        TableColumn("类别", 12),
        *(TableColumn(one.title, 10, is_number=True) for one in matter.scheme.grades),
        TableColumn("未评", 8, is_number=True),
        TableColumn("参考分", 9, is_number=True),
        *((TableColumn("总分", 9, is_number=True),) if matter.scheme.parts else ()),
        TableColumn("参考等次", 11),
        TableColumn("评定等次", 11),
        TableColumn("评定理由、未参加原因", 30, align=_LEFT),
        TableColumn("意见", 30, align=_LEFT),
        TableColumn("改进方向", 30, align=_LEFT),
        TableColumn("反馈日期", 12),
    )
    rows = [
        (str(number), *_row(matter, one)) for number, one in enumerate(matter.evaluation.subjects, start=1)
    ]
    notes = tuple(summary_notes(matter)) if matter.scheme.decision else ()
    return WorkbookTable(
        "评定", columns, rows, f"{matter.occasion}汇总表", (_line(matter),), notes, is_large=True
    )


def _row(matter: EvaluationMatter, subject: Subject) -> Iterator[str]:
    row = matter.votes(subject) if subject in matter.sheet.on_ballot else None
    yield from (subject.name, subject.group, matter.category(subject))
    for one in matter.scheme.grades:
        yield "" if row is None else str(row.counts.get(one.code, 0))
    yield "" if row is None else str(row.blank)
    yield reference_text(row)
    if matter.scheme.parts:
        yield matter.total_text(subject)
    yield matter.grade_title(matter.suggested(subject))
    yield decided_text(matter, subject) if matter.scheme.decision else ""
    yield from (remark(matter, subject), subject.opinion, subject.improvement, _day(subject.told_on))


def _rankings(matter: EvaluationMatter) -> Iterator[WorkbookTable]:
    """The totals by place, a sheet for each dimension."""
    columns = (
        TableColumn("名次", 7, is_number=True),
        _NAME,
        _GROUP,
        *(
            TableColumn(f"{one.title}（{shown(one.weight)}%）", 14, is_number=True)
            for one in matter.scheme.parts
        ),
        TableColumn("总分", 9, is_number=True),
    )
    dimensions = [(one.id, one.title) for one in matter.scheme.dimensions] or [("", "得分")]
    for dimension, title in dimensions:
        rows = []
        for place, one in ranking_places(matter, dimension):
            total = matter.total(one, dimension)
            if total is not None and (place or not dimension):
                scores = [shown(each.score) for each in total.parts]
                rows.append((place, one.name, one.group, *scores, matter.total_text(one, dimension)))
        if rows:
            said = f"{matter.occasion}{f'（{title}）' if dimension else ''}"
            yield WorkbookTable(title, columns, rows, said, (_line(matter),), (ranking_note(matter),))


def _scores(matter: EvaluationMatter) -> WorkbookTable:
    """What everybody earned in every part, with the proof."""
    parts = {one.id: one for one in matter.scheme.parts}
    names = {one.id: one.title for one in matter.scheme.dimensions}
    rows: list[tuple[str, ...]] = []
    for subject in matter.evaluation.subjects:
        for one in matter.evaluation.scores_of(subject.uid):
            part = parts.get(one.part)
            if part is not None:
                rows.append(
                    (
                        str(len(rows) + 1),
                        subject.name,
                        subject.group,
                        names.get(one.dimension, ""),
                        part.title,
                        shown(part.weight),
                        shown(part.full),
                        one.target or part.target,
                        one.actual,
                        shown(one.score),
                        one.note,
                        one.evidence_title,
                        one.scorer,
                    )
                )
    return WorkbookTable(
        "各项得分", _SCORES, rows, f"{matter.occasion}各项得分", (_line(matter),), is_large=True
    )


def _ballots(matter: EvaluationMatter) -> WorkbookTable:
    """The batches and, where they may be shown, what they said of everybody."""
    columns = (
        _NUMBER,
        TableColumn("批次", 12),
        *(TableColumn(label, 8, is_number=True) for label in ("发出", "收回", "未收", "有效", "废票")),
        TableColumn("测评对象", 17),
        *(TableColumn(one.title, 10, is_number=True) for one in matter.scheme.grades),
        TableColumn("未评", 8, is_number=True),
        TableColumn("参考分", 9, is_number=True),
        TableColumn("备注", 30, align=_LEFT),
    )
    rows: list[tuple[str, ...]] = []
    empty = ("",) * (len(matter.scheme.grades) + 2)
    for batch in matter.evaluation.batches:
        figures = (batch.issued, batch.returned, batch.not_returned, batch.valid, batch.spoiled)
        head = (batch.code, *map(number_or_pen, figures))
        tally = matter.tally(batch)
        if not tally.counted:
            rows.append((str(len(rows) + 1), *head, "", *empty, "两遍计票还没有一致"))
        elif tally.hidden:
            rows.append((str(len(rows) + 1), *head, "", *empty, hidden_sentence(matter)))
        else:
            for subject in matter.sheet.on_ballot:
                row = tally.rows.get(subject.uid)
                if row is not None:
                    votes = [str(row.counts.get(one.code, 0)) for one in matter.scheme.grades]
                    told = (subject.name, *votes, str(row.blank), reference_text(row), "")
                    rows.append((str(len(rows) + 1), *head, *told))
    return WorkbookTable("测评票", columns, rows, f"{matter.ballot_name}结果", (_line(matter),))


def _stars(matter: EvaluationMatter) -> WorkbookTable:
    rows = [
        (
            str(number),
            subject.name,
            dimension.star,
            STAR_STATES[star.state],
            number_or_pen(star.votes_for),
            number_or_pen(star.votes_of),
            star.opinion,
            "；".join(text for text in (star.objection, star.handled) if text),
            _day(star.from_day),
            _day(star.until_day),
            star.deeds,
        )
        for number, (star, subject, dimension) in enumerate(matter.stars(), start=1)
    ]
    return WorkbookTable("五星党员", _STARS, rows, f"{matter.occasion}名单", (_line(matter),), is_large=True)


def _steps(matter: EvaluationMatter) -> WorkbookTable:
    rows = []
    for number, one in enumerate(matter.scheme.steps, start=1):
        done = matter.step_done(one)
        state = "" if done is None else "不开展" if done.skipped else "已完成" if done.done_on else ""
        day = _day(done.done_on) if done is not None else ""
        rows.append((str(number), one.title, day, state, done.note if done is not None else ""))
    return WorkbookTable("步骤", _STEPS, rows, f"{matter.occasion}步骤", (_line(matter),))
