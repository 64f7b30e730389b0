"""The numbers of rules that evaluations turn on, in the edition of a day; they stand in rules/evaluations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from branchdesk.rulebook import Rule, RuleBook


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The rules of one day.

    `ballots_least`: fewer valid ballots are kept secret; `publicity_days`: working days;
    `deeds_longest`: characters; `absence_most`: percent of what was due. `excellent_share` is the source
    of the quota of the best grade, one of so many; the quota itself stands in the scheme.
    """

    ballots_least: Rule
    publicity_days: Rule
    deeds_longest: Rule
    absence_most: Rule
    excellent_share: Rule
    others: tuple[Rule, ...] = ()

    def days(self, rule_id: str) -> Rule:
        """The rule of the days of a step, by the id that its scheme names.

        The usual days of publicity stand in where no rule has that id.
        """
        return next((one for one in self.others if one.id == rule_id), self.publicity_days)


def thresholds_at(rules: RuleBook, day: date, *others: str) -> Thresholds:
    """The rules in force on a day; `others` are ids of rules that the steps of a scheme name."""
    return Thresholds(
        rules.at("ballots_least", day),
        rules.at("publicity_days", day),
        rules.at("deeds_longest", day),
        rules.at("absence_most", day),
        rules.at("excellent_share_parts", day),
        tuple(rules.at(one, day) for one in others),
    )
