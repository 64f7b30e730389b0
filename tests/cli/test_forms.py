"""`check-form` and `render-form`: a form file is tried before anybody fills it in."""

from __future__ import annotations

from pathlib import Path

import pytest

from branchdesk.paths import form_folder
from cli.terminal import Terminal
from documents.pdfa_checks import faults_of, text_of

KIND = "meeting.lecture"


def copied(terminal: Terminal, *changes: tuple[str, str]) -> Path:
    """A copy of the form of Party lectures, with its sample beside it and some words exchanged."""
    text = form_folder(KIND, "form.toml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    target = terminal.folder / "form.toml"
    target.write_text(text, encoding="utf-8")
    (terminal.folder / "sample.toml").write_bytes(form_folder(KIND, "sample.toml").read_bytes())
    return target


def test_a_form_without_mistakes_is_said_to_be_well(terminal: Terminal) -> None:
    answer = terminal.run("check-form", copied(terminal))
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("“党课”（meeting.lecture 第 1 版）没有错误，共 ")
    assert terminal.run("check-form", KIND).out == answer.out


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('subject = "meeting"', 'subject = "meeting"\ncolour = "red"', "colour"),
        ('id = "place"', 'id = "held"', "held"),
        ('id = "place"', 'id = "select"', "select"),
        ('type = "time_span"', 'type = "time_machine"', "time_machine"),
        ('"heads_reconcile"', '"heads_are_nice"', "heads_are_nice"),
    ],
)
def test_a_mistake_is_named_with_its_key_and_reason(
    terminal: Terminal, old: str, new: str, said: str
) -> None:
    answer = terminal.run("check-form", copied(terminal, (old, new)))
    assert answer.code == 1
    assert said in answer.err
    assert answer.out == ""


def test_a_form_is_printed_with_its_sample_and_blank(terminal: Terminal) -> None:
    path = copied(terminal)
    answer = terminal.run("render-form", path, "-o", "样张.pdf")
    assert answer.code == 0, answer.err
    filled = (terminal.folder / "样张.pdf").read_bytes()
    assert faults_of(filled) == []
    assert "党课" in text_of(filled)
    answer = terminal.run("render-form", path, "-o", "空白.pdf", "--blank")
    assert answer.code == 0, answer.err
    blank = text_of((terminal.folder / "空白.pdf").read_bytes())
    assert "主持人" in blank
    assert len(blank) < len(text_of(filled))


def test_a_form_that_ships_is_printed_by_its_code(terminal: Terminal) -> None:
    answer = terminal.run("render-form", KIND, "-o", "样张.docx")
    assert answer.code == 0, answer.err
    assert (terminal.folder / "样张.docx").read_bytes().startswith(b"PK")


def test_an_unknown_code_is_answered_with_those_there_are(terminal: Terminal) -> None:
    for words in (("check-form", "meeting.tea"), ("render-form", "meeting.tea", "-o", "a.pdf")):
        answer = terminal.run(*words)
        assert answer.code == 1
        assert "没有代号是“meeting.tea”的表单。" in answer.err
        assert "meeting.assembly" in answer.err


def test_a_broken_form_is_not_printed(terminal: Terminal) -> None:
    path = copied(terminal, ('id = "place"', 'id = "held"'))
    answer = terminal.run("render-form", path, "-o", "a.pdf")
    assert answer.code == 1
    assert "held" in answer.err
    assert not (terminal.folder / "a.pdf").exists()


def test_a_sample_that_does_not_fit_is_named(terminal: Terminal) -> None:
    path = copied(terminal)
    (terminal.folder / "sample.toml").write_text('[values]\ncolour = "red"\n', encoding="utf-8")
    answer = terminal.run("render-form", path, "-o", "a.pdf")
    assert answer.code == 1
    assert "colour" in answer.err


def test_a_file_in_another_coding_is_refused_with_the_way_out(terminal: Terminal) -> None:
    path = terminal.folder / "form.toml"
    path.write_bytes('title = "党课"'.encode("gb18030"))
    answer = terminal.run("check-form", path)
    assert answer.code == 1
    assert "不是 UTF-8 编码的文本" in answer.err
