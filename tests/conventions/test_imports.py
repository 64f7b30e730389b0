"""Imports go down only (design 2)."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path
from typing import Any

from conventions.house import ROOT, SOURCE, name_of, python_files, run_tool, tree_of

# The program opens no socket; D-Bus on this machine is the one exception, in its own folder.
NETWORK = {
    *("socket", "socketserver", "ssl", "http", "urllib.request", "ftplib", "smtplib", "poplib", "imaplib"),
    *("xmlrpc", "requests", "httpx", "aiohttp", "PySide6.QtNetwork", "PySide6.QtWebSockets"),
}
# Known to nobody: what would bring SQL, paper or workbooks into a room by another door.
UNWANTED = {"sqlite3", "docx", "pandas", "xlsxwriter", "pickle", "shelve", "marshal", "dbm"}
BRIDGE = "src/branchdesk/ui/input_method/"


def contracts() -> list[dict[str, Any]]:
    with (ROOT / "pyproject.toml").open("rb") as stream:
        found: list[dict[str, Any]] = tomllib.load(stream)["tool"]["importlinter"]["contracts"]
    return found


def imported(path: Path) -> set[str]:
    """Every module that a file imports, with its packages."""
    names: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {".".join(name.split(".")[:length]) for name in names for length in range(1, name.count(".") + 2)}


def test_every_import_contract_is_kept() -> None:
    program = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    said = run_tool("-c", program)
    assert said == "", said


def test_no_contract_has_exceptions_and_the_layers_are_all_of_them() -> None:
    found = contracts()
    assert not [one["name"] for one in found if "ignore_imports" in one]
    (layers,) = [one for one in found if one["type"] == "layers"]
    assert layers["containers"] == ["branchdesk"]
    assert layers["exhaustive"] is True
    assert "exhaustive_ignores" not in layers
    assert any(one["type"] == "acyclic_siblings" for one in found)


def test_the_leaves_are_plain_modules_that_every_room_may_import() -> None:
    (layers,) = [one for one in contracts() if one["type"] == "layers"]
    leaves = layers["layers"][-1].split(" : ")
    assert leaves == sorted(path.stem for path in SOURCE.glob("*.py") if path.stem in leaves)


def test_the_program_opens_no_socket() -> None:
    found = {name_of(path): imported(path) & NETWORK for path in python_files("src")}
    assert {name: modules for name, modules in found.items() if modules and not name.startswith(BRIDGE)} == {}


def test_nothing_comes_in_by_another_door() -> None:
    found = {name_of(path): imported(path) & UNWANTED for path in python_files("src")}
    assert {name: modules for name, modules in found.items() if modules} == {}
