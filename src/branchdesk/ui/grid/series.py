"""What filling down makes of the cells above: copies, numbers that count on, dates that go on by month."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from branchdesk.partial_dates import PartialDate, add_months

_ENDING_NUMBER = re.compile(r"(.*?)(\d+)(\D*)", re.DOTALL)
_AMOUNT = re.compile(r"\d+\.\d+")
_LONGEST_NUMBER = 9  # longer ones are identity or telephone numbers, which nobody wants counted on


def fill_series(seed: Sequence[str], count: int) -> list[str]:
    """`count` further texts after `seed`: a series where two or more seeds make one, else copies in turn."""
    if len(seed) > 1:
        for continued in (_months(seed, count), _amounts(seed, count), _numbers(seed, count)):
            if continued is not None:
                return continued
    return [seed[number % len(seed)] for number in range(count)] if seed else []


def _amounts(seed: Sequence[str], count: int) -> list[str] | None:
    """Amounts with as many decimal places each, such as 10.00 and 20.00."""
    if not all(_AMOUNT.fullmatch(text) for text in seed):
        return None
    amounts = [Decimal(text) for text in seed]
    steps = {later - earlier for earlier, later in pairwise(amounts)}
    if len(steps) != 1 or len({amount.as_tuple().exponent for amount in amounts}) != 1:
        return None
    step = steps.pop()
    return [str(amounts[-1] + step * (turn + 1)) for turn in range(count)]


def _numbers(seed: Sequence[str], count: int) -> list[str] | None:
    matches = [_ENDING_NUMBER.fullmatch(text) for text in seed]
    parts = [match.groups() for match in matches if match is not None]
    if len(parts) != len(seed) or any(len(number) > _LONGEST_NUMBER for _head, number, _tail in parts):
        return None
    if len({(head, tail) for head, _number, tail in parts}) != 1:
        return None
    numbers = [int(number) for _head, number, _tail in parts]
    steps = {later - earlier for earlier, later in pairwise(numbers)}
    if len(steps) != 1:
        return None
    head, last, tail = parts[-1]
    step = steps.pop()
    return [f"{head}{numbers[-1] + step * (turn + 1):0{len(last)}}{tail}" for turn in range(count)]


def _months(seed: Sequence[str], count: int) -> list[str] | None:
    days = [PartialDate.read(text.replace(".", "-")) for text in seed]
    if any(day is None or day.month is None for day in days):
        return None
    known = [day for day in days if day is not None]
    months = [day.year * 12 + (day.month or 1) for day in known]
    steps = {later - earlier for earlier, later in pairwise(months)}
    if len(steps) != 1 or len({day.day for day in known}) != 1 or 0 in steps:
        return None
    step, last = steps.pop(), known[-1]
    made = []
    for turn in range(1, count + 1):
        day = add_months(last.first_day(), step * turn)
        made.append(PartialDate(day.year, day.month, day.day if last.is_full else None).shown())
    return made
