"""Number formats: which numbers are dates, and how a number or date looks in its cell (ECMA-376, 18.8.30).

What rosters use is shown exactly; a format beyond that falls back to the plain number, or to an ISO date
that is as precise as the format. Years are shown with four digits always: the cell knows them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from math import isfinite
from typing import NamedTuple

from branchdesk.documents.workbook_cells import Kind, short

GENERAL = "General"
# What the ids mean in a Chinese Excel; those from 27 to 36 and from 50 to 58 mean it only there.
BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    46: "[h]:mm:ss",
    48: "0.0E+00",
    49: "@",
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    **dict.fromkeys((34, 55), '上午/下午h"时"mm"分"'),
    **dict.fromkeys((35, 56), '上午/下午h"时"mm"分"ss"秒"'),
    **dict.fromkeys((37, 38), "#,##0"),
    **dict.fromkeys((39, 40), "#,##0.00"),
    **dict.fromkeys((45, 47), "mm:ss"),
}
_SYSTEM_FORMATS = {"$-f800": 'yyyy"年"m"月"d"日"', "$-f400": "h:mm:ss"}
_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;])*', re.DOTALL)
_TOKEN = re.compile(
    r"""(?P<general>General|G/通用格式)
    |(?P<noon>AM/PM|A/P|上午/下午)
    |"(?P<quoted>[^"]*)"
    |\\(?P<escaped>.)
    |(?P<pad>[_*].)
    |\[(?P<elapsed>h+|m+|s+)\]
    |\[(?P<bracket>[^\]]*)\]
    |(?P<exponent>E[+-]0+)
    |(?P<letters>y+|m+|d+|h+|s+|e+|a{3,}|b+|g+)
    |(?P<digits>[0\#?][0\#?,.]*|\.0+)
    |(?P<other>.)""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_LITERALS = {"quoted", "escaped", "other"}
_EXACT = Context(prec=15, rounding=ROUND_HALF_UP)  # Excel keeps 15 digits
_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)
_MOST_EXACT = 1e15
_MOST_REMEMBERED = 20_000
_EPOCH_1900, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001  # cells have no zone
_NO_SUCH_DAY = 60  # Excel believes in 29 February 1900
_FIRST_AFTER_9999 = 2_958_466
_DAY = 86_400
_NUMBER = Kind.NUMBER.value


class _Token(NamedTuple):
    kind: str
    text: str


class NumberTable(dict[str, str]):
    """Cells in the short form by the stored number, for one format; each number is worked out once."""

    def __init__(self, code: str = GENERAL, *, from_1904: bool = False) -> None:
        super().__init__()
        self._make = _maker(code, from_1904=from_1904)
        self._is_plain = self._make is _plain_number

    def __missing__(self, stored: str) -> str:
        """The cell for a number not seen lately. Raises ValueError for what is no number."""
        if self._is_plain and _is_short_whole(stored):
            return _NUMBER + stored  # quicker made than remembered
        if len(self) > _MOST_REMEMBERED:
            self.clear()
        cell = self[stored] = self._make(stored.strip())
        return cell


def _maker(code: str, *, from_1904: bool) -> Callable[[str], str]:
    """How a format turns a stored number into a cell."""
    sections = [section for section in _SECTION.findall(code) if section] or [GENERAL]
    tokens = _tokens(sections[0])
    for kind, text in tokens:
        system = _SYSTEM_FORMATS.get(text.casefold()) if kind == "bracket" else None
        if system:
            tokens = _tokens(system)
    kinds = {token.kind for token in tokens}
    if "elapsed" in kinds or not any(
        kind == "letters" and text[0].casefold() in "ymdhs" for kind, text in tokens
    ):
        shapes = [_number_shape(_tokens(section)) for section in sections[:3]]
        return _plain_number if shapes[0] is None else _NumberFormat(shapes).cell
    return _date_format(tokens, from_1904=from_1904).cell


def _tokens(section: str) -> list[_Token]:
    """A section of a format in pieces; of quoted and bracketed texts the inside."""
    return [
        _Token(match.lastgroup, match[match.lastgroup])
        for match in _TOKEN.finditer(section)
        if match.lastgroup is not None
    ]


# ---- numbers


def _finite(stored: str) -> float:
    value = float(stored)
    if not isfinite(value):
        raise ValueError(stored)
    return value


def general_text(value: float) -> str:
    """A number without a format: whole ones in full as long as Excel keeps all digits."""
    if abs(value) >= _MOST_EXACT:
        digits, _e, exponent = f"{value:.11E}".partition("E")
        return f"{digits.rstrip('0').rstrip('.')}E{exponent}"
    return str(int(value)) if value == int(value) else f"{value:.15G}"


def _is_short_whole(stored: str) -> bool:
    """Whether a number is shown as it is stored: Excel keeps 15 digits."""
    return stored.isdecimal() and len(stored) <= 15 and stored[0] != "0" and stored.isascii()


def _plain_number(stored: str) -> str:
    if _is_short_whole(stored):
        return short(Kind.NUMBER, stored)
    return short(Kind.NUMBER, general_text(_finite(stored)), stored)


@dataclass(frozen=True, slots=True)
class _Shape:
    """One section of a number format."""

    before: str = ""
    after: str = ""
    whole: int = 1
    decimals: int = 0
    optional: int = 0
    grouped: bool = False
    percents: int = 0
    scientific: bool = False
    literal_only: bool = False

    def show(self, value: Decimal) -> str:
        """How a number that is not negative looks."""
        if self.literal_only:
            return self.before
        if self.scientific:
            return f"{self.before}{float(value):.{self.decimals}E}{self.after}"
        step = Decimal(1).scaleb(-self.decimals)
        scaled = (value.scaleb(2 * self.percents)).quantize(step, context=_WIDE)
        text = f"{scaled:,f}" if self.grouped else f"{scaled:f}"
        whole, point, decimals = text.partition(".")
        kept = self.decimals - self.optional
        decimals = decimals[:kept] + decimals[kept:].rstrip("0")
        text = whole.zfill(self.whole) + (point + decimals if decimals else "")
        return f"{self.before}{text}{self.after}"


def _number_shape(tokens: list[_Token]) -> _Shape | None:
    """What a section says, or None where it is shown as a plain number."""
    before, after, digits = "", "", ""
    scientific = False
    for kind, text in tokens:
        if kind == "digits" and not digits:
            digits = text
        elif kind == "exponent" and digits:
            scientific = True
        elif kind in _LITERALS and text not in {"@", "/"}:
            before, after = (before, after + text) if digits else (before + text, after)
        elif kind == "bracket" and text.startswith("$"):
            before += text[1:].partition("-")[0]
        elif kind not in {"bracket", "pad"} or text[:1] in {"<", ">", "="}:
            return None
    if not digits:
        return _Shape(before, literal_only=True) if before.strip() else None
    whole, _point, decimals = digits.partition(".")
    if whole.endswith(",") or "," in decimals or "." in decimals:
        return None
    return _Shape(
        before=before,
        after=after,
        whole=whole.count("0"),
        decimals=len(decimals),
        optional=len(decimals) - decimals.count("0"),
        grouped="," in whole,
        percents=(before + after).count("%"),
        scientific=scientific,
    )


class _NumberFormat:
    """A number format with its sections for positive numbers, negative numbers and zero."""

    def __init__(self, shapes: list[_Shape | None]) -> None:
        self._shapes = shapes

    def cell(self, stored: str) -> str:
        """The cell for a stored number."""
        _finite(stored)
        value = _EXACT.create_decimal(stored)
        section, sign = 0, ""
        if value < 0:
            section, sign = (1, "") if len(self._shapes) > 1 else (0, "-")
        elif not value and len(self._shapes) > 2:
            section = 2
        shape = self._shapes[section]
        if shape is None:
            return _plain_number(stored)
        return short(Kind.NUMBER, (sign + shape.show(abs(value))).strip(), stored)


# ---- dates


def _date_format(tokens: list[_Token], *, from_1904: bool) -> _DateFormat:
    """A format in which at least one letter stands for a part of a date or time."""
    pieces: list[_Token] = []
    shown, exact = set[str](), True
    letters = [text[0].casefold() if kind == "letters" else "" for kind, text in tokens]
    last = ""
    for place, (kind, text) in enumerate(tokens):
        if kind == "letters":
            following = next((letter for letter in letters[place + 1 :] if letter), "")
            letter = letters[place]
            if letter == "m" and (last == "h" or following == "s"):
                letter = "minute"
            exact = exact and letter not in "eabg" and (letter == "y" or len(text) <= 2)
            last = letter
            shown.add({"e": "y"}.get(letter, letter))
            pieces.append(_Token(letter, text))
        elif kind in _LITERALS or kind == "noon":
            pieces.append(_Token(kind if kind == "noon" else "literal", text))
        elif kind == "general" or (kind == "digits" and last != "s"):
            exact = False
    return _DateFormat(tuple(pieces), frozenset(shown), exact=exact, from_1904=from_1904)


class _DateFormat:
    """A format that shows a number as a date or time."""

    def __init__(
        self, pieces: tuple[_Token, ...], shown: frozenset[str], *, exact: bool, from_1904: bool
    ) -> None:
        self._pieces = pieces
        self._shown = shown
        self._exact = exact and ("y" in shown or not shown & {"m", "d"})
        self._from_1904 = from_1904
        self._half_day = any(piece.kind == "noon" for piece in pieces)

    def cell(self, stored: str) -> str:
        """The cell for a stored number; a number that no calendar has stays a number."""
        value = _finite(stored)
        with_date = bool(self._shown & {"y", "m", "d"})
        moment = self._moment(value, with_date=with_date)
        if moment is None:
            return _plain_number(stored)
        if not with_date and value < 1:
            raw = moment.time().isoformat()
        else:
            raw = moment.isoformat() if moment.time() != moment.min.time() else moment.date().isoformat()
        return short(Kind.DATE, self._text(moment), raw)

    def _moment(self, value: float, *, with_date: bool) -> datetime | None:
        days, seconds = divmod(round(value * _DAY), _DAY)
        if self._from_1904:
            return _EPOCH_1904 + timedelta(days, seconds) if 0 <= days < _FIRST_AFTER_9999 - 1462 else None
        if not (1 if with_date else 0) <= days < _FIRST_AFTER_9999 or days == _NO_SUCH_DAY:
            return None
        if days < _NO_SUCH_DAY:
            days += 1
        return _EPOCH_1900 + timedelta(days, seconds)

    def _text(self, moment: datetime) -> str:
        if self._exact:
            return "".join(self._piece(piece, moment) for piece in self._pieces).strip()
        if "d" in self._shown or "y" not in self._shown:
            return moment.date().isoformat()
        return f"{moment:%Y-%m}" if "m" in self._shown else f"{moment:%Y}"

    def _piece(self, piece: _Token, moment: datetime) -> str:
        match piece.kind:
            case "literal":
                return piece.text
            case "noon":
                names = piece.text.split("/")
                return names[moment.hour >= 12]
            case "y":
                return f"{moment.year:04}"
            case "h":
                hour = (moment.hour - 1) % 12 + 1 if self._half_day else moment.hour
                return f"{hour:0{len(piece.text)}}"
        number = {"m": moment.month, "d": moment.day, "minute": moment.minute, "s": moment.second}[piece.kind]
        return f"{number:0{len(piece.text)}}"
