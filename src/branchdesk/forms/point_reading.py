"""Reads what a form says about points, and refuses what could not be counted."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from branchdesk.forms.field_reading import stands_twice
from branchdesk.forms.identifiers import read_id
from branchdesk.forms.point_words import BucketWords, PointRuleWords, PointsWords
from branchdesk.forms.toml_files import TomlTable, unknown_word
from branchdesk.forms.words import (
    LONGEST_HELP,
    LONGEST_NUMBER,
    LONGEST_UNIT,
    MOST_BUCKETS,
    MOST_POINT_RULES,
    POINT_FACTS,
)
from branchdesk.i18n import _

_CAPS = ("cap_once", "cap_month", "cap_quarter", "cap_year")


def read_points(table: TomlTable | None) -> PointsWords | None:
    """The points of a form, None where it says nothing about them."""
    if table is None:
        return None
    points = PointsWords(
        buckets=tuple(_read_bucket(row) for row in table.rows("buckets", MOST_BUCKETS)),
        redeem=table.texts("redeem"),
        rules=tuple(_read_rule(row) for row in table.rows("rule", MOST_POINT_RULES)),
    )
    table.done()
    _refuse_empty(points, table)
    _refuse_second(table, "buckets", "id", [one.id for one in points.buckets])
    _refuse_second(table, "rule", "id", [one.id for one in points.rules])
    _refuse_second(table, "rule", "number", [one.number for one in points.rules])
    _refuse_unknown_buckets(points, table)
    return points


def _read_bucket(row: TomlTable) -> BucketWords:
    bucket = BucketWords(
        id=read_id(row),
        label=row.text("label"),
        label_en=row.text("label_en"),
        begin=row.decimal("begin", Decimal(0)),
        cap=row.decimal_or_none("cap"),
        may_be_negative=row.flag("may_be_negative"),
    )
    row.done()
    if bucket.begin < 0:
        row.refuse("begin", _("不能小于 0。"))
    if bucket.cap is not None and bucket.cap <= 0:
        row.refuse("cap", _("应该大于 0。"))
    if bucket.cap is not None and bucket.begin > bucket.cap:
        row.refuse("begin", _("起始分不能超过这一类的最高分。"))
    return bucket


def _read_rule(row: TomlTable) -> PointRuleWords:
    rule = PointRuleWords(
        id=read_id(row),
        number=row.text("number", most=LONGEST_NUMBER),
        label=row.text("label"),
        label_en=row.text("label_en"),
        bucket=row.text("bucket"),
        unit=row.text("unit", most=LONGEST_UNIT),
        unit_en=row.text("unit_en", "", most=2 * LONGEST_UNIT),
        points=row.decimal("points"),
        cap_once=row.decimal_or_none("cap_once"),
        cap_month=row.decimal_or_none("cap_month"),
        cap_quarter=row.decimal_or_none("cap_quarter"),
        cap_year=row.decimal_or_none("cap_year"),
        evidence=row.flag("evidence"),
        fact=row.one_of("fact", POINT_FACTS, ""),
        claim=row.flag("claim"),
        duty=row.flag("duty"),
        help=row.text("help", "", most=LONGEST_HELP),
        help_en=row.text("help_en", "", most=LONGEST_HELP),
    )
    row.done()
    _refuse_odd_rule(rule, row)
    return rule


def _refuse_odd_rule(rule: PointRuleWords, row: TomlTable) -> None:
    """What a rule says against itself."""
    for key, other in (("help", "help_en"), ("help_en", "help")):
        if row.has(key) and not row.has(other):
            row.refuse(other, _("写了“{key}”，这里也要写。", key=key))
    if rule.points == 0:
        row.refuse("points", _("不能是 0。"))
    for key, cap in zip(_CAPS, (rule.cap_once, rule.cap_month, rule.cap_quarter, rule.cap_year), strict=True):
        if cap is not None and cap <= 0:
            row.refuse(key, _("应该大于 0；扣分的上限也写扣多少分。"))
    if rule.claim and rule.points < 0:
        row.refuse("claim", _("扣分的项目不能认领。"))
    if rule.claim and rule.duty:
        row.refuse("claim", _("一个项目不能既是个性清单的任务，又是共性清单的义务。"))


def _refuse_empty(points: PointsWords, table: TomlTable) -> None:
    if not points.buckets:
        table.refuse("buckets", _("积分办法至少要有一类积分。"))
    if not points.rules:
        table.refuse("rule", _("积分办法至少要有一个项目。"))


def _refuse_second(table: TomlTable, rows: str, key: str, words: Sequence[str]) -> None:
    for place, word in enumerate(words):
        if word in words[:place]:
            table.refuse(f"{rows}[{place + 1}].{key}", stands_twice(word))


def _refuse_unknown_buckets(points: PointsWords, table: TomlTable) -> None:
    """Buckets that the scheme does not have, and points taken off where nothing may be."""
    buckets = {one.id: one for one in points.buckets}
    known = tuple(buckets)
    for place, word in enumerate(points.redeem):
        if word not in buckets:
            table.refuse("redeem", unknown_word(word, known))
        if word in points.redeem[:place]:
            table.refuse("redeem", stands_twice(word))
    for number, rule in enumerate(points.rules, start=1):
        if rule.bucket not in buckets:
            table.refuse(f"rule[{number}].bucket", unknown_word(rule.bucket, known))
        if rule.points < 0 and not buckets[rule.bucket].may_be_negative:
            reason = _("扣分只能记入写了“{key}”的一类。", key="may_be_negative = true")
            table.refuse(f"rule[{number}].points", reason)
