import os,re
import pytest
from branchdesk.settings import Settings
from support.fit import cut_places
from ui.inspection_scenes import INSPECTION_SCENES
from ui.ledger_scenes import LEDGER_SCENES
from ui.test_fit import LOOKS
@pytest.mark.parametrize(("scale", "size", "language"), LOOKS)
def test_cut(stage, scale, size, language):
    only=os.environ.get('ONLY','')
    window = stage.open(Settings(scale=scale, language=language), size)
    cut=[]
    for name, scene in (LEDGER_SCENES|INSPECTION_SCENES).items():
        if only and not re.search(only,name): continue
        shown = scene(stage)
        stage.qtbot.wait(30)
        if window.size().toTuple() != size: cut.append(f"{name} size {window.size()}"); window.resize(*size)
        over = shown.window()
        if over is not window:
            if window.size().boundedTo(over.size()) != over.size(): cut.append(f"{name} dialog large {over.size()}")
        cut += [f"{name}: {place}" for place in cut_places(over)]
        if over is not window: stage.close_dialogs()
    assert not cut, "\n".join(cut)
