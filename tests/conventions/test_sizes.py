"""Sizes and names (design 8)."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

from conventions.house import name_of, python_files, tree_of

MOST_LINES, MOST_LINES_OF_A_FUNCTION, MOST_METHODS = 500, 60, 20
# A migration is written once and read from top to bottom: one long list of tables.
LONG_FUNCTIONS = ("src/branchdesk/storage/migrations/versions/",)
FORBIDDEN = {"manager", "helper", "helpers", "utils", "util", "misc", "common", "data", "info"}
PROMISED = ("TODO", "FIXME", "XXX", "HACK")
FILES = python_files("src", "tests", "installer")
SOURCES = python_files("src", "installer")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, Function))


def classes(path: Path) -> Iterator[ast.ClassDef]:
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.ClassDef))


def overrides(function: Function) -> bool:
    """Whether a name was chosen by Qt or another base class."""
    marks = {mark.id for mark in function.decorator_list if isinstance(mark, ast.Name)}
    return "override" in marks


def words(name: str) -> list[str]:
    """The words of a name in snake or camel case."""
    return [word.casefold() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)]


def own_names(path: Path) -> Iterator[str]:
    """Every name that a file gives: to itself, classes, functions, arguments and variables."""
    yield path.stem
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ClassDef) or (isinstance(node, Function) and not overrides(node)):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        if isinstance(node, Function) and not overrides(node):
            given = node.args
            yield from (one.arg for one in (*given.posonlyargs, *given.args, *given.kwonlyargs))


def lines_of(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def test_every_file_has_fewer_than_500_lines() -> None:
    assert {name_of(path): lines for path in FILES if (lines := lines_of(path)) >= MOST_LINES} == {}


def test_every_function_has_fewer_than_60_lines() -> None:
    lengths = {
        f"{name_of(path)}: {one.name}": (one.end_lineno or 0) - one.lineno + 1
        for path in FILES
        if not name_of(path).startswith(LONG_FUNCTIONS)
        for one in functions(path)
    }
    assert {name: length for name, length in lengths.items() if length >= MOST_LINES_OF_A_FUNCTION} == {}


def test_every_class_has_fewer_than_20_methods() -> None:
    counts = {
        # What Qt or a page is asked for has its name and its number from there.
        f"{name_of(path)}: {one.name}": sum(
            isinstance(node, Function) and not overrides(node) for node in one.body
        )
        for path in FILES
        for one in classes(path)
    }
    assert {name: count for name, count in counts.items() if count >= MOST_METHODS} == {}


def says_nothing(name: str) -> bool:
    return bool(FORBIDDEN & set(words(name))) or name.lstrip("_").startswith("handle_")


def test_no_name_says_nothing() -> None:
    found = {name_of(path): {name for name in own_names(path) if says_nothing(name)} for path in SOURCES}
    assert {name: empty for name, empty in found.items() if empty} == {}


def comments(path: Path) -> list[str]:
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
    return [token.string for token in tokens if token.type == tokenize.COMMENT]


def test_no_comment_promises_work() -> None:
    promised = [
        f"{name_of(path)}: {comment}"
        for path in FILES
        for comment in comments(path)
        if any(word in comment for word in PROMISED)
    ]
    assert promised == []


def test_nine_of_ten_files_have_fewer_than_400_lines() -> None:
    lengths = sorted(map(lines_of, SOURCES))
    assert lengths[len(lengths) * 9 // 10] < 400
