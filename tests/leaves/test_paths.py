"""Where things are, in a checkout and installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from branchdesk import paths


def test_what_ships_with_the_program_is_found() -> None:
    assert paths.resource("names", "surnames.txt").is_file()
    assert paths.form_folder("member.file", "form.toml").is_file()


def test_an_installed_program_finds_its_things_inside_the_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = tmp_path / "lib" / "site-packages" / "branchdesk"
    (package / "resources").mkdir(parents=True)
    (package / "kinds").mkdir()
    monkeypatch.setattr(paths, "_PACKAGE", package)
    assert paths.resource("fonts") == package / "resources" / "fonts"
    assert paths.form_folder("rules") == package / "kinds" / "rules"


def test_settings_and_log_stay_out_of_the_folder_of_the_branches() -> None:
    places = {paths.settings_file(), paths.log_folder(), paths.user_folder()}
    assert len(places) == 3
    assert paths.settings_file().name == "settings.json"
    assert all("BranchDesk" in str(place) for place in places)
