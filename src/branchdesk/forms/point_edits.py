"""Edits of a scheme of points that is being designed: its buckets, and the rules that stand in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from branchdesk.forms.declarations import Form
from branchdesk.forms.field_edits import free_id
from branchdesk.forms.parts import BUCKET, POINT_RULE, Part, part_of
from branchdesk.forms.point_words import BucketWords, PointRuleWords, PointsWords

# On which list a rule stands: of what everybody owes, of what members choose, or on none of the two.
DUTY, CLAIM, NEITHER = "duty", "claim", ""
LISTS = (DUTY, CLAIM)
_NUMBER = re.compile(r"(.*?)(\d+)")
_SERIES = re.compile(r"\d+")
_ONE = Decimal(1)
_UNIT, _UNIT_EN = "次", "time"  # what most rules count


def with_points(form: Form, change: Callable[[PointsWords], PointsWords]) -> Form:
    """The form with other points, where it has any."""
    return form if form.points is None else replace(form, points=change(form.points))


def with_points_part(form: Form, part: Part, change: Callable[[Any], Any]) -> Form:
    """The form with one bucket or rule as `change` makes it of what it was."""

    def changed(points: PointsWords) -> PointsWords:
        if part.kind == BUCKET:
            buckets = tuple(change(one) if one.id == part.id else one for one in points.buckets)
            return replace(points, buckets=buckets)
        return replace(points, rules=tuple(change(one) if one.id == part.id else one for one in points.rules))

    return with_points(form, changed)


# ---- adding


def add_bucket(form: Form, label: str, beside: Part) -> tuple[Form, Part]:
    """A bucket without a cap behind the one that `beside` is or stands in, or behind the others."""
    points = form.points
    if points is None:
        return form, beside
    ids = [one.id for one in points.buckets]
    made = BucketWords(free_id("bucket", ids), label, label)
    here = _bucket_of(form, beside)
    place = ids.index(here) + 1 if here in ids else len(ids)
    buckets = (*points.buckets[:place], made, *points.buckets[place:])
    return replace(form, points=replace(points, buckets=buckets)), Part(BUCKET, made.id)


def add_point_rule(form: Form, label: str, beside: Part, released: Form | None = None) -> tuple[Form, Part]:
    """A rule behind `beside`, or the last of its bucket, numbered after the rules of its bucket.

    It is like the one before it, without the caps. Its id is none that the `released` version has: entries
    name rules by their ids.
    """
    points = form.points
    if points is None or not points.buckets:
        return form, beside
    bucket = _bucket_of(form, beside) or points.buckets[0].id
    before = part_of(form, beside)
    if not isinstance(before, PointRuleWords):
        before = next((one for one in reversed(points.rules) if one.bucket == bucket), None)
    taken = {one.id for one in points.rules} | _rule_ids(released)
    made = _like(before, points, bucket)
    made = replace(
        made, id=free_id("rule", taken), number=_next_number(points, bucket), label=label, label_en=label
    )
    place = points.rules.index(before) + 1 if before is not None else len(points.rules)
    rules = (*points.rules[:place], made, *points.rules[place:])
    return replace(form, points=replace(points, rules=rules)), Part(POINT_RULE, made.id)


def _rule_ids(form: Form | None) -> set[str]:
    return {one.id for one in form.points.rules} if form is not None and form.points is not None else set()


def _like(before: PointRuleWords | None, points: PointsWords, bucket: str) -> PointRuleWords:
    """A rule of one point, as the one before it gives or takes it."""
    takes_off = any(one.id == bucket and one.may_be_negative for one in points.buckets)
    made = PointRuleWords("", "", "", "", bucket, _UNIT, -_ONE if takes_off else _ONE, unit_en=_UNIT_EN)
    if before is None:
        return made
    return replace(
        made,
        points=-_ONE if before.points < 0 else _ONE,
        evidence=before.evidence,
        claim=before.claim,
        duty=before.duty,
    )


def _bucket_of(form: Form, part: Part) -> str:
    """The bucket that a part is or stands in; empty for any other."""
    found = part_of(form, part)
    if isinstance(found, PointRuleWords):
        return found.bucket
    return found.id if isinstance(found, BucketWords) else ""


def _next_number(points: PointsWords, bucket: str) -> str:
    """The number after those of a bucket; where it has none, the first of a new series."""
    taken = {one.number for one in points.rules}
    here = [one.number for one in points.rules if one.bucket == bucket]
    last = _NUMBER.fullmatch(here[-1]) if here else None
    if last is not None:
        stem, count = last[1], int(last[2])
    else:
        series = [int(found[0]) for found in map(_SERIES.match, taken) if found is not None]
        stem, count = f"{max(series, default=0) + 1}.", 0
    while f"{stem}{count + 1}" in taken:
        count += 1
    return f"{stem}{count + 1}"


# ---- changing


def list_of(rule: PointRuleWords) -> str:
    """On which list a rule stands."""
    return DUTY if rule.duty else CLAIM if rule.claim else NEITHER


def on_list(rule: PointRuleWords, name: str) -> PointRuleWords:
    """The rule on another list, or on none."""
    return replace(rule, duty=name == DUTY, claim=name == CLAIM)


def worth(rule: PointRuleWords, points: Decimal, *, takes_off: bool) -> PointRuleWords:
    """The rule with other points, given or taken off; nobody claims what is taken off."""
    size = abs(points)
    return replace(rule, points=-size if takes_off else size, claim=rule.claim and not takes_off)


def redeemable(points: PointsWords, bucket: str, *, redeem: bool) -> PointsWords:
    """The points with a bucket that can be exchanged, or that cannot; named in the order of the buckets."""
    wanted = {one for one in points.redeem if one != bucket} | ({bucket} if redeem else set())
    return replace(points, redeem=tuple(one.id for one in points.buckets if one.id in wanted))


# ---- moving, taking out


def move_points_part(form: Form, part: Part, step: int) -> Form:
    """The form with a bucket further up (-1) or down (1), or with a rule so among those of its bucket.

    Any other part stays where it is.
    """

    def moved(points: PointsWords) -> PointsWords:
        if part.kind == BUCKET:
            ids = [one.id for one in points.buckets]
            order = _moved(ids, part.id, step)
            return replace(points, buckets=tuple(points.buckets[ids.index(one)] for one in order))
        bucket = _bucket_of(form, part)
        places = [place for place, one in enumerate(points.rules) if one.bucket == bucket]
        by_id = {one.id: one for one in points.rules}
        order = _moved([points.rules[place].id for place in places], part.id, step)
        rules = list(points.rules)
        for place, one in zip(places, order, strict=True):
            rules[place] = by_id[one]
        return replace(points, rules=tuple(rules))

    return with_points(form, moved) if part_of(form, part) is not None else form


def _moved(ids: list[str], one: str, step: int) -> list[str]:
    """The ids with one of them some places further, as far as there are places."""
    left = [other for other in ids if other != one]
    left.insert(max(0, ids.index(one) + step), one)
    return left


def is_empty_bucket(form: Form, bucket: str) -> bool:
    """Whether no rule stands in a bucket."""
    return form.points is not None and all(rule.bucket != bucket for rule in form.points.rules)


def without_points_part(form: Form, part: Part) -> Form:
    """The form without a rule, or without a bucket and the word that it can be exchanged; any other stays."""

    def left(points: PointsWords) -> PointsWords:
        if part.kind != BUCKET:
            return replace(points, rules=tuple(one for one in points.rules if one.id != part.id))
        buckets = tuple(one for one in points.buckets if one.id != part.id)
        return replace(points, buckets=buckets, redeem=tuple(one for one in points.redeem if one != part.id))

    return with_points(form, left)
