"""A copy of the folder of forms with one more kind in it: what a developer adds, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from branchdesk import paths
from branchdesk.forms import activities, dictionaries, language, samples, shelf
from branchdesk.storage import records

_REMEMBERED = (
    activities.shipped_activities,
    dictionaries.shipped_dictionaries,
    language.shipped_form,
    samples.shipped_sample,
    shelf.shipped_shelf,
    shelf._shipped_places,
    records._shelf,
)


def forget_forms() -> None:
    """Let every form be read from its file again."""
    for remembered in _REMEMBERED:
        remembered.cache_clear()


def add_kind(monkeypatch: pytest.MonkeyPatch, place: Path, kind: str, form: str) -> None:
    """Put the folder of a kind with its form beside those that ship; call `forget_forms` afterwards."""
    folder = shutil.copytree(paths.form_folder(), place / "forms")
    (folder / kind).mkdir()
    (folder / kind / "form.toml").write_text(form, encoding="utf-8")
    shipped = paths._shipped

    def found(inside: str, beside: str) -> Path:
        return folder if beside == "forms" else shipped(inside, beside)

    monkeypatch.setattr(paths, "_shipped", found)
    forget_forms()
