"""Reads how often the activities of Party life are due, as data in forms/rules/activities.toml."""

from __future__ import annotations

from functools import cache

from branchdesk.forms.identifiers import ID_PATTERN
from branchdesk.forms.rules import ACTIVITY_FILE, TAGS, refuse_end_before_beginning, refuse_two_at_once
from branchdesk.forms.toml_files import TomlFile, TomlTable
from branchdesk.i18n import _
from branchdesk.paths import form_folder
from branchdesk.rulebook import ActivityRule

PERIODS = ("month", "quarter", "half", "year")
LEVELS = ("branch", "committee", "group", "person")
NEEDS = ("", "committee", "groups")


def _read_activity(row: TomlTable) -> ActivityRule:
    rule = ActivityRule(
        id=row.matching("id", ID_PATTERN),
        label=row.text("label"),
        label_en=row.text("label_en"),
        times=row.number("times"),
        per=row.one_of("per", PERIODS),
        level=row.one_of("level", LEVELS),
        needs=row.one_of("needs", NEEDS, ""),
        edition=row.text("edition"),
        effective_from=row.day("effective_from"),
        effective_to=row.day_or_none("effective_to"),
        source=row.text("source"),
        tag=row.one_of("tag", TAGS),
    )
    row.done()
    if rule.times < 0:
        row.refuse("times", _("不能小于 {least}。", least=0))
    refuse_end_before_beginning(rule, row)
    return rule


def read_activities(file: TomlTable) -> tuple[ActivityRule, ...]:
    """The activity rules in a TOML file; two editions of one may not hold on the same day."""
    rules = tuple(_read_activity(row) for row in file.rows("activity"))
    file.done()
    refuse_two_at_once(rules, file, "activity")
    return rules


@cache
def shipped_activities() -> tuple[ActivityRule, ...]:
    """All activity rules that ship with the program, in the order in which clerks name the activities."""
    return read_activities(TomlFile(form_folder("rules", ACTIVITY_FILE)))
