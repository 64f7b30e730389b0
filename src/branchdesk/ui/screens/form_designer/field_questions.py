"""What the designer asks about a field or a column: type, words to choose from, conditions, part it plays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from branchdesk.forms.declarations import INDICATOR
from branchdesk.forms.dictionaries import Entry, shipped_dictionaries
from branchdesk.forms.editing import change_part, with_part
from branchdesk.forms.field_edits import as_choices, on_condition, retyped
from branchdesk.forms.field_reading import NOT_IN_LINES, codes_of
from branchdesk.forms.fields import Slot
from branchdesk.forms.language import Field, Form
from branchdesk.forms.parts import COLUMN, Part
from branchdesk.forms.words import INSPECTION_ROLES as INSPECTION_ROLE_TYPES
from branchdesk.forms.words import ROLES as ROLE_TYPES
from branchdesk.i18n import _, choose
from branchdesk.ui.screens.form_designer.questions import (
    Change,
    Question,
    ask,
    ask_flag,
    ask_help,
    ask_labels,
    ask_number,
    ask_one,
    ask_word,
)
from branchdesk.ui.screens.form_designer.wording import FIGURES, INSPECTION_ROLES, PREFILLS, ROLES, TYPES

OWN_WORDS = "own"
_FEWEST_TYPED = 200
_OF_MEETINGS = "meeting."


def field_questions(form: Form, part: Part, field: Field) -> list[Question]:
    """Everything that can be said of a field, in the order in which one thinks of it."""
    is_column = part.kind == COLUMN
    asked = [*ask_labels(part, field.label, field.label_en), _type(form, part, field)]
    asked += _of_type(part, field)
    if field.type.name not in {"computed", "signature"} and not field.hidden:
        asked.append(ask_flag(part, "required", _("必填"), value=field.required))
    if field.type.is_stored and not is_column:
        asked.append(ask_flag(part, "in_list", _("列在清单里"), value=field.in_list))
    asked += _condition(form, part, field)
    if field.type.is_stored and not is_column:
        asked.append(_prefill(form, part, field))
    if not is_column:
        asked += _role(form, part, field)
    return [*asked, *ask_help(part, field.help, field.help_en)]


def _set(part: Part, change: Callable[[Field, str | None], Field]) -> Change:
    """The change of a form that an answer makes to one of its fields."""
    return lambda form, answer: with_part(form, part, lambda field: change(field, answer))


def _type(form: Form, part: Part, field: Field) -> Question:
    """What is filled in; figures are counted for meetings only, lines of inspections are added as such."""
    never = {*(NOT_IN_LINES if part.kind == COLUMN else ()), INDICATOR}
    if form.meeting is None:
        never |= {"computed"} - {field.type.name}
    words = {name: word for name, word in TYPES.items() if name not in never}
    first = (_("选项一"), _("选项二"))

    def change(field: Field, answer: str | None) -> Field:
        return retyped(field, answer, first) if answer else field

    return ask_one("type", _("填什么"), field.type.name, words, _set(part, change), wide=True)


def _of_type(part: Part, field: Field) -> list[Question]:
    """What only some types have: a list of words, bounds, a figure, how many files."""
    asked: list[Question] = []
    kind = field.type
    if kind.needs_dictionary and not kind.dictionary:
        asked.append(_words(part, field))
    if kind.has_bounds:
        asked.append(ask_number(part, "least", _("最小"), field.least))
        asked.append(ask_number(part, "most", _("最大"), field.most))
    if kind.name == "computed":
        asked.append(_figure(part, field))
    if kind.name == "attachments":
        asked += _slot(part, field.slot or Slot())
    if kind.name in {"text", "long_text"}:
        most = ask_number(part, "max_length", _("最多字数"), field.max_length, needed=_FEWEST_TYPED)
        asked.append(most)
    return asked


def _figure(part: Part, field: Field) -> Question:
    def change(field: Field, answer: str | None) -> Field:
        return replace(field, figure=answer or field.figure)

    return ask_one("figure", _("显示哪个数"), field.figure, FIGURES, _set(part, change), wide=True)


def _words(part: Part, field: Field) -> Question:
    """Where the words to choose from are: in the field itself, or in one of the dictionaries."""
    known = shipped_dictionaries()
    offered = [Entry(OWN_WORDS, _("下面列出的选项"))]
    offered += [Entry(name, choose(one.title, one.title_en)) for name, one in known.items()]

    def change(field: Field, answer: str | None) -> Field:
        if not answer:
            return field
        if answer == OWN_WORDS:
            own = field.choices or as_choices((_("选项一"), _("选项二")))
            return replace(field, dictionary="", choices=own)
        return (
            field if answer == field.dictionary else replace(field, dictionary=answer, choices=(), default="")
        )

    chosen = field.dictionary or OWN_WORDS
    return ask_one("words", _("从哪里选"), chosen, offered, _set(part, change), wide=True)


def _slot(part: Part, slot: Slot) -> list[Question]:
    def set_most(field: Field, answer: str | None) -> Field:
        most = int(answer) if answer and answer.isdecimal() else None
        return replace(field, slot=replace(field.slot or Slot(), most=most))

    def set_kinds(field: Field, answer: str | None) -> Field:
        kinds = (answer or "").casefold().replace("、", " ").replace(",", " ").replace(".", " ").split()
        return replace(field, slot=replace(field.slot or Slot(), kinds=tuple(kinds)))

    most = ask("slot_most", "number", _("最多几个文件"), str(slot.most or ""), _set(part, set_most))
    hint = _("如 jpg、png、pdf；不填就什么文件都可以。")
    kinds = ask("slot_kinds", "text", _("哪些文件"), "、".join(slot.kinds), _set(part, set_kinds), help=hint)
    return [most, kinds]


# ---- when it is asked


def _condition(form: Form, part: Part, field: Field) -> list[Question]:
    """Only if another field says something; the fields that wait for this one are not offered."""
    if field.role == "when":
        return []
    siblings = form.tables_by_id[part.table].fields if part.kind == COLUMN else form.fields
    offered = [
        Entry(one.id, one.shown())
        for one in siblings
        if one.type.is_stored and one.id != field.id and not _waits_for(one, field.id, siblings)
    ]
    if not offered:
        return []
    waits = field.only_if
    label, hint = _("只在这一栏填了才问"), _("空着就总是要问。")
    by_id = {one.id: one for one in siblings}

    def set_on(field: Field, answer: str | None) -> Field:
        now = field.only_if
        same = now is not None and now.field == answer
        return field if same else on_condition(field, answer or "", ())

    on = ask_one(
        "asked_if",
        label,
        waits.field if waits else "",
        offered,
        _set(part, set_on),
        help_words=hint,
        wide=True,
    )
    if waits is None or waits.field not in by_id:
        return [on]
    return [on, *_answers(part, by_id[waits.field], waits.among)]


def _answers(part: Part, asked: Field, among: tuple[str, ...]) -> list[Question]:
    """Which answers of the other field count, where it has words to choose from."""
    if asked.type.name == "yes_no":
        words: tuple[Entry, ...] = (Entry("1", _("是")), Entry("0", _("否")))
    elif asked.choices:
        words = tuple(Entry(choice.code, choice.shown()) for choice in asked.choices)
    else:
        known = shipped_dictionaries().get(asked.dictionary)
        words = known.entries if known is not None and codes_of(asked) else ()
    if not words:
        return []

    def change(field: Field, answer: str | None) -> Field:
        known = {word.code for word in words}
        codes = [code for code in (answer or "").split() if code in known]
        return on_condition(field, asked.id, codes)

    label, hint = _("并且填的是"), _("可选几项；空着就是填了什么都算。")
    return [
        ask(
            "asked_is",
            "choices",
            label,
            " ".join(among),
            _set(part, change),
            choices=words,
            help=hint,
            width=20,
        )
    ]


def _waits_for(one: Field, field_id: str, siblings: tuple[Field, ...]) -> bool:
    """Whether a field is asked, through others perhaps, only if the one of that id is."""
    by_id = {field.id: field for field in siblings}
    seen: set[str] = set()
    waits = one.only_if
    while waits is not None and waits.field in by_id and waits.field not in seen:
        if waits.field == field_id:
            return True
        seen.add(waits.field)
        waits = by_id[waits.field].only_if
    return False


# ---- what the program does with it


def _prefill(form: Form, part: Part, field: Field) -> Question:
    words = {
        name: word
        for name, word in PREFILLS.items()
        if form.meeting is not None or not name.startswith(_OF_MEETINGS)
    }

    def change(form: Form, answer: str | None) -> Form:
        return change_part(form, part, prefill=answer or "", **({"default": ""} if answer else {}))

    hint = _("新建时先填好，可以再改。")
    return ask_one("prefill", _("自动填入"), field.prefill, words, change, help_words=hint, wide=True)


def _role(form: Form, part: Part, field: Field) -> list[Question]:
    """Which part it plays in a meeting or an inspection; the program finds it by that."""
    if form.meeting is not None:
        label, hint = _("在会议里是"), _("清单、通知和检查从这一栏找到它。")
        known, types = ROLES, ROLE_TYPES
    elif form.inspection is not None:
        label, hint = _("在检查表里是"), _("清单和纸面从这一栏找到它。")
        known, types = INSPECTION_ROLES, INSPECTION_ROLE_TYPES
    else:
        return []
    words = {role: word for role, word in known.items() if field.type.name in types[role]}
    if not words or field.role == "when":
        return []
    return [ask_word(part, "role", label, field.role, words, help_words=hint)]
