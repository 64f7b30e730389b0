"""The form designer: copy a form, change it part by part, try it, publish it; never by hand in a file."""

from __future__ import annotations

from branchdesk.ui.screens.form_designer.screen import FormDesignerScreen

__all__ = ["FormDesignerScreen"]
