"""Paper ballots: batches that are handed out, their heads, and two passes through them by two people.

Only the sums of a whole pass are ever written, in one change and in sorted order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from branchdesk import clock
from branchdesk.domain.evaluations import ballots as rules
from branchdesk.domain.evaluations.ballot_findings import heads, pass_title
from branchdesk.domain.evaluations.ballots import Difference, is_same_counter
from branchdesk.domain.evaluations.model import Batch, Count, Pass
from branchdesk.domain.names import same_name_key
from branchdesk.errors import Problem
from branchdesk.findings import Finding
from branchdesk.i18n import _
from branchdesk.services.evaluations.desk import Desk, desk_of_batch, put_on_desk
from branchdesk.services.evaluations.numbers import read_number
from branchdesk.services.evaluations.outcomes import EvaluationOutcome
from branchdesk.services.evaluations.sheets import EvaluationSheet, on_ballot
from branchdesk.services.inspections.dates import read_day
from branchdesk.services.meetings.texts import one_line
from branchdesk.storage import evaluations as questions
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import Change
from branchdesk.storage.evaluation_tables import ballot_batch, ballot_count, ballot_pass
from branchdesk.uids import new_uid

# What keeps a pass from being stored: sums that no pile of ballots can have, and who counted it.
_REFUSED = {"sum_differs", "votes_negative", "not_on_ballot", "no_such_grade", "no_counter", "same_counter"}
_PASSES = (1, 2)


def differences(sheet: EvaluationSheet, batch: str) -> tuple[Difference, ...]:
    """Where the two passes through a batch differ, the number of ballots first."""
    return rules.differences(sheet.batch(batch))


def add_batch(branch: Branch, uid: str, issued: str | int = "", part: str = "") -> EvaluationOutcome:
    """Add a batch of ballots; the outcome's `line` is its uid. `part` is the part of the total that it feeds.

    Its code counts the batches of the organisation in the year: 2026-01. Raises Problem for a scheme without
    grades to vote on, and for a final evaluation.
    """
    desk = put_on_desk(branch, uid)
    if not desk.scheme.grades:
        raise Problem(
            _("“{title}”没有可以投票的档次，不用测评票。", title=desk.called), _("请直接在“评分”里填写得分。")
        )
    if not on_ballot(desk.scheme, desk.evaluation.subjects):
        raise Problem(
            _("“{title}”没有可以测评的对象。", title=desk.called), _("请先核对参评名单，再增加测评票。")
        )
    if part:
        desk.part(part)
    handed_out = read_number(issued, _("发出票数"))
    one = desk.evaluation
    with branch.change(_("{title} 增加一批测评票", title=desk.called)) as change:
        number = 1 + questions.last_batch(change.connection, one.organisation, one.year)
        batch = Batch(new_uid(), f"{one.year}-{number:02d}", part, handed_out)
        change.insert(ballot_batch, questions.row_of_batch(uid, batch))
    return EvaluationOutcome(change.result, uid, line=batch.uid)


def set_heads(branch: Branch, batch: str, typed: Mapping[str, str | int]) -> EvaluationOutcome:
    """Set any of issued, returned and spoiled; empty texts clear. What does not add up is said and kept.

    Raises Problem for what is no number and for a final evaluation, KeyError for another key.
    """
    desk, one = desk_of_batch(branch, batch)
    titles = {"issued": _("发出票数"), "returned": _("收回票数"), "spoiled": _("废票数")}
    values = {key: read_number(text, titles[key]) for key, text in typed.items()}
    with branch.change(_("填写 {code} 批测评票的票数", code=one.code)) as change:
        change.update(ballot_batch, batch, values)
    return _outcome(branch, desk, change, batch)


def set_printed(branch: Branch, batch: str, on: str = "") -> EvaluationOutcome:
    """Note that the ballots of a batch were printed on a day, today without one."""
    desk, one = desk_of_batch(branch, batch)
    written = read_day(on, _("印制日期")) or clock.today().isoformat()
    with branch.change(_("{code} 批测评票已印制", code=one.code)) as change:
        change.update(ballot_batch, batch, {"printed_on": written})
    return EvaluationOutcome(change.result, desk.uid, line=batch)


def remove_batch(branch: Branch, batch: str, why: str = "") -> EvaluationOutcome:
    """Take a batch out. Raises Problem for one that was counted where nobody says why."""
    desk, one = desk_of_batch(branch, batch)
    reason = one_line(why)
    if one.passes and not reason:
        raise Problem(
            _("{code} 批测评票已经计票，删除请写明原因。", code=one.code), _("如“发错了名单，作废重发”。")
        )
    label = _("删除 {code} 批测评票", code=one.code)
    if reason:
        label = _("删除 {code} 批测评票：{why}", code=one.code, why=reason)
    with branch.change(label) as change:
        for number in _PASSES:
            _take_out(change, batch, number)
        change.remove(ballot_batch, [batch])
    return EvaluationOutcome(change.result, desk.uid)


# ---- counting


def count_pass(
    branch: Branch,
    batch: str,
    number: int,
    counter: str,
    ballots: int,
    votes: Mapping[str, Mapping[str, int]],
    spoiled: int | None = None,
) -> EvaluationOutcome:
    """Store the sums of a whole pass, in place of those that it had, as one change.

    `votes` are by subject and choice, "" for a row that was left blank; `spoiled` are ballots that were found
    to be void while counting. Raises Problem where the votes of somebody do not come to `ballots`, without a
    counter, where one person made both passes, and for numbers that no pile of ballots has.
    """
    desk, one = desk_of_batch(branch, batch)
    if number not in _PASSES:
        raise KeyError(number)
    read_number(ballots, _("有效票数"))
    read_number(spoiled, _("废票数"))
    counts = tuple(
        Count(subject, choice, voted)
        for subject in sorted(votes)
        for choice, voted in sorted(votes[subject].items())
        if voted
    )
    made = Pass(number, one_line(counter), ballots, counts)
    _refuse_same_counter(one, made)
    _refuse(desk, replace(one, passes=(made,)))
    label = _("录入 {code} 批测评票{ordinal}计票", code=one.code, ordinal=pass_title(number))
    with branch.change(label) as change:
        if spoiled is not None:
            change.update(ballot_batch, batch, {"spoiled": spoiled})
        _take_out(change, batch, number)
        _put_in(change, desk.uid, batch, made)
    return _outcome(branch, desk, change, batch)


def _refuse_same_counter(batch: Batch, made: Pass) -> None:
    if not same_name_key(made.counter):
        raise Problem(_("请填写计票人。"), _("两遍应由两个人录入，计票人写姓名。"))
    other = batch.counting(3 - made.number)
    if other is not None and is_same_counter(made.counter, other.counter):
        raise Problem(
            _("{name} 已经录入了{ordinal}。", name=made.counter, ordinal=pass_title(other.number)),
            _("两遍应由两个人录入，请换一个人录入这一遍。"),
        )


def _refuse(desk: Desk, batch: Batch) -> None:
    """Raise Problem where the sums of a pass cannot be those of a pile of ballots."""
    names = {one.uid: one.name for one in on_ballot(desk.scheme, desk.evaluation.subjects)}
    found = next((one for one in heads(batch, names, desk.scheme) if one.code in _REFUSED), None)
    if found is not None:
        raise Problem(found.sentence, _("请核对这一遍的票数，改正后再保存。"))


def _put_in(change: Change, uid: str, batch: str, made: Pass) -> None:
    row = {
        "record_uid": uid,
        "batch_uid": batch,
        "number": made.number,
        "counter": made.counter,
        "ballots": made.ballots,
    }
    pass_uid = change.insert(ballot_pass, row)
    change.insert_many(
        ballot_count,
        [
            {
                "record_uid": uid,
                "pass_uid": pass_uid,
                "subject_uid": one.subject,
                "choice": one.choice,
                "votes": one.votes,
            }
            for one in made.counts
        ],
    )


def _take_out(change: Change, batch: str, number: int) -> None:
    passes, counts = questions.pass_uids(change.connection, batch, number)
    change.remove(ballot_count, counts)
    change.remove(ballot_pass, passes)


def clear_pass(branch: Branch, batch: str, number: int, why: str) -> EvaluationOutcome:
    """Take a pass out, to be counted again. Raises Problem without a reason."""
    desk, one = desk_of_batch(branch, batch)
    reason = one_line(why)
    if not reason:
        raise Problem(_("请写明清除这一遍计票的原因。"), _("如“票箱里还有未计的票”。"))
    label = _(
        "清除 {code} 批测评票{ordinal}计票：{why}", code=one.code, ordinal=pass_title(number), why=reason
    )
    with branch.change(label) as change:
        _take_out(change, batch, number)
    return EvaluationOutcome(change.result, desk.uid, line=batch)


def _outcome(branch: Branch, desk: Desk, change: Change, batch: str) -> EvaluationOutcome:
    """What an edit did, with what does not add up in the batch now."""
    with branch.read() as connection:
        after = questions.evaluation_at_hand(connection, desk.uid).batch(batch)
    return EvaluationOutcome(change.result, desk.uid, tuple(_wrong(desk, after)), batch)


def _wrong(desk: Desk, batch: Batch | None) -> Sequence[Finding]:
    names = {one.uid: one.name for one in on_ballot(desk.scheme, desk.evaluation.subjects)}
    return [] if batch is None else heads(batch, names, desk.scheme)
