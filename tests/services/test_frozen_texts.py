"""What is signed or finalised becomes one text, the same for ever."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from branchdesk.partial_dates import PartialDate
from branchdesk.services.frozen_texts import frozen_text, seal


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Part:
    points: Decimal | None
    on: PartialDate | None


@dataclass(frozen=True)
class Whole:
    colour: Colour
    parts: tuple[Part, ...]
    texts: Mapping[str, str]


WHOLE = Whole(
    Colour.RED, (Part(Decimal("0.50"), PartialDate(2026, 7)), Part(None, None)), {"乙": "b", "a": "甲"}
)
TEXT = (
    '{"colour":"red","parts":[{"on":"2026-07","points":"0.50"},{"on":null,"points":null}],'
    '"texts":{"a":"甲","乙":"b"}}'
)


def test_numbers_keep_their_digits_and_dates_their_precision() -> None:
    assert frozen_text(WHOLE) == TEXT


def test_the_seal_tells_any_other_text() -> None:
    assert seal(TEXT) == seal(frozen_text(WHOLE))
    assert seal(TEXT) != seal(TEXT.replace("0.50", "0.5"))
