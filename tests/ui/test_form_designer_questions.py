"""What the designer asks about a form: every word of the form language, and answers that change one thing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from branchdesk.forms import words
from branchdesk.forms.editing import add_column, add_field, add_table, with_part
from branchdesk.forms.field_types import FIELD_TYPES
from branchdesk.forms.fields import Deduction
from branchdesk.forms.language import Field, Form, read_form_text, shipped_form, shipped_kinds
from branchdesk.forms.parts import COLUMN, FIELD, SECTION, SIGNATURE, TABLE, THE_FORM, Part, part_of, parts_of
from branchdesk.forms.writing import write_form
from branchdesk.ui.screens.form_designer import wording
from branchdesk.ui.screens.form_designer.mistakes import mistakes_of
from branchdesk.ui.screens.form_designer.part_questions import questions_about
from branchdesk.ui.screens.form_designer.questions import Question

FORMS = [kind for kind in shipped_kinds() if shipped_form(kind).subject == "meeting"]


@pytest.fixture
def form() -> Form:
    return shipped_form("meeting.assembly")


def question(form: Form, part: Part, name: str) -> Question:
    asked = {one.field.id: one for one in questions_about(form, part)}
    assert name in asked, f"{name} is not among {list(asked)}"
    return asked[name]


def answered(form: Form, part: Part, name: str, value: str | None) -> Form:
    """The form with an answer, as it comes back from its text."""
    changed = question(form, part, name).change(form, value)
    assert read_form_text(write_form(changed), "answered") == changed
    return changed


def field(form: Form, part: Part) -> Field:
    found = part_of(form, part)
    assert isinstance(found, Field)
    return found


def names(form: Form, part: Part) -> set[str]:
    return {one.field.id for one in questions_about(form, part)}


@pytest.mark.parametrize(
    ("known", "language"),
    [
        (wording.TYPES, FIELD_TYPES),
        (wording.ROLES, words.ROLES),
        (wording.PREFILLS, words.PREFILLS),
        (wording.FIGURES, words.FIGURES),
        (wording.SIGNERS, words.SIGNERS),
        (wording.PHASES, words.PHASES),
        (wording.EXPECTED, words.EXPECTED),
        (wording.RETENTIONS, words.RETENTIONS),
        (wording.DEDUCTIONS, words.DEDUCTIONS),
        (wording.HOLDS, words.HOLDS),
        (wording.STUDY_KINDS, [kind for kind in words.STUDY_KINDS if kind]),
    ],
)
def test_every_word_of_the_form_language_has_one_for_clerks(
    known: dict[str, str], language: list[str]
) -> None:
    assert set(known) == set(language)
    assert len(set(known.values())) == len(known)


@pytest.mark.parametrize("kind", FORMS)
def test_the_same_answer_again_changes_nothing(kind: str) -> None:
    form = shipped_form(kind)
    changed = [
        f"{part}: {one.field.id}"
        for part in parts_of(form)
        for one in questions_about(form, part)
        if one.change(form, one.value) != form
    ]
    assert changed == []


@pytest.mark.parametrize("kind", FORMS)
def test_no_answer_at_all_leaves_a_form_that_can_be_read(kind: str) -> None:
    form = shipped_form(kind)
    for part in parts_of(form):
        for one in questions_about(form, part):
            # Half of what archiving needs is the one thing that cannot be said alone.
            if one.field.id not in {"archive", "retention", "title", "votes"}:
                changed = one.change(form, None)
                assert read_form_text(write_form(changed), "changed") == changed, f"{part} {one.field.id}"


def test_the_english_name_follows_until_it_has_a_word_of_its_own(form: Form) -> None:
    grown, part = add_field(form, "text", "新的一栏", Part(FIELD, "place"))
    renamed = answered(grown, part, "label", "会场布置")
    assert field(renamed, part).label_en == "会场布置"
    named = answered(renamed, part, "label_en", "Room")
    assert field(answered(named, part, "label", "会场"), part).label_en == "Room"
    assert field(answered(named, part, "label_en", None), part).label_en == "会场布置"
    assert answered(renamed, part, "label", None) == renamed


def test_a_field_of_every_type_can_be_asked_for(form: Form) -> None:
    grown, part = add_field(form, "text", "新的一栏", Part(FIELD, "place"))
    for name in FIELD_TYPES:
        grown = answered(grown, part, "type", name)
        assert field(grown, part).type.name == name
    assert answered(grown, part, "type", "nonsense") == grown


def test_words_come_from_a_dictionary_or_from_the_field_itself(form: Form) -> None:
    grown, part = add_field(form, "choice", "性别", Part(FIELD, "place"), choices=("甲", "乙"))
    listed = answered(grown, part, "words", "sex")
    assert (field(listed, part).dictionary, field(listed, part).choices) == ("sex", ())
    own = answered(listed, part, "words", "own")
    assert [choice.label for choice in field(own, part).choices] == ["选项一", "选项二"]


def test_bounds_files_and_figures_are_asked_of_their_types_only(form: Form) -> None:
    number, part = add_field(form, "number", "得分", Part(FIELD, "place"))
    bounded = answered(answered(number, part, "least", "1"), part, "most", "10")
    assert (field(bounded, part).least, field(bounded, part).most) == (1, 10)
    assert question(bounded, part, "most").change(bounded, "十") == bounded
    files = answered(number, part, "type", "attachments")
    files = answered(answered(files, part, "slot_most", "3"), part, "slot_kinds", "JPG、.png")
    slot = field(files, part).slot
    assert slot is not None
    assert (slot.most, slot.kinds) == (3, ("jpg", "png"))
    figure = answered(number, part, "type", "computed")
    assert field(answered(figure, part, "figure", "attendance.rate"), part).figure == "attendance.rate"
    assert "figure" not in names(number, part)
    assert "slot_most" not in names(number, part)
    assert "required" not in names(figure, part)


def test_a_field_waits_for_another_but_never_in_a_circle(form: Form) -> None:
    grown, first = add_field(form, "yes_no", "有无分歧", Part(FIELD, "place"))
    grown, second = add_field(grown, "text", "分歧", first)
    waiting = answered(grown, second, "asked_if", first.id)
    waiting = answered(waiting, second, "asked_is", "1")
    condition = field(waiting, second).only_if
    assert condition is not None
    assert (condition.field, condition.among) == (first.id, ("1",))
    offered = [choice.code for choice in question(waiting, first, "asked_if").field.choices]
    assert second.id not in offered
    assert first.id not in offered
    assert field(answered(waiting, second, "asked_if", None), second).only_if is None
    assert "asked_is" not in names(answered(grown, second, "asked_if", "place"), second)


def test_a_column_waits_for_columns_of_its_own_table(form: Form) -> None:
    grown, table = add_table(form, "物资", "名称", Part(FIELD, "place"))
    grown, column = add_column(grown, "number", "数量", table)
    assert [choice.label for choice in question(grown, column, "asked_if").field.choices] == ["名称"]
    assert names(grown, column) & {"role", "prefill", "points", "in_list"} == set()
    types = {choice.code for choice in question(grown, column, "type").field.choices}
    assert "attachments" not in types


def test_the_time_of_a_meeting_keeps_its_part(form: Form) -> None:
    when = form.by_role("when")
    assert when is not None
    assert names(form, Part(FIELD, when.id)) & {"role", "asked_if"} == set()


def test_points_are_given_and_taken_off(form: Form) -> None:
    grown, part = add_field(form, "text", "学习情况", Part(FIELD, "place"))
    assert "deduct" not in names(grown, part)
    scored = answered(grown, part, "points", "10")
    scored = answered(scored, part, "deduct", "per_time")
    assert field(scored, part).deduct == Deduction("per_time", Decimal(1))
    scored = answered(answered(scored, part, "amount", "0.5"), part, "cap", "5")
    assert field(scored, part).deduct == Deduction("per_time", Decimal("0.5"), cap=Decimal(5))
    assert answered(scored, part, "amount", "0") == scored
    assert answered(scored, part, "step", None) == scored
    assert field(answered(scored, part, "cap", None), part).deduct == Deduction("per_time", Decimal("0.5"))
    assert field(answered(scored, part, "deduct", None), part).deduct is None
    plain = field(answered(scored, part, "points", None), part)
    assert (plain.points, plain.deduct) == (None, None)


def test_a_prefill_takes_the_place_of_a_default(form: Form) -> None:
    grown, part = add_field(form, "text", "单位", Part(FIELD, "place"))
    grown = with_part(grown, part, lambda one: Field(**{**vars(one), "default": "本支部"}))
    filled = answered(grown, part, "prefill", "organisation.name")
    assert (field(filled, part).prefill, field(filled, part).default) == ("organisation.name", "")


def test_a_help_has_its_english_beside_it(form: Form) -> None:
    grown, part = add_field(form, "text", "单位", Part(FIELD, "place"))
    helped = answered(grown, part, "help", "写全称。")
    assert field(helped, part).help_en == "写全称。"
    translated = answered(helped, part, "help_en", "The full name.")
    assert field(answered(translated, part, "help", "写简称。"), part).help_en == "The full name."
    bare = field(answered(translated, part, "help", None), part)
    assert (bare.help, bare.help_en) == ("", "")


def test_the_form_itself_is_asked_for_its_title_its_duties_and_its_paper(form: Form) -> None:
    renamed = answered(form, THE_FORM, "title", "全体会议")
    assert renamed.paper is not None
    assert renamed.paper.title == "全体会议会议记录"
    counted = answered(form, THE_FORM, "counts", "assembly lecture nonsense")
    assert counted.meeting is not None
    assert counted.meeting.counts == ("assembly", "lecture")
    paper = answered(form, THE_FORM, "paper_title", "大会记录").paper
    assert paper is not None
    assert paper.title == "大会记录"
    hours = answered(form, THE_FORM, "study_hours", None).meeting
    assert hours is not None
    assert hours.study_hours == ""
    expected = answered(form, THE_FORM, "expected", "chosen").meeting
    assert expected is not None
    assert expected.expected == "chosen"
    assert answered(form, THE_FORM, "blank", None).blank == ""


def test_sections_tables_and_places_to_sign_are_asked_for_their_words(form: Form) -> None:
    section, table = Part(SECTION, form.sections[0].id), Part(TABLE, form.tables[0].id)
    assert answered(form, section, "phase", "after").sections[0].phase == "after"
    assert answered(form, table, "help", "逐项填写。").tables[0].help_en == "逐项填写。"
    signature = Part(SIGNATURE, form.signatures[0].id)
    assert answered(form, signature, "who", "present").signatures[0].who == "present"
    assert questions_about(form, Part(COLUMN, "nothing", "nowhere")) == []


def test_mistakes_name_parts_as_the_clerk_calls_them(form: Form) -> None:
    assert mistakes_of(form) == []
    place, chair = Part(FIELD, "place"), Part(FIELD, "chair")
    twice = question(form, place, "label").change(form, "主持人")
    (found,) = mistakes_of(twice)
    assert found.parts == (chair, place)
    assert found.sentence == "有两栏都叫“主持人”，请把一栏改个名称。"
    half = question(form, THE_FORM, "archive").change(form, None)
    assert [one.parts for one in mistakes_of(half)] == [(THE_FORM,)]
    bounds, part = add_field(form, "number", "得分", place)
    bounds = question(bounds, part, "least").change(bounds, "5")
    (wrong,) = mistakes_of(question(bounds, part, "most").change(bounds, "1"))
    assert wrong.parts == (part,)
    assert wrong.sentence.startswith("“得分”：")
