"""Settings, the search for everything, and the manual."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QListWidgetItem

from branchdesk.i18n import Language, spoken
from branchdesk.services import backups
from branchdesk.settings import load_settings
from branchdesk.ui.dialogs import LineDialog
from branchdesk.ui.look import look
from branchdesk.ui.recovery_card import RecoveryCardDialog
from branchdesk.ui.screens.help import HelpDialog
from branchdesk.ui.screens.rosters.screen import RosterScreen
from branchdesk.ui.screens.search import SearchDialog
from branchdesk.ui.screens.settings.safety_page import PersonDialog, RemovePersonDialog, SafetyPage
from branchdesk.ui.screens.settings.screen import SettingsScreen
from branchdesk.ui.screens.settings.words_page import WordsPage
from branchdesk.ui.widgets.tables import SimpleTable
from support import hands
from support.hands import CTRL, Key
from support.stage import Stage, known_branch


def settings(stage: Stage, page: str) -> SettingsScreen:
    found = stage.go("settings", page)
    assert isinstance(found, SettingsScreen)
    return found


def press_and_wait(stage: Stage, name: str, worn: Callable[[], bool]) -> None:
    """Press a choice of looks, and wait for the window that wears it."""
    old = stage.window
    stage.press(name)
    stage.wait(lambda: stage.window is not old and worn() and stage.window.isVisible())
    stage.qtbot.wait(20)  # the old window goes away


# ---- looks


def test_the_theme_changes_the_window_at_once_and_after_a_restart(stage: Stage) -> None:
    stage.open()
    settings(stage, "looks")
    ground = stage.application.palette().window().color()
    press_and_wait(stage, "segment_dark", lambda: look().theme == "dark")
    assert isinstance(stage.window.page, SettingsScreen), "the clerk stays where she was"
    assert stage.application.palette().window().color().lightness() < ground.lightness() / 2
    stage.end()
    stage.open(load_settings(), branch=known_branch())
    assert look().theme == "dark"


def test_larger_letters_make_every_row_higher(stage: Stage) -> None:
    stage.open()
    page = stage.roster()
    height = page.members.grid.rowHeight(0)
    settings(stage, "looks")
    press_and_wait(stage, "segment_150", lambda: look().scale == 150)
    assert stage.roster().members.grid.rowHeight(0) > height * 1.3
    assert load_settings().scale == 150


def test_english_speaks_everywhere_and_back(stage: Stage) -> None:
    stage.open()
    settings(stage, "looks")
    press_and_wait(stage, "segment_en", lambda: spoken() is Language.ENGLISH)
    titles = [label.text() for label in stage.roster().findChildren(QLabel)]
    assert "党员名册" not in titles
    settings(stage, "looks")
    press_and_wait(stage, "segment_zh", lambda: spoken() is Language.CHINESE)
    assert "党员名册" in [label.text() for label in stage.roster().findChildren(QLabel)]


def test_the_status_bar_turns_the_theme_and_the_size(stage: Stage) -> None:
    stage.open()
    press_and_wait(stage, "status_theme", lambda: look().theme == "dark")
    press_and_wait(stage, "status_larger", lambda: look().scale == 125)
    assert load_settings().theme == "dark"


# ---- safety


def test_the_minutes_until_locking_are_kept_and_said(stage: Stage) -> None:
    stage.open()
    settings(stage, "safety")
    stage.press("segment_30")
    assert load_settings().lock_minutes == 30
    stage.press("segment_0")
    stage.roster()
    assert load_settings().lock_minutes == 0


def test_somebody_else_is_let_in_and_out_again(stage: Stage) -> None:
    stage.open()
    settings(stage, "safety")
    stage.press("add_person")
    dialog = stage.dialog(PersonDialog)
    hands.fill(dialog.name, "周建国")
    hands.pick(dialog.role, "书记")
    hands.fill(dialog.new, "shu-ji-2026")
    hands.fill(dialog.again, "shu-ji-2026")
    stage.press("save", dialog)
    page = stage.window.findChild(SafetyPage)
    assert page is not None
    assert hands.lines(page.table)[-1] == ["周建国", "书记"]
    assert [person.name for person in stage.desk.branch.keyring().people()] == ["李敏", "周建国"]
    page.table.selectRow(1)
    stage.press("remove_person")
    removing = stage.dialog(RemovePersonDialog)
    hands.fill(removing.own, "sample-branch-2026")
    stage.press("save", removing)
    card = stage.dialog(RecoveryCardDialog)
    hands.tick(card.box.done)
    stage.press("done", card)
    assert [line[0] for line in hands.lines(page.table)] == ["李敏"]


# ---- backups and words


def test_a_backup_is_made_into_the_chosen_folder_and_listed(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.open()
    page = settings(stage, "backup")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(tmp_path / "stick"))
    stage.press("choose_place")
    stage.press("back_up")
    stage.wait(lambda: stage.window.toast.sentence == "已备份，并核对无误。")
    table = next(one for one in page.findChildren(SimpleTable) if one.accessibleName() == "已有的备份")
    stage.wait(lambda: bool(hands.lines(table)))
    assert hands.lines(table)[0][1:3] == ["手动备份", "24 人"]
    (path, _manifest), *_rest = backups.list_backups(tmp_path / "stick")
    assert path.name == hands.lines(table)[0][3]


def test_a_new_word_is_offered_in_the_roster(stage: Stage) -> None:
    stage.open()
    page = settings(stage, "words").findChild(WordsPage)
    assert page is not None
    hands.pick(page.choice, next(text for text in words_of(page) if "职务" in text))
    stage.press("add_word")
    stage.dialog(LineDialog)
    hands.write("文体委员")
    hands.press(Key.Key_Return)
    stage.wait(lambda: stage.window.toast.sentence == "已增加“文体委员”。")
    assert "文体委员" in [line[1] for line in hands.lines(page.table)]
    roster = stage.roster()
    hands.go_to(roster, "刘洋", "posts")
    hands.write("文体委员")
    hands.press(Key.Key_Tab)
    stage.wait(lambda: hands.shown(roster, "刘洋", "posts") == "文体委员")


def words_of(page: WordsPage) -> list[str]:
    return [page.choice.itemText(place) for place in range(page.choice.count())]


# ---- search


def search(stage: Stage, text: str) -> SearchDialog:
    hands.press(Key.Key_K, CTRL)
    dialog = stage.dialog(SearchDialog)
    hands.write(text)
    return dialog


def answers(dialog: SearchDialog) -> list[str]:
    items: list[QListWidgetItem] = [dialog.list.item(place) for place in range(dialog.list.count())]
    return [item.text() for item in items]


def current(page: RosterScreen) -> str:
    return hands.people(page)[page.members.grid.currentIndex().row()]


def test_enter_opens_the_person_that_was_looked_for(stage: Stage) -> None:
    stage.open()
    for typed in ("ly", "刘洋", "liuyang", "0717", "13900055433"):
        settings(stage, "looks")
        dialog = search(stage, typed)
        assert any(text.startswith("刘洋") for text in answers(dialog)), typed
        while not dialog.list.currentItem().text().startswith("刘洋"):
            hands.press(Key.Key_Down)
        hands.press(Key.Key_Return)
        page = stage.window.page
        assert isinstance(page, RosterScreen)
        assert current(page) == "刘洋"
        stage.wait(lambda: stage.application.activeModalWidget() is None)


def test_a_search_finds_who_stands_in_another_list(stage: Stage) -> None:
    stage.open()
    page = stage.roster()
    root = page.tree.topLevelItem(0)
    assert root is not None
    hands.click(page.tree, page.tree.indexFromItem(root.child(0)))
    search(stage, "黄文博")
    hands.press(Key.Key_Return)
    assert current(page) == "黄文博"


def test_ctrl_enter_prints_the_sheet_of_the_person(stage: Stage) -> None:
    stage.open()
    search(stage, "zjg")
    hands.press(Key.Key_Return, CTRL)
    assert stage.printing().pdf.startswith(b"%PDF")


def test_a_function_is_found_by_its_name_and_its_initials(stage: Stage) -> None:
    stage.open()
    for typed in ("回收站", "hsz"):
        stage.roster()
        assert answers(search(stage, typed))[1] == "回收站"
        hands.press(Key.Key_Return)
        assert stage.window.page.key == "recycle_bin"
        stage.wait(lambda: stage.application.activeModalWidget() is None)


def test_nothing_found_says_what_to_try(stage: Stage) -> None:
    stage.open()
    dialog = search(stage, "qqqqq")
    assert answers(dialog) == [
        "没有找到。可以试试姓名的拼音首字母、证号后四位，或会议、检查表、评议题目里的词。"
    ]
    hands.press(Key.Key_Return)
    assert dialog.isVisible()
    hands.press(Key.Key_Escape)
    stage.wait(lambda: stage.application.activeModalWidget() is None)


def test_a_name_that_is_being_composed_is_not_searched_letter_by_letter(stage: Stage) -> None:
    stage.open()
    hands.press(Key.Key_K, CTRL)
    dialog = stage.dialog(SearchDialog)
    before = answers(dialog)
    hands.compose("liu", committed=False)
    assert answers(dialog) == before
    hands.press(Key.Key_Return)
    assert dialog.isVisible(), "Enter belongs to the input method"
    hands.compose("刘洋", committed=True)
    assert any(text.startswith("刘洋") for text in answers(dialog))


# ---- the manual


def test_f1_opens_the_chapter_of_the_screen(stage: Stage) -> None:
    stage.open()
    for screen, chapter in (("rosters", "名册"), ("organisations", "组织"), ("recycle_bin", "回收站")):
        stage.go(screen)
        hands.press(Key.Key_F1)
        dialog = stage.dialog(HelpDialog)
        assert chapter in dialog.list.currentItem().text()
        assert chapter in dialog.text.toPlainText()
        stage.close_dialogs()
        stage.wait(lambda: stage.application.activeModalWidget() is None)


def test_the_manual_is_searched_and_finds_the_place(stage: Stage) -> None:
    stage.open()
    hands.press(Key.Key_F1)
    dialog = stage.dialog(HelpDialog)
    chapters = dialog.list.count()
    line = dialog.findChild(QLineEdit)
    assert line is not None
    hands.fill(line, "恢复卡")
    assert 0 < dialog.list.count() < chapters
    assert "恢复卡" in dialog.text.toPlainText()
    assert dialog.text.textCursor().selectedText() == "恢复卡"
