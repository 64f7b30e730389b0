"""What a form shows and nobody types: counted figures, lines of an inspection, places for signatures."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from branchdesk.findings import Finding
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.language import Field
from branchdesk.i18n import _, choose, joined
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


class IndicatorLabel(FigureLabel):
    """Says what a line of an inspection is worth and asks; it is scored in the window of inspections."""

    def __init__(self, field: Field, vocabulary: Vocabulary) -> None:
        super().__init__(field, vocabulary)
        self.label.setText(_told(field))
        self.label.setProperty("role", "second")

    @override
    def show_figure(self, text: str) -> None:
        """A score is not shown here."""


def _told(line: Field) -> str:
    """The number and points of a line, its standard, who answers for it and what proves it."""
    if line.points is None:
        worth = _("{number}，一票否决。", number=line.number)
    elif line.bonus:
        worth = _("{number}，最多加 {n} 分。", number=line.number, n=f"{line.points.normalize():f}")
    else:
        worth = _("{number}，{n} 分。", number=line.number, n=f"{line.points.normalize():f}")
    post = _("责任岗位：{post}。", post=line.post) if line.post else ""
    proof = choose(line.proof, line.proof_en)
    return joined(worth, line.hint(), post, _("佐证：{proof}。", proof=proof) if proof else "")
