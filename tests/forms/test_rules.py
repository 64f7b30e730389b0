"""Rules as data: read, refused where they contradict, chosen by the day of the event."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from branchdesk.forms.rules import read_rules, shipped_rules
from branchdesk.forms.toml_files import FormMistake, TomlFile
from branchdesk.rulebook import Rule

RULE = """
[[rule]]
id = "probation_months"
value = 12
unit = "month"
edition = "2026"
effective_from = 2026-05-11
source = "中国共产党发展党员工作细则（2026）第三十一条"
tag = "verified"
"""
OLD = RULE.replace("2026-05-11", "2014-05-28").replace('"2026"', '"2014"')


def read(folder: Path, content: str) -> tuple[Rule, ...]:
    path = folder / "rules" / "membership.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return read_rules(TomlFile(path))


def test_a_rule_is_read_with_its_edition_and_source(tmp_path: Path) -> None:
    (rule,) = read(tmp_path, RULE + "effective_to = 2030-12-31\n")
    assert (rule.id, rule.value, rule.unit, rule.edition) == ("probation_months", 12, "month", "2026")
    assert (rule.effective_from, rule.effective_to) == (date(2026, 5, 11), date(2030, 12, 31))
    assert (rule.source, rule.tag) == ("中国共产党发展党员工作细则（2026）第三十一条", "verified")


@pytest.mark.parametrize(
    ("content", "mistake"),
    [
        (RULE.replace("value = 12", ""), "rules/membership.toml: rule[1].value: 没有写。"),
        (RULE.replace("value = 12", 'value = "12"'), "rule[1].value: 应该是整数，这里是文字。"),
        (
            RULE.replace("value = 12", "value = true"),
            "rule[1].value: 应该是整数，这里是真假（true 或 false）。",
        ),
        (RULE.replace("2026-05-11", '"2026-05-11"'), "rule[1].effective_from: 应该是日期，这里是文字。"),
        (RULE.replace("2026-05-11", "2026-05-11T00:00:00"), "rule[1].effective_from: 应该是日期"),
        (
            RULE.replace("verified", "sure"),
            "rule[1].tag: 没有“sure”这个词，可以用 verified、from memory、program",
        ),
        (RULE.replace("probation_months", "Probation"), "rule[1].id: “Probation”的写法不对"),
        (RULE + "remark = 1\n", "rule[1].remark: 这里没有这一项"),
        ("title = 1\n" + RULE, "title: 这里没有这一项"),
        (RULE + "effective_to = 2026-05-10\n", "rule[1].effective_to: 早于 2026-05-11。"),
        (RULE + RULE, "rule[1]: “probation_months”在 2026-05-11 有两个版本同时有效。"),
        (OLD + RULE, "rule[2]: “probation_months”在 2026-05-11 有两个版本同时有效。"),
        (RULE + OLD + "effective_to = 2026-05-11\n", "rule[1]: “probation_months”在"),
    ],
)
def test_a_mistake_in_a_rule_file_is_named(tmp_path: Path, content: str, mistake: str) -> None:
    with pytest.raises(FormMistake) as caught:
        read(tmp_path, content)
    assert mistake in str(caught.value)


def test_an_edition_may_hold_for_a_single_day(tmp_path: Path) -> None:
    (rule,) = read(tmp_path, RULE + "effective_to = 2026-05-11\n")
    assert rule.holds_on(date(2026, 5, 11))


def test_editions_that_follow_each_other_are_accepted(tmp_path: Path) -> None:
    rules = read(tmp_path, OLD + "effective_to = 2026-05-10\n" + RULE)
    assert [rule.edition for rule in rules] == ["2014", "2026"]


@pytest.mark.parametrize(
    ("day", "months", "edition"),
    [
        (date(1950, 1, 1), 12, "1956"),
        (date(1956, 9, 26), 12, "1956"),
        (date(1969, 4, 13), 12, "1956"),
        (date(1969, 4, 14), 0, "1969"),
        (date(1977, 8, 17), 0, "1969"),
        (date(1977, 8, 18), 12, "1977"),
        (date(2026, 5, 10), 12, "1977"),
        (date(2026, 5, 11), 12, "2026"),
        (date(2026, 11, 21), 12, "2026"),
    ],
)
def test_the_probation_is_that_of_the_day(day: date, months: int, edition: str) -> None:
    rule = shipped_rules().at("probation_months", day)
    assert (rule.value, rule.edition) == (months, edition)


def test_editions_in_different_files_leave_neither_overlap_nor_gap() -> None:
    rules = shipped_rules().rules
    for rule_id in {rule.id for rule in rules}:
        editions = sorted((one for one in rules if one.id == rule_id), key=lambda one: one.effective_from)
        assert editions[-1].effective_to is None, rule_id
        for earlier, later in pairwise(editions):
            assert earlier.effective_to is not None, rule_id
            assert (later.effective_from - earlier.effective_to).days == 1, rule_id


def test_every_rule_names_its_source_in_words() -> None:
    for rule in shipped_rules().rules:
        assert len(rule.source) > 6, rule.id
        assert rule.value >= 0, rule.id
