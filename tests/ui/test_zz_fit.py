import pytest
from branchdesk.settings import Settings
from support.fit import cut_places
from ui.test_fit import LOOKS
from ui.meeting_scenes import MEETING_SCENES
@pytest.mark.parametrize(("scale", "size", "language"), LOOKS)
def test_m(stage, scale, size, language):
    window = stage.open(Settings(scale=scale, language=language), size)
    cut=[]
    for name, scene in MEETING_SCENES.items():
        shown=scene(stage); stage.qtbot.wait(20)
        assert window.size().toTuple()==size,name
        over=shown.window()
        if over is not window:
            room = window.size().boundedTo(over.size()) == over.size()
            cut += [] if room else [f"{name}: the dialog is {over.size()}, larger"]
        cut += [f"{name}: {p}" for p in cut_places(over)]
        if over is not window: stage.close_dialogs()
    assert not cut, "\n".join(cut)
