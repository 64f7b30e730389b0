"""Ruff and mypy are content with every file."""

from __future__ import annotations

from conventions.house import run_tool

CHECKED = ("src", "tests", "installer")


def test_ruff_finds_nothing() -> None:
    assert run_tool("-m", "ruff", "check", "--no-cache", *CHECKED) == ""


def test_every_file_is_formatted() -> None:
    assert run_tool("-m", "ruff", "format", "--check", "--no-cache", *CHECKED) == ""


def test_mypy_finds_nothing_in_its_strict_mode() -> None:
    assert run_tool("-m", "mypy", *CHECKED) == ""
