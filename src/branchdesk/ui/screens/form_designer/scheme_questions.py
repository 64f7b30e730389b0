"""What the designer asks about a scheme of evaluation: the scheme itself, its groups, one of their rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from branchdesk.forms.dictionaries import Entry, shipped_dictionaries
from branchdesk.forms.evaluation_words import (
    DimensionWords,
    EvaluationWords,
    GradeWords,
    PartWords,
    QuotaWords,
    StepWords,
)
from branchdesk.forms.language import Form
from branchdesk.forms.scheme_edits import (
    Row,
    change_row,
    is_of_people,
    quota_of,
    row_id,
    with_decision,
    with_evaluation,
    with_people,
    with_quota,
    with_thresholds,
)
from branchdesk.forms.words import MOST_DECIMALS
from branchdesk.i18n import _
from branchdesk.reports.evaluations.papers import EVALUATION_PAPERS
from branchdesk.ui.screens.form_designer.questions import Change, Question, ask, ask_one, ask_points, entries
from branchdesk.ui.screens.form_designer.wording import (
    DISQUALIFIER_WORDS,
    MISSING_WORDS,
    PART_SOURCES,
    PUBLICITY_WORDS,
    QUOTA_BASE_WORDS,
    TIE_WORDS,
)

_WIDE = 20
_ONE_DECIMAL = 1
_SchemeChange = Callable[[EvaluationWords, str | None], EvaluationWords]


def _changing(change: _SchemeChange) -> Change:
    """The change of a form that an answer makes to its scheme."""
    return lambda form, answer: with_evaluation(form, lambda scheme: change(scheme, answer))


def _codes(answer: str | None, known: Sequence[str]) -> tuple[str, ...]:
    """The known words of an answer, in the order in which they are known."""
    given = (answer or "").split()
    return tuple(code for code in known if code in given)


def _flag(name: str, label: str, *, value: bool, change: _SchemeChange, help_words: str = "") -> Question:
    return ask(name, "yes_no", label, "1" if value else "0", _changing(change), help=help_words)


# ---- the scheme itself and its groups


def evaluation_questions(evaluation: EvaluationWords) -> list[Question]:
    """Who takes part, where people are evaluated."""
    if not is_of_people(evaluation):
        return []
    known = shipped_dictionaries()["category"]
    codes = [entry.code for entry in known.entries]

    def change(scheme: EvaluationWords, answer: str | None) -> EvaluationWords:
        return with_people(scheme, _codes(answer, codes), scheme.graded)

    return [_several("takes_part", _("哪些人参加"), evaluation.takes_part, known.entries, change)]


def _several(
    name: str,
    label: str,
    value: Sequence[str],
    offered: Sequence[Entry],
    change: _SchemeChange,
    hint: str = "",
) -> Question:
    return ask(
        name,
        "choices",
        label,
        " ".join(value),
        _changing(change),
        choices=tuple(offered),
        width=_WIDE,
        help=hint,
    )


def group_questions(evaluation: EvaluationWords, group: str) -> list[Question]:
    """What holds for all rows of a group."""
    match group:
        case "parts":
            return [_decimals(evaluation), _ties(evaluation)] if evaluation.parts else []
        case "grades":
            return _of_grades(evaluation)
        case "dimensions":
            known = entries(DISQUALIFIER_WORDS)
            codes = [entry.code for entry in known]

            def change(scheme: EvaluationWords, answer: str | None) -> EvaluationWords:
                return replace(scheme, disqualifiers=_codes(answer, codes))

            hint = _("有其中一样的，程序提醒，由人决定。")
            return [_several("against", _("不能评星的情形"), evaluation.disqualifiers, known, change, hint)]
        case _:
            return []


def _decimals(evaluation: EvaluationWords) -> Question:
    def change(scheme: EvaluationWords, answer: str | None) -> EvaluationWords:
        if answer is None:
            return replace(scheme, decimals=_ONE_DECIMAL)
        fits = answer.isdecimal() and int(answer) <= MOST_DECIMALS
        return replace(scheme, decimals=int(answer)) if fits else scheme

    return ask("decimals", "number", _("总分留几位小数"), str(evaluation.decimals), _changing(change))


def _ties(evaluation: EvaluationWords) -> Question:
    def change(scheme: EvaluationWords, answer: str | None) -> EvaluationWords:
        return replace(scheme, ties=answer or scheme.ties)

    return ask_one("ties", _("同分的怎么排"), evaluation.ties, TIE_WORDS, _changing(change))


def _of_grades(evaluation: EvaluationWords) -> list[Question]:
    """Who gets a grade, who decides it, and whether the total suggests it."""
    if not evaluation.grades:
        return []
    asked = []
    if is_of_people(evaluation):
        category = shipped_dictionaries()["category"].by_code

        def set_graded(scheme: EvaluationWords, answer: str | None) -> EvaluationWords:
            graded = _codes(answer, scheme.takes_part) or scheme.graded
            return with_people(scheme, scheme.takes_part, graded)

        offered = [category[code] for code in evaluation.takes_part]
        asked.append(_several("graded", _("哪些人评等次"), evaluation.graded, offered, set_graded))
    asked.append(
        _flag(
            "decision",
            _("由人决定等次"),
            value=evaluation.decision,
            change=lambda scheme, answer: with_decision(scheme, decided=answer == "1"),
            help_words=_("选否就只计票，不定等次。"),
        )
    )
    if evaluation.parts:
        asked.append(
            _flag(
                "thresholds",
                _("按总分建议等次"),
                value=any(grade.at_least is not None for grade in evaluation.grades),
                change=lambda scheme, answer: with_thresholds(scheme, wanted=answer == "1"),
                help_words=_("只作参考；没有投票的才按总分建议。"),
            )
        )
    return asked


# ---- one row


def row_questions(evaluation: EvaluationWords, group: str, row: Row) -> list[Question]:
    """What a row says besides what stands in its columns."""
    asked: list[Question] = []
    match row:
        case PartWords():
            asked = _of_part(group, row)
        case GradeWords() if is_of_people(evaluation):
            asked = _of_quota(row.code, quota_of(evaluation, row.code))
        case StepWords():
            asked = _of_step(evaluation, group, row)
        case DimensionWords():
            asked = [_star(group, row)]
    asked.append(_english(group, row, "label", _("英文名称"), row.label, row.label_en))
    if isinstance(row, DimensionWords):
        asked.append(_english(group, row, "star", _("称号的英文"), row.star, row.star_en))
    return asked


def _set(group: str, row: Row, **changes: Any) -> Callable[[EvaluationWords], EvaluationWords]:
    return partial(change_row, group=group, row=row_id(row), **changes)


def _english(group: str, row: Row, name: str, label: str, words: str, words_en: str) -> Question:
    """The English of a word of a row; without one the Chinese stands in."""

    def change(form: Form, answer: str | None) -> Form:
        return with_evaluation(form, _set(group, row, **{f"{name}_en": answer or words}))

    return ask(f"row_{name}_en", "text", label, words_en if words_en != words else None, change, width=_WIDE)


def _star(group: str, row: DimensionWords) -> Question:
    """The title of the star; the English follows until it has its own words."""

    def change(form: Form, answer: str | None) -> Form:
        if not answer:
            return form
        more = {"star_en": answer} if row.star_en in {"", row.star} else {}
        return with_evaluation(form, _set(group, row, star=answer, **more))

    return ask("star", "text", _("称号"), row.star, change, width=_WIDE, required=True)


def _of_part(group: str, part: PartWords) -> list[Question]:
    def set_full(form: Form, number: Decimal | None) -> Form:
        return with_evaluation(form, _set(group, part, full=number))

    def set_missing(form: Form, answer: str | None) -> Form:
        return with_evaluation(form, _set(group, part, missing=answer or part.missing))

    def set_source(form: Form, answer: str | None) -> Form:
        return with_evaluation(form, _set(group, part, source=answer or part.source))

    return [
        ask_one("source", _("谁打分"), part.source, PART_SOURCES, set_source),
        ask_points("full", _("满分"), part.full, set_full, needed=True),
        ask_one("missing", _("没有打分的"), part.missing, MISSING_WORDS, set_missing, wide=True),
        *_twins(
            group, part, "target", _("目标"), _("目标的英文"), _("人人一样的才写；不一样的写在考核卡上。")
        ),
        *_twins(group, part, "help", _("填写说明"), _("英文填写说明"), ""),
    ]


def _twins(group: str, part: PartWords, name: str, label: str, label_en: str, hint: str) -> list[Question]:
    """A text of a part that need not be there; its English follows until it has its own words."""
    words, words_en = str(getattr(part, name)), str(getattr(part, f"{name}_en"))

    def say(form: Form, answer: str | None) -> Form:
        follows = words_en in {"", words} or not answer
        changes = {name: answer or "", f"{name}_en": (answer or "") if follows else words_en}
        return with_evaluation(form, _set(group, part, **changes))

    def say_english(form: Form, answer: str | None) -> Form:
        return with_evaluation(form, _set(group, part, **{f"{name}_en": answer})) if answer else form

    asked = [ask(name, "text", label, words, say, width=_WIDE, help=hint)]
    if words:
        asked.append(ask(f"{name}_en", "text", label_en, words_en, say_english, width=_WIDE, required=True))
    return asked


def _of_quota(grade: str, quota: QuotaWords | None) -> list[Question]:
    """Whether only some may get a grade, and how many of how many."""

    def limit(scheme: EvaluationWords, answer: str | None) -> EvaluationWords:
        known = quota_of(scheme, grade)
        return with_quota(scheme, grade, (known or QuotaWords(grade)) if answer == "1" else None)

    asked = [_flag("quota", _("限制名额"), value=quota is not None, change=limit)]
    if quota is None:
        return asked

    def set_count(name: str) -> _SchemeChange:
        def change(scheme: EvaluationWords, answer: str | None) -> EvaluationWords:
            if answer is None or not answer.isdecimal() or not int(answer):
                return scheme
            changes: dict[str, Any] = {name: int(answer)}
            return with_quota(scheme, grade, replace(quota, **changes))

        return change

    def set_base(scheme: EvaluationWords, answer: str | None) -> EvaluationWords:
        return with_quota(scheme, grade, replace(quota, base=answer or quota.base))

    def set_hard(scheme: EvaluationWords, answer: str | None) -> EvaluationWords:
        return with_quota(scheme, grade, replace(quota, hard=answer == "1"))

    top, below = str(quota.numerator), str(quota.denominator)
    return [
        *asked,
        ask(
            "of_how_many",
            "number",
            _("每几个人里"),
            below,
            _changing(set_count("denominator")),
            required=True,
        ),
        ask("how_many", "number", _("最多几个"), top, _changing(set_count("numerator")), required=True),
        ask_one("base", _("按谁算"), quota.base, QUOTA_BASE_WORDS, _changing(set_base)),
        _flag(
            "hard",
            _("超了不让定"),
            value=quota.hard,
            change=set_hard,
            help_words=_("选否就提醒，写明理由可以超。"),
        ),
    ]


def _of_step(evaluation: EvaluationWords, group: str, step: StepWords) -> list[Question]:
    """Which paper a step makes, how long it is public, and whether people vote or decide in it."""

    def set_word(name: str) -> Change:
        return lambda form, answer: with_evaluation(form, _set(group, step, **{name: answer or ""}))

    def set_flag(name: str) -> _SchemeChange:
        return lambda scheme, answer: change_row(scheme, group, step.id, **{name: answer == "1"})

    asked = [
        ask_one("paper", _("这一步打印"), step.paper, EVALUATION_PAPERS, set_word("paper"), wide=True),
        ask_one("days", _("要公示多久"), step.days, _publicity(step.days), set_word("days"), wide=True),
    ]
    if evaluation.grades:
        asked += [
            _flag("ballots", _("在这一步计票"), value=step.ballots, change=set_flag("ballots")),
            _flag("decides", _("在这一步定等次"), value=step.decides, change=set_flag("decides")),
        ]
    return asked


def _publicity(now: str) -> Mapping[str, str]:
    """The rules of publicity that have a word, and the one in use."""
    return {**PUBLICITY_WORDS, **({now: now} if now and now not in PUBLICITY_WORDS else {})}
