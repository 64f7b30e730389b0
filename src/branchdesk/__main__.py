"""`branchdesk` opens the window; `branchdesk <verb>` does the same work without one."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping


def has_display(environ: Mapping[str, str]) -> bool:
    """Whether a window can be shown; Qt would abort the process where it cannot."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(environ.get("QT_QPA_PLATFORM") or environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def main() -> int:
    """Start the program; returns the exit code."""
    # Each way imports what it needs: the verbs run where Qt cannot even be loaded.
    if len(sys.argv) > 1:
        from branchdesk.cli import run  # noqa: PLC0415

        return run(sys.argv[1:])
    if has_display(os.environ):
        from branchdesk.app import run_window  # noqa: PLC0415

        return run_window()
    from branchdesk.cli import demonstrate  # noqa: PLC0415

    return demonstrate()


if __name__ == "__main__":
    raise SystemExit(main())
