"""Whether the values of a form agree with each other and with the rules of their day (domain 2, 4.1)."""

from __future__ import annotations

from datetime import date

import pytest

from branchdesk.domain.checks import CHECKS, identity, organisation_code, party_dates
from branchdesk.findings import Severity
from branchdesk.forms.rules import shipped_rules

TODAY = date(2026, 11, 21)
RULES = shipped_rules()
NUMBER = "999999199003070012"


def said(check: str, values: dict[str, str | None], today: date = TODAY) -> list[tuple[str, str]]:
    return [(found.field, found.code) for found in CHECKS[check](values, RULES, today)]


# ---- the identity number


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        ({"id_number": ""}, []),
        ({"id_number": NUMBER}, []),
        ({"id_number": NUMBER, "born_on": "1990-03-07", "sex": "1"}, []),
        ({"id_number": NUMBER, "born_on": "1990-03"}, []),
        ({"id_number": NUMBER, "born_on": "1990"}, []),
        ({"id_number": NUMBER, "born_on": "1990-04"}, [("born_on", "born_differs")]),
        ({"id_number": NUMBER, "born_on": "1990-03-08"}, [("born_on", "born_differs")]),
        ({"id_number": NUMBER, "born_on": "1989"}, [("born_on", "born_differs")]),
        ({"id_number": NUMBER, "born_on": "不详"}, []),
        ({"id_number": NUMBER, "sex": "2"}, [("sex", "sex_differs")]),
        ({"id_number": NUMBER, "sex": "9"}, []),
        (
            {"id_number": NUMBER, "born_on": "1991", "sex": "2"},
            [("born_on", "born_differs"), ("sex", "sex_differs")],
        ),
        ({"id_number": "123", "born_on": "1991", "sex": "2"}, [("id_number", "id_number")]),
    ],
)
def test_number_birth_date_and_sex_agree(
    values: dict[str, str | None], expected: list[tuple[str, str]]
) -> None:
    assert said("identity", values) == expected


def test_a_wrong_number_is_an_error_and_a_difference_only_a_warning_with_the_date() -> None:
    (wrong,) = identity({"id_number": NUMBER[:17] + "3"}, RULES, TODAY)
    assert wrong.severity is Severity.ERROR
    assert "校验位不对" in wrong.sentence
    (differs,) = identity({"id_number": NUMBER, "born_on": "1990-04"}, RULES, TODAY)
    assert differs.severity is Severity.WARN
    assert differs.sentence == "与身份证号中的 1990.03.07 不一致；干部以档案为准，确认无误可不改。"


# ---- the dates of a Party life


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        ({"category": "full", "admitted_on": "2012-06-01", "confirmed_on": "2013-06-01"}, []),
        ({"category": "full", "admitted_on": "2012-06-01"}, [("confirmed_on", "no_confirmation")]),
        ({"category": "full", "confirmed_on": "2013-06-01"}, [("admitted_on", "no_admission")]),
        ({"category": "probationary"}, [("admitted_on", "no_admission")]),
        ({"category": "full", "admitted_on": "不详", "confirmed_on": "不详"}, []),
        ({"admitted_on": "2012-06-01", "confirmed_on": "2012-05-31"}, [("confirmed_on", "confirmed_before")]),
        ({"admitted_on": "2012-06", "confirmed_on": "2012-05"}, [("confirmed_on", "confirmed_before")]),
        ({"admitted_on": "2012-06-01", "confirmed_on": "2013-05-31"}, [("confirmed_on", "short_probation")]),
        ({"admitted_on": "2012-06-01", "confirmed_on": "2012-06-01"}, [("confirmed_on", "short_probation")]),
        ({"admitted_on": "2012-06-01", "confirmed_on": "2013-06-01"}, []),
        ({"admitted_on": "2012-02-29", "confirmed_on": "2013-02-28"}, []),
        ({"admitted_on": "2012-06", "confirmed_on": "2013-06"}, []),
        ({"admitted_on": "2012-06", "confirmed_on": "2013-05"}, [("confirmed_on", "short_probation")]),
        ({"admitted_on": "2012", "confirmed_on": "2013"}, []),
        ({"admitted_on": "2012", "confirmed_on": "2012"}, [("confirmed_on", "short_probation")]),
        ({"admitted_on": "2012-06-30", "confirmed_on": "2013-06"}, []),
    ],
)
def test_admission_and_confirmation_stand_in_order_and_distance(
    values: dict[str, str | None], expected: list[tuple[str, str]]
) -> None:
    assert said("party_dates", values) == expected


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"state": "dead", "left_on": "2009-03-05", "arrived_on": "2026-03-05"}, ["arrived_on"]),
        ({"state": "dead", "left_on": "2009", "admitted_on": "2010-06"}, ["admitted_on"]),
        ({"state": "dead", "left_on": "2009", "confirmed_on": "2010-06"}, ["confirmed_on"]),
        ({"state": "dead", "left_on": "2026", "arrived_on": "2026-03-05"}, []),
        ({"state": "dead", "left_on": "2026-03-05", "arrived_on": "2026-03-05"}, []),
        ({"state": "dead", "arrived_on": "2026-03-05"}, []),
        ({"state": "left", "left_on": "2009", "arrived_on": "2026-03-05"}, []),
    ],
)
def test_nothing_comes_after_death(values: dict[str, str | None], fields: list[str]) -> None:
    found = [finding for finding in party_dates(values, RULES, TODAY) if finding.code == "after_death"]
    assert [finding.field for finding in found] == fields
    assert all(finding.is_error and "去世日期 2009" in finding.sentence for finding in found)


@pytest.mark.parametrize(
    ("admitted", "confirmed", "short"),
    [
        ("1956-09-26", "1957-09-25", True),
        ("1956-09-26", "1957-09-26", False),
        ("1969-04-13", "1970-04-12", True),
        ("1969-04-14", "1969-04-14", False),
        ("1973-07-01", "1973-07-01", False),
        ("1977-08-17", "1977-08-17", False),
        ("1977-08-18", "1978-08-17", True),
        ("1977-08-18", "1978-08-18", False),
        ("2026-05-11", "2027-05-10", True),
        ("1969", "1969", False),
        ("1969-04", "1969-04", False),
        ("1977", "1977", False),
        ("1977-08", "1977-08", False),
        ("1968", "1968", True),
        ("1978", "1978", True),
    ],
)
def test_the_probation_is_judged_by_the_rule_of_the_day_of_admission(
    admitted: str, confirmed: str, *, short: bool
) -> None:
    found = said("party_dates", {"admitted_on": admitted, "confirmed_on": confirmed})
    assert found == ([("confirmed_on", "short_probation")] if short else [])


@pytest.mark.parametrize(
    ("admitted", "source"), [("1960-01-01", "八大"), ("1990-01-01", "十一大"), ("2026-05-11", "2026")]
)
def test_a_short_probation_names_the_rule_that_held(admitted: str, source: str) -> None:
    (found,) = party_dates({"admitted_on": admitted, "confirmed_on": admitted}, RULES, TODAY)
    assert source in found.rule
    assert found.sentence == "距入党不满 12 个月，请核对。"


@pytest.mark.parametrize(
    ("born", "admitted", "young"),
    [
        ("1990-03-07", "2008-03-06", True),
        ("1990-03-07", "2008-03-07", False),
        ("1990-03-07", "2008-03", False),
        ("1990-03-07", "2008-02", True),
        ("1990-03", "2008-03-01", False),
        ("1990", "2008-01-01", False),
        ("1990", "2007", True),
        ("1992-02-29", "2010-02-27", True),
        ("1992-02-29", "2010-02-28", False),
        ("不详", "2007", False),
    ],
)
def test_nobody_is_admitted_before_eighteen(born: str, admitted: str, *, young: bool) -> None:
    found = party_dates({"born_on": born, "admitted_on": admitted}, RULES, TODAY)
    assert [one.code for one in found] == (["too_young"] if young else [])
    assert all("第五条" in one.rule and "18 周岁" in one.sentence for one in found)


@pytest.mark.parametrize(
    ("admitted", "today", "over"),
    [
        ("2024-11-21", date(2026, 11, 21), False),
        ("2024-11-20", date(2026, 11, 21), True),
        ("2024-11", date(2026, 11, 30), False),
        ("2024-11", date(2026, 12, 1), True),
        ("2024", date(2026, 12, 31), False),
        ("2024", date(2027, 1, 1), True),
        ("不详", date(2026, 11, 21), False),
    ],
)
def test_a_probation_that_lasts_too_long_is_noticed(admitted: str, today: date, *, over: bool) -> None:
    found = said("party_dates", {"category": "probationary", "admitted_on": admitted}, today)
    assert found == ([("category", "probation_over")] if over else [])


# ---- the organisation


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (None, []),
        ("", []),
        ("91350100M000100Y43", []),
        ("91350100M000100Y44", ["unit_code"]),
        ("123", ["unit_code"]),
    ],
)
def test_the_code_of_the_unit_is_a_possible_one(code: str | None, expected: list[str]) -> None:
    found = organisation_code({"unit_code": code}, RULES, TODAY)
    assert [one.code for one in found] == expected
    assert all(one.severity is Severity.WARN and one.field == "unit_code" for one in found)
