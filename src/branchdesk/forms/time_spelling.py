"""Reads the ways in which clerks write the time of a meeting; what is missing is never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

from branchdesk.forms.date_spelling import read_date
from branchdesk.forms.spelling import chinese_number, half_width
from branchdesk.forms.time_spans import TimeSpan
from branchdesk.i18n import _, later
from branchdesk.partial_dates import PartialDate

_HAN = "〇零一二三四五六七八九十"
_HALVES = "上午|下午|早上|早晨|晚上|傍晚|中午|凌晨|晚|早|am|pm"
_AFTER_NOON = {"下午", "晚上", "傍晚", "晚", "pm"}
_QUARTERS = {"整": 0, "正": 0, "半": 30, "一刻": 15, "三刻": 45, "1刻": 15, "3刻": 45}
_CLOCK = (
    rf"(?:({_HALVES})\s*)?(?<!\d)(\d{{1,2}}|[{_HAN}]{{1,3}})"
    rf"(?:\s*:\s*(\d{{2}})(?::\d{{2}})?|\s*[点时](?:({'|'.join(_QUARTERS)})|(\d{{1,2}}|[{_HAN}]{{1,3}})分?)?)"
    r"\s*(am|pm)?"
)
_TO = r"\s*(?:[-~至到]|--)\s*"
_SPAN = re.compile(rf"(.*?)[T,]?\s*{_CLOCK}(?:{_TO}(.*?)[T,]?\s*{_CLOCK})?")
_STORED = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})/(\d{2}:\d{2})", re.ASCII)
_MOMENT = re.compile(r"(?<=\d)t(?=\d)", re.ASCII)
_WEEKDAY = re.compile(r"(?<=[日号\d\s(])[(]?(?:星期|周|礼拜)([一二三四五六日天])[)]?")
_WEEKDAYS = "一二三四五六日"
_NAMES_OF_WEEKDAYS = (
    later("星期一"),
    later("星期二"),
    later("星期三"),
    later("星期四"),
    later("星期五"),
    later("星期六"),
    later("星期日"),
)
_DASHES = str.maketrans("—–−～〜⁓两", "---~~~二")


@dataclass(frozen=True, slots=True)
class SpanReading:
    """What was read: a stored value if there is one, else why not; `doubts` deserve a second look."""

    value: str | None
    error: str = ""
    doubts: tuple[str, ...] = ()


def read_span(text: str, today: date, *, typed: bool = False) -> SpanReading:
    """The time that `text` spells: a day, with its beginning and end where they are given.

    A half of the day stands for both clock times unless the second has one of its own. A month or a year
    without its day is kept as such. `typed` and `today` are those of `read_date`.
    """
    plain = _MOMENT.sub("T", half_width(text).strip().translate(_DASHES).lower())
    plain = _STORED.sub(r"\1-\2", plain)
    weekday = _WEEKDAY.search(plain)
    plain = re.sub(r"-{2,}", "-", _WEEKDAY.sub(" ", plain)).strip()
    match = _SPAN.fullmatch(plain)
    day_text = (match[1] if match else plain).strip()
    if match is not None and not day_text:
        return SpanReading(
            None, _("“{text}”没有写是哪一天，请写成 2026.11.19 15:00-16:40。", text=text.strip())
        )
    reading = read_date(day_text, today, typed=typed)
    if reading.is_foreign:
        sentence = _("“{text}”不是能认出的时间，请写成 2026.11.19 15:00-16:40。", text=text.strip())
        return SpanReading(None, sentence)
    if reading.value is None:
        return SpanReading(None, reading.error)
    doubts = (reading.doubt, _other_weekday(reading.value, weekday[1] if weekday else ""))
    spoken = tuple(doubt for doubt in doubts if doubt)
    if match is None:
        return SpanReading(reading.value.written(), doubts=spoken)
    return _with_clock(reading.value, match, spoken, today)


def _with_clock(day: PartialDate, match: re.Match[str], doubts: tuple[str, ...], today: date) -> SpanReading:
    if not day.is_full:
        return SpanReading(None, _("写了几点，却没有写是哪一天，请补上日期。"))
    second_day = (match[8] or "").strip()
    if second_day and read_date(second_day, today).value != day:
        return SpanReading(None, _("开始和结束不在同一天，请一天记一次。"))
    start = _clock(match.groups()[1:7], "")
    ends = match[10] is not None
    end = _clock(match.groups()[8:14], match[2] or match[7] or "") if ends else None
    if start is None or (ends and end is None):
        return SpanReading(None, _("钟点不对，小时应在 0 到 23 之间，分钟应在 0 到 59 之间。"))
    return SpanReading(TimeSpan(day.first_day(), start, end).written(), doubts=doubts)


def _clock(parts: tuple[str | None, ...], half_before: str) -> time | None:
    """The clock time of one match; None where no clock shows it. `half_before` is that of the beginning."""
    half, hours, minutes, quarter, spoken_minutes, half_behind = parts
    hour = _number(hours or "")
    minute = _QUARTERS[quarter] if quarter else _number(minutes or spoken_minutes or "0")
    said = half or half_behind or half_before
    if hour is None or minute is None or hour > 23 or minute > 59:
        return None
    if hour < 12 and (said in _AFTER_NOON or (said == "中午" and hour < 3)):
        hour += 12
    elif hour == 12 and said in {"晚", "晚上", "凌晨", "am"}:
        return None  # midnight belongs to two days
    return time(hour, minute)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else chinese_number(text)


def _other_weekday(day: PartialDate, said: str) -> str:
    """The doubt about a weekday that is not that of the day."""
    if not said or not day.is_full:
        return ""
    right, meant = day.first_day().weekday(), _WEEKDAYS.index(said.replace("天", "日"))
    if right == meant:
        return ""
    names = (_(_NAMES_OF_WEEKDAYS[right]), _(_NAMES_OF_WEEKDAYS[meant]))
    return _("{date} 是{right}，不是{said}，请核对。", date=day.shown(), right=names[0], said=names[1])
