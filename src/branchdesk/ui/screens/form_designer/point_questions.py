"""What the designer asks about a scheme of points: its buckets, and the rules that stand in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial

from branchdesk.forms.dictionaries import Entry
from branchdesk.forms.editing import change_part, with_part
from branchdesk.forms.language import Form
from branchdesk.forms.parts import Part
from branchdesk.forms.point_edits import list_of, on_list, redeemable, with_points, worth
from branchdesk.forms.point_words import BucketWords, PointRuleWords
from branchdesk.i18n import _, later
from branchdesk.ui.screens.form_designer.questions import (
    Question,
    ask,
    ask_flag,
    ask_help,
    ask_labels,
    ask_one,
    ask_points,
)
from branchdesk.ui.screens.form_designer.wording import POINT_FACTS, POINT_LISTS

_NOTHING = Decimal(0)
_CAPS = (
    ("cap_once", later("一次最多几分")),
    ("cap_month", later("一个月最多几分")),
    ("cap_quarter", later("一个季度最多几分")),
    ("cap_year", later("一年最多几分")),
)


def bucket_questions(form: Form, part: Part, bucket: BucketWords) -> list[Question]:
    """What a bucket is called, what it begins with and ends at, and whether it can be exchanged."""

    def set_begin(form: Form, number: Decimal | None) -> Form:
        return change_part(form, part, begin=number or _NOTHING)

    def set_cap(form: Form, number: Decimal | None) -> Form:
        return change_part(form, part, cap=number)

    def set_redeem(form: Form, answer: str | None) -> Form:
        return with_points(form, partial(redeemable, bucket=bucket.id, redeem=answer == "1"))

    label, label_en = ask_labels(part, bucket.label, bucket.label_en)
    redeem = form.points is not None and bucket.id in form.points.redeem
    minus = ask_flag(part, "may_be_negative", _("可以扣分"), value=bucket.may_be_negative)
    cap_hint = _("空着就不封顶；扣分的一类，写最多扣几分。")
    return [
        label,
        ask_points("begin", _("年初人人先有几分"), bucket.begin or None, set_begin),
        ask_points("cap", _("一年最多几分"), bucket.cap, set_cap, help_words=cap_hint),
        minus,
        ask("redeem", "yes_no", _("可以兑换物品"), "1" if redeem else "0", set_redeem),
        label_en,
    ]


def point_rule_questions(form: Form, part: Part, rule: PointRuleWords) -> list[Question]:
    """Everything that can be said of a rule, what is changed most often first."""
    label, label_en = ask_labels(part, rule.label, rule.label_en)
    hint, *hint_en = ask_help(part, rule.help, rule.help_en)
    caps_hint = _("空着就不封顶；扣分的，写最多扣几分。")
    return [
        label,
        _number(part, rule),
        *_points(part, rule),
        *_unit(part, rule),
        _bucket(part, rule, form.points.buckets if form.points is not None else ()),
        _list(part, rule),
        *(_cap(part, rule, name, words, caps_hint) for name, words in _CAPS),
        ask_flag(part, "evidence", _("要有佐证"), value=rule.evidence),
        _fact(part, rule),
        hint,
        label_en,
        _unit_en(part, rule),
        *hint_en,
    ]


def _number(part: Part, rule: PointRuleWords) -> Question:
    def change(form: Form, answer: str | None) -> Form:
        return change_part(form, part, number=answer) if answer else form

    return ask("number", "text", _("编号"), rule.number, change, required=True)


def _points(part: Part, rule: PointRuleWords) -> list[Question]:
    """How many points, and whether they are given or taken off."""

    def set_points(form: Form, number: Decimal | None) -> Form:
        if number is None:
            return form
        return with_part(form, part, lambda now: worth(now, number, takes_off=now.points < 0))

    def set_sign(form: Form, answer: str | None) -> Form:
        return with_part(form, part, lambda now: worth(now, now.points, takes_off=answer == "1"))

    takes_off = "1" if rule.points < 0 else "0"
    return [
        ask_points("points", _("分值"), abs(rule.points), set_points, needed=True),
        ask("takes_off", "yes_no", _("是扣分"), takes_off, set_sign),
    ]


def _unit(part: Part, rule: PointRuleWords) -> list[Question]:
    """What is counted; another word has no English until it is given one."""

    def change(form: Form, answer: str | None) -> Form:
        if not answer:
            return form
        return with_part(
            form, part, lambda now: now if now.unit == answer else replace(now, unit=answer, unit_en="")
        )

    hint = _("如 次、小时、篇，不超过 8 个字。")
    return [ask("unit", "text", _("按什么计"), rule.unit, change, required=True, help=hint)]


def _unit_en(part: Part, rule: PointRuleWords) -> Question:
    def change(form: Form, answer: str | None) -> Form:
        return change_part(form, part, unit_en=answer or "")

    return ask("unit_en", "text", _("“按什么计”的英文"), rule.unit_en, change)


def _bucket(part: Part, rule: PointRuleWords, buckets: Sequence[BucketWords]) -> Question:
    def change(form: Form, answer: str | None) -> Form:
        return change_part(form, part, bucket=answer) if answer else form

    known = [Entry(one.id, one.shown()) for one in buckets]
    return ask_one("bucket", _("记入哪一类"), rule.bucket, known, change)


def _list(part: Part, rule: PointRuleWords) -> Question:
    def change(form: Form, answer: str | None) -> Form:
        return with_part(form, part, lambda now: on_list(now, answer or ""))

    hint = _("不选就两张清单都不列，只在记分时可以选。")
    return ask_one("list", _("列在哪张清单"), list_of(rule), POINT_LISTS, change, help_words=hint, wide=True)


def _fact(part: Part, rule: PointRuleWords) -> Question:
    def change(form: Form, answer: str | None) -> Form:
        return change_part(form, part, fact=answer or "")

    hint = _("程序从会议签到和学时台账里数，记分的人只要核对。")
    return ask_one("fact", _("自动取数"), rule.fact, POINT_FACTS, change, help_words=hint, wide=True)


def _cap(part: Part, rule: PointRuleWords, name: str, words: str, hint: str) -> Question:
    def change(form: Form, number: Decimal | None) -> Form:
        return change_part(form, part, **{name: number})

    last = name == _CAPS[-1][0]
    return ask_points(name, _(words), getattr(rule, name), change, help_words=hint if last else "")
