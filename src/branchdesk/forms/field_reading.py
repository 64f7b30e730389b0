"""Reads one field of a form file, and refuses what its type has no use for."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from branchdesk.forms.declarations import INDICATOR
from branchdesk.forms.dictionaries import Entry, shipped_dictionaries, spelling_key
from branchdesk.forms.field_types import FIELD_TYPES
from branchdesk.forms.fields import LONGEST, Condition, Deduction, Field, FieldType, Slot, Surroundings
from branchdesk.forms.identifiers import CODE_PATTERN, read_id
from branchdesk.forms.toml_files import TomlTable, unknown_word
from branchdesk.forms.words import (
    BRANCH_DICTIONARIES,
    DEDUCTIONS,
    FACTS,
    FIGURES,
    INSPECTION_ROLES,
    LONGEST_HELP,
    LONGEST_NUMBER,
    LONGEST_POST,
    MOST_CHOICES,
    MOST_DEDUCTIONS,
    PERCENT,
    PERSON_FIGURES,
    PREFILLS,
    ROLES,
    TIMES,
)
from branchdesk.i18n import _, listed

_SUFFIX = re.compile("[a-z0-9]{1,8}")
_WIDEST = 100
PER_PERCENT, MANUAL = "per_percent", "manual"
_SCORING = ("points", "deduct", "number", "post", "proof", "proof_en", "bonus", "veto", "not_applicable")
# What a column of a table cannot be: its lines keep texts only.
NOT_IN_LINES = ("attachments", "signature", "computed", INDICATOR)


def read_field(row: TomlTable, *, of_line: bool = False) -> Field:
    """The field of one row; a field `of_line` stands in a table and has no section, role or source."""
    type_name = row.text("type")
    if type_name not in FIELD_TYPES:
        row.refuse(
            "type", _("没有“{name}”这种类型，可以用 {words}。", name=type_name, words=listed(FIELD_TYPES))
        )
    if of_line and type_name in NOT_IN_LINES:
        row.refuse("type", _("表格的列不能用“{name}”这种类型。", name=type_name))
    kind = FIELD_TYPES[type_name]
    field = Field(
        id=read_id(row),
        type=kind,
        label=row.text("label"),
        label_en=row.text("label_en"),
        section="" if of_line else row.text("section"),
        required=row.flag("required"),
        private=row.flag("private"),
        in_list=row.flag("in_list"),
        read_only=row.flag("read_only"),
        dictionary=row.text("dictionary", kind.dictionary),
        source="" if of_line else row.text("source", ""),
        aliases=row.texts("aliases"),
        max_length=row.number("max_length", 200),
        width=row.number("width", 8),
        help=row.text("help", "", most=LONGEST_HELP),
        help_en=row.text("help_en", "", most=LONGEST_HELP),
        future=row.flag("future"),
        role="" if of_line or not row.has("role") else row.one_of("role", (*ROLES, *INSPECTION_ROLES)),
        only_if=_read_condition(row),
        default=row.text("default", ""),
        prefill="" if of_line or not row.has("prefill") else row.one_of("prefill", PREFILLS),
        least=row.number_or_none("min"),
        most=row.number_or_none("max"),
        choices=tuple(_read_choice(choice) for choice in row.rows("choices", MOST_CHOICES)),
        figure="" if not row.has("figure") else row.one_of("figure", (*FIGURES, *PERSON_FIGURES)),
        slot=_read_slot(row),
        points=row.decimal_or_none("points"),
        deduct=tuple(_read_deduction(one) for one in row.rows("deduct", MOST_DEDUCTIONS)),
        number=row.text("number", "", most=LONGEST_NUMBER),
        post=row.text("post", "", most=LONGEST_POST),
        proof=row.text("proof", ""),
        proof_en=row.text("proof_en", ""),
        bonus=row.flag("bonus"),
        veto=row.flag("veto"),
        not_applicable=row.flag("not_applicable"),
        hidden=row.flag("hidden"),
    )
    row.done()
    _refuse_words_of_no_use(field, row)
    _refuse_contradictions(field, row)
    return field


def _read_condition(row: TomlTable) -> Condition | None:
    table = row.table("only_if")
    if table is None:
        return None
    among = table.texts("is")
    if table.has("is") and not among:
        table.refuse("is", _("不能空着。"))
    if among and table.has("filled"):
        table.refuse("filled", _("“is”和“filled”只能写一个。"))
    if not among and not table.flag("filled"):
        table.refuse("is", _("要写“is = [选项]”，或者“filled = true”。"))
    condition = Condition(field=table.text("field"), among=among)
    table.done()
    return condition


def _read_choice(row: TomlTable) -> Entry:
    choice = Entry(
        code=row.matching("code", CODE_PATTERN), label=row.text("label"), label_en=row.text("label_en")
    )
    row.done()
    return choice


def _read_slot(row: TomlTable) -> Slot | None:
    table = row.table("slot")
    if table is None:
        return None
    slot = Slot(most=table.number_or_none("most"), kinds=table.texts("kinds"))
    table.done()
    if slot.most is not None and slot.most < 1:
        table.refuse("most", _("至少是 1。"))
    for suffix in slot.kinds:
        if _SUFFIX.fullmatch(suffix) is None:
            table.refuse("kinds", _("“{suffix}”不是扩展名，请写成 jpg 这样。", suffix=suffix))
    return slot


def _read_deduction(row: TomlTable) -> Deduction:
    deduction = Deduction(
        id=read_id(row),
        kind=row.one_of("kind", DEDUCTIONS),
        amount=row.decimal("amount"),
        label=row.text("label"),
        label_en=row.text("label_en"),
        step=row.decimal("step", Decimal(1)),
        cap=row.decimal_or_none("cap"),
        target=row.decimal("target", Decimal(100)),
        fact=row.one_of("fact", tuple(FACTS)) if row.has("fact") else "",
    )
    row.done()
    numbers = (
        ("amount", deduction.amount),
        ("step", deduction.step),
        ("cap", deduction.cap),
        ("target", deduction.target),
    )
    for key, number in numbers:
        if number is not None and number <= 0:
            row.refuse(key, _("应该大于 0。"))
    if row.has("target") and deduction.kind != PER_PERCENT:
        row.refuse("target", _("只有按百分比扣分才有目标。"))
    if deduction.fact and counts_of(deduction.kind) != FACTS[deduction.fact]:
        row.refuse("fact", _("“{fact}”不能用于这种扣分方式。", fact=deduction.fact))
    return deduction


def counts_of(kind: str) -> str:
    """What rules of a kind count: times or a percentage; empty where people give the points themselves."""
    if kind == MANUAL:
        return ""
    return PERCENT if kind == PER_PERCENT else TIMES


def _refuse_words_of_no_use(field: Field, row: TomlTable) -> None:
    """Words that mean something to some types only, and those that a type cannot do without."""
    kind = field.type
    if kind.needs_dictionary and not kind.dictionary and not field.dictionary and not field.choices:
        row.refuse("dictionary", _("“{name}”类型要写 dictionary 或 choices。", name=kind.name))
    if kind.name == "computed" and not field.figure:
        row.refuse("figure", _("“{name}”类型要写明显示哪个数。", name=kind.name))
    of_use = {
        "dictionary": kind.needs_dictionary or bool(kind.dictionary),
        "choices": kind.needs_dictionary and not kind.dictionary,
        "figure": kind.name == "computed",
        "slot": kind.name == "attachments",
        "min": kind.has_bounds,
        "max": kind.has_bounds,
        "default": kind.is_stored,
        "prefill": kind.is_stored,
        "source": kind.is_stored,
    }
    for key, useful in of_use.items():
        if row.has(key) and not useful:
            row.refuse(key, _("对“{name}”类型没有用处。", name=kind.name))
    fitting = {**ROLES, **INSPECTION_ROLES}.get(field.role, (kind.name,))
    if kind.name not in fitting:
        words = listed(fitting)
        row.refuse("role", _("“{role}”只能用在这些类型上：{words}。", role=field.role, words=words))


def _refuse_contradictions(field: Field, row: TomlTable) -> None:
    """What the field says against itself."""
    _refuse_wrong_words(field, row)
    _refuse_odd_sizes(field, row)
    twins = (("help", "help_en"), ("proof", "proof_en"))
    for key, other in (*twins, *((other, key) for key, other in twins)):
        if row.has(key) and not row.has(other):
            row.refuse(other, _("写了“{key}”，这里也要写。", key=key))
    if field.least is not None and field.most is not None and field.most < field.least:
        row.refuse("max", _("小于 min。"))
    if field.default and field.prefill:
        row.refuse("prefill", _("“default”和“prefill”只能写一个。"))
    if field.required and (field.hidden or field.type.name in {"computed", "signature", INDICATOR}):
        row.refuse("required", _("这一栏没有人填写，不能是必填。"))
    if field.points is not None and field.points <= 0:
        row.refuse("points", _("应该大于 0。"))
    _refuse_odd_indicator(field, row)


def _refuse_scoring(field: Field, row: TomlTable) -> None:
    """Words of scoring beside a field that is no line of an inspection."""
    for key in _SCORING:
        if row.has(key):
            row.refuse(key, _("对“{name}”类型没有用处。", name=field.type.name))


def _refuse_odd_indicator(field: Field, row: TomlTable) -> None:
    """Scoring that cannot be carried out."""
    if field.type.name != INDICATOR:
        _refuse_scoring(field, row)
        return
    if not field.number:
        row.refuse("number", _("检查项要有编号，如 A1。"))
    if field.only_if is not None:
        row.refuse("only_if", _("检查项不能有条件；有时不适用的，请写 not_applicable = true。"))
    if field.points is None and not field.veto:
        row.refuse("points", _("检查项要写分值，或者写 veto = true。"))
    if field.deduct and field.points is None:
        row.refuse("deduct", _("没有写“points”，无分可扣。"))
    if field.not_applicable and field.points is None:
        row.refuse("not_applicable", _("没有写“points”，无分可免。"))
    if field.bonus and (field.points is None or field.deduct or field.not_applicable or field.veto):
        row.refuse("bonus", _("加分项只写分值，不扣分、不否决。"))
    ids = [deduction.id for deduction in field.deduct]
    for place, one in enumerate(ids):
        if one in ids[:place]:
            row.refuse(f"deduct[{place + 1}].id", stands_twice(one))


def _refuse_odd_sizes(field: Field, row: TomlTable) -> None:
    """Sizes that no screen, paper or workbook has."""
    for key, number, most in (("width", field.width, _WIDEST), ("max_length", field.max_length, LONGEST)):
        if not 1 <= number <= most:
            row.refuse(key, _("应该在 1 到 {most} 之间。", most=most))


def _refuse_wrong_words(field: Field, row: TomlTable) -> None:
    """Words to choose from that contradict each other or that nobody has; a default that is none of them."""
    if field.choices and field.dictionary:
        row.refuse("choices", _("“dictionary”和“choices”只能写一个。"))
    known = (*shipped_dictionaries(), *BRANCH_DICTIONARIES)
    if field.dictionary and field.dictionary not in known:
        row.refuse("dictionary", unknown_word(field.dictionary, known))
    if field.type.dictionary and field.dictionary != field.type.dictionary:
        row.refuse("dictionary", _("“{name}”类型只能用自己的词表。", name=field.type.name))
    spellings: dict[str, int] = {}
    for place, choice in enumerate(field.choices, start=1):
        for key, word in (("code", choice.code), ("label", choice.label), ("label_en", choice.label_en)):
            if spellings.setdefault(spelling_key(word), place) != place:
                row.refuse(f"choices[{place}].{key}", stands_twice(word))
    if field.default:
        _refuse_wrong_default(field, field.type, row)


def _refuse_wrong_default(field: Field, kind: FieldType, row: TomlTable) -> None:
    """A default that a clerk could not type either."""
    if kind.has_bounds:
        anywhere = Surroundings({}, date.min)  # numbers need neither dictionaries nor today
        wrong_number = kind.check(field, kind.read(field, field.default, anywhere).value or "", anywhere)
        if wrong_number:
            row.refuse("default", wrong_number[0].sentence)
    codes = codes_of(field)
    if codes is not None:
        wrong = [code for code in (field.default.split() or [""]) if code not in codes]
        if wrong or (kind.name == "choice" and field.default not in codes):
            row.refuse("default", unknown_word(field.default, tuple(codes)))


def codes_of(field: Field) -> tuple[str, ...] | None:
    """The codes that a field may hold; None where anything can be typed or only a branch file knows."""
    if field.type.name == "yes_no":
        return ("1", "0")
    if field.choices:
        return tuple(choice.code for choice in field.choices)
    dictionary = shipped_dictionaries().get(field.dictionary)
    return tuple(dictionary.by_code) if dictionary is not None and not dictionary.open else None


def stands_twice(word: str) -> str:
    """The sentence for a word that may stand only once."""
    return _("“{word}”出现了两次。", word=word)
