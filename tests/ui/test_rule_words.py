"""Sentences of the window that name the number of a rule follow the rule."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import pytest

from branchdesk.forms.rules import shipped_rules
from branchdesk.rulebook import RuleBook
from branchdesk.ui import bin_dialog
from branchdesk.ui.bin_dialog import BinDialog
from branchdesk.ui.screens.inspection import InspectionScreen, check_panel
from branchdesk.ui.screens.inspection.check_panel import CheckPanel
from branchdesk.ui.screens.inspections import InspectionsScreen
from branchdesk.ui.screens.inspections.screen import SHEETS
from branchdesk.ui.widgets.texts import Note
from support.inspected_quarters import inspected
from support.stage import Stage


def change_rule(monkeypatch: pytest.MonkeyPatch, reader: ModuleType, rule: str, value: int) -> None:
    """Let a module read another number of a rule."""
    rules = shipped_rules().rules
    book = RuleBook(tuple(replace(one, value=value) if one.id == rule else one for one in rules))
    monkeypatch.setattr(reader, "shipped_rules", lambda: book)


def test_how_long_the_recycle_bin_keeps_things(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    change_rule(monkeypatch, bin_dialog, "bin_days", 40)
    stage.open()
    page = stage.go("inspections", SHEETS)
    assert isinstance(page, InspectionsScreen)
    inspected(stage.desk)
    page.sheets.table.selectRow(0)
    page.delete_selected()
    said = [note.text() for note in stage.dialog(BinDialog).findChildren(Note)]
    assert "把 1 张检查表移到回收站，40 天内可以恢复。" in said


def test_how_many_inspect_at_least(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    change_rule(monkeypatch, check_panel, "inspectors_least", 3)
    stage.open()
    page = stage.go("inspection", inspected(stage.desk))
    assert isinstance(page, InspectionScreen)
    panel = page.findChild(CheckPanel)
    assert isinstance(panel, CheckPanel)
    assert panel.by.placeholderText() == "3 人以上"
