"""Reading an .xlsx of 30 columns: our reader against python-calamine and openpyxl, as ratios of one run.

Each reader runs in processes of its own, the readers in turn; the processor time is the median of rounds,
memory the largest that a process had. python-calamine is the limit for reading alone; the libraries are
imported where they are used, so that nobody pays for another's memory.
"""

from __future__ import annotations

import gc
import importlib
import json
import random
import resource
import statistics
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from benchmarks.measuring import Measurement, child, cpu, in_turns, most_memory, place
from branchdesk.documents.workbook_opening import open_workbook
from branchdesk.documents.workbook_reader import read_workbook
from branchdesk.domain.sheets import understand
from branchdesk.jobs.progress import SILENT

COLUMNS = 30
SIZES = (1_000, 10_000)
ROUNDS = 3
TURNS = 2
HEADINGS = {
    "姓名": "name",
    "身份证号": "id_number",
    "入党时间": "admitted_on",
    "民族": "ethnic",
    "学历": "education",
}


def make_roster(path: Path, rows: int) -> None:
    """A roster with names, numbers, dates and words as they come in real ones."""
    chance = random.Random(1)
    with importlib.import_module("xlsxwriter").Workbook(path) as book:
        sheet = book.add_worksheet("在册")
        day = book.add_format({"num_format": "yyyy/m/d"})
        sheet.write_row(0, 0, ["序号", *HEADINGS, *(f"第{column}列" for column in range(7, COLUMNS + 1))])
        for row in range(1, rows + 1):
            sheet.write_number(row, 0, row)
            for column in range(1, COLUMNS):
                match column % 6:
                    case 1:
                        sheet.write_string(row, column, f"张{row:05}")
                    case 2:
                        sheet.write_string(
                            row, column, f"9999991980{row % 12 + 1:02}01{column:02}{row % 100:02}"
                        )
                    case 3:
                        sheet.write_datetime(
                            row, column, date(1980 + row % 40, 1 + row % 12, 1 + column % 28), day
                        )
                    case 4:
                        sheet.write_string(row, column, chance.choice(["汉族", "回族", "满族"]))
                    case 5:
                        sheet.write_string(row, column, chance.choice(["大学", "研究生", "大专"]))
                    case _:
                        sheet.write_number(row, column, row * 10 + column)


def calamine(path: Path) -> None:
    """The limit: the fastest reader there is, which a hostile file makes abort."""
    book = importlib.import_module("python_calamine").CalamineWorkbook.from_path(path)
    book.get_sheet_by_index(0).to_python()


def openpyxl_read_only(path: Path) -> None:
    """The usual reader, row by row."""
    book = importlib.import_module("openpyxl").load_workbook(path, read_only=True, data_only=True)
    for _row in book.worksheets[0].iter_rows(values_only=True):
        pass
    book.close()


def child_alone(path: Path) -> None:
    """What the child does: read, and write its answer as JSON."""
    gc.disable()
    for piece in read_workbook(SILENT, str(path)):
        json.dumps(["item", piece], ensure_ascii=False).encode()


def fenced(path: Path) -> None:
    """Everything: start the child, read, check and build the workbook here."""
    open_workbook(path)


def fenced_and_understood(path: Path) -> None:
    """The same, and the headings and people found."""
    sheet = open_workbook(path).sheets[0]
    assert len(understand(sheet.grid(), HEADINGS).table_rows) == len(sheet.rows) - 1


READERS: dict[str, Callable[[Path], None]] = {
    "python-calamine": calamine,
    "our child": child_alone,
    "fenced, as a workbook": fenced,
    "fenced and understood": fenced_and_understood,
    "openpyxl read_only": openpyxl_read_only,
}


def _measured(reader: str, path: Path) -> list[float]:
    """Median time and memory of one reader and of its child; this runs in a process of its own."""
    times: list[float] = []
    memory = 0.0
    for _round in range(ROUNDS):
        began = cpu()
        READERS[reader](path)
        times.append(cpu() - began)
        # A child counts the memory that its parent had when it was born, so the first one counts.
        memory = memory or resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return [statistics.median(times), most_memory(), memory]


def _compared(path: Path, rows: int) -> Iterator[Measurement]:
    """The ratios for one workbook."""
    children = {
        reader: partial(child, "benchmarks.bench_workbook", reader, str(path), home=place())
        for reader in READERS
    }
    found = in_turns(children, TURNS)
    limit = statistics.median(turn[0] for turn in found["python-calamine"])
    for reader, turns in found.items():
        memory, of_child = (max(turn[number] for turn in turns) for number in (1, 2))
        here = f"{memory:.0f} MB" + (f", child {of_child:.0f} MB" if reader.startswith("fenced") else "")
        if reader != "python-calamine":
            ratio = statistics.median(turn[0] for turn in turns) / limit
            yield Measurement(f"reading {rows:,} × {COLUMNS}: {reader} / python-calamine", ratio, "", here)


def measure() -> list[Measurement]:
    """The readers on a usual and on a large workbook."""
    found: list[Measurement] = []
    for rows in SIZES:
        path = place() / f"reading-{rows}.xlsx"
        make_roster(path, rows)
        found += _compared(path, rows)
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measured(sys.argv[1], Path(sys.argv[2]))) + "\n")
