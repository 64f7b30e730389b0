"""Which input method runs on this computer, and what Qt must be told before it starts."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

_QT_MODULE = "QT_IM_MODULE"
_QT_MODULES = "QT_IM_MODULES"  # Qt 6.7 and later look here first
_HINTS = (_QT_MODULES, _QT_MODULE, "XMODIFIERS", "GTK_IM_MODULE", "CLUTTER_IM_MODULE")
_WITHOUT_SCREEN = ("offscreen", "minimal")
_IBUS, _FCITX5, _FCITX4 = "ibus-daemon", "fcitx5", "fcitx"


class Kind(StrEnum):
    """Who turns keys into Chinese."""

    SYSTEM = "system"  # Windows and macOS do it without being asked
    NONE = "none"
    IBUS = "ibus"
    FCITX5 = "fcitx5"
    FCITX4 = "fcitx4"


@dataclass(frozen=True)
class InputMethod:
    """What was found, and the variables as they stood before Qt was told about it."""

    kind: Kind
    before: tuple[tuple[str, str | None], ...] = ()

    @property
    def is_fcitx(self) -> bool:
        """Whether it needs the bridge, since the wheel of PySide6 brings no fcitx."""
        return self.kind in {Kind.FCITX5, Kind.FCITX4}

    def give_back(self, environ: MutableMapping[str, str]) -> None:
        """Put the variables back once Qt has read them.

        Programs that we start, such as the one that opens an attachment, choose their input method by the
        same variables and have other plugins than we do.
        """
        for name, value in self.before:
            if value is None:
                environ.pop(name, None)
            else:
                environ[name] = value


def prepare_environment(
    environ: MutableMapping[str, str], *, platform: str = sys.platform, processes: Path = Path("/proc")
) -> InputMethod:
    """Find the running input method and set what Qt reads about it; call it before QApplication exists.

    Costs a few milliseconds at most: it reads variables and the names of running programs, and starts and
    asks nothing. The order is ux 9.1: ibus, fcitx 5, fcitx 4; where both families run, the one that the
    desktop names in its variables is meant.
    """
    if platform != "linux":
        return InputMethod(Kind.SYSTEM)
    if environ.get("QT_QPA_PLATFORM", "").startswith(_WITHOUT_SCREEN):
        return InputMethod(Kind.NONE)
    kind = _kind(_named_family(environ), running_programs(processes))
    if kind is Kind.NONE:
        return InputMethod(kind)
    before = tuple((name, environ.get(name)) for name in (_QT_MODULE, _QT_MODULES))
    # compose is what Qt uses by itself; a desktop that says fcitx asks for a plugin that is not there.
    environ[_QT_MODULE] = "ibus" if kind is Kind.IBUS else "compose"
    environ.pop(_QT_MODULES, None)
    return InputMethod(kind, before)


def running_programs(processes: Path) -> frozenset[str]:
    """The names of the programs of this user that run now, of those that matter here."""
    found = set()
    own = os.getuid() if sys.platform != "win32" else 0
    try:
        for entry in os.scandir(processes):
            if entry.name.isdigit() and entry.stat().st_uid == own:
                found.add(_program(Path(entry.path, "comm")))
    except OSError:
        return frozenset()
    return frozenset(found & {_IBUS, _FCITX5, _FCITX4})


def _program(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:  # it ended while we looked
        return ""


def _named_family(environ: Mapping[str, str]) -> str:
    """The family that the desktop means: fcitx, ibus or none."""
    for name in _HINTS:
        for family in ("fcitx", "ibus"):
            if family in environ.get(name, ""):
                return family
    return ""


def _kind(family: str, running: frozenset[str]) -> Kind:
    if _IBUS in running and not (family == "fcitx" and {_FCITX5, _FCITX4} & running):
        return Kind.IBUS
    if _FCITX5 in running:
        return Kind.FCITX5
    if _FCITX4 in running:
        return Kind.FCITX4
    # The desktop means fcitx, which is not up yet or has a name of its own: the bridge waits for it.
    return Kind.FCITX5 if family == "fcitx" else Kind.NONE
