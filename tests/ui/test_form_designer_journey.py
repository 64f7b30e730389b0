"""The form designer from the first copy to a meeting of the new kind, with the keyboard alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtWidgets import QLabel, QMenu, QPushButton

from branchdesk.forms.language import Form
from branchdesk.forms.parts import FIELD, Part
from branchdesk.services import forms
from branchdesk.services.meetings.planning import plan_meeting
from branchdesk.services.meetings.reading import meeting_list
from branchdesk.services.organisations import root_of
from branchdesk.settings import Settings
from branchdesk.ui.dialogs import MessageDialog
from branchdesk.ui.fields.base import FieldEditor
from branchdesk.ui.fields.choosing import ChoiceEditor
from branchdesk.ui.screens.form_designer import FormDesignerScreen
from branchdesk.ui.screens.form_designer.dialogs import CopyFormDialog, PublishFormDialog
from branchdesk.ui.screens.form_designer.grade_lines import GradeLines
from branchdesk.ui.screens.form_designer.rule_lines import RuleLines
from support import hands
from support.hands import CTRL, Key
from support.papers import text_of
from support.stage import SMALL_SCREEN, Stage, known_branch


@pytest.fixture
def page(stage: Stage) -> FormDesignerScreen:
    """The list of forms, with the keyboard in it."""
    stage.open()
    found = stage.go("form_designer")
    assert isinstance(found, FormDesignerScreen)
    return found


def draft(page: FormDesignerScreen) -> Form:
    assert page.draft is not None
    return page.draft.form


def copied(stage: Stage, page: FormDesignerScreen, title: str = "学习交流会") -> None:
    """Copy the form that is chosen in the list, as a clerk would."""
    hands.press(Key.Key_Return)
    stage.dialog(CopyFormDialog)
    hands.write(title)
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Return)
    stage.wait(lambda: page.draft is not None and not stage.application.activeModalWidget())


def choose(page: FormDesignerScreen, label: str) -> None:
    """Walk down the tree with the arrow until a part of that name is chosen."""
    page.bench.structure.tree.setFocus()
    hands.press(Key.Key_Home)
    for _step in range(100):
        if page.bench.structure.tree.currentItem().text(0).removesuffix(" *") == label:
            return
        hands.press(Key.Key_Down)
    raise AssertionError(f"no part is called {label}")


def editor(page: FormDesignerScreen, name: str) -> FieldEditor:
    """The editor of a question of the panel, once the panel shows it."""
    return page.bench.properties.editors[name]


def answer(stage: Stage, page: FormDesignerScreen, name: str, text: str) -> None:
    """Type an answer into the panel and leave it with Enter."""
    stage.wait(lambda: name in page.bench.properties.editors)
    asked = editor(page, name)
    if isinstance(asked, ChoiceEditor):
        hands.pick(asked.box, text)
        return
    asked.take_focus()
    hands.press(Key.Key_A, CTRL)
    hands.press(Key.Key_Delete)
    hands.write(text)
    hands.press(Key.Key_Return)


def fields(form: Form, section: str) -> list[str]:
    return [field.label for field in form.fields if field.section == section]


def test_a_form_is_copied_changed_and_published_and_a_meeting_of_it_is_planned(
    stage: Stage, page: FormDesignerScreen
) -> None:
    hands.press(Key.Key_Home)
    copied(stage, page)
    kind = draft(page).kind
    assert (draft(page).title, draft(page).version) == ("学习交流会", 1)
    paper = draft(page).paper
    assert paper is not None
    assert paper.title == "学习交流会会议记录"
    # A field behind the place of the meeting, with words to choose from.
    choose(page, "地点")
    hands.press(Key.Key_Insert)
    hands.press(Key.Key_A, CTRL)
    hands.write("交流方式")
    hands.press(Key.Key_Return)
    added = next(field for field in draft(page).fields if field.label == "交流方式")
    section = added.section
    names = fields(draft(page), section)
    assert names.index("交流方式") == names.index("地点") + 1
    answer(stage, page, "type", "选一项")
    stage.wait(lambda: page.bench.properties.lines is not None)
    choices = page.bench.properties.lines
    assert choices is not None
    choices.lines.begin_line()
    hands.write("座谈")
    hands.press(Key.Key_Return)
    stage.wait(lambda: len(draft(page).by_id[added.id].choices) == 3)
    assert [choice.label for choice in draft(page).by_id[added.id].choices] == ["选项一", "选项二", "座谈"]
    # It goes one place up, before the place.
    page.bench.structure.tree.setFocus()
    hands.press(Key.Key_Up, CTRL)
    names = fields(draft(page), section)
    assert names.index("交流方式") == names.index("地点") - 1
    # Published by the button that Tab reaches, and used.
    button = page.findChild(QPushButton, "publish_form")
    assert button is not None
    button.setFocus()
    hands.press(Key.Key_Space)
    stage.dialog(PublishFormDialog)
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Return)
    stage.wait(lambda: page.draft is None)
    assert page.draft is None
    assert page.list.current is not None
    assert page.list.current.cells() == ("学习交流会", "本支部", "第 1 版")
    branch = stage.desk.branch
    assert forms.shelf(branch).form(kind).by_id[added.id].choices[2].label == "座谈"
    outcome = plan_meeting(branch, kind, root_of(branch), {"held": "2026.11.20 15:00", added.id: "座谈"})
    assert outcome.changes
    assert "学习交流会" in {row.kind_label for row in meeting_list(branch)}


def test_edits_are_taken_back_and_done_again_with_the_keys(stage: Stage, page: FormDesignerScreen) -> None:
    copied(stage, page)
    before = draft(page)
    choose(page, "地点")
    hands.press(Key.Key_Insert)
    hands.press(Key.Key_A, CTRL)
    hands.write("备注")
    hands.press(Key.Key_Return)
    after = draft(page)
    page.bench.structure.tree.setFocus()
    hands.press(Key.Key_Z, CTRL)
    hands.press(Key.Key_Z, CTRL)
    assert draft(page) == before
    hands.press(Key.Key_Y, CTRL)
    hands.press(Key.Key_Y, CTRL)
    assert draft(page) == after
    assert stage.desk.undo_history.next_undo is None


def test_a_draft_is_still_there_after_the_program_was_killed(stage: Stage, page: FormDesignerScreen) -> None:
    copied(stage, page)
    page.bench.structure.choose(Part(FIELD, "place"))
    answer(stage, page, "label", "会场")
    kind = draft(page).kind
    stage.end()
    stage.open(branch=known_branch())
    again = stage.go("form_designer", kind)
    assert isinstance(again, FormDesignerScreen)
    assert again.list.current is not None
    assert again.list.current.cells() == ("学习交流会", "本支部", "草稿")
    hands.press(Key.Key_Return)
    assert draft(again).by_id["place"].label == "会场"


def test_a_mistake_is_said_in_the_words_of_the_clerk_and_cannot_be_published(
    stage: Stage, page: FormDesignerScreen
) -> None:
    copied(stage, page)
    page.bench.structure.choose(Part(FIELD, "place"))
    answer(stage, page, "label", "主持人")
    assert page.banner.sentence == "有两栏都叫“主持人”，请把一栏改个名称。"
    assert not page.head_buttons.publish.isEnabled()
    place = page.bench.properties.editors["label"].parentWidget()
    assert place is not None
    assert page.banner.sentence in [one.text() for one in place.findChildren(QLabel)]
    page.bench.structure.choose(Part(FIELD, "held"))
    hands.press(Key.Key_F8)
    assert page.bench.structure.part != Part(FIELD, "held")
    answer(stage, page, "label", "会场")
    assert page.banner.sentence == ""
    assert page.head_buttons.publish.isEnabled()


def test_a_released_field_is_hidden_in_the_next_version_and_old_records_keep_it(
    stage: Stage, page: FormDesignerScreen
) -> None:
    copied(stage, page)
    kind = draft(page).kind
    page.ask_publish()
    stage.press("save", stage.dialog(PublishFormDialog))
    page.open_chosen()
    assert draft(page).version == 2
    page.bench.structure.choose(Part(FIELD, "recorder"))
    assert not page.bench.structure.remove.isEnabled()
    page.bench.structure.tree.setFocus()
    hands.press(Key.Key_Delete)
    assert draft(page).by_id["recorder"].hidden
    page.ask_publish()
    stage.press("save", stage.dialog(PublishFormDialog))
    shelf = forms.shelf(stage.desk.branch)
    assert shelf.form(kind, 2).by_id["recorder"].hidden
    assert not shelf.form(kind, 1).by_id["recorder"].hidden


def test_what_the_draft_added_is_taken_out_again_by_delete(stage: Stage, page: FormDesignerScreen) -> None:
    copied(stage, page)
    before = draft(page)
    choose(page, "地点")
    hands.press(Key.Key_N, CTRL)
    page.bench.structure.tree.setFocus()
    hands.press(Key.Key_Delete)
    assert draft(page) == before


def test_everything_that_a_form_has_can_be_added_from_the_menu(
    stage: Stage, page: FormDesignerScreen
) -> None:
    copied(stage, page)
    bench = page.bench
    menu = bench.structure.add.menu()
    assert isinstance(menu, QMenu)
    for wanted in ("section", "table", "column", "signature", "field"):
        menu.aboutToShow.emit()
        action = next(one for one in menu.actions() if one.objectName() == f"add_{wanted}")
        assert action.isEnabled(), wanted
        action.trigger()
        assert bench.structure.part.kind == wanted
        assert bench.mistakes == []


def test_a_form_that_ships_is_only_looked_at_and_copied(page: FormDesignerScreen) -> None:
    assert page.list.current is not None
    assert not page.list.current.is_own
    assert not page.head_buttons.edit.isEnabled()
    assert page.head_buttons.copy.isEnabled()


def test_a_field_waits_for_another_and_the_sample_shows_it(stage: Stage, page: FormDesignerScreen) -> None:
    copied(stage, page)
    bench = page.bench
    bench.structure.choose(Part(FIELD, "place"))
    hands.press(Key.Key_N, CTRL)
    part = bench.structure.part
    answer(stage, page, "label", "为什么换地点")
    answer(stage, page, "asked_if", "地点")
    assert draft(page).by_id[part.id].only_if is not None
    view = page.trial.view
    assert view is not None
    pane = next(one for one in view.panes if part.id in one.editors)
    assert part.id in pane.wanted()
    hands.fill(pane.editors["place"], "")
    assert part.id not in pane.wanted()


def test_the_paper_follows_what_is_tried(stage: Stage, page: FormDesignerScreen) -> None:
    copied(stage, page)
    stage.wait(lambda: page.trial.preview.page_count > 0)
    stage.wait_for_jobs()
    papers: list[bytes] = []
    page.trial.paper_shown.connect(papers.append)
    view = page.trial.view
    assert view is not None
    pane = next(one for one in view.panes if "place" in one.editors)
    hands.fill(pane.editors["place"], "四楼大礼堂")
    stage.wait(lambda: bool(papers))
    assert "四楼大礼堂" in text_of(papers[-1])


def test_a_draft_is_thrown_away_only_after_a_question(stage: Stage, page: FormDesignerScreen) -> None:
    copied(stage, page)
    kind = draft(page).kind
    stage.press("back_to_forms")
    assert page.list.current is not None
    assert page.list.current.form.kind == kind
    stage.press("discard_draft")
    stage.press("yes", stage.dialog(MessageDialog))
    assert kind not in {one.form.kind for one in page.list.forms}


def test_screen_and_paper_stand_side_by_side_where_there_is_room(stage: Stage) -> None:
    stage.open(size=(1920, 1030))
    page = stage.go("form_designer")
    assert isinstance(page, FormDesignerScreen)
    copied(stage, page)
    stage.wait(lambda: page.trial.preview.isVisible() and page.trial.view is not None)
    assert page.trial.view is not None
    assert page.trial.view.isVisible()
    stage.window.resize(1366, 728)
    stage.wait(lambda: not page.trial.preview.isVisible())
    assert page.trial.view.isVisible()


def test_where_there_is_little_room_f4_shows_the_form_in_place_of_its_parts(stage: Stage) -> None:
    stage.open(Settings(scale=150), SMALL_SCREEN)
    page = stage.go("form_designer")
    assert isinstance(page, FormDesignerScreen)
    copied(stage, page)
    assert page.bench.isVisible()
    assert not page.trial.isVisible()
    hands.press(Key.Key_F4)
    assert page.trial.isVisible()
    assert not page.bench.isVisible()
    hands.press(Key.Key_F4)
    assert page.bench.isVisible()


# ---- inspections


def copied_inspection(stage: Stage, page: FormDesignerScreen, kind: str = "inspection.quarter") -> None:
    """Copy a form of inspections that ships; the arrow goes down to it."""
    hands.press(Key.Key_Home)
    for _step in range(30):
        chosen = page.list.current
        if chosen is not None and chosen.form.kind == kind:
            break
        hands.press(Key.Key_Down)
    copied(stage, page, "滨江党委检查表")


def rules(stage: Stage, page: FormDesignerScreen) -> RuleLines:
    """The rules of the line that is chosen, once the panel shows them."""
    stage.wait(lambda: isinstance(page.bench.properties.lines, RuleLines))
    found = page.bench.properties.lines
    assert isinstance(found, RuleLines)
    return found


def test_the_quarterly_inspection_is_copied_its_points_and_a_rule_changed_and_published(
    stage: Stage, page: FormDesignerScreen
) -> None:
    copied_inspection(stage, page)
    assert (draft(page).kind, draft(page).version) == ("inspection.own_1", 1)
    paper = draft(page).paper
    assert paper is not None
    assert paper.title == "滨江党委检查表"
    choose(page, "C4 主题党日每月1次，有主题方案、有议定事项落实")
    answer(stage, page, "points", "5")
    assert draft(page).by_id["c4"].points == Decimal(5)
    # The first rule takes more off; a new one is written below the others.
    lines = rules(stage, page).lines
    lines.setFocus()
    hands.press(Key.Key_Home, CTRL)
    hands.press(Key.Key_Right)
    hands.press(Key.Key_Right)
    hands.write("2")
    hands.press(Key.Key_Return)
    assert draft(page).by_id["c4"].deduct[0].amount == Decimal(2)
    lines.begin_line()
    stage.wait(lambda: not lines.add.visibleRegion().isEmpty())  # scrolled to where the keyboard is
    hands.write("无照片")
    hands.press(Key.Key_Return)
    made = draft(page).by_id["c4"].deduct[2]
    assert (made.label, made.kind, made.amount) == ("无照片", "per_time", Decimal(1))
    # Below the rows stands what else the first rule says.
    lines.setFocus()
    hands.press(Key.Key_Home, CTRL)
    pane = rules(stage, page).pane
    assert pane is not None
    pane.editors["cap"].take_focus()
    hands.write("4")
    hands.press(Key.Key_Return)
    assert draft(page).by_id["c4"].deduct[0].cap == Decimal(4)
    page.ask_publish()
    stage.dialog(PublishFormDialog)
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Return)
    stage.wait(lambda: page.draft is None)
    shelf = forms.shelf(stage.desk.branch)
    assert [form.kind for form in shelf.inspections()][-1] == "inspection.own_1"
    kept = shelf.form("inspection.own_1").by_id["c4"]
    assert [(rule.label, rule.amount, rule.cap, rule.fact) for rule in kept.deduct] == [
        ("缺主题党日", Decimal(2), Decimal(4), "theme_day.missing"),
        ("无方案", Decimal("0.5"), None, "theme_day.without_plan"),
        ("无照片", Decimal(1), None, ""),
    ]


def test_a_line_is_added_behind_another_and_its_rules_are_moved_and_removed(
    stage: Stage, page: FormDesignerScreen
) -> None:
    copied_inspection(stage, page, "inspection.small")
    choose(page, "C4 会议记录规范（要素齐、当场记、签字、无涂改）")
    hands.press(Key.Key_Insert)
    hands.press(Key.Key_A, CTRL)
    hands.write("组织生活纪实")
    hands.press(Key.Key_Return)
    made = next(one for one in draft(page).indicators if one.label == "组织生活纪实")
    assert (made.number, made.points) == ("C6", Decimal(1))
    lines = rules(stage, page).lines
    for label in ("缺纪实", "缺签字"):
        lines.begin_line()
        hands.write(label)
        hands.press(Key.Key_Return)
    lines.setFocus()
    lines.grid.setCurrentIndex(lines.model.index(1, 0))
    stage.press("line_up", lines)
    assert [rule.label for rule in draft(page).by_id[made.id].deduct] == ["缺签字", "缺纪实"]
    lines.setFocus()
    lines.grid.setCurrentIndex(lines.model.index(0, 0))
    hands.press(Key.Key_Delete, CTRL)
    assert [rule.label for rule in draft(page).by_id[made.id].deduct] == ["缺纪实"]
    hands.press(Key.Key_Z, CTRL)
    assert len(draft(page).by_id[made.id].deduct) == 2
    answer(stage, page, "line_kind", "加分")
    assert draft(page).by_id[made.id].bonus
    stage.wait(lambda: page.bench.properties.lines is None)


def test_a_rule_of_another_kind_is_asked_other_things(stage: Stage, page: FormDesignerScreen) -> None:
    copied_inspection(stage, page)
    page.bench.structure.choose(Part(FIELD, "c2"))
    shown = rules(stage, page)
    assert shown.rule is not None
    shown.lines.line_edited.emit("missing", "kind", "按百分比")
    pane = rules(stage, page).pane
    assert pane is not None
    assert list(pane.editors) == ["fact", "step", "target", "cap", "rule_en"]
    pane.field_edited.emit("fact", "到会率")
    pane.field_edited.emit("target", "95")
    rule = draft(page).by_id["c2"].deduct[0]
    assert (rule.kind, rule.fact, rule.target) == ("per_percent", "attendance.rate", Decimal(95))
    shown.lines.line_edited.emit("missing", "kind", "胡乱")
    shown.lines.line_edited.emit("missing", "amount", "0")
    shown.lines.line_edited.emit("missing", "label", "")
    pane.field_edited.emit("step", "")
    assert draft(page).by_id["c2"].deduct[0] == rule
    assert shown.lines.model.lines[0].texts == {"label": "缺支委会", "kind": "按百分比", "amount": "1.5"}
    shown.lines.line_edited.emit("missing", "label", "到会率偏低")
    assert draft(page).by_id["c2"].deduct[0].label == "到会率偏低"
    assert draft(page).by_id["c2"].deduct[0].label_en == "Committee meeting missing"


def test_grades_are_added_named_and_put_in_their_order(stage: Stage, page: FormDesignerScreen) -> None:
    copied_inspection(stage, page)
    stage.wait(lambda: isinstance(page.bench.properties.lines, GradeLines))
    shown = page.bench.properties.lines
    assert isinstance(shown, GradeLines)
    shown.lines.begin_line()
    hands.write("较差")
    hands.press(Key.Key_Return)

    def grades() -> list[tuple[str, str]]:
        inspection = draft(page).inspection
        assert inspection is not None
        return [(grade.label, f"{grade.at_least:f}") for grade in inspection.grades]

    assert grades()[3] == ("较差", "30")
    code = shown.lines.model.lines[3].uid
    shown.lines.line_edited.emit(code, "at_least", "70")
    assert grades()[2] == ("较差", "70")
    shown.lines.line_edited.emit(code, "label", "一般")
    shown.lines.line_edited.emit(code, "label_en", "Fair")
    shown.lines.line_edited.emit("failed", "at_least", "10")
    assert grades() == [("优秀", "90"), ("良好", "80"), ("一般", "70"), ("合格", "60"), ("不合格", "0")]
    shown.lines.lines_removed.emit(["passed", "failed"])
    assert grades()[-1] == ("一般", "0")
    assert page.bench.mistakes == []


def test_the_paper_of_an_inspection_is_the_one_for_the_pen(stage: Stage, page: FormDesignerScreen) -> None:
    copied_inspection(stage, page)
    stage.wait_for_jobs()
    papers: list[bytes] = []
    page.trial.paper_shown.connect(papers.append)
    page.bench.structure.choose(Part(FIELD, "c4"))
    answer(stage, page, "points", "5")
    stage.wait(lambda: bool(papers))
    text = text_of(papers[-1])
    assert "滨江党委检查表" in text
    assert "周建国" in text
    view = page.trial.view
    assert view is not None
    line = next(one.editors["c4"] for one in view.panes if "c4" in one.editors)
    assert line.findChildren(QLabel)[0].text().startswith("C4，5 分。")
