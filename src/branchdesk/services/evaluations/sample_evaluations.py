"""Evaluations of an invented branch: one of each kind, in different states.

The same for every day on which they are made, but for the days, which lie before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from branchdesk import clock
from branchdesk.domain.evaluations.model import PartScore, Star, StarState, StepDone, Subject
from branchdesk.i18n import _, speaking_chinese
from branchdesk.partial_dates import PartialDate
from branchdesk.services import organisations
from branchdesk.services.evaluations import ballots, deciding, heads, life, planning, scores
from branchdesk.services.evaluations import sample_texts as texts
from branchdesk.services.evaluations.reading import EvaluationSheet, sheet
from branchdesk.storage import evaluations as questions
from branchdesk.storage.branch import Branch
from branchdesk.storage.evaluation_tables import star as star_table
from branchdesk.storage.evaluation_tables import step_done
from branchdesk.uids import new_uid

_COUNTERS = ("李敏", "孙晓燕")
_SPOILED = 1
# How many of the grades, best first, some places on the list get: of ballots in twentieths, else as usual.
_SPECIAL = {0: (16, 4, 0), 4: (15, 4, 1), 9: (14, 6, 0), 6: (2, 12, 5)}
_USUAL = (4, 15, 1)
_LOWER = 6  # the place of somebody whose grade is decided lower than the tally
# How far the stars of some places are, and in which dimension, by its place in the scheme.
_WAYS = (
    *((0, 0, StarState.AWARDED), (1, 1, StarState.AWARDED), (2, 2, StarState.AWARDED)),
    *((0, 3, StarState.AWARDED), (4, 4, StarState.APPROVED), (5, 0, StarState.REVIEWED)),
    *((7, 1, StarState.RECOMMENDED), (8, 2, StarState.DECLARED), (9, 3, StarState.DECLINED)),
)


class _Scene(NamedTuple):
    """The branch, its organisation, and the last day that anything may have happened on."""

    branch: Branch
    home: str
    today: date

    def begin(self, kind: str, year: int) -> str:
        """Begin an evaluation; its uid."""
        return planning.start_evaluation(self.branch, kind, self.home, year).uid

    def look(self, uid: str) -> EvaluationSheet:
        """The evaluation worked out."""
        return sheet(self.branch, uid, self.today)


def sample_evaluations(branch: Branch, organisation: str | None = None) -> None:
    """Give a branch with people the evaluations of this year and the appraisal of the last one."""
    scene = _Scene(branch, organisation or organisations.root_of(branch), clock.today())
    with speaking_chinese():
        _appraisal_of_last_year(scene)
        _appraisal_going_on(scene)
        _of_the_committee(scene)
        _of_the_secretary(scene)
        _stars(scene)
        _key_work(scene)


# ---- members


def _appraisal_of_last_year(scene: _Scene) -> None:
    """One that is final: counted twice, decided, told, public and reported."""
    year = scene.today.year - 1
    uid = scene.begin("evaluation.appraisal", year)
    _set_head(scene, uid, texts.APPRAISAL_HEAD)
    _count(scene, uid)
    _decide(scene, uid)
    first = date(year, 12, 1)
    days = [first + timedelta(days=one) for one in (0, 4, 7, 9, 11, 14, 23, 25)]
    steps = scene.look(uid).scheme.steps
    _walk(scene, uid, [(one.id, day) for one, day in zip(steps, days, strict=False)], begun=days[-3])
    life.finalise(scene.branch, uid, accept=True)


def _appraisal_going_on(scene: _Scene) -> None:
    """One whose ballots are being counted: a batch that agrees, one that differs, one not counted yet."""
    uid = scene.begin("evaluation.appraisal", scene.today.year)
    _set_head(scene, uid, texts.APPRAISAL_HEAD, ("notice", "scheme", "meeting_ref", "place"))
    _walk(scene, uid, _before(scene, uid, "ballot", last=8))
    _count(scene, uid)
    _count(scene, uid, ballots_=9, slip=True)
    ballots.add_batch(scene.branch, uid, 6)


def _decide(scene: _Scene, uid: str) -> None:
    """Grades as the tally suggests, but for one that is decided lower, with its reason."""
    shown = scene.look(uid)
    codes = [one.code for one in shown.scheme.grades]
    usual = {one.uid: shown.suggested[one.uid] or codes[1] for one in shown.on_ballot}
    lower = [one.uid for one in shown.on_ballot[_LOWER : _LOWER + 1]]
    unsure = [uid_ for uid_ in usual if not shown.suggested[uid_]]
    plain = {uid_: code for uid_, code in usual.items() if uid_ not in {*lower, *unsure}}
    deciding.decide(scene.branch, uid, plain)
    special = {**dict.fromkeys(unsure, codes[1]), **dict.fromkeys(lower, codes[2])}
    if special:
        deciding.decide(scene.branch, uid, special, texts.LOWER_REASON)
    for one in lower:
        written = {"opinion": texts.OPINION, "improvement": texts.IMPROVEMENT}
        deciding.set_opinion(scene.branch, uid, one, written)


# ---- the committee and the secretary


def _of_the_committee(scene: _Scene) -> None:
    uid = scene.begin("evaluation.committee", scene.today.year)
    _walk(scene, uid, _before(scene, uid, "ballot", last=20))
    _count(scene, uid)
    _walk(scene, uid, [("ballot", scene.today - timedelta(days=18))])


def _of_the_secretary(scene: _Scene) -> None:
    uid = scene.begin("evaluation.secretary", scene.today.year)
    _set_head(scene, uid, texts.SECRETARY_HEAD)
    tables = scene.look(uid).form.tables
    for line in texts.RECTIFICATION if tables else ():
        known = {key: text for key, text in line.items() if key in tables[0].by_id}
        heads.add_line(scene.branch, uid, tables[0].id, known)
    _count(scene, uid)
    _walk(scene, uid, _before(scene, uid, "rate", last=12))


# ---- stars


def _stars(scene: _Scene) -> None:
    """Stars in every state; everybody is scored in the dimension that he declared for."""
    uid = scene.begin("evaluation.stars", scene.today.year)
    shown = scene.look(uid)
    days = [scene.today - timedelta(days=one) for one in (50, 43, 36, 30, 18)]
    steps = [(one.id, day) for one, day in zip(shown.scheme.steps, days, strict=False)]
    _walk(scene, uid, steps, begun=days[3])
    people = [
        one for one in shown.evaluation.subjects if one.takes_part and one.uid not in shown.disqualified
    ]
    made = list(_declared(shown, people, days[-1] + timedelta(days=3)))
    with scene.branch.change(_("载入示例五星党员")) as change:
        change.insert_many(star_table, [questions.row_of_star(uid, one) for one in made])
        scores.write_scores(change, uid, list(_scores_of_stars(shown, made)))


def _declared(shown: EvaluationSheet, people: Sequence[Subject], hangs: date) -> Iterator[Star]:
    for place, (person, dimension, state) in enumerate(_WAYS):
        if person >= len(people) or dimension >= len(shown.scheme.dimensions):
            continue
        made = Star(new_uid(), people[person].uid, shown.scheme.dimensions[dimension].id, state)
        made = replace(made, deeds=texts.DEEDS[place % len(texts.DEEDS)])
        if state is not StarState.DECLARED:
            base = len(people)
            made = replace(made, votes_for=base - 1 - place % 3, votes_of=base, opinion="同意推荐")
        if state is StarState.DECLINED:
            made = replace(made, votes_for=len(people) // 3, opinion="支部表决没有过半数")
        if state is StarState.AWARDED:
            made = replace(made, from_day=hangs, until_day=hangs + timedelta(days=364))
        if place == 1:
            made = replace(made, objection="反映一次值班迟到", handled="已核实，当天在外走访，不影响授星")
        yield made


def _scores_of_stars(shown: EvaluationSheet, made: Sequence[Star]) -> Iterator[PartScore]:
    for place, one in enumerate(made):
        for number, part in enumerate(shown.scheme.parts):
            score = Decimal(96 - (3 * place + 2 * number) % 13)
            if (place, number) != (7, 3):  # the superior has not scored this one yet
                yield PartScore(one.subject, part.id, one.dimension, score)


# ---- key work


def _key_work(scene: _Scene) -> None:
    """Cards with targets and results; what people say comes from ballots; half of the grades are decided."""
    uid = scene.begin("evaluation.key_work", scene.today.year)
    shown = scene.look(uid)
    with scene.branch.change(_("载入示例量化考核")) as change:
        scores.write_scores(change, uid, list(_cards(shown)))
    mass = next((one.id for one in shown.scheme.parts if one.source == scores.MASS), "")
    if mass:
        _count(scene, uid, part=mass)
        scores.take_over(scene.branch, uid, mass)
    _walk(scene, uid, _before(scene, uid, "decide", last=6))
    after = scene.look(uid)
    clear = [one.uid for one in after.on_ballot if after.suggested.get(one.uid)]
    deciding.decide(scene.branch, uid, {one: after.suggested[one] for one in clear[: len(clear) // 2]})


def _cards(shown: EvaluationSheet) -> Iterator[PartScore]:
    typed = [one for one in shown.scheme.parts if one.source == "typed"]
    for place, subject in enumerate(shown.evaluation.subjects):
        for number, part in enumerate(typed):
            card = PartScore(subject.uid, part.id, score=Decimal(98 - (5 * place + 4 * number) % 24))
            if not number:
                target = texts.TARGETS[place % len(texts.TARGETS)]
                card = replace(card, target=target, actual=f"{target}，已完成", evidence_title="工作台账")
            yield replace(card, scorer=_COUNTERS[0])


# ---- what all of them need


def _set_head(scene: _Scene, uid: str, said: Mapping[str, str], only: Sequence[str] = ()) -> None:
    fields = scene.look(uid).form.by_id
    wanted = {key: text for key, text in said.items() if key in fields and (not only or key in only)}
    heads.set_head(scene.branch, uid, wanted)


def _before(scene: _Scene, uid: str, until: str, last: int) -> list[tuple[str, date]]:
    """The steps before one, three days apart, the latest so many days ago."""
    steps = [one.id for one in scene.look(uid).scheme.steps]
    done = steps[: steps.index(until)] if until in steps else steps
    return [
        (one, scene.today - timedelta(days=last + 3 * (len(done) - place))) for place, one in enumerate(done)
    ]


def _walk(scene: _Scene, uid: str, days: Sequence[tuple[str, date]], begun: date | None = None) -> None:
    """Mark steps as done on days; those with publicity begin on `begun`."""
    public = {one.id for one in scene.look(uid).scheme.steps if one.days}
    rows = [
        questions.row_of_step(uid, StepDone(step, day, begun_on=begun if step in public else None))
        for step, day in days
    ]
    last = PartialDate.of(days[-1][1]).shown() if days else ""
    with scene.branch.change(_("载入示例评议的步骤，到 {day}", day=last)) as change:
        change.insert_many(step_done, rows)


def _count(scene: _Scene, uid: str, ballots_: int = 0, part: str = "", *, slip: bool = False) -> None:
    """A batch that was counted twice; with a `slip` the second person counted one vote otherwise."""
    shown = scene.look(uid)
    taking_part = sum(one.takes_part for one in shown.evaluation.subjects)
    issued = ballots_ or max(taking_part, 12)
    valid = issued - _SPOILED - (issued > 12)
    batch = ballots.add_batch(scene.branch, uid, issued, part).line
    heads_of_batch = {"returned": str(valid + _SPOILED), "spoiled": str(_SPOILED)}
    ballots.set_heads(scene.branch, batch, heads_of_batch)
    votes = {one.uid: _votes(shown, place, valid) for place, one in enumerate(shown.on_ballot)}
    for number, counter in enumerate(_COUNTERS, start=1):
        if slip and number > 1:
            first = next(iter(votes))
            best, second = (one.code for one in shown.scheme.grades[:2])
            votes[first] = {**votes[first], best: votes[first][best] - 1, second: votes[first][second] + 1}
        ballots.count_pass(scene.branch, batch, number, counter, valid, votes)


def _votes(shown: EvaluationSheet, place: int, valid: int) -> dict[str, int]:
    """Votes on somebody by the place on the list; what is left over of the ballots is blank."""
    shares = _SPECIAL.get(place, _USUAL)
    codes = [one.code for one in shown.scheme.grades]
    votes = {code: share * valid // 20 for code, share in zip(codes, shares, strict=False)}
    return {**votes, "": valid - sum(votes.values())}
