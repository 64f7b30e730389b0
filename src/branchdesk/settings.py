"""What belongs to the person at this computer, kept as JSON; what belongs to the branch lies in its file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from branchdesk import paths
from branchdesk.i18n import Language
from branchdesk.whole_files import write_whole

SCALES = (100, 125, 150, 175)
THEMES = ("light", "dark", "contrast")
DENSITIES = ("compact", "normal", "roomy")


@dataclass(frozen=True)
class Settings:
    """The choices of one person: language, looks, the branch opened last, where backups and scans lie."""

    language: Language = Language.CHINESE
    scale: int = 100
    theme: str = "light"
    density: str = "normal"
    branches: tuple[str, ...] = ()
    backup_folders: dict[str, str] | None = None
    last_person: tuple[str, str] = ("", "")
    branch_name: str = ""
    founding: dict[str, str] | None = None
    lock_minutes: int = 5
    printer: str = ""
    window: str = ""
    scan_folder: str = ""

    def with_branch(self, folder: Path) -> Settings:
        """The settings with `folder` as the branch opened last."""
        others = tuple(known for known in self.branches if known != str(folder))
        return replace(self, branches=(str(folder), *others))

    def opened_last(self, folder: Path) -> bool:
        """Whether `folder` is the branch opened last."""
        return self.branches[:1] == (str(folder),)

    def backup_folder(self, branch_folder: Path) -> Path:
        """Where backups of a branch go: the person's choice, else a folder beside the branch's own."""
        chosen = (self.backup_folders or {}).get(str(branch_folder))
        return Path(chosen) if chosen else branch_folder.parent / f"{branch_folder.name}-backups"

    def with_backup_folder(self, branch_folder: Path, place: Path) -> Settings:
        """The settings with `place` as the backup folder of a branch."""
        return replace(self, backup_folders={**(self.backup_folders or {}), str(branch_folder): str(place)})


def _understood(raw: dict[str, Any]) -> dict[str, Any]:
    """The values of a settings file that are of use; anything odd falls back to its default."""
    default = Settings()
    known: dict[str, Any] = {}
    for field in fields(Settings):
        value = raw.get(field.name)
        if field.name == "language" and value in list(Language):
            known["language"] = Language(value)
        elif field.name == "branches" and isinstance(value, list):
            known["branches"] = tuple(str(item) for item in value)
        elif field.name == "last_person" and isinstance(value, list) and len(value) == 2:
            known["last_person"] = (str(value[0]), str(value[1]))
        elif field.name in {"backup_folders", "founding"} and isinstance(value, dict):
            known[field.name] = {str(key): str(text) for key, text in value.items()}
        elif value is not None and type(value) is type(getattr(default, field.name)):
            known[field.name] = value
    allowed = {"scale": SCALES, "theme": THEMES, "density": DENSITIES}
    return {key: value for key, value in known.items() if key not in allowed or value in allowed[key]}


def load_settings(path: Path | None = None) -> Settings:
    """The settings of this person; a missing or damaged file gives the defaults."""
    try:
        raw = json.loads((path or paths.settings_file()).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    return Settings(**_understood(raw)) if isinstance(raw, dict) else Settings()


def save_settings(settings: Settings, path: Path | None = None) -> None:
    """Keep `settings` for the next start."""
    # In ASCII, since the name of a folder on an old stick may hold bytes that are no text.
    content = json.dumps(asdict(settings), indent=1)
    write_whole(path or paths.settings_file(), content.encode("ascii"))
