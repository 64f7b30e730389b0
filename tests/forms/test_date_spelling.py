"""The ways in which clerks write dates (domain 13.1, expectations H3, ux G9)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchdesk.forms.date_spelling import read_date
from branchdesk.partial_dates import FIRST_YEAR, LAST_YEAR, PartialDate

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        # years
        ("1998", "1998"),
        ("1998年", "1998"),
        ("１９９８", "1998"),
        ("一九九八年", "1998"),
        # months
        ("1998.07", "1998-07"),
        ("1998.7", "1998-07"),
        ("2025.6", "2025-06"),
        ("202506", "2025-06"),
        ("199807", "1998-07"),
        ("2025年6月", "2025-06"),
        ("2025年06月份", "2025-06"),
        ("2025 年 6 月", "2025-06"),
        ("2025-6", "2025-06"),
        ("2025/06", "2025-06"),
        ("2024.10", "2024-10"),
        ("2024.05", "2024-05"),
        ("2024-1", "2024-01"),
        ("2024年1月", "2024-01"),
        ("1998 7", "1998-07"),
        ("二〇二四年五月", "2024-05"),
        ("二○二四年十月", "2024-10"),
        ("二零二四年十二月份", "2024-12"),
        ("二OO八年五月", "2008-05"),
        ("二ＯＯ八年五月", "2008-05"),
        ("二00八年五月", "2008-05"),
        ("1998.07.", "1998-07"),
        # days
        ("1998-7-1", "1998-07-01"),
        ("1998-07-01", "1998-07-01"),
        ("2024.5.1", "2024-05-01"),
        ("2024.05.01", "2024-05-01"),
        ("2024/5/1", "2024-05-01"),
        ("2024／5／1", "2024-05-01"),
        ("20240501", "2024-05-01"),
        ("2024年5月1日", "2024-05-01"),
        ("2024年5月1号", "2024-05-01"),
        ("2024年 5月 1日", "2024-05-01"),
        ("２０２４．０５．０１", "2024-05-01"),
        ("２０２４－０５－０１", "2024-05-01"),
        ("2024—5—1", "2024-05-01"),
        ("2024–05–01", "2024-05-01"),
        ("2024。5。1", "2024-05-01"),
        ("1998 7 1", "1998-07-01"),
        ("1998 07 01", "1998-07-01"),
        ("二〇二四年五月三十日", "2024-05-30"),
        ("二〇二四年五月三十一日", "2024-05-31"),
        ("二〇二四年十月十号", "2024-10-10"),
        ("二〇二四年二月二十九日", "2024-02-29"),
        ("\u30002024.5.1\u00a0", "2024-05-01"),
        # what a workbook makes of a day
        ("2024-05-01 00:00:00", "2024-05-01"),
        ("2024-05-01T08:30:00.000", "2024-05-01"),
        ("2024/5/1 8:30", "2024-05-01"),
        ("2024年5月1日 08:30", "2024-05-01"),
        # the ends of what is believed
        ("1900.1.1", "1900-01-01"),
        ("2100.12.31", "2100-12-31"),
        ("2000.2.29", "2000-02-29"),
    ],
)
def test_a_date_is_read_without_doubt(text: str, written: str) -> None:
    reading = read_date(text, TODAY)
    assert reading.value is not None
    assert (reading.value.written(), reading.error, reading.doubt) == (written, "", "")


@pytest.mark.parametrize(
    ("text", "written", "why"),
    [
        ("24.5.1", "2024-05-01", "年份只有两位，读作 2024 年"),
        ("92年7月", "1992-07", "年份只有两位，读作 1992 年"),
        ("92年", "1992", "年份只有两位，读作 1992 年"),
        ("九二年七月", "1992-07", "年份只有两位，读作 1992 年"),
        ("九八年", "1998", "年份只有两位，读作 1998 年"),
        ("98.7", "1998-07", "年份只有两位，读作 1998 年"),
        ("98-7-1", "1998-07-01", "年份只有两位，读作 1998 年"),
        ("05.3.8", "2005-03-08", "年份只有两位，读作 2005 年"),
        ("27.1.1", "2027-01-01", "年份只有两位，读作 2027 年"),
        ("28.1.1", "1928-01-01", "年份只有两位，读作 1928 年"),
        ("00年5月", "2000-05", "年份只有两位，读作 2000 年"),
        ("2024.1", "2024-01", "若原表是 10 月"),
        ("1998.1", "1998-01", "若原表是 10 月"),
        ("20240500", "2024-05", "没有写哪一天"),
        ("45413", "2024-05-01", "Excel 的日期序号"),
        ("45809", "2025-06-01", "Excel 的日期序号"),
        ("36342", "1999-07-01", "Excel 的日期序号"),
        ("４５４１３", "2024-05-01", "Excel 的日期序号"),
        ("12785", "1935-01-01", "Excel 的日期序号"),
        ("73050", "2099-12-31", "Excel 的日期序号"),
    ],
)
def test_a_date_that_may_mean_something_else_is_read_with_a_doubt(text: str, written: str, why: str) -> None:
    reading = read_date(text, TODAY)
    assert reading.value is not None
    assert reading.value.written() == written
    assert why in reading.doubt
    assert reading.error == ""


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        # no calendar has them; month and day are named
        ("2024.2.30", "2024 年 2 月没有 30 日。"),
        ("2023年2月29日", "2023 年 2 月没有 29 日。"),
        ("1900.2.29", "1900 年 2 月没有 29 日。"),
        ("2024-04-31", "2024 年 4 月没有 31 日。"),
        ("20240631", "2024 年 6 月没有 31 日。"),
        ("二〇二四年九月三十一日", "2024 年 9 月没有 31 日。"),
        ("2024.5.0", "2024 年 5 月没有 0 日。"),
        ("2024-05-00", "2024 年 5 月没有 0 日。"),
        ("2024.13", "没有 13 月，请核对。"),
        ("2024.0.5", "没有 0 月，请核对。"),
        ("202413", "没有 13 月，请核对。"),
        ("20241301", "没有 13 月，请核对。"),
        ("202400", "没有 0 月，请核对。"),
        ("19980000", "没有 0 月，请核对。"),
        ("二〇二四年十三月", "没有 13 月，请核对。"),
        ("1899.12.31", "年份 1899 不在 1900 到 2100 之间。"),
        ("2101年1月", "年份 2101 不在 1900 到 2100 之间。"),
        ("二一〇一年一月", "年份 2101 不在 1900 到 2100 之间。"),
        ("3024.5.1", "年份 3024 不在 1900 到 2100 之间。"),
        # no year
        ("6.1", "“6.1”没有写年份，请补上年份，如 2010.06.29。"),
        ("5月1日", "“5月1日”没有写年份，请补上年份，如 2010.06.29。"),
        ("6月1号", "“6月1号”没有写年份，请补上年份，如 2010.06.29。"),
        ("5月", "“5月”没有写年份，请补上年份，如 2010.06.29。"),
        (" 7-1 ", "“7-1”没有写年份，请补上年份，如 2010.06.29。"),
        ("10.1", "“10.1”没有写年份，请补上年份，如 2010.06.29。"),
        ("12.5", "“12.5”没有写年份，请补上年份，如 2010.06.29。"),
        ("07.12", "“07.12”没有写年份，请补上年份，如 2010.06.29。"),
        # no date
        ("今天", "“今天”不是能认出的日期，请写成 2010.06.29 或 2010.06。"),
        ("无", "“无”不是能认出的日期，请写成 2010.06.29 或 2010.06。"),
        ("不详", "“不详”不是能认出的日期，请写成 2010.06.29 或 2010.06。"),
        ("约1998", "“约1998”不是能认出的日期，请写成 2010.06.29 或 2010.06。"),
        ("1998年下半年", "“1998年下半年”不是能认出的日期，请写成 2010.06.29 或 2010.06。"),
        ("5/1/2024", "“5/1/2024”不是能认出的日期，请写成 2010.06.29 或 2010.06。"),
        ("12784", "“12784”不是能认出的日期，请写成 2010.06.29 或 2010.06。"),
        ("73051", "“73051”不是能认出的日期，请写成 2010.06.29 或 2010.06。"),
        ("98", "“98”不是能认出的日期，请写成 2010.06.29 或 2010.06。"),
        ("980701", "“980701”不是能认出的日期，请写成 2010.06.29 或 2010.06。"),
        ("-1", "“-1”不是能认出的日期，请写成 2010.06.29 或 2010.06。"),
        ("1998.7.1-2003.7.1", "“1998.7.1-2003.7.1”不是能认出的日期，请写成 2010.06.29 或 2010.06。"),
        ("二十十年五月", "“二十十年五月”不是能认出的日期，请写成 2010.06.29 或 2010.06。"),
        ("二〇二四年十十月五日", "“二〇二四年十十月五日”不是能认出的日期，请写成 2010.06.29 或 2010.06。"),
        (
            "二〇二四年五月三一十日",
            "“二〇二四年五月三一十日”不是能认出的日期，请写成 2010.06.29 或 2010.06。",
        ),
        ("٢٠٢٤.٥.١", "“٢٠٢٤.٥.١”不是能认出的日期，请写成 2010.06.29 或 2010.06。"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(text: str, sentence: str) -> None:
    reading = read_date(text, TODAY)
    assert (reading.value, reading.error, reading.doubt) == (None, sentence, "")


@pytest.mark.parametrize(
    ("text", "written", "doubt"),
    [
        ("今天", "2026-11-21", ""),
        ("today", "2026-11-21", ""),
        (" 今 天 ", "2026-11-21", ""),
        ("5月1日", "2026-05-01", "没有写年份，按今年（2026 年）记，请核对。"),
        ("6.1", "2026-06-01", "没有写年份，按今年（2026 年）记，请核对。"),
        ("10.1", "2026-10-01", "没有写年份，按今年（2026 年）记，请核对。"),
        ("12-31", "2026-12-31", "没有写年份，按今年（2026 年）记，请核对。"),
        ("2024.5.1", "2024-05-01", ""),
    ],
)
def test_at_the_keyboard_today_and_dates_without_a_year_are_taken(
    text: str, written: str, doubt: str
) -> None:
    reading = read_date(text, TODAY, typed=True)
    assert reading.value is not None
    assert (reading.value.written(), reading.error, reading.doubt) == (written, "", doubt)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2.30", "2026 年 2 月没有 30 日。"),
        ("2.29", "2026 年 2 月没有 29 日。"),
        ("5月", "“5月”没有写年份，请补上年份，如 2010.06.29。"),
        ("明天", "“明天”不是能认出的日期，请写成 2010.06.29 或 2010.06。"),
    ],
)
def test_at_the_keyboard_impossible_days_are_still_refused(text: str, sentence: str) -> None:
    reading = read_date(text, TODAY, typed=True)
    assert (reading.value, reading.error, reading.doubt) == (None, sentence, "")


@pytest.mark.parametrize(
    ("year_of_today", "expected"), [(2024, 1926), (2025, 2026), (2026, 2026), (2098, 2026)]
)
def test_a_short_year_is_never_more_than_a_year_ahead(year_of_today: int, expected: int) -> None:
    assert read_date("26.5.1", date(year_of_today, 6, 1)).value == PartialDate(expected, 5, 1)


def test_a_row_of_thousands_of_digits_is_no_date() -> None:
    assert "不是能认出的日期" in read_date("9" * 5_000, TODAY).error


WHEN = st.tuples(
    st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)), st.integers(min_value=1, max_value=3)
).map(lambda drawn: PartialDate(*(drawn[0].year, drawn[0].month, drawn[0].day)[: drawn[1]]))


@given(WHEN)
def test_every_form_that_the_program_shows_is_read_back_without_doubt(when: PartialDate) -> None:
    for text in (when.written(), when.shown(), when.spelled(), when.written().replace("-", "")):
        reading = read_date(text, TODAY)
        assert (reading.value, reading.error, reading.doubt) == (when, "", "")


@given(WHEN)
def test_chinese_numerals_are_read_back(when: PartialDate) -> None:
    digits = "〇一二三四五六七八九"
    text = "".join(digits[int(digit)] for digit in str(when.year)) + "年"
    for number, sign in ((when.month, "月"), (when.day, "日")):
        if number is not None:
            tens, ones = divmod(number, 10)
            text += ("" if tens <= 1 else digits[tens]) + ("十" if tens else "")
            text += (digits[ones] if ones else "") + sign
    assert read_date(text, TODAY).value == when


@given(text=st.text(alphabet="0123456789.-/年月日号份〇十二三Oo元 今天:T", max_size=14), typed=st.booleans())
def test_whatever_is_typed_gives_a_date_or_a_reason_but_never_both(text: str, *, typed: bool) -> None:
    reading = read_date(text, TODAY, typed=typed)
    assert (reading.value is None) == bool(reading.error)
    assert not (reading.error and reading.doubt)
