"""One form on the workbench: its parts, what is asked about the chosen one, and what is wrong."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from branchdesk.forms import editing
from branchdesk.forms.indicator_edits import add_indicator
from branchdesk.forms.language import Form
from branchdesk.forms.parts import GROUP, THE_FORM, Part, part_of, parts_of
from branchdesk.forms.point_edits import add_bucket, add_point_rule
from branchdesk.i18n import _
from branchdesk.ui.fields.form_scroll import FormScroll
from branchdesk.ui.look import px
from branchdesk.ui.screens.form_designer.draft import DesignerDraft
from branchdesk.ui.screens.form_designer.mistakes import DraftMistake, mistakes_of
from branchdesk.ui.screens.form_designer.properties import PropertyPane
from branchdesk.ui.screens.form_designer.structure import StructureTree
from branchdesk.ui.widgets.layouts import column, frame, row

_TREE_SHARE, _PROPERTY_SHARE = 10, 10
_LAID_OUT_MILLISECONDS = 30  # a panel that was just built has its heights by then
_BELOW_FOCUS = 40  # so much of what follows is seen below the field with the keyboard


class Workbench(QWidget):
    """Works on a draft. `changed` tells that it is another form now."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.draft: DesignerDraft | None = None
        self.mistakes: list[DraftMistake] = []
        self.structure = StructureTree()
        self.properties = PropertyPane()
        self._scroll = FormScroll(self.properties)
        self._following = QTimer(self)
        self._tree_card = frame("card")
        self._property_card = frame("card")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        line = row(gap=12, parent=self)
        left = column(margin=12, gap=8, parent=self._tree_card)
        left.addWidget(self.structure, 1)
        right = column(margin=12, gap=0, parent=self._property_card)
        right.addWidget(self._scroll)
        line.addWidget(self._tree_card, _TREE_SHARE)
        line.addWidget(self._property_card, _PROPERTY_SHARE)

    def _connect(self) -> None:
        self.structure.chosen.connect(self._choose)
        self.structure.add_requested.connect(self.add)
        self.structure.move_requested.connect(self._move)
        self.structure.hide_requested.connect(self._hide)
        self.structure.removal_requested.connect(self._remove)
        self.structure.rename_requested.connect(self.properties.rename)
        self.properties.changed.connect(self._take)
        self.properties.row_changed.connect(self._following.start)
        self._following.setSingleShot(True)
        self._following.setInterval(_LAID_OUT_MILLISECONDS)
        self._following.timeout.connect(self._follow_focus)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._following.start)

    def _follow_focus(self) -> None:
        """Scroll to what has the focus, however it got it, once the panel is laid out."""
        now = QApplication.focusWidget()
        if now is not None and self.isVisible() and self._scroll.isAncestorOf(now):
            self._scroll.ensureWidgetVisible(now, 0, px(_BELOW_FOCUS))

    # ---- showing

    def begin(self, draft: DesignerDraft) -> None:
        """Work on a draft."""
        self.draft = draft
        self._show(THE_FORM)

    def step_back(self) -> bool:
        """Take back the last edit; False where there is none."""
        self.properties.commit()
        return self._show_step(stepped=self.draft is not None and self.draft.undo())

    def step_forward(self) -> bool:
        """Do again what was taken back; False where nothing was."""
        self.properties.commit()
        return self._show_step(stepped=self.draft is not None and self.draft.redo())

    def _show_step(self, *, stepped: bool) -> bool:
        if stepped:
            self._show(self.structure.part)
            self.changed.emit()
        return stepped

    def go_to_mistake(self) -> None:
        """Choose the part with the first mistake, ready to be mended."""
        if self.mistakes:
            wrong = self.mistakes[0].parts
            if self.structure.part not in wrong:
                self.structure.choose(wrong[0])
            self.properties.rename()

    def _show(self, part: Part) -> None:
        draft = self.draft
        if draft is None:
            return
        self.mistakes = mistakes_of(draft.form)
        self.structure.show_form(draft.form, draft.released, part)
        self._choose(self.structure.part)

    def _choose(self, part: Part) -> None:
        self.properties.commit()
        if self.draft is not None:
            said = [one.sentence for one in self.mistakes if part in one.parts]
            self.properties.show_part(self.draft.form, part, "".join(said[:1]))

    # ---- changing

    def _take(self, form: Form, part: Part | None = None) -> None:
        draft = self.draft
        if draft is not None and draft.take(form):
            self._show(part or self.structure.part)
            self.changed.emit()

    def add(self, kind: str) -> None:
        """Add a part beside the chosen one and ask for its name."""
        if self.draft is None:
            return
        self.properties.commit()
        form, beside = self.draft.form, self.structure.part
        if kind == GROUP:
            self.properties.begin_line()
            return
        match kind:
            case "section":
                grown, part = editing.add_section(form, _new_name(form, _("新的部分")), beside)
            case "table":
                grown, part = editing.add_table(form, _new_name(form, _("新的表格")), _("第一列"), beside)
            case "column":
                grown, part = editing.add_column(form, "text", _new_name(form, _("新的一列")), beside)
            case "signature":
                grown, part = editing.add_signature(form, _("签名人"), beside)
            case "indicator":
                grown, part = add_indicator(form, _new_name(form, _("新的检查项")), beside)
            case "point_rule":
                name = _new_name(form, _("新的积分项目"))
                grown, part = add_point_rule(form, name, beside, self.draft.released)
            case "bucket":
                grown, part = add_bucket(form, _new_name(form, _("新的一类积分")), beside)
            case _:
                grown, part = editing.add_field(form, "text", _new_name(form, _("新的一栏")), beside)
        self._take(grown, part)
        self.properties.rename()

    def begin_field(self) -> None:
        """Ctrl+N: another of what the tree stands on, a column, a line of an inspection, else a field."""
        self.add(self.structure.another)

    def _move(self, step: int) -> None:
        if self.draft is not None:
            self.properties.commit()
            self._take(editing.move_part(self.draft.form, self.structure.part, step))

    def _hide(self, hidden: bool) -> None:  # noqa: FBT001 - what the signal tells
        if self.draft is not None:
            self.properties.commit()
            self._take(editing.hide_part(self.draft.form, self.structure.part, hidden=hidden))

    def _remove(self) -> None:
        draft, part = self.draft, self.structure.part
        if draft is None or not editing.can_be_taken_out(draft.form, part, draft.released):
            return
        parts = parts_of(draft.form)
        beside = parts[max(0, parts.index(part) - 1)]
        self._take(editing.take_out(draft.form, part), beside)


def _new_name(form: Form, words: str) -> str:
    """A name that no part of the form has yet."""
    labels = {found.label for part in parts_of(form) if (found := part_of(form, part)) is not None}
    number, name = 1, words
    while name in labels:
        number += 1
        name = f"{words}{number}"
    return name
