"""Runs every benchmark and prints one table in Markdown.

python tests/benchmarks [start] [roster] [import] [workbook] [paper] [meetings] [inspections]

All of them run unless some are named.
"""

from __future__ import annotations

import importlib
import os
import platform
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.measuring import Measurement

_ALL = ("start", "roster", "import", "workbook", "paper", "meetings", "inspections")
_MET = {True: "yes", False: "**no**", None: ""}


def _machine() -> str:
    """Processor, cores, Python, Qt and the day of the run."""
    cpuinfo = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.+)", cpuinfo.read_text("ascii")) if cpuinfo.exists() else None
    processor = found[1] if found else platform.processor()
    qt = importlib.import_module("PySide6").__version__
    day = datetime.now(UTC).date().isoformat()
    return (
        f"{processor}, {os.cpu_count()} cores, Python {platform.python_version()}, PySide6 {qt}, "
        f"{platform.system()}, {day}"
    )


def _line(line: Measurement) -> str:
    return f"| {line.what} | {line.ratio:.3g} | {line.goal} | {_MET[line.is_met]} | {line.here} |"


def _table(names: Sequence[str]) -> None:
    out = sys.stdout
    out.write(f"{_machine()}\n\n| what | ratio or figure | goal | met | here |\n|---|--:|---|---|---|\n")
    for name in names:
        for line in importlib.import_module(f"benchmarks.bench_{name}").measure():
            out.write(_line(line) + "\n")
        out.flush()


def main() -> None:
    """Print the table."""
    # Children and the benchmarks themselves find `benchmarks` and `support` beside each other.
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    names = sys.argv[1:] or _ALL
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="branchdesk-benchmarks-") as folder:
        os.environ["BRANCHDESK_BENCHMARKS"] = folder
        _table(names)
    sys.stdout.write(f"\nMeasured in {time.monotonic() - began:.0f} s.\n")


if __name__ == "__main__":
    main()
