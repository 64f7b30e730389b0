"""What the designer asks about a line of an inspection, a rule of it, and the inspection itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from branchdesk.forms.declarations import InspectionWords
from branchdesk.forms.editing import change_part, with_part
from branchdesk.forms.field_reading import MANUAL, PER_PERCENT
from branchdesk.forms.fields import Deduction
from branchdesk.forms.indicator_edits import SCORE, VETO, as_line_kind, change_rule, facts_for, line_kind
from branchdesk.forms.language import Field, Form
from branchdesk.forms.parts import THE_FORM, Part
from branchdesk.i18n import _
from branchdesk.ui.screens.form_designer.questions import (
    Change,
    Question,
    ask,
    ask_flag,
    ask_help,
    ask_labels,
    ask_one,
    ask_points,
    ask_twins,
)
from branchdesk.ui.screens.form_designer.wording import FACTS, LINE_KINDS, PERIOD_WORDS

ABOVE_THE_RULES = "help"  # the standard in words, which the rules below it spell out
_NOTHING = Decimal(0)


def indicator_questions(part: Part, line: Field) -> list[Question]:
    """Everything that can be said of a line but its rules, what is changed most often first."""
    kind = line_kind(line)
    label, label_en = ask_labels(part, line.label, line.label_en)
    standard, *standard_en = ask_help(part, line.help, line.help_en, _("检查标准"), _("英文检查标准"))
    asked = [label, _needed_text(part, "number", _("编号"), line.number)]
    if kind != VETO:
        asked.append(_points(part, line))
    asked.append(ask_one("line_kind", _("怎样计分"), kind, LINE_KINDS, _set_kind(part)))
    if kind == SCORE:
        asked.append(ask_flag(part, "not_applicable", _("可以不适用"), value=line.not_applicable))
    asked.append(_post(part, line))
    if kind == SCORE:
        asked.append(ask_flag(part, "veto", _("可以一票否决"), value=line.veto))
    proof = ask_twins(part, "proof", _("佐证"), _("英文佐证"), line.proof, line.proof_en)
    return [*asked, standard, *proof[:1], label_en, *standard_en, *proof[1:]]


def _post(part: Part, line: Field) -> Question:
    """Who answers for a line, as the paper names the post."""

    def change(form: Form, answer: str | None) -> Form:
        return change_part(form, part, post=answer or "")

    return ask("post", "text", _("责任岗位"), line.post, change)


def _needed_text(part: Part, name: str, label: str, value: str) -> Question:
    """A short text that cannot be left out."""

    def change(form: Form, answer: str | None) -> Form:
        return change_part(form, part, **{name: answer}) if answer else form

    return ask(name, "text", label, value, change, required=True)


def _points(part: Part, line: Field) -> Question:
    def change(form: Form, points: Decimal | None) -> Form:
        return change_part(form, part, points=points)

    return ask_points("points", _("分值"), line.points, change, needed=True)


def _set_kind(part: Part) -> Change:
    def change(form: Form, answer: str | None) -> Form:
        return with_part(form, part, lambda line: as_line_kind(line, answer)) if answer else form

    return change


# ---- one rule


def rule_questions(part: Part, rule: Deduction) -> list[Question]:
    """What a rule says besides its name, its kind and its points, which stand in its row."""
    asked: list[Question] = []
    if rule.kind != MANUAL:
        asked.append(_fact(part, rule))
        step = _("几个百分点一档") if rule.kind == PER_PERCENT else _("几次一档")
        asked.append(_number(part, rule, "step", step, needed=True))
    if rule.kind == PER_PERCENT:
        asked.append(_number(part, rule, "target", _("目标（%）"), needed=True))
    asked.append(_number(part, rule, "cap", _("最多扣几分"), help_words=_("空着就扣完为止。")))

    def rename(form: Form, answer: str | None) -> Form:
        return _changed(form, part, rule, label_en=answer or rule.label)

    english = rule.label_en if rule.label_en != rule.label else None
    return [*asked, ask("rule_en", "text", _("英文名称"), english, rename)]


def _fact(part: Part, rule: Deduction) -> Question:
    words = {name: FACTS[name] for name in facts_for(rule.kind)}

    def change(form: Form, answer: str | None) -> Form:
        return _changed(form, part, rule, fact=answer or "")

    hint = _("程序从会议记录和名册里数，填表的人只要核实。")
    return ask_one("fact", _("自动取数"), rule.fact, words, change, help_words=hint, wide=True)


def _number(
    part: Part, rule: Deduction, name: str, label: str, *, needed: bool = False, help_words: str = ""
) -> Question:
    def change(form: Form, number: Decimal | None) -> Form:
        return _changed(form, part, rule, **{name: number})

    return ask_points(name, label, getattr(rule, name), change, needed=needed, help_words=help_words)


def _changed(form: Form, part: Part, rule: Deduction, **changes: Any) -> Form:
    return with_part(form, part, lambda line: change_rule(line, rule.id, **changes))


# ---- the inspection itself


def inspection_questions(form: Form, inspection: InspectionWords) -> list[Question]:
    """How often it is done, and how much a bonus adds; its grades are rows of their own."""

    def set_period(form: Form, answer: str | None) -> Form:
        return change_part(form, THE_FORM, period=answer) if answer else form

    def set_cap(form: Form, number: Decimal | None) -> Form:
        return with_inspection(form, lambda words: replace(words, bonus_cap=number or _NOTHING))

    hint = _("加分项合计不超过它；空着就是没有加分。")
    cap = inspection.bonus_cap or None
    return [
        ask_one("period", _("多久检查一次"), form.period, PERIOD_WORDS, set_period),
        ask_points("bonus_cap", _("最多加几分"), cap, set_cap, help_words=hint),
    ]


def with_inspection(form: Form, change: Callable[[InspectionWords], InspectionWords]) -> Form:
    """The form with another inspection part, where it has one."""
    if form.inspection is None:
        return form
    return change_part(form, THE_FORM, inspection=change(form.inspection))
