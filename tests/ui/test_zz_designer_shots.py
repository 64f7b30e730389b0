import os, pytest
from branchdesk.i18n import Language
from branchdesk.settings import Settings
from branchdesk.ui.screens.form_designer.dialogs import *
from support.fit import cut_places
SIZES=[(1366,728),(1440,900)]
LOOKS=[(s,z,l) for s in (100,150) for z in SIZES for l in (Language.CHINESE,)]
if os.environ.get("ALLSHOTS"): LOOKS=[(s,z,l) for s in (100,125,150) for z in SIZES for l in Language]
@pytest.mark.parametrize("scale,size,lang", LOOKS)
def test_shots(stage, scale, size, lang):
    from ui.scenes import _dialog
    w=stage.open(Settings(scale=scale, language=lang), size)
    page=stage.go("form_designer")
    n=f"/tmp/designer/{scale}-{size[0]}-{lang.value}"
    def wait():
        stage.qtbot.wait(700); stage.wait_for_jobs(); stage.qtbot.wait(50)
    wait(); w.grab().save(n+"-1list.png")
    cut=[("list",c) for c in cut_places(w)]
    if lang is Language.CHINESE: assert page.list.current is not None
    page._copy("支部学习交流会"); wait(); w.grab().save(n+"-2draft.png"); cut+=[("draft",c) for c in cut_places(w)]
    from branchdesk.forms.parts import Part
    page.bench.structure.choose(Part("field","place")); wait(); w.grab().save(n+"-3field.png"); cut+=[("field",c) for c in cut_places(w)]
    page.bench.add("field"); wait()
    page.bench.properties._answer("type", page.bench.properties._questions["type"].field.choices[4].label); wait()
    page.trial.tabs.setCurrentIndex(1); wait(); w.grab().save(n+"-4choice.png"); cut+=[("choice",c) for c in cut_places(w)]
    page.bench.properties._answer("label", "时间"); wait(); w.grab().save(n+"-5wrong.png"); cut+=[("wrong",c) for c in cut_places(w)]
    page.bench.properties._answer("label", "交流方式"); wait()
    page.ask_publish(); stage.qtbot.wait(50)
    d=stage.dialog(PublishFormDialog); d.grab().save(n+"-6publish.png"); cut+=[("publish",c) for c in cut_places(d)]
    stage.close_dialogs()
    assert w.size().toTuple()==size, w.size()
    for c in cut: print("CUT", c)
    assert not cut
