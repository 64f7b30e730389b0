"""No text is cut on any screen: small and large letters, two screens, two languages."""

from __future__ import annotations

import pytest

from branchdesk.i18n import Language
from branchdesk.settings import Settings
from support.fit import cut_places
from support.stage import SCREEN, SMALL_SCREEN, Stage
from ui.scenes import ENTRY_SCENES, walk

# The small screen in every look; the larger one where it has the most and the least room to spare.
LOOKS = [
    pytest.param(scale, size, language, id=f"{scale}-{size[0]}x{size[1]}-{language.value}")
    for scale in (100, 150)
    for size in (SMALL_SCREEN, SCREEN)
    for language in Language
    if size == SMALL_SCREEN or (scale == 100) == (language is Language.CHINESE)
]


@pytest.mark.parametrize(("scale", "size", "language"), LOOKS)
def test_no_text_is_cut_in_the_window(
    stage: Stage, scale: int, size: tuple[int, int], language: Language
) -> None:
    window = stage.open(Settings(scale=scale, language=language), size)
    cut = []
    for name, shown in walk(stage):
        assert window.size().toTuple() == size, f"{name} has changed the size of the window"
        over = shown.window()
        if over is not window:
            room = window.size().boundedTo(over.size()) == over.size()
            cut += [] if room else [f"{name}: the dialog is {over.size()}, larger than the window"]
        cut += [f"{name}: {place}" for place in cut_places(over)]
    assert not cut, "\n".join(cut)


@pytest.mark.parametrize(("scale", "size", "language"), LOOKS)
def test_no_text_is_cut_before_a_branch_is_open(
    stage: Stage, scale: int, size: tuple[int, int], language: Language
) -> None:
    reception = stage.receive(Settings(scale=scale, language=language))
    reception.window.resize(*size)
    cut = []
    for name, scene in ENTRY_SCENES.items():
        scene(stage, reception)
        stage.qtbot.wait(20)
        cut += [f"{name}: {place}" for place in cut_places(reception.window)]
    assert not cut, "\n".join(cut)
