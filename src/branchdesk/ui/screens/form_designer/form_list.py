"""The list of forms: those that ship, those received from above, those made here, and drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from branchdesk.forms.language import Form
from branchdesk.forms.shelf import HERE, RECEIVED, SHIPPED, Shelf
from branchdesk.i18n import _, later
from branchdesk.services.member_edits import member_form
from branchdesk.services.organisations import profile_form
from branchdesk.ui.look import px
from branchdesk.ui.screens.form_designer.draft import KeptDraft
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.tables import SimpleTable
from branchdesk.ui.widgets.texts import Note

_SPOT_CHECK = "inspection.spot_check"
ORIGINS = {SHIPPED: later("程序自带"), RECEIVED: later("上级下发"), HERE: later("本支部")}


@dataclass(frozen=True)
class ListedForm:
    """A form of the list: its newest version, where it comes from (empty for a draft only), its draft."""

    form: Form
    origin: str
    draft: KeptDraft | None = None

    @property
    def is_own(self) -> bool:
        """Whether it may be changed here."""
        return self.origin in {"", HERE}

    def cells(self) -> tuple[str, str, str]:
        """Title, origin and version as the list shows them."""
        origin = _(ORIGINS[self.origin]) if self.origin else _("本支部")
        if not self.origin:
            version = _("草稿")
        elif self.draft is not None:
            version = _("第 {n} 版，有草稿", n=self.form.version)
        else:
            version = _("第 {n} 版", n=self.form.version)
        return self.form.shown(), origin, version


def listed_forms(shelf: Shelf, drafts: dict[str, KeptDraft]) -> list[ListedForm]:
    """The forms that clerks fill in, meetings first and drafts last.

    The files of members and organisations are none, and a spot check is what the program draws it for.
    """
    files = {member_form().kind, profile_form().kind, _SPOT_CHECK}
    known = [form for form in shelf.newest() if form.kind not in files]
    known.sort(key=lambda form: form.meeting is None)
    found = [ListedForm(form, shelf.origin(form.kind), drafts.get(form.kind)) for form in known]
    kinds = {form.kind for form in known}
    return found + [ListedForm(kept.form, "", kept) for kind, kept in drafts.items() if kind not in kinds]


class _Table(SimpleTable):
    """The table; Enter opens what is chosen."""

    opened = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class FormList(QWidget):
    """Shows forms. `chosen` tells that another is looked at, `opened` that one is to be worked on."""

    chosen = Signal()
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._forms: list[ListedForm] = []
        box = column(gap=8, parent=self)
        box.addWidget(
            Note(_("程序自带和上级下发的表单不能直接改；复制一份，就可以增减栏目，成为本支部自己的表单。"))
        )
        self.table = _Table([_("表单"), _("来源"), _("版本")], 0)
        self.table.setAccessibleName(_("表单"))
        self.table.setMinimumHeight(px(160))
        box.addWidget(self.table, 1)
        self.table.currentCellChanged.connect(self._tell)
        self.table.opened.connect(self.opened)
        self.table.cellDoubleClicked.connect(self._open)
        self.setFocusProxy(self.table)

    def show_forms(self, forms: Sequence[ListedForm], kind: str = "") -> None:
        """Show forms, with the one of a kind chosen where there is such a one."""
        self._forms = list(forms)
        self.table.blockSignals(True)
        self.table.show_rows([one.cells() for one in forms])
        self.choose(kind)
        self.table.blockSignals(False)
        self.chosen.emit()

    def choose(self, kind: str) -> None:
        """Choose the form of a kind, where there is such a one."""
        places = [place for place, one in enumerate(self._forms) if one.form.kind == kind]
        if places:
            self.table.selectRow(places[0])

    @property
    def current(self) -> ListedForm | None:
        """The form that is chosen."""
        row = self.table.currentRow()
        return self._forms[row] if 0 <= row < len(self._forms) else None

    @property
    def forms(self) -> list[ListedForm]:
        """Everything on the list."""
        return list(self._forms)

    def _tell(self) -> None:
        self.chosen.emit()

    def _open(self) -> None:
        self.opened.emit()
