from __future__ import annotations
import os
import pytest
from branchdesk.settings import Settings
from branchdesk.i18n import Language
from support.stage import Stage, SCREEN, SMALL_SCREEN
from ui.inspection_scenes import INSPECTION_SCENES
OUT='/tmp/window_look'
@pytest.mark.parametrize(("scale","size","theme"),[(100,SCREEN,"light"),(100,SMALL_SCREEN,"light"),(125,SMALL_SCREEN,"light"),(150,SMALL_SCREEN,"light"),(150,SCREEN,"dark"),(100,SCREEN,"contrast")])
def test_look(stage: Stage, scale, size, theme, the_clock) -> None:
    os.makedirs(OUT,exist_ok=True)
    only=os.environ.get('ONLY','').split(',') if os.environ.get('ONLY') else list(INSPECTION_SCENES)
    stage.open(Settings(scale=scale,theme=theme), size)
    for name in only:
        w=INSPECTION_SCENES[name](stage)
        stage.wait_for_jobs(); stage.qtbot.wait(60)
        w.window().grab().save(f"{OUT}/{name}_{scale}_{size[0]}_{theme}.png")
        stage.close_dialogs()


from support.fit import cut_places
from ui.test_scenes import names_missing, unreached, visited_by_tab
from branchdesk import i18n
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget, QApplication
from branchdesk.ui.focus import takes_tab
import gettext


class Pseudo(gettext.NullTranslations):
    def _long(self, text):
        out, inside, n = [], False, 0
        for ch in text:
            if ch == "{": inside = True
            if ch == "}": inside = False
            if not inside and "\u4e00" <= ch <= "\u9fff":
                n += 1
                out.append("ab" if n % 3 else "abc ")
            else:
                out.append({"，": ", ", "。": ". ", "：": ": ", "；": "; ", "、": ", ", "“": '"', "”": '"', "（": " (", "）": ") "}.get(ch, ch))
        return "".join(out).strip()
    def gettext(self, message): return self._long(message)
    def ngettext(self, a, b, n): return self._long(a)


@pytest.mark.parametrize("pseudo", [False, True])
@pytest.mark.parametrize(("scale","size"),[(s,z) for s in (100,125,150) for z in (SMALL_SCREEN,SCREEN)])
def test_fit(stage: Stage, scale, size, the_clock, pseudo, monkeypatch) -> None:
    window = stage.open(Settings(scale=scale), size)
    if pseudo:
        monkeypatch.setattr(i18n._Window, "speech", i18n._Speech(Language.ENGLISH, Pseudo()))
    cut=[]
    os.makedirs(OUT,exist_ok=True)
    for name, scene in INSPECTION_SCENES.items():
        shown=scene(stage); stage.wait_for_jobs(); stage.qtbot.wait(20)
        over=shown.window()
        if window.size().toTuple()!=size: cut.append(f"{name} changed size {window.size()}")
        cut += [f"{name}: {place}" for place in cut_places(over)]
        if pseudo and name in ("inspection","inspection_problem","inspection_rectified","inspection_checked"): over.grab().save(f"{OUT}/en_{name}_{scale}_{size[0]}.png")
        cut += [f"{name}: nameless {one}" for one in names_missing(over)]
        stage.close_dialogs()
    assert not cut, "\n".join(dict.fromkeys(cut))


@pytest.mark.parametrize("name", ["inspection","inspection_head","inspection_problem","inspection_changing","inspection_checked","inspection_scored"])
def test_keys(stage, name, the_clock):
    from ui.scenes import SCENES
    window = stage.open()
    page = INSPECTION_SCENES[name](stage)
    stage.wait_for_jobs()
    wanted = {widget for widget in page.findChildren(QWidget) if takes_tab(widget)}
    visited=set(); panes=[]
    for _press in range(8):
        QTest.keyClick(window, Qt.Key.Key_F6)
        focused = QApplication.focusWidget()
        if focused is not None and focused not in panes:
            panes.append(focused)
    page.find_here()
    focused = QApplication.focusWidget()
    for pane in panes if focused is None else [*panes, focused]:
        for backwards in (False, True):
            visited |= visited_by_tab(pane, backwards=backwards)
    assert unreached(wanted, visited) == set()
