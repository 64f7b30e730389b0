"""Colours: letters stand out from their ground in every theme, and pictures use the colours of the theme."""

from __future__ import annotations

import json
import re

import pytest

from branchdesk.paths import resource
from branchdesk.ui.look import Look
from branchdesk.ui.style import style_sheet

THEMES = json.loads(resource("style", "tokens.json").read_text(encoding="utf-8"))
# WCAG 2.2: 4.5 for text, 3 for signs and edges of fields; the high contrast theme keeps 7.
TEXT, SIGN, HIGH = 4.5, 3.0, 7.0
ON_GROUND = [
    *(("text", ground) for ground in ("app", "card", "subtle", "hover", "header", "nav", "zebra", "head")),
    *(("text2", ground) for ground in ("app", "card", "subtle", "header", "nav", "head")),
    *(("text3", ground) for ground in ("app", "card")),
    *((tone, f"{tone}_soft") for tone in ("ok", "warn", "err", "info")),
    *((tone, "card") for tone in ("ok", "warn", "err", "info", "link", "brand_text")),
    *(("on_brand", ground) for ground in ("brand", "brand_h", "brand_p")),
    *(("text", ground) for ground in ("ok_soft", "warn_soft", "err_soft", "info_soft", "mute_soft")),
    ("sel_text", "sel"),
]
SIGNS = [("line2", "card"), ("focus", "card"), ("focus", "app"), ("focus", "sel")]


def lightness(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((lightness(one), lightness(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_letters_stand_out_from_their_ground(theme: str) -> None:
    colors = THEMES[theme]
    wanted = HIGH if theme == "contrast" else TEXT
    weak = {
        f"{letters} on {ground}": round(contrast(colors[letters], colors[ground]), 2)
        for letters, ground in ON_GROUND
        if contrast(colors[letters], colors[ground]) < wanted
    }
    assert weak == {}


@pytest.mark.parametrize("theme", THEMES)
def test_edges_of_fields_and_the_focus_are_seen(theme: str) -> None:
    colors = THEMES[theme]
    assert {
        f"{sign} on {ground}": round(contrast(colors[sign], colors[ground]), 2)
        for sign, ground in SIGNS
        if contrast(colors[sign], colors[ground]) < SIGN
    } == {}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("picture", "ground"), [("check", "link"), ("down", "card"), ("up", "card")])
def test_the_small_pictures_of_fields_are_seen_and_have_colours_of_the_theme(
    theme: str, picture: str, ground: str
) -> None:
    drawn = resource("style", f"{picture}-{theme}.svg").read_text(encoding="utf-8")
    (color,) = set(re.findall("#[0-9A-Fa-f]{6}", drawn))
    assert color in THEMES[theme].values()
    assert contrast(color, THEMES[theme][ground]) >= SIGN


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("scale", [100, 125, 150, 175])
def test_the_style_sheet_has_a_value_for_every_name(theme: str, scale: int) -> None:
    sheet = style_sheet(Look(theme, scale))
    assert "$" not in sheet
    assert THEMES[theme]["text"] in sheet


def test_themes_name_the_same_colours() -> None:
    assert {frozenset(colors) for colors in THEMES.values()} == {frozenset(THEMES["light"])}
