"""Papers and workbooks from the window: what the preview shows, what the files hold."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QFileDialog

from branchdesk.services.rosters import roster_tree
from branchdesk.ui.printing import PrintDialog
from branchdesk.ui.screens.history import MemberHistoryDialog
from branchdesk.ui.screens.printing import RosterChoices, SheetChoices
from branchdesk.ui.screens.rosters.screen import RosterScreen
from support import hands
from support.branches import SettableClock
from support.hands import CTRL, Key
from support.papers import pages_of, text_of
from support.stage import Stage

# A character outside the basic plane that no bundled font draws.
RARE = "\U00031350"


@pytest.fixture
def page(stage: Stage, the_clock: SettableClock) -> RosterScreen:
    """The roster of the sample branch on 21 November 2026."""
    del the_clock
    stage.open()
    return stage.roster()


def choices_of(dialog: PrintDialog) -> RosterChoices:
    found = dialog.findChild(RosterChoices)
    assert isinstance(found, RosterChoices)
    return found


def made_anew(stage: Stage, dialog: PrintDialog, before: bytes) -> str:
    """The text of the paper after a choice was changed."""
    stage.wait(lambda: dialog.pdf != before and not dialog.jobs.busy)
    return plain(dialog.pdf)


def plain(pdf: bytes) -> str:
    """The text of a paper without its spaces."""
    return "".join(text_of(pdf).split())


def print_roster(stage: Stage) -> PrintDialog:
    hands.press(Key.Key_P, CTRL)
    return stage.printing()


# ---- the roster on paper


@pytest.mark.usefixtures("page")
def test_the_preview_shows_the_roster_with_its_pages(stage: Stage) -> None:
    dialog = print_roster(stage)
    words = plain(dialog.pdf)
    for name in ("周建国", "曹雨桐", "信息中心支部"):
        assert name in words
    assert dialog.preview.page_count == len(pages_of(dialog.pdf))
    assert "2026" in words


@pytest.mark.usefixtures("page")
def test_the_saved_pdf_holds_the_same_bytes_as_the_preview(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed: list[str] = []
    target = tmp_path / "名册.pdf"

    def choose(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        proposed.append(name)
        return str(target), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    dialog = print_roster(stage)
    stage.press("save_pdf", dialog)
    assert target.read_bytes() == dialog.pdf
    assert dialog.warning.sentence == "已存为 名册.pdf。"
    assert "党员名册" in proposed[0]
    assert "20261121" in proposed[0]


@pytest.mark.usefixtures("page")
def test_a_place_that_refuses_is_told_and_nothing_half_written_stays(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "名册.pdf"
    target.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    dialog = print_roster(stage)
    stage.press("save_pdf", dialog)
    assert "名册.pdf" in stage.problem_said()
    assert [path.name for path in tmp_path.glob("*.pdf*")] == ["名册.pdf"]
    assert target.is_dir()


def test_choices_change_the_paper(stage: Stage, page: RosterScreen) -> None:
    dialog = print_roster(stage)
    choices = choices_of(dialog)
    assert "999999196803120117" in plain(dialog.pdf)
    before = dialog.pdf
    hands.tick(choices.masked)
    words = made_anew(stage, dialog, before)
    assert "999999196803120117" not in words
    assert "999999********0117" in words
    before = dialog.pdf
    hands.pick(choices.place, "第二党小组")
    words = made_anew(stage, dialog, before)
    assert "孙晓燕" in words
    assert "周建国" not in words
    assert roster_tree(stage.desk.branch, page.roster.around.today)[2].count == 9
    before = dialog.pdf
    hands.fill(choices.day, "2010.01.01")
    assert "孙晓燕" not in made_anew(stage, dialog, before)


@pytest.mark.usefixtures("page")
def test_a_day_that_cannot_be_read_is_told_and_the_paper_stays(stage: Stage) -> None:
    dialog = print_roster(stage)
    before = dialog.pdf
    hands.fill(choices_of(dialog).day, "2026.06")
    assert dialog.warning.sentence == "截至日期要写到哪一天，如 2026.06.30。"
    assert dialog.pdf == before


def test_the_group_in_front_is_what_is_printed(stage: Stage, page: RosterScreen) -> None:
    root = page.tree.topLevelItem(0)
    assert root is not None
    hands.click(page.tree, page.tree.indexFromItem(root.child(0)))
    dialog = print_roster(stage)
    assert choices_of(dialog).place.currentText() == "第一党小组"
    assert "黄文博" not in plain(dialog.pdf)


# ---- one member on paper


def test_the_sheet_of_a_member_is_printed_from_the_pane(stage: Stage, page: RosterScreen) -> None:
    hands.go_to(page, "刘洋", "department")
    stage.press("print_sheet")
    dialog = stage.printing()
    words = plain(dialog.pdf)
    assert "刘洋" in words
    assert "1990" in words
    choices = dialog.findChild(SheetChoices)
    assert choices is not None
    blanks = words.count("无")
    before = dialog.pdf
    choices.none.setFocus()
    hands.press(Key.Key_Space)
    assert made_anew(stage, dialog, before).count("无") < blanks


def test_a_character_that_cannot_be_drawn_is_named_before_printing(stage: Stage, page: RosterScreen) -> None:
    hands.go_to(page, "刘洋", "name")
    for letter in ("刘", RARE):
        hands.compose(letter, committed=True)
    hands.press(Key.Key_Return)
    dialog = print_roster(stage)
    assert f"{RARE}（U+31350）" in dialog.warning.sentence
    assert "请在打印后手工填写" in dialog.warning.sentence


def test_the_history_of_a_member_is_printed_with_hidden_numbers(stage: Stage, page: RosterScreen) -> None:
    hands.go_to(page, "刘洋", "mobile")
    hands.keys("13900000000")
    hands.press(Key.Key_Tab)
    stage.press("show_history")
    stage.press("print_history", stage.dialog(MemberHistoryDialog))
    words = plain(stage.printing().pdf)
    assert "刘洋" in words
    assert "李敏" in words
    assert "13900000000" not in words


@pytest.mark.usefixtures("page")
def test_all_sheets_begin_a_page_for_everybody(stage: Stage) -> None:
    stage.window.show_screen("print_sheet")
    pages = pages_of(stage.printing().pdf)
    assert len(pages) >= 24
    assert all(any(name in "".join(one.split()) for one in pages) for name in ("周建国", "曹雨桐"))


# ---- workbooks


def export(stage: Stage, target: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Export the roster; the lines of the sheet from its heading on."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    stage.press("export")
    stage.wait(lambda: stage.window.toast.sentence == f"已导出 {target.name}。")
    sheet = openpyxl.load_workbook(target).active
    assert sheet is not None
    rows = [[str(value or "") for value in row] for row in sheet.iter_rows(values_only=True)]
    heading = next(place for place, row in enumerate(rows) if "姓名" in row)
    return [row for row in rows[heading:] if any(row)]


def test_the_exported_workbook_holds_the_same_people_and_columns(
    stage: Stage, page: RosterScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = export(stage, tmp_path / "名册.xlsx", monkeypatch)
    place = rows[0].index("姓名")
    names = [row[place].replace(" ", "").replace("\u3000", "") for row in rows[1:]]
    assert [name for name in names if name in hands.people(page)] == hands.people(page)
    number = rows[0].index("身份证号")
    assert rows[1][number] == "999999196803120117", "as text, with every digit"
    hidden = "籍贯"
    assert hidden not in rows[0]


def test_an_existing_workbook_is_replaced_whole(
    stage: Stage, page: RosterScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "名册.xlsx"
    target.write_bytes(b"an older file that is much longer than any heading " * 4000)
    page.members.arrangement.show_column("native_place")
    rows = export(stage, target, monkeypatch)
    assert "籍贯" in rows[0]
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["名册.xlsx"]


def test_giving_up_the_dialog_writes_nothing(
    stage: Stage, page: RosterScreen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: ("", ""))
    stage.press("export")
    stage.wait_for_jobs()
    assert not list(tmp_path.glob("*.xlsx"))
    assert page.isVisible()
