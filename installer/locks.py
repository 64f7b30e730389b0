"""Writes the two locks anew: exact versions with hashes, for every system, naming no host.

Run it with an environment that has `uv`; review the difference before committing it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUN_LOCK = ROOT / "locks" / "run.txt"
TEST_LOCK = ROOT / "locks" / "test.txt"
COMPILE = (
    "-m",
    "uv",
    "pip",
    "compile",
    "--quiet",
    "--universal",
    "--python-version",
    "3.11",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
)


def lock(target: Path, extras: tuple[str, ...], constraint: Path | None = None) -> None:
    """Resolve the project with `extras` into `target`, agreeing with `constraint`."""
    command = [sys.executable, *COMPILE, "pyproject.toml", "--output-file", str(target)]
    for extra in extras:
        command += ["--extra", extra]
    if constraint is not None:
        command += ["--constraint", str(constraint)]
    subprocess.run(command, cwd=ROOT, check=True)
    if "://" in target.read_text(encoding="utf-8"):
        message = f"{target} names a host"
        raise SystemExit(message)


if __name__ == "__main__":
    lock(RUN_LOCK, ("build",))
    lock(TEST_LOCK, ("build", "dev"), RUN_LOCK)
