"""What the designer asks about a form: every word of the form language, and answers that change one thing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from branchdesk.forms import words
from branchdesk.forms.editing import add_column, add_field, add_table, with_part
from branchdesk.forms.field_types import FIELD_TYPES
from branchdesk.forms.indicator_edits import LINE_KINDS, add_indicator, change_rule
from branchdesk.forms.language import Field, Form, read_form_text, shipped_form, shipped_kinds
from branchdesk.forms.parts import (
    COLUMN,
    FIELD,
    POINT_RULE,
    SECTION,
    SIGNATURE,
    TABLE,
    THE_FORM,
    Part,
    part_of,
    parts_of,
)
from branchdesk.forms.point_edits import LISTS
from branchdesk.forms.samples import shipped_sample
from branchdesk.forms.writing import write_form
from branchdesk.ui.screens.form_designer import wording
from branchdesk.ui.screens.form_designer.indicator_questions import rule_questions
from branchdesk.ui.screens.form_designer.mistakes import mistakes_of
from branchdesk.ui.screens.form_designer.part_questions import questions_about
from branchdesk.ui.screens.form_designer.questions import Question
from branchdesk.ui.screens.form_designer.trial import sample_for
from branchdesk.ui.screens.form_designer.wording import kind_word

FORMS = [
    kind
    for kind in shipped_kinds()
    if any(
        (
            *(shipped_form(kind).meeting, shipped_form(kind).inspection),
            *(shipped_form(kind).points, shipped_form(kind).evaluation),
        )
    )
]  # what the designer lists


def parts_to_ask(form: Form) -> list[Part]:
    """The parts of a form; of the rules of points, which are many and alike, one of each kind."""
    few = {"meetings", "dues", "absent", "rumours", "blood", "brave"}
    return [part for part in parts_of(form) if part.kind != POINT_RULE or part.id in few]


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
        (wording.INSPECTION_ROLES, words.INSPECTION_ROLES),
        (wording.FACTS, words.FACTS),
        (wording.PERIOD_WORDS, [period for period in words.PERIODS if period != "none"]),
        (wording.LINE_KINDS, LINE_KINDS),
        (wording.PREFILLS, words.PREFILLS),
        (wording.FIGURES, words.FIGURES),
        (wording.SIGNERS, words.SIGNERS),
        (wording.PHASES, words.PHASES),
        (wording.EXPECTED, words.EXPECTED),
        (wording.RETENTIONS, words.RETENTIONS),
        (wording.DEDUCTIONS, words.DEDUCTIONS),
        (wording.HOLDS, words.HOLDS),
        (wording.POINT_FACTS, words.POINT_FACTS),
        (wording.POINT_LISTS, LISTS),
        (wording.PART_SOURCES, words.PART_SOURCES),
        (wording.MISSING_WORDS, words.MISSING),
        (wording.TIE_WORDS, words.TIES),
        (wording.QUOTA_BASE_WORDS, words.QUOTA_BASES),
        (wording.DISQUALIFIER_WORDS, words.DISQUALIFIERS),
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
        for part in parts_to_ask(form)
        for one in questions_about(form, part)
        if one.change(form, one.value) != form
    ]
    assert changed == []


# One of each sort in every run; the others before a release.
ONE_OF_EACH = {"meeting.assembly", "inspection.small", "points.two_scores", "evaluation.stars"}


@pytest.mark.parametrize(
    "kind",
    [pytest.param(kind, marks=[] if kind in ONE_OF_EACH else [pytest.mark.thorough]) for kind in FORMS],
)
def test_no_answer_at_all_leaves_a_form_that_can_be_read(kind: str) -> None:
    form = shipped_form(kind)
    never_alone = {"archive", "retention", "title", "votes", "bonus_cap", "may_be_negative"}
    for part in parts_to_ask(form):
        for one in questions_about(form, part):
            # Half of what archiving needs is the one thing that cannot be said alone, as a bonus without end,
            # and points that are taken off need a bucket for them.
            if one.field.id not in never_alone:
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
    for name in [name for name in FIELD_TYPES if name != "indicator"]:  # inspections only
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


# ---- inspections


@pytest.fixture
def inspection() -> Form:
    return shipped_form("inspection.quarter")


LINE = Part(FIELD, "c4")


def test_a_line_of_an_inspection_is_asked_for_what_its_paper_shows(inspection: Form) -> None:
    assert names(inspection, LINE) == {
        *("number", "points", "line_kind", "not_applicable", "veto", "label", "label_en"),
        *("help", "help_en", "post", "proof", "proof_en"),
    }
    worth = answered(inspection, LINE, "points", "6.5")
    assert field(worth, LINE).points == Decimal("6.5")
    for wrong in (None, "0", "很多", "-1"):
        assert answered(worth, LINE, "points", wrong) == worth
    numbered = answered(inspection, LINE, "number", "3.4")
    assert field(numbered, LINE).number == "3.4"
    assert answered(inspection, LINE, "number", None) == inspection
    assert field(answered(inspection, LINE, "post", "组织委员"), LINE).post == "组织委员"
    assert field(answered(inspection, LINE, "not_applicable", "1"), LINE).not_applicable
    assert field(answered(inspection, LINE, "veto", "1"), LINE).veto
    proof = answered(answered(inspection, LINE, "proof", None), LINE, "proof", "台账")
    assert (field(proof, LINE).proof, field(proof, LINE).proof_en) == ("台账", "台账")


def test_a_line_is_made_a_bonus_or_a_veto_and_is_then_asked_less(inspection: Form) -> None:
    bonus = answered(inspection, LINE, "line_kind", "bonus")
    assert field(bonus, LINE).bonus
    assert names(bonus, LINE) & {"not_applicable", "veto"} == set()
    fatal = answered(bonus, LINE, "line_kind", "veto")
    assert (field(fatal, LINE).points, field(fatal, LINE).veto) == (None, True)
    assert "points" not in names(fatal, LINE)
    assert answered(fatal, LINE, "line_kind", None) == fatal


def rule_question(form: Form, place: int, name: str) -> Question:
    asked = {one.field.id: one for one in rule_questions(LINE, field(form, LINE).deduct[place])}
    assert name in asked, f"{name} is not among {list(asked)}"
    return asked[name]


def test_a_rule_is_asked_what_its_row_does_not_show(inspection: Form) -> None:
    assert [one.field.id for one in rule_questions(LINE, field(inspection, LINE).deduct[0])] == [
        *("fact", "step", "cap", "rule_en"),
    ]
    by_hand = rule_question(inspection, 0, "fact").change(inspection, None)
    assert field(by_hand, LINE).deduct[0].fact == ""
    capped = rule_question(inspection, 0, "cap").change(inspection, "3")
    assert field(capped, LINE).deduct[0].cap == 3
    assert field(rule_question(capped, 0, "cap").change(capped, None), LINE).deduct[0].cap is None
    assert rule_question(capped, 0, "step").change(capped, None) == capped
    for one in rule_questions(LINE, field(inspection, LINE).deduct[0]):
        assert one.change(inspection, one.value) == inspection, one.field.id
    percent = with_part(inspection, LINE, lambda line: change_rule(line, "missing", kind="per_percent"))
    aimed = rule_question(percent, 0, "target").change(percent, "90")
    assert field(aimed, LINE).deduct[0].target == 90
    offered = [choice.code for choice in rule_question(percent, 0, "fact").field.choices]
    assert offered == ["attendance.rate", "study_hours.rate"]
    manual = with_part(inspection, LINE, lambda line: change_rule(line, "missing", kind="manual"))
    assert [one.field.id for one in rule_questions(LINE, field(manual, LINE).deduct[0])] == ["cap", "rule_en"]


def test_the_inspection_is_asked_how_often_it_is_and_how_much_a_bonus_adds(inspection: Form) -> None:
    monthly = answered(inspection, THE_FORM, "period", "month")
    assert monthly.period == "month"
    capped = answered(inspection, THE_FORM, "bonus_cap", "2.5").inspection
    assert capped is not None
    assert capped.bonus_cap == Decimal("2.5")
    none = question(inspection, THE_FORM, "bonus_cap").change(inspection, None)
    assert [one.parts for one in mistakes_of(none)] == [(THE_FORM,)]


def test_the_fields_of_the_head_play_their_parts(inspection: Form) -> None:
    secretary = Part(FIELD, "secretary")
    free = answered(inspection, Part(FIELD, "leader"), "role", None)
    assert field(answered(free, secretary, "role", "leader"), secretary).role == "leader"
    twice = question(inspection, secretary, "role").change(inspection, "leader")
    assert [one.sentence for one in mistakes_of(twice)] == ["“检查组组长”：“检查组组长”出现了两次。"]
    offered = {choice.code for choice in question(inspection, secretary, "prefill").field.choices}
    assert offered == {"organisation.name", "organisation.secretary", "clerk.name", "today"}
    types = {choice.code for choice in question(inspection, secretary, "type").field.choices}
    assert types & {"indicator", "computed"} == set()
    assert "role" not in names(shipped_form("organisation.profile"), Part(FIELD, "full_name"))


def test_mistakes_in_a_line_name_it_by_its_number_and_the_rule(inspection: Form) -> None:
    twice = question(inspection, LINE, "number").change(inspection, "C3")
    (found,) = mistakes_of(twice)
    assert found.parts == (LINE,)
    assert found.sentence == "“C3 主题党日每月1次，有主题方案、有议定事项落实”：“C3”出现了两次。"
    wrong = with_part(inspection, LINE, lambda line: change_rule(line, "missing", amount=Decimal(0)))
    (found,) = mistakes_of(wrong)
    assert found.sentence.endswith("落实”：扣分规则“缺主题党日”：应该大于 0。")


def test_a_new_line_can_be_published_as_it_is(inspection: Form) -> None:
    grown, part = add_indicator(inspection, "新的检查项", LINE)
    assert mistakes_of(grown) == []
    assert kind_word(grown, part) == "1 分"
    assert [kind_word(grown, Part(FIELD, one)) for one in ("h1", "j1", "leader")] == [
        *("加 3 分", "一票否决", "姓名"),
    ]


def test_the_sample_of_the_short_form_is_its_own(inspection: Form) -> None:
    small = shipped_form("inspection.small")
    own = replace(small, kind="inspection.own_1")
    assert sample_for(own) == shipped_sample("inspection.small")
    assert sample_for(replace(inspection, kind="inspection.own_2")) == shipped_sample("inspection.quarter")
    assert sample_for(shipped_form("meeting.assembly")) == shipped_sample("meeting.assembly")


# ---- fields and forms


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
