"""Files go from the scan folder of this person into the slots of a meeting."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton

from branchdesk.errors import Problem
from branchdesk.services.meetings import reading
from branchdesk.settings import Settings, load_settings
from branchdesk.ui.fields.files import AttachmentsEditor
from branchdesk.ui.fields.scans import MOST_SCANS, ScanDialog, scanned_files
from branchdesk.ui.screens.meetings import MeetingScreen
from branchdesk.ui.screens.meetings.editor import AFTER
from support import hands
from support.branches import SettableClock
from support.hands import Key
from support.held_meetings import held_assembly
from support.stage import SMALL_SCREEN, Stage

PNG = b"\x89PNG\r\n\x1a\n" + bytes(3000)
NOON = 1_793_000_000  # a moment in October 2026


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A scan folder with three pictures, a text and a folder inside."""
    place = tmp_path / "扫描"
    place.mkdir()
    for number, name in enumerate(("001.png", "002.PNG", "003.png", "说明.txt")):
        write(place / name, PNG if name.casefold().endswith("png") else b"text", number)
    write(place / ".half.png", PNG, 9)
    (place / "older.png").mkdir()
    return place


def write(path: Path, content: bytes, minutes: int) -> None:
    path.write_bytes(content)
    os.utime(path, (NOON + 60 * minutes, NOON + 60 * minutes))


def opened(stage: Stage, folder: Path | None) -> MeetingScreen:
    """An assembly that was held, at its attachments, in large letters on a small screen."""
    stage.open(Settings(scale=125, scan_folder=str(folder or "")), SMALL_SCREEN)
    page = stage.go("meeting", held_assembly(stage.desk))
    assert isinstance(page, MeetingScreen)
    page.editor.choose(AFTER)
    return page


def slot(page: MeetingScreen, name: str = "photos") -> AttachmentsEditor:
    found = next(pane.editors[name] for pane in page.editor.page.panes if name in pane.editors)
    assert isinstance(found, AttachmentsEditor)
    return found


def ask(page: MeetingScreen, stage: Stage) -> ScanDialog:
    """Press the button with the keyboard."""
    slot(page).scan.setFocus()
    hands.press(Key.Key_Space)
    return stage.dialog(ScanDialog)


def names(dialog: ScanDialog) -> list[str]:
    return [dialog.table.item(row, 0).text() for row in range(dialog.table.rowCount())]  # type: ignore[union-attr]


def held_files(stage: Stage, page: MeetingScreen) -> list[str]:
    return [one.name for one in reading.meeting(stage.desk.branch, page.edits.uid).files]


def test_files_are_ticked_and_added_by_keyboard(stage: Stage, the_clock: SettableClock, folder: Path) -> None:
    del the_clock
    page = opened(stage, folder)
    dialog = ask(page, stage)
    assert names(dialog) == ["003.png", "002.PNG", "001.png"]
    assert dialog.table.item(0, 2).text() == "3 KB"  # type: ignore[union-attr]
    add = dialog.findChild(QPushButton, "take")
    assert add is not None
    assert not add.isEnabled()
    hands.press(Key.Key_Space)
    hands.press(Key.Key_Down, times=2)
    hands.press(Key.Key_Space)
    assert add.text() == "添加 2 个"
    hands.press(Key.Key_Return, times=2)
    assert sorted(held_files(stage, page)) == ["001.png", "003.png"]
    assert slot(page).list.count() == 2


def test_a_click_ticks_a_row_and_another_one_lets_it_go(
    stage: Stage, the_clock: SettableClock, folder: Path
) -> None:
    del the_clock
    dialog = ask(opened(stage, folder), stage)
    item = dialog.table.item(1, 0)
    assert item is not None
    for expected in (Qt.CheckState.Checked, Qt.CheckState.Unchecked):
        place = dialog.table.visualItemRect(item).topLeft() + QPoint(12, 12)
        QTest.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert item.checkState() is expected


def test_no_more_is_ticked_than_the_slot_has_room_for(
    stage: Stage, the_clock: SettableClock, folder: Path
) -> None:
    del the_clock
    for number in range(11):
        write(folder / f"更多{number}.png", PNG, 20 + number)
    page = opened(stage, folder)
    dialog = ask(page, stage)
    for _row in range(11):
        hands.press(Key.Key_Space)
        hands.press(Key.Key_Down)
    assert dialog.remark.text() == "这里只能再放 10 个文件。"
    stage.press("take", dialog)
    assert len(held_files(stage, page)) == 10
    assert not slot(page).scan.isEnabled()


def test_the_folder_is_asked_for_once_and_may_be_another_one(
    stage: Stage, the_clock: SettableClock, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del the_clock
    answers = ["", str(folder), str(folder.parent)]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given: answers.pop(0))
    page = opened(stage, None)
    slot(page).scan.click()
    assert not [one for one in stage.application.topLevelWidgets() if isinstance(one, ScanDialog)]
    dialog = ask(page, stage)
    assert names(dialog)[0] == "003.png"
    assert load_settings().scan_folder == str(folder)
    hands.press(Key.Key_Space)
    stage.press("change_folder", dialog)
    assert names(dialog) == []
    assert dialog.nothing.sentence.text() == "这个文件夹里还没有能放在这里的文件（jpg、png）。"
    take = dialog.findChild(QPushButton, "take")
    assert take is not None
    assert not take.isEnabled()
    assert load_settings().scan_folder == str(folder.parent)


def test_what_is_scanned_meanwhile_appears_and_ticks_stay(
    stage: Stage, the_clock: SettableClock, folder: Path
) -> None:
    del the_clock
    dialog = ask(opened(stage, folder), stage)
    hands.press(Key.Key_Space)
    write(folder / "004.png", PNG, 30)
    stage.wait(lambda: names(dialog)[0] == "004.png")
    states = [dialog.table.item(row, 0).checkState() for row in range(2)]  # type: ignore[union-attr]
    assert states == [Qt.CheckState.Unchecked, Qt.CheckState.Checked]


def test_a_folder_that_is_away_is_said_calmly_and_comes_back(
    stage: Stage, the_clock: SettableClock, folder: Path
) -> None:
    del the_clock
    away = folder.rename(folder.with_name("别处"))
    dialog = ask(opened(stage, folder), stage)
    assert dialog.nothing.sentence.text() == "文件夹“扫描”现在打不开。"
    assert not dialog.table.isVisible()
    assert names(dialog) == []
    away.rename(folder)
    stage.wait(lambda: len(names(dialog)) == 3)
    assert dialog.table.isVisible()


def test_a_file_that_is_not_what_its_name_says_is_refused_as_a_chosen_one_is(
    stage: Stage, the_clock: SettableClock, folder: Path
) -> None:
    del the_clock
    write(folder / "假的.png", b"MZ" + bytes(400), 40)
    page = opened(stage, folder)
    dialog = ask(page, stage)
    hands.press(Key.Key_Space)
    stage.press("take", dialog)
    assert "假的.png" in stage.problem_said()
    assert held_files(stage, page) == []


def test_the_newest_two_hundred_are_listed(tmp_path: Path) -> None:
    for number in range(MOST_SCANS + 5):
        write(tmp_path / f"{number:03}.jpg", b"jpg", number)
    found = scanned_files(tmp_path, ["jpg"])
    assert [found[0].path.name, found[-1].path.name] == ["204.jpg", "005.jpg"]
    assert len(found) == 200
    assert scanned_files(tmp_path, ["pdf"]) == []
    assert len(scanned_files(tmp_path, [])) == 200
    with pytest.raises(Problem, match="现在打不开"):
        scanned_files(tmp_path / "000.jpg", ["jpg"])
