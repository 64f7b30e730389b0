"""Reads what a form says about an evaluation, and refuses what could not be counted or carried out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.forms.evaluation_words import (
    DimensionWords,
    EvaluationWords,
    GradeWords,
    PartWords,
    ProcedureWords,
    QuotaWords,
    StepWords,
)
from branchdesk.forms.field_reading import stands_twice
from branchdesk.forms.identifiers import CODE_PATTERN, read_id
from branchdesk.forms.rules import publicity_rules
from branchdesk.forms.toml_files import TomlTable, unknown_word
from branchdesk.forms.words import (
    DISQUALIFIERS,
    EVALUATED,
    EVALUATION_PAPERS,
    LEAST_STAR_STEPS,
    LONGEST_HELP,
    MISSING,
    MOST_DECIMALS,
    MOST_GRADES,
    MOST_PARTS,
    MOST_STAR_STEPS,
    MOST_STEPS,
    OF_PEOPLE,
    PART_SOURCES,
    QUOTA_BASES,
    TIES,
)
from branchdesk.i18n import _

_WHOLE = Decimal(100)  # percent, and the reference score of the best vote
_DECIMALS = 1  # of a total, where the scheme does not say
_TWINS = (("help", "help_en"), ("help_en", "help"), ("target", "target_en"), ("target_en", "target"))


def read_evaluation(table: TomlTable | None) -> EvaluationWords | None:
    """The evaluation of a form, None where it says nothing about one."""
    if table is None:
        return None
    evaluation = EvaluationWords(
        of=table.one_of("of", EVALUATED),
        takes_part=table.texts("takes_part"),
        graded=table.texts("graded"),
        decimals=table.number("decimals", _DECIMALS),
        ties=table.one_of("ties", TIES, TIES[0]),
        decision=table.flag("decision"),
        disqualifiers=table.texts("disqualifiers"),
        grades=tuple(_read_grade(row) for row in table.rows("grades", MOST_GRADES)),
        quotas=tuple(_read_quota(row) for row in table.rows("quotas", MOST_GRADES)),
        parts=tuple(_read_part(row) for row in table.rows("part", MOST_PARTS)),
        steps=tuple(_read_step(row) for row in table.rows("step", MOST_STEPS)),
        dimensions=tuple(_read_dimension(row) for row in table.rows("dimension", MOST_PARTS)),
        procedures=tuple(_read_procedure(row) for row in table.rows("procedure", MOST_PARTS)),
    )
    table.done()
    if not 0 <= evaluation.decimals <= MOST_DECIMALS:
        table.refuse("decimals", _("应该在 0 到 {most} 之间。", most=MOST_DECIMALS))
    _refuse_wrong_lists(evaluation, table)
    _refuse_second_ones(evaluation, table)
    _refuse_odd_people(evaluation, table)
    _refuse_odd_grades(evaluation, table)
    _refuse_unknown_grades(evaluation, table)
    _refuse_odd_parts(evaluation, table)
    _refuse_odd_steps(evaluation, table)
    _refuse_odd_dimensions(evaluation, table)
    return evaluation


# ---- the rows


def _read_grade(row: TomlTable) -> GradeWords:
    grade = GradeWords(
        code=row.matching("code", CODE_PATTERN),
        label=row.text("label"),
        label_en=row.text("label_en"),
        value=row.decimal("value"),
        at_least=row.decimal_or_none("at_least"),
    )
    row.done()
    return grade


def _read_quota(row: TomlTable) -> QuotaWords:
    quota = QuotaWords(
        grade=row.text("grade"),
        numerator=row.number("numerator", 1),
        denominator=row.number("denominator", 3),
        base=row.one_of("base", QUOTA_BASES, "graded"),
        hard=row.flag("hard"),
    )
    row.done()
    if quota.numerator < 1:
        row.refuse("numerator", _("至少是 1。"))
    if quota.denominator < quota.numerator:
        row.refuse("denominator", _("不能小于 numerator：名额不会比人数还多。"))
    return quota


def _read_part(row: TomlTable) -> PartWords:
    part = PartWords(
        id=read_id(row),
        label=row.text("label"),
        label_en=row.text("label_en"),
        weight=row.decimal("weight"),
        source=row.one_of("source", PART_SOURCES),
        full=row.decimal("full", _WHOLE),
        missing=row.one_of("missing", MISSING, "excluded"),
        target=row.text("target", ""),
        target_en=row.text("target_en", ""),
        help=row.text("help", "", most=LONGEST_HELP),
        help_en=row.text("help_en", "", most=LONGEST_HELP),
    )
    row.done()
    for key, number in (("weight", part.weight), ("full", part.full)):
        if number <= 0:
            row.refuse(key, _("应该大于 0。"))
    for key, other in _TWINS:
        if row.has(key) and not row.has(other):
            row.refuse(other, _("写了“{key}”，这里也要写。", key=key))
    return part


def _read_step(row: TomlTable) -> StepWords:
    step = StepWords(
        id=read_id(row),
        label=row.text("label"),
        label_en=row.text("label_en"),
        paper=row.one_of("paper", EVALUATION_PAPERS) if row.has("paper") else "",
        optional=row.flag("optional"),
        days=row.text("days", ""),
        ballots=row.flag("ballots"),
        decides=row.flag("decides"),
    )
    row.done()
    known = publicity_rules()
    if step.days and step.days not in known:
        row.refuse("days", unknown_word(step.days, known))
    if step.decides and step.optional:
        row.refuse("optional", _("决定等次的一步不能跳过。"))
    return step


def _read_dimension(row: TomlTable) -> DimensionWords:
    dimension = DimensionWords(
        id=read_id(row),
        label=row.text("label"),
        label_en=row.text("label_en"),
        star=row.text("star"),
        star_en=row.text("star_en"),
        places=row.number_or_none("places"),
    )
    row.done()
    if dimension.places is not None and dimension.places < 1:
        row.refuse("places", _("至少是 1。"))
    return dimension


def _read_procedure(row: TomlTable) -> ProcedureWords:
    procedure = ProcedureWords(
        grade=row.text("grade"), id=read_id(row), label=row.text("label"), label_en=row.text("label_en")
    )
    row.done()
    return procedure


# ---- what they say against each other


def _refuse_wrong_lists(evaluation: EvaluationWords, table: TomlTable) -> None:
    """Words in lists that nobody knows, or that stand there twice."""
    categories = tuple(shipped_dictionaries()["category"].by_code)
    lists = (
        ("takes_part", evaluation.takes_part, categories),
        ("graded", evaluation.graded, categories),
        ("disqualifiers", evaluation.disqualifiers, DISQUALIFIERS),
    )
    for key, words, known in lists:
        for place, word in enumerate(words):
            if word not in known:
                table.refuse(key, unknown_word(word, known))
            if word in words[:place]:
                table.refuse(key, stands_twice(word))


def _refuse_second_ones(evaluation: EvaluationWords, table: TomlTable) -> None:
    """Ids and titles that would mean two things at once."""
    columns: tuple[tuple[str, str, Sequence[str]], ...] = (
        ("grades", "code", [one.code for one in evaluation.grades]),
        ("grades", "label", [one.label for one in evaluation.grades]),
        ("quotas", "grade", [one.grade for one in evaluation.quotas]),
        ("part", "id", [one.id for one in evaluation.parts]),
        ("part", "label", [one.label for one in evaluation.parts]),
        ("step", "id", [one.id for one in evaluation.steps]),
        ("step", "label", [one.label for one in evaluation.steps]),
        ("dimension", "id", [one.id for one in evaluation.dimensions]),
        ("dimension", "label", [one.label for one in evaluation.dimensions]),
        ("dimension", "star", [one.star for one in evaluation.dimensions]),
        ("procedure", "id", [one.id for one in evaluation.procedures]),
    )
    for rows, key, words in columns:
        for place, word in enumerate(words):
            if word in words[:place]:
                table.refuse(f"{rows}[{place + 1}].{key}", stands_twice(word))


def _refuse_odd_people(evaluation: EvaluationWords, table: TomlTable) -> None:
    """Categories of people where none are evaluated, and people who get a grade that there is not."""
    if evaluation.of not in OF_PEOPLE:
        for key in ("takes_part", "graded", "quotas", "dimension", "disqualifiers"):
            if table.has(key):
                table.refuse(key, _("只有评党员的办法才写这一项。"))
        return
    if not evaluation.takes_part:
        table.refuse("takes_part", _('要写哪些人参加，例如 ["full"]。'))
    for category in evaluation.graded:
        if category not in evaluation.takes_part:
            table.refuse("graded", unknown_word(category, evaluation.takes_part))
    if evaluation.grades and not evaluation.graded:
        table.refuse("graded", _("有等次，就要写哪些人评等次。"))
    if evaluation.graded and not evaluation.grades:
        table.refuse("grades", _("写了“{key}”，这里也要写。", key="graded"))


def _refuse_odd_grades(evaluation: EvaluationWords, table: TomlTable) -> None:
    """Grades that are not in order, or by a total that there is not."""
    if evaluation.decision and not evaluation.grades:
        table.refuse("grades", _("要由人决定等次，就要写有哪些等次。"))
    values = [grade.value for grade in evaluation.grades]
    if values != sorted(set(values), reverse=True) or not all(0 <= value <= _WHOLE for value in values):
        table.refuse("grades", _("等次从好到差写，一票的参考分在 0 到 100 之间，不能相同。"))
    least = [grade.at_least for grade in evaluation.grades if grade.at_least is not None]
    if not least:
        return
    if not evaluation.parts:
        table.refuse("grades", _("没有计分项目，就没有总分可以对照分数线（at_least）。"))
    in_order = len(least) == len(values) and least == sorted(set(least), reverse=True)
    if not in_order or least[-1] != 0 or least[0] > _WHOLE:
        table.refuse(
            "grades", _("分数线要么都写，要么都不写；从高到低写，最高不超过 100，不能相同，最低一等是 0。")
        )


def _refuse_unknown_grades(evaluation: EvaluationWords, table: TomlTable) -> None:
    """Quotas and procedures of grades that the scheme does not have."""
    codes = tuple(grade.code for grade in evaluation.grades)
    named = (
        ("quotas", [one.grade for one in evaluation.quotas]),
        ("procedure", [one.grade for one in evaluation.procedures]),
    )
    for rows, grades in named:
        for place, grade in enumerate(grades, start=1):
            if grade not in codes:
                table.refuse(f"{rows}[{place}].grade", unknown_word(grade, codes))


def _refuse_odd_parts(evaluation: EvaluationWords, table: TomlTable) -> None:
    """Weights that do not come to a hundred, and parts that nobody could ever score."""
    total = sum((part.weight for part in evaluation.parts), Decimal(0))
    if evaluation.parts and total != _WHOLE:
        table.refuse("part", _("各部分的权重合计应是 100，现在是 {n}。", n=f"{total.normalize():f}"))
    counted = any(step.ballots for step in evaluation.steps)
    for place, part in enumerate(evaluation.parts, start=1):
        if part.source == "ballot" and not counted:
            reason = _("分数来自测评票，就要有一步写 ballots = true。")
            table.refuse(f"part[{place}].source", reason)


def _refuse_odd_steps(evaluation: EvaluationWords, table: TomlTable) -> None:
    """A way without steps, without the one in which people decide, or with ballots that offer nothing."""
    if not evaluation.steps:
        table.refuse("step", _("评议办法至少要有一步。"))
    for place, step in enumerate(evaluation.steps, start=1):
        if step.ballots and not evaluation.grades:
            table.refuse(f"step[{place}].ballots", _("测评票上的选项就是等次，请先写 grades。"))
        if step.decides and not evaluation.decision:
            table.refuse(f"step[{place}].decides", _("有这一步，就要写 decision = true。"))
    if evaluation.decision and not any(step.decides for step in evaluation.steps):
        table.refuse("step", _("要由人决定等次，就要有一步写 decides = true。"))


def _refuse_odd_dimensions(evaluation: EvaluationWords, table: TomlTable) -> None:
    """Stars beside grades or on a way that they cannot go, and an evaluation of which nothing comes out."""
    if evaluation.dimensions:
        _refuse_odd_stars(evaluation, table)
    if not (evaluation.grades or evaluation.parts or evaluation.dimensions):
        table.refuse("grades", _("等次、计分项目、评星，至少要写一样。"))


def _refuse_odd_stars(evaluation: EvaluationWords, table: TomlTable) -> None:
    """A star is declared in the first step and awarded in the last, each step between brings it further."""
    if evaluation.grades:
        table.refuse("grades", _("评星的办法按星定称号，不再评等次。"))
    steps = evaluation.steps
    if not LEAST_STAR_STEPS <= len(steps) <= MOST_STAR_STEPS:
        reason = _("评星的步骤应有 {least} 到 {most} 步。", least=LEAST_STAR_STEPS, most=MOST_STAR_STEPS)
        table.refuse("step", reason)
    for place in (1, len(steps)):
        if steps[place - 1].optional:
            table.refuse(f"step[{place}].optional", _("评星从第一步申报，到最后一步授星，这两步不能跳过。"))
