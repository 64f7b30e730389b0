import dataclasses
import os
import re

import ui.ballot_scenes as bs
import ui.star_scenes as ss
from branchdesk.i18n import Language
from branchdesk.settings import Settings
from support.fit import cut_places

try:
    import branchdesk.services.evaluations.sample_evaluations
except ImportError:
    bs.held = ss.held = lambda desk: []
from PySide6.QtWidgets import QApplication, QWidget

from branchdesk.ui.focus import takes_tab
from ui.test_scenes import names_missing, unreached, visited_by_tab


def test_pics(stage):
    scale = int(os.environ.get("SCALE", "100"))
    lang = os.environ.get("LANG_", "zh")
    theme = os.environ.get("THEME", "")
    size = tuple(int(x) for x in os.environ.get("SIZE", "1440x900").split("x"))
    only = os.environ.get("ONLY", "")
    s = Settings(scale=scale, language=Language(lang))
    if theme:
        s = dataclasses.replace(s, theme=theme)
    stage.open(s, size)
    for name, scene in (bs.BALLOT_SCENES | ss.STAR_SCENES).items():
        if only and not re.search(only, name):
            continue
        w = scene(stage)
        stage.qtbot.wait(500)
        win = w.window()
        win.grab().save(f"/tmp/shots/wb_{name}_{scale}_{size[0]}{theme}{'' if lang == 'zh' else lang}.png")
        for c in cut_places(win):
            print("CUT", name, c)
        for c in names_missing(win):
            print("NAME", name, c)
        if win is not stage.window:
            print(
                "SIZE", name, win.size().toTuple()
            ) if win.height() > stage.window.height() or win.width() > stage.window.width() else None
            if os.environ.get("TABS"):
                win.activateWindow()
                stage.wait(lambda: QApplication.activeWindow() is win)
                wanted = {x for x in win.findChildren(QWidget) if takes_tab(x)}
                first = next(x for x in win.findChildren(QWidget) if takes_tab(x))
                print(
                    "TABS",
                    name,
                    unreached(
                        wanted, visited_by_tab(first, backwards=False) | visited_by_tab(first, backwards=True)
                    ),
                )
            stage.close_dialogs()
        stage.qtbot.wait(50)
