"""Reads the ways in which clerks write dates (domain 13.1); what is missing is never guessed."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from branchdesk.forms.spelling import chinese_number, half_width, without_spaces
from branchdesk.i18n import _
from branchdesk.partial_dates import FIRST_YEAR, LAST_YEAR, PartialDate

_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_SERIALS = range(12785, 73051)  # 1935 to 2099
_SERIAL = re.compile(r"\d{5}", re.ASCII)
_HAN = "〇○零0Oo一二三四五六七八九十元"
_DASHES = str.maketrans("。—–‐−／", ".----/")
_WITH_HAN = re.compile(rf"([{_HAN}]+)年(?:([{_HAN}]+)月(?:份)?(?:([{_HAN}]+)[日号])?)?")
_PARTED = re.compile(r"(\d{4}|\d{2})[-./年](\d{1,2})(?:[-./月](\d{1,2})?日?号?|月份?)?", re.ASCII)
_DIGITS = re.compile(r"(\d{4})(\d{2})?(\d{2})?", re.ASCII)
_YEAR = re.compile(r"(\d{4}|\d{2})年", re.ASCII)
_NO_YEAR = re.compile(r"(\d{1,2})[-./月](\d{1,2})?[日号]?", re.ASCII)
_TIME = re.compile(r"(?<=[\d日号])[T ]?\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$", re.ASCII)
_GAPS = re.compile(r"(\d{4})\s+(\d{1,2})(?:\s+(\d{1,2}))?", re.ASCII)
_AMBIGUOUS = re.compile(r"(0[1-9]|1[0-2])[-./]\d{1,2}", re.ASCII)  # 10.1 is 1 October or January 2010
_TENTH = re.compile(r"\d{4}\.1", re.ASCII)


@dataclass(frozen=True, slots=True)
class DateReading:
    """What was read: the date if there is one, else why not; `doubt` names what deserves a second look.

    `is_foreign` marks a text that has not the shape of any date.
    """

    value: PartialDate | None
    error: str = ""
    doubt: str = ""
    is_foreign: bool = False


def read_date(text: str, today: date, *, typed: bool = False) -> DateReading:
    """The date that `text` spells.

    `today` settles two-digit years (never more than a year ahead) and, where `typed` says that a person
    is at the keyboard, also 今天 and dates without a year.
    """
    untimed = _TIME.sub("", half_width(text).strip())
    gaps = _GAPS.fullmatch(untimed)
    plain = ".".join(part for part in gaps.groups() if part) if gaps else without_spaces(untimed)
    plain = plain.translate(_DASHES).rstrip(".")
    if typed and plain in {"今天", "today"}:
        return DateReading(PartialDate.of(today))
    parts = _spelled_out(plain, today) or _parted(plain, today) or _digits(plain)
    if parts is not None:
        return _checked(parts)
    if _SERIAL.fullmatch(plain) and int(plain) in _EXCEL_SERIALS:
        found = _EXCEL_EPOCH + timedelta(days=int(plain))
        day = PartialDate.of(found)
        doubt = _("“{text}”像是 Excel 的日期序号，已换算为 {date}，请核对。", text=text, date=day.shown())
        return DateReading(day, doubt=doubt)
    return _without_year(plain, text, today, typed=typed)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The shape of a date with its year, before anybody asked whether the calendar has it."""

    year: int
    month: int | None = None
    day: int | None = None
    doubt: str = ""


def _spelled_out(plain: str, today: date) -> _Parts | None:
    """二〇二四年五月三十日, 九二年七月."""
    match = _WITH_HAN.fullmatch(plain)
    if match is None:
        return None
    year = chinese_number(match[1])
    rest = [chinese_number(part) for part in match.groups()[1:] if part]
    if year is None or None in rest:
        return None
    month, day = (*rest, None, None)[:2]
    if len(match[1]) == 2:
        return _Parts(_full_year(year, today), month, day, _short_year_doubt(plain, year, today))
    return _Parts(year, month, day)


def _parted(plain: str, today: date) -> _Parts | None:
    """2024.5.1, 92年7月, 2024/05, 1998年."""
    match = _YEAR.fullmatch(plain) or _PARTED.fullmatch(plain)
    if match is None or _AMBIGUOUS.fullmatch(plain):
        return None
    year = int(match[1])
    month, day = (int(part) if part else None for part in (*match.groups()[1:], None, None)[:2])
    if len(match[1]) == 2:
        return _Parts(_full_year(year, today), month, day, _short_year_doubt(plain, year, today))
    if _TENTH.fullmatch(plain):
        doubt = _("“{text}”读作 1 月；若原表是 10 月，末尾的 0 已被表格软件去掉，请核对。", text=plain)
        return _Parts(year, month, day, doubt)
    return _Parts(year, month, day)


def _digits(plain: str) -> _Parts | None:
    """20240501, 202405, 1998; a day 00 means that only the month is known."""
    match = _DIGITS.fullmatch(plain)
    if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        return None
    month = int(match[2]) if match[2] else None
    if match[3] == "00" and month:
        return _Parts(int(match[1]), month, None, _("“{text}”没有写哪一天，按只到月份记。", text=plain))
    return _Parts(int(match[1]), month, int(match[3]) if match[3] else None)


def _full_year(year: int, today: date) -> int:
    """A two-digit year with its century: the latest that is not more than a year ahead of `today`."""
    latest = today.year + 1
    return latest - (latest - year) % 100


def _short_year_doubt(plain: str, year: int, today: date) -> str:
    full = _full_year(year, today)
    return _("“{text}”的年份只有两位，读作 {year} 年，请核对。", text=plain, year=full)


def _checked(parts: _Parts) -> DateReading:
    """The date, or the sentence that says which part no calendar has."""
    year, month, day = parts.year, parts.month, parts.day
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return DateReading(None, _("年份 {year} 不在 1900 到 2100 之间。", year=year))
    if month is not None and not 1 <= month <= 12:
        return DateReading(None, _("没有 {month} 月，请核对。", month=month))
    if day is not None and month is not None and not 1 <= day <= calendar.monthrange(year, month)[1]:
        return DateReading(None, _("{year} 年 {month} 月没有 {day} 日。", year=year, month=month, day=day))
    return DateReading(PartialDate(year, month, day), doubt=parts.doubt)


def _without_year(plain: str, text: str, today: date, *, typed: bool) -> DateReading:
    """A day without its year is taken only from a person at the keyboard, and with a doubt."""
    match = _NO_YEAR.fullmatch(plain)
    if match is not None and typed and match[2]:
        reading = _checked(_Parts(today.year, int(match[1]), int(match[2])))
        doubt = _("没有写年份，按今年（{year} 年）记，请核对。", year=today.year)
        return DateReading(reading.value, reading.error, doubt if reading.value else "")
    if match is not None:
        return DateReading(None, _("“{text}”没有写年份，请补上年份，如 2010.06.29。", text=text.strip()))
    sentence = _("“{text}”不是能认出的日期，请写成 2010.06.29 或 2010.06。", text=text.strip())
    return DateReading(None, sentence, is_foreign=True)
