"""Points of members: what the ledger comes to, and why (domain 6.3).

Everything that counting is asked for can be had from here; `counting`, `totals`, `summaries`, `explaining`,
`ledger` and `wording` are its parts.
"""

from __future__ import annotations

from branchdesk.domain.points.counting import CountedLine, CutBy
from branchdesk.domain.points.explaining import (
    explain,
    explain_bucket,
    explain_left_out,
    explain_line,
    explain_total,
)
from branchdesk.domain.points.ledger import (
    SOURCE_LABELS,
    STATE_LABELS,
    input_hash,
    reversal_of,
    reversals,
    source_label,
    state_label,
)
from branchdesk.domain.points.model import NO_POINTS
from branchdesk.domain.points.summaries import (
    MonthPoints,
    Ranked,
    RuleTotal,
    Ties,
    by_rule,
    months,
    ranking,
)
from branchdesk.domain.points.totals import BucketTotal, LeftOut, Tally, WhyLeftOut, rounded, tallies, tally
from branchdesk.domain.points.wording import shown_points, signed

__all__ = [
    "NO_POINTS",
    "SOURCE_LABELS",
    "STATE_LABELS",
    "BucketTotal",
    "CountedLine",
    "CutBy",
    "LeftOut",
    "MonthPoints",
    "Ranked",
    "RuleTotal",
    "Tally",
    "Ties",
    "WhyLeftOut",
    "by_rule",
    "explain",
    "explain_bucket",
    "explain_left_out",
    "explain_line",
    "explain_total",
    "input_hash",
    "months",
    "ranking",
    "reversal_of",
    "reversals",
    "rounded",
    "shown_points",
    "signed",
    "source_label",
    "state_label",
    "tallies",
    "tally",
]
