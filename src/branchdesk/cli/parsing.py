"""Reads a command line; what is wrong with it is said in whole sentences."""

from __future__ import annotations

import re
from argparse import REMAINDER, ArgumentParser, Namespace
from collections.abc import Sequence
from typing import Any, NoReturn

from typing_extensions import override

from branchdesk import __version__
from branchdesk.cli.arguments import Argument, Command
from branchdesk.cli.commands import COMMANDS, HELP, LANGUAGE, VERSION
from branchdesk.cli.help_page import PROGRAM, help_of_command, help_of_program
from branchdesk.i18n import Language, _, later

# What argparse says, and how it is said here; its own words are always English.
_COMPLAINTS = (
    (r"the following arguments are required: (?P<needed>.*)", later("还缺少：{needed}。")),
    (r"unrecognized arguments: (?P<what>.*)", later("多出来的，不认识：{what}。")),
    (r"argument (?P<what>.*?): expected .*", later("{what} 后面要写内容。")),
    (r"argument (?P<what>.*?): ignored explicit argument .*", later("{what} 后面不用写内容。")),
    (
        r"argument (?P<what>.*?): invalid choice: '(?P<text>.*)' \(choose from (?P<choices>.*)\)",
        later("{what} 不能是“{text}”，可以写：{choices}。"),
    ),
    (r"argument (?P<what>.*?): (?P<sentence>.*)", later("{what}：{sentence}")),
)


class WrongUsage(Exception):
    """A command that was written wrongly, in one sentence; `command` is its name where that is known."""

    def __init__(self, sentence: str, command: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.command = command


def wrong_pair(command: str, option: str, other: str) -> WrongUsage:
    """The complaint about an option that makes no sense beside another word of the command."""
    return WrongUsage(_("{option} 不能和 {other} 一起用。", option=option, other=other), command)


class _Parser(ArgumentParser):
    """argparse without its English: the help is a page of our own, complaints are sentences."""

    def __init__(self, command: Command | None = None) -> None:
        super().__init__(prog=PROGRAM, add_help=False, allow_abbrev=False)
        self._command = command
        self.add_argument(*HELP.names, action="help")
        self._take(LANGUAGE)
        for argument in command.arguments if command else ():
            self._take(argument)

    def _take(self, argument: Argument) -> None:
        """Let argparse know one argument of the table."""
        if argument.is_switch:
            self.add_argument(*argument.names, action="store_true")
            return
        wanted: dict[str, Any] = {"metavar": _(argument.value), "type": argument.read}
        if argument.choices:
            wanted["choices"] = tuple(argument.choices)
        if argument.is_option:
            wanted |= {"required": argument.required, "default": argument.default}
        if argument.several:
            wanted |= {"nargs": "+", "action": "extend", "default": []}
        self.add_argument(*argument.names, **wanted)

    @override
    def format_help(self) -> str:
        return help_of_command(self._command) if self._command else help_of_program()

    @override
    def error(self, message: str) -> NoReturn:
        name = self._command.name if self._command else ""
        for pattern, sentence in _COMPLAINTS:
            match = re.fullmatch(pattern, message, re.DOTALL)
            if match is not None:
                places = match.groupdict()
                for listed in {"choices", "needed"} & places.keys():
                    places[listed] = places[listed].replace("'", "").replace(", ", "、")
                raise WrongUsage(_(sentence, **places), name)
        raise WrongUsage(_("命令没有看懂：{message}", message=message), name)


def parse(argv: Sequence[str]) -> Namespace:
    """What a command line asks for, with the name of the command in `command`.

    Raises WrongUsage, and SystemExit once the help or the version was shown.
    """
    commands = {command.name: command for command in COMMANDS}
    program = _Parser()
    program.add_argument(*VERSION.names, action="version", version=f"BranchDesk {__version__}")
    program.add_argument("command", metavar=_("命令"), choices=tuple(commands))
    program.add_argument("rest", nargs=REMAINDER).required = False  # by some versions it would be missed
    first = program.parse_args(argv)
    return _Parser(commands[first.command]).parse_args(first.rest, Namespace(command=first.command))


def wanted_language(argv: Sequence[str], otherwise: Language) -> Language:
    """The language that a command line asks for, so that the help and complaints already speak it."""
    (option,) = LANGUAGE.names
    found = otherwise
    for place, word in enumerate(argv):
        text = argv[place + 1] if word == option and place + 1 < len(argv) else ""
        text = word.partition("=")[2] if word.startswith(f"{option}=") else text
        found = Language(text) if text in set(Language) else found
    return found
