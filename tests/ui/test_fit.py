"""No text is cut on any screen: small and large letters, two screens, two languages."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from branchdesk.i18n import Language
from branchdesk.settings import Settings
from support.fit import cut_places
from support.stage import SCREEN, SMALL_SCREEN, Stage
from ui.scenes import ENTRY_SCENES, walk

LOOKS = [(scale, language) for scale in (100, 150) for language in Language]
# What most people see and what has the least room; the other two looks are walked before a release.
EVERY_TIME = {(100, Language.CHINESE), (150, Language.ENGLISH)}
WALKS = [
    pytest.param(
        *look,
        id=f"{look[0]}-{look[1].value}",
        marks=[] if look in EVERY_TIME else [pytest.mark.thorough],
    )
    for look in LOOKS
]


def still_cut(stage: Stage, window: QWidget) -> list[str]:
    """What is cut once the layouts have come to rest, which takes a few turns on a busy computer."""
    places = cut_places(window)
    for _turn in range(10):
        if not places:
            break
        stage.qtbot.wait(50)
        places = cut_places(window)
    return places


@pytest.mark.parametrize(("scale", "language"), WALKS)
def test_no_text_is_cut_in_the_window(stage: Stage, scale: int, language: Language) -> None:
    window = stage.open(Settings(scale=scale, language=language), SMALL_SCREEN)
    cut = []
    for name, shown in walk(stage):
        assert window.size().toTuple() == SMALL_SCREEN, f"{name} has changed the size of the window"
        over = shown.window()
        if over is not window:
            room = window.size().boundedTo(over.size()) == over.size()
            cut += [] if room else [f"{name}: the dialog is {over.size()}, larger than the window"]
        cut += [f"{name}: {place}" for place in still_cut(stage, over)]
        if over is window:
            window.resize(*SCREEN)
            stage.application.processEvents()
            cut += [f"{name} on the large screen: {place}" for place in still_cut(stage, window)]
            window.resize(*SMALL_SCREEN)
    assert not cut, "\n".join(cut)


@pytest.mark.parametrize("size", [SMALL_SCREEN, SCREEN])
@pytest.mark.parametrize(("scale", "language"), LOOKS)
def test_no_text_is_cut_before_a_branch_is_open(
    stage: Stage, scale: int, size: tuple[int, int], language: Language
) -> None:
    reception = stage.receive(Settings(scale=scale, language=language))
    reception.window.resize(*size)
    cut = []
    for name, scene in ENTRY_SCENES.items():
        scene(stage, reception)
        stage.qtbot.wait(20)
        cut += [f"{name}: {place}" for place in still_cut(stage, reception.window)]
    assert not cut, "\n".join(cut)
