"""Tables on the terminal: columns as wide as their widest cell."""

from __future__ import annotations

from collections.abc import Sequence

from branchdesk.cli.console import display_width, padded, say

_GAP = 2


def show_table(rows: Sequence[tuple[str, ...]]) -> None:
    """Say rows of equal length, the head first."""
    widths = [max(display_width(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        cells = (padded(text, width + _GAP) for text, width in zip(row, widths, strict=True))
        say("".join(cells).rstrip())
