"""Every branch of the rules is tested: domain and forms, by their own tests alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from conventions.house import ROOT


def test_every_branch_of_domain_and_forms_is_tested(tmp_path: Path) -> None:
    environment = {**os.environ, "COVERAGE_FILE": str(tmp_path / "coverage")}
    # The run inside must not take itself for a worker of the run around it.
    for name in [name for name in environment if name.startswith(("PYTEST_", "COV_"))]:
        del environment[name]
    report = tmp_path / "report.json"
    rooms = [f"--cov=branchdesk.{room}" for room in ("domain", "forms")]
    command = [sys.executable, "-m", "pytest", "-q", "tests/domain", "tests/forms", *rooms, "--cov-branch"]
    run = subprocess.run(
        [*command, f"--cov-report=json:{report}"],
        cwd=ROOT,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    found = json.loads(report.read_text(encoding="utf-8"))["files"]
    assert len(found) > 20
    partly = {
        path: [*one["missing_lines"], *one["missing_branches"]]
        for path, one in found.items()
        if one["summary"]["percent_covered"] < 100
    }
    assert partly == {}
