"""Rules as data: each number with its edition, the dates between which it holds, and its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from branchdesk.i18n import choose


@dataclass(frozen=True, slots=True)
class Rule:
    """One number of a rule and where it comes from.

    `tag` tells whether the source was read ("verified") or is remembered ("from memory").
    """

    id: str
    value: int
    unit: str
    edition: str
    effective_from: date
    effective_to: date | None
    source: str
    tag: str

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force on `day`."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)


class RuleBook:
    """All editions of all rules; a rule is chosen by the date of the event, never by today."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules
        self._by_id: dict[str, list[Rule]] = {}
        for rule in sorted(rules, key=lambda rule: rule.effective_from):
            self._by_id.setdefault(rule.id, []).append(rule)

    def at(self, rule_id: str, day: date) -> Rule:
        """The edition of a rule in force on `day`.

        Before the first edition the first one stands in, between two and behind the last the one before, by
        analogy. Raises KeyError for a rule that no file has.
        """
        editions = self._by_id[rule_id]
        return next((rule for rule in reversed(editions) if rule.effective_from <= day), editions[0])


@dataclass(frozen=True, slots=True)
class ActivityRule:
    """How often an activity of Party life is due at least: `times` per month, quarter, half or year.

    `per` names that period; `times` 0 means that no least number is set. `level` tells who owes it (branch,
    committee, group, person), `needs` what must be there for it to be due at all (committee, groups, or
    nothing).
    """

    id: str
    label: str
    label_en: str
    times: int
    per: str
    level: str
    needs: str
    edition: str
    effective_from: date
    effective_to: date | None
    source: str
    tag: str

    def holds_on(self, day: date) -> bool:
        """Whether the rule is in force on `day`."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)

    def shown(self) -> str:
        """The name of the activity in the language in use."""
        return choose(self.label, self.label_en)
