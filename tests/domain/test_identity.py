"""Identity numbers (GB 11643-1999) and unified social credit codes (GB 32100-2015)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchdesk.domain.identity import (
    FEMALE,
    MALE,
    check_digit,
    credit_code_error,
    hidden_middle,
    masked_identity,
    read_identity,
)

# Public vectors of the standard (domain 2.3), written apart so that no real-looking number stands here.
VECTORS: list[tuple[str, date | None, str]] = [("110105" + "19491231" + "002X", date(1949, 12, 31), FEMALE)]
VECTORS += [("440524" + "18800101" + "0014", None, "")]
NUMBERS = st.builds(
    lambda born, running: f"999999{born:%Y%m%d}{running:03}",
    st.dates(date(1900, 1, 1), date(2026, 11, 21)),
    st.integers(0, 999),
).map(lambda first: first + check_digit(first))


def test_the_vectors_of_the_standard_have_right_check_digits() -> None:
    for number, _born, _sex in VECTORS:
        assert check_digit(number[:17]) == number[17]


def test_birth_date_and_sex_follow_from_a_right_number() -> None:
    number, born, sex = VECTORS[0]
    read = read_identity(number)
    assert (read.born, read.sex, read.error) == (born, sex, "")


def test_nobody_on_a_roster_was_born_before_1900() -> None:
    assert read_identity(VECTORS[1][0]).error == "第 7 到 14 位“18800101”不是一个日期，请对照证件核对。"


@pytest.mark.parametrize(
    ("number", "born", "sex"),
    [
        ("999999199003070012", date(1990, 3, 7), MALE),
        ("999999200002290022", date(2000, 2, 29), FEMALE),
        ("99999919000101001X", date(1900, 1, 1), MALE),
    ],
)
def test_numbers_of_invented_people_are_read(number: str, born: date, sex: str) -> None:
    whole = number[:17] + check_digit(number[:17])
    read = read_identity(whole)
    assert (read.born, read.sex, read.error) == (born, sex, "")


@given(NUMBERS)
def test_the_last_sign_is_that_of_the_pure_system_modulo_11_with_radix_2(number: str) -> None:
    """ISO 7064 says the same as the weights of the standard, in other words."""
    total = 0
    for digit in number[:17]:
        total = (total + int(digit)) * 2 % 11
    assert (total + "0123456789X".index(number[17])) % 11 == 1


@given(NUMBERS, st.integers(0, 16), st.integers(1, 9))
def test_every_wrong_digit_is_found(number: str, place: int, step: int) -> None:
    wrong = str((int(number[place]) + step) % 10)
    assert read_identity(number[:place] + wrong + number[place + 1 :]).error


@given(NUMBERS, st.integers(1, 10))
def test_every_wrong_last_sign_is_found_and_the_right_one_named(number: str, step: int) -> None:
    signs = "0123456789X"
    wrong = signs[(signs.index(number[17]) + step) % 11]
    error = read_identity(number[:17] + wrong).error
    if wrong == "0" and number[15:17] == "00":
        assert "末三位是 000" in error
    else:
        assert error == f"校验位不对（最后一位应为 {number[17]}），请对照证件核对前 17 位。"


@given(NUMBERS, st.integers(0, 15))
def test_two_neighbours_swapped_are_found(number: str, place: int) -> None:
    one, other = number[place], number[place + 1]
    swapped = number[:place] + other + one + number[place + 2 :]
    assert bool(read_identity(swapped).error) == (one != other)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("9.99999199003070E+17", "号码在 Excel 中已损失末位，请在原表改为“文本”后重新填写。"),
        ("9.99999E+17", "号码在 Excel 中已损失末位，请在原表改为“文本”后重新填写。"),
        ("9.99999e17", "号码在 Excel 中已损失末位，请在原表改为“文本”后重新填写。"),
        ("1E+18", "号码在 Excel 中已损失末位，请在原表改为“文本”后重新填写。"),
        ("999999199003070000", "末三位是 000，号码可能在 Excel 中已损失末位，请对照证件重新填写。"),
        ("999999900307001", "这是 15 位的旧号码，请按现在的证件填写 18 位。"),
        ("99999919900307001", "应为 18 位，这里有 17 位。"),
        ("9999991990030700123", "应为 18 位，这里有 19 位。"),
        ("无", "应为 18 位，这里有 1 位。"),
        ("99999919900307001x", "只能是 17 位数字加 1 位数字或 X。"),
        ("99999919900307001Y", "只能是 17 位数字加 1 位数字或 X。"),
        ("X99999199003070012", "只能是 17 位数字加 1 位数字或 X。"),
        ("９９９９９９１９９００３０７００１２", "只能是 17 位数字加 1 位数字或 X。"),
        ("999999199013070012", "第 7 到 14 位“19901307”不是一个日期，请对照证件核对。"),
        ("999999199000070012", "第 7 到 14 位“19900007”不是一个日期，请对照证件核对。"),
        ("999999190002290012", "第 7 到 14 位“19000229”不是一个日期，请对照证件核对。"),
        ("999999199003320012", "第 7 到 14 位“19900332”不是一个日期，请对照证件核对。"),
        ("999999199003000012", "第 7 到 14 位“19900300”不是一个日期，请对照证件核对。"),
        ("999999199003070013", "校验位不对（最后一位应为 2），请对照证件核对前 17 位。"),
    ],
)
def test_a_wrong_number_says_what_is_wrong(number: str, sentence: str) -> None:
    read = read_identity(number)
    assert (read.born, read.sex, read.error) == (None, "", sentence)


def test_a_right_number_that_ends_in_000_is_right() -> None:
    endings = [f"99999919{year}0307000" for year in range(70, 99)]
    number = next(first + "0" for first in endings if check_digit(first) == "0")
    assert read_identity(number).error == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("999999199003070012", "999999********0012"),
        ("99999919900307001X", "999999********001X"),
        ("999999900307001", "999********7001"),
        ("", ""),
        ("1", "*"),
    ],
)
def test_a_masked_number_hides_the_birth_date(text: str, shown: str) -> None:
    assert masked_identity(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("13912344832", "139****4832"),
        ("053188887777", "053*****7777"),
        ("88887777", "88****77"),
        ("12345", "1***5"),
        ("王小明", "王*明"),
        ("王明", "**"),
        ("1990-03-07", "199****-07"),
    ],
)
def test_other_private_values_show_their_ends_only(text: str, shown: str) -> None:
    assert hidden_middle(text) == shown


@given(st.text(max_size=30))
def test_a_mask_keeps_the_length_and_hides_at_least_a_third(text: str) -> None:
    for hidden in (masked_identity(text), hidden_middle(text)):
        assert len(hidden) == len(text)
        assert sum(sign == "*" for sign in hidden) * 3 >= len(text)


# The example of GB 32100-2015.
CREDIT_CODE = "91350100M000100Y43"
CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def test_a_credit_code_of_the_standard_is_right() -> None:
    assert credit_code_error(CREDIT_CODE) == ""


@given(st.text(alphabet=CREDIT_SIGNS, min_size=17, max_size=17))
def test_a_credit_code_counts_by_powers_of_three_modulo_31(first: str) -> None:
    total = sum(CREDIT_SIGNS.index(sign) * 3**place for place, sign in enumerate(first))
    assert credit_code_error(first + CREDIT_SIGNS[-total % 31]) == ""
    assert "校验位不对" in credit_code_error(first + CREDIT_SIGNS[(1 - total) % 31])


@pytest.mark.parametrize("place", range(17))
def test_every_wrong_sign_of_a_credit_code_is_found(place: int) -> None:
    for sign in CREDIT_SIGNS.replace(CREDIT_CODE[place], ""):
        assert "校验位不对" in credit_code_error(CREDIT_CODE[:place] + sign + CREDIT_CODE[place + 1 :])


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("91350100M000100Y4", "统一社会信用代码应为 18 位，这里有 17 位。"),
        ("91350100M000100Y4I", "统一社会信用代码只能是数字和大写字母，没有 I、O、S、V、Z。"),
        ("91350100m000100y43", "统一社会信用代码只能是数字和大写字母，没有 I、O、S、V、Z。"),
        ("91350100M000100Y44", "校验位不对（最后一位应为 3），请对照证书核对。"),
    ],
)
def test_a_wrong_credit_code_says_what_is_wrong(code: str, sentence: str) -> None:
    assert credit_code_error(code) == sentence
