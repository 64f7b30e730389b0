"""Scores of parts: typed in blocks, on cards with what proves them, and taken over from records."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from branchdesk.domain.evaluations.ballots import combined
from branchdesk.domain.evaluations.model import Part, PartScore, Subject
from branchdesk.errors import Problem
from branchdesk.i18n import _, _n, speaking_chinese
from branchdesk.services.evaluations.desk import Desk, put_on_desk
from branchdesk.services.evaluations.numbers import read_score
from branchdesk.services.evaluations.outcomes import EvaluationOutcome
from branchdesk.services.evaluations.people import attendance_scores
from branchdesk.services.evaluations.reading import sheet as read_sheet
from branchdesk.services.meetings.texts import one_line, whole
from branchdesk.storage import evaluations as questions
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import NOTHING, Change
from branchdesk.storage.evaluation_tables import part_score

POINTS, ATTENDANCE, BALLOT, MASS = "points", "attendance", "ballot", "mass"
FROM_RECORDS = frozenset({POINTS, ATTENDANCE, BALLOT})  # sources whose scores nobody types
_LONG = ("actual", "note", "target")
_CARD = (*_LONG, "scorer", "evidence_title", "evidence_entity", "evidence_uid")
_CENT = Decimal("0.01")
_OF_BALLOTS = re.compile(r"有效票 \d+ 张")  # what a score taken over from ballots rests on
_Cells = Mapping[tuple[str, str, str], PartScore]


def set_scores(
    branch: Branch, uid: str, part: str, texts: Mapping[str, str], dimension: str = ""
) -> EvaluationOutcome:
    """Give subjects their scores of one part, by their uids, as one change; empty texts take scores away."""
    return set_cells(branch, uid, {(subject, part): text for subject, text in texts.items()}, dimension)


def set_cells(
    branch: Branch, uid: str, texts: Mapping[tuple[str, str], str], dimension: str = ""
) -> EvaluationOutcome:
    """Give scores by subject and part, as one change; empty texts take scores away.

    Raises Problem for a score that cannot be, for somebody who takes no part, for a part that comes from
    records, and for a final evaluation; then nothing is stored.
    """
    desk = put_on_desk(branch, uid)
    at, cells = desk.dimension(dimension), _cells(desk)
    wanted = []
    for (subject, part_id), text in texts.items():
        one, part = _taking_part(desk, subject), _typed(desk, part_id)
        before = _known(cells, subject, part_id, at)
        wanted.append(_scored(before, read_score(one.name, part, text)))
    return _write(branch, desk, _label(desk, wanted), wanted)


def refusals(
    branch: Branch, uid: str, texts: Mapping[tuple[str, str], str]
) -> dict[tuple[str, str], Problem]:
    """What speaks against single scores of a block, by subject and part, so that the others can be given."""
    desk = put_on_desk(branch, uid)
    found = {}
    for (subject, part_id), text in texts.items():
        try:
            read_score(_taking_part(desk, subject).name, _typed(desk, part_id), text)
        except Problem as problem:
            found[subject, part_id] = problem
    return found


def set_card(
    branch: Branch, uid: str, subject: str, part: str, texts: Mapping[str, str], dimension: str = ""
) -> EvaluationOutcome:
    """Fill in the card behind a score: any of score, target, actual, note, scorer and what proves it.

    Raises Problem as `set_cells` does, KeyError for another key.
    """
    desk = put_on_desk(branch, uid)
    at = desk.dimension(dimension)
    one, known = _taking_part(desk, subject), desk.part(part)
    card = _known(_cells(desk), subject, part, at)
    for key, text in texts.items():
        if key == "score":
            card = _scored(card, read_score(one.name, _typed(desk, part), text))
        elif key in _CARD:
            said: dict[str, Any] = {key: whole(text) if key in _LONG else one_line(text)}
            card = replace(card, **said)
        else:
            raise KeyError(key)
    label = _("填写 {name} 的{part}", name=one.name, part=known.title)
    return _write(branch, desk, label, [card])


def _taking_part(desk: Desk, subject: str) -> Subject:
    one = desk.subject(subject)
    if not one.takes_part:
        raise Problem(
            _("{name}不参加这次评议，不打分。", name=one.name), _("确实参加的，请先改为“参加评议”。")
        )
    return one


def _typed(desk: Desk, part_id: str) -> Part:
    part = desk.part(part_id)
    if part.source in FROM_RECORDS or _is_fed(desk, part_id):
        raise Problem(
            _("“{part}”的得分从记录里取，不能直接填写。", part=part.title), _("请用“取数”更新这一项。")
        )
    return part


def _is_fed(desk: Desk, part_id: str) -> bool:
    """Whether a batch of ballots counts into a part."""
    return any(one.part == part_id for one in desk.evaluation.batches)


def _cells(desk: Desk) -> _Cells:
    return {(one.subject, one.part, one.dimension): one for one in desk.evaluation.scores}


def _known(cells: _Cells, subject: str, part: str, dimension: str) -> PartScore:
    """What is stored of a cell, else an empty one."""
    wanted = (subject, part, dimension)
    return cells.get(wanted, PartScore(*wanted))


def _scored(before: PartScore, score: Decimal | None) -> PartScore:
    """A cell with a score that was typed, which no longer rests on ballots that are said beside it."""
    said = before.actual
    if score != before.score and _OF_BALLOTS.fullmatch(said):
        said = ""
    return replace(before, score=score, actual=said)


def _label(desk: Desk, wanted: Sequence[PartScore]) -> str:
    if len(wanted) == 1:
        one = wanted[0]
        name, part = desk.subject(one.subject).name, desk.part(one.part).title
        return _("{name} 的{part}评分", name=name, part=part)
    parts = {one.part for one in wanted}
    if len(parts) == 1:
        return _n("{part}评分 {n} 人", len(wanted), part=desk.part(next(iter(parts))).title)
    return _n("{title} 评分 {n} 项", len(wanted), title=desk.called)


def _write(branch: Branch, desk: Desk, label: str, wanted: Sequence[PartScore]) -> EvaluationOutcome:
    if not wanted:
        return EvaluationOutcome(NOTHING, desk.uid)
    with branch.change(label) as change:
        write_scores(change, desk.uid, wanted)
    return EvaluationOutcome(change.result, desk.uid)


def write_scores(change: Change, uid: str, wanted: Sequence[PartScore]) -> None:
    """Write scores into a change; one that says nothing any more is no row."""
    stored = questions.score_uids(change.connection, uid)
    cells = {(one.subject, one.part, one.dimension): one for one in wanted}
    empty = {cell for cell, one in cells.items() if one == PartScore(*cell)}
    change.remove(part_score, [stored[cell] for cell in cells if cell in empty and cell in stored])
    rows = {cell: questions.row_of_score(uid, one) for cell, one in cells.items() if cell not in empty}
    change.update_many(part_score, {stored[cell]: row for cell, row in rows.items() if cell in stored})
    change.insert_many(part_score, [row for cell, row in rows.items() if cell not in stored])


# ---- taken over from records


def take_over(branch: Branch, uid: str, part: str) -> EvaluationOutcome:
    """Take the scores of a part over from the points ledger, from attendance or from counted ballots.

    Points count up to the full marks, attendance by its share, ballots by their reference score. Who has
    nothing there any more loses what was taken over before. Raises Problem where there is nothing for anybody
    and never was.
    """
    desk = put_on_desk(branch, uid)
    known = desk.part(part)
    with speaking_chinese():  # what a score rests on is printed
        found = _from_records(branch, desk, known)
    dimensions, cells = [one.id for one in desk.scheme.dimensions] or [""], _cells(desk)
    wanted = []
    for one in desk.evaluation.subjects:
        for dimension in dimensions if one.takes_part else ():
            score, words = found.get(one.uid, (None, ""))
            wanted.append(replace(_known(cells, one.uid, part, dimension), score=score, actual=words))
    if not found and not any(one.part == part and one.score is not None for one in cells.values()):
        raise Problem(
            _("“{part}”还没有可以取的数。", part=known.title), _("请先补录记录或者完成计票，再取数。")
        )
    return _write(branch, desk, _("取数：{part}", part=known.title), wanted)


def _from_records(branch: Branch, desk: Desk, part: Part) -> dict[str, tuple[Decimal, str]]:
    """The score of each subject by the records, and what it rests on."""
    if _is_fed(desk, part.id):
        return _from_ballots(branch, desk, part)
    if part.source == POINTS:
        points = read_sheet(branch, desk.uid).points
        return {
            uid: (min(max(total, Decimal(0)), part.full), f"双积分 {total} 分")
            for uid, total in points.items()
            if total is not None
        }
    if part.source == ATTENDANCE:
        came = attendance_scores(branch, desk.evaluation, part.full)
        return {uid: (_to_the_cent(score), words) for uid, (score, words) in came.items()}
    if part.source == BALLOT and any(one.part == part.id for one in desk.evaluation.scores):
        return {}  # the batch that they were taken from is no more
    if part.source in {BALLOT, MASS}:
        raise Problem(
            _("“{part}”还没有测评票。", part=part.title),
            _("请在“测评计票”里增加一批测评票，选择计入这一项。"),
        )
    raise Problem(_("“{part}”由人打分，不从记录取数。", part=part.title), _("请直接填写得分。"))


def _from_ballots(branch: Branch, desk: Desk, part: Part) -> dict[str, tuple[Decimal, str]]:
    least = read_sheet(branch, desk.uid).thresholds.ballots_least.value
    own = [one for one in desk.evaluation.batches if one.part == part.id]
    tally = combined(desk.scheme, own, least)
    if not tally.counted:
        raise Problem(
            _("“{part}”的测评票还没有由两个人录入两遍并核对一致。", part=part.title), _("请先完成计票。")
        )
    if tally.hidden:
        raise Problem(
            _(
                "“{part}”的有效票只有 {n} 张，少于 {least} 张不取数。",
                part=part.title,
                n=tally.valid,
                least=least,
            ),
            _("票数太少会看出是谁投的，请扩大参加测评的范围。"),
        )
    return {
        uid: (_to_the_cent(row.reference * part.full / 100), f"有效票 {tally.valid} 张")
        for uid, row in tally.rows.items()
        if row.reference is not None
    }


def _to_the_cent(score: Decimal) -> Decimal:
    return score.quantize(_CENT, ROUND_HALF_UP)
