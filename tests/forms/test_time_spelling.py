"""The ways in which clerks write the time of a meeting are understood, and nothing is guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchdesk.forms.time_spans import span_of
from branchdesk.forms.time_spelling import read_span

TODAY = date(2026, 11, 21)
WHOLE = "2026-11-19T15:00/16:40"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026.11.19 15:00-16:40", WHOLE),
        ("2026.11.19 15:00–16:40", WHOLE),
        ("2026-11-19 15：00～16：40", WHOLE),
        ("2026/11/19 15:00 至 16:40", WHOLE),
        ("2026年11月19日15时—16时40分", WHOLE),
        ("2026年11月19日15时——16时40分", WHOLE),
        ("2026年11月19日 15:00—16:40", WHOLE),
        ("2026年11月19日下午3点至4点40分", WHOLE),
        ("2026年11月19日下午3点至下午4点40", WHOLE),
        ("2026年11月19日（星期四）下午3:00到4:40", WHOLE),
        ("２０２６．１１．１９　１５：００－１６：４０", WHOLE),
        ("二〇二六年十一月十九日下午三时至四时四十分", WHOLE),
        ("20261119 15:00-16:40", WHOLE),
        ("2026-11-19T15:00/16:40", WHOLE),
        ("2026-11-19t15:00", "2026-11-19T15:00"),
        ("2026-11-19 15:00:00-16:40:00", WHOLE),
        ("2026.11.19 3:00PM-4:40PM", WHOLE),
        ("2026.11.19 15:00-2026.11.19 16:40", WHOLE),
        ("2026.11.19 15:00 至 2026年11月19日16:40", WHOLE),
        ("2026年11月19日上午九点半到十一点", "2026-11-19T09:30/11:00"),
        ("2026年11月19日上午九点整—下午两点", "2026-11-19T09:00/14:00"),
        ("2026年11月19日上午9点至下午3点一刻", "2026-11-19T09:00/15:15"),
        ("2026.11.19 中午12点-1点", "2026-11-19T12:00/13:00"),
        ("2026.11.19 中午11点半", "2026-11-19T11:30"),
        ("2026.11.19 晚上7点", "2026-11-19T19:00"),
        ("2026.11.19 下午12点", "2026-11-19T12:00"),
        ("2026.11.19 下午15点", "2026-11-19T15:00"),
        ("2026.11.19", "2026-11-19"),
        ("2026年11月", "2026-11"),
        ("2026", "2026"),
    ],
)
def test_a_time_is_understood(text: str, value: str) -> None:
    assert read_span(text, TODAY).value == value


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("15:00-16:40", "“15:00-16:40”没有写是哪一天，请写成 2026.11.19 15:00-16:40。"),
        ("2026.11 15:00", "写了几点，却没有写是哪一天，请补上日期。"),
        ("2026.11.19 15:00-2026.11.20 16:40", "开始和结束不在同一天，请一天记一次。"),
        ("2026.11.19 25:00", "钟点不对，小时应在 0 到 23 之间，分钟应在 0 到 59 之间。"),
        ("2026.11.19 15:60", "钟点不对，小时应在 0 到 23 之间，分钟应在 0 到 59 之间。"),
        ("2026.11.19 15:00-16:75", "钟点不对，小时应在 0 到 23 之间，分钟应在 0 到 59 之间。"),
        ("2026.11.19 十十十点", "钟点不对，小时应在 0 到 23 之间，分钟应在 0 到 59 之间。"),
        ("2026.11.19 晚上12点", "钟点不对，小时应在 0 到 23 之间，分钟应在 0 到 59 之间。"),
        ("2026.11.31 15:00", "2026 年 11 月没有 31 日。"),
        ("下周三下午", "“下周三下午”不是能认出的时间，请写成 2026.11.19 15:00-16:40。"),
        ("11月19日15:00", "“11月19日”没有写年份，请补上年份，如 2010.06.29。"),
    ],
)
def test_what_is_no_time_is_refused_with_the_reason(text: str, error: str) -> None:
    reading = read_span(text, TODAY)
    assert (reading.value, reading.error) == (None, error)


def test_at_the_keyboard_the_year_may_be_left_out_with_a_doubt() -> None:
    reading = read_span("11月19日下午3点至4点40分", TODAY, typed=True)
    assert reading.value == WHOLE
    assert reading.doubts == ("没有写年份，按今年（2026 年）记，请核对。",)
    assert read_span("今天 15:00", TODAY, typed=True).value == "2026-11-21T15:00"
    assert read_span("today 15:00", TODAY, typed=True).value == "2026-11-21T15:00"


def test_a_weekday_that_is_not_that_of_the_day_is_a_doubt() -> None:
    assert read_span("2026年11月19日（周五）15:00", TODAY).doubts == (
        "2026.11.19 是星期四，不是星期五，请核对。",
    )
    assert read_span("2026年11月22日星期天", TODAY).doubts == ()
    assert read_span("2026年11月（周五）", TODAY).doubts == ()


@given(st.text(alphabet="0123456789年月日上下午点时分半:.-/至 Tt一二十", max_size=30))
def test_no_text_breaks_the_reading(text: str) -> None:
    reading = read_span(text, TODAY, typed=True)
    assert (reading.value is None) is bool(reading.error)
    span = span_of(reading.value)
    if span is not None:
        assert read_span(span.shown(), TODAY).value == reading.value
        assert read_span(span.spelled(), TODAY).value == reading.value
