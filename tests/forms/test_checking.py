"""A filled form is checked field by field, then as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from branchdesk.domain.checks import CHECKS
from branchdesk.findings import Finding, Severity
from branchdesk.forms.checking import check_form
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.language import shipped_form, shipped_kinds
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


def test_every_check_that_a_shipped_form_names_exists() -> None:
    named = {name for kind in shipped_kinds() for name in shipped_form(kind).checks}
    assert named <= set(CHECKS)
