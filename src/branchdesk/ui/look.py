"""How the program looks: colours of a theme, one scale for every length, the density of rows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette

from branchdesk.paths import resource
from branchdesk.settings import Settings

BODY, HINT, HEADING, TITLE, FIGURE = 15, 13, 17, 21, 28
ROW_HEIGHTS = {"compact": 28, "normal": 34, "roomy": 42}
# The first of these that the computer has; the bundled font is always there.
_FAMILIES = ("Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans SC")
_BUNDLED = ("NotoSansSC_400Regular.ttf", "NotoSansSC_600SemiBold.ttf", "NotoSerifSC_Rare.ttf")


@cache
def _tokens() -> dict[str, dict[str, str]]:
    tokens: dict[str, dict[str, str]] = json.loads(resource("style", "tokens.json").read_text("utf-8"))
    return tokens


@cache
def bundled_families() -> tuple[str, ...]:
    """The families of the bundled fonts, registered with Qt once; the rare characters come last."""
    families: list[str] = []
    for file in _BUNDLED:
        number = QFontDatabase.addApplicationFont(str(resource("fonts", file)))
        families += QFontDatabase.applicationFontFamilies(number)
    return tuple(dict.fromkeys(families))


@dataclass(frozen=True)
class Look:
    """One choice of theme, scale (in percent) and density; every length goes through `px`."""

    theme: str = "light"
    scale: int = 100
    density: str = "normal"

    @classmethod
    def of(cls, settings: Settings) -> Look:
        """The look that a person chose."""
        return cls(settings.theme, settings.scale, settings.density)

    def px(self, length: float) -> int:
        """A length at 100 % in pixels of this look."""
        return round(length * self.scale / 100)

    @property
    def row_height(self) -> int:
        """The height of a row in a list, in pixels."""
        return self.px(ROW_HEIGHTS[self.density])

    @property
    def colors(self) -> dict[str, str]:
        """The colours of the theme by name, as #rrggbb."""
        return _tokens()[self.theme]

    def color(self, name: str) -> QColor:
        """One colour of the theme."""
        return QColor(self.colors[name])

    def font(self, size: int = BODY, *, strong: bool = False) -> QFont:
        """The font of the interface at a size given for 100 %."""
        known = set(QFontDatabase.families())
        bundled = bundled_families()
        family = next((name for name in _FAMILIES if name in known), bundled[0])
        font = QFont([family, *bundled])
        font.setPixelSize(self.px(size))
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        return font

    def palette(self) -> QPalette:
        """The palette for what the style sheet does not reach."""
        colors = QPalette()
        roles = {
            QPalette.ColorRole.Window: "app",
            QPalette.ColorRole.WindowText: "text",
            QPalette.ColorRole.Base: "card",
            QPalette.ColorRole.AlternateBase: "zebra",
            QPalette.ColorRole.Text: "text",
            QPalette.ColorRole.Button: "card",
            QPalette.ColorRole.ButtonText: "text",
            QPalette.ColorRole.Highlight: "sel",
            QPalette.ColorRole.HighlightedText: "sel_text",
            QPalette.ColorRole.ToolTipBase: "card",
            QPalette.ColorRole.ToolTipText: "text",
            QPalette.ColorRole.PlaceholderText: "text3",
            QPalette.ColorRole.Link: "link",
        }
        for role, name in roles.items():
            colors.setColor(role, self.color(name))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            colors.setColor(QPalette.ColorGroup.Disabled, role, self.color("disabled"))
        return colors


class _Current:
    """The look in use; set once when a window is built."""

    look = Look()


def look() -> Look:
    """The look in use."""
    return _Current.look


def wear(chosen: Look) -> None:
    """Use a look for every widget built from now on."""
    _Current.look = chosen


def px(length: float) -> int:
    """A length at 100 % in pixels of the look in use."""
    return _Current.look.px(length)


def font_in_use() -> str:
    """The family that Qt really uses for the interface, for the diagnosis."""
    return QFontInfo(_Current.look.font()).family()
