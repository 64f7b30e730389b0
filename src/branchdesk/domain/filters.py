"""What clerks type above a column to narrow a list: words, comparisons, empty or not (ux G8)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from branchdesk.partial_dates import PartialDate, add_years

_COMPARISON = re.compile(r"(>=|<=|>|<|=|≥|≤)(.+)")
_AGE = re.compile(r"\d{1,3}")
_EMPTY = {"空", "空白", "empty"}
_FILLED = {"非空", "不空", "filled"}
_HALF_WIDTH = str.maketrans("＞＜＝", "><=")
# Whole years: whoever is older than 40 has had the 41st birthday.
_BORN = {">": ("<=", 1), ">=": ("<=", 0), "<": (">", 0), "<=": (">", 1), "=": ("=", 0)}
_MOST_AGE = 130


class Kind(StrEnum):
    """The sorts of filters."""

    CONTAINS = "contains"
    COMPARES = "compares"
    EMPTY = "empty"
    FILLED = "filled"


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of one column: its sort, the operator of a comparison and the text to look for."""

    kind: Kind
    text: str = ""
    operator: str = ""


def read_filter(typed: str) -> Filter | None:
    """The filter that a text means; None for an empty one or a comparison still being typed."""
    text = typed.strip().translate(_HALF_WIDTH)
    if not text or text in {">", "<", ">=", "<=", "=", "≥", "≤"}:
        return None
    if text.casefold() in _EMPTY:
        return Filter(Kind.EMPTY)
    if text.casefold() in _FILLED:
        return Filter(Kind.FILLED)
    match = _COMPARISON.fullmatch(text)
    if match is not None:
        operator = {"≥": ">=", "≤": "<="}.get(match[1], match[1])
        return Filter(Kind.COMPARES, match[2].strip(), operator)
    return Filter(Kind.CONTAINS, text)


def date_comparison(wanted: Filter, today: date) -> tuple[str, str] | None:
    """Operator and ISO text for comparing stored dates; None where the value is no date.

    A bare number up to three digits counts full years: above 出生日期, `>40` finds those of 41 and more.
    A year or a month ends with its last day: `>2010` finds what lies in 2011 or later.
    """
    if _AGE.fullmatch(wanted.text) and int(wanted.text) <= _MOST_AGE:
        operator, further = _BORN[wanted.operator]
        return operator, add_years(today, -int(wanted.text) - further).isoformat()
    day = PartialDate.read(_with_zeros(wanted.text))
    if day is None:
        return None
    to_its_end = wanted.operator in {">", "<="}
    return wanted.operator, day.last_day().isoformat() if to_its_end else day.written()


def _with_zeros(text: str) -> str:
    """2010.6.1 as 2010-06-01."""
    year, *rest = re.split(r"[./年月-]", text.rstrip("日月年"))
    return "-".join([year, *(part.zfill(2) for part in rest)])


def date_fragment(text: str) -> str:
    """What to look for in stored dates when a part of a shown date was typed: 2010.06 finds 2010-06-29."""
    return text.replace(".", "-").replace("/", "-")
