"""The table of commands: what may be written behind an option, and what it then means."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from branchdesk.cli.commands import COMMANDS
from branchdesk.cli.parsing import WrongUsage, parse
from branchdesk.domain.members import Category


def test_a_folder_is_known_by_its_whole_path_as_in_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert parse(["people", "支部"]).folder == tmp_path / "支部"


@pytest.mark.parametrize("typed", ["2026.06.29", "2026-6-29", "20260629", "2026年6月29日"])
def test_a_day_may_be_written_in_many_ways(typed: str) -> None:
    assert parse(["export-roster", "a", "-o", "b", "--on", typed]).on == date(2026, 6, 29)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2026.06", "--on：日期要写到哪一天，如 2026.06.29。"),
        ("2026", "--on：日期要写到哪一天，如 2026.06.29。"),
        ("2026.02.30", "--on：2026 年 2 月没有 30 日。"),
        ("端午", "--on：“端午”"),
    ],
)
def test_a_day_is_never_completed_by_guess(typed: str, sentence: str) -> None:
    with pytest.raises(WrongUsage) as caught:
        parse(["export-roster", "a", "-o", "b", "--on", typed])
    assert caught.value.sentence.startswith(sentence)


def test_a_category_is_one_of_the_dictionary() -> None:
    line = ["import-roster", "a", "b", "--category"]
    assert parse([*line, "正式党员"]).category == Category.FULL
    assert parse([*line, "预备党员"]).category == Category.PROBATIONARY
    with pytest.raises(WrongUsage, match="“群众”不是人员类别，可以写：正式党员、预备党员"):
        parse([*line, "群众"])


def test_a_count_is_a_number_from_one_on() -> None:
    assert parse(["history", "a", "--limit", "20"]).limit == 20
    for typed in ("0", "-3", "two", "1.5"):
        with pytest.raises(WrongUsage):
            parse(["history", "a", f"--limit={typed}"])


def test_every_command_that_opens_a_branch_asks_who_and_for_a_password_in_the_same_words() -> None:
    for command in COMMANDS:
        names = {name for argument in command.arguments for name in argument.names}
        if command.name not in {"create", "people", "check-form", "render-form"}:
            assert {"--person", "--password-file"} <= names, command.name
