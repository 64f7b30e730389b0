"""Samples fill their forms, and say nothing that the form does not know."""

from __future__ import annotations

from datetime import date

import pytest

from branchdesk.forms.checking import check_form, check_lines
from branchdesk.forms.dictionaries import Dictionary, Entry, shipped_dictionaries
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.fields import Field
from branchdesk.forms.language import Form, read_form_text, shipped_form, shipped_kinds, visible_fields
from branchdesk.forms.rules import shipped_rules
from branchdesk.forms.samples import Sample, read_sample, shipped_sample
from branchdesk.forms.toml_files import FormMistake, TomlText

FORM = read_form_text(
    """
kind = "meeting.sample"
version = 1
title = "样会"
title_en = "Sample"
subject = "meeting"
period = "none"
[meeting]
[[section]]
id = "basic"
label = "基本"
label_en = "Basics"
[[field]]
id = "held"
type = "time_span"
label = "时间"
label_en = "Time"
section = "basic"
role = "when"
[[field]]
id = "hours"
type = "hours"
label = "学时"
label_en = "Hours"
section = "basic"
[[field]]
id = "photos"
type = "attachments"
label = "照片"
label_en = "Photos"
section = "basic"
[[table]]
id = "guests"
label = "列席人员"
label_en = "Guests"
section = "basic"
[[table.field]]
id = "who"
type = "text"
label = "姓名"
label_en = "Name"
[[table.field]]
id = "fresh"
type = "yes_no"
label = "新"
label_en = "New"
""",
    "meeting.sample/form.toml",
)
WHOLE = """
[values]
held = "2026.11.19 15:00"
hours = 1.5
[[attendance]]
name = "周建国"
may_vote = true
made_up_on = 2026-11-20
[[agenda]]
title = "学习"
[[passages]]
text = "发言。"
speaker = "周建国"
agenda = 1
[[votes]]
subject = "选举"
kind = "election"
seats = 1
candidates = [{ name = "李敏", in_favour = 20, write_in = false }]
[[decisions]]
text = "抓好落实"
due_on = "2026-12-01"
[[lines.guests]]
who = "潘晓东"
fresh = true
[[lines.guests]]
who = "何洁"
fresh = false
"""


def read(text: str) -> Sample:
    return read_sample(TomlText(text, "meeting.sample/sample.toml"), FORM)


def test_a_sample_is_read_as_plain_values() -> None:
    sample = read(WHOLE)
    assert sample.values == {"held": "2026.11.19 15:00", "hours": "1.5"}
    assert sample.attendance == ({"name": "周建国", "may_vote": True, "made_up_on": "2026-11-20"},)
    assert sample.agenda == ({"title": "学习"},)
    assert sample.passages == ({"text": "发言。", "speaker": "周建国", "agenda": 1},)
    candidates = ({"name": "李敏", "in_favour": 20, "write_in": False},)
    assert sample.votes == ({"subject": "选举", "kind": "election", "seats": 1, "candidates": candidates},)
    assert sample.decisions == ({"text": "抓好落实", "due_on": "2026-12-01"},)
    assert sample.lines == {"guests": ({"who": "潘晓东", "fresh": "1"}, {"who": "何洁", "fresh": "0"})}


def test_an_empty_sample_says_nothing() -> None:
    assert read("") == Sample({})


def test_days_may_stand_without_quotes() -> None:
    assert read("[values]\nheld = 2026-11-19\n").values == {"held": "2026-11-19"}


@pytest.mark.parametrize(
    ("content", "mistake"),
    [
        ("[values]\nplace = 1\n", "values.place: 没有“place”这个词，可以用 held、hours。"),
        ('[values]\nphotos = "a.jpg"\n', "values.photos: 没有“photos”这个词"),
        ("[values]\nheld = []\n", "values.held: 应该是文字，这里是列表。"),
        ("[[agenda]]\nname = 1\n", "agenda[1].name: 没有“name”这个词，可以用 title。"),
        ("[[agenda]]\ntitle = {}\n", "agenda[1].title: 应该是文字，这里是一组键和值。"),
        ("[[votes]]\ncandidates = [{ age = 3 }]\n", "votes[1].candidates[1].age: 没有“age”这个词"),
        ("[[lines.food]]\nwho = 1\n", "lines.food: 没有“food”这个词，可以用 guests。"),
        ("[[lines.guests]]\nage = 1\n", "lines.guests[1].age: 没有“age”这个词，可以用 who、fresh。"),
        ("[[lines]]\nage = 1\n", "lines: 应该是一组键和值，这里是列表。"),
        ("[meeting]\n", "meeting: 这里没有这一项"),
    ],
)
def test_what_the_form_does_not_know_is_refused(content: str, mistake: str) -> None:
    with pytest.raises(FormMistake) as caught:
        read(content)
    assert str(caught.value).startswith(f"meeting.sample/sample.toml: {mistake}")


INSPECTION = """
kind = "inspection.sample"
version = 1
title = "检查表"
title_en = "Inspection"
subject = "organisation"
period = "quarter"
[inspection]
grades = [{ code = "all", label = "全部", label_en = "All", at_least = 0 }]
[[section]]
id = "lines"
label = "一、组织"
label_en = "1. Organisation"
[[field]]
id = "a1"
type = "indicator"
number = "A1"
label = "按时开会"
label_en = "Meetings in time"
section = "lines"
points = 5
deduct = [{ id = "missing", kind = "missing", label = "缺", label_en = "Missing", amount = 1 }]
"""


def inspected(text: str) -> Sample:
    return read_sample(TomlText(text, "sample.toml"), read_form_text(INSPECTION, "form.toml"))


def test_a_sample_of_an_inspection_says_what_was_written_on_its_lines() -> None:
    sample = inspected('[answers.a1]\nplan = "每月一次"\ncount_missing = 2\ncheck = 3.5\non = 2026-10-09\n')
    assert sample.answers == {
        "a1": {"plan": "每月一次", "count_missing": "2", "check": "3.5", "on": "2026-10-09"}
    }


@pytest.mark.parametrize(
    ("content", "mistake"),
    [
        ("[answers.b1]\nself = 1\n", "answers.b1: 没有“b1”这个词，可以用 a1。"),
        ("[answers.a1]\nscore = 1\n", "answers.a1.score: 没有“score”这个词，可以用 plan、record、self、"),
        ("[answers.a1]\ncount_late = 1\n", "answers.a1.count_late: 没有“count_late”这个词"),
        ("[answers]\na1 = 3\n", "answers.a1: 应该是一组键和值，这里是整数。"),
        ("[[answers]]\n", "answers: 应该是一组键和值，这里是列表。"),
    ],
)
def test_an_answer_that_the_inspection_does_not_ask_is_refused(content: str, mistake: str) -> None:
    with pytest.raises(FormMistake) as caught:
        inspected(content)
    assert str(caught.value).startswith(f"sample.toml: {mistake}")


def test_a_kind_without_a_sample_has_none() -> None:
    assert shipped_sample("member.file") is None


MEETINGS = [kind for kind in shipped_kinds() if shipped_form(kind).subject == "meeting"]


def around(sample: Sample) -> Surroundings:
    """What is known where everybody of the sample is a member."""
    names = dict.fromkeys(str(row["name"]) for row in sample.attendance)
    members = tuple(Entry(f"m{place}", name) for place, name in enumerate(names))
    own = {
        name: Dictionary(name, name, name, "", "", open=False, entries=entries)
        for name, entries in (("member", members), ("group", ()), ("organisation", ()))
    }
    return Surroundings({**shipped_dictionaries(), **own}, date(2027, 3, 31))


def stored(fields: list[Field], typed: dict[str, str], known: Surroundings) -> dict[str, str | None]:
    return {
        field.id: field.type.read(field, typed[field.id], known).value
        for field in fields
        if field.id in typed
    }


@pytest.mark.parametrize("kind", MEETINGS)
def test_every_kind_of_meeting_ships_with_a_sample_that_has_no_errors(kind: str) -> None:
    form, sample = shipped_form(kind), shipped_sample(kind)
    assert sample is not None
    known = around(sample)
    values = stored(list(form.fields), dict(sample.values), known)
    found = check_form(form, values, known, shipped_rules(), {})
    lines = {
        table: [stored(list(form.tables_by_id[table].fields), dict(row), known) for row in rows]
        for table, rows in sample.lines.items()
    }
    found += check_lines(form, lines, known)
    wrong = [finding for finding in found if finding.is_error or finding.code == "required"]
    assert wrong == []
    assert {*values} <= {field.id for field in visible_fields(form, values)}, "hidden by a condition"


def test_the_form_of_a_sample_has_only_own_lines() -> None:
    form: Form = shipped_form("member.file")
    with pytest.raises(FormMistake, match=r"lines\.guests"):
        read_sample(TomlText("[[lines.guests]]\nwho = 1\n", "x"), form)
