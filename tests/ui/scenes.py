"""Every screen, dialog and page of the program, opened the way a clerk opens it.

The fit walker, the accessibility walk and the pictures go through all of them; a test sees to it that
no screen, dialog or page is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QTabWidget, QWidget

from branchdesk.errors import Problem
from branchdesk.jobs.progress import Progress
from branchdesk.services import backups, members, organisations
from branchdesk.services.sample import PASSWORD, sample_workbook
from branchdesk.services.search import find_people
from branchdesk.ui.bug_report import show_bug
from branchdesk.ui.dialogs import SheetDialog, ask
from branchdesk.ui.entry.founding import FoundingPage
from branchdesk.ui.entry.reception import Reception
from branchdesk.ui.job_runner import Job, ProgressDialog
from branchdesk.ui.printing import PrintDialog
from branchdesk.ui.recovery_card import RecoveryCardDialog
from branchdesk.ui.screens.organisations import OrganisationScreen
from branchdesk.ui.screens.roster_import.screen import COLUMNS, DONE, PROBLEMS, RosterImportScreen
from branchdesk.ui.screens.search import SearchDialog
from support.stage import Stage
from ui.ballot_scenes import BALLOT_SCENES
from ui.daily_scenes import DAILY_SCENES
from ui.evaluation_scenes import EVALUATION_SCENES
from ui.form_scenes import FORM_SCENES
from ui.inspection_scenes import INSPECTION_SCENES
from ui.ledger_scenes import LEDGER_SCENES
from ui.meeting_scenes import MEETING_SCENES
from ui.points_scenes import POINTS_SCENES
from ui.star_scenes import STAR_SCENES

Scene = Callable[[Stage], QWidget]
WORKBOOKS = Path(__file__).parent.parent / "data" / "workbooks"
FOUNDING = {
    "full_name": "中共青石镇河西村支部委员会",
    "short_name": "河西村党支部",
    "superior_name": "中共青石镇委员会",
    "groups": "第一党小组、第二党小组",
    "clerk": "王敏",
}


def _dialog(stage: Stage) -> SheetDialog:
    """The dialog that was opened last, its paper made where it shows one."""
    dialog = stage.dialog(SheetDialog)
    if isinstance(dialog, PrintDialog):
        stage.wait(lambda: bool(dialog.pdf))
    return dialog


# ---- the roster


def roster(stage: Stage) -> QWidget:
    return stage.roster()


def roster_with_finding(stage: Stage) -> QWidget:
    page = stage.roster()
    stage.qtbot.wait(300)
    page.next_finding()
    return page


def roster_cards(stage: Stage) -> QWidget:
    page = stage.roster()
    stage.press("segment_cards")
    return page


def roster_focus_mode(stage: Stage) -> QWidget:
    page = stage.roster()
    page.toggle_focus()
    return page


def _tab(stage: Stage, place: int) -> QWidget:
    page = stage.roster()
    if not page.details.isVisible():
        page.toggle_details()
    tabs = page.details.findChild(QTabWidget)
    assert isinstance(tabs, QTabWidget)
    tabs.setCurrentIndex(place)
    return page


def new_member(stage: Stage) -> QWidget:
    stage.roster().begin_new()
    return _dialog(stage)


def event(stage: Stage) -> QWidget:
    page = stage.roster()
    page.acts.record_event(page.roster.rows([0])[0].uid)
    return _dialog(stage)


def event_to_correct(stage: Stage) -> QWidget:
    page = stage.roster()
    uid = page.roster.rows([0])[0].uid
    file = members.member_file(stage.desk.branch, uid)
    assert file is not None
    page.acts.correct_event(uid, file.events[0])
    return _dialog(stage)


def columns(stage: Stage) -> QWidget:
    stage.roster()
    stage.press("columns")
    return _dialog(stage)


def reveal(stage: Stage) -> QWidget:
    stage.roster()
    stage.press("reveal")
    return _dialog(stage)


# ---- other screens


def _root(stage: Stage) -> OrganisationScreen:
    """The screen of organisations at the branch itself."""
    page = stage.go("organisations")
    assert isinstance(page, OrganisationScreen)
    root = page.tree.topLevelItem(0)
    assert root is not None
    page.tree.setCurrentItem(root)
    return page


def organisation(stage: Stage) -> QWidget:
    page = _root(stage)
    page.tabs.setCurrentIndex(0)
    return page


def committee(stage: Stage) -> QWidget:
    page = _root(stage)
    branch = stage.desk.branch
    root = organisations.root_of(branch)
    if not organisations.organisation_file(branch, root).terms:
        day = organisations.organisation_tree(branch).day
        stage.desk.do(partial(organisations.begin_term, branch, root, "第三届", day))
    page.tabs.setCurrentIndex(1)
    return page


def _on_committee(name: str, stage: Stage) -> QWidget:
    committee(stage)
    stage.press(name)
    return _dialog(stage)


def _on_organisation(name: str, stage: Stage) -> QWidget:
    organisation(stage)
    stage.press(name)
    return _dialog(stage)


def dissolve(stage: Stage) -> QWidget:
    page = _root(stage)
    page.tree.setCurrentItem(page.tree.itemBelow(page.tree.currentItem()))
    stage.press("dissolve")
    return _dialog(stage)


def post(stage: Stage) -> QWidget:
    page = committee(stage)
    assert isinstance(page, OrganisationScreen)
    page.posts.itemActivated.emit(page.posts.item(0, 0))
    return _dialog(stage)


def history(stage: Stage) -> QWidget:
    return stage.go("history")


def member_history(stage: Stage) -> QWidget:
    page = stage.roster()
    stage.go("member_history", page.roster.rows([0])[0].uid)
    return _dialog(stage)


def recycle_bin(stage: Stage) -> QWidget:
    uid = find_people(stage.desk.branch, "黄文博")[0].uid
    stage.desk.do(partial(members.move_to_bin, stage.desk.branch, [uid], "重复录入"))
    return stage.go("recycle_bin")


def empty_recycle_bin(stage: Stage) -> QWidget:
    return stage.go("recycle_bin")


def _settings(page: str, stage: Stage) -> QWidget:
    return stage.go("settings", page)


def _in_settings(page: str, name: str, stage: Stage) -> QWidget:
    stage.go("settings", page)
    stage.press(name)
    return _dialog(stage)


# ---- the import wizard


def import_file(stage: Stage) -> QWidget:
    return stage.go("roster_import")


def _import(stage: Stage, workbook: Path, step: int) -> RosterImportScreen:
    page = stage.go("roster_import", workbook)
    assert isinstance(page, RosterImportScreen)
    stage.wait(lambda: page.stack.currentIndex() == COLUMNS)
    for target in range(PROBLEMS, step + 1):
        if target == DONE:
            page.problems.category.setCurrentIndex(1)
            stage.wait_for_jobs()
        stage.press("next", page)
        stage.wait(lambda wanted=target: page.stack.currentIndex() == wanted)  # type: ignore[misc]
    stage.wait_for_jobs()
    return page


def import_columns(stage: Stage) -> QWidget:
    return _import(stage, WORKBOOKS / "title_and_unit.xlsx", COLUMNS)


def import_problems(stage: Stage) -> QWidget:
    return _import(stage, WORKBOOKS / "damaged_numbers.xlsx", PROBLEMS)


def import_again(stage: Stage) -> QWidget:
    return _import(stage, sample_workbook(), PROBLEMS)


def import_done(stage: Stage) -> QWidget:
    return _import(stage, WORKBOOKS / "totals_and_notes.xlsx", DONE)


# ---- over the screens


def _overlay(key: str, stage: Stage) -> QWidget:
    stage.roster()
    stage.window.show_screen(key)
    return _dialog(stage)


def print_sheet(stage: Stage) -> QWidget:
    page = stage.roster()
    stage.window.show_screen("print_sheet", [page.roster.rows([0])[0].uid])
    return _dialog(stage)


def print_history(stage: Stage) -> QWidget:
    page = stage.roster()
    stage.window.show_screen("print_history", page.roster.rows([0])[0].uid)
    return _dialog(stage)


def search(stage: Stage) -> QWidget:
    dialog = _overlay("search", stage)
    assert isinstance(dialog, SearchDialog)
    QTest.keyClicks(dialog.line, "l")
    return dialog


def problem(stage: Stage) -> QWidget:
    stage.window.tell(Problem("磁盘满了，这一步没有保存。", "请腾出一些空间，再做一次；已经保存的内容都在。"))
    return _dialog(stage)


def question(stage: Stage) -> QWidget:
    text = "撤销“导入名册 roster.xlsx”？"
    advice = "撤销也会记成一步，随时可以再恢复。后来又改过的内容不会被覆盖。"
    return ask(stage.window, "撤销这一步", text, advice, "撤销", lambda: None)


def bug(stage: Stage) -> QWidget:
    return show_bug(ValueError("x"), stage.window)


def progress(stage: Stage) -> QWidget:
    job = Job("正在读取 名册2026.xlsx", lambda _p: None, lambda _r: None, None, Progress(lambda *_a: None))
    dialog = ProgressDialog(job, stage.window)
    dialog.show_step(0.4, "第 400 行，共 1000 行")
    dialog.open()
    return dialog


def recovery_card(stage: Stage) -> QWidget:
    dialog = RecoveryCardDialog(stage.desk.branch, "A7K2M-9QX4P-3RTVW-8HJ6N-5ZDCB-2FGYE-4UK1", stage.window)
    dialog.open()
    return dialog


SCENES: dict[str, Scene] = {
    "roster": roster,
    "roster_with_finding": roster_with_finding,
    "roster_cards": roster_cards,
    "roster_party": lambda stage: _tab(stage, 1),
    "roster_career": lambda stage: _tab(stage, 2),
    "roster_honours": lambda stage: _tab(stage, 3),
    "roster_attachments": lambda stage: _tab(stage, 4),
    "new_member": new_member,
    "event": event,
    "event_to_correct": event_to_correct,
    "columns": columns,
    "reveal": reveal,
    "organisation": organisation,
    "committee": committee,
    "new_organisation": partial(_on_organisation, "add_organisation"),
    "rename": partial(_on_organisation, "rename"),
    "dissolve": dissolve,
    "new_term": partial(_on_committee, "add_term"),
    "new_post": partial(_on_committee, "add_post"),
    "post": post,
    "history": history,
    "member_history": member_history,
    "empty_recycle_bin": empty_recycle_bin,
    "recycle_bin": recycle_bin,
    "settings_looks": partial(_settings, "looks"),
    "settings_safety": partial(_settings, "safety"),
    "settings_backup": partial(_settings, "backup"),
    "settings_words": partial(_settings, "words"),
    "settings_meetings": partial(_settings, "meetings"),
    "settings_rules": partial(_settings, "rules"),
    "settings_input": partial(_settings, "input"),
    "change_password": partial(_in_settings, "safety", "change_password"),
    "add_person": partial(_in_settings, "safety", "add_person"),
    "remove_person": partial(_in_settings, "safety", "remove_person"),
    "new_card": partial(_in_settings, "safety", "new_card"),
    "import_file": import_file,
    "import_columns": import_columns,
    "import_problems": import_problems,
    "import_again": import_again,
    "import_done": import_done,
    "print_roster": partial(_overlay, "print_roster"),
    "print_sheet": print_sheet,
    "print_history": print_history,
    "search": search,
    "help": partial(_overlay, "help"),
    "about": partial(_overlay, "about"),
    "problem": problem,
    "question": question,
    "bug": bug,
    "progress": progress,
    "recovery_card": recovery_card,
    "roster_focus_mode": roster_focus_mode,
    **MEETING_SCENES,
    **LEDGER_SCENES,
    **INSPECTION_SCENES,
    **POINTS_SCENES,
    **EVALUATION_SCENES,
    **DAILY_SCENES,
    **BALLOT_SCENES,
    **STAR_SCENES,
    **FORM_SCENES,
}


def walk(stage: Stage) -> Iterator[tuple[str, QWidget]]:
    """Every scene in one window, one after the other: its name and the widget that it shows."""
    for name, scene in SCENES.items():
        shown = scene(stage)
        stage.wait_for_jobs()
        stage.qtbot.wait(20)
        yield name, shown
        stage.close_dialogs()


# ---- before a branch is open


def _next(reception: Reception) -> None:
    page = reception.window.page
    assert isinstance(page, FoundingPage)
    page.next.click()


def founding(stage: Stage, reception: Reception, step: int) -> QWidget:
    """The first run at one of its steps."""
    reception.begin_founding()
    page = reception.window.page
    assert isinstance(page, FoundingPage)
    for key, text in FOUNDING.items() if step else ():
        line = page.findChild(QLineEdit, f"founding_{key}")
        assert isinstance(line, QLineEdit)
        line.setText(text)
    for _step in range(min(step, 1)):
        _next(reception)
    if step > 1:
        page.password.line.setText(PASSWORD)
        page.again.line.setText(PASSWORD)
        _next(reception)
        stage.wait(lambda: page.card is not None)
        assert page.card is not None
        page.card.done.setChecked(step > 2)
    for _step in range(step - 2):
        _next(reception)
    return page


def unlock(stage: Stage, reception: Reception) -> QWidget:
    reception.ask_password(_somewhere(stage))
    return reception.window.page


def card(stage: Stage, reception: Reception) -> QWidget:
    reception.ask_password(_somewhere(stage))
    stage.press("use_card", reception.window.page)
    return reception.window.page


def restore(stage: Stage, reception: Reception) -> QWidget:
    reception.choose_backup(_somewhere(stage))
    return reception.window.page


def _somewhere(stage: Stage) -> Path:
    """A closed sample branch with a backup."""
    from branchdesk import paths  # noqa: PLC0415
    from support.stage import sample_branch  # noqa: PLC0415

    folder = paths.user_folder() / "closed"
    if not folder.exists():
        branch = sample_branch(folder)
        backups.make_backup(branch, folder.parent / "closed-backups", "手动备份")
        branch.close()
    del stage
    return folder


EntryScene = Callable[[Stage, Reception], QWidget]
ENTRY_SCENES: dict[str, EntryScene] = {
    **{f"founding_{step}": partial(founding, step=step) for step in range(6)},
    "unlock": unlock,
    "card": card,
    "restore": restore,
}
