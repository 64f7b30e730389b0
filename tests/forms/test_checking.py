"""A filled form is checked field by field, then as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from branchdesk.domain.checks import CHECKS
from branchdesk.domain.meetings.quality import QUALITY_CHECKS
from branchdesk.findings import Finding, Severity
from branchdesk.forms.checking import Check, check_form, check_line, check_lines
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.language import read_form_text, shipped_form, shipped_kinds
from branchdesk.forms.rules import shipped_rules

TODAY = date(2026, 11, 21)
OWN = dict.fromkeys(("group", "organisation"), shipped_dictionaries()["sex"].extended([]))
AROUND = Surroundings({**shipped_dictionaries(), **OWN}, TODAY)
WHOLE = {
    "name": "王明",
    "id_number": "999999199003070012",
    "sex": "1",
    "born_on": "1990-03-07",
    "category": "full",
    "admitted_on": "2012-06-01",
    "confirmed_on": "2013-06-01",
}


def codes(values: Mapping[str, str | None]) -> list[tuple[str, str]]:
    found = check_form(shipped_form("member.file"), values, AROUND, shipped_rules(), CHECKS)
    return [(finding.field, finding.code) for finding in found]


def test_a_member_with_everything_right_has_no_findings() -> None:
    assert codes(WHOLE) == []


def test_what_is_missing_what_is_wrong_and_what_disagrees_stand_in_the_order_of_the_form() -> None:
    values = {**WHOLE, "name": None, "sex": "2", "born_on": "1990-04", "confirmed_on": "2012.7.1x"}
    assert codes({**values, "mobile": "12"}) == [
        ("name", "required"),
        ("sex", "sex_differs"),
        ("born_on", "born_differs"),
        ("confirmed_on", "date"),
        ("mobile", "phone"),
    ]


def test_an_empty_required_field_is_a_warning_with_its_label() -> None:
    form = shipped_form("member.file")
    found = check_form(form, {**WHOLE, "id_number": ""}, AROUND, shipped_rules(), CHECKS)
    assert found == [Finding("required", Severity.WARN, "“身份证号”没有填写。", "id_number")]


def test_a_finding_on_the_whole_form_comes_last() -> None:
    def whole(*asked: object) -> list[Finding]:
        assert asked == ({}, shipped_rules(), TODAY)
        return [Finding("whole", Severity.NOTE, "全表。")]

    found = check_form(
        shipped_form("member.file"), {}, AROUND, shipped_rules(), {"identity": whole, "party_dates": whole}
    )
    assert [finding.code for finding in found] == ["required", "required", "required", "whole", "whole"]


@pytest.mark.parametrize("kind", shipped_kinds())
def test_every_check_that_a_shipped_form_names_exists(kind: str) -> None:
    form = shipped_form(kind)
    assert {*form.checks} <= {*(CHECKS if form.meeting is None else QUALITY_CHECKS)}


HEAD = """
kind = "log.daily"
version = 1
title = "日志"
title_en = "Log"
subject = "none"
period = "none"
checks = ["whole"]
[[section]]
id = "basic"
label = "基本"
label_en = "Basics"
[[field]]
id = "outside"
type = "yes_no"
label = "外出"
label_en = "Outside"
section = "basic"
[[field]]
id = "target"
type = "text"
label = "去向"
label_en = "Where"
section = "basic"
required = true
only_if = { field = "outside", is = ["1"] }
[[field]]
id = "photos"
type = "attachments"
label = "照片"
label_en = "Photos"
section = "basic"
required = true
[[field]]
id = "more"
type = "attachments"
label = "其他"
label_en = "Others"
section = "basic"
[[table]]
id = "people"
label = "人员"
label_en = "People"
section = "basic"
[[table.field]]
id = "who"
type = "text"
label = "姓名"
label_en = "Name"
required = true
[[table.field]]
id = "since"
type = "date"
label = "日期"
label_en = "Date"
required = true
only_if = { field = "who", filled = true }
"""
LOG = read_form_text(HEAD, "log.daily/form.toml")
QUIET: dict[str, Check] = {"whole": lambda _values, _rules, _today: []}


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, []),
        ({"outside": "0"}, []),
        ({"outside": "0", "target": "好" * 300}, []),
        ({"outside": "1"}, ["“去向”没有填写。"]),
        ({"outside": "1", "target": "东街"}, []),
    ],
)
def test_a_field_that_is_not_asked_is_neither_missing_nor_wrong(
    values: dict[str, str | None], found: list[str]
) -> None:
    findings = check_form(LOG, values, AROUND, shipped_rules(), QUIET)
    assert [finding.sentence for finding in findings] == found


def test_a_required_slot_without_files_is_missing_where_files_are_known() -> None:
    findings = check_form(LOG, {}, AROUND, shipped_rules(), QUIET, filled_slots=())
    assert findings == [Finding("required", Severity.WARN, "“照片”还没有附件。", "photos")]
    assert check_form(LOG, {}, AROUND, shipped_rules(), QUIET, filled_slots={"photos"}) == []


def test_the_checks_that_a_meeting_names_are_not_those_of_its_form() -> None:
    text = HEAD.replace('"none"', '"meeting"', 1) + "[meeting]\n"
    text += '[[field]]\nid = "held"\ntype = "time_span"\nlabel = "时间"\nlabel_en = "Time"\n'
    form = read_form_text(text + 'section = "basic"\nrole = "when"\n', "x")
    assert check_form(form, {}, AROUND, shipped_rules(), {}) == []


def test_lines_are_checked_field_by_field_and_named_by_table_and_row() -> None:
    table = LOG.tables_by_id["people"]
    assert [finding.field for finding in check_line(table, {}, AROUND)] == ["who"]
    assert [finding.field for finding in check_line(table, {"who": "潘"}, AROUND)] == ["since"]
    assert check_line(table, {"who": "潘", "since": "2026-11-20"}, AROUND) == []
    lines: dict[str, list[dict[str, str | None]]] = {
        "people": [{"who": "潘", "since": "2026-11-20"}, {"who": "何", "since": "2026.2.30"}, {}]
    }
    assert [(one.sentence, one.field, one.code) for one in check_lines(LOG, lines, AROUND)] == [
        ("“人员”第 2 行，“日期”：2026 年 2 月没有 30 日。", "people", "date"),
        ("“人员”第 3 行，“姓名”：“姓名”没有填写。", "people", "required"),
    ]
    assert check_lines(LOG, {}, AROUND) == []
