"""The command line: the same services without a window, for batch work and checks."""

from __future__ import annotations

from branchdesk.cli.running import demonstrate, run

__all__ = ["demonstrate", "run"]
