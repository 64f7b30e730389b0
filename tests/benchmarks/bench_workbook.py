"""Reading an .xlsx of 30 columns: our reader against python-calamine and openpyxl, as ratios of one run.

python tests/benchmarks/bench_workbook.py [rows …]     by default 1000 and 10000

Each reader runs in processes of its own, the readers in turn; the processor time is the median of rounds,
memory the largest that a process had. python-calamine is the limit for reading alone; the libraries are
imported where they are used, so that nobody pays for another's memory.
"""

from __future__ import annotations

import gc
import importlib
import json
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from branchdesk.documents.workbook_opening import open_workbook
from branchdesk.documents.workbook_reader import read_workbook
from branchdesk.domain.sheets import understand
from branchdesk.jobs.progress import SILENT

COLUMNS = 30
ROUNDS = 5
TURNS = 3
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


def cpu() -> float:
    """Processor time of this process and of the children that have ended."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def measure(reader: str, path: Path) -> None:
    """Print the median time and the memory of one reader; this runs in a process of its own."""
    times: list[float] = []
    child = 0.0
    for _round in range(ROUNDS):
        began = cpu()
        READERS[reader](path)
        times.append(cpu() - began)
        # A child counts the memory that its parent had when it was born, so the first one counts.
        child = child or resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    sys.stdout.write(json.dumps([statistics.median(times), most_memory(), child]))


def most_memory() -> float:
    """The most megabytes that this process has had, without what its parent had."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1024


def compare(path: Path, rows: int) -> None:
    """Print the ratios for one workbook."""
    found: dict[str, list[list[float]]] = {reader: [] for reader in READERS}
    for _turn in range(TURNS):
        for reader in READERS:
            command = [sys.executable, __file__, "measure", reader, str(path)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            found[reader].append(json.loads(done.stdout))
    limit = statistics.median(turn[0] for turn in found["python-calamine"])
    sys.stdout.write(f"\n{rows} rows of {COLUMNS} columns           time   memory (child)\n")
    for reader, turns in found.items():
        ratio = statistics.median(turn[0] for turn in turns) / limit
        memory, child = (max(turn[place] for turn in turns) for place in (1, 2))
        of_child = f" ({child:.0f} MB)" if reader.startswith("fenced") else ""
        sys.stdout.write(f"{reader:28} {ratio:8.2f}   {memory:.0f} MB{of_child}\n")


def main() -> None:
    """Measure one reader, or compare all."""
    if sys.argv[1:2] == ["measure"]:
        measure(sys.argv[2], Path(sys.argv[3]))
        return
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for rows in [int(text) for text in sys.argv[1:]] or [1_000, 10_000]:
            path = Path(folder) / f"{rows}.xlsx"
            make_roster(path, rows)
            compare(path, rows)
    sys.stdout.write(f"\nmeasured in {time.monotonic() - began:.0f} s\n")


if __name__ == "__main__":
    main()
