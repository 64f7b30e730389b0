"""What a rule or a check answers: a returned value, never an exception."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Severity(IntEnum):
    """How much a finding weighs; a larger number is graver."""

    NOTE = 1
    WARN = 2
    ERROR = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on a value: which check found it, how grave it is and what to do, in words.

    `field` is the id of the field it belongs to, empty for the record as a whole;
    `rule` names the source of the rule where there is one.
    """

    code: str
    severity: Severity
    sentence: str
    field: str = ""
    rule: str = ""

    @property
    def is_error(self) -> bool:
        """Whether the value cannot be right, as against merely looking unusual."""
        return self.severity is Severity.ERROR


def gravest(findings: tuple[Finding, ...] | list[Finding]) -> Finding | None:
    """The finding to show first: the gravest, and of equals the one found first."""
    return max(findings, key=lambda finding: finding.severity, default=None)
