from support.stage import Stage, SMALL_SCREEN, SCREEN
from branchdesk.settings import Settings
from support.fit import cut_places
from ui.inspection_scenes import INSPECTION_SCENES
def test_one(stage, the_clock):
    window=stage.open(Settings(scale=100), SMALL_SCREEN)
    for name in ("inspection","inspection_checked","inspection_scored"):
        page=INSPECTION_SCENES[name](stage)
        for w in (20,5,5,5,20,50,300):
            stage.qtbot.wait(w)
            print(name, w, cut_places(window), page.banner.geometry(), page.board.geometry(), page.board.minimumSizeHint(), page.minimumSizeHint(), page.layout().totalMinimumSize())
