"""What a scheme would be refused for in words of the form file, said in the words of the designer first."""

from __future__ import annotations

from collections.abc import Iterator

from branchdesk.forms.evaluation_words import EvaluationWords
from branchdesk.forms.language import Form
from branchdesk.forms.parts import GRADES, GROUP, PARTS, POINT_RULE, STEPS, Part
from branchdesk.forms.point_words import PointsWords
from branchdesk.i18n import _


def scheme_mistakes(form: Form) -> Iterator[tuple[Part, str]]:
    """The parts of a scheme that contradict each other, with the sentence for each."""
    if form.points is not None:
        yield from _of_points(form.points)
    if form.evaluation is not None:
        yield from _of_evaluation(form.evaluation)


def _of_points(points: PointsWords) -> Iterator[tuple[Part, str]]:
    """Points taken off where nothing may be."""
    buckets = {bucket.id: bucket for bucket in points.buckets}
    for rule in points.rules:
        bucket = buckets.get(rule.bucket)
        if bucket is not None and rule.points < 0 and not bucket.may_be_negative:
            yield (
                Part(POINT_RULE, rule.id),
                _(
                    "“{rule}”是扣分，“{bucket}”不能扣分；请换一类，或者在“{bucket}”里选可以扣分。",
                    rule=f"{rule.number} {rule.shown()}",
                    bucket=bucket.shown(),
                ),
            )


def _of_evaluation(evaluation: EvaluationWords) -> Iterator[tuple[Part, str]]:
    """Nobody to decide, ballots that nobody counts, more places than people."""
    if evaluation.decision and not any(step.decides for step in evaluation.steps):
        sentence = _("等次由人决定，请在“评议步骤”里选一步定等次；不定等次的，在“等次”里改。")
        yield Part(GROUP, STEPS), sentence
    for part in evaluation.parts:
        if part.source == "ballot" and not any(step.ballots for step in evaluation.steps):
            sentence = _("“{part}”的分数来自测评票，请在“评议步骤”里选一步计票。", part=part.shown())
            yield Part(GROUP, PARTS), sentence
    grades = {grade.code: grade.shown() for grade in evaluation.grades}
    for quota in evaluation.quotas:
        if quota.denominator < quota.numerator:
            sentence = _("“{grade}”的名额比人数还多，请改小。", grade=grades.get(quota.grade, quota.grade))
            yield Part(GROUP, GRADES), sentence
