"""Putting a PDF on paper: the system's own spooler where there is one, pictures of the pages elsewhere."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.jobs.progress import SILENT, Progress
from branchdesk.ui.preview import PdfPages

ONE_SIDE, LONG_EDGE, SHORT_EDGE = "one-sided", "two-sided-long-edge", "two-sided-short-edge"
_DOTS = 300
_LP_SECONDS = 60


@dataclass(frozen=True)
class PrintOrder:
    """Where to print and how: copies, sides, pages (1-based, empty for all)."""

    printer: str
    copies: int = 1
    sides: str = ONE_SIDE
    first_page: int = 0
    last_page: int = 0


def printers() -> list[str]:
    """The printers that the system knows, the usual one first."""
    usual = QPrinterInfo.defaultPrinterName()
    names = QPrinterInfo.availablePrinterNames()
    return [name for name in names if name == usual] + [name for name in names if name != usual]


def print_pdf(content: bytes, order: PrintOrder, title: str, progress: Progress = SILENT) -> None:
    """Print a PDF. Raises Problem where the printer does not take it."""
    if sys.platform != "win32" and shutil.which("lp"):
        _spool(content, order, title)
    else:
        _paint(content, order, title, progress)


def lp_arguments(order: PrintOrder, title: str, path: Path) -> list[str]:
    """The words for the spooler; the file goes as it is, so that letters stay letters."""
    words = ["lp", "-d", order.printer, "-n", str(order.copies), "-o", f"sides={order.sides}", "-t", title]
    if order.first_page:
        words += ["-P", f"{order.first_page}-{order.last_page or order.first_page}"]
    return [*words, "--", str(path)]


def _spool(content: bytes, order: PrintOrder, title: str) -> None:
    with tempfile.TemporaryDirectory(prefix="branchdesk-") as folder:
        path = Path(folder) / "print.pdf"
        path.write_bytes(content)
        try:
            result = subprocess.run(
                lp_arguments(order, title, path), capture_output=True, timeout=_LP_SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _refused(order.printer) from error
    if result.returncode:
        raise _refused(order.printer)


def _refused(printer: str) -> Problem:
    return Problem(
        _("打印机“{printer}”没有接收这份文件。", printer=printer),
        _("请检查打印机是否开机、联机；也可以另存 PDF，用别的电脑打印。"),
    )


def _paint(content: bytes, order: PrintOrder, title: str, progress: Progress) -> None:
    """Print pictures of the pages, without scaling and margins: the page has its own."""
    pages = PdfPages(content)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(order.printer)
    printer.setDocName(title)
    printer.setResolution(_DOTS)
    printer.setFullPage(True)
    printer.setCopyCount(order.copies)
    printer.setDuplex(
        {
            ONE_SIDE: QPrinter.DuplexMode.DuplexNone,
            LONG_EDGE: QPrinter.DuplexMode.DuplexLongSide,
            SHORT_EDGE: QPrinter.DuplexMode.DuplexShortSide,
        }[order.sides]
    )
    first = max(1, order.first_page)
    last = order.last_page or len(pages)
    wanted = range(first - 1, min(last, len(pages)))
    painter = QPainter()
    try:
        for place, number in enumerate(progress.over(wanted, len(wanted), _("正在打印…"))):
            width, height = pages.sizes[number]
            landscape = width > height
            printer.setPageLayout(
                QPageLayout(
                    QPageSize(QPageSize.PageSizeId.A4),
                    QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait,
                    QMarginsF(),
                )
            )
            if place == 0:
                if not painter.begin(printer):
                    raise _refused(order.printer)
            elif not printer.newPage():
                raise _refused(order.printer)
            picture = pages.picture(number, _DOTS)
            painter.drawImage(QRectF(0, 0, picture.width(), picture.height()), picture)
    finally:
        if painter.isActive():
            painter.end()
        pages.close()
