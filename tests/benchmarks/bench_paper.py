"""Paper and workbooks: ratios against ReportLab's LongTable, LibreOffice and xlsxwriter in the same run.

CPU seconds of the process, LibreOffice's those of its own process; only the ratios mean anything.
"""

from __future__ import annotations

import io
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import xlsxwriter
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, SimpleDocTemplate

from benchmarks.measuring import Measurement, child, most_memory, place, shown
from branchdesk.documents.pdf import write_pdf
from branchdesk.documents.xlsx import TableColumn, WorkbookTable, write_xlsx
from branchdesk.paths import resource as bundled
from branchdesk.reports.member_sheet import MemberSheet, member_sheets
from branchdesk.reports.roster import Holds, Roster, RosterColumn, RosterTotals, roster_document

DAY = date(2026, 11, 21)
COLUMNS = (
    ("序号", Holds.NUMBER),
    ("姓名", Holds.NAME),
    ("性别", Holds.WORD),
    ("民族", Holds.WORDS),
    ("出生年月", Holds.MONTH),
    ("学历", Holds.WORDS),
    ("入党时间", Holds.DATE),
    ("转正时间", Holds.DATE),
    ("身份证号码", Holds.ID_NUMBER),
    ("联系电话", Holds.PHONE),
    ("工作单位及职务", Holds.TEXT),
)
SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高", "伟芳娜敏静丽强磊军洋勇艳杰涛明超兰霞平刚"
UNITS = (
    "阳光区人民政府办公室",
    "东风机械厂",
    "阳光区第一中学",
    "某某市阳光区经济和信息化委员会综合规划科副科长",
)
RESUME = "\n".join(
    f"{year}.09—{year + 3}.07　在阳光区第一中学任教，兼教研组长" for year in range(1988, 2020, 3)
)


def person(n: int) -> tuple[str, ...]:
    """An invented member; every name, number and telephone is another one, as in life."""
    return (
        str(n + 1),
        SURNAMES[n % 20] + GIVEN[n // 20 % 20] + GIVEN[n // 400 % 20],
        "男女"[n % 2],
        ("汉族", "回族", "维吾尔族")[n % 3],
        f"{1950 + n % 50}.{n % 12 + 1:02}",
        ("大学本科", "大学专科", "硕士研究生", "高中")[n % 4],
        f"{1975 + n % 45}.{n % 12 + 1:02}.{n % 28 + 1:02}",
        f"{1976 + n % 45}.{n % 12 + 1:02}.{n % 28 + 1:02}",
        f"99999919{50 + n % 50}{n % 12 + 1:02}{n % 28 + 1:02}{n % 10_000:04}",
        f"138{n % 100_000_000:08}",
        UNITS[n % 4],
    )


def people(count: int) -> list[tuple[str, ...]]:
    """So many invented members."""
    return [person(number) for number in range(count)]


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of the best of three runs."""
    found = []
    for _run in range(3):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def own_roster(rows: list[tuple[str, ...]]) -> bytes:
    """Our roster, complete: wrapped cells, page x of y, totals, PDF/A."""
    columns = tuple(RosterColumn(label, holds) for label, holds in COLUMNS)
    totals = RosterTotals(len(rows), len(rows), 0, 0, 0)
    return write_pdf(
        roster_document(Roster("第一支部", "第一支部", "2026年11月21日", DAY, columns, tuple(rows), totals))
    )


def long_table(rows: list[tuple[str, ...]]) -> bytes:
    """The same rows as plain strings in ReportLab's LongTable, which neither wraps nor falls back."""
    if "Song" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Song", str(bundled("fonts", "NotoSerifSC_400Regular.ttf"))))
    file = io.BytesIO()
    table: Any = LongTable([[label for label, _holds in COLUMNS], *map(list, rows)], repeatRows=1)
    table.setStyle([("FONT", (0, 0), (-1, -1), "Song", 9), ("GRID", (0, 0), (-1, -1), 0.4, "black")])
    SimpleDocTemplate(file, pagesize=landscape(A4)).build([table])
    return file.getvalue()


def workbook(rows: list[tuple[str, ...]]) -> bytes:
    """The rows as our workbook."""
    return write_xlsx(
        [WorkbookTable("名册", tuple(TableColumn(label) for label, _holds in COLUMNS), rows)], DAY
    )


def libreoffice(file: bytes, name: str) -> float | None:
    """CPU seconds of LibreOffice turning a file into PDF; None where it is not installed."""
    program = shutil.which("soffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, name)
        source.write_bytes(file)
        home = f"-env:UserInstallation=file://{folder}/profile"
        command = [program, home, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, capture_output=True, timeout=600)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def rosters() -> Iterator[Measurement]:
    """Rosters of growing length; LibreOffice's own start is taken off, so that its table alone counts."""
    start = libreoffice(workbook(people(1)), "start.xlsx")
    ours = {}
    for count in (1_000, 5_000, 20_000):
        rows = people(count)
        ours[count] = cpu(partial(own_roster, rows))
        if count <= 5_000:
            goal = "≥ 8" if count == 5_000 else ""
            ratio = cpu(partial(long_table, rows)) / ours[count]
            yield Measurement(f"roster of {count:,}: LongTable / ours", ratio, goal, shown(ours[count]))
        office = libreoffice(workbook(rows), "roster.xlsx") if start is not None and count <= 5_000 else None
        if office is not None and start is not None:
            goal = "≥ 10" if count == 5_000 else ""
            yield Measurement(f"roster of {count:,}: LibreOffice / ours", office / ours[count], goal)
            yield Measurement(
                f"roster of {count:,}: LibreOffice without its start / ours", (office - start) / ours[count]
            )
    yield Measurement("roster: 20,000 rows / 5,000 rows", ours[20_000] / ours[5_000], "≤ 4.4")


def sheets() -> Iterator[Measurement]:
    """Two hundred member sheets of two pages against the same number of roster pages, and one by one."""
    members = [
        MemberSheet(
            "第一支部", row[1], row[2], row[3], row[4], resume=RESUME, id_number=row[8], employer=row[10]
        )
        for row in people(200)
    ]
    together = cpu(lambda: write_pdf(member_sheets(members, DAY, "2026年11月21日")))
    singly = cpu(lambda: [write_pdf(member_sheets([member], DAY, "2026年11月21日")) for member in members])
    yield Measurement("200 member sheets: one by one / one file", singly / together)
    roster = cpu(lambda: own_roster(people(1_000)))
    yield Measurement("200 member sheets in one file / roster of 1,000", together / roster)


def peer_workbook(rows: list[list[str]]) -> bytes:
    """The rows by xlsxwriter, bordered and as text."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet()
    style = book.add_format({"num_format": "@", "border": 1})
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text, style)
    book.close()
    return file.getvalue()


def workbooks() -> Iterator[Measurement]:
    """10,000 rows of 30 columns as in speed.md."""
    rows = [[f"文字{number * 30 + column}" for column in range(30)] for number in range(10_000)]
    columns = tuple(TableColumn(str(number)) for number in range(30))
    ours = cpu(lambda: write_xlsx([WorkbookTable("表", columns, rows)], DAY))
    peer = cpu(lambda: peer_workbook(rows))
    yield Measurement("workbook of 10,000 × 30: ours / xlsxwriter constant_memory", ours / peer, "≤ 2.5")


def _memory() -> float:
    """What 50,000 rows cost beyond 1,000 of them, in MiB, while they are read one by one."""

    class Streamed:
        def __len__(self) -> int:
            return 50_000

        def __contains__(self, row: object) -> bool:
            return False

        def __iter__(self) -> Iterator[tuple[str, ...]]:
            return map(person, range(50_000))

    columns = tuple(RosterColumn(label, holds) for label, holds in COLUMNS)
    own_roster(people(1_000))
    before = most_memory()
    write_pdf(roster_document(Roster("第一支部", "第一支部", "2026年11月21日", DAY, columns, Streamed())))
    return most_memory() - before


def memory() -> Measurement:
    """Measured in a process of its own, since this one has been larger before."""
    grown = child("benchmarks.bench_paper", home=place())
    return Measurement("roster of 50,000 streamed rows: MiB more than 1,000", grown, "≤ 60")


def measure() -> list[Measurement]:
    """Every measurement of paper."""
    return [memory(), *rosters(), *sheets(), *workbooks()]


if __name__ == "__main__":
    sys.stdout.write(f"{_memory()}\n")
