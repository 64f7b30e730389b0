import os
from branchdesk.i18n import Language
from branchdesk.settings import Settings
from branchdesk.forms.parts import Part, THE_FORM
from branchdesk.ui.screens.form_designer import FormDesignerScreen
from branchdesk.ui.screens.form_designer.dialogs import CopyFormDialog
P={"points.two_scores":[THE_FORM,Part("bucket","base"),Part("point_rule","meetings")],
"evaluation.appraisal":[Part("group",g) for g in ("steps","parts","grades","procedures")],
"evaluation.stars":[Part("group",g) for g in ("parts","dimensions")],
"evaluation.key_work":[Part("group",g) for g in ("parts","grades")]}
def test_pics(stage):
    scale=int(os.environ.get('SCALE','100')); lang=os.environ.get('LANG_','zh')
    size=tuple(int(x) for x in os.environ.get('SIZE','1440x900').split('x'))
    only=os.environ.get('ONLY','')
    stage.open(Settings(scale=scale,language=Language(lang)),size)
    page=stage.go("form_designer")
    for kind,parts in P.items():
        if only and only not in kind: continue
        page.close_draft()
        page.shown(kind)
        stage.press("copy_form"); c=stage.dialog(CopyFormDialog); c.title.setText("本支部的办法"); stage.press("save",c)
        page.trial.tabs.setCurrentIndex(1)
        for part in parts:
            page.bench.structure.choose(part)
            stage.qtbot.wait(1600); stage.wait_for_jobs(); stage.qtbot.wait(300)
            stage.window.grab().save(f'/tmp/shots/ds_{kind}_{part.id}_{lang}{scale}.png')
