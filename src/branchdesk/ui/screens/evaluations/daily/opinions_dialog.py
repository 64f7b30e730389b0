"""The opinion of the group and the judgement of the branch for several members at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QComboBox, QWidget

from branchdesk.i18n import _, _n
from branchdesk.services.daily.reading import DailyYear
from branchdesk.services.daily.writing import OPINIONS
from branchdesk.ui.dialogs import SheetDialog
from branchdesk.ui.fields.form_pane import FormPane
from branchdesk.ui.screens.evaluations.daily.words import month_words
from branchdesk.ui.widgets.choices import Choice
from branchdesk.ui.widgets.texts import Note, Words

_WIDTH = 560


@dataclass(frozen=True)
class Addressed:
    """Some members who may be meant: the words for them, and their uids."""

    words: str
    people: tuple[str, ...]


class OpinionsDialog(SheetDialog):
    """Asks for whom and what; `on_said` gets the uids and the texts by field, and tells whether it went."""

    def __init__(
        self,
        year: DailyYear,
        month: int,
        addressed: Sequence[Addressed],
        on_said: Callable[[Sequence[str], dict[str, str]], bool],
        parent: QWidget,
    ) -> None:
        heading = _("意见和评价：{month}", month=month_words(year.year, month))
        super().__init__(heading, parent, width=_WIDTH)
        self.setObjectName("daily_opinions")
        self._on_said = on_said
        self._addressed = addressed
        self.body.addWidget(Note(_("空着的一栏不改；已定稿的写实不动。")))
        self.whom = Choice()
        for one in addressed:
            self.whom.addItem(_n("{who}（{n} 人）", len(one.people), who=one.words))
        self.whom.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.whom.setAccessibleName(_("给谁写"))
        label = Words(_("给谁写"), "second")
        label.setBuddy(self.whom)
        self.body.addWidget(label)
        self.body.addWidget(self.whom)
        known = [year.form.by_id[name] for name in OPINIONS if name in year.form.by_id]
        # Nothing has to be said here: what is left empty changes nothing.
        fields = [replace(one, required=False) for one in known]
        self.pane = FormPane(fields, year.vocabulary)
        self.body.addWidget(self.pane)
        self.remark = Note("", "error")
        self.remark.hide()
        self.body.addWidget(self.remark)
        self.add_button(_("取消"), name="cancel")
        self.add_button(_("写入"), self._write, look="primary", name="write_opinions")
        self.pane.take_focus()

    def _write(self) -> None:
        said = {name: text for name, text in self.pane.texts().items() if text.strip()}
        if not said:
            self.remark.setText(_("请写一栏意见，或者选一个评价。"))
            self.remark.show()
            self.pane.take_focus()
            return
        if self._on_said(self._addressed[self.whom.currentIndex()].people, said):
            self.accept()
