"""Groups, names, posts and terms of the branch, and what the papers make of them."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton, QTreeWidgetItem

from branchdesk.services import members, organisations
from branchdesk.settings import Settings
from branchdesk.ui.fields.editors import FieldEditor
from branchdesk.ui.screens.organisation_dialogs import (
    DissolveDialog,
    NewOrganisationDialog,
    PostDialog,
    RenameDialog,
    TermDialog,
)
from branchdesk.ui.screens.organisations import OrganisationScreen
from branchdesk.ui.screens.printing import RosterChoices
from support import hands
from support.branches import SettableClock
from support.hands import CTRL, Key
from support.papers import text_of
from support.stage import SMALL_SCREEN, Stage, known_branch


@pytest.fixture
def page(stage: Stage, the_clock: SettableClock) -> OrganisationScreen:
    """The organisations of the sample branch on 21 November 2026, the branch itself in front."""
    del the_clock
    stage.open()
    page = stage.go("organisations")
    assert isinstance(page, OrganisationScreen)
    return page


def root(page: OrganisationScreen) -> QTreeWidgetItem:
    found = page.tree.topLevelItem(0)
    assert found is not None
    return found


def below(page: OrganisationScreen) -> list[str]:
    """What stands below the branch in the tree."""
    return [root(page).child(place).text(0) for place in range(root(page).childCount())]


def choose(page: OrganisationScreen, place: int) -> None:
    """Click a group in the tree."""
    hands.click(page.tree, page.tree.indexFromItem(root(page).child(place)))


def roster_paper(stage: Stage, day: str) -> str:
    """The text of the roster on paper as of a day, without spaces."""
    stage.window.show_screen("print_roster")
    dialog = stage.printing()
    choices = dialog.findChild(RosterChoices)
    assert choices is not None
    if choices.day.text() != day:
        before = dialog.pdf
        hands.fill(choices.day, day)
        stage.wait(lambda: dialog.pdf != before and not dialog.jobs.busy)
    made = "".join(text_of(dialog.pdf).split())
    stage.close_dialogs()
    return made


# ---- groups


def test_a_new_group_stands_in_both_trees(stage: Stage, page: OrganisationScreen) -> None:
    hands.press(Key.Key_N, CTRL)
    dialog = stage.dialog(NewOrganisationDialog)
    hands.pick(dialog.kind, "党小组")
    hands.fill(dialog.full_name, "第四党小组")
    stage.press("save", dialog)
    assert below(page)[-1] == "第四党小组"
    tree = stage.roster().tree
    branch = tree.topLevelItem(0)
    assert branch is not None
    assert branch.child(3).text(0) == "第四党小组"
    assert branch.child(3).text(1) == "0"
    stage.end()
    stage.open(branch=known_branch())
    again = stage.go("organisations")
    assert isinstance(again, OrganisationScreen)
    assert below(again)[-1] == "第四党小组"


def test_a_name_that_is_taken_is_refused_in_the_dialog(stage: Stage, page: OrganisationScreen) -> None:
    stage.press("add_organisation")
    dialog = stage.dialog(NewOrganisationDialog)
    hands.pick(dialog.kind, "党小组")
    hands.fill(dialog.full_name, "第一党小组")
    stage.press("save", dialog)
    assert "下面已经有“第一党小组”" in dialog.wrong.text()
    assert len(below(page)) == 3


def test_a_group_with_members_cannot_be_dissolved_and_an_empty_one_can(
    stage: Stage, page: OrganisationScreen
) -> None:
    choose(page, 0)
    stage.press("dissolve")
    dialog = stage.dialog(DissolveDialog)
    stage.press("save", dialog)
    assert "第一党小组 还有 7 名党员，不能撤销。" in dialog.wrong.text()
    hands.press(Key.Key_Escape)
    hands.click(page.tree, page.tree.indexFromItem(root(page)))
    stage.press("add_organisation")
    founding = stage.dialog(NewOrganisationDialog)
    hands.pick(founding.kind, "党小组")
    hands.fill(founding.full_name, "临时党小组")
    stage.press("save", founding)
    choose(page, 3)
    stage.press("dissolve")
    dialog = stage.dialog(DissolveDialog)
    stage.press("save", dialog)
    assert below(page) == ["第一党小组", "第二党小组", "第三党小组"]


# ---- names


def test_a_name_from_today_on_leaves_the_earlier_roster_as_it_was(
    stage: Stage, page: OrganisationScreen
) -> None:
    stage.press("rename")
    dialog = stage.dialog(RenameDialog)
    hands.fill(dialog.full_name, "中共滨江市大数据中心支部委员会")
    hands.fill(dialog.short_name, "大数据中心支部")
    assert dialog.from_day.text() == "2026.11.21"
    stage.press("save", dialog)
    assert root(page).text(0) == "大数据中心支部"
    now, then = roster_paper(stage, "2026.11.21"), roster_paper(stage, "2026.06.30")
    assert "大数据中心" in now
    assert "大数据中心" not in then
    assert "经济信息中心" in then
    stage.desk.undo()
    assert root(page).text(0) == "信息中心支部（示例）"


def test_a_name_spelled_wrongly_is_put_right_in_the_page(stage: Stage, page: OrganisationScreen) -> None:
    field = page.findChild(FieldEditor, "field_short_name")
    assert isinstance(field, FieldEditor)
    hands.fill(field, "信息中心支部")
    assert root(page).text(0) == "信息中心支部"
    full = page.findChild(FieldEditor, "field_full_name")
    assert isinstance(full, FieldEditor)
    hands.fill(full, "")
    assert stage.problem_said() == "党组织全称不能空着。"
    stage.close_dialogs()
    assert full.text() == "中共滨江市经济信息中心支部委员会"


# ---- the committee


def begin_term(stage: Stage, page: OrganisationScreen, elected: str) -> TermDialog:
    page.tabs.setCurrentIndex(1)
    stage.press("add_term")
    dialog = stage.dialog(TermDialog)
    hands.fill(dialog.number, "第三届")
    hands.fill(dialog.elected, elected)
    stage.press("save", dialog)
    return dialog


def test_a_term_begins_and_says_when_it_ends(stage: Stage, page: OrganisationScreen) -> None:
    begin_term(stage, page, "2026.6.29")
    line = hands.lines(page.terms)[0]
    assert line[:2] == ["第三届", "2026.06.29"]
    assert line[2].startswith("2029")


def test_a_term_wants_a_whole_date(stage: Stage, page: OrganisationScreen) -> None:
    dialog = begin_term(stage, page, "2026.06")
    assert "请写到哪一天" in dialog.wrong.text()
    assert hands.lines(page.terms) == []


def test_a_post_is_entered_ended_and_shown_on_the_roster(stage: Stage, page: OrganisationScreen) -> None:
    page.tabs.setCurrentIndex(1)
    before = hands.lines(page.posts)
    stage.press("add_post")
    dialog = stage.dialog(PostDialog)
    hands.pick(dialog.member, "刘洋")
    hands.pick(dialog.code, "青年委员")
    hands.fill(dialog.since, "2026.11.01")
    stage.press("save", dialog)
    mine = next(line for line in hands.lines(page.posts) if line[1] == "刘洋")
    assert mine == ["青年委员", "刘洋", "2026.11.01", ""]
    roster = stage.roster()
    assert hands.shown(roster, "刘洋", "posts") == "青年委员"
    stage.go("organisations")
    row = hands.lines(page.posts).index(mine)
    hands.double_click(page.posts, page.posts.model().index(row, 0))
    dialog = stage.dialog(PostDialog)
    hands.fill(dialog.until, "2026.10.01")
    stage.press("save", dialog)
    assert "卸任日期早于任职日期。" in dialog.wrong.text()
    hands.fill(dialog.until, "2026.11.20")
    stage.press("save", dialog)
    assert hands.shown(stage.roster(), "刘洋", "posts") == ""
    assert len(hands.lines(page.posts)) <= len(before) + 1


def test_namesakes_are_told_apart_and_never_taken_for_each_other(
    stage: Stage, page: OrganisationScreen
) -> None:
    branch = stage.desk.branch
    home = organisations.root_of(branch)
    rows = [
        {"name": "王敏", "sex": "女", "born_on": "1979.10.2", "id_number": "999999197910020227"},
        {"name": "王敏", "sex": "男", "born_on": "1988.3"},
    ]
    members.add_members(branch, rows, home)
    page.tabs.setCurrentIndex(1)
    stage.press("add_post")
    dialog = stage.dialog(PostDialog)
    assert (dialog.member.currentText(), dialog.code.currentText()) == ("", ""), "nobody is proposed"
    stage.press("save", dialog)
    assert "请选择或输入姓名。" in dialog.wrong.text()
    hands.fill(dialog.member, "王敏")
    stage.press("save", dialog)
    assert "名册里有 2 个“王敏”，请从列表中选择。" in dialog.wrong.text()
    hands.pick(dialog.member, "王敏（男，1988.03）")
    stage.press("save", dialog)
    assert "请选择职务。" in dialog.wrong.text()
    hands.pick(dialog.code, "青年委员")
    stage.press("save", dialog)
    (post,) = [
        post for _uid, post in organisations.organisation_file(branch, home).posts if post.code == "youth"
    ]
    file = members.member_file(branch, post.member)
    assert file is not None
    assert file.values["sex"] == "1"


def test_a_name_that_only_one_member_has_can_be_typed(stage: Stage, page: OrganisationScreen) -> None:
    page.tabs.setCurrentIndex(1)
    stage.press("add_post")
    dialog = stage.dialog(PostDialog)
    hands.fill(dialog.member, "刘 洋")
    hands.pick(dialog.code, "青年委员")
    stage.press("save", dialog)
    assert ["青年委员", "刘洋", "", ""] in hands.lines(page.posts)


def test_present_posts_come_first_in_their_order_and_leaders_name_their_group(
    stage: Stage, page: OrganisationScreen
) -> None:
    page.tabs.setCurrentIndex(1)
    row = next(place for place, line in enumerate(hands.lines(page.posts)) if line[0] == "书记")
    hands.double_click(page.posts, page.posts.model().index(row, 0))
    dialog = stage.dialog(PostDialog)
    assert dialog.heading.text() == "更正任职 · 周建国"
    hands.fill(dialog.until, "2026.01.01")
    stage.press("save", dialog)
    lines = hands.lines(page.posts)
    assert lines[0][0] == "副书记"
    assert lines[-1][:2] == ["书记", "周建国"]
    ended, present = page.posts.item(len(lines) - 1, 0), page.posts.item(0, 0)
    assert ended is not None
    assert present is not None
    assert ended.foreground().color() != present.foreground().color()
    assert "党小组长（第三党小组）" in [line[0] for line in lines]
    hands.double_click(page.posts, page.posts.model().index(0, 0))
    assert stage.dialog_heading() == "更正任职 · 陈志远"


def test_all_findings_are_shown_one_after_the_other_and_the_end_of_the_term_first(
    stage: Stage, page: OrganisationScreen
) -> None:
    begin_term(stage, page, "2023.3.1")
    for row in range(len(hands.lines(page.posts))):
        if hands.lines(page.posts)[row][0] in {"书记", "纪检委员"}:
            hands.double_click(page.posts, page.posts.model().index(row, 0))
            dialog = stage.dialog(PostDialog)
            hands.pick(dialog.code, "青年委员")
            stage.press("save", dialog)
    stage.wait(lambda: page.banner.sentence.startswith("1/3"))
    assert "本届已于 2026.03.01 任期届满" in page.banner.sentence
    following = next(one for one in page.banner.findChildren(QPushButton) if one.text() == "下一条")
    said = []
    for _press in range(3):
        hands.click_at(following, following.rect().center())
        said.append(page.banner.sentence[:3])
    assert said == ["2/3", "3/3", "1/3"]


@pytest.mark.parametrize("scale", [100, 150])
def test_four_posts_are_seen_at_once_on_a_small_screen(stage: Stage, scale: int) -> None:
    stage.open(Settings(scale=scale), SMALL_SCREEN)
    page = stage.go("organisations")
    assert isinstance(page, OrganisationScreen)
    page.tabs.setCurrentIndex(1)
    stage.qtbot.wait(50)
    height = page.posts.viewport().visibleRegion().boundingRect().height()
    assert height >= 4 * page.posts.rowHeight(0)


def test_nobody_outside_the_roster_can_be_entered(stage: Stage, page: OrganisationScreen) -> None:
    page.tabs.setCurrentIndex(1)
    stage.press("add_post")
    dialog = stage.dialog(PostDialog)
    hands.fill(dialog.member, "某某")
    stage.press("save", dialog)
    assert "名册里没有“某某”。" in dialog.wrong.text()
