"""How often the activities of Party life are due is data with a source, and its mistakes are named."""

from __future__ import annotations

from datetime import date

import pytest

from branchdesk.forms.activities import read_activities, shipped_activities
from branchdesk.forms.toml_files import FormMistake, TomlText
from branchdesk.i18n import Language, speak
from branchdesk.rulebook import ActivityRule

ASSEMBLY = """
[[activity]]
id = "assembly"
label = "支部党员大会"
label_en = "Branch assembly"
times = 1
per = "quarter"
level = "branch"
needs = ""
edition = "2018"
effective_from = 2018-10-28
source = "中国共产党支部工作条例（试行）第十一条"
tag = "verified"
"""
LATER = ASSEMBLY.replace("2018-10-28", "2030-01-01").replace("times = 1", "times = 2")


def read(text: str) -> tuple[ActivityRule, ...]:
    return read_activities(TomlText(text, "rules/activities.toml"))


def test_an_activity_is_read_with_its_edition_and_source() -> None:
    (rule,) = read(ASSEMBLY + "effective_to = 2029-12-31\n")
    assert (rule.id, rule.times, rule.per, rule.level, rule.needs) == ("assembly", 1, "quarter", "branch", "")
    assert (rule.effective_from, rule.effective_to) == (date(2018, 10, 28), date(2029, 12, 31))
    assert (rule.edition, rule.tag) == ("2018", "verified")
    assert rule.source == "中国共产党支部工作条例（试行）第十一条"
    assert rule.shown() == "支部党员大会"
    speak(Language.ENGLISH)
    assert rule.shown() == "Branch assembly"


@pytest.mark.parametrize(
    ("day", "holds"),
    [("2018-10-27", False), ("2018-10-28", True), ("2029-12-31", True), ("2030-01-01", False)],
)
def test_an_edition_holds_between_its_days(day: str, holds: bool) -> None:  # noqa: FBT001
    (rule,) = read(ASSEMBLY + "effective_to = 2029-12-31\n")
    assert rule.holds_on(date.fromisoformat(day)) is holds
    (rule,) = read(ASSEMBLY)
    assert rule.holds_on(date(2029, 12, 31))


def test_editions_that_follow_each_other_are_accepted() -> None:
    assert [rule.times for rule in read(ASSEMBLY + "effective_to = 2029-12-31\n" + LATER)] == [1, 2]


@pytest.mark.parametrize(
    ("content", "mistake"),
    [
        (ASSEMBLY.replace('"quarter"', '"week"'), "activity[1].per: 没有“week”这个词，可以用 month、"),
        (ASSEMBLY.replace('"branch"', '"moon"'), "activity[1].level: 没有“moon”这个词，可以用 branch、"),
        (ASSEMBLY.replace('needs = ""', 'needs = "cake"'), "activity[1].needs: 没有“cake”这个词"),
        (ASSEMBLY.replace("times = 1", "times = -1"), "activity[1].times: 不能小于 0。"),
        (ASSEMBLY.replace("verified", "sure"), "activity[1].tag: 没有“sure”这个词"),
        (ASSEMBLY + "effective_to = 2018-10-27\n", "activity[1].effective_to: 早于 2018-10-28。"),
        (ASSEMBLY + "hours = 3\n", "activity[1].hours: 这里没有这一项"),
        ("title = 1\n" + ASSEMBLY, "title: 这里没有这一项"),
        (ASSEMBLY + LATER, "activity[2]: “assembly”在 2030-01-01 有两个版本同时有效。"),
    ],
)
def test_a_mistake_is_named(content: str, mistake: str) -> None:
    with pytest.raises(FormMistake) as caught:
        read(content)
    assert mistake in str(caught.value)


def test_the_nine_activities_of_party_life_ship() -> None:
    rules = {rule.id: rule for rule in shipped_activities()}
    assert {id_: (rule.times, rule.per, rule.level, rule.needs, rule.tag) for id_, rule in rules.items()} == {
        "assembly": (1, "quarter", "branch", "", "verified"),
        "committee": (1, "month", "committee", "committee", "verified"),
        "group": (1, "month", "group", "groups", "verified"),
        "lecture": (1, "quarter", "branch", "", "from memory"),
        "theme_day": (1, "month", "branch", "", "verified"),
        "life": (1, "year", "branch", "", "verified"),
        "appraisal": (1, "year", "branch", "", "verified"),
        "talk": (1, "year", "person", "", "verified"),
        "study": (0, "year", "person", "", "verified"),
    }
    assert all(len(rule.source) > 6 and rule.label_en for rule in rules.values())
