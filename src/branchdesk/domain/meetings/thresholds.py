"""How many are enough, and the text that explains a result by rule, facts and outcome."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from branchdesk.i18n import _
from branchdesk.rulebook import Rule, RuleBook

_WHOLE = 100
_REMEMBERED = "from memory"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A share of a base that must be reached, or exceeded where it is `strict`.

    `strictness` is the rule that says so, where it is not the same one.
    """

    rule: Rule
    strict: bool
    strictness: Rule | None = None

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules it stands on."""
        return (self.rule,) if self.strictness is None else (self.rule, self.strictness)

    def least(self, base: int) -> int:
        """The smallest whole number that is enough of `base`."""
        product = base * self.rule.value
        return product // _WHOLE + 1 if self.strict else -(-product // _WHOLE)

    def words(self, base: str) -> str:
        """The threshold in words: 超过应到会人数的半数, 不少于应到会人数的五分之四."""
        share = self.share()
        if self.strict:
            return _("超过{base}的{share}", base=base, share=share)
        return _("不少于{base}的{share}", base=base, share=share)

    def share(self) -> str:
        """The share alone in words."""
        if self.rule.value == 50:
            return _("半数")
        return _("五分之四") if self.rule.value == 80 else f"{self.rule.value}%"


def quorum_at(rules: RuleBook, family: str, day: date) -> Threshold:
    """The attendance that the rules of `day` ask of a family of votes."""
    strictness = rules.at(f"{family}_quorum_strict", day)
    return Threshold(rules.at(f"{family}_quorum_percent", day), bool(strictness.value), strictness)


def majority_at(rules: RuleBook, family: str, day: date) -> Threshold:
    """The share of votes in favour that must be exceeded; a majority is never exactly half."""
    return Threshold(rules.at(f"{family}_majority_percent", day), strict=True)


def sources(rules: Iterable[Rule]) -> str:
    """The sources of some rules, each once; those that nobody has looked up are marked as such."""
    named = dict.fromkeys(
        _("{source}，待核对原文", source=rule.source) if rule.tag == _REMEMBERED else rule.source
        for rule in rules
    )
    return clauses(*named)


def explained(rule: str, source: str, facts: str, outcome: str) -> str:
    """One text of what the rule asks, what the facts are and what follows."""
    return _(
        "规则：{rule}（{source}）。事实：{facts}。结果：{outcome}。",
        rule=rule,
        source=source,
        facts=facts,
        outcome=outcome,
    )


def clauses(*parts: str) -> str:
    """Clauses of one sentence in a row; empty ones are left out."""
    return _("；").join(filter(None, parts))


def number_or_gap(number: int | None) -> str:
    """A figure in a sentence, or that it was not entered."""
    return _("未填") if number is None else str(number)
