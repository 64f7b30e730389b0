"""The scenes of meetings: the list, the year, one meeting in its segments, and every dialog of theirs."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from branchdesk import paths
from branchdesk.domain.meetings.model import MeetingState
from branchdesk.services.meetings import drafts, life, reading
from branchdesk.ui.dialogs import SheetDialog
from branchdesk.ui.fields.scans import ScanDialog
from branchdesk.ui.printing import PrintDialog
from branchdesk.ui.screens.meetings import MeetingScreen, MeetingsScreen
from branchdesk.ui.screens.meetings.editor import AFTER, BEFORE, HELD
from support import hands
from support.hands import Key
from support.held_meetings import complete, elected, held_assembly
from support.stage import Stage

_SCANNED = (
    "会场全景.jpg",
    "SCAN_20261119_0001.jpg",
    "SCAN_20261119_0002.jpg",
    "表决现场-举手表决-三楼党员活动室.png",
)
_SCANNED_AT = 1_795_072_000  # 19 November 2026
_DRAFT = "一、学习贯彻党的二十届四中全会精神\n周建国：还没有存的一句。"


def _dialog(stage: Stage) -> SheetDialog:
    dialog = stage.dialog(SheetDialog)
    if isinstance(dialog, PrintDialog):
        stage.wait(lambda: bool(dialog.pdf))
    return dialog


def listed(stage: Stage) -> MeetingsScreen:
    """The list with some meetings."""
    held_assembly(stage.desk)
    page = stage.go("meetings")
    assert isinstance(page, MeetingsScreen)
    page.bar.view.choose("list")
    page.refresh()
    return page


def empty(stage: Stage) -> QWidget:
    """The list of a branch that has not met yet."""
    return stage.go("meetings")


def year(stage: Stage) -> QWidget:
    """The year calendar."""
    page = listed(stage)
    page.toggle_details()
    return page


def study(stage: Stage) -> QWidget:
    """The ledger of study hours."""
    page = listed(stage)
    page.bar.view.choose("study")
    page.refresh()
    return page


def number(stage: Stage) -> QWidget:
    """Which meeting of the year it is."""
    opened(stage).steps.ask_for_number()
    return _dialog(stage)


def opened(stage: Stage, segment: str = HELD) -> MeetingScreen:
    """The assembly in the editor, at a segment."""
    uid = held_assembly(stage.desk)
    page = stage.go("meeting", uid)
    assert isinstance(page, MeetingScreen)
    if not page.editor.isVisible():
        page.toggle_details()
    page.editor.choose(segment)
    return page


def with_preview(stage: Stage) -> QWidget:
    """The paper in front, also where there is no room for both."""
    page = opened(stage)
    if not page.preview.isVisible():
        page.toggle_details()
    stage.wait(lambda: bool(page.preview.pdf))
    return page


def with_draft(stage: Stage) -> QWidget:
    """A meeting whose text was not stored when the program ended."""
    uid = held_assembly(stage.desk)
    drafts.keep_draft(stage.desk.branch, uid, {"minutes": _DRAFT})
    return stage.go("meeting", uid)


def locked(stage: Stage) -> QWidget:
    """A meeting that is final, and was so once before."""
    branch, page = stage.desk.branch, opened(stage)
    uid = page.edits.uid
    drafts.drop_draft(branch, uid)
    if not reading.meeting(branch, uid).state.is_locked:
        complete(stage.desk, uid)
        for state in (MeetingState.DRAFTED, MeetingState.FOR_SIGNATURE):
            stage.desk.do(partial(life.move, branch, uid, state))
        stage.desk.do(partial(life.finalise, branch, uid, accept=True))
        stage.desk.do(partial(life.reopen, branch, uid, "落款日期写错了"))
        stage.desk.do(partial(life.move, branch, uid, MeetingState.FOR_SIGNATURE))
        stage.desk.do(partial(life.finalise, branch, uid, accept=True))
    return opened(stage, AFTER)


def _pressed(name: str, stage: Stage, segment: str = HELD) -> QWidget:
    opened(stage, segment)
    stage.press(name)
    return _dialog(stage)


def scans(stage: Stage) -> QWidget:
    """The scan folder of this person, with what the scanner has put there."""
    folder = paths.user_folder() / "扫描"
    folder.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(_SCANNED):
        (folder / name).write_bytes(bytes(70_000 * 3 ** (number % 4)))
        os.utime(folder / name, (_SCANNED_AT + 240 * number,) * 2)
    stage.desk.preferences.choose(scan_folder=str(folder))
    dialog = _pressed("scan_photos", stage, AFTER)
    assert isinstance(dialog, ScanDialog)
    for _place in range(2):
        hands.press(Key.Key_Space)
        hands.press(Key.Key_Down)
    return dialog


def scans_away(stage: Stage) -> QWidget:
    """The scan folder lies on a stick that is not there."""
    stage.desk.preferences.choose(scan_folder=str(paths.user_folder() / "U盘" / "会议照片和签到表扫描件"))
    return _pressed("scan_sign_in_files", stage, AFTER)


def person(stage: Stage) -> QWidget:
    page = opened(stage)
    page.asks.show_person(page.file.meeting.attendance[0].uid if page.file else "")
    return _dialog(stage)


def vote(stage: Stage) -> QWidget:
    page = opened(stage)
    page.asks.show_vote(page.file.meeting.votes[0].uid if page.file else "")
    return _dialog(stage)


def candidates(stage: Stage) -> QWidget:
    page = opened(stage)
    page.asks.show_candidates(elected(stage.desk, page.edits.uid))
    return _dialog(stage)


def findings(stage: Stage) -> QWidget:
    page = opened(stage)
    page.steps.take(MeetingState.FINALISED)
    return _dialog(stage)


def new_meeting(stage: Stage) -> QWidget:
    listed(stage).begin_new()
    return _dialog(stage)


def print_meeting(stage: Stage) -> QWidget:
    opened(stage).print_here()
    return _dialog(stage)


def print_volume(stage: Stage) -> QWidget:
    opened(stage)
    stage.window.show_screen("print_volume", 2026)
    return _dialog(stage)


MEETING_SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "meetings_empty": empty,
    "meetings": listed,
    "meetings_year": year,
    "meetings_study": study,
    "new_meeting": new_meeting,
    "meeting_before": partial(opened, segment=BEFORE),
    "meeting_held": partial(opened, segment=HELD),
    "meeting_after": partial(opened, segment=AFTER),
    "meeting_preview": with_preview,
    "meeting_person": person,
    "meeting_number": number,
    "meeting_phrase": partial(_pressed, "insert_phrase"),
    "meeting_new_vote": partial(_pressed, "add_vote"),
    "meeting_vote": vote,
    "meeting_candidates": candidates,
    "meeting_findings": findings,
    "meeting_scans": scans,
    "meeting_scans_away": scans_away,
    "print_meeting": print_meeting,
    "print_volume": print_volume,
    "meeting_draft": with_draft,
    "meeting_locked": locked,
}
