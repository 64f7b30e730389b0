"""Typing the sums of a pile that was counted on paper with 正 strokes, instead of ballot by ballot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from branchdesk.domain.evaluations.ballot_findings import pass_title
from branchdesk.i18n import _, joined
from branchdesk.ui.dialogs import SheetDialog
from branchdesk.ui.screens.evaluations.ballots.count_table import CountTable
from branchdesk.ui.screens.evaluations.ballots.entry_dialog import Counting
from branchdesk.ui.screens.evaluations.ballots.words import counted_sentence, names_listed
from branchdesk.ui.widgets.choices import Count
from branchdesk.ui.widgets.layouts import Flow
from branchdesk.ui.widgets.texts import Note, Words, restyle

_WIDTH, _HEIGHT = 860, 560
_MOST_BALLOTS, _ROWS_SEEN = 9999, 3


@dataclass(frozen=True)
class TypedSums:
    """The sums of a pass: votes by subject and choice, valid and spoiled ballots."""

    votes: Mapping[str, Mapping[str, int]]
    valid: int
    spoiled: int


class CountEntryDialog(SheetDialog):
    """A table of sums. `on_counted` stores them and tells whether it could."""

    def __init__(self, counting: Counting, on_counted: Callable[[TypedSums], bool], parent: QWidget) -> None:
        heading = _(
            "录入合计 {code} · {number} · {counter}",
            code=counting.batch.code,
            number=pass_title(counting.number),
            counter=counting.counter,
        )
        super().__init__(heading, parent, width=_WIDTH, height=_HEIGHT)
        self.setObjectName("count_entry")
        self.counting = counting
        self._on_counted = on_counted
        self._warned = False
        self.spoiled = Count()
        self.spoiled.setRange(0, counting.returned or _MOST_BALLOTS)
        self.spoiled.setAccessibleName(_("废票"))
        self.told_ballots = Note("", "second")
        self.table = CountTable(counting.subjects, counting.grades)
        self.told = Note("", "error")
        self._lay_out()
        self.spoiled.valueChanged.connect(self._follow)
        self.table.changed.connect(self._follow)
        self.table.ended.connect(self._go_to_end)
        self._follow()
        self.table.setFocus()

    def _lay_out(self) -> None:
        line = QWidget()
        flow = Flow(line, gap=12)
        flow.addWidget(Words(_("废票"), "second"))
        flow.addWidget(self.spoiled)
        self.body.addWidget(line)
        self.body.addWidget(self.told_ballots)
        self.body.addWidget(Note(_("一格一格打数字，Enter 到下一格；没有填的票数自动算作“未评”。"), "hint"))
        self.table.keep_room(_ROWS_SEEN)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.told)
        self.add_button(_("取消"))
        self._save = self.add_button(_("存这一遍"), self._store, look="primary", name="save_sums")

    def _follow(self) -> None:
        """Reckon anew what is left of the ballots."""
        self._warned = False
        valid = self.counting.returned - self.spoiled.value()
        self.table.set_ballots(valid)
        self.told_ballots.setText(counted_sentence(self.counting.returned, valid, self.spoiled.value()))
        self._say(joined(*self.table.wrong[:1]), "error")

    def _say(self, sentence: str, role: str) -> None:
        restyle(self.told, "role", role)
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))

    def _go_to_end(self) -> None:
        self._save.setFocus()

    def _store(self) -> None:
        left_out = self.table.untouched
        if self.table.wrong:
            self._say(joined(*self.table.wrong[:3]), "error")
        elif left_out and not self._warned:
            self._warned = True
            self._say(
                _("{names}一票也没有录。再按一次，就全部按“未评”存。", names=names_listed(left_out)), "warn"
            )
        elif self._on_counted(TypedSums(self.table.votes, self.table.ballots, self.spoiled.value())):
            self.accept()
