"""A problem that was found, its rectification, and its verification by another person (domain 7.4).

Called an issue in code, since `Problem` is what goes wrong with the program's surroundings.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class IssueSource(StrEnum):
    """Where a problem was found; codes of the dictionary `issue_source`."""

    INSPECTION = "inspection"
    SPOT_CHECK = "spot_check"
    SUPERIOR = "superior"
    PUBLIC = "public"


class IssueState(StrEnum):
    """How far rectification has come; codes of the dictionary `issue_state`. Being overdue is not a state."""

    OPEN = "open"
    RECTIFYING = "rectifying"
    DONE = "done"
    VERIFIED = "verified"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Verification:
    """One verification of one rectification; `number` counts the slips of the year."""

    uid: str
    verifier: str
    on: str
    passed: bool
    verifier_uid: str | None = None
    opinion: str = ""
    number: int | None = None
    year: int = 0


@dataclass(frozen=True, slots=True)
class Issue:
    """A problem with everything of domain 7.4; dates are ISO texts, empty where there is none.

    `found_in` is the inspection or spot check it was found in, `indicator` the line of it. `number` counts
    the rectification orders of the `year`, None before one was issued. `lost_points` is a record beside the
    person `responsible`, and nothing follows from it by itself.
    """

    uid: str
    organisation: str
    text: str
    source: IssueSource = IssueSource.INSPECTION
    found_in: str | None = None
    indicator: str = ""
    number: int | None = None
    year: int = 0
    basis: str = ""
    found_on: str = ""
    fed_back_on: str = ""
    acknowledged_on: str = ""
    responsible: str = ""
    responsible_uid: str | None = None
    assistant: str = ""
    measures: str = ""
    due_on: str = ""
    progress: str = ""
    done_on: str = ""
    result: str = ""
    lost_points: Decimal | None = None
    verifications: tuple[Verification, ...] = ()
