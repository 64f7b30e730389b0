"""`create` and `people`: a new branch with its recovery card, and who can open one."""

from __future__ import annotations

import getpass
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp

from branchdesk.domain.organisations import OrganisationKind
from branchdesk.services import branches, organisations
from branchdesk.storage.keyring import Role
from cli.terminal import Terminal
from documents.pdfa_checks import pypdfium2
from support.branches import CLERK, FULL_NAME, PASSWORD, clerk_of, groups_of, unlocked

KEY = re.compile(r"(?:[0-9A-Z]{4,6}-){3,}[0-9A-Z]{4,6}")


def typed(monkeypatch: pytest.MonkeyPatch, *passwords: str) -> list[str]:
    """Somebody types these passwords; gives the prompts that were shown."""
    prompts: list[str] = []
    answers: Iterator[str] = iter(passwords)

    def answered(prompt: str) -> str:
        prompts.append(prompt)
        return next(answers)

    monkeypatch.setattr(getpass, "getpass", answered)
    return prompts


def words(folder: Path | str = "支部", **more: str) -> list[str]:
    """The shortest command that founds a branch."""
    asked = {"name": FULL_NAME, "clerk": CLERK, **more}
    return ["create", str(folder), *(word for key, text in asked.items() for word in (f"--{key}", text))]


def key_on(card: Path) -> str:
    """The key that a telephone reads from the one page of a printed card."""
    with pypdfium2.PdfDocument(card.read_bytes()) as document:
        assert len(document) == 1
        (found,) = zxingcpp.read_barcodes(document[0].render(scale=3).to_pil())
    return str(found.text)


def test_a_branch_is_founded_with_everything_that_was_asked_for(terminal: Terminal) -> None:
    more = {"short": "河西村党支部", "code": "0412", "superior": "青石镇党委", "secretary": "周建国"}
    answer = terminal.as_clerk(*words(**more), "--group", "第一党小组", "第二党小组", "--group", "流动党小组")
    assert (answer.code, answer.err) == (0, "")
    folder = terminal.folder / "支部"
    assert answer.lines[0] == f"已建立“{FULL_NAME}”，支部文件在 {folder}。"
    branch = unlocked(folder)
    assert (branch.person.name, branch.person.role) == (CLERK, Role.CLERK)
    root = organisations.organisation_file(branch, organisations.root_of(branch))
    assert root.kind is OrganisationKind.BRANCH
    assert {key: root.values[key] for key in ("full_name", "short_name", "code")} == {
        "full_name": FULL_NAME,
        "short_name": "河西村党支部",
        "code": "0412",
    }
    assert (root.values["superior_name"], root.values["secretary_name"]) == ("青石镇党委", "周建国")
    assert list(groups_of(branch)) == ["第一党小组", "第二党小组", "流动党小组"]


def test_the_recovery_key_is_shown_once_and_opens_the_branch(terminal: Terminal) -> None:
    answer = terminal.as_clerk(*words())
    assert answer.lines[1] == "恢复卡密钥只显示这一次，请抄下来封存，由书记保管："
    key = answer.lines[2].strip()
    assert len(KEY.findall(answer.out)) == 1
    folder = terminal.folder / "支部"
    branch, _card = branches.recover(folder, key, clerk_of(folder), "new-pass-2026", "new-pass-2026")
    assert branch.person.name == CLERK


def test_with_a_card_the_key_is_on_the_paper_and_not_on_the_screen(terminal: Terminal) -> None:
    answer = terminal.as_clerk(*words(), "--card", "恢复卡.pdf")
    assert answer.code == 0
    assert answer.lines[1].startswith("已写成 恢复卡.pdf，共 1 页，")
    assert answer.lines[2] == "这就是恢复卡：请打印、封存，由书记保管，然后删掉这个文件。"
    key = key_on(terminal.folder / "恢复卡.pdf")
    assert key not in answer.out + answer.err
    folder = terminal.folder / "支部"
    branch, _card = branches.recover(folder, key, clerk_of(folder), "new-pass-2026", "new-pass-2026")
    assert branch.person.name == CLERK


def test_where_the_card_cannot_be_written_the_key_is_shown_after_all(terminal: Terminal) -> None:
    (terminal.folder / "file").write_text("a file stands where the folder should be", encoding="utf-8")
    answer = terminal.as_clerk(*words(), "--card", "file/card.pdf")
    assert answer.code == 1
    assert len(answer.complaints) == 2
    folder = terminal.folder / "支部"
    branch, _card = branches.recover(
        folder, answer.lines[-1].strip(), clerk_of(folder), "new-pass-2026", "new-pass-2026"
    )
    assert branch.person.name == CLERK


def test_a_typed_password_is_asked_for_twice(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    prompts = typed(monkeypatch, PASSWORD, PASSWORD)
    assert terminal.run(*words()).code == 0
    assert prompts == ["给自己定一个口令：", "再输一遍："]
    assert unlocked(terminal.folder / "支部").person.name == CLERK


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [(PASSWORD, f"{PASSWORD}!", "两次输入的口令不一样。"), ("123", "123", "口令")],
)
def test_a_password_that_is_weak_or_not_the_same_twice_founds_nothing(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, first: str, second: str, sentence: str
) -> None:
    typed(monkeypatch, first, second)
    answer = terminal.run(*words())
    assert answer.code == 1
    assert sentence in answer.complaints[0]
    assert not (terminal.folder / "支部").exists()


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--group", "第一党小组", "第一党小组"], "有两个党小组同名。"),
        (["--name", " "], "请填写党组织全称。"),
        (["--card", "password.txt"], "“password.txt”已经存在，没有覆盖。"),
        (["--card", "支部/card.pdf"], "“支部/card.pdf”在支部文件自己的文件夹里。"),
    ],
)
def test_what_cannot_be_done_is_said_before_anybody_types_a_password(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, more: list[str], sentence: str
) -> None:
    prompts = typed(monkeypatch)
    answer = terminal.run(*words(), *more)
    assert answer.code == 1
    assert answer.complaints[0] == sentence
    assert prompts == []
    assert not (terminal.folder / "支部").exists()


def test_a_branch_is_never_founded_over_another_one(terminal: Terminal, filled: Path) -> None:
    before = (filled / "branch.db").read_bytes()
    answer = terminal.as_clerk(*words(filled), "--force")
    assert answer.code == 1
    assert answer.complaints[0] == f"“{filled}”里已经有一个支部文件。"
    assert (filled / "branch.db").read_bytes() == before


def test_everybody_who_can_open_a_branch_is_named_without_a_password(
    terminal: Terminal, filled: Path
) -> None:
    branch = unlocked(filled)
    branches.add_person(branch, "周建国", Role.VIEWER, "shu-ji-2026", "shu-ji-2026")
    branch.close()
    answer = terminal.run("people", filled)
    assert answer.code == 0
    assert [line.partition("（")[0] for line in answer.lines] == [CLERK, "周建国"]
    assert answer.lines[0] != answer.lines[1].replace("周建国", CLERK), "what they may do differs"
