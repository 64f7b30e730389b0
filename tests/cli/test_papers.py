"""`print` and `export-roster`: what stands on the paper and in the workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from branchdesk.domain.members import EventKind
from cli.terminal import MEMBERS, Terminal, cells_of, people
from documents.pdfa_checks import faults_of, pages_of, text_of
from support.branches import FULL_NAME, SettableClock, add_one, edit, record, unlocked

NUMBERS = [one["id_number"] for one in people()]


def names_in(path: Path) -> list[str]:
    """The names in an exported roster, from the first to the last."""
    rows = cells_of(path)
    head = next(row for row in rows if "姓名" in row)
    column = head.index("姓名")
    below = rows[rows.index(head) + 1 :]
    return [row[column].replace("　", "") for row in below if row[0].isdigit()]


def exported(terminal: Terminal, folder: Path, *words: object) -> list[str]:
    """The names in the roster that a command exports."""
    target = terminal.folder / "roster.xlsx"
    answer = terminal.as_clerk("export-roster", folder, "-o", target, "--force", *words)
    assert answer.code == 0, answer.err
    return names_in(target)


# ---- rosters


def test_the_roster_is_printed_with_everybody_on_it(terminal: Terminal, filled: Path) -> None:
    answer = terminal.as_clerk("print", "roster", filled, "-o", "名册.pdf")
    assert (answer.code, answer.err) == (0, "")
    written = (terminal.folder / "名册.pdf").read_bytes()
    assert answer.out.startswith(f"已写成 名册.pdf，共 {pages_of(written)} 页，")
    text = text_of(written)
    assert f"{FULL_NAME}党员名册" in text
    assert all(name in text for name in MEMBERS)
    assert all(number in text for number in NUMBERS)
    assert faults_of(written) == []


def test_numbers_are_masked_where_that_was_asked_for(terminal: Terminal, filled: Path) -> None:
    assert terminal.as_clerk("print", "roster", filled, "-o", "r.pdf", "--masked").code == 0
    text = text_of((terminal.folder / "r.pdf").read_bytes())
    assert all(name in text for name in MEMBERS)
    assert not any(number in text for number in NUMBERS)
    assert terminal.as_clerk("export-roster", filled, "-o", "r.xlsx", "--masked").code == 0
    cells = {cell for row in cells_of(terminal.folder / "r.xlsx") for cell in row}
    assert not cells & set(NUMBERS)


def test_a_roster_of_an_earlier_day_holds_who_was_there_then(
    terminal: Terminal, empty: Path, the_clock: SettableClock
) -> None:
    branch = unlocked(empty)
    add_one(branch, "李明", admitted_on="2001.7.1", arrived_on="2001.7.1")
    gone = add_one(branch, "王芳", admitted_on="2001.7.1", arrived_on="2001.7.1")
    add_one(branch, "曾国强", category="预备党员", admitted_on="2026.10.1")
    record(branch, gone, EventKind.DEPARTED, "2026.9.1")
    branch.close()
    assert the_clock.moment.year == 2026
    assert sorted(exported(terminal, empty)) == ["曾国强", "李明"]
    assert sorted(exported(terminal, empty, "--on", "2026.06.29")) == ["李明", "王芳"]
    assert terminal.as_clerk("print", "roster", empty, "-o", "then.pdf", "--on", "2026-6-29").code == 0
    text = text_of((terminal.folder / "then.pdf").read_bytes())
    assert "2026年6月29日" in text
    assert "王芳" in text
    assert "曾国强" not in text


def test_a_roster_of_one_group_holds_its_members_only(terminal: Terminal, filled: Path) -> None:
    assert sorted(exported(terminal, filled, "--place", "第二党小组")) == sorted(["曾国强", "王芳"])
    assert sorted(exported(terminal, filled, "--place", "二组")) == sorted(["曾国强", "王芳"])
    words = ("--place", "第二党小组", "--on", "2026.11.20")
    assert terminal.as_clerk("print", "roster", filled, "-o", "g.pdf", *words).code == 0
    text = text_of((terminal.folder / "g.pdf").read_bytes())
    assert f"{FULL_NAME}第二党小组党员名册" in text
    assert "李明朗" not in text


def test_the_order_is_what_was_asked_for(terminal: Terminal, filled: Path) -> None:
    branch = unlocked(filled)
    edit(branch, add_one(branch, "赵立新", admitted_on="2001.7.1"), posts="书记")
    branch.close()
    assert exported(terminal, filled)[0] == "赵立新", "posts come first unless another order is named"
    assert exported(terminal, filled, "--order", "entered") == [*MEMBERS, "赵立新"]
    by_pinyin = ["李明朗", "欧阳雪", "王芳", "王芳", "曾国强", "赵立新"]
    assert exported(terminal, filled, "--order", "pinyin") == by_pinyin
    assert exported(terminal, filled, "--order", "strokes")[:2] == ["王芳", "王芳"]


def test_an_exported_number_is_text_with_all_its_digits(terminal: Terminal, filled: Path) -> None:
    answer = terminal.as_clerk("export-roster", filled, "-o", "r.xlsx")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("已写成 r.xlsx，党员 5 名，")
    cells = {cell for row in cells_of(terminal.folder / "r.xlsx") for cell in row}
    assert set(NUMBERS) <= cells


@pytest.mark.parametrize("words", [["print", "roster"], ["print", "member"], ["export-roster"]])
def test_a_day_on_which_nobody_was_there_writes_nothing(
    terminal: Terminal, empty: Path, words: list[str]
) -> None:
    answer = terminal.as_clerk(*words, empty, "-o", "r", "--on", "2026.06.29")
    assert answer.code == 1
    assert answer.complaints[0] == "2026年6月29日 这一天名册里没有党员。"
    assert not (terminal.folder / "r").exists()


# ---- sheets of members


def test_everybody_gets_a_sheet_unless_some_are_named(terminal: Terminal, filled: Path) -> None:
    assert terminal.as_clerk("print", "member", filled, "-o", "all.pdf").code == 0
    everybody = (terminal.folder / "all.pdf").read_bytes()
    assert all(number in text_of(everybody) for number in NUMBERS)
    answer = terminal.as_clerk("print", "member", filled, "-o", "one.pdf", "--name", "李 明朗", "欧阳雪")
    assert (answer.code, answer.err) == (0, "")
    two = (terminal.folder / "one.pdf").read_bytes()
    assert pages_of(two) * 5 == pages_of(everybody) * 2
    assert [number in text_of(two) for number in NUMBERS] == [True, False, False, False, True]


def test_namesakes_all_get_a_sheet_and_that_is_said(terminal: Terminal, filled: Path) -> None:
    answer = terminal.as_clerk("print", "member", filled, "-o", "two.pdf", "--name", "王芳", "王芳")
    assert answer.code == 0
    assert answer.lines[0] == "有 2 个“王芳”，都写上了。"
    text = text_of((terminal.folder / "two.pdf").read_bytes())
    assert [text.count(number) for number in NUMBERS] == [0, 0, 1, 1, 0]


def test_a_sheet_of_nobody_names_who_is_close(terminal: Terminal, filled: Path) -> None:
    answer = terminal.as_clerk("print", "member", filled, "-o", "x.pdf", "--name", "李明")
    assert answer.code == 1
    assert answer.complaints == ["名册里没有“李明”。", "相近的有：李明朗。"]
    assert not (terminal.folder / "x.pdf").exists()


def test_the_sheets_of_a_group_are_those_of_its_members(terminal: Terminal, filled: Path) -> None:
    words = ("--place", "第二党小组")
    assert terminal.as_clerk("print", "member", filled, "-o", "g.pdf", *words).code == 0
    text = text_of((terminal.folder / "g.pdf").read_bytes())
    assert [number in text for number in NUMBERS] == [False, True, False, True, False]


@pytest.mark.parametrize("paper", ["member", "roster"])
def test_characters_without_a_glyph_are_named_and_the_paper_is_written(
    terminal: Terminal, empty: Path, paper: str
) -> None:
    branch = unlocked(empty)
    add_one(branch, "张\U00020000", admitted_on="2001.7.1")
    branch.close()
    answer = terminal.as_clerk("print", paper, empty, "-o", "r.pdf")
    assert pages_of((terminal.folder / "r.pdf").read_bytes()) > 0
    assert answer.code == 3
    assert answer.complaints == ["这些字没有字形，印成〓，请手工填写：\U00020000（U+20000）。"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("print roster a -o b --name 王芳", "--name 不能和 roster 一起用。"),
        ("print member a -o b --masked", "--masked 不能和 member 一起用。"),
        ("print member a -o b --name 王芳 --on 2026.06.29", "--on 不能和 --name 一起用。"),
        ("print member a -o b --name 王芳 --place 一组", "--place 不能和 --name 一起用。"),
        ("print member a -o b --name 王芳 --order pinyin", "--order 不能和 --name 一起用。"),
    ],
)
def test_what_makes_no_sense_together_is_not_left_out_silently(
    terminal: Terminal, words: str, sentence: str
) -> None:
    answer = terminal.run(*words.split())
    assert answer.code == 2
    assert answer.complaints == [sentence, "写法见 branchdesk print --help"]
