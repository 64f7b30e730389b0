"""How points are written for people, with a true minus sign."""

from __future__ import annotations

from decimal import Decimal

from branchdesk.domain.inspections.line_scores import shown

_HYPHEN, _MINUS = "-", "−"


def shown_points(points: Decimal) -> str:
    """Points without needless zeros: 3.5, 100, −2."""
    return shown(points).replace(_HYPHEN, _MINUS)


def signed(points: Decimal) -> str:
    """Points with their sign as a ledger shows them: +44, −2, 0."""
    return f"+{shown_points(points)}" if points > 0 else shown_points(points)
