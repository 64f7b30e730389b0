"""Two columns for one field: the one whose texts are understood holds it."""

from __future__ import annotations

import pytest

from branchdesk.domain.sheet_contents import Sense, anything_goes, leaves_open, sense_of
from branchdesk.domain.sheets import understand
from support.sheet_grids import KNOWN, fields, grid

WORDS = {"大专": Sense.VALUE, "大学": Sense.VALUE, "有": Sense.OPEN}


def sense(field: str, text: str) -> Sense:
    """Education has a few words; every other field takes anything."""
    return WORDS.get(text, Sense.NONE) if field == "education" else Sense.VALUE


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ([], Sense.NONE),
        (["", ""], Sense.NONE),
        (["大专"], Sense.VALUE),
        (["大专", "", "", "", ""], Sense.VALUE),
        (["大专"] * 3 + ["甲"] * 2, Sense.VALUE),
        (["大专"] * 2 + ["甲"] * 3, Sense.NONE),
        (["大专"] * 2 + ["有"] * 3, Sense.OPEN),
        (["大专"] * 5 + ["有"] * 3, Sense.VALUE),
        (["大专"] * 40 + ["甲"] * 400, Sense.VALUE),
    ],
)
def test_a_column_is_worth_what_most_of_its_first_texts_are(texts: list[str], found: Sense) -> None:
    assert sense_of(texts, "education", sense) is found


@pytest.mark.parametrize(
    ("field", "text", "open_"),
    [
        ("category", "中共党员", True),
        ("category", " 中共　党员 ", True),
        ("category", "党员", True),
        ("category", "中共预备党员", False),
        ("category", "正式党员", False),
        ("category", "群众", False),
        ("category", "", False),
        ("note", "中共党员", False),
    ],
)
def test_a_party_member_may_be_full_or_probationary(field: str, text: str, *, open_: bool) -> None:
    assert leaves_open(field, text) is open_


def test_every_text_has_a_meaning_for_who_does_not_look() -> None:
    assert sense_of(["甲"], "education", anything_goes) is Sense.VALUE


@pytest.mark.parametrize(
    ("head", "row", "held"),
    [
        ("姓名|学历|学历（学位）", "李敏|甲|大专", "C"),
        ("姓名|学历|学历（学位）", "李敏|有|大专", "C"),
        ("姓名|学历|学历（学位）", "李敏|甲|有", "C"),
        ("姓名|学历|学历（学位）", "李敏|大学|大专", "B"),
        ("姓名|学历|学历（学位）", "李敏|甲|乙", "B"),
        ("姓名|学历|学历（学位）", "李敏||乙", "C"),
        ("姓名|学历|学历（学位）", "李敏||", "B"),
        ("姓名|学历情况|学历", "李敏|大专|甲", "B"),
        ("姓名|学历情况|学历", "李敏|大专|大学", "C"),
    ],
    ids=[
        "understood before not",
        "a value before an open one",
        "open before not understood",
        "both: the form's first",
        "neither: the form's first",
        "filled before empty",
        "both empty: the form's first",
        "understood before a surer heading",
        "both: the surer heading",
    ],
)
def test_of_two_columns_for_a_field_the_one_that_is_understood_holds_it(
    head: str, row: str, held: str
) -> None:
    layout = understand(grid(head, row), KNOWN, reader=sense)
    assert {letters for letters, field in fields(layout).items() if field == "education"} == {held}


def test_what_its_texts_have_settled_need_not_be_confirmed_and_the_other_column_is_open() -> None:
    layout = understand(grid("姓名|学历|学历（学位）", "李敏|甲|大专"), KNOWN, reader=sense)
    assert [column.letters for column in layout.open_columns] == ["B"]
    layout = understand(grid("姓名|学历|学历（学位）", "李敏|大学|大专"), KNOWN, reader=sense)
    assert [column.letters for column in layout.open_columns] == ["B", "C"]


def test_a_field_with_one_column_keeps_it_whatever_stands_there() -> None:
    layout = understand(grid("姓名|学历", "李敏|甲"), KNOWN, reader=sense)
    assert fields(layout) == {"A": "name", "B": "education"}
