"""Step 2: what each sheet and column is taken for, over the first rows of the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QComboBox, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from branchdesk.domain.sheets import describe
from branchdesk.i18n import _, _n, joined, listed
from branchdesk.services.member_edits import member_form
from branchdesk.services.roster_import import SheetChoice
from branchdesk.services.roster_import.sources import with_header_row
from branchdesk.ui.look import look, px
from branchdesk.ui.widgets.choices import Choice
from branchdesk.ui.widgets.layouts import Flow, column
from branchdesk.ui.widgets.messages import Banner
from branchdesk.ui.widgets.texts import Note, Words

_SAMPLE = 60
_MOST_COLUMNS = 80


class ColumnsPage(QWidget):
    """A combo over every column. `changed` tells that a choice was made."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choices: list[SheetChoice] = []
        self._targets: list[tuple[str, str]] = []
        self._place = 0
        self._combos: dict[int, QComboBox] = {}
        box = column(gap=8, parent=self)
        self.tools = QWidget()
        flow = Flow(self.tools, gap=10)
        self.sheet = Choice()
        self.sheet.setAccessibleName(_("工作表"))
        self.wanted = QCheckBox(_("导入这张表"))
        self.target = Choice()
        self.target.setAccessibleName(_("放到哪个支部"))
        self.header_row = Choice()
        self.header_row.setAccessibleName(_("表头在第几行"))
        for label, widget in (
            (_("工作表"), self.sheet),
            ("", self.wanted),
            (_("放到"), self.target),
            (_("表头在"), self.header_row),
        ):
            if label:
                flow.addWidget(Words(label, "second"))
            flow.addWidget(widget)
        for choice in (self.sheet, self.target):
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            choice.setMaximumWidth(px(300))
        box.addWidget(self.tools)
        self.banner = Banner()
        box.addWidget(self.banner)
        box.addWidget(Note(_("最上面一行选“对应到哪一项”，下面是原表内容"), "hint"))
        self.table = QTableWidget()
        self.table.setAccessibleName(_("原表内容"))
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.horizontalHeader().hide()
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.verticalHeader().setDefaultSectionSize(look().row_height)
        box.addWidget(self.table, 1)
        self.banner.pressed.connect(self.next_open)
        self.sheet.currentIndexChanged.connect(self._choose_sheet)
        self.wanted.toggled.connect(self._take_wanted)
        self.target.currentIndexChanged.connect(self._take_target)
        self.header_row.currentIndexChanged.connect(self._take_header_row)

    def show_choices(self, choices: Sequence[SheetChoice], targets: Sequence[tuple[str, str]]) -> None:
        """Show what was proposed; the first wanted sheet stands in front."""
        self.choices = list(choices)
        self._targets = list(targets)
        with QSignalBlocker(self.sheet):
            self.sheet.clear()
            for choice in self.choices:
                hidden = _("（隐藏）") if choice.sheet.hidden else ""
                self.sheet.addItem(f"{choice.sheet.name}{hidden}")
        first = next((place for place, choice in enumerate(self.choices) if choice.wanted), 0)
        self.sheet.setCurrentIndex(first)
        self._choose_sheet(first)

    @property
    def _choice(self) -> SheetChoice:
        return self.choices[self._place]

    def _replace(self, choice: SheetChoice) -> None:
        self.choices[self._place] = choice
        self.changed.emit()

    # ---- showing

    def _choose_sheet(self, place: int) -> None:
        self._place = place
        choice = self._choice
        with QSignalBlocker(self.target):
            self.target.clear()
            self.target.addItem(_("请选择"), "")
            for value, label in self._targets:
                self.target.addItem(label, value)
            self.target.setCurrentIndex(max(0, self.target.findData(choice.target)))
        with QSignalBlocker(self.wanted):
            self.wanted.setChecked(choice.wanted)
        with QSignalBlocker(self.header_row):
            self.header_row.clear()
            self.header_row.addItem(_("自动"), None)
            for row in choice.sheet.rows[:20]:
                self.header_row.addItem(_("第 {row} 行", row=row.number), row.number)
        self._show_table()
        self._show_banner()

    def _show_table(self) -> None:
        choice = self._choice
        rows = choice.sheet.rows[:_SAMPLE]
        width = min(max((len(row.cells) for row in rows), default=0), _MOST_COLUMNS)
        self.table.clear()
        self._combos = {}
        self.table.setColumnCount(width)
        self.table.setRowCount(len(rows) + 1)
        self.table.setVerticalHeaderLabels(["", *(str(row.number) for row in rows)])
        header = set(choice.layout.header_rows)
        skipped = {skip.row for skip in choice.layout.skipped}
        for down, row in enumerate(rows, start=1):
            for across in range(width):
                item = QTableWidgetItem(row.cell(across).text)
                item.setToolTip(item.text())
                if row.number in header:
                    item.setBackground(look().color("head"))
                    font = item.font()
                    font.setBold(True)
                    item.setFont(font)
                elif row.number in skipped or row.hidden:
                    item.setForeground(QColor(look().colors["text3"]))
                self.table.setItem(down, across, item)
        for across in range(width):
            self._put_combo(across)
            self._fit_column(across)

    def _fit_column(self, across: int) -> None:
        """As wide as its texts, up to a measure; its field is always read whole."""
        metrics = self.fontMetrics()
        texts = [self.table.item(down, across) for down in range(1, min(self.table.rowCount(), 20))]
        widest = max((metrics.horizontalAdvance(item.text()) for item in texts if item), default=0)
        field = metrics.horizontalAdvance(self._combos[across].currentText()) + px(48)
        self.table.setColumnWidth(across, max(px(112), field, min(widest + px(24), px(220))))

    def _put_combo(self, across: int) -> None:
        choice = self._choice
        combo = Choice()
        combo.addItem(_("（不导入）"), "")
        for field in member_form().fields:
            combo.addItem(field.shown(), field.id)
        combo.setCurrentIndex(max(0, combo.findData(choice.mapping.get(across, ""))))
        heading = next((one.heading for one in choice.layout.columns if one.index == across), "")
        label = _("第 {n} 列 {heading}", n=across + 1, heading=heading)
        combo.setAccessibleName(_("{column} 对应到", column=label.strip()))
        combo.setToolTip(label)
        combo.setProperty("column", across)
        combo.setMaxVisibleItems(20)
        combo.currentIndexChanged.connect(self._take_column)
        self._combos[across] = combo
        self.table.setCellWidget(0, across, combo)
        self._mark(across)

    def _mark(self, across: int) -> None:
        """Amber where a filled column goes nowhere or is only likely."""
        choice = self._choice
        column_ = next((one for one in choice.layout.columns if one.index == across), None)
        doubtful = column_ is not None and column_.is_open and not choice.remembered
        unmapped = across not in choice.mapping and column_ is not None and column_.is_open
        state = "warn" if unmapped or (doubtful and across in choice.mapping) else ""
        combo = self._combos[across]
        combo.setProperty("state", state)
        combo.style().unpolish(combo)
        combo.style().polish(combo)

    def _show_banner(self) -> None:
        choice = self._choice
        sentence = describe(choice.layout)
        if choice.remembered:
            sentence = joined(_("已按上次的对应关系填好。"), sentence)
        if not choice.has_name:
            self.banner.say("warn", joined(sentence, _("还没有一列对应到“姓名”，这张表暂不导入。")))
        elif not choice.target:
            self.banner.say("warn", joined(sentence, _("请选定放到哪个支部。")))
        elif self._open_columns():
            self.banner.say("warn", sentence, _("下一列 F8"))
        else:
            self.banner.say("ok", sentence)

    def _open_columns(self) -> list[int]:
        """The columns that want a look, from left to right."""
        return [across for across, combo in self._combos.items() if combo.property("state") == "warn"]

    def next_open(self) -> None:
        """Go to the next column that wants a look."""
        found = self._open_columns()
        if not found:
            return
        here = next((across for across, combo in self._combos.items() if combo.hasFocus()), -1)
        across = next((place for place in found if place > here), found[0])
        self.table.scrollTo(self.table.model().index(0, across))
        self._combos[across].setFocus()

    # ---- choosing

    def _take_wanted(self, wanted: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._replace(replace(self._choice, wanted=wanted and self._choice.has_name))
        self._show_banner()

    def _take_target(self) -> None:
        self._replace(replace(self._choice, target=self.target.currentData()))
        self._show_banner()

    def _take_header_row(self) -> None:
        row = self.header_row.currentData()
        if row is not None:
            self._replace(with_header_row(self._choice, row))
            self._show_table()
            self._show_banner()
            with QSignalBlocker(self.wanted):
                self.wanted.setChecked(self._choice.wanted)

    def _take_column(self) -> None:
        combo = self.sender()
        if not isinstance(combo, QComboBox):
            return
        across, field_id = int(combo.property("column")), str(combo.currentData())
        mapping = {place: one for place, one in self._choice.mapping.items() if one != field_id}
        mapping.pop(across, None)
        if field_id:
            mapping[across] = field_id
        taken_from = set(self._choice.mapping) - set(mapping) - {across}
        self._replace(replace(self._choice, mapping=mapping, remembered=False))
        self._replace(replace(self._choice, wanted=self._choice.has_name))
        for place in taken_from:
            with QSignalBlocker(self._combos[place]):
                self._combos[place].setCurrentIndex(0)
        for place in (*taken_from, across):
            self._mark(place)
            self._fit_column(place)
        with QSignalBlocker(self.wanted):
            self.wanted.setChecked(self._choice.wanted)
        self._show_banner()

    def summary(self) -> str:
        """How many rows of how many sheets will be looked at."""
        wanted = [choice for choice in self.choices if choice.wanted]
        rows = sum(len(choice.layout.table_rows) for choice in wanted)
        return listed([_n("{n} 张表", len(wanted)), _n("{n} 行", rows)])
