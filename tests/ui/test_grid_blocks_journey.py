"""Blocks of cells in the roster: pasting from Excel, copying, cutting, filling, as hands know it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from branchdesk import clock
from branchdesk.partial_dates import PartialDate
from branchdesk.services import members
from branchdesk.ui.screens.rosters.screen import RosterScreen
from support import hands
from support.hands import CTRL, Key, shown
from support.stage import Stage

# As Excel puts it there: line breaks and styles inside, numbers kept as text.
EXCEL_HTML = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>
<!--td {mso-number-format:General;}--></style></head><body>
<!--StartFragment--><table border=0><tr height=18><td class=xl65>信息
 科</td><td style='mso-number-format:"\\@"'>13900000001</td></tr>
<tr><td>统计科</td><td>13900000002</td></tr></table><!--EndFragment--></body></html>"""
EXCEL_TSV = "信息科\t13900000001\r\n统计科\t13900000002\r\n"


@pytest.fixture
def page(stage: Stage) -> RosterScreen:
    """The roster of the sample branch in front, with numbers in clear."""
    stage.open()
    page = stage.roster()
    show_numbers(stage, page, whole=True)
    return page


def show_numbers(stage: Stage, page: RosterScreen, *, whole: bool) -> None:
    stage.desk.revealed = whole
    page.members.refresh_cells()


def column_of(page: RosterScreen, field: str, names: list[str]) -> list[str]:
    return [shown(page, name, field) for name in names]


# ---- pasting


def test_a_block_from_excel_fills_the_cells_it_covers(stage: Stage, page: RosterScreen) -> None:
    hands.go_to(page, "刘洋", "department")
    hands.put_on_clipboard(EXCEL_TSV, EXCEL_HTML)
    hands.press(Key.Key_V, CTRL)
    assert column_of(page, "department", ["刘洋", "黄文博"]) == ["信息 科", "统计科"]
    assert column_of(page, "mobile", ["刘洋", "黄文博"]) == ["13900000001", "13900000002"]
    assert stage.window.toast.sentence == "已填入 4 格。"
    hands.press(Key.Key_Z, CTRL)
    assert column_of(page, "mobile", ["刘洋", "黄文博"]) == ["13900055433", "13900063352"]


def test_a_block_below_the_last_row_makes_new_members(page: RosterScreen) -> None:
    model = page.members.model
    hands.click(page.members.grid, model.index(model.rowCount() - 1, 0))
    hands.put_on_clipboard("张三\t男\r\n李四\t女\r\n")
    hands.press(Key.Key_V, CTRL)
    assert hands.people(page)[-2:] == ["张三", "李四"]
    assert shown(page, "李四", "sex") == "女"
    assert "26 名党员" in page.subtitle.text()
    hands.press(Key.Key_Z, CTRL)
    assert len(hands.people(page)) == 24


def test_rows_that_reach_past_the_end_change_some_and_make_others(page: RosterScreen) -> None:
    hands.go_to(page, "曹雨桐", "name")
    hands.put_on_clipboard("曹雨桐\t女\r\n张三\t男\r\n")
    hands.press(Key.Key_V, CTRL)
    assert hands.people(page)[-2:] == ["曹雨桐", "张三"]
    assert len(hands.people(page)) == 25


def test_one_value_fills_everything_selected(page: RosterScreen) -> None:
    hands.select(page, ("刘洋", "department"), ("郑海涛", "department"))
    hands.put_on_clipboard("档案室\r\n")
    hands.press(Key.Key_V, CTRL)
    names = ["刘洋", "黄文博", "吴桂芳", "郑海涛"]
    assert column_of(page, "department", names) == ["档案室"] * 4
    assert shown(page, "何静", "department") == "信息科"


def test_what_cannot_be_set_is_skipped_and_counted(stage: Stage, page: RosterScreen) -> None:
    page.members.arrangement.show_column("organisation")
    before = shown(page, "刘洋", "organisation")
    hands.go_to(page, "刘洋", "dues_paid_to")
    hands.put_on_clipboard("2026.06\t别的支部\r\n")
    hands.press(Key.Key_V, CTRL)
    assert shown(page, "刘洋", "dues_paid_to") == "2026.06"
    assert shown(page, "刘洋", "organisation") == before
    assert stage.window.toast.sentence == "已填入 1 格。1 格不能直接改，已跳过。"


def test_problems_in_a_pasted_block_are_counted_and_kept(stage: Stage, page: RosterScreen) -> None:
    hands.go_to(page, "刘洋", "mobile")
    hands.put_on_clipboard("139\r\n13900063352\r\n")
    hands.press(Key.Key_V, CTRL)
    assert shown(page, "刘洋", "mobile") == "139"
    assert "1 格有问题，按 F8 逐个看。" in stage.window.toast.sentence


def test_with_a_filter_only_rows_that_are_seen_are_pasted_into(stage: Stage, page: RosterScreen) -> None:
    hands.press(Key.Key_F, CTRL)
    hands.keys("lx")
    stage.wait(lambda: len(hands.people(page)) < 5)
    seen = hands.people(page)
    hands.press(Key.Key_Return)
    hands.go_to(page, seen[0], "department")
    hands.put_on_clipboard("档案室\r\n" * len(seen))
    hands.press(Key.Key_V, CTRL)
    page.members.grid.clear_filters()
    stage.wait(lambda: len(hands.people(page)) == 24)
    changed = [name for name in hands.people(page) if shown(page, name, "department") == "档案室"]
    assert changed == seen


# ---- copying, cutting, clearing


def test_copied_cells_keep_numbers_as_text_and_come_back_equal(page: RosterScreen) -> None:
    hands.select(page, ("周建国", "id_number"), ("李敏", "born_on"))
    hands.press(Key.Key_C, CTRL)
    content = QGuiApplication.clipboard().mimeData()
    texts = ["999999196803120117\t1968.03.12", "999999197910050227\t1979.10.05"]
    assert content.text().splitlines() == texts
    assert "mso-number-format:'\\@'" in content.html()
    assert "999999196803120117" in content.html()
    hands.go_to(page, "刘洋", "id_number")
    hands.press(Key.Key_V, CTRL)
    assert shown(page, "刘洋", "id_number") == "999999196803120117"


def test_hidden_numbers_are_copied_hidden(stage: Stage, page: RosterScreen) -> None:
    show_numbers(stage, page, whole=False)
    hands.go_to(page, "周建国", "id_number")
    hands.press(Key.Key_C, CTRL)
    assert hands.clipboard() == "999999********0117"


def test_hidden_numbers_that_were_copied_do_not_overwrite_whole_ones(
    stage: Stage, page: RosterScreen
) -> None:
    show_numbers(stage, page, whole=False)
    hands.select(page, ("周建国", "id_number"), ("李敏", "born_on"))
    hands.press(Key.Key_C, CTRL)
    hands.press(Key.Key_V, CTRL)
    assert "号码隐去了中间" in stage.window.toast.sentence
    hands.press(Key.Key_D, CTRL)
    assert "号码隐去了中间" in stage.window.toast.sentence
    show_numbers(stage, page, whole=True)
    assert column_of(page, "id_number", ["周建国", "李敏"]) == ["999999196803120117", "999999197910050227"]
    assert column_of(page, "born_on", ["周建国", "李敏"]) == ["1968.03.12", "1968.03.12"]


def test_cut_cells_are_empty_and_come_back_with_undo(page: RosterScreen) -> None:
    hands.select(page, ("刘洋", "department"), ("黄文博", "department"))
    hands.press(Key.Key_X, CTRL)
    assert hands.clipboard().split() == ["信息科", "统计科"]
    assert column_of(page, "department", ["刘洋", "黄文博"]) == ["", ""]
    hands.press(Key.Key_Z, CTRL)
    assert column_of(page, "department", ["刘洋", "黄文博"]) == ["信息科", "统计科"]


def test_delete_empties_what_is_selected_as_one_step(page: RosterScreen) -> None:
    hands.select(page, ("刘洋", "education"), ("黄文博", "education"))
    hands.press(Key.Key_Delete)
    assert column_of(page, "education", ["刘洋", "黄文博"]) == ["", ""]
    hands.press(Key.Key_Z, CTRL)
    assert column_of(page, "education", ["刘洋", "黄文博"]) == ["大学", "大学"]


def test_ctrl_a_copies_the_whole_list_without_hidden_columns(page: RosterScreen) -> None:
    hands.go_to(page, "刘洋", "department")
    hands.press(Key.Key_A, CTRL)
    hands.press(Key.Key_C, CTRL)
    lines = [line for line in hands.clipboard().split("\r\n") if line.strip()]
    assert len(lines) == 24
    assert lines[0].count("\t") == len(page.members.model.fields) - len(page.members.arrangement.hidden) - 1


# ---- filling


def test_ctrl_d_repeats_the_top_cell(page: RosterScreen) -> None:
    hands.select(page, ("刘洋", "department"), ("郑海涛", "department"))
    hands.press(Key.Key_D, CTRL)
    assert column_of(page, "department", ["刘洋", "黄文博", "吴桂芳", "郑海涛"]) == ["信息科"] * 4


def test_the_square_at_the_corner_fills_down_with_a_series(page: RosterScreen) -> None:
    grid = page.members.grid
    hands.go_to(page, "周建国", "dues_monthly")
    hands.keys("10")
    hands.press(Key.Key_Return)
    hands.keys("20")
    hands.press(Key.Key_Return)
    hands.select(page, ("周建国", "dues_monthly"), ("李敏", "dues_monthly"))
    last = grid.visualRect(hands.cell(page, "李敏", "dues_monthly"))
    target = grid.visualRect(hands.cell(page, "赵立新", "dues_monthly"))
    hands.drag(grid, last.bottomRight() - QPoint(1, 1), target.center())
    filled = column_of(page, "dues_monthly", ["周建国", "李敏", "陈志远", "王秀兰", "赵立新"])
    assert [float(text.replace(",", "")) for text in filled] == [10, 20, 30, 40, 50]
    assert shown(page, "孙晓燕", "dues_monthly") == ""


def menu(page: RosterScreen, name: str, field: str) -> QMenu:
    """The context menu of a cell."""
    grid = page.members.grid
    grid.scrollTo(hands.cell(page, name, field))
    point = grid.visualRect(hands.cell(page, name, field)).center()
    place = grid.viewport().mapTo(grid.window(), point)
    QTest.mouseClick(grid.window().windowHandle(), Qt.MouseButton.RightButton, pos=place)
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def choose(opened: QMenu, words: str) -> None:
    """Go down a menu with the arrow keys, and press Enter on an entry."""

    def text(action: QAction) -> str:
        return action.text().partition("\t")[0]

    assert words in [text(action) for action in opened.actions()]
    for _step in opened.actions():
        hands.press(Key.Key_Down)
        if text(opened.activeAction()) == words:
            break
    hands.press(Key.Key_Return)


def test_the_menu_fills_a_series_of_months(page: RosterScreen) -> None:
    hands.go_to(page, "周建国", "dues_paid_to")
    hands.keys("2026.01")
    hands.press(Key.Key_Return)
    hands.keys("2026.02")
    hands.press(Key.Key_Return)
    hands.select(page, ("周建国", "dues_paid_to"), ("赵立新", "dues_paid_to"))
    choose(menu(page, "陈志远", "dues_paid_to"), "向下填充序列")
    names = ["周建国", "李敏", "陈志远", "王秀兰", "赵立新"]
    assert column_of(page, "dues_paid_to", names) == [f"2026.0{month}" for month in range(1, 6)]


def test_ctrl_semicolon_puts_today_into_the_cell(page: RosterScreen) -> None:
    hands.go_to(page, "刘洋", "confirmed_on")
    hands.press(Key.Key_Semicolon, CTRL)
    assert shown(page, "刘洋", "confirmed_on") == PartialDate.of(clock.today()).shown()


# ---- the menu


def test_the_menu_of_a_cell_offers_blocks_and_what_concerns_the_member(
    stage: Stage, page: RosterScreen
) -> None:
    hands.go_to(page, "刘洋", "department")
    opened = menu(page, "刘洋", "department")
    texts = [action.text().partition("\t")[0] for action in opened.actions() if action.text()]
    assert texts[:3] == ["复制", "剪切", "粘贴"]
    assert texts[-4:] == ["修改记录", "打印登记表", "登记变动…", "移到回收站…"]
    choose(opened, "修改记录")
    assert "刘洋" in stage.dialog_heading()


def test_the_menu_keeps_a_selection_that_it_is_opened_inside(page: RosterScreen) -> None:
    hands.select(page, ("刘洋", "department"), ("吴桂芳", "department"))
    choose(menu(page, "黄文博", "department"), "清除内容")
    assert column_of(page, "department", ["刘洋", "黄文博", "吴桂芳"]) == ["", "", ""]


def test_shift_space_selects_the_row_to_be_deleted(stage: Stage, page: RosterScreen) -> None:
    hands.go_to(page, "刘洋", "department")
    hands.press(Key.Key_Space, hands.SHIFT)
    assert [row.values["name"] for row in page.members.selected_members()] == ["刘洋"]
    file = members.member_file(stage.desk.branch, page.members.selected_members()[0].uid)
    assert file is not None
    model = page.members.grid.selectionModel()
    assert model.isRowSelected(hands.row(page, "刘洋"))
    model.clear()
    model.setCurrentIndex(hands.cell(page, "刘洋", "name"), QItemSelectionModel.SelectionFlag.NoUpdate)
    hands.press(Key.Key_Space, CTRL)
    assert model.isColumnSelected(0)
