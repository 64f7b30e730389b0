"""Unlocking, locking, forgotten passwords and restored backups, as a clerk meets them."""

from __future__ import annotations

import json
import platform
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog

from branchdesk import clock, paths
from branchdesk.services import backups, branches
from branchdesk.services.open_branch import Role
from branchdesk.services.sample import PASSWORD, open_known
from branchdesk.settings import Settings, load_settings
from branchdesk.ui.entry.reception import Reception
from branchdesk.ui.entry.restoring import RestorePage
from branchdesk.ui.entry.unlock import CardPage, UnlockPage
from branchdesk.ui.fields.editors import FieldEditor
from branchdesk.ui.recovery_card import RecoveryCardDialog
from branchdesk.ui.screens.rosters.screen import RosterScreen
from branchdesk.ui.screens.settings.safety_page import PasswordDialog
from support import hands
from support.branches import SettableClock
from support.hands import CTRL, Key
from support.stage import Stage, sample_branch

NEW_PASSWORD = "chun-jie-2027"


@pytest.fixture
def folder() -> Path:
    """A closed sample branch with a backup beside it."""
    place = paths.user_folder() / "branch"
    branch = sample_branch(place)
    backups.make_backup(branch, Settings().backup_folder(place), "手动备份")
    branch.close()
    return place


def at_the_door(stage: Stage, folder: Path) -> UnlockPage:
    """The unlock page of a branch that was opened before, with its people."""
    reception = stage.receive(Settings().with_branch(folder))
    return unlock_page(stage, reception)


def unlock_page(stage: Stage, reception: Reception) -> UnlockPage:
    page = reception.window.page
    assert isinstance(page, UnlockPage)
    stage.bring_to_front(reception.window)
    stage.wait(lambda: bool(page.person.currentData()))
    return page


def entry(stage: Stage) -> Reception:
    assert stage.program is not None
    assert stage.program.reception is not None
    return stage.program.reception


def give_password(stage: Stage, password: str = PASSWORD) -> None:
    hands.write(password)
    hands.press(Key.Key_Return)
    stage.wait(lambda: stage.opened)
    stage.bring_to_front(stage.window)


# ---- the password


def test_the_right_password_and_enter_open_the_roster(stage: Stage, folder: Path) -> None:
    at_the_door(stage, folder)
    give_password(stage)
    assert stage.window.page is stage.roster()
    assert len(hands.people(stage.roster())) == 24


def test_a_wrong_password_says_so_and_lets_the_clerk_try_again(stage: Stage, folder: Path) -> None:
    page = at_the_door(stage, folder)
    hands.write("sample-branch-2025")
    stage.press("unlock", page)
    stage.wait(lambda: "口令不对" in page.banner.sentence)
    assert "忘了口令可以用恢复卡" in page.banner.sentence
    assert not page.password.text()
    assert hands.focused() is page.password.line
    give_password(stage)
    assert len(hands.people(stage.roster())) == 24


def test_after_several_wrong_passwords_the_next_one_waits_some_seconds(
    stage: Stage, folder: Path, the_clock: SettableClock
) -> None:
    page = at_the_door(stage, folder)
    for _time in range(4):
        hands.write("not-this-one")
        hands.press(Key.Key_Return)
        stage.wait(page.open.isEnabled)
    assert "口令连续输错" in page.banner.sentence
    the_clock.moment += timedelta(minutes=2)
    give_password(stage)
    assert stage.opened


def test_each_of_several_people_opens_with_the_own_password(stage: Stage, folder: Path) -> None:
    branch = open_known(folder)
    branches.add_person(branch, "周建国", Role.SECRETARY, NEW_PASSWORD, NEW_PASSWORD)
    branch.close()
    page = at_the_door(stage, folder)
    assert [page.person.itemText(place) for place in range(page.person.count())] == ["李敏", "周建国"]
    hands.pick(page.person, "周建国")
    page.password.line.setFocus()
    give_password(stage, NEW_PASSWORD)
    assert stage.desk.branch.person.name == "周建国"
    reception = lock(stage)
    assert unlock_page(stage, reception).person.currentText() == "周建国"


def test_a_viewer_may_look_but_nothing_can_be_typed(stage: Stage, folder: Path) -> None:
    branch = open_known(folder)
    branches.add_person(branch, "王秀兰", Role.VIEWER, NEW_PASSWORD, NEW_PASSWORD)
    branch.close()
    page = at_the_door(stage, folder)
    hands.pick(page.person, "王秀兰")
    page.password.line.setFocus()
    give_password(stage, NEW_PASSWORD)
    roster = stage.roster()
    hands.go_to(roster, "刘洋", "department")
    hands.keys("x")
    hands.press(Key.Key_Return)
    stage.qtbot.wait(50)
    stage.close_dialogs()
    assert hands.shown(roster, "刘洋", "department") == "信息科"


# ---- locking


def lock(stage: Stage) -> Reception:
    hands.press(Key.Key_L, CTRL)
    stage.wait(lambda: not stage.opened)
    return entry(stage)


def native_place(page: RosterScreen) -> FieldEditor:
    """The field in the pane of the member, which the small screen of the tests may have hidden."""
    if not page.details.isVisible():
        hands.press(Key.Key_F4)
    found = page.details.findChild(FieldEditor, "field_native_place")
    assert isinstance(found, FieldEditor)
    return found


def test_ctrl_l_locks_and_stores_what_was_being_typed(stage: Stage, folder: Path) -> None:
    at_the_door(stage, folder)
    give_password(stage)
    roster = stage.roster()
    hands.go_to(roster, "刘洋", "name")
    box = native_place(roster)
    hands.click_at(box, box.rect().center())
    hands.write("市")
    unlock_page(stage, lock(stage))
    give_password(stage)
    roster = stage.roster()
    hands.go_to(roster, "刘洋", "name")
    assert native_place(roster).text() == "安徽宿州市"


def test_nobody_at_the_keyboard_locks_the_branch(stage: Stage, folder: Path) -> None:
    at_the_door(stage, folder)
    give_password(stage)
    timer = stage.window.idle_lock.findChild(QTimer)
    assert isinstance(timer, QTimer)
    assert timer.interval() == 5 * 60_000
    timer.setInterval(1)
    stage.wait(lambda: not stage.opened)
    unlock_page(stage, entry(stage))
    give_password(stage)
    assert len(hands.people(stage.roster())) == 24


def test_every_key_puts_the_lock_off(stage: Stage) -> None:
    stage.open()
    timer = stage.window.idle_lock.findChild(QTimer)
    assert isinstance(timer, QTimer)
    stage.qtbot.wait(1000)
    before = timer.remainingTime()
    hands.press(Key.Key_Down)
    assert timer.remainingTime() > before


# ---- the recovery card


def recover(stage: Stage, page: UnlockPage, card: str) -> CardPage:
    stage.press("use_card", page)
    card_page = entry(stage).window.page
    assert isinstance(card_page, CardPage)
    hands.fill(card_page.card, card)
    hands.fill(card_page.new, NEW_PASSWORD)
    hands.fill(card_page.again, NEW_PASSWORD)
    stage.press("recover", card_page)
    return card_page


def test_the_recovery_card_opens_and_gives_a_new_card_and_the_old_one_is_void(
    stage: Stage, folder: Path
) -> None:
    branch = open_known(folder)
    old = branches.renew_card(branch)
    branch.close()
    recover(stage, at_the_door(stage, folder), old)
    stage.wait(lambda: stage.opened)
    dialog = stage.dialog(RecoveryCardDialog)
    assert dialog.box.key.text() != old
    hands.tick(dialog.box.done)
    stage.press("done", dialog)
    page = unlock_page(stage, lock(stage))
    card_page = recover(stage, page, old)
    stage.wait(lambda: "这张恢复卡打不开" in card_page.banner.sentence)
    stage.press("back", card_page)
    unlock_page(stage, entry(stage))
    give_password(stage, NEW_PASSWORD)
    assert len(hands.people(stage.roster())) == 24


def test_a_weak_new_password_does_not_use_up_the_card(stage: Stage, folder: Path) -> None:
    page = at_the_door(stage, folder)
    stage.press("use_card", page)
    card_page = entry(stage).window.page
    assert isinstance(card_page, CardPage)
    hands.fill(card_page.new, "123")
    stage.press("recover", card_page)
    stage.wait(lambda: "口令至少要 8 位" in card_page.banner.sentence)


# ---- changing the password


def change_password(stage: Stage, old: str, new: str, again: str) -> PasswordDialog:
    stage.go("settings", "safety")
    stage.press("change_password")
    dialog = stage.dialog(PasswordDialog)
    for field, text in ((dialog.old, old), (dialog.new, new), (dialog.again, again)):
        hands.fill(field, text)
    stage.press("save", dialog)
    return dialog


def test_the_changed_password_opens_and_the_old_one_does_not(stage: Stage, folder: Path) -> None:
    at_the_door(stage, folder)
    give_password(stage)
    change_password(stage, PASSWORD, NEW_PASSWORD, NEW_PASSWORD)
    assert stage.window.toast.sentence == "口令已更改，下次用新口令打开。"
    page = unlock_page(stage, lock(stage))
    hands.write(PASSWORD)
    hands.press(Key.Key_Return)
    stage.wait(lambda: "口令不对" in page.banner.sentence)
    give_password(stage, NEW_PASSWORD)


def test_a_wrong_old_password_changes_nothing(stage: Stage) -> None:
    stage.open()
    dialog = change_password(stage, "not-this-one", NEW_PASSWORD, NEW_PASSWORD)
    assert dialog.isVisible()
    assert "口令不对" in dialog.wrong.text()
    hands.fill(dialog.old, PASSWORD)
    hands.fill(dialog.again, "another-2027")
    stage.press("save", dialog)
    assert "两次输入的口令不一样。" in dialog.wrong.text()


# ---- restoring


def restore_page(stage: Stage, page: UnlockPage) -> RestorePage:
    stage.press("restore_backup", page)
    found = entry(stage).window.page
    assert isinstance(found, RestorePage)
    return found


def test_a_backup_is_looked_at_and_restored_with_the_password_of_its_time(stage: Stage, folder: Path) -> None:
    at_the_door(stage, folder)
    give_password(stage)
    roster = stage.roster()
    hands.go_to(roster, "刘洋", "department")
    hands.write("人事科")
    hands.press(Key.Key_Return)
    stage.wait(lambda: hands.shown(roster, "刘洋", "department") == "人事科")
    page = restore_page(stage, unlock_page(stage, lock(stage)))
    rows = hands.lines(page.table)
    assert [row[2] for row in rows] == ["退出时备份", "手动备份"]
    page.table.selectRow(1)
    assert "党员 24 名" in page.details.text()
    hands.fill(page.password, "not-this-one")
    stage.press("restore", page)
    stage.wait(lambda: "口令不对" in page.banner.sentence)
    hands.fill(page.password, PASSWORD)
    stage.press("restore", page)
    stage.wait(lambda: stage.opened)
    assert stage.window.toast.sentence == "备份已恢复。"
    assert hands.shown(stage.roster(), "刘洋", "department") == "信息科"
    assert list(folder.glob("before-restore-*/branch.db")), "the replaced file stays beside it"


def test_what_is_no_backup_is_refused_with_a_sentence(
    stage: Stage, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = restore_page(stage, at_the_door(stage, folder))
    odd = tmp_path / "photo.bdbak"
    odd.write_bytes(b"no backup at all")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(odd), ""))
    stage.press("choose_backup", page)
    assert "photo.bdbak" in page.banner.sentence
    assert not page.go.isEnabled()
    stage.press("back", page)
    unlock_page(stage, entry(stage))


# ---- what stands in the way


def test_a_branch_that_is_open_elsewhere_says_where_and_since_when(stage: Stage, folder: Path) -> None:
    other = open_known(folder)
    page = at_the_door(stage, folder)
    hands.write(PASSWORD)
    hands.press(Key.Key_Return)
    stage.wait(lambda: "已经打开" in page.banner.sentence)
    since = datetime.fromisoformat(json.loads((folder / "branch.lock").read_text())["since"])
    assert since.astimezone(UTC) <= clock.now()
    assert platform.node() in page.banner.sentence
    assert f"{since.astimezone():%H:%M} 起" in page.banner.sentence
    other.close()
    give_password(stage)
    assert stage.opened


def test_a_folder_without_a_branch_says_so(
    stage: Stage, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = at_the_door(stage, folder)
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(empty))
    stage.press("another", page)
    missing = entry(stage).window.page
    assert isinstance(missing, UnlockPage)
    assert "没有找到支部文件" in missing.banner.sentence
    assert load_settings().branches == ()
