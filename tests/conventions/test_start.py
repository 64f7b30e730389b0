"""The program starts light: what a first window does not need is not imported for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

_PAPER = ("reportlab", "pikepdf", "openpyxl", "segno", "xlrd")


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("branchdesk.app", ("sqlalchemy", "sqlcipher3", "cryptography", "tomllib", *_PAPER)),
        ("branchdesk.ui.entry.founding", _PAPER),
        ("branchdesk.ui.window", _PAPER),
    ],
)
def test_a_window_does_not_import_what_it_needs_later(module: str, heavy: tuple[str, ...]) -> None:
    code = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert not set(heavy) & set(done.stdout.split())
