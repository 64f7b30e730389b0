"""What is wrong with a command line is said in whole sentences."""

from __future__ import annotations

import pytest

from branchdesk.cli.commands import COMMANDS
from branchdesk.cli.parsing import WrongUsage, parse, wanted_language
from branchdesk.i18n import Language

COMPLAINTS = [
    ("", "还缺少：命令。", ""),
    (
        "tidy up",
        "命令 不能是“tidy”，可以写：" + "、".join(command.name for command in COMMANDS) + "。",
        "",
    ),
    ("--language fr people a", "--language 不能是“fr”，可以写：zh、en。", ""),
    ("check", "还缺少：支部文件夹。", "check"),
    ("export-roster", "还缺少：支部文件夹、-o/--output。", "export-roster"),
    ("check a b", "多出来的，不认识：b。", "check"),
    ("check a --pass b", "多出来的，不认识：--pass b。", "check"),
    ("history a --limit", "--limit 后面要写内容。", "history"),
    ("create a --name b --clerk c --group", "--group 后面要写内容。", "create"),
    ("check a --findings=yes", "--findings 后面不用写内容。", "check"),
    ("print cards a -o b", "材料 不能是“cards”，可以写：roster、member。", "print"),
    ("history a --limit 0", "--limit：“0”不是条数，请写 1、20 这样的数。", "history"),
]


@pytest.mark.parametrize(("line", "sentence", "command"), COMPLAINTS, ids=[one[0] for one in COMPLAINTS])
def test_what_is_wrong_is_said_in_a_sentence_with_the_command_that_it_belongs_to(
    line: str, sentence: str, command: str
) -> None:
    with pytest.raises(WrongUsage) as caught:
        parse(line.split())
    assert caught.value.sentence == sentence
    assert caught.value.command == command


def test_words_are_never_shortened_so_that_a_script_means_the_same_next_year() -> None:
    with pytest.raises(WrongUsage, match="--find"):
        parse(["check", "a", "--find"])


def test_no_command_takes_a_password_as_an_argument() -> None:
    options = {name for one in COMMANDS for argument in one.arguments for name in argument.names}
    assert {name for name in options if "pass" in name} == {"--password-file"}


def test_several_names_may_stand_behind_one_option_or_behind_several() -> None:
    asked = parse(["print", "member", "a", "-o", "b.pdf", "--name", "王芳", "李明", "--name", "张三"])
    assert asked.name == ["王芳", "李明", "张三"]
    assert parse(["print", "member", "a", "-o", "b.pdf"]).name == []


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("check a", Language.CHINESE),
        ("--language en check a", Language.ENGLISH),
        ("check a --language=en", Language.ENGLISH),
        ("--language en check a --language zh", Language.CHINESE),
        ("check a --language fr", Language.CHINESE),
        ("check a --language", Language.CHINESE),
    ],
)
def test_the_language_is_known_before_anything_else_is_understood(line: str, language: Language) -> None:
    assert wanted_language(line.split(), Language.CHINESE) is language


def test_the_language_may_stand_before_or_behind_the_command() -> None:
    assert parse(["--language", "en", "people", "a"]).command == "people"
    assert parse(["people", "a", "--language", "en"]).command == "people"
