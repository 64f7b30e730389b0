"""What the records answer, in the words of paper: shorter than on the window, and with days spelled.

The head of a paper names the period, and a note says up to which day was counted, so no line repeats them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from branchdesk.domain.inspections.model import Fact
from branchdesk.domain.inspections.scoring import LineScore
from branchdesk.partial_dates import PartialDate

_HAN = r"[\u3400-\u9fff]"
_DAY = re.compile(rf"(?<![\d.])(\d{{4}}\.\d{{2}}\.\d{{2}})(?![\d.])(?: (?={_HAN}))?")
_SO_FAR = re.compile(r"本期还没有结束，算到 ?(?P<day>\d{4}\.\d{2}\.\d{2})。?")
_BEFORE = "以前"  # behind the name of a period: another time than the period
_LOOSE = re.compile(rf"(?<={_HAN}) +(?=\d)|(?<=[\d%]) +(?={_HAN})")


def tight(text: str) -> str:
    """A sentence without the spaces that windows set between figures and Chinese words; papers set none."""
    return _LOOSE.sub("", text)


def days_spelled(text: str) -> str:
    """A text with its days as papers write them: 2026年9月30日."""
    return _DAY.sub(_spelled, text)


def _spelled(found: re.Match[str]) -> str:
    day = PartialDate.read(found[1].replace(".", "-"))
    return day.spelled() if day is not None else found[0]


def fact_words(words: str, period: str) -> str:
    """A sentence of the records without the `period`, 2026年第三季度, and without how far was counted."""
    said = _SO_FAR.sub("", words)
    rest = said.removeprefix(period)
    if rest and not rest.startswith(_BEFORE):
        said = rest.lstrip()
    return tight(days_spelled(said))


def counted_until(facts: Iterable[Fact]) -> str:
    """The day, spelled, up to which the records of a running period were counted; else empty."""
    found = (_SO_FAR.search(fact.words) for fact in facts)
    return next((days_spelled(one["day"]) for one in found if one is not None), "")


def on_paper(line: LineScore, period: str) -> LineScore:
    """A scored line whose facts speak as papers do."""
    taken = tuple(
        one
        if one.fact is None
        else replace(one, fact=replace(one.fact, words=fact_words(one.fact.words, period)))
        for one in line.taken
    )
    return replace(line, taken=taken)
