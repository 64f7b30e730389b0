"""Reads the rules that ship as data in forms/rules."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from branchdesk.forms.toml_files import TomlFile, TomlTable
from branchdesk.i18n import _
from branchdesk.paths import form_folder
from branchdesk.rulebook import ActivityRule, Rule, RuleBook

_PUBLICITY_UNIT = "working_day"
ACTIVITY_FILE = "activities.toml"  # read by `activities`: how often, where these files say how much
TAGS = ("verified", "from memory", "program")


def _read_rule(row: TomlTable) -> Rule:
    rule = Rule(
        id=row.matching("id", "^[a-z][a-z0-9_]*$"),
        value=row.number("value"),
        unit=row.text("unit"),
        edition=row.text("edition"),
        effective_from=row.day("effective_from"),
        effective_to=row.day_or_none("effective_to"),
        source=row.text("source"),
        tag=row.one_of("tag", TAGS),
    )
    row.done()
    refuse_end_before_beginning(rule, row)
    return rule


def refuse_end_before_beginning(rule: Rule | ActivityRule, row: TomlTable) -> None:
    """Refuse a rule that is out of force before it is in force."""
    if rule.effective_to is not None and rule.effective_to < rule.effective_from:
        row.refuse("effective_to", _("早于 {day}。", day=rule.effective_from))


def refuse_two_at_once(rules: Sequence[Rule | ActivityRule], file: TomlTable, key: str) -> None:
    """Refuse two editions of one rule that hold on the same day."""
    for place, rule in enumerate(rules, start=1):
        for other in rules:
            if other is not rule and other.id == rule.id and other.holds_on(rule.effective_from):
                reason = _("“{id}”在 {day} 有两个版本同时有效。", id=rule.id, day=rule.effective_from)
                file.refuse(f"{key}[{place}]", reason)


def read_rules(file: TomlFile) -> tuple[Rule, ...]:
    """The rules in a TOML file; two editions of one rule may not hold on the same day."""
    rules = tuple(_read_rule(row) for row in file.rows("rule"))
    file.done()
    refuse_two_at_once(rules, file, "rule")
    return rules


@cache
def shipped_rules() -> RuleBook:
    """All rules that ship with the program."""
    files = sorted(path for path in form_folder("rules").glob("*.toml") if path.name != ACTIVITY_FILE)
    return RuleBook(tuple(rule for path in files for rule in read_rules(TomlFile(path))))


def publicity_rules() -> tuple[str, ...]:
    """The ids of the rules that say for how many working days something is public."""
    return tuple(dict.fromkeys(rule.id for rule in shipped_rules().rules if rule.unit == _PUBLICITY_UNIT))
