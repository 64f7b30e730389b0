"""The pages of `--help`, in columns that hold Chinese."""

from __future__ import annotations

from collections.abc import Sequence

from branchdesk.cli.arguments import Argument, Command
from branchdesk.cli.commands import COMMANDS, HELP, LANGUAGE, VERSION
from branchdesk.cli.console import LINE_WIDTH, display_width, padded, wrapped
from branchdesk.cli.endings import MEANINGS
from branchdesk.i18n import _

PROGRAM = "branchdesk"
_INDENT = "  "
_WIDEST = 26
_FROM_FILE = "--password-file"


def help_of_program() -> str:
    """The page for the program as a whole: every command, and what the exit codes mean."""
    lines = [
        *wrapped(_("支部台账：不开窗口，办同样的事。后面什么都不写，就打开窗口。"), LINE_WIDTH),
        "",
        _("用法：{usage}", usage=_("{program} 命令 …", program=PROGRAM)),
        _("某个命令的说明：{usage}", usage=_("{program} 命令 {option}", program=PROGRAM, option="--help")),
        "",
        _("命令："),
        *_in_columns([(command.name, _(command.words)) for command in COMMANDS]),
        "",
        _("选项："),
        *_in_columns([_entry(argument) for argument in (HELP, VERSION, LANGUAGE)]),
        "",
        *_on_passwords(),
        *_on_endings(),
    ]
    return "\n".join(lines) + "\n"


def help_of_command(command: Command) -> str:
    """The page for one command."""
    words = [argument for argument in command.arguments if not argument.is_option]
    options = [argument for argument in command.arguments if argument.is_option]
    needed = [f"{one.names[0]} {_(one.value)}" for one in options if one.required]
    places = " ".join([*(_written(word) for word in words), *needed])
    more = _(command.more) if command.more else ""
    lines = [
        *wrapped(_("{words}。{more}", words=_(command.words), more=more), LINE_WIDTH),
        "",
        _(
            "用法：{usage}",
            usage=_(
                "{program} {command} {places} [选项]", program=PROGRAM, command=command.name, places=places
            ),
        ),
        "",
        *_in_columns([_entry(argument) for argument in words]),
        "",
        _("选项："),
        *_in_columns([_entry(argument) for argument in (*options, LANGUAGE, HELP)]),
        "",
        *(_on_passwords() if any(_FROM_FILE in one.names for one in options) else ()),
        *_on_endings(),
    ]
    return "\n".join(lines) + "\n"


def _on_passwords() -> list[str]:
    """Where passwords come from."""
    sentence = _("口令从键盘输入，或者写在 {option} 所指文件的第一行；不能写在命令里。", option=_FROM_FILE)
    return [*wrapped(sentence, LINE_WIDTH), ""]


def _on_endings() -> list[str]:
    """What the exit codes mean."""
    codes = [(str(ending.value), _(meaning)) for ending, meaning in MEANINGS.items()]
    return [_("退出码："), *_in_columns(codes)]


def _written(argument: Argument) -> str:
    """An argument as it stands in a command."""
    if not argument.is_option:
        return "|".join(argument.choices) or _(argument.value)
    names = ", ".join(argument.names)
    value = _(argument.value) if argument.value else ""
    return f"{names} {value}{' …' if argument.several else ''}".strip()


def _entry(argument: Argument) -> tuple[str, str]:
    """An argument and what it is for, with the texts that it accepts."""
    words = _(argument.words)
    if argument.choices:
        accepted = _("；").join(
            _("{text} {meaning}", text=text, meaning=_(meaning)) for text, meaning in argument.choices.items()
        )
        words = _("{words}：{accepted}", words=words, accepted=accepted)
    return _written(argument), words


def _in_columns(rows: Sequence[tuple[str, str]]) -> list[str]:
    """Rows of a word and its explanation; an explanation goes on below itself."""
    width = min(max(display_width(left) for left, _right in rows), _WIDEST) + 2
    lines = []
    for left, right in rows:
        first, *others = wrapped(right, LINE_WIDTH - width - len(_INDENT))
        if display_width(left) > width - 2:
            lines.append(_INDENT + left)
            others = [first, *others]
        else:
            lines.append(_INDENT + padded(left, width) + first)
        lines += [_INDENT + " " * width + other for other in others]
    return lines
