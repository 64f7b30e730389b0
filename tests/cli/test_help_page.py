"""The pages of the help: everything is named, nothing is wider than a terminal."""

from __future__ import annotations

import re

import pytest

from branchdesk.cli.arguments import Command
from branchdesk.cli.commands import COMMANDS
from branchdesk.cli.console import LINE_WIDTH, display_width
from branchdesk.cli.endings import Ending
from branchdesk.cli.help_page import help_of_command, help_of_program
from branchdesk.i18n import Language, speak
from cli.terminal import Terminal

commands = pytest.mark.parametrize("command", COMMANDS, ids=[command.name for command in COMMANDS])


@pytest.mark.parametrize("asked", ["--help", "-h"])
def test_the_help_names_every_command_and_what_every_exit_code_means(terminal: Terminal, asked: str) -> None:
    answer = terminal.run(asked)
    assert answer.code == 0
    assert answer.err == ""
    for command in COMMANDS:
        assert f"  {command.name} " in answer.out
        assert command.words in answer.out
    codes = re.findall(r"^  (\d+) +\S", answer.out, re.MULTILINE)
    assert [int(code) for code in codes] == [ending.value for ending in Ending] == [0, 1, 2, 3, 70, 130]


@commands
def test_every_command_explains_all_its_words(terminal: Terminal, command: Command) -> None:
    answer = terminal.run(command.name, "--help")
    assert answer.code == 0
    assert f"用法：branchdesk {command.name} " in answer.out
    for argument in command.arguments:
        for name in argument.names if argument.is_option else ():
            assert re.search(rf"^  .*{name}\b", answer.out, re.MULTILINE), name
        for accepted in argument.choices:
            assert accepted in answer.out
    assert "退出码：" in answer.out


@commands
def test_the_usage_line_holds_whatever_cannot_be_left_out(command: Command) -> None:
    usage = next(line for line in help_of_command(command).splitlines() if line.startswith("用法"))
    needed = [argument for argument in command.arguments if argument.is_option and argument.required]
    assert all(argument.names[0] in usage for argument in needed)


@pytest.mark.parametrize("language", Language)
def test_no_line_is_wider_than_a_terminal(language: Language) -> None:
    hanging = 2  # a closing mark may hang over the end
    speak(language)
    lines = [
        line for page in (help_of_program(), *map(help_of_command, COMMANDS)) for line in page.split("\n")
    ]
    assert [line for line in lines if display_width(line) > LINE_WIDTH + hanging] == []


def test_a_page_says_where_passwords_come_from_only_where_one_is_asked_for(terminal: Terminal) -> None:
    assert "口令从键盘输入" in terminal.run("check", "--help").out
    assert "口令从键盘输入" not in terminal.run("people", "--help").out
