"""Where things are: what ships with the program, and what belongs to the person at this computer."""

from __future__ import annotations

from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent
_NAME = "BranchDesk"


def _shipped(folder_in_wheel: str, folder_in_checkout: str) -> Path:
    """A folder that lies inside the package when installed and beside `src` in a checkout."""
    inside = _PACKAGE / folder_in_wheel
    return inside if inside.is_dir() else _PACKAGE.parent.parent / folder_in_checkout


def resource(*parts: str) -> Path:
    """A file or folder of `resources/`."""
    return _shipped("resources", "resources").joinpath(*parts)


def form_folder(*parts: str) -> Path:
    """A file or folder of `forms/`."""
    return _shipped("kinds", "forms").joinpath(*parts)


def user_folder() -> Path:
    """Where this person's branch files lie unless another place was chosen."""
    return Path(platformdirs.user_data_dir(_NAME, appauthor=False))


def settings_file() -> Path:
    """The settings of this person at this computer."""
    return Path(platformdirs.user_config_dir(_NAME, appauthor=False)) / "settings.json"


def log_folder() -> Path:
    """Where the program keeps its log, which never holds what clerks typed."""
    return Path(platformdirs.user_log_dir(_NAME, appauthor=False))
