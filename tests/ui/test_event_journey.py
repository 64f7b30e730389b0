"""Events of a Party life: recorded and corrected in the window, and what lists and papers make of them."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QListWidget, QTabWidget

from branchdesk.services.rosters import roster_on
from branchdesk.ui.dialogs import MessageDialog
from branchdesk.ui.screens.printing import RosterChoices
from branchdesk.ui.screens.rosters.belongings import EventList
from branchdesk.ui.screens.rosters.event_dialog import EventDialog
from branchdesk.ui.screens.rosters.screen import RosterScreen
from support import hands
from support.branches import SettableClock
from support.hands import CTRL, Key, shown
from support.papers import text_of
from support.stage import Stage, known_branch


@pytest.fixture
def page(stage: Stage, the_clock: SettableClock) -> RosterScreen:
    """The roster of the sample branch on 21 November 2026, with 林雪 in the pane and her events in front."""
    del the_clock
    stage.open()
    page = stage.roster()
    hands.go_to(page, "林雪", "department")
    tabs = page.details.findChild(QTabWidget)
    assert isinstance(tabs, QTabWidget)
    tabs.setCurrentIndex(1)
    return page


def events(page: RosterScreen) -> QListWidget:
    found = page.details.findChild(EventList)
    assert isinstance(found, EventList)
    return found.list


def said(page: RosterScreen) -> list[str]:
    """The events of the member as they are listed."""
    return [events(page).item(place).text() for place in range(events(page).count())]


def open_event(page: RosterScreen, kind: str) -> None:
    """Double-click the event of a kind."""
    row = next(place for place, line in enumerate(said(page)) if kind in line)
    hands.double_click(events(page), events(page).model().index(row, 0))


def counts(page: RosterScreen) -> dict[str, str]:
    """The numbers in the tree by name."""
    found = {}
    for place in range(page.tree.topLevelItemCount()):
        item = page.tree.topLevelItem(place)
        assert item is not None
        found[item.text(0)] = item.text(1)
    return found


def record(stage: Stage, kind: str, day: str, **more: str) -> EventDialog:
    """Record an event by what the dialog asks for; `more` are lines by name."""
    stage.press("record_event")
    dialog = stage.dialog(EventDialog)
    hands.pick(dialog.kind, kind)
    hands.fill(dialog.on, day)
    for name, text in more.items():
        hands.fill(getattr(dialog, name), text)
    stage.press("save", dialog)
    return dialog


def open_list(page: RosterScreen, name: str) -> None:
    """Click a list beside the organisations."""
    for place in range(page.tree.topLevelItemCount()):
        item = page.tree.topLevelItem(place)
        if item is not None and item.text(0) == name:
            hands.click(page.tree, page.tree.indexFromItem(item))


def test_a_confirmation_makes_a_full_member_and_undo_takes_it_back(stage: Stage, page: RosterScreen) -> None:
    record(stage, "转正", "2026.11.20", document="滨直发〔2026〕8号")
    assert shown(page, "林雪", "category") == "正式党员"
    assert shown(page, "林雪", "confirmed_on") == "2026.11.20"
    assert said(page)[1] == "2026.11.20  转正  滨直发〔2026〕8号"
    assert said(page)[-1].startswith("在本支部（转入日期未填）"), "what is not known comes last"
    page.members.grid.setFocus()
    hands.press(Key.Key_Z, CTRL)
    assert shown(page, "林雪", "category") == "预备党员"


def test_who_is_transferred_out_stands_on_that_list_from_then_on(stage: Stage, page: RosterScreen) -> None:
    record(stage, "组织关系转出", "2026.11.01", place="中共江州市委组织部")
    assert "林雪" not in hands.people(page)
    assert counts(page)["已转出"] == "1"
    assert counts(page)["信息中心支部（示例）"] == "23"
    open_list(page, "已转出")
    assert hands.people(page) == ["林雪"]
    assert "中共江州市委组织部" in said(page)[-1]
    chips = [label.text() for label in page.details.findChildren(QLabel)]
    assert "已转出" in chips
    stage.end()
    stage.open(branch=known_branch())
    assert counts(stage.roster())["已转出"] == "1"


def test_who_has_died_is_kept_among_the_former_members(stage: Stage, page: RosterScreen) -> None:
    record(stage, "去世", "2026.10.02")
    assert "林雪" not in hands.people(page)
    assert counts(page)["历史党员"] == "1"
    open_list(page, "历史党员")
    assert hands.people(page) == ["林雪"]
    stage.press("record_event")
    assert stage.dialog(MessageDialog).sentence.text() == "林雪 现在没有可以登记的变动。"


def test_the_roster_as_of_an_earlier_day_does_not_change(stage: Stage, page: RosterScreen) -> None:
    stage.window.show_screen("print_roster")
    before = paper_as_of(stage, "2026.09.30")
    record_again(stage)
    stage.window.show_screen("print_roster")
    assert paper_as_of(stage, "2026.09.30") == before
    assert "林雪" in before.replace(" ", "").replace("\u3000", "")
    day = roster_on(stage.desk.branch, page.roster.around.today)
    assert "林雪" not in [row.values["name"] for row in day.rows]


def record_again(stage: Stage) -> None:
    stage.close_dialogs()
    record(stage, "组织关系转出", "2026.11.01", place="中共江州市委组织部")


def paper_as_of(stage: Stage, day: str) -> str:
    """The text of the roster in the preview, as of a day."""
    dialog = stage.printing()
    choices = dialog.findChild(RosterChoices)
    assert choices is not None
    stage.wait(lambda: bool(dialog.pdf))
    before = dialog.pdf
    hands.fill(choices.day, day)
    stage.wait(lambda: dialog.pdf != before)
    made = text_of(dialog.pdf)
    stage.close_dialogs()
    return made


def test_an_event_entered_wrongly_is_corrected(stage: Stage, page: RosterScreen) -> None:
    record(stage, "转正", "2026.11.20")
    open_event(page, "转正")
    dialog = stage.dialog(EventDialog)
    assert dialog.on.text() == "2026.11.20"
    hands.fill(dialog.on, "2026.11.18")
    stage.press("save", dialog)
    assert shown(page, "林雪", "confirmed_on") == "2026.11.18"
    assert said(page)[1].startswith("2026.11.18")
    assert len([line for line in said(page) if "转正" in line]) == 1


def test_an_event_recorded_by_mistake_is_taken_away(stage: Stage, page: RosterScreen) -> None:
    before = said(page)
    record(stage, "转正", "2026.11.20")
    open_event(page, "转正")
    stage.press("remove", stage.dialog(EventDialog))
    assert stage.window.toast.sentence == "记录已删除。"
    assert said(page) == before
    assert shown(page, "林雪", "category") == "预备党员"


def test_a_day_that_does_not_exist_is_refused_in_the_dialog(stage: Stage, page: RosterScreen) -> None:
    dialog = record(stage, "转正", "2026.02.30")
    assert dialog.isVisible()
    assert "没有 30 日" in dialog.wrong.text()
    assert shown(page, "林雪", "category") == "预备党员"
    hands.fill(dialog.on, "2026.11")
    stage.press("save", dialog)
    assert shown(page, "林雪", "confirmed_on") == "2026.11"


def test_a_member_who_comes_back_is_on_the_roster_again(stage: Stage, page: RosterScreen) -> None:
    record(stage, "组织关系转出", "2026.10.01")
    open_list(page, "已转出")
    record(stage, "组织关系转入", "2026.11.20", place="中共江州市委组织部")
    assert hands.people(page) == []
    root = page.tree.topLevelItem(0)
    assert root is not None
    hands.click(page.tree, page.tree.indexFromItem(root))
    assert "林雪" in hands.people(page)
