"""A scheme of evaluation in the form designer: it is copied, a field renamed, and no word of it is lost."""

from __future__ import annotations

from dataclasses import replace

from branchdesk.forms.language import EvaluationWords, shipped_form
from branchdesk.services import forms
from branchdesk.ui.screens.form_designer import FormDesignerScreen
from branchdesk.ui.screens.form_designer.dialogs import CopyFormDialog, PublishFormDialog
from support import hands
from support.hands import CTRL, Key
from support.stage import Stage

STARS = "evaluation.stars"


def scheme_of(page: FormDesignerScreen) -> EvaluationWords | None:
    assert page.draft is not None
    return page.draft.form.evaluation


def test_a_scheme_is_copied_renamed_and_published_with_every_word_of_it(stage: Stage) -> None:
    stage.open()
    page = stage.go("form_designer")
    assert isinstance(page, FormDesignerScreen)
    known = forms.shelf(stage.desk.branch).newest()
    hands.press(Key.Key_Home)
    for _step in range(len(known)):
        if page.list.current is not None and page.list.current.form.kind == STARS:
            break
        hands.press(Key.Key_Down)
    hands.press(Key.Key_Return)
    stage.dialog(CopyFormDialog)
    hands.write("季度之星")
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Return)
    stage.wait(lambda: page.draft is not None and not stage.application.activeModalWidget())
    assert page.draft is not None
    assert page.draft.form.kind == "evaluation.own_1"
    assert scheme_of(page) == shipped_form(STARS).evaluation

    tree = page.bench.structure.tree
    tree.setFocus()
    hands.press(Key.Key_Home)
    for _step in range(len(page.draft.form.fields) + len(page.draft.form.sections)):
        if tree.currentItem().text(0) == "推荐会议":
            break
        hands.press(Key.Key_Down)
    stage.wait(lambda: "label" in page.bench.properties.editors)
    page.bench.properties.editors["label"].take_focus()
    hands.press(Key.Key_A, CTRL)
    hands.write("推荐大会")
    hands.press(Key.Key_Return)
    assert page.draft.form.by_id["meeting_ref"].label == "推荐大会"

    page.ask_publish()
    stage.dialog(PublishFormDialog)
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Return)
    stage.wait(lambda: page.draft is None)
    shelf = forms.shelf(stage.desk.branch)
    kept = shelf.form("evaluation.own_1")
    assert kept.evaluation == shipped_form(STARS).evaluation
    assert kept.by_id["meeting_ref"] == replace(shipped_form(STARS).by_id["meeting_ref"], label="推荐大会")
    assert [form.kind for form in shelf.evaluation_kinds()][-1] == "evaluation.own_1"
