"""Edits of a form that is being designed: what is added, changed, moved, hidden and taken out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from branchdesk.forms.declarations import INDICATOR
from branchdesk.forms.editing import (
    add_column,
    add_field,
    add_section,
    add_signature,
    add_table,
    can_be_hidden,
    can_be_taken_out,
    change_part,
    hide_part,
    is_hidden,
    move_part,
    take_out,
    with_part,
)
from branchdesk.forms.field_edits import (
    add_choice,
    move_choice,
    on_condition,
    relabel_choice,
    retyped,
    without_choices,
)
from branchdesk.forms.field_types import FIELD_TYPES
from branchdesk.forms.language import Form, read_form_text
from branchdesk.forms.parts import (
    COLUMN,
    FIELD,
    SECTION,
    SIGNATURE,
    TABLE,
    THE_FORM,
    Part,
    part_of,
    parts_of,
    section_of,
)
from branchdesk.forms.writing import write_form

TEXT = """
kind = "meeting.visit"
version = 2
title = "走访会"
title_en = "Visit"
subject = "meeting"
period = "none"
[meeting]
expected = "members"
[[section]]
id = "head"
label = "概况"
label_en = "Head"
phase = "before"
[[section]]
id = "middle"
label = "中间"
label_en = "Middle"
[[section]]
id = "foot"
label = "结果"
label_en = "Foot"
[[field]]
id = "held"
type = "time_span"
label = "时间"
label_en = "When"
section = "head"
role = "when"
required = true
[[field]]
id = "grade"
type = "choice"
label = "等次"
label_en = "Grade"
section = "head"
default = "poor"
choices = [
  { code = "good", label = "好", label_en = "Good" },
  { code = "poor", label = "差", label_en = "Poor" },
]
[[field]]
id = "reason"
type = "text"
label = "原因"
label_en = "Reason"
section = "foot"
required = true
only_if = { field = "grade", is = ["poor"] }
[[field]]
id = "score"
type = "number"
label = "得分"
label_en = "Score"
section = "foot"
min = 0
max = 10
[[table]]
id = "families"
label = "走访户"
label_en = "Families"
section = "head"
[[table.field]]
id = "name"
type = "text"
label = "户主"
label_en = "Name"
[[table.field]]
id = "poor"
type = "yes_no"
label = "困难"
label_en = "Poor"
only_if = { field = "name", filled = true }
[[signature]]
id = "chair"
label = "主持人"
label_en = "Chair"
who = "chair"
[[signature]]
id = "clerk"
label = "记录人"
label_en = "Clerk"
who = "recorder"
[paper]
title = "走访会记录"
head_widths = [22, 58, 22, 58]
[[paper.row]]
cells = [{ label = "时　间" }, { field = "held" }, { label = "得分" }, { field = "score" }]
[[paper.row]]
cells = [{ label = "走访户" }, { field = "families", columns = 3 }]
[[paper.row]]
cells = [{ label = "人数" }, { figure = "attendance.present", columns = 3 }]
[[paper.row]]
cells = [{ label = "备注，手写", columns = 4 }]
"""


@pytest.fixture
def form() -> Form:
    return read_form_text(TEXT, "visit")


def readable(form: Form) -> Form:
    """The form as it comes back from its text; a FormMistake where the edit has made it wrong."""
    read = read_form_text(write_form(form), "visit")
    assert read == form
    return read


def fields(form: Form, section: str) -> list[str]:
    return [field.id for field in form.fields if field.section == section]


HEAD, MIDDLE, FOOT = (Part(SECTION, name) for name in ("head", "middle", "foot"))
HELD, GRADE, REASON, SCORE = (Part(FIELD, name) for name in ("held", "grade", "reason", "score"))
FAMILIES, NAME, POOR = (
    Part(TABLE, "families"),
    Part(COLUMN, "name", "families"),
    Part(COLUMN, "poor", "families"),
)
CHAIR, CLERK = Part(SIGNATURE, "chair"), Part(SIGNATURE, "clerk")


# ---- finding


def test_parts_come_in_the_order_in_which_a_form_is_read(form: Form) -> None:
    assert parts_of(form) == [
        *(THE_FORM, HEAD, HELD, GRADE, FAMILIES, NAME, POOR, MIDDLE, FOOT, REASON, SCORE, CHAIR, CLERK)
    ]


def test_a_part_that_is_not_there_is_not_found(form: Form) -> None:
    assert part_of(form, Part(FIELD, "nothing")) is None
    assert part_of(form, Part(COLUMN, "name", "nothing")) is None
    assert part_of(form, THE_FORM) is None


@pytest.mark.parametrize(
    ("part", "section"),
    [
        (HEAD, "head"),
        (REASON, "foot"),
        (FAMILIES, "head"),
        (POOR, "head"),
        (CLERK, "foot"),
        (THE_FORM, "foot"),
    ],
)
def test_something_new_belongs_to_the_section_of_what_stands_beside_it(
    form: Form, part: Part, section: str
) -> None:
    assert section_of(form, part) == section


def test_a_form_without_sections_has_none_to_add_to(form: Form) -> None:
    assert section_of(replace(form, sections=()), THE_FORM) == ""
    assert section_of(form, Part(COLUMN, "name", "nothing")) == "foot"


# ---- adding


def test_a_field_is_added_behind_the_one_beside_it(form: Form) -> None:
    grown, part = add_field(form, "text", "联系人", HELD)
    assert fields(grown, "head") == ["held", part.id, "grade"]
    assert readable(grown).by_id[part.id].label == "联系人"


def test_a_field_is_added_at_the_end_of_a_section_or_as_its_first(form: Form) -> None:
    grown, part = add_field(form, "long_text", "经过", HEAD)
    assert fields(grown, "head") == ["held", "grade", part.id]
    grown, first = add_field(grown, "text", "方式", MIDDLE)
    assert fields(grown, "middle") == [first.id]
    assert [field.id for field in readable(grown).fields].index(first.id) == 3


def test_the_first_field_of_a_first_section_without_any_is_put_at_the_end(form: Form) -> None:
    empty = replace(form, sections=(form.sections[1], form.sections[0], form.sections[2]))
    grown, part = add_field(empty, "text", "方式", MIDDLE)
    assert grown.fields[-1].id == part.id


def test_a_field_of_every_type_can_be_added_and_read_again(form: Form) -> None:
    for name in [name for name in FIELD_TYPES if name != INDICATOR]:  # only inspections have those
        grown, part = add_field(form, name, "新的一栏", HEAD, choices=("甲", "乙"))
        added = readable(grown).by_id[part.id]
        assert added.type.name == name
        assert [choice.label for choice in added.choices] == (["甲", "乙"] if "choice" in name else [])


def test_ids_of_new_parts_are_never_those_of_others(form: Form) -> None:
    grown = form
    for _number in range(5):
        grown, part = add_field(grown, "text", f"栏{_number}", HEAD)
        grown = take_out(grown, Part(FIELD, grown.fields[1].id)) if _number == 2 else grown
    ids = [field.id for field in grown.fields]
    assert len(set(ids)) == len(ids)
    assert readable(grown).by_id[part.id].label == "栏4"


def test_a_section_is_added_behind_another_and_filled_at_the_same_time(form: Form) -> None:
    grown, part = add_section(form, "补充", GRADE)
    assert [section.id for section in grown.sections] == ["head", part.id, "middle", "foot"]
    assert readable(grown).sections[1].phase == "before"
    bare, part = add_section(replace(form, sections=(), fields=(), tables=()), "补充", THE_FORM)
    assert [section.phase for section in bare.sections] == ["held"]


def test_a_table_with_its_columns_is_added(form: Form) -> None:
    grown, table = add_table(form, "物资", "名称", FAMILIES)
    grown, column = add_column(grown, "number", "数量", table)
    grown, between = add_column(
        grown, "choice", "单位", Part(COLUMN, "column_1", table.id), choices=("个", "箱")
    )
    made = readable(grown).tables_by_id[table.id]
    assert [field.label for field in made.fields] == ["名称", "单位", "数量"]
    assert (column.table, between.table) == (table.id, table.id)
    assert [one.id for one in grown.tables] == ["families", table.id]
    again, second = add_table(grown, "车辆", "车牌", NAME)
    assert [one.id for one in again.tables] == ["families", second.id, table.id]


def test_a_place_to_sign_is_added_behind_another_or_at_the_end(form: Form) -> None:
    grown, part = add_signature(form, "书记", CHAIR)
    grown, last = add_signature(grown, "监督人", THE_FORM)
    assert [one.id for one in readable(grown).signatures] == ["chair", part.id, "clerk", last.id]


# ---- changing


def test_a_new_label_is_used_on_paper_where_the_old_one_was(form: Form) -> None:
    renamed = change_part(form, HELD, label="开始时间")
    assert renamed.by_id["held"].label == "开始时间"
    assert renamed.paper is not None
    assert [cell.label for cell in renamed.paper.rows[0].cells] == ["开始时间", "", "得分", ""]
    renamed = change_part(renamed, FAMILIES, label="帮扶户")
    assert renamed.paper is not None
    assert renamed.paper.rows[1].cells[0].label == "帮扶户"
    assert readable(renamed).paper == renamed.paper


def test_another_change_leaves_the_paper_alone(form: Form) -> None:
    assert change_part(form, SCORE, most=20).paper == form.paper
    plain = replace(form, paper=None)
    assert change_part(plain, HELD, label="开始时间").paper is None


def test_every_part_can_be_changed(form: Form) -> None:
    changed = change_part(form, HEAD, label="开头")
    changed = change_part(changed, NAME, label="姓名")
    changed = change_part(changed, CHAIR, label="召集人")
    changed = change_part(changed, Part(FIELD, "nothing"), label="没有")
    assert readable(changed).sections[0].label == "开头"
    assert changed.tables[0].fields[0].label == "姓名"
    assert changed.signatures[0].label == "召集人"


def test_a_form_that_is_renamed_is_renamed_on_paper(form: Form) -> None:
    renamed = change_part(form, THE_FORM, title="慰问会")
    assert renamed.paper is not None
    assert renamed.paper.title == "慰问会记录"
    own = change_part(
        change_part(form, THE_FORM, paper=replace(renamed.paper, title="谈心")), THE_FORM, title="会"
    )
    assert own.paper is not None
    assert own.paper.title == "谈心"
    assert change_part(form, THE_FORM, blank="无").paper == form.paper


def test_another_type_takes_away_what_means_nothing_to_it(form: Form) -> None:
    grade, score, held = (form.by_id[name] for name in ("grade", "score", "held"))
    text = retyped(grade, "text")
    assert (text.choices, text.default, text.dictionary) == ((), "", "")
    assert retyped(score, "text").most is None
    assert retyped(score, "money").most == 10
    assert retyped(grade, "choices").choices == grade.choices
    assert (retyped(held, "text").role, retyped(held, "time_span").role) == ("", "when")
    assert retyped(score, "member").dictionary == "member"
    begun = replace(score, default="3")
    assert (retyped(begun, "number").default, retyped(begun, "text").default) == ("3", "")
    assert not retyped(form.by_id["reason"], "signature").required
    computed = retyped(score, "computed")
    assert retyped(computed, "computed").figure == computed.figure
    slot = retyped(score, "attachments")
    assert retyped(slot, "attachments").slot is slot.slot
    listed = replace(retyped(score, "choice", ("甲",)), choices=(), dictionary="sex")
    assert retyped(listed, "choices").dictionary == "sex"


def test_words_to_choose_from_come_and_go(form: Form) -> None:
    grade = add_choice(form.by_id["grade"], "一般")
    assert [(choice.label, choice.label_en) for choice in grade.choices[2:]] == [("一般", "一般")]
    fewer = without_choices(grade, {"poor"})
    assert ([choice.label for choice in fewer.choices], fewer.default) == (["好", "一般"], "")
    assert without_choices(grade, {"good"}).default == "poor"
    assert [choice.label for choice in move_choice(grade, "good", 1).choices] == ["差", "好", "一般"]
    assert [choice.label for choice in move_choice(grade, "good", -1).choices] == ["好", "差", "一般"]
    renamed = relabel_choice(relabel_choice(grade, "good", "很好", "Very good"), "poor", "很差", "")
    assert [(choice.code, choice.label, choice.label_en) for choice in renamed.choices[:2]] == [
        ("good", "很好", "Very good"),
        ("poor", "很差", "很差"),
    ]
    again = add_choice(without_choices(grade, {"good", "poor"}), "差")
    assert len({choice.code for choice in again.choices}) == 2


def test_a_condition_is_set_and_lifted(form: Form) -> None:
    asked = on_condition(form.by_id["score"], "grade", ["good"])
    assert asked.only_if is not None
    assert (asked.only_if.field, asked.only_if.among) == ("grade", ("good",))
    assert on_condition(asked, "", []).only_if is None


# ---- moving


def test_sections_signatures_and_columns_change_places(form: Form) -> None:
    assert [one.id for one in move_part(form, HEAD, 1).sections] == ["middle", "head", "foot"]
    assert [one.id for one in move_part(form, HEAD, -1).sections] == ["head", "middle", "foot"]
    assert [one.id for one in move_part(form, CLERK, -1).signatures] == ["clerk", "chair"]
    assert [one.id for one in move_part(form, NAME, 1).tables[0].fields] == ["poor", "name"]
    assert move_part(form, THE_FORM, 1) == form


def test_a_field_moves_among_those_of_its_section(form: Form) -> None:
    assert fields(move_part(form, HELD, 1), "head") == ["grade", "held"]
    assert fields(move_part(form, SCORE, -1), "foot") == ["score", "reason"]


def test_a_field_at_the_edge_of_its_section_goes_over_to_the_next(form: Form) -> None:
    moved = move_part(form, GRADE, 1)
    assert (fields(moved, "head"), fields(moved, "middle")) == (["held"], ["grade"])
    moved = move_part(moved, GRADE, 1)
    assert fields(moved, "foot") == ["grade", "reason", "score"]
    back = move_part(move_part(form, REASON, -1), REASON, -1)
    assert fields(back, "head") == ["held", "grade", "reason"]
    assert move_part(form, HELD, -1) == form
    assert move_part(form, SCORE, 1) == form
    assert move_part(form, FAMILIES, 1).tables[0].section == "middle"


# ---- hiding and taking out


def test_what_is_hidden_is_not_required_and_can_be_shown_again(form: Form) -> None:
    hidden = hide_part(form, REASON, hidden=True)
    assert is_hidden(hidden, REASON)
    assert readable(hidden).by_id["reason"].required is False
    assert not is_hidden(hide_part(hidden, REASON, hidden=False), REASON)
    assert is_hidden(hide_part(form, FOOT, hidden=True), FOOT)
    assert is_hidden(hide_part(form, POOR, hidden=True), POOR)


def test_the_time_of_a_meeting_is_never_hidden_nor_taken_out(form: Form) -> None:
    assert not can_be_hidden(form, HELD)
    assert hide_part(form, HELD, hidden=True) == form
    assert not can_be_hidden(form, HEAD)  # the section that asks for it
    assert hide_part(form, HEAD, hidden=True) == form
    assert not can_be_taken_out(form, HELD, None)


def test_only_what_was_never_released_is_taken_out(form: Form) -> None:
    grown, part = add_field(form, "text", "联系人", HELD)
    assert can_be_taken_out(grown, part, form)
    assert not can_be_taken_out(grown, GRADE, form)
    assert can_be_taken_out(grown, GRADE, None)
    assert can_be_taken_out(grown, CLERK, form)
    assert can_be_taken_out(grown, FAMILIES, form)
    assert can_be_taken_out(grown, MIDDLE, form)
    assert not can_be_taken_out(grown, HEAD, form)
    assert not can_be_taken_out(grown, THE_FORM, form)
    assert can_be_taken_out(form, NAME, None)
    assert not can_be_taken_out(take_out(form, POOR), NAME, None)


def test_what_waits_for_a_field_that_is_taken_out_waits_no_longer(form: Form) -> None:
    assert readable(take_out(form, GRADE)).by_id["reason"].only_if is None
    assert readable(take_out(form, NAME)).tables[0].fields[0].only_if is None


def test_what_is_taken_out_leaves_the_paper(form: Form) -> None:
    without_score = readable(take_out(form, SCORE))
    assert without_score.paper is not None
    assert [cell.label for cell in without_score.paper.rows[0].cells] == ["时　间", "", "得分", "　"]
    without_table = readable(take_out(form, FAMILIES))
    assert without_table.paper is not None
    assert len(without_table.paper.rows) == 3
    assert readable(take_out(replace(form, paper=None), SCORE)).paper is None


def test_sections_and_places_to_sign_are_taken_out(form: Form) -> None:
    assert [one.id for one in take_out(form, MIDDLE).sections] == ["head", "foot"]
    assert [one.id for one in take_out(form, CHAIR).signatures] == ["clerk"]
    assert take_out(form, THE_FORM) == form


# ---- answers that nobody can give any more


def test_a_condition_forgets_words_that_are_gone(form: Form) -> None:
    both = with_part(form, REASON, lambda one: on_condition(one, "grade", ["good", "poor"]))
    fewer = readable(with_part(both, GRADE, lambda one: without_choices(one, {"poor"})))
    waits = fewer.by_id["reason"].only_if
    assert waits is not None
    assert waits.among == ("good",)
    none = with_part(form, GRADE, lambda one: without_choices(add_choice(one, "一般"), {"good", "poor"}))
    assert readable(none).by_id["reason"].only_if is None


def test_a_condition_on_a_field_without_words_waits_for_any_answer(form: Form) -> None:
    text = readable(with_part(form, GRADE, lambda one: retyped(one, "text")))
    waits = text.by_id["reason"].only_if
    assert waits is not None
    assert waits.filled
    signed = readable(with_part(form, GRADE, lambda one: retyped(one, "signature")))
    assert signed.by_id["reason"].only_if is None


def test_a_condition_on_words_of_the_branch_stays_as_it_is(form: Form) -> None:
    listed = with_part(form, GRADE, lambda one: replace(one, choices=(), default="", dictionary="post"))
    waits = with_part(listed, REASON, lambda one: on_condition(one, "grade", ["own_1"]))
    kept = with_part(waits, GRADE, lambda one: replace(one, label="职务")).by_id["reason"].only_if
    assert kept is not None
    assert kept.among == ("own_1",)
