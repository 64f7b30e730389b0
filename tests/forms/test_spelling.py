"""Full-width signs, Chinese numerals and characters that nobody sees."""

from __future__ import annotations

import pytest

from branchdesk.forms.spelling import chinese_number, cleaned, half_width, hidden_characters, without_spaces


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("１２３ＡＢｃ．－／（）", "123ABc.-/()"),
        ("！～", "!~"),
        ("\u3000", " "),
        ("王明", "王明"),
        ("①㈠㎡", "①㈠㎡"),
        ("𬭎", "𬭎"),
        ("￥", "￥"),
    ],
)
def test_full_width_letters_become_half_width_and_nothing_else_changes(text: str, expected: str) -> None:
    assert half_width(text) == expected


def test_white_space_of_every_kind_goes() -> None:
    assert without_spaces(" 王\u3000明\u00a0\t\n") == "王明"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("〇", 0),
        ("五", 5),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("三十一", 31),
        ("九十九", 99),
        ("二〇二四", 2024),
        ("一九九八", 1998),
        ("二零零八", 2008),
        ("二○○八", 2008),
        ("二OO八", 2008),
        ("二oo八", 2008),
        ("二00八", 2008),
        ("二ＯＯ八", 2008),
        ("三四五六七八九", 3456789),
        ("元", 1),
        ("", None),
        ("百", None),
        ("十十", None),
        ("三一十", None),
        ("十二三", None),
        ("12", None),
        ("二X", None),
        ("X十", None),
    ],
)
def test_chinese_numerals_are_numbers_up_to_99_or_rows_of_digits(text: str, expected: int | None) -> None:
    assert chinese_number(text) == expected


@pytest.mark.parametrize(
    "sign",
    [
        "\x00",
        "\x07",
        "\u200b",
        "\u200e",
        "\u202e",
        "\u2066",
        "\ufeff",
        "\u00ad",
        "\u2028",
        "\u2029",
        "\ud800",
    ],
    ids=lambda sign: f"U+{ord(sign):04X}",
)
def test_signs_that_nobody_sees_are_found_and_taken_out(sign: str) -> None:
    assert hidden_characters(f"王{sign}明") == [sign]
    assert cleaned(f"王{sign}明{sign}") == "王明"


def test_line_ends_and_tabs_are_no_hidden_signs_and_become_one_kind() -> None:
    text = "一\r\n二\r三\n四\t五"
    assert hidden_characters(text) == []
    assert cleaned(text) == "一\n二\n三\n四\t五"


def test_rare_characters_and_those_of_private_fonts_stay_as_they_are() -> None:
    text = "𬭎𰻞\ue000䶮㐂"
    assert hidden_characters(text) == []
    assert cleaned(f"  {text}\u3000") == text


def test_letters_with_marks_are_put_together() -> None:
    assert cleaned("re\u0301sume\u0301") == "résumé"
