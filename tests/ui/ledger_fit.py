import pytest
from branchdesk.i18n import Language
from branchdesk.settings import Settings
from support.fit import cut_places
from support.stage import SCREEN, SMALL_SCREEN, Stage
from ui.ledger_scenes import LEDGER_SCENES
from ui.test_scenes import names_missing
from pathlib import Path
OUT = Path("/tmp/ledger_shots")
import gettext
from branchdesk import i18n
class Pseudo(gettext.NullTranslations):
    def _long(self, text):
        out, inside, n = [], False, 0
        for ch in text:
            if ch == "{": inside = True
            if ch == "}": inside = False
            if not inside and "\u4e00" <= ch <= "\u9fff":
                n += 1
                out.append("abc" if n % 3 else "abc ")
            else:
                out.append({"，": ", ", "。": ". ", "：": ": ", "；": "; ", "、": ", ", "“": '"', "”": '"', "（": " (", "）": ") "}.get(ch, ch))
        return "".join(out).strip()
    def gettext(self, message): return self._long(message)
    def ngettext(self, a, b, n): return self._long(a)

@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("scale","size"), [(s, z) for s in (100,125,150) for z in (SMALL_SCREEN, SCREEN)])
def test_fit(stage: Stage, scale, size, language, monkeypatch):
    window = stage.open(Settings(scale=scale, language=language), size)
    cut = []
    if language is Language.ENGLISH:
        monkeypatch.setattr(i18n._Window, "speech", i18n._Speech(Language.ENGLISH, Pseudo()))
    for name, scene in LEDGER_SCENES.items():
        shown = scene(stage); stage.wait_for_jobs(); stage.qtbot.wait(20)
        over = shown.window()
        assert window.size().toTuple() == size, name
        if over is not window:
            cut += [] if window.size().boundedTo(over.size()) == over.size() else [f"{name} too large {over.size()}"]
        cut += [f"{name}: {p}" for p in cut_places(over)]
        cut += [f"{name}: nameless {p}" for p in names_missing(over)]
        over.grab().save(str(OUT / f"s_{name}_{scale}_{size[0]}_{language.value}.png"))
        stage.close_dialogs()
    assert not cut, "\n".join(cut)
