"""The first run as a clerk goes through it, from the empty computer to the empty roster."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QWidget

from branchdesk import clock, paths
from branchdesk.services import sample
from branchdesk.services.branches import people_of, unlock
from branchdesk.services.organisations import organisation_tree
from branchdesk.services.rosters import roster_tree
from branchdesk.settings import Settings, load_settings
from branchdesk.ui.entry.founding import FILL, FOUND, KEEP, READY, SECURE, FoundingPage
from branchdesk.ui.entry.place import CardScroll
from branchdesk.ui.entry.reception import Reception
from branchdesk.ui.entry.unlock import UnlockPage
from branchdesk.ui.recovery_card import RecoveryCardDialog
from branchdesk.ui.screens.roster_import.screen import RosterImportScreen
from support import hands
from support.hands import Key
from support.stage import SMALL_SCREEN, Stage
from ui.scenes import FOUNDING

PASSWORD = "hexi-cun-2026"


def founding_page(reception: Reception) -> FoundingPage:
    page = reception.window.page
    assert isinstance(page, FoundingPage)
    return page


def line(page: QWidget, key: str) -> QLineEdit:
    found = page.findChild(QLineEdit, f"founding_{key}")
    assert isinstance(found, QLineEdit)
    return found


def describe(page: FoundingPage) -> None:
    """Type what the first page asks for."""
    for key in ("full_name", "short_name", "superior_name", "groups"):
        hands.fill(line(page, key), FOUNDING[key])


def set_password(stage: Stage, page: FoundingPage) -> str:
    """Found the branch on the second page; the key of its recovery card."""
    hands.fill(line(page, "clerk"), FOUNDING["clerk"])
    hands.fill(page.password, PASSWORD)
    hands.fill(page.again, PASSWORD)
    stage.press("next", page)
    stage.wait(lambda: page.card is not None)
    assert page.card is not None
    return page.card.key.text()


def hand_over_card(page: FoundingPage) -> None:
    """Tick that the card was printed."""
    assert page.card is not None
    hands.tick(page.card.done)


def found(stage: Stage) -> FoundingPage:
    """Go through the first two pages, and stand on the third."""
    page = founding_page(stage.receive())
    describe(page)
    stage.press("next", page)
    set_password(stage, page)
    hand_over_card(page)
    stage.press("next", page)
    assert page.step == FILL
    return page


def finish(stage: Stage, page: FoundingPage) -> None:
    """Agree with everything from the third page on."""
    for step in (KEEP, READY):
        stage.press("next", page)
        assert page.step == step
    stage.press("next", page)


def reopened(stage: Stage) -> Reception:
    """The program closed and started again, with what it kept."""
    stage.end()
    return stage.receive(load_settings())


def unlock_with_card(stage: Stage, reception: Reception, key: str) -> None:
    """Type the password where a first run broke off; a new card must be handed over."""
    page = reception.window.page
    assert isinstance(page, UnlockPage)
    stage.wait(lambda: bool(page.person.currentData()))
    hands.write(PASSWORD)
    hands.press(Key.Key_Return)
    stage.wait(lambda: stage.opened)
    card = stage.dialog(RecoveryCardDialog)
    assert card.box.key.text() != key
    hands.press(Key.Key_Escape)
    assert card.isVisible(), "Esc does not throw the card away"
    hands.tick(card.box.done)
    stage.press("done", card)
    stage.wait(lambda: stage.application.activeModalWidget() is None)
    assert load_settings().founding is None


# ---- from page to page


def test_the_first_page_wants_names_before_it_goes_on(stage: Stage) -> None:
    page = founding_page(stage.receive())
    stage.press("next", page)
    assert page.step == FOUND
    assert page.banner.isVisible()
    assert "全称" in page.banner.sentence
    describe(page)
    stage.press("next", page)
    assert page.step == SECURE
    assert not page.banner.sentence


def test_a_short_name_is_proposed_until_another_is_written(stage: Stage) -> None:
    page = founding_page(stage.receive())
    hands.fill(line(page, "full_name"), "中共青石镇河西村支部委员会")
    assert line(page, "short_name").text() == "青石镇河西村支部"
    hands.fill(line(page, "full_name"), "中共青石镇委员会")
    assert line(page, "short_name").text() == "青石镇党委"
    hands.fill(line(page, "short_name"), "镇党委")
    hands.fill(line(page, "full_name"), "中共青石镇河西村总支部委员会")
    assert line(page, "short_name").text() == "镇党委"


def test_the_keys_begin_in_the_first_field_and_return_to_the_wrong_one(stage: Stage) -> None:
    page = founding_page(stage.receive())
    assert hands.focused() is line(page, "full_name")
    describe(page)
    hands.fill(line(page, "groups"), "第一党小组、第一党小组")
    stage.press("next", page)
    assert "同名" in page.banner.sentence
    assert hands.focused() is line(page, "groups")
    describe(page)
    stage.press("next", page)
    assert hands.focused() is line(page, "clerk")
    hands.fill(page.password, "abc")
    stage.press("next", page)
    assert hands.focused() is page.password.line
    hands.fill(page.password, PASSWORD)
    stage.press("next", page)
    assert hands.focused() is page.again.line
    set_password(stage, page)
    stage.press("next", page)
    assert page.card is not None
    assert hands.focused() is page.card.done


@pytest.mark.parametrize("scale", [100, 125, 150])
def test_the_button_and_the_beginning_of_every_step_are_seen_on_a_small_screen(
    stage: Stage, scale: int
) -> None:
    reception = stage.receive(Settings(scale=scale))
    reception.window.resize(*SMALL_SCREEN)
    page = founding_page(reception)

    def seen(widget: QWidget) -> bool:
        return widget.visibleRegion().boundingRect() == widget.rect()

    def look() -> None:
        stage.wait(lambda: seen(page.next) and seen(page.stepper))

    look()
    describe(page)
    stage.press("next", page)
    look()
    set_password(stage, page)
    look()
    card = page.card
    assert card is not None
    stage.wait(lambda: seen(card.done))  # what has to be ticked is seen without scrolling
    hand_over_card(page)
    for step in (FILL, KEEP, READY):
        stage.press("next", page)
        assert page.step == step
        look()
        bar = page.findChild(CardScroll)
        assert isinstance(bar, CardScroll)
        stage.wait(lambda bar=bar: bar.verticalScrollBar().maximum() == 0)  # type: ignore[misc]


def test_a_password_that_is_too_short_or_not_the_same_twice_is_refused_with_a_reason(stage: Stage) -> None:
    page = founding_page(stage.receive())
    describe(page)
    stage.press("next", page)
    hands.fill(page.password, "abc")
    stage.press("next", page)
    assert "口令至少要 8 位，现在是 3 位。" in page.banner.sentence
    hands.fill(page.password, PASSWORD)
    hands.fill(page.again, f"{PASSWORD}!")
    stage.press("next", page)
    assert "两次输入的口令不一样。" in page.banner.sentence
    assert page.branch is None
    assert page.step == SECURE
    stage.press("back", page)
    assert line(page, "full_name").text() == FOUNDING["full_name"]


def test_the_recovery_card_must_be_ticked_before_going_on(stage: Stage) -> None:
    page = founding_page(stage.receive())
    describe(page)
    stage.press("next", page)
    key = set_password(stage, page)
    assert len(key.replace("-", "")) > 25
    stage.press("next", page)
    assert page.step == SECURE
    assert "请先打印恢复卡" in page.banner.sentence
    hand_over_card(page)
    stage.press("next", page)
    assert page.step == FILL
    assert not page.banner.sentence


def test_starting_empty_ends_at_what_an_empty_roster_offers(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = found(stage)
    hands.tick(page.empty)
    stage.press("next", page)
    assert page.step == KEEP
    place = tmp_path / "stick"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(place))
    stage.press("choose_place", page)
    stage.press("next", page)
    assert page.step == READY
    stage.press("next", page)
    roster = stage.roster()
    words = [label.text() for label in roster.members.pane.findChildren(QLabel)]
    assert "名册里还没有党员" in words
    places = roster_tree(stage.desk.branch, clock.today())
    assert [node.label for node in places[:3]] == ["河西村党支部", "第一党小组", "第二党小组"]
    settings = load_settings()
    assert settings.founding is None
    assert settings.backup_folder(stage.desk.branch.path) == place


def test_importing_is_proposed_and_opens_the_import(stage: Stage) -> None:
    finish(stage, found(stage))
    assert isinstance(stage.window.page, RosterImportScreen)


def test_the_new_password_opens_the_branch_after_a_restart(stage: Stage) -> None:
    finish(stage, found(stage))
    folder = stage.desk.branch.path
    reception = reopened(stage)
    unlock_page = reception.window.page
    assert isinstance(unlock_page, UnlockPage)
    assert unlock_page.person.currentText() == FOUNDING["clerk"]
    hands.write(PASSWORD)
    hands.press(Key.Key_Return)
    stage.wait(lambda: stage.opened)
    assert stage.desk.branch.path == folder
    assert not stage.application.activeModalWidget()


# ---- interruptions


def test_what_was_typed_on_the_first_page_is_there_after_closing(stage: Stage) -> None:
    reception = stage.receive()
    page = founding_page(reception)
    hands.fill(line(page, "full_name"), FOUNDING["full_name"])
    hands.fill(line(page, "groups"), FOUNDING["groups"])
    reception.window.close()
    again = founding_page(reopened(stage))
    assert line(again, "full_name").text() == FOUNDING["full_name"]
    assert line(again, "groups").text() == FOUNDING["groups"]


def test_other_letters_on_the_first_page_keep_what_was_typed(stage: Stage) -> None:
    reception = stage.receive()
    hands.fill(line(founding_page(reception), "short_name"), FOUNDING["short_name"])
    stage.press("segment_125", reception.window)
    assert stage.program is not None
    newer = stage.program.reception
    assert newer is not None
    stage.wait(lambda: newer.window.page is not None)
    assert line(founding_page(newer), "short_name").text() == FOUNDING["short_name"]
    assert load_settings().scale == 125


def test_an_interrupted_first_run_shows_a_new_card_at_the_next_start(stage: Stage) -> None:
    reception = stage.receive()
    page = founding_page(reception)
    describe(page)
    stage.press("next", page)
    key = set_password(stage, page)
    reception.window.close()
    unlock_with_card(stage, reopened(stage), key)


def test_other_letters_after_founding_still_lead_into_the_branch(stage: Stage) -> None:
    reception = stage.receive()
    page = founding_page(reception)
    describe(page)
    stage.press("next", page)
    key = set_password(stage, page)
    stage.press("segment_125", reception.window)
    assert stage.program is not None
    newer = stage.program.reception
    assert newer is not None
    stage.bring_to_front(newer.window)
    unlock_with_card(stage, newer, key)


# ---- other ways to begin


def test_a_second_branch_can_be_founded_from_the_unlock_page(stage: Stage) -> None:
    finish(stage, found(stage))
    first = stage.desk.branch.path
    reception = reopened(stage)
    stage.press("found", reception.window.page)
    page = founding_page(reception)
    assert not line(page, "full_name").text()
    describe(page)
    hands.fill(line(page, "short_name"), "河东村党支部")
    stage.press("next", page)
    set_password(stage, page)
    hand_over_card(page)
    for _step in (FILL, KEEP, READY):
        stage.press("next", page)
    stage.press("next", page)
    assert stage.desk.branch.path != first
    assert organisation_tree(stage.desk.branch).roots()[0].name == "河东村党支部"
    assert load_settings().branches == (str(stage.desk.branch.path), str(first))


def test_the_sample_branch_opens_with_its_members(stage: Stage) -> None:
    reception = stage.receive()
    stage.press("open_sample", reception.window.page)
    stage.wait(lambda: stage.opened)
    assert len(hands.people(stage.roster())) == 24
    folder = paths.user_folder() / "sample"
    stage.end()
    branch = unlock(folder, people_of(folder)[0].uid, sample.PASSWORD)
    assert branch.person.name == "李敏"
