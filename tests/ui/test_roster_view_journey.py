"""Looking at the roster: filters, sorting, columns, saved views, cards, the tree, panes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHeaderView, QLineEdit, QMenu, QPushButton

from branchdesk.domain.names import stroke_key
from branchdesk.ui.dialogs import LineDialog
from branchdesk.ui.screens.rosters.dialogs import ColumnDialog
from branchdesk.ui.screens.rosters.screen import RosterScreen
from support import hands
from support.hands import CTRL, Key, shown
from support.stage import Stage, known_branch

Typing = Callable[[str, str], list[str]]


@pytest.fixture
def page(stage: Stage) -> RosterScreen:
    """The roster of the sample branch in front."""
    stage.open()
    return stage.roster()


@pytest.fixture
def typed(stage: Stage, page: RosterScreen) -> Typing:
    """Type above a column; who is left in the list."""

    def type_above(field: str, text: str) -> list[str]:
        line = page.findChild(QLineEdit, f"filter_{field}")
        assert isinstance(line, QLineEdit)
        page.members.grid.scrollTo(page.members.model.index(0, hands.column(page, field)))
        assert line.isVisible()
        line.setFocus(Qt.FocusReason.MouseFocusReason)
        hands.press(Key.Key_A, CTRL)
        hands.press(Key.Key_Delete)
        before = page.roster.query
        hands.write(text)
        stage.wait(lambda: page.roster.query is not before)
        stage.qtbot.wait(150)
        return hands.people(page)

    return type_above


def hidden_menu(page: RosterScreen) -> QMenu:
    """The menu of orders and saved views."""
    view = page.findChild(QPushButton, "view")
    assert isinstance(view, QPushButton)
    menu = view.menu()
    menu.aboutToShow.emit()
    return menu


def choose_view(page: RosterScreen, words: str) -> None:
    next(action for action in hidden_menu(page).actions() if action.text() == words).trigger()


def click_heading(page: RosterScreen, field: str) -> None:
    grid, section = page.members.grid, hands.column(page, field)
    grid.scrollTo(hands.cell(page, hands.people(page)[0], field))
    holds = grid.frozen.holds(hands.cell(page, hands.people(page)[0], field))
    header: QHeaderView = grid.frozen.filter_header if holds else grid.filter_header
    point = QPoint(header.sectionViewportPosition(section) + 20, 12)
    hands.click_at(header.viewport(), point)


# ---- filters


def test_pinyin_initials_above_the_name_find_people(typed: Typing) -> None:
    found = typed("name", "zjg")
    assert found == ["周建国"]


def test_characters_and_words_narrow_the_list_and_the_counts(page: RosterScreen, typed: Typing) -> None:
    assert typed("department", "信息科") == ["刘洋", "何静", "马俊杰", "单雄伟"]
    assert "4 名党员" in page.subtitle.text()
    assert hands.focused() is page.findChild(QLineEdit, "filter_department"), "the cursor stays there"
    assert typed("sex", "男") == ["刘洋", "马俊杰", "单雄伟"]


def test_empty_and_filled_cells_are_found(typed: Typing) -> None:
    assert typed("born_on", "空") == ["黄文博"]
    assert len(typed("born_on", "非空")) == 23


def test_an_age_above_the_birthday_is_compared(page: RosterScreen, typed: Typing) -> None:
    found = typed("born_on", ">60")
    assert "梁建华" in found
    assert all(shown(page, name, "born_on") < "1967" for name in found)


def test_escape_empties_a_filter_and_down_goes_to_the_list(
    stage: Stage, page: RosterScreen, typed: Typing
) -> None:
    typed("name", "zjg")
    hands.press(Key.Key_Down)
    assert hands.focused() is page.members.grid
    hands.press(Key.Key_F, CTRL)
    hands.press(Key.Key_Escape)
    stage.wait(lambda: len(hands.people(page)) == 24)


def test_a_filter_that_finds_nobody_leaves_the_grid_and_not_the_empty_state(
    page: RosterScreen, typed: Typing
) -> None:
    assert typed("name", "qqqq") == []
    assert page.members.pane is page.members.grid


# ---- order


def test_a_click_on_a_heading_sorts_and_another_turns_it_round(page: RosterScreen) -> None:
    click_heading(page, "born_on")
    born = [shown(page, name, "born_on") for name in hands.people(page)]
    assert [day for day in born if day] == sorted(day for day in born if day)
    click_heading(page, "born_on")
    born = [shown(page, name, "born_on") for name in hands.people(page)]
    assert [day for day in born if day] == sorted((day for day in born if day), reverse=True)
    assert hands.people(page)[0] != "周建国"


def test_the_order_by_strokes_is_the_official_one(page: RosterScreen) -> None:
    choose_view(page, "姓氏笔画")
    names = hands.people(page)
    assert names == sorted(names, key=stroke_key)
    assert names[0].startswith("马"), "three strokes"
    choose_view(page, "录入顺序")
    assert hands.people(page)[0] == "周建国"


def test_only_members_with_problems_are_shown(stage: Stage, page: RosterScreen) -> None:
    stage.press("only_findings")
    assert hands.people(page) == ["赵立新", "黄文博"]
    stage.press("only_findings")
    assert len(hands.people(page)) == 24


# ---- columns and views


def test_columns_are_chosen_in_a_dialog(stage: Stage, page: RosterScreen) -> None:
    place = hands.column(page, "native_place")
    assert page.members.grid.isColumnHidden(place)
    stage.press("columns")
    dialog = stage.dialog(ColumnDialog)
    words = [dialog.list.item(number).text() for number in range(dialog.list.count())]
    dialog.list.setCurrentRow(words.index("籍贯"))
    dialog.list.setFocus()
    hands.press(Key.Key_Space)
    stage.press("take", dialog)
    assert not page.members.grid.isColumnHidden(place)
    stage.press("columns")
    dialog = stage.dialog(ColumnDialog)
    stage.press("usual", dialog)
    stage.press("take", dialog)
    assert page.members.grid.isColumnHidden(place)


def test_a_saved_view_comes_back_with_filters_order_and_columns(
    stage: Stage, page: RosterScreen, typed: Typing
) -> None:
    typed("department", "信息科")
    click_heading(page, "born_on")
    page.members.arrangement.show_column("native_place")
    seen = hands.people(page)
    choose_view(page, "把现在的列、筛选和排序存为视图…")
    stage.dialog(LineDialog)
    hands.write("信息科的人")
    hands.press(Key.Key_Return)
    stage.wait(lambda: stage.window.toast.sentence == "视图“信息科的人”已保存。")
    stage.end()
    stage.open(branch=known_branch())
    page = stage.roster()
    assert len(hands.people(page)) == 24
    choose_view(page, "信息科的人")
    assert hands.people(page) == seen
    assert page.members.grid.filter_texts() == {"department": "信息科"}
    assert not page.members.grid.isColumnHidden(hands.column(page, "native_place"))


def test_a_filter_goes_with_its_column_and_stays_with_the_others(
    stage: Stage, page: RosterScreen, typed: Typing
) -> None:
    typed("department", "信息科")
    page.members.arrangement.show_column("native_place")
    typed("native_place", "安徽")
    assert len(hands.people(page)) < 4
    stage.press("columns")
    dialog = stage.dialog(ColumnDialog)
    stage.press("usual", dialog)
    stage.press("take", dialog)
    assert len(hands.people(page)) == 4
    assert page.members.grid.filter_texts() == {"department": "信息科"}


# ---- cards, tree, panes


def test_cards_show_the_same_people_and_stay_on_the_same_one(stage: Stage, page: RosterScreen) -> None:
    hands.go_to(page, "刘洋", "department")
    stage.press("segment_cards")
    assert page.members.pane is page.members.cards
    assert page.members.cards.currentIndex().row() == hands.row(page, "刘洋")
    assert page.members.cards.model().rowCount(QModelIndex()) >= 24
    hands.press(Key.Key_Right)
    assert page.details.file is not None
    assert page.details.file.name == "黄文博"
    stage.press("segment_table")
    assert page.members.grid.currentIndex().row() == hands.row(page, "黄文博")


def test_the_tree_counts_and_shows_a_group(page: RosterScreen) -> None:
    tree = page.tree
    root = tree.topLevelItem(0)
    assert root is not None
    group = root.child(1)
    assert (root.text(1), group.text(0), group.text(1)) == ("24", "第二党小组", "9")
    hands.click(tree, tree.indexFromItem(group))
    assert len(hands.people(page)) == 9
    assert all(shown(page, name, "group") == "第二党小组" for name in hands.people(page))
    assert "9 名党员" in page.subtitle.text()


def test_moving_somebody_to_another_group_moves_the_count(page: RosterScreen) -> None:
    hands.go_to(page, "刘洋", "group")
    hands.write("第一党小组")
    hands.press(Key.Key_Tab)
    root = page.tree.topLevelItem(0)
    assert root is not None
    assert [root.child(place).text(1) for place in range(3)] == ["8", "9", "7"]


def test_an_empty_list_of_the_tree_says_nothing_about_beginning(page: RosterScreen) -> None:
    item = page.tree.topLevelItem(3)
    assert item is not None
    assert item.text(0) == "已转出"
    hands.click(page.tree, page.tree.indexFromItem(item))
    assert hands.people(page) == []
    assert page.members.pane is page.members.grid


def test_f4_f6_and_f11_bring_and_hide_panes(page: RosterScreen) -> None:
    assert page.details.isVisible()
    hands.press(Key.Key_F4)
    assert not page.details.isVisible()
    hands.press(Key.Key_F4)
    assert page.details.isVisible()
    hands.press(Key.Key_F6)
    assert page.details.isAncestorOf(hands.focused())
    hands.press(Key.Key_F6, hands.SHIFT)
    assert hands.focused() is page.members.grid
    hands.press(Key.Key_F11)
    assert not page.head.isVisible()
    assert not page.tree.isVisible()
    assert not page.details.isVisible()
    hands.press(Key.Key_F11)
    assert page.tree.isVisible()


def test_a_column_can_be_made_wider_by_pulling_its_edge(page: RosterScreen) -> None:
    grid, section = page.members.grid, 0
    header = grid.frozen.filter_header
    width = grid.columnWidth(section)
    edge = QPoint(header.sectionViewportPosition(section) + width - 1, 12)
    window = grid.window()
    start = header.viewport().mapTo(window, edge)
    handle = window.windowHandle()
    left = Qt.MouseButton.LeftButton
    QTest.mouseMove(handle, start)
    QTest.mousePress(handle, left, pos=start)
    QTest.mouseMove(handle, start + QPoint(40, 0))
    QTest.mouseRelease(handle, left, pos=start + QPoint(40, 0))
    assert grid.columnWidth(section) > width + 20
    assert grid.frozen.columnWidth(section) == grid.columnWidth(section)
