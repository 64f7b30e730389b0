"""The invented members in the sample workbooks, and how a workbook is written and saved again."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from branchdesk.domain.identity import check_digit

FOLDER = Path(__file__).parent / "workbooks"
_SIDE = Side("thin")
THIN = Border(_SIDE, _SIDE, _SIDE, _SIDE)
STAMP = datetime(2026, 11, 1, 8, 0)  # noqa: DTZ001  # what the files say about their making


def identity(born: date, sequence: int) -> str:
    """An identity number that is right in itself, in a region that does not exist."""
    first = f"999999{born:%Y%m%d}{sequence:03}"
    return first + check_digit(first)


@dataclass(frozen=True)
class Person:
    """One invented member."""

    name: str
    sex: str
    born: date
    sequence: int
    admitted: date
    group: str
    education: str
    phone: str
    ethnic: str = "汉族"

    @property
    def number(self) -> str:
        """The identity number."""
        return identity(self.born, self.sequence)

    @property
    def confirmed(self) -> date:
        """One year after the admission."""
        return self.admitted.replace(year=self.admitted.year + 1)


PEOPLE = (
    Person("周建国", "男", date(1968, 3, 12), 175, date(1992, 7, 1), "第一党小组", "大学", "13900000001"),
    Person("李敏", "女", date(1979, 10, 5), 186, date(2003, 6, 28), "第一党小组", "大学", "13900000002"),
    Person("陈志远", "男", date(1974, 5, 21), 199, date(1998, 12, 1), "第二党小组", "研究生", "13900000003"),
    Person(
        "王秀兰", "女", date(1971, 8, 15), 204, date(1999, 7, 1), "第二党小组", "大专", "13900000004", "回族"
    ),
    Person("赵立新", "男", date(1982, 11, 17), 213, date(2008, 11, 3), "第一党小组", "大学", "13900000005"),
    Person("孙晓燕", "女", date(1988, 1, 9), 224, date(2012, 5, 16), "第二党小组", "研究生", "13900000006"),
    Person(
        "刘洋", "男", date(1990, 6, 14), 237, date(2013, 12, 2), "第三党小组", "大学", "13900000007", "满族"
    ),
    Person(
        "马小龙", "男", date(1985, 2, 28), 251, date(2010, 6, 29), "第三党小组", "大学", "13900000008", "回族"
    ),
    Person("吴佳怡", "女", date(1993, 9, 30), 262, date(2019, 6, 21), "第三党小组", "研究生", "13900000009"),
    Person("郑国强", "男", date(1959, 12, 3), 273, date(1985, 7, 1), "第一党小组", "高中", "13900000010"),
    Person(
        "冯雅琴", "女", date(1976, 4, 18), 288, date(2001, 6, 30), "第二党小组", "大专", "13900000011", "苗族"
    ),
    Person("褚文斌", "男", date(1996, 7, 7), 299, date(2025, 6, 27), "第三党小组", "大学", "13900000012"),
)


def dotted(day: date) -> str:
    """1998.07.01."""
    return f"{day:%Y.%m.%d}"


def new_book(title: str = "Sheet1") -> tuple[Workbook, Worksheet]:
    """A workbook with one sheet."""
    book = Workbook()
    book.properties.creator = "BranchDesk"
    book.properties.created = book.properties.modified = STAMP
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    return book, sheet


def put(sheet: Worksheet, row: int, values: Sequence[Any], first_column: int = 1) -> None:
    """Write one row."""
    for column, value in enumerate(values, start=first_column):
        if value is not None:
            sheet.cell(row, column, value)


def save(book: Workbook, name: str) -> Path:
    """Save the book under its name."""
    path = FOLDER / name
    book.save(path)
    return path


def resaved(source: Path, name: str, target: str) -> None:
    """Let LibreOffice save `source` again, in the format that `target` names, as `name`."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile"]
        command += ["--convert-to", target, "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True)
        (made,) = [path for path in Path(folder).iterdir() if path.is_file()]
        shutil.move(made, FOLDER / name)


def words(text: str) -> list[str]:
    """Headings that are written in one text, parted by bars."""
    return text.split("|")
