"""The minutes as they will be printed, made anew on the worker a moment after each change."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from branchdesk.documents.model import Document
from branchdesk.documents.pdf import write_pdf
from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.jobs.progress import Progress
from branchdesk.ui.job_runner import JobRunner
from branchdesk.ui.preview import Preview
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import column, row
from branchdesk.ui.widgets.texts import Elide, Note, Words

_DEBOUNCE_MILLISECONDS = 600
Maker = Callable[[], Document]


class PreviewPane(QFrame):
    """Shows the bytes that would be printed. Nothing is made while the pane is hidden."""

    print_requested = Signal()

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setObjectName("preview_pane")
        self._jobs = jobs
        self._make: Maker | None = None
        self._stale = False
        self._making = False
        self._turn = 0
        self.pdf = b""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DEBOUNCE_MILLISECONDS)
        self._timer.timeout.connect(self._rebuild)
        self.preview = Preview()
        self.preview.page_changed.connect(self._show_page)
        self._page = Words("", "hint")
        self._wrong = Note("", "warn")
        self._wrong.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        box = column(margin=12, gap=8, parent=self)
        head = row(gap=6)
        head.addWidget(Words(_("打印预览"), "heading"))
        head.addWidget(Elide(_("所见即所印 · A4"), "hint"), 1)
        head.addWidget(button("−", self._smaller, look="small", tip=_("缩小"), name="preview_out"))
        head.addWidget(button("＋", self._larger, look="small", tip=_("放大"), name="preview_in"))
        box.addLayout(head)
        box.addWidget(self._wrong)
        box.addWidget(self.preview, 1)
        foot = row(gap=8)
        foot.addWidget(self._page, 1)
        foot.addWidget(
            button(_("打印…"), self.print_requested.emit, icon_name="printer", name="preview_print")
        )
        box.addLayout(foot)

    def _smaller(self) -> None:
        self.preview.zoom(-1)

    def _larger(self) -> None:
        self.preview.zoom(1)

    # ---- making

    def show_paper(self, make: Maker | None) -> None:
        """Show what `make` gives, now; None shows nothing."""
        self._turn += 1
        self._make = make
        self.pdf = b""
        self._timer.stop()
        if make is None:
            self.preview.clear()
            return
        self._stale = True
        self._rebuild()

    def want_rebuild(self) -> None:
        """Something has changed: make it anew, but not on every key."""
        self._stale = True
        self._timer.start()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._rebuild()

    def _rebuild(self) -> None:
        make = self._make
        if make is None or not self._stale or self._making or not self.isVisible():
            return
        self._stale = False
        self._making = True
        turn = self._turn

        def work(progress: Progress) -> bytes:
            return write_pdf(make(), progress)

        def show(pdf: bytes) -> None:
            self._finish(turn, pdf)

        def refuse(problem: Problem) -> None:
            self._finish(turn, b"", problem)

        self._jobs.run(_("正在排版"), work, show, refuse, quiet=True)

    def _finish(self, turn: int, pdf: bytes, problem: Problem | None = None) -> None:
        self._making = False
        if turn == self._turn:
            self._wrong.setVisible(problem is not None)
            self._wrong.setText(str(problem) if problem is not None else "")
            if pdf:
                self.pdf = pdf
                self.preview.show_pdf(pdf)
        if self._stale:
            self._rebuild()

    def _show_page(self, page: int, count: int) -> None:
        self._page.setText(_("第 {page} 页，共 {count} 页", page=page, count=count) if count else "")
