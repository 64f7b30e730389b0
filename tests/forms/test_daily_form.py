"""The daily record of a member: what is typed, what the records say, and figures of a person on paper."""

from __future__ import annotations

from datetime import date

import pytest

from branchdesk.forms.checking import check_form
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.language import read_form_text, shipped_form
from branchdesk.forms.rules import shipped_rules
from branchdesk.forms.samples import shipped_sample
from branchdesk.forms.toml_files import FormMistake
from branchdesk.forms.words import PERSON_FIGURES
from branchdesk.forms.writing import write_form

KIND = "member.daily"
FORM = """
kind = "member.sample"
version = 1
title = "写实"
title_en = "Record"
subject = "{subject}"
period = "month"
[paper]
title = "写实"
head_widths = [30, 60]
[[paper.row]]
cells = [{{ label = "姓名" }}, {{ figure = "{on_paper}" }}]
[[section]]
id = "basic"
label = "基本"
label_en = "Basics"
[[field]]
id = "hours"
type = "computed"
label = "学时"
label_en = "Hours"
section = "basic"
figure = "{in_field}"
"""


def text(subject: str = "member", on_paper: str = "person.name", in_field: str = "person.study_hours") -> str:
    return FORM.format(subject=subject, on_paper=on_paper, in_field=in_field)


def test_a_form_about_a_member_shows_figures_of_the_person() -> None:
    form = read_form_text(text(), "form.toml")
    assert form.by_id["hours"].figure == "person.study_hours"
    assert form.paper is not None
    assert form.paper.rows[0].cells[1].figure == "person.name"
    assert read_form_text(write_form(form), "form.toml") == form


@pytest.mark.parametrize(
    ("content", "mistake"),
    [
        (
            text("none"),
            "form.toml: field[1].figure: “person.study_hours”只能用在党员的表单里。",
        ),
        (
            text("none", in_field="organisation.name"),
            "form.toml: paper.row[1].cells[2].figure: “person.name”只能用在党员的表单里。",
        ),
        (text(in_field="person.luck"), "form.toml: field[1].figure: 没有“person.luck”这个词"),
    ],
)
def test_figures_of_a_person_on_other_forms_are_refused(content: str, mistake: str) -> None:
    with pytest.raises(FormMistake) as caught:
        read_form_text(content, "form.toml")
    assert str(caught.value).startswith(mistake)


def test_the_other_figures_stay_with_the_other_forms() -> None:
    plain = text("none", "organisation.name", "organisation.name")
    assert read_form_text(plain, "form.toml").by_id["hours"].figure == "organisation.name"
    bare = plain.replace(plain[plain.index("[paper]") : plain.index("[[section]]")], "")
    assert read_form_text(bare, "form.toml").paper is None


def test_the_daily_record_types_nothing_that_the_records_say() -> None:
    form = shipped_form(KIND)
    assert (form.subject, form.period) == ("member", "month")
    computed = {field.id: field.figure for field in form.fields if field.type.name == "computed"}
    assert computed == {
        "attendance": "person.attendance",
        "study_hours": "person.study_hours",
        "points": "person.points",
        "dues": "person.dues",
    }
    assert not {field.id for field in form.stored} & set(computed)
    assert set(computed.values()) <= set(PERSON_FIGURES)


def test_the_paper_of_the_daily_record_names_every_field_but_the_days_of_signing() -> None:
    form = shipped_form(KIND)
    assert form.paper is not None
    printed = {cell.field for row in form.paper.rows for cell in row.cells if cell.field}
    assert set(form.by_id) - printed == {"signed_on", "secretary_signed_on"}
    assert [one.who for one in form.signatures] == ["person", "secretary"]


def test_the_branch_judges_in_four_words() -> None:
    grade = shipped_form(KIND).by_id["branch_grade"]
    assert [choice.label for choice in grade.choices] == ["好", "较好", "一般", "差"]


def test_the_sample_of_the_daily_record_has_no_errors() -> None:
    form, sample = shipped_form(KIND), shipped_sample(KIND)
    assert sample is not None
    around = Surroundings(shipped_dictionaries(), date(2026, 11, 21), typed=True)
    values = {
        name: form.by_id[name].type.read(form.by_id[name], typed, around).value
        for name, typed in sample.values.items()
    }
    assert check_form(form, values, around, shipped_rules(), {}) == []
