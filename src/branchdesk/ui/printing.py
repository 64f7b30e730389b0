"""The print dialog: the real pages at the left, choices at the right, 打印 and 另存 PDF."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QWidget
from typing_extensions import override

from branchdesk.documents.model import Document
from branchdesk.documents.pdf import write_pdf
from branchdesk.documents.texts import missing_in
from branchdesk.errors import Problem
from branchdesk.i18n import _, _n, listed
from branchdesk.jobs.progress import Progress
from branchdesk.reports.papers import paper_name
from branchdesk.ui.bug_report import show_bug
from branchdesk.ui.dialogs import SheetDialog, show_problem
from branchdesk.ui.focus import first_inside
from branchdesk.ui.job_runner import JobRunner
from branchdesk.ui.look import px
from branchdesk.ui.preview import Preview
from branchdesk.ui.printers import LONG_EDGE, ONE_SIDE, SHORT_EDGE, PrintOrder, print_pdf, printers
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.choices import Choice, Count
from branchdesk.ui.widgets.layouts import FitScroll, column, form_rows, row
from branchdesk.ui.widgets.messages import Banner
from branchdesk.ui.widgets.texts import Note, Words
from branchdesk.whole_files import write_whole

_DEBOUNCE_MILLISECONDS = 600
# The column beside the preview, and what its scroll bar takes of it.
_SIDE, _BESIDE_THE_BAR = 286, 14
Maker = Callable[[], Document]


class PrintDialog(SheetDialog):
    """Shows a paper as it will be printed. `choices` may hold widgets that change the paper."""

    def __init__(
        self,
        title: str,
        make: Maker,
        parent: QWidget,
        choices: QWidget | None = None,
        name: str = "",
        remark: Callable[[], str] | None = None,
    ) -> None:
        super().__init__(_("打印 · {title}", title=title), parent, width=900)
        self.setObjectName("print_dialog")
        self._title = title
        self._name = name or paper_name(title)
        self._make = make
        self._remark = remark
        self._choices = choices
        self._refused = False
        self.pdf = b""
        self.jobs = JobRunner(self)
        self.jobs.problem_met.connect(self._tell)
        self.jobs.bug_met.connect(partial(show_bug, parent=self))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DEBOUNCE_MILLISECONDS)
        self._timer.timeout.connect(self.rebuild)
        self.warning = Banner()
        self.preview = Preview()
        self.preview.page_changed.connect(self._show_page)
        self._page = Words("", "hint")
        self.printer = Choice()
        self.copies = Count()
        self.sides = Choice()
        self._lay_out(choices)
        self.finished.connect(self.jobs.stop)

    def _lay_out(self, choices: QWidget | None) -> None:
        self.body.addWidget(self.warning)
        line = row(gap=14)
        left = column(gap=6)
        tools = row(gap=4)
        tools.addWidget(self._page, 1)
        smaller = button("−", partial(self.preview.zoom, -1), look="small", tip=_("缩小"), name="zoom_out")
        larger = button("＋", partial(self.preview.zoom, 1), look="small", tip=_("放大"), name="zoom_in")
        tools.addWidget(smaller)
        tools.addWidget(larger)
        left.addLayout(tools)
        self.preview.setMinimumSize(px(360), px(200))
        left.addWidget(self.preview, 1)
        line.addLayout(left, 1)
        right = column(gap=10)
        if choices is not None:
            right.addWidget(choices)
        form = form_rows()
        names = printers()
        self.printer.addItems(names)
        self.printer.setPlaceholderText(_("没有打印机"))
        self.printer.setEnabled(bool(names))
        self.printer.setAccessibleName(_("打印机"))
        self.copies.setRange(1, 99)
        self.copies.setAccessibleName(_("份数"))
        self.sides.addItem(_("单面"), ONE_SIDE)
        self.sides.addItem(_("双面（长边翻转）"), LONG_EDGE)
        self.sides.addItem(_("双面（短边翻转）"), SHORT_EDGE)
        self.sides.setAccessibleName(_("单双面"))
        for label, widget in (
            (_("打印机"), self.printer),
            (_("份数"), self.copies),
            (_("单双面"), self.sides),
        ):
            widget.setMinimumWidth(px(150))
            form.addRow(label, widget)
        right.addLayout(form)
        if not names:
            right.addWidget(Note(_("没有找到打印机，可以先另存 PDF。"), "warn"))
        right.addStretch(1)
        right.setContentsMargins(0, 0, px(_BESIDE_THE_BAR), 0)
        side = QWidget()
        side.setLayout(right)
        scroll = FitScroll(side)
        scroll.setFixedWidth(px(_SIDE))
        line.addWidget(scroll)
        self.body.addLayout(line, 1)
        self.add_button(_("关闭"), name="close")
        self._save = self.add_button(_("另存 PDF"), self.save_pdf, name="save_pdf")
        self._print = self.add_button(_("打印"), self._send, look="primary", name="print_now")
        self._print.setEnabled(False)
        self._save.setEnabled(False)

    # ---- the paper

    def refuse(self, problem: Problem) -> None:
        """Say why there is no paper for what was chosen; what is still seen is not printed by mistake."""
        self._timer.stop()
        self._refused = True
        self._print.setEnabled(False)
        self._save.setEnabled(False)
        self.warning.say("warn", str(problem))

    def want_rebuild(self) -> None:
        """A choice changed: make the paper anew, but not on every key."""
        self._refused = False
        self._timer.start()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.grow_in(1180)
        first = first_inside(self._choices or self.printer)
        if first is not None:
            first.setFocus()
        if not self.pdf:
            self.rebuild()

    def rebuild(self) -> None:
        """Make the paper on the worker and show it."""
        self.jobs.run(_("正在排版"), self._work, self._show, self._cannot, quiet=bool(self.pdf))

    def _work(self, progress: Progress) -> tuple[bytes, str, str]:
        document = self._make()
        remark = self._remark() if self._remark is not None else ""
        return write_pdf(document, progress), missing_in(document), remark

    def _show(self, made: tuple[bytes, str, str]) -> None:
        self.pdf, missing, remark = made
        self.preview.show_pdf(self.pdf)
        if self._refused:
            return
        self._print.setEnabled(self.printer.count() > 0)
        self._save.setEnabled(True)
        if missing:
            codes = listed(
                _("{sign}（{code}）", sign=sign, code=f"U+{ord(sign):04X}") for sign in missing[:8]
            )
            sentence = _("这些字没有字形，会印成〓：{codes}。请在打印后手工填写。", codes=codes)
            self.warning.say("warn", sentence)
        else:
            self.warning.say("info", remark)

    def _cannot(self, problem: Problem) -> None:
        self.pdf = b""
        self.preview.clear()
        self._print.setEnabled(False)
        self._save.setEnabled(False)
        self.warning.say("warn", str(problem))

    def _show_page(self, page: int, count: int) -> None:
        self._page.setText(_("第 {page} 页，共 {count} 页", page=page, count=count) if count else "")

    # ---- doing

    def _send(self) -> None:
        order = PrintOrder(self.printer.currentText(), self.copies.value(), str(self.sides.currentData()))
        content, title = self.pdf, self._title
        self.jobs.run(
            _("正在打印"),
            lambda progress: print_pdf(content, order, title, progress),
            lambda _nothing: self.warning.say("ok", _n("已送到打印机，共 {n} 页。", self.preview.page_count)),
        )

    def save_pdf(self) -> None:
        """Ask where to, and write the same bytes."""
        path, _kind = QFileDialog.getSaveFileName(
            self, _("另存 PDF"), f"{self._name}.pdf", _("PDF 文件 (*.pdf)")
        )
        if path:
            self.write_to(Path(path))

    def write_to(self, path: Path) -> None:
        """Write the paper to a file."""
        try:
            write_whole(path, self.pdf)
        except Problem as problem:
            self._tell(problem)
            return
        self.warning.say("ok", _("已存为 {name}。", name=path.name))

    def _tell(self, problem: Problem) -> None:
        show_problem(problem, self)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.jobs.stop()
        super().closeEvent(event)
