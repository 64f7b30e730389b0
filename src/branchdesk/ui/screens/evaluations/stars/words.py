"""What is said of one star: each step of its way with what proves it, and what can be done next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from branchdesk.domain.evaluations.model import Scheme, Star, StarState, Step
from branchdesk.domain.evaluations.stars import next_states, state_steps
from branchdesk.domain.evaluations.steps import StepProgress, StepState, skipped_steps
from branchdesk.i18n import _, _n, joined
from branchdesk.services.evaluations.reading import EvaluationSheet
from branchdesk.ui.screens.evaluations.words import day_shown

_EXCERPT = 24


class Reached(StrEnum):
    """Where a step of one star stands."""

    DONE = "done"
    NEXT = "next"
    COMING = "coming"
    SKIPPED = "skipped"
    REFUSED = "refused"


@dataclass(frozen=True)
class StarStep:
    """One step of the way of a star: its title, where it stands, and what proves it or is waited for."""

    state: StarState
    title: str
    reached: Reached
    told: str


def way_of(sheet: EvaluationSheet, star: Star) -> list[StarStep]:
    """The steps of one star, in order."""
    steps = state_steps(sheet.scheme)
    skipped = skipped_steps(sheet.evaluation.steps)
    order = list(steps)
    place = order.index(star.state) if star.state in order else -1
    found = []
    next_done = star.state is StarState.DECLINED
    for number, (state, step) in enumerate(steps.items()):
        if step.id in skipped:
            reached = Reached.SKIPPED
        elif number <= place or (star.state is StarState.DECLINED and state is StarState.DECLARED):
            reached = Reached.DONE
        elif next_done:
            reached = Reached.COMING
        else:
            reached, next_done = Reached.NEXT, True
        found.append(StarStep(state, step.title, reached, _told(sheet, star, state, step, reached)))
    if star.state is StarState.DECLINED:
        found.append(StarStep(StarState.DECLINED, _("没有授星"), Reached.REFUSED, star.opinion))
    return found


def _told(sheet: EvaluationSheet, star: Star, state: StarState, step: Step, reached: Reached) -> str:
    """What a line under a step says."""
    if reached is Reached.SKIPPED:
        return _("这一步不进行")
    if state is StarState.DECLARED:
        return deeds_words(star.deeds)
    if state is StarState.AWARDED:
        return _publicity_words(sheet, star, step)
    if reached is not Reached.DONE:
        return _("待办") if reached is Reached.NEXT else _("还没到")
    votes = ""
    if state is StarState.RECOMMENDED and star.votes_for is not None and star.votes_of is not None:
        votes = _("{given}/{of} 同意", given=star.votes_for, of=star.votes_of)
    # The opinion is that of the step that was done last.
    opinion = _excerpt(star.opinion) if state is star.state else ""
    return " · ".join(filter(None, (votes, opinion))) or _("已通过")


def deeds_words(deeds: str) -> str:
    """How long the story of a star is, with its beginning."""
    letters = count_letters(deeds)
    if not letters:
        return _("还没有写事迹")
    return _n("“{begin}”（{n} 字）", letters, begin=_excerpt(deeds))


def count_letters(text: str) -> int:
    """Letters without spaces, as the rule of the longest story counts them."""
    return sum(not letter.isspace() for letter in text)


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else f"{line[:_EXCERPT]}…"


def _publicity_words(sheet: EvaluationSheet, star: Star, step: Step) -> str:
    """How far publicity is, whether anybody objected, and when the plaque hangs."""
    known = next((one for one in sheet.progress if one.step.id == step.id), None)
    parts = [_publicity_state(known)]
    if star.objection.strip():
        parts.append(_("有异议，已处理") if star.handled.strip() else _("有异议，还没有处理"))
    if star.from_day is not None:
        start, until = day_shown(star.from_day), day_shown(star.until_day)
        if until:
            parts.append(_("挂牌 {start}—{until}", start=start, until=until))
        else:
            parts.append(_("{start} 起挂牌", start=start))
    return " · ".join(filter(None, parts))


def _publicity_state(known: StepState | None) -> str:
    if known is None:
        return ""
    if known.done_on is not None:
        return _("公示到 {day} 结束", day=day_shown(known.done_on))
    if known.done is not None and known.done.begun_on is not None:
        return _("{day} 开始公示", day=day_shown(known.done.begun_on))
    return _("公示已结束") if known.state is StepProgress.DONE else _("公示未开始")


def next_of(sheet: EvaluationSheet, star: Star) -> tuple[StarState, ...]:
    """The states that may follow the one of a star."""
    return next_states(sheet.scheme, skipped_steps(sheet.evaluation.steps), star)


def verb_of(scheme: Scheme, star: Star, state: StarState) -> str:
    """What bringing a star into a state is called on a button."""
    if state is StarState.AWARDED:
        return _("授星…")
    if state is StarState.DECLINED:
        return _("不授星…")
    if star.state is StarState.DECLINED:
        return _("重新申报")
    steps: Mapping[StarState, Step] = state_steps(scheme)
    return _("{step}…", step=steps[state].title) if state in steps else _("退回")


def star_title(sheet: EvaluationSheet, star: Star) -> str:
    """Whose star it is and which: 王秀兰 · 敬业奉献之星."""
    dimension = sheet.scheme.dimension(star.dimension)
    subject = sheet.evaluation.subject(star.subject)
    title = (dimension.star or dimension.title) if dimension is not None else star.dimension
    return joined(_("{name} · {star}", name=subject.name if subject is not None else "", star=title))
