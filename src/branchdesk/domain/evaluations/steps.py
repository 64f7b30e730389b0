"""The steps of an evaluation: how far it has come, and whether the next may be finished (domain 6.1, 6.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from branchdesk.domain.evaluations.ballot_findings import heads
from branchdesk.domain.evaluations.ballots import agreed
from branchdesk.domain.evaluations.deciding import undecided_findings
from branchdesk.domain.evaluations.model import Evaluation, Scheme, Step, StepDone
from branchdesk.domain.evaluations.thresholds import Thresholds
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _, _n, later
from branchdesk.partial_dates import PartialDate
from branchdesk.rulebook import Rule

_SATURDAY = 5


class StepProgress(StrEnum):
    """Where a step stands: done, the one that is on, still to come, or switched off."""

    DONE = "done"
    CURRENT = "current"
    COMING = "coming"
    SKIPPED = "skipped"


LABELS = {
    StepProgress.DONE: later("已完成"),
    StepProgress.CURRENT: later("正在进行"),
    StepProgress.COMING: later("未开始"),
    StepProgress.SKIPPED: later("不进行"),
}


@dataclass(frozen=True, slots=True)
class StepState:
    """One step and where it stands; `done` is what was entered of it, None where nothing was."""

    step: Step
    state: StepProgress
    done: StepDone | None = None

    @property
    def done_on(self) -> date | None:
        """The day on which it was finished; None before."""
        return self.done.done_on if self.done is not None and self.state is StepProgress.DONE else None

    def shown(self) -> str:
        """Where it stands, in the language in use."""
        return _(LABELS[self.state])


def progress(scheme: Scheme, done: Iterable[StepDone]) -> tuple[StepState, ...]:
    """Where all steps stand, in their order; the current one is the first that is neither done nor skipped.

    A mark without a day that is not skipped, such as a publicity that has only begun, is not done.
    """
    marks = {one.step: one for one in done}
    states = []
    is_current_found = False
    for step in scheme.steps:
        mark = marks.get(step.id)
        if mark is not None and mark.skipped:
            state = StepProgress.SKIPPED
        elif mark is not None and mark.done_on is not None:
            state = StepProgress.DONE
        else:
            state = StepProgress.COMING if is_current_found else StepProgress.CURRENT
            is_current_found = True
        states.append(StepState(step, state, mark))
    return tuple(states)


def current_step(scheme: Scheme, done: Iterable[StepDone]) -> Step | None:
    """The step that is on; None where all are done."""
    states = progress(scheme, done)
    return next((one.step for one in states if one.state is StepProgress.CURRENT), None)


def skipped_steps(done: Iterable[StepDone]) -> frozenset[str]:
    """The ids of the steps that are switched off."""
    return frozenset(one.step for one in done if one.skipped)


def earliest_end(start: date, days: int) -> date:
    """The last of so many working days after `start`, Monday to Friday; the day of posting is not counted.

    Holidays are not known: five days from Monday 23 November end on Monday the 30th (domain 0.4).
    """
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < _SATURDAY
    return day


def begun_on(scheme: Scheme, done: Sequence[StepDone], step_id: str) -> date | None:
    """From when a step counts: the day entered, else the latest on which a step before it was done."""
    own = next((one for one in done if one.step == step_id), None)
    if own is not None and own.begun_on is not None:
        return own.begun_on
    return _done_before(scheme, done, step_id)


def _done_before(scheme: Scheme, done: Sequence[StepDone], step_id: str) -> date | None:
    """The latest day on which a step before this one was done; None where none was."""
    states = progress(scheme, done)
    place = [one.step.id for one in states].index(step_id)
    return max((one.done_on for one in states[:place] if one.done_on is not None), default=None)


def may_finish(
    scheme: Scheme, evaluation: Evaluation, step_id: str, on: date, thresholds: Thresholds, today: date
) -> list[Finding]:
    """What stands against finishing a step on a day: empty where it may be, warnings may be accepted."""
    step = scheme.step(step_id)
    if step is None:
        return [_no_such_step(step_id)]
    return [
        *_order(scheme, evaluation.steps, step),
        *_day(scheme, evaluation.steps, step, on, today),
        *_publicity(scheme, evaluation.steps, step, on, thresholds),
        *_counted(scheme, step, evaluation),
        *(undecided_findings(scheme, evaluation.subjects) if step.decides else ()),
    ]


def _no_such_step(step_id: str) -> Finding:
    return _error("no_such_step", _("现行办法里没有“{step}”这一步。", step=step_id), step_id)


def _order(scheme: Scheme, done: Iterable[StepDone], step: Step) -> Iterator[Finding]:
    states = progress(scheme, done)
    place = [one.step.id for one in states].index(step.id)
    if states[place].state is StepProgress.SKIPPED:
        yield _error("step_skipped", _("“{step}”已经设为不进行，请先恢复。", step=step.title), step.id)
    open_before = [one for one in states[:place] if one.state in {StepProgress.CURRENT, StepProgress.COMING}]
    if open_before:
        sentence = _("“{before}”还没有完成，请先完成。", before=open_before[0].step.title)
        yield _error("step_before", sentence, step.id)


def _day(scheme: Scheme, done: Sequence[StepDone], step: Step, on: date, today: date) -> Iterator[Finding]:
    if on > today:
        sentence = _("完成日期 {day} 还没有到，请核对。", day=_shown(on))
        yield _error("day_to_come", sentence, step.id)
    begun = begun_on(scheme, done, step.id)
    if begun is not None and on < begun:
        sentence = _("完成日期 {day} 早于前面的日期 {begun}，请核对。", day=_shown(on), begun=_shown(begun))
        yield _error("day_too_early", sentence, step.id)
    states = progress(scheme, done)
    place = [one.step.id for one in states].index(step.id)
    later = next((one for one in states[place + 1 :] if one.done_on is not None and one.done_on < on), None)
    if later is not None and later.done_on is not None:
        sentence = _(
            "完成日期 {day} 晚于后面的“{later}”（{then}），请核对。",
            day=_shown(on),
            later=later.step.title,
            then=_shown(later.done_on),
        )
        yield _error("day_too_late", sentence, step.id)


def _publicity(
    scheme: Scheme, done: Sequence[StepDone], step: Step, on: date, thresholds: Thresholds
) -> Iterator[Finding]:
    if not step.days:
        return
    rule = thresholds.days(step.days)
    begun = begun_on(scheme, done, step.id)
    before = _done_before(scheme, done, step.id)
    if begun is None:
        sentence = _("请先写明“{step}”从哪一天开始。", step=step.title)
        yield _error("not_begun", sentence, step.id)
        return
    if before is not None and begun < before:
        sentence = _(
            "“{step}”从 {begun} 开始，早于前面的步骤完成的 {before}，请核对。",
            step=step.title,
            begun=_shown(begun),
            before=_shown(before),
        )
        yield Finding("begun_too_early", Severity.WARN, sentence, step.id)
    if begun <= on < earliest_end(begun, rule.value):
        yield Finding("publicity_short", Severity.ERROR, _too_short(step, begun, rule), step.id, rule.source)


def _too_short(step: Step, begun: date, rule: Rule) -> str:
    return _n(
        "“{step}”从 {begun} 开始，不少于 {n} 个工作日，最早 {end} 结束（暂算，没有计入法定节假日）。",
        rule.value,
        step=step.title,
        begun=_shown(begun),
        end=_shown(earliest_end(begun, rule.value)),
    )


def _counted(scheme: Scheme, step: Step, evaluation: Evaluation) -> Iterator[Finding]:
    """Whether ballots were counted twice, alike, and add up, before the step of counting is done."""
    if not step.ballots:
        return
    if not evaluation.batches:
        sentence = _("还没有发出测评票，“{step}”不能完成。", step=step.title)
        yield _error("no_ballots", sentence, step.id)
    for one in evaluation.batches:
        if agreed(one) is None:
            sentence = _("{code} 批测评票还没有由两个人录入两遍并核对一致。", code=one.code)
            yield _error("not_counted", sentence, step.id)
            continue
        wrong = next(iter(heads(one, scheme=scheme)), None)
        if wrong is not None:
            sentence = _("{code} 批测评票：{finding}", code=one.code, finding=wrong.sentence)
            yield _error("not_reconciled", sentence, step.id)


def may_skip(scheme: Scheme, step_id: str, *, skipped: bool, why: str) -> list[Finding]:
    """What stands against switching a step off, or on again: only optional ones may be, with a reason."""
    step = scheme.step(step_id)
    if step is None:
        return [_no_such_step(step_id)]
    if not step.optional:
        sentence = _("“{step}”是必经步骤，不能设为不进行。", step=step.title)
        return [_error("not_optional", sentence, step.id)]
    if skipped and not why.strip():
        return [_error("no_reason", _("请写明不进行“{step}”的原因。", step=step.title), step.id)]
    return []


def may_reopen(scheme: Scheme, done: Sequence[StepDone], step_id: str, reason: str) -> list[Finding]:
    """What stands against opening a finished step again: later ones are done, or nobody says why."""
    step = scheme.step(step_id)
    if step is None:
        return [_no_such_step(step_id)]
    states = progress(scheme, done)
    place = [one.step.id for one in states].index(step.id)
    if states[place].state is not StepProgress.DONE:
        return [_error("not_done", _("“{step}”还没有完成，不用重新打开。", step=step.title), step.id)]
    if not reason.strip():
        return [_error("no_reason", _("请写明重新打开“{step}”的原因。", step=step.title), step.id)]
    after = [one for one in states[place + 1 :] if one.state is StepProgress.DONE]
    if after:
        sentence = _("后面的“{after}”已经完成，请先重新打开它。", after=after[-1].step.title)
        return [_error("step_after", sentence, step.id)]
    return []


def _shown(day: date) -> str:
    return PartialDate.of(day).shown()


def _error(code: str, sentence: str, step_id: str) -> Finding:
    return Finding(code, Severity.ERROR, sentence, step_id)
