"""A terminal for tests: commands are typed, and what they say and leave behind is looked at."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from branchdesk.cli import run
from support.branches import FIRST_GROUP, PASSWORD, SECOND_GROUP, sample_people

WORKBOOKS = Path(__file__).parent.parent / "data" / "workbooks"
PLAIN = WORKBOOKS / "plain.xlsx"  # twelve people, nothing wrong
# The members of the filled branch: two namesakes, nothing wrong with anybody, in the order of entry.
MEMBERS = ("李明朗", "曾国强", "王芳", "王芳", "欧阳雪")
_GROUPS = (FIRST_GROUP, SECOND_GROUP, FIRST_GROUP, SECOND_GROUP, FIRST_GROUP)


def people() -> list[dict[str, str]]:
    """What a clerk would type for the members of the filled branch."""
    own = [{"name": name, "group": group} for name, group in zip(MEMBERS, _GROUPS, strict=True)]
    return [{**one, **mine} for one, mine in zip(sample_people(len(own)), own, strict=True)]


@dataclass(frozen=True)
class Answer:
    """How a command ended and what it said: `out` is the answer, `err` what wants a look."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """The answer line by line."""
        return self.out.splitlines()

    @property
    def complaints(self) -> list[str]:
        """What wants a look, line by line."""
        return self.err.splitlines()


class Terminal:
    """Types commands in a folder of its own, in which the clerk's password lies in a file."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capture = capture
        self.passwords = self.password_file(PASSWORD, "password.txt")

    def password_file(self, password: str, name: str = "other.txt") -> Path:
        """A file with a password in its first line."""
        path = self.folder / name
        path.write_text(f"{password}\n第二行不是口令\n", encoding="utf-8")
        return path

    def run(self, *words: object) -> Answer:
        """Carry out a command."""
        self._capture.readouterr()
        code = run([str(word) for word in words])
        said = self._capture.readouterr()
        return Answer(code, said.out, said.err)

    def as_clerk(self, *words: object) -> Answer:
        """Carry out a command with the password of the clerk."""
        return self.run(*words, "--password-file", self.passwords)


def cells_of(path: Path) -> list[tuple[str, ...]]:
    """The cells of the first sheet of a workbook as texts, row by row."""
    book = openpyxl.load_workbook(path)
    rows = book.worksheets[0].iter_rows(values_only=True)
    found = [tuple("" if cell is None else str(cell) for cell in row) for row in rows]
    book.close()
    return found


def written_workbook(path: Path, rows: Iterable[Iterable[object]]) -> Path:
    """A workbook with these rows."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "名册"
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def prefer(settings_file: Path, **choices: object) -> None:
    """Settings as the window leaves them."""
    settings_file.parent.mkdir(parents=True, exist_ok=True)
    settings_file.write_text(json.dumps(choices), encoding="utf-8")
