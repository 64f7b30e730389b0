"""Schemes of points and of evaluation in the form designer, from the copy to the published version."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QLabel

from branchdesk.forms.evaluation_words import EvaluationWords
from branchdesk.forms.language import Form, PointRuleWords, PointsWords
from branchdesk.forms.parts import (
    DIMENSIONS,
    GRADES,
    GROUP,
    PARTS,
    POINT_RULE,
    PROCEDURES,
    STEPS,
    Part,
    part_of,
)
from branchdesk.i18n import Language
from branchdesk.services import forms
from branchdesk.services.organisations import root_of
from branchdesk.services.points.schemes import form_in_use
from branchdesk.settings import Settings
from branchdesk.ui.fields.choosing import ChoiceEditor
from branchdesk.ui.screens.form_designer import FormDesignerScreen
from branchdesk.ui.screens.form_designer.dialogs import CopyFormDialog, PublishFormDialog
from branchdesk.ui.screens.form_designer.scheme_lines import SchemeLines
from branchdesk.ui.widgets.texts import Note
from support import hands
from support.hands import CTRL, Key
from support.papers import text_of
from support.stage import Stage


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


def copied(stage: Stage, page: FormDesignerScreen, kind: str, title: str) -> None:
    """Go down to a form with the arrow and copy it."""
    hands.press(Key.Key_Home)
    while page.list.current is not None and page.list.current.form.kind != kind:
        hands.press(Key.Key_Down)
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
        if page.bench.structure.tree.currentItem().text(0) == label:
            return
        hands.press(Key.Key_Down)
    raise AssertionError(f"no part is called {label}")


def answer(stage: Stage, page: FormDesignerScreen, name: str, text: str) -> None:
    """Type an answer into the panel and leave it with Enter."""
    stage.wait(lambda: name in page.bench.properties.editors)
    asked = page.bench.properties.editors[name]
    if isinstance(asked, ChoiceEditor):
        hands.pick(asked.box, text)
        return
    asked.take_focus()
    hands.press(Key.Key_A, CTRL)
    hands.press(Key.Key_Delete)
    hands.write(text)
    hands.press(Key.Key_Return)


def publish(stage: Stage, page: FormDesignerScreen) -> None:
    page.head_buttons.publish.setFocus()
    hands.press(Key.Key_Space)
    stage.dialog(PublishFormDialog)
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Return)
    stage.wait(lambda: page.draft is None)


def following_paper(stage: Stage, page: FormDesignerScreen, change: Callable[[], object]) -> str:
    """The text of the paper that is made anew after a change."""
    stage.wait_for_jobs()
    papers: list[bytes] = []
    page.trial.paper_shown.connect(papers.append)
    change()
    stage.wait(lambda: bool(papers))
    page.trial.paper_shown.disconnect(papers.append)
    return text_of(papers[-1])


# ---- points


def points(form: Form) -> PointsWords:
    assert form.points is not None
    return form.points


def rule(form: Form, rule_id: str) -> PointRuleWords:
    found = part_of(form, Part(POINT_RULE, rule_id))
    assert isinstance(found, PointRuleWords)
    return found


def test_the_points_and_the_cap_of_a_rule_are_changed_published_and_used(
    stage: Stage, page: FormDesignerScreen
) -> None:
    copied(stage, page, "points.two_scores", "经济信息中心双积分")
    choose(page, "3.17 无偿献血")
    answer(stage, page, "points", "5")
    answer(stage, page, "cap_year", "10")
    assert [rule(draft(page), "blood").points, rule(draft(page), "blood").cap_year] == [
        Decimal(5),
        Decimal(10),
    ]
    item = page.bench.structure.tree.currentItem()
    assert (item.text(0), item.text(1)) == ("3.17 无偿献血", "每次 5 分")
    # Another one behind it, with the key that adds whatever the tree stands on.
    page.bench.structure.tree.setFocus()
    hands.press(Key.Key_Insert)
    hands.press(Key.Key_A, CTRL)
    hands.write("助农直播")
    hands.press(Key.Key_Return)
    made = next(one for one in points(draft(page)).rules if one.label == "助农直播")
    assert (made.number, made.bucket, made.claim) == ("3.24", "task", True)
    page.bench.structure.tree.setFocus()
    hands.press(Key.Key_Up, CTRL)
    order = [one.label for one in points(draft(page)).rules]
    assert order.index("助农直播") == order.index("无偿献血") - 1
    publish(stage, page)
    branch = stage.desk.branch
    kept = forms.shelf(branch).form("points.own_1")
    assert [rule(kept, "blood").points, rule(kept, "blood").cap_year] == [Decimal(5), Decimal(10)]
    used = form_in_use(branch, root_of(branch), 2027)
    assert (used.kind, used.title) == ("points.own_1", "经济信息中心双积分")


def test_a_rule_is_taken_out_and_what_the_bucket_forbids_is_said(
    stage: Stage, page: FormDesignerScreen
) -> None:
    copied(stage, page, "points.two_scores", "双积分")
    choose(page, "3.1 窗口值守")
    hands.press(Key.Key_Delete)
    assert "front_desk" not in {one.id for one in points(draft(page)).rules}
    choose(page, "任务分")
    assert not page.bench.structure.remove.isEnabled()
    answer(stage, page, "cap", "80")
    assert points(draft(page)).buckets[1].cap == 80
    choose(page, "3.2 社区值守")
    answer(stage, page, "takes_off", "是")
    assert page.banner.sentence.startswith("“3.2 社区值守”是扣分，“任务分”不能扣分；")
    assert not page.head_buttons.publish.isEnabled()
    answer(stage, page, "bucket", "扣减")
    assert page.banner.sentence == ""


def test_the_menu_of_a_scheme_of_points_offers_what_it_has(stage: Stage, page: FormDesignerScreen) -> None:
    copied(stage, page, "points.two_scores", "双积分")
    structure = page.bench.structure
    menu = structure.add.menu()
    menu.aboutToShow.emit()
    actions = {one.objectName(): one for one in menu.actions()}
    assert list(actions) == ["add_point_rule", "add_bucket"]
    actions["add_bucket"].trigger()
    assert [one.label for one in points(draft(page)).buckets][-1] == "新的一类积分"
    assert structure.part.kind == "bucket"
    assert page.bench.mistakes == []


def test_the_paper_of_a_scheme_of_points_is_its_lists(stage: Stage, page: FormDesignerScreen) -> None:
    copied(stage, page, "points.two_scores", "双积分")
    choose(page, "3.17 无偿献血")
    text = following_paper(stage, page, lambda: answer(stage, page, "label", "捐献造血干细胞"))
    assert "捐献造血干细胞" in text
    assert "按时参加支部组织生活" in text
    said = [one.text() for one in page.trial.findChildren(Note) if one.isVisibleTo(page.trial)]
    assert "积分办法没有要填的栏目；积分项目印在纸面的清单上，记分时从里面选。" in said


# ---- evaluations


def scheme(form: Form) -> EvaluationWords:
    assert form.evaluation is not None
    return form.evaluation


def rows(stage: Stage, page: FormDesignerScreen, group: str) -> SchemeLines:
    """The rows of a group, once the panel shows them."""
    page.bench.structure.choose(Part(GROUP, group))
    stage.wait(lambda: isinstance(page.bench.properties.lines, SchemeLines))
    stage.wait(lambda: page.bench.properties.lines.lines.model.table.id == group)  # type: ignore[union-attr]
    found = page.bench.properties.lines
    assert isinstance(found, SchemeLines)
    return found


def test_the_weights_of_the_parts_are_changed_and_published(stage: Stage, page: FormDesignerScreen) -> None:
    copied(stage, page, "evaluation.stars", "滨江五星党员")
    choose(page, "计分项目")
    hands.press(Key.Key_Return)
    stage.wait(lambda: isinstance(page.bench.properties.lines, SchemeLines))
    hands.press(Key.Key_Home, CTRL)
    hands.press(Key.Key_Right)
    hands.write("20")
    hands.press(Key.Key_Return)
    assert scheme(draft(page)).parts[0].weight == 20
    assert page.banner.sentence == "各部分的权重合计应是 100，现在是 110。"
    assert not page.head_buttons.publish.isEnabled()
    # Enter went on to the weight below.
    hands.write("10")
    hands.press(Key.Key_Return)
    assert [part.weight for part in scheme(draft(page)).parts] == [Decimal(one) for one in (20, 10, 40, 30)]
    assert page.banner.sentence == ""
    publish(stage, page)
    kept = forms.shelf(stage.desk.branch).form("evaluation.own_1")
    assert [part.weight for part in scheme(kept).parts] == [Decimal(one) for one in (20, 10, 40, 30)]
    assert "滨江五星党员" in [form.title for form in forms.shelf(stage.desk.branch).evaluation_kinds()]


def test_rows_are_added_moved_and_removed_with_the_keys(stage: Stage, page: FormDesignerScreen) -> None:
    copied(stage, page, "evaluation.appraisal", "党员评议")
    choose(page, "评议步骤")
    hands.press(Key.Key_Insert)
    hands.write("学习动员")
    hands.press(Key.Key_Return)
    assert scheme(draft(page)).steps[-1].label == "学习动员"
    lines = rows(stage, page, STEPS).lines
    lines.setFocus()
    lines.grid.setCurrentIndex(lines.model.index(8, 0))
    stage.press("line_up", lines)
    assert [step.label for step in scheme(draft(page)).steps][-2:] == ["学习动员", "上报"]
    lines.line_edited.emit("publicity", "optional", "否")
    assert not scheme(draft(page)).steps[6].optional
    lines.setFocus()
    lines.grid.setCurrentIndex(lines.model.index(7, 0))
    hands.press(Key.Key_Delete, CTRL)
    assert [step.label for step in scheme(draft(page)).steps][-1] == "上报"
    hands.press(Key.Key_Z, CTRL)
    assert len(scheme(draft(page)).steps) == 9


def test_what_cannot_be_in_a_row_is_shown_as_it_was(stage: Stage, page: FormDesignerScreen) -> None:
    copied(stage, page, "evaluation.key_work", "量化考核")
    before = draft(page)
    parts = rows(stage, page, PARTS).lines
    for name, wrong in (("weight", "0"), ("weight", "很多"), ("label", "")):
        parts.line_edited.emit("quality", name, wrong)
    parts.line_edited.emit("nothing", "weight", "20")
    grades = rows(stage, page, GRADES).lines
    code = scheme(before).grades[0].code
    for name, wrong in (("value", "101"), ("value", "满分"), ("at_least", "-1")):
        grades.line_edited.emit(code, name, wrong)
    grades.lines_removed.emit([grade.code for grade in scheme(before).grades])
    assert draft(page) == before
    assert grades.model.lines[0].texts == {"label": "优秀", "value": "100", "at_least": "90"}


def test_grades_get_quotas_and_what_follows_them(stage: Stage, page: FormDesignerScreen) -> None:
    copied(stage, page, "evaluation.appraisal", "党员评议")
    shown = rows(stage, page, GRADES)
    assert not shown.lines.up.isVisible()
    code = scheme(draft(page)).grades[0].code
    pane = shown.pane
    assert pane is not None
    pane.field_edited.emit("of_how_many", "5")
    assert scheme(draft(page)).quotas[0].denominator == 5
    shown.lines.line_edited.emit(code, "value", "95")
    assert scheme(draft(page)).grades[0].value == 95
    shown.lines.line_edited.emit(code, "label", "好")
    assert (scheme(draft(page)).grades[0].label, scheme(draft(page)).grades[0].label_en) == (
        "好",
        "Excellent",
    )
    follows = rows(stage, page, PROCEDURES)
    follows.lines.line_added.emit({"label": "通报表扬", "grade": "好"})
    made = scheme(draft(page)).procedures[-1]
    assert (made.label, made.label_en, made.grade) == ("通报表扬", "通报表扬", code)
    follows.lines.line_edited.emit(made.id, "grade", "没有的等次")
    assert scheme(draft(page)).procedures[-1].grade == code


def test_stars_get_titles_and_places(stage: Stage, page: FormDesignerScreen) -> None:
    copied(stage, page, "evaluation.stars", "五星")
    shown = rows(stage, page, DIMENSIONS)
    shown.lines.line_edited.emit("excel", "places", "")
    assert scheme(draft(page)).dimensions[0].places is None
    shown.lines.line_edited.emit("excel", "places", "3")
    shown.lines.line_edited.emit("excel", "places", "几名")
    assert scheme(draft(page)).dimensions[0].places == 3
    shown.lines.line_added.emit({"label": "廉洁自律", "places": "2"})
    made = scheme(draft(page)).dimensions[-1]
    assert (made.star, made.places) == ("廉洁自律之星", 2)
    assert page.bench.mistakes == []


def test_the_keyboard_goes_from_the_questions_of_a_group_to_its_rows(
    stage: Stage, page: FormDesignerScreen
) -> None:
    copied(stage, page, "evaluation.key_work", "量化考核")
    shown = rows(stage, page, PARTS)
    answer(stage, page, "decimals", "2")
    assert scheme(draft(page)).decimals == 2
    assert page.bench.properties.lines is shown
    page.bench.properties.rename()
    assert shown.lines.grid.hasFocus()
    shown.lines.grid.setCurrentIndex(shown.lines.model.index(2, 0))
    pane = shown.pane
    assert pane is not None
    pane.editors["full"].take_focus()
    hands.press(Key.Key_A, CTRL)
    hands.write("50")
    page.bench.structure.choose(Part(GROUP, STEPS))
    assert scheme(draft(page)).parts[2].full == 50


def test_the_paper_shows_the_group_that_is_chosen(stage: Stage, page: FormDesignerScreen) -> None:
    copied(stage, page, "evaluation.appraisal", "党员评议")
    choose_group = page.bench.structure.choose
    ballot = following_paper(stage, page, lambda: choose_group(Part(GROUP, GRADES)))
    assert "党员评议测评票" in ballot
    plan = following_paper(stage, page, lambda: choose_group(Part(GROUP, STEPS)))
    assert "公示不少于5个工作日" in plan
    head = following_paper(stage, page, lambda: choose_group(Part("section", "arrangement")))
    assert "评议安排" in head


def test_the_paper_of_parts_is_a_card_with_the_new_weights(stage: Stage, page: FormDesignerScreen) -> None:
    copied(stage, page, "evaluation.key_work", "量化考核")
    lines = rows(stage, page, PARTS).lines
    lines.line_edited.emit("quality", "weight", "25")
    assert page.bench.mistakes
    card = following_paper(stage, page, lambda: lines.line_edited.emit("completion", "weight", "25"))
    assert "2026年度量化考核卡" in card
    assert card.count("25%") == 2


def test_a_group_has_no_heading_above_its_rows_in_any_language(stage: Stage) -> None:
    stage.open(Settings(language=Language.ENGLISH))
    page = stage.go("form_designer")
    assert isinstance(page, FormDesignerScreen)
    copied(stage, page, "evaluation.appraisal", "Appraisal")
    rows(stage, page, STEPS)
    said = [one.text() for one in page.bench.properties.findChildren(QLabel) if one.isVisibleTo(page)]
    assert "Steps" in said
    assert not [text for text in said if "Project-Id-Version" in text]
