"""What a form shows and nobody types: figures that are counted, and places for signatures."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from branchdesk.findings import Finding
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.language import Field
from branchdesk.i18n import _
from branchdesk.ui.fields.base import FieldEditor
from branchdesk.ui.look import px
from branchdesk.ui.widgets.texts import Note


class FigureLabel(FieldEditor):
    """A figure that follows from the rest of the form; set from outside."""

    has_text = False

    def __init__(self, field: Field, vocabulary: Vocabulary) -> None:
        super().__init__(field, vocabulary)
        self.label = Note("—", "strong")
        self.label.setAccessibleName(field.shown())
        self.label.setToolTip(field.hint())
        self.label.setMinimumHeight(px(32))
        self.label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.row.addWidget(self.label)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_figure(self, text: str) -> None:
        """Show a figure; an empty one shows as a dash."""
        self.label.setText(text or "—")

    @override
    def text(self) -> str:
        return ""

    @override
    def _put(self, text: str) -> None:
        """Figures are shown by `show_figure`."""

    @override
    def mark(self, finding: Finding | None) -> None:
        self.label.setToolTip(finding.sentence if finding else self.field.hint())


class SignatureLabel(FigureLabel):
    """Says that the signature is given on paper; the program keeps none."""

    def __init__(self, field: Field, vocabulary: Vocabulary) -> None:
        super().__init__(field, vocabulary)
        self.label.setText(_("打印后手签"))
        self.label.setProperty("role", "second")

    @override
    def show_figure(self, text: str) -> None:
        """A signature is never shown."""
