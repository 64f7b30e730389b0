import pytest
from branchdesk.i18n import Language
from branchdesk.settings import Settings
from support.fit import cut_places
from support.stage import SCREEN, SMALL_SCREEN, Stage
from ui.daily_scenes import DAILY_SCENES


@pytest.mark.parametrize(("scale","size","lang"),[(100,SCREEN,Language.CHINESE),(100,SMALL_SCREEN,Language.ENGLISH),(150,SMALL_SCREEN,Language.ENGLISH),(150,SMALL_SCREEN,Language.CHINESE)])
def test_shots(stage: Stage, scale, size, lang):
    window = stage.open(Settings(scale=scale, language=lang), size)
    cut = []
    for name, scene in DAILY_SCENES.items():
        shown = scene(stage)
        stage.wait_for_jobs()
        stage.qtbot.wait(50)
        over = shown.window()
        over.grab().save(f"/tmp/daily/shot_{name}_{scale}_{size[0]}_{lang.value}.png")
        cut += [f"{name} {p}" for p in cut_places(over)]
        assert window.size().toTuple() == size, name
        if over is window:
            window.resize(*SCREEN); stage.application.processEvents()
            cut += [f"{name} large {p}" for p in cut_places(over)]
            window.resize(*size); stage.application.processEvents()
        stage.close_dialogs()
    assert not cut, "\n".join(cut)
