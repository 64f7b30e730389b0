"""`branchdesk` opens the window; `branchdesk <verb>` does the same work without one."""

from __future__ import annotations

import sys


def main() -> int:
    """Start the program; returns the exit code."""
    if len(sys.argv) > 1:
        from branchdesk.cli import run  # noqa: PLC0415 - the window does not need it

        return run(sys.argv[1:])
    from branchdesk.app import has_display, run_window  # noqa: PLC0415

    if has_display():
        return run_window()
    from branchdesk.cli import demonstrate_without_display  # noqa: PLC0415

    return demonstrate_without_display()


if __name__ == "__main__":
    raise SystemExit(main())
