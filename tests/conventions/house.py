"""What the tests of the conventions look at: the files of the project and their syntax trees."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "branchdesk"
_NOT_OURS = {".git", ".venv", ".mypy_cache", ".ruff_cache", ".hypothesis", "__pycache__", "build", "dist"}


@cache
def project_files() -> tuple[Path, ...]:
    """Every file of the project, without what tools leave behind."""
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        command = [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode()
        found = [ROOT / name for name in listed.split("\0") if name]
    else:
        found = [path for path in ROOT.rglob("*") if not _NOT_OURS & set(path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in set(found) if path.is_file()))


def name_of(path: Path) -> str:
    """The name of a file as seen from the top of the project."""
    return path.relative_to(ROOT).as_posix()


@cache
def python_files(*folders: str) -> tuple[Path, ...]:
    """The Python files below some folders of the project."""
    inside = tuple(f"{folder}/" for folder in folders)
    return tuple(
        path for path in project_files() if path.suffix == ".py" and name_of(path).startswith(inside)
    )


@cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), name_of(path))


def text_files() -> Iterator[tuple[Path, str]]:
    """Every file of the project that is text, with its text."""
    for path in project_files():
        content = path.read_bytes()
        if b"\0" not in content[:8000]:
            try:
                yield path, content.decode("utf-8")
            except UnicodeDecodeError:
                continue


def run_tool(*arguments: str) -> str:
    """What a tool of this Python says about the project where it is not content; empty where it is."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, check=False, capture_output=True, encoding="utf-8"
    )
    return f"{done.stdout}{done.stderr}" if done.returncode else ""
