"""Which points scheme a year is counted by, as the rules of points want to know it."""

from __future__ import annotations

from branchdesk.domain.points.model import Bucket, PointRule, PointScheme
from branchdesk.forms.language import BucketWords, Form, PointRuleWords
from branchdesk.storage.branch import Branch
from branchdesk.storage.point_schemes import scheme_form


def scheme_of(form: Form) -> PointScheme:
    """The points scheme that a form declares, with titles in the language in use.

    Raises ValueError for a form that says nothing about points.
    """
    words = form.points
    if words is None:
        raise ValueError(form.kind)
    return PointScheme(
        kind=form.kind,
        version=form.version,
        title=form.shown(),
        buckets=tuple(map(_bucket, words.buckets)),
        rules=tuple(map(_rule, words.rules)),
        redeem=words.redeem,
    )


def _bucket(one: BucketWords) -> Bucket:
    return Bucket(one.id, one.shown(), one.begin, one.cap, one.may_be_negative)


def _rule(one: PointRuleWords) -> PointRule:
    return PointRule(
        id=one.id,
        number=one.number,
        title=one.shown(),
        bucket=one.bucket,
        unit=one.unit_shown(),
        points=one.points,
        cap_once=one.cap_once,
        cap_month=one.cap_month,
        cap_quarter=one.cap_quarter,
        cap_year=one.cap_year,
        evidence=one.evidence,
        fact=one.fact,
        claim=one.claim,
        duty=one.duty,
    )


def scheme_in_use(branch: Branch, organisation: str, year: int) -> PointScheme:
    """The scheme by which an organisation counts the points of a year, with titles in the language in use."""
    return scheme_of(form_in_use(branch, organisation, year))


def form_in_use(branch: Branch, organisation: str, year: int) -> Form:
    """The form of the scheme of a year, for its helps. Raises Problem where it cannot be read."""
    with branch.read() as connection:
        return scheme_form(connection, organisation, year)
