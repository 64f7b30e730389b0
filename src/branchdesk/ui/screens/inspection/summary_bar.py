"""What an inspection has come to so far: the ring, the score and chips that narrow the list."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from branchdesk.domain.inspections.model import Stage
from branchdesk.domain.inspections.scoring import shown
from branchdesk.i18n import _, _n
from branchdesk.ui.look import px
from branchdesk.ui.screens.inspection.file import InspectionFile
from branchdesk.ui.screens.inspection.line_words import PROBLEM
from branchdesk.ui.screens.inspection.lines import AUTO, EMPTY
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import Flow, column, row
from branchdesk.ui.widgets.ring import Ring
from branchdesk.ui.widgets.texts import Chip, Elide, Words, restyle

_TONES = {AUTO: "info", PROBLEM: "err", EMPTY: ""}


class SummaryBar(QWidget):
    """What is shown, and what is wanted of it.

    `narrowed` tells which signs lines must have, `entry_wanted` whether scores are typed one after another,
    `findings_requested` that the clerk wants to see what is to be mended.
    """

    narrowed = Signal(object)
    entry_wanted = Signal(bool)
    findings_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ring = Ring(_("已填"))
        self.score = Words("", "figure")
        self._full = Words("", "second")
        self._hint = Elide("", "hint")
        self._short = Words("", "strong")
        self._short.hide()
        self.grade = Chip("")
        self.chips: dict[str, QPushButton] = {}
        self.findings = button("", self.findings_requested.emit, look="chip", name="show_findings")
        self.entry = button(
            _("录入"),
            look="chip",
            icon_name="keyboard",
            tip=_("按纸面顺序打分：数字、Enter，自动到下一项"),
            name="entry_mode",
        )
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._line = line = row(gap=14, parent=self)
        line.addWidget(self.ring)
        texts = column(gap=4)
        self._figures = QWidget()
        figures = row(gap=6, parent=self._figures)
        for one in (self.score, self._full, self.grade):
            figures.addWidget(one)
        figures.addWidget(self._hint, 1)
        texts.addWidget(self._figures)
        chips = QWidget()
        self._flow = Flow(chips, gap=6)
        self._flow.addWidget(self._short)
        for name, tone in _TONES.items():
            chip = button("", look="chip", name=f"filter_{name}")
            chip.setCheckable(True)
            chip.setProperty("tone", tone)
            self.chips[name] = chip
            self._flow.addWidget(chip)
        self._flow.addWidget(self.findings)
        self.entry.setCheckable(True)
        self._flow.addWidget(self.entry)
        texts.addWidget(chips)
        line.addLayout(texts, 1)

    def _connect(self) -> None:
        for name, chip in self.chips.items():
            chip.clicked.connect(partial(self._narrow, name))
        self.entry.toggled.connect(self.entry_wanted)

    def _narrow(self, name: str) -> None:
        """One filter at a time: what another one showed is let go."""
        for other, chip in self.chips.items():
            if other != name:
                chip.setChecked(False)
        self.narrowed.emit(self.signs)

    @property
    def signs(self) -> frozenset[str]:
        """The signs that lines must have to be listed; none where all are."""
        return frozenset(name for name, chip in self.chips.items() if chip.isChecked())

    def forget_filter(self) -> None:
        """List every line again."""
        for chip in self.chips.values():
            chip.setChecked(False)

    # ---- showing

    def show_file(self, file: InspectionFile) -> None:
        """Show what an inspection has come to."""
        sheet = file.sheet
        checked = file.stage is Stage.CHECK and any(one.check_line.score is not None for one in file.lines)
        total = sheet.check_total if checked else sheet.self_total
        counted = [one for one in file.lines if one.self_line.counts]
        filled = sum(not (one.check_line if checked else one.self_line).is_open for one in counted)
        self.ring.show_percent(filled * 100 // len(counted) if counted else 0)
        self.score.setText(shown(total.score))
        self._full.setText(_("/ {full}", full=shown(total.full)))
        graded = total.grade is not None and (not total.empty or bool(total.vetoed))
        self.grade.setText(total.grade.label if graded and total.grade is not None else "")
        self.grade.setVisible(graded)
        restyle(self.grade, "chip", "err" if total.vetoed else "")
        self._short.setText(f"{self.score.text()} {self._full.text()} {self.grade.text()}".strip())
        self._hint.setText(self._hint_words(file, checked=checked))
        self._show_chips(file)

    @staticmethod
    def _hint_words(file: InspectionFile, *, checked: bool) -> str:
        sheet = file.sheet
        total = sheet.check_total if checked else sheet.self_total
        parts = []
        if checked:
            parts.append(_("考核得分；自评 {score}", score=shown(sheet.self_total.score)))
        if total.empty:
            parts.append(_("按已填项折算 {score}", score=shown(total.filled_score)))
        if total.bonus:
            parts.append(_("含加分 {points}", points=shown(total.bonus)))
        if not checked and file.is_open:
            parts.append(_("“自动”＝由会议、名册、学时直接算出"))
        return " · ".join(parts)

    def _show_chips(self, file: InspectionFile) -> None:
        counts = {name: sum(name in one.signs for one in file.lines) for name in self.chips}
        words = {
            AUTO: _n("自动取数 {n} 项", counts[AUTO]),
            PROBLEM: _n("有问题 {n} 项", counts[PROBLEM]),
            EMPTY: _n("未填 {n} 项", counts[EMPTY]),
        }
        for name, chip in self.chips.items():
            chip.setText(words[name])
            chip.setAccessibleName(words[name])
            chip.setVisible(counts[name] > 0 or chip.isChecked())
        findings = [one for one in file.sheet.findings if one.severity > 1]
        errors = sum(one.is_error for one in findings)
        said = _n("要改 {n} 处", errors) if errors else _n("提醒 {n} 处", len(findings))
        self.findings.setText(said)
        self.findings.setAccessibleName(said)
        self.findings.setVisible(bool(findings))
        restyle(self.findings, "tone", "err" if errors else "warn")
        self.entry.setVisible(file.is_open)

    def set_low(self, *, low: bool) -> None:
        """Take less height where large letters meet a small screen."""
        self.ring.set_low(low=low)
        self._figures.setVisible(not low)
        self._short.setVisible(low)
        self._line.setSpacing(px(8 if low else 14))
