"""What belongs to the person at this computer."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from branchdesk import paths
from branchdesk.i18n import Language
from branchdesk.settings import Settings, load_settings, save_settings

CHOSEN = Settings(
    language=Language.ENGLISH,
    scale=150,
    theme="contrast",
    density="roomy",
    branches=("/srv/台账/支部", "/media/usb/支部"),
    backup_folders={"/srv/台账/支部": "/media/usb/备份"},
    last_person=("01932b6f00007abc8def0123456789ab", "李敏"),
    branch_name="一支部",
    founding={"full_name": "中共一支部"},
    lock_minutes=15,
    printer="HP 1020",
    window="AdnQywAD",
)


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "settings.json"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_settings_are_there_again_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "settings.json"
    save_settings(CHOSEN, path)
    assert load_settings(path) == CHOSEN
    save_settings(Settings(), path)
    assert load_settings(path) == Settings()


def test_without_a_path_they_lie_in_the_persons_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(paths, "settings_file", lambda: tmp_path / "settings.json")
    assert load_settings() == Settings()
    save_settings(CHOSEN)
    assert load_settings() == CHOSEN


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        '{"scale": 150',
        "null",
        "[]",
        '"text"',
        "12",
        b"\xff\xfe\x00\x00",
        b"\x00" * 400,
        "[" * 100_000,
        "{}",
        '{"unknown": 1}',
    ],
    ids=lambda content: f"{content[:12]!r}",
)
def test_a_damaged_settings_file_gives_the_defaults(tmp_path: Path, content: str | bytes) -> None:
    assert load_settings(written(tmp_path, content)) == Settings()


def test_a_settings_file_that_is_no_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "missing.json") == Settings()
    assert load_settings(tmp_path) == Settings()


@pytest.mark.parametrize(
    ("key", "odd"),
    [
        ("language", "fr"),
        ("language", ["zh"]),
        ("scale", 110),
        ("scale", "150"),
        ("scale", True),
        ("scale", 150.0),
        ("theme", "pink"),
        ("theme", None),
        ("density", 1),
        ("branches", "/home"),
        ("branches", {"a": 1}),
        ("backup_folders", ["a"]),
        ("last_person", "李敏"),
        ("last_person", ["李敏"]),
        ("last_person", ["1", "李敏", "2"]),
        ("branch_name", ["一支部"]),
        ("founding", "一支部"),
        ("lock_minutes", "5"),
        ("printer", 3),
        ("window", []),
    ],
)
def test_one_odd_value_falls_back_and_spoils_none_of_the_others(tmp_path: Path, key: str, odd: Any) -> None:
    content = {"language": "en", "scale": 150, "theme": "dark", "printer": "HP", "lock_minutes": 9, key: odd}
    found = load_settings(written(tmp_path, json.dumps(content)))
    good: dict[str, Any] = {
        "language": Language.ENGLISH,
        "scale": 150,
        "theme": "dark",
        "printer": "HP",
        "lock_minutes": 9,
    }
    expected = {name: value for name, value in good.items() if name != key}
    assert found == Settings(**expected)


@pytest.mark.parametrize("scale", [100, 125, 150, 175])
def test_every_size_of_the_window_is_remembered(tmp_path: Path, scale: int) -> None:
    save_settings(Settings(scale=scale), tmp_path / "settings.json")
    assert load_settings(tmp_path / "settings.json").scale == scale


def test_a_new_computer_begins_in_chinese_at_plain_size_and_locks_after_five_minutes() -> None:
    settings = Settings()
    assert (settings.language, settings.scale, settings.theme) == (Language.CHINESE, 100, "light")
    assert settings.lock_minutes == 5


def test_a_folder_whose_name_is_no_text_is_remembered(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(b"/media/usb/\xd6\xa7\xb2\xbf"))  # GBK bytes on an old stick
    settings = Settings().with_branch(folder).with_backup_folder(folder, tmp_path)
    save_settings(settings, tmp_path / "settings.json")
    assert load_settings(tmp_path / "settings.json") == settings


def test_the_branch_opened_last_stands_first_and_only_once() -> None:
    settings = Settings()
    for name in ("one", "two", "one"):
        settings = settings.with_branch(Path(name))
    assert settings.branches == ("one", "two")


def test_each_branch_has_its_own_backup_folder() -> None:
    one, two = Path("one"), Path("two")
    settings = Settings().with_backup_folder(one, Path("stick")).with_backup_folder(two, Path("disk"))
    assert settings.backup_folder(one) == Path("stick")
    assert settings.with_backup_folder(one, Path("other")).backup_folder(one) == Path("other")
    assert settings.backup_folder(two) == Path("disk")
    assert settings.backup_folder(Path("places/three")) == Path("places/three-backups")
