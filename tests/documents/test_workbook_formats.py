"""Numbers and dates in cells: what they look like, and what stands behind them."""

from __future__ import annotations

import re

import pytest

from branchdesk.documents import workbook_formats
from branchdesk.documents.workbook_formats import NumberTable


def shown(code: str, stored: str, *, from_1904: bool = False) -> tuple[str, str, str]:
    """Kind, text and raw text of a stored number under a format."""
    cell = NumberTable(code, from_1904=from_1904)[stored]
    text, _break, raw = cell[1:].partition("\n")
    return cell[0], text, raw or text


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("0", "0"),
        ("13900000001", "13900000001"),
        ("201100000123", "201100000123"),
        ("999999821117213", "999999821117213"),
        ("9.9999919710810496E+17", "9.99999197108E+17"),
        ("999999197108104930", "9.99999197108E+17"),
        ("1E+18", "1E+18"),
        ("2024.1", "2024.1"),
        ("0.30000000000000004", "0.3"),
        ("-3", "-3"),
        ("-0.5", "-0.5"),
        ("00012", "12"),
        (" 7 ", "7"),
        ("1e-7", "1E-07"),
    ],
)
def test_a_number_without_format_shows_all_digits_that_excel_keeps(stored: str, text: str) -> None:
    assert shown("General", stored) == ("n", text, stored.strip())


@pytest.mark.parametrize(
    ("code", "stored", "text"),
    [
        ("0", "999999197108104930", "999999197108105000"),
        ("0", "2.5", "3"),
        ("0.00", "2024.1", "2024.10"),
        ("0.00_ ", "20.5", "20.50"),
        ("0.0#", "20.5", "20.5"),
        ("0.##", "20", "20"),
        ("#,##0.00", "1234567.891", "1,234,567.89"),
        ("00000", "123", "00123"),
        ('0"元"', "35", "35元"),
        ('"￥"#,##0', "35", "￥35"),
        ("[$¥-804]0.00", "35", "¥35.00"),
        ("0%", "0.256", "26%"),
        ("0.00E+00", "12345", "1.23E+04"),
        ("0", "1E308", "1" + "0" * 308),
        ("0_);(0)", "-12", "(12)"),
        ("0;[Red]-0", "-12", "-12"),
        ("0.0", "-12", "-12.0"),
        ('0;-0;"无"', "0", "无"),
        ('0;-0;"无"', "5", "5"),
        (r"\N0", "5", "N5"),
        ("@", "13900000001", "13900000001"),
        ("G/通用格式", "5", "5"),
        ("# ?/?", "0.5", "0.5"),
        ("0,", "5000", "5000"),
        ("0.0.0", "5", "5"),
        ("000-0000", "1234567", "1234567"),
        ("[>=1]0.0", "5", "5"),
        (";;;", "5", "5"),
        ("", "5", "5"),
        ('0;""', "-5", "-5"),
        ("[h]:mm", "1.5", "1.5"),
    ],
)
def test_a_number_looks_as_its_format_says_or_plain(code: str, stored: str, text: str) -> None:
    assert shown(code, stored) == ("n", text, stored)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("yyyy/m/d", "1999/7/1"),
        ("yyyy\\-mm\\-dd", "1999-07-01"),
        ('yyyy"年"m"月"d"日"', "1999年7月1日"),
        ("yyyy年m月", "1999年7月"),
        ('[$-804]yyyy"年"m"月"d"日";@', "1999年7月1日"),
        ("[DBNum1][$-804]yyyy年m月", "1999年7月"),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "1999年7月1日"),
        ("yyyy.mm", "1999.07"),
        ("yyyy", "1999"),
        ("yy.m.d", "1999.7.1"),
        ("mmm-yy", "1999-07"),
        ("e年m月", "1999-07"),
        ("d-mmm-yy", "1999-07-01"),
        ('m"月"d"日"', "1999-07-01"),
        ("aaaa yyyy", "1999"),
        ("General yyyy-mm-dd", "1999-07-01"),
    ],
)
def test_a_date_shows_no_more_than_its_format_and_never_less_than_its_year(code: str, text: str) -> None:
    assert shown(code, "36342") == ("d", text, "1999-07-01")


@pytest.mark.parametrize(
    ("code", "stored", "text", "raw"),
    [
        ("yyyy/m/d h:mm", "36342.75", "1999/7/1 18:00", "1999-07-01T18:00:00"),
        ("yyyy-mm-dd hh:mm:ss.000", "36342.5", "1999-07-01 12:00:00", "1999-07-01T12:00:00"),
        ("h:mm", "0.75", "18:00", "18:00:00"),
        ("h:mm AM/PM", "0.75", "6:00 PM", "18:00:00"),
        ("上午/下午h:mm", "0", "上午12:00", "00:00:00"),
        ("mm:ss", "0.001", "01:26", "00:01:26"),
        ("h:mm", "36342.75", "18:00", "1999-07-01T18:00:00"),
    ],
)
def test_times_are_kept(code: str, stored: str, text: str, raw: str) -> None:
    assert shown(code, stored) == ("d", text, raw)


def test_excel_believes_in_29_february_1900() -> None:
    assert shown("yyyy/m/d", "1")[1] == "1900/1/1"
    assert shown("yyyy/m/d", "59")[1] == "1900/2/28"
    assert shown("yyyy/m/d", "60") == ("n", "60", "60")
    assert shown("yyyy/m/d", "61")[1] == "1900/3/1"


def test_a_workbook_of_a_macintosh_counts_from_1904() -> None:
    assert shown("yyyy/m/d", "34880", from_1904=True)[1] == "1999/7/1"
    assert shown("yyyy/m/d", "-1", from_1904=True) == ("n", "-1", "-1")


@pytest.mark.parametrize("stored", ["0", "-5", "2958466", "99999999"])
def test_a_number_that_no_calendar_has_stays_a_number(stored: str) -> None:
    assert shown("yyyy/m/d", stored) == ("n", stored, stored)


@pytest.mark.parametrize("code", ["General", "0.00", "yyyy/m/d"])
@pytest.mark.parametrize("stored", ["", "abc", "inf", "nan", "1E999"])
def test_what_is_no_number_is_refused(code: str, stored: str) -> None:
    with pytest.raises(ValueError, match=re.escape(stored) or "convert"):
        NumberTable(code)[stored]


@pytest.mark.parametrize("code", ["General", "0.00"])
def test_many_different_numbers_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    monkeypatch.setattr(workbook_formats, "_MOST_REMEMBERED", 100)
    table = NumberTable(code)
    for number in range(1_000):
        assert float(table[f"{number}.5"][1:].partition("\n")[0]) == number + 0.5
        assert len(table) <= 102
