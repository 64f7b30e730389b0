"""The scenes of the form designer: the list, a draft with its parts, its mistakes, and its dialogs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from branchdesk.forms.editing import change_part
from branchdesk.forms.parts import FIELD, GRADES, GROUP, PARTS, POINT_RULE, THE_FORM, Part
from branchdesk.ui.dialogs import SheetDialog
from branchdesk.ui.screens.form_designer import FormDesignerScreen
from branchdesk.ui.screens.form_designer.dialogs import CopyFormDialog
from branchdesk.ui.screens.form_designer.draft import DesignerDraft
from branchdesk.ui.screens.form_designer.grade_lines import GradeLines
from branchdesk.ui.screens.form_designer.rule_lines import RuleLines
from support.stage import Stage

_PLACE = Part(FIELD, "place")


def form_list(stage: Stage) -> FormDesignerScreen:
    """The list, with the minutes of an assembly chosen."""
    page = stage.go("form_designer")
    assert isinstance(page, FormDesignerScreen)
    page.close_draft()
    page.shown("meeting.assembly")
    return page


def form_copy(stage: Stage) -> SheetDialog:
    """The question what the copy is called."""
    form_list(stage)
    stage.press("copy_form")
    return stage.dialog(CopyFormDialog)


def _draft(stage: Stage) -> tuple[FormDesignerScreen, DesignerDraft]:
    """A copy of the minutes of an assembly on the workbench; the same one each time."""
    page = form_list(stage)
    if not any(one.draft is not None for one in page.list.forms):
        copy = form_copy(stage)
        assert isinstance(copy, CopyFormDialog)
        copy.title.setText("支部学习交流会")
        stage.press("save", copy)
    else:
        page.shown("meeting.own_1")
        page.open_chosen()
    draft = page.draft
    assert draft is not None
    return page, draft


def form_draft(stage: Stage) -> QWidget:
    """What is asked about the form itself."""
    page, _kept = _draft(stage)
    return page


def form_field(stage: Stage) -> QWidget:
    """What is asked about a field, and the paper."""
    page, _kept = _draft(stage)
    page.bench.structure.choose(_PLACE)
    page.trial.tabs.setCurrentIndex(1)
    return page


def form_choices(stage: Stage) -> QWidget:
    """A field with words of its own to choose from."""
    page, _kept = _draft(stage)
    page.bench.structure.choose(_PLACE)
    page.bench.add(FIELD)
    stage.wait(lambda: "type" in page.bench.properties.editors)
    page.trial.tabs.setCurrentIndex(0)
    page.bench.properties.panes[0].field_edited.emit("type", "choice")
    return page


def form_mistake(stage: Stage) -> QWidget:
    """Two fields of one name."""
    page, draft = _draft(stage)
    page.bench.structure.choose(_PLACE)
    page.bench.properties.changed.emit(change_part(draft.form, _PLACE, label="主持人"))
    return page


def form_publish(stage: Stage) -> QWidget:
    """The question from when the version is used."""
    page, draft = _draft(stage)
    page.bench.properties.changed.emit(change_part(draft.form, _PLACE, label="会场"))
    page.ask_publish()
    return stage.dialog(SheetDialog)


def _inspection(stage: Stage) -> FormDesignerScreen:
    """A copy of the quarterly inspection on the workbench; the same one each time."""
    page = form_list(stage)
    stage.application.processEvents()
    kinds = [one.form.kind for one in page.list.forms if one.draft is not None]
    own = next((kind for kind in kinds if kind.startswith("inspection.")), "")
    page.shown(own or "inspection.quarter")
    if own:
        page.open_chosen()
    else:
        stage.press("copy_form")
        copy = stage.dialog(CopyFormDialog)
        copy.title.setText("基层党建检查表")
        stage.press("save", copy)
    return page


def _has_its_height(panel: QWidget) -> bool:
    """Whether a panel that was just built is laid out; its parts tell their heights one after the other."""
    layout = panel.layout()
    assert layout is not None
    return 0 < layout.totalHeightForWidth(panel.width()) <= panel.height()


def inspection_itself(stage: Stage) -> QWidget:
    """What is asked about an inspection: how often, the most of a bonus, its grades."""
    page = _inspection(stage)
    page.bench.structure.choose(THE_FORM)
    stage.wait(lambda: isinstance(page.bench.properties.lines, GradeLines))
    stage.wait(lambda: _has_its_height(page.bench.properties))
    return page


def inspection_line(stage: Stage) -> QWidget:
    """A line with its points and its rules, one of them measured in percent; its paper."""
    page = _inspection(stage)
    page.bench.structure.choose(Part(FIELD, "c5"))
    stage.wait(lambda: isinstance(page.bench.properties.lines, RuleLines))
    stage.wait(lambda: _has_its_height(page.bench.properties))
    page.trial.tabs.setCurrentIndex(1)
    return page


def inspection_rules(stage: Stage) -> QWidget:
    """The rules of a line, scrolled to, and the lines on the screen."""
    page = inspection_line(stage)
    assert isinstance(page, FormDesignerScreen)
    page.trial.tabs.setCurrentIndex(0)
    lines = page.bench.properties.lines
    assert isinstance(lines, RuleLines)
    lines.lines.begin_line()
    return page


def _scheme(stage: Stage, kind: str, part: Part, asked: str) -> FormDesignerScreen:
    """A copy of a scheme on the workbench, the same one each time, with one of its parts `asked` about."""
    page = form_list(stage)
    stage.application.processEvents()
    area = kind.partition(".")[0]
    kinds = [one.form.kind for one in page.list.forms if one.draft is not None]
    own = next((one for one in kinds if one.startswith(f"{area}.")), "")
    page.shown(own or kind)
    if own:
        page.open_chosen()
    else:
        stage.press("copy_form")
        copy = stage.dialog(CopyFormDialog)
        copy.title.setText("经济信息中心的办法")
        stage.press("save", copy)
        stage.window.activateWindow()
    page.bench.structure.choose(part)
    stage.wait(lambda: asked in page.bench.properties.editors)
    stage.wait(lambda: _has_its_height(page.bench.properties))
    page.trial.tabs.setCurrentIndex(1)
    return page


def points_rule(stage: Stage) -> QWidget:
    """A rule of points among those of its bucket, and the lists on paper."""
    return _scheme(stage, "points.two_scores", Part(POINT_RULE, "dues"), "points")


def evaluation_parts(stage: Stage) -> QWidget:
    """The weights of a scheme of evaluation, one part below them, and its card."""
    return _scheme(stage, "evaluation.key_work", Part(GROUP, PARTS), "decimals")


def evaluation_grades(stage: Stage) -> QWidget:
    """The grades with their quotas, and the ballot."""
    return _scheme(stage, "evaluation.key_work", Part(GROUP, GRADES), "graded")


FORM_SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "form_list": form_list,
    "form_copy": form_copy,
    "form_draft": form_draft,
    "form_field": form_field,
    "form_choices": form_choices,
    "form_mistake": form_mistake,
    "form_publish": form_publish,
    "inspection_form": inspection_itself,
    "inspection_form_line": inspection_line,
    "inspection_form_rules": inspection_rules,
    "points_form_rule": points_rule,
    "evaluation_form_parts": evaluation_parts,
    "evaluation_form_grades": evaluation_grades,
}
