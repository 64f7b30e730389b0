"""The short form in which cells leave the child, and what is refused of it."""

from __future__ import annotations

from typing import Any

import pytest

from branchdesk.documents import workbook_cells
from branchdesk.documents.workbook_cells import (
    Cell,
    Format,
    Garbled,
    Kind,
    Note,
    NoteCode,
    Row,
    Sheet,
    Workbook,
    assemble,
    short,
)
from branchdesk.domain.sheet_grid import Area


def test_a_workbook_is_put_together_from_its_pieces() -> None:
    number = short(Kind.NUMBER, "2024.10", "2024.1")
    assert assemble(
        [
            ["format", "xls"],
            ["sheet", "在册", False],
            ["rows", [[1, 0, "t姓名\n全", ""], [3, 1, number, "d1998.07\n1998-07-01"]]],
            ["rows", [[4, 0, "n5"]]],
            ["shape", [[1, 0, 1, 3]], [2]],
            ["note", "rows", "在册", "行太多。"],
        ]
    ) == Workbook(
        Format.XLS,
        (
            Sheet(
                "在册",
                hidden=False,
                rows=(
                    Row(1, hidden=False, cells=(Cell("姓名\n全", Kind.TEXT), Cell("", Kind.EMPTY))),
                    Row(
                        3,
                        hidden=True,
                        cells=(
                            Cell("2024.10", Kind.NUMBER, "2024.1"),
                            Cell("1998.07", Kind.DATE, "1998-07-01"),
                        ),
                    ),
                    Row(4, hidden=False, cells=(Cell("5", Kind.NUMBER, "5"),)),
                ),
                merged=(Area(1, 0, 1, 3),),
                hidden_columns=frozenset({2}),
            ),
        ),
        (Note(NoteCode.ROWS, "在册", "行太多。"),),
    )


def test_a_sheet_gives_its_texts_to_the_rules() -> None:
    row = Row(2, hidden=True, cells=(Cell("甲", Kind.TEXT), Cell("5", Kind.NUMBER, "5")))
    sheet = Sheet("在册", hidden=False, rows=(row,))
    grid = sheet.grid()
    assert (grid.name, grid.rows[0].number, grid.rows[0].texts, grid.rows[0].hidden) == (
        "在册",
        2,
        ["甲", "5"],
        True,
    )


@pytest.mark.parametrize(
    "piece",
    [
        None,
        5,
        [],
        ["sheet", "x"],
        ["sheet", 5, False],
        ["shape", [], []],
        ["rows", [5]],
        ["rows", [[1]]],
        ["rows", [["x", 0, "t"]]],
        ["rows", [[1, 0, 5]]],
        ["rows", [[1, 0, ["t"]]]],
        ["rows", [[1, 0, {}]]],
        ["rows", [[1, 0, "zwrong"]]],
        ["rows", [[1, 0, "nabc"]]],
        ["rows", [[1, 0, "n5\nxyz"]]],
        ["note", "unknown", "", ""],
        ["format", "docx"],
    ],
)
def test_a_piece_that_no_reader_writes_is_refused(piece: Any) -> None:
    with pytest.raises(Garbled):
        assemble([["format", "csv"], piece])


@pytest.mark.parametrize(
    "shape", [["shape", [[1, 2, 3]], []], ["shape", [[1, 2, 3, "x"]], []], ["shape", [], ["x"]]]
)
def test_a_shape_that_no_sheet_has_is_refused(shape: Any) -> None:
    with pytest.raises(Garbled):
        assemble([["sheet", "x", False], shape])


def test_equal_cells_are_one_cell_however_many_there_are() -> None:
    rows = [[number, 0, "t汉族"] for number in range(1, 1_001)]
    found = assemble([["sheet", "x", False], ["rows", rows], ["shape", [], []]]).sheets[0].rows
    assert len({id(row.cells[0]) for row in found}) == 1


def test_many_different_cells_do_not_fill_the_memory_of_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_cells, "_MOST_REMEMBERED", 100)
    rows = [[number, 0, f"t{number}"] for number in range(1, 1_001)]
    assembly = workbook_cells.Assembly()
    assembly.add(["sheet", "x", False])
    for row in rows:
        assembly.add(["rows", [row]])
        assert len(assembly._cells) <= 102
    assembly.add(["shape", [], []])
    found = assembly.workbook().sheets[0].rows
    assert [row.cells[0].text for row in found] == [str(number) for number in range(1, 1_001)]
