import pytest
from branchdesk.i18n import Language
from branchdesk.settings import Settings
from support.fit import cut_places
from support.stage import SCREEN, SMALL_SCREEN
from ui.form_scenes import FORM_SCENES
from ui.test_fit import LOOKS
from ui.test_scenes import names_missing
@pytest.mark.parametrize(("scale","size","language"), LOOKS)
def test_fit(stage, scale, size, language):
    window = stage.open(Settings(scale=scale, language=language), size)
    cut=[]
    for name, scene in FORM_SCENES.items():
        shown=scene(stage); stage.wait_for_jobs(); stage.qtbot.wait(20)
        assert window.size().toTuple()==size, (name, window.size())
        over=shown.window()
        over.grab().save(f"/tmp/designer/fit-{scale}-{size[0]}-{language.value}-{name}.png")
        cut += [f"{name}: {p}" for p in cut_places(over)]
        cut += [f"{name}: nameless {p}" for p in names_missing(over)]
        if over is window:
            stage.qtbot.wait(700); stage.wait_for_jobs(); stage.qtbot.wait(60)
            over.grab().save(f"/tmp/designer/fit-{scale}-{size[0]}-{language.value}-{name}.png")
            cut += [f"{name} later: {p}" for p in cut_places(over)]
        stage.close_dialogs()
    assert not cut, "\n".join(cut)
