"""The buttons at the head of the designer: those of the list and those of a draft."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QPushButton

from branchdesk.i18n import _
from branchdesk.ui.widgets.buttons import button


class Wishes(Protocol):
    """What the buttons ask for."""

    def close_draft(self) -> None:
        """Back to the list."""

    def undo(self) -> None:
        """Take back the last edit."""

    def redo(self) -> None:
        """Do again what was taken back."""

    def ask_discard(self) -> None:
        """Ask before the draft is thrown away."""

    def open_chosen(self) -> None:
        """Work on the chosen form."""

    def copy_chosen(self) -> None:
        """Copy the chosen form."""

    def toggle_details(self) -> None:
        """Show the form as it will be, or the parts again."""

    def ask_publish(self) -> None:
        """Ask from when the draft is used."""


class HeadButtons:
    """The buttons in their order; the last two are primary, one for the list and one for a draft."""

    def __init__(self, wishes: Wishes) -> None:
        self.back = button(_("返回清单"), wishes.close_draft, icon_name="arrow-left", name="back_to_forms")
        self.undo = button(
            "", wishes.undo, icon_name="arrow-back-up", tip=_("撤销（Ctrl+Z）"), name="undo_form"
        )
        self.redo = button(
            "", wishes.redo, icon_name="arrow-forward-up", tip=_("恢复（Ctrl+Y）"), name="redo_form"
        )
        self.look = button(_("看样子"), wishes.toggle_details, icon_name="eye", tip="F4", name="look_at_form")
        self.discard = button(_("放弃草稿"), wishes.ask_discard, look="ghost", name="discard_draft")
        self.edit = button(_("编辑"), wishes.open_chosen, icon_name="edit", name="edit_form")
        self.copy = button(_("复制"), wishes.copy_chosen, look="primary", icon_name="copy", name="copy_form")
        self.publish = button(
            _("发布新版本"), wishes.ask_publish, look="primary", icon_name="check", name="publish_form"
        )

    def all(self) -> list[QPushButton]:
        """All of them, from left to right."""
        return [
            *(self.back, self.undo, self.redo, self.discard),
            *(self.look, self.edit, self.copy, self.publish),
        ]

    def show_for(self, *, draft: bool) -> None:
        """Show those of a draft, or those of the list."""
        for one in (self.back, self.undo, self.redo, self.publish):
            one.setVisible(draft)
        for one in (self.edit, self.copy):
            one.setVisible(not draft)
