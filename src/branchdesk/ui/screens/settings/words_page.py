"""Dictionaries as they are in force, and the box that tries the input method."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from branchdesk.i18n import _, choose, listed
from branchdesk.services import dictionaries
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import LineDialog
from branchdesk.ui.input_method.self_test import InputSelfTestBox
from branchdesk.ui.look import px
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.choices import Choice
from branchdesk.ui.widgets.layouts import Flow, column
from branchdesk.ui.widgets.tables import SimpleTable
from branchdesk.ui.widgets.texts import Note


class WordsPage(QWidget):
    """The words that fields choose from; open lists take words of the branch's own."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        box = column(gap=10, parent=self)
        box.addWidget(Note(_("字典里的内容用于名册的下拉选择。按国家标准编码的字典不能自己增加。")))
        line = QWidget()
        flow = Flow(line)
        self.choice = Choice()
        self.choice.setAccessibleName(_("字典"))
        self.choice.setMinimumWidth(px(220))
        self._add = button(_("增加一个词"), self._ask_word, icon_name="plus", name="add_word")
        flow.addWidget(self.choice)
        flow.addWidget(self._add)
        box.addWidget(line)
        self._source = Note("", "hint")
        box.addWidget(self._source)
        self.table = SimpleTable([_("代码"), _("名称"), _("也可以写作")])
        self.table.setAccessibleName(_("字典内容"))
        self.table.setMinimumHeight(px(280))
        box.addWidget(self.table, 1)
        self._fill()
        self.choice.currentIndexChanged.connect(self._show)
        desk.changed.connect(self._fill)

    def _fill(self) -> None:
        chosen = self.choice.currentData()
        self._dictionaries = {known.id: known for known in dictionaries.dictionaries(self._desk.branch)}
        self.choice.blockSignals(True)
        self.choice.clear()
        for known in self._dictionaries.values():
            self.choice.addItem(choose(known.title, known.title_en), known.id)
        self.choice.setCurrentIndex(max(0, self.choice.findData(chosen)))
        self.choice.blockSignals(False)
        self._show()

    def _show(self) -> None:
        known = self._dictionaries[self.choice.currentData()]
        self._source.setText(_("依据：{source}（{edition} 版）", source=known.source, edition=known.edition))
        own = _("本支部")
        self.table.show_rows(
            [
                (
                    own if entry.code.startswith("own_") else entry.code if entry.code.isdecimal() else "",
                    entry.shown(),
                    listed(entry.aliases),
                )
                for entry in known.entries
            ]
        )
        self._add.setEnabled(known.open and self._desk.branch.person.role.may_write)

    def _ask_word(self) -> None:
        LineDialog(_("增加一个词"), "", _("如 统战委员"), _("增加"), self._add_word, self).open()

    def _add_word(self, word: str) -> None:
        work = partial(dictionaries.add_word, self._desk.branch, self.choice.currentData(), word)
        self._desk.do(work, _("已增加“{word}”。", word=word.strip()))


class InputPage(QWidget):
    """Whether Chinese can be typed here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        box = column(gap=10, parent=self)
        box.addWidget(Note(_("如果打不出汉字，请在下面的框里试一试，按提示处理。")))
        box.addWidget(InputSelfTestBox(*desk.typing))
        box.addStretch(1)
