"""Breaking Chinese text into lines by the rules of GB/T 15834-2011: what may begin and what may end a line.

Greedy: a line takes what fits. Closing marks never begin a line and opening marks never end one; Latin words
and numbers, —— and …… stay whole, and …… stays with what stands before it. A closing mark that would fall
over the edge is pulled in, first into its own blank half, then by squeezing the line a little; where that is
too much, the character before it goes to the next line too, and the line is stretched. No paragraph ends with
a line of a single character: what stands before it comes down to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

NO_START = frozenset("，。、；：？！）》〉」』】〕］｝”’·‧・％‰℃°々〃…,.;:?!)]}%»")
NO_END = frozenset("（《〈「『【〔［｛“‘￥＄([{¥$£№#«")
_HALF_BLANK = frozenset("，。、；：？！）》〉」』】〕］｝”’")  # their right half is blank in our fonts
_LETTERS = "0-9A-Za-z\u00c0-\u024f\u0391-\u03c9"
_UNITS = re.compile(rf"[{_LETTERS}]+(?:[-./:,'&@_+=~][{_LETTERS}]+)*|—{{2}}|…{{2}}|.", re.DOTALL)
BLANKS = " \u00a0\u3000"
_SPACES = frozenset(BLANKS)
_MOST_SQUEEZE = 0.04  # of an em, for each character of the line
_MOST_STRETCH = 0.25
_MOST_TO_RELIEVE = 0.12  # of an em, for each character of the line that gives some to the last one
_LEAST_AT_END = 2  # characters of the last line, marks not counted
_NARROW = 10.0  # ems; in a narrower column a line that gives some would be torn apart
_NEARLY = 0.01  # points that rounding may cost


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the characters [start, end) of the text, their width, and what is added after each."""

    start: int
    end: int
    width: float
    spacing: float = 0.0
    indent: float = 0.0

    @property
    def set_width(self) -> float:
        """The width as set, without space after the last character."""
        return self.width + self.spacing * max(0, self.end - self.start - 1)


@dataclass(slots=True)
class _Piece:
    """What cannot be broken: characters [start, end), and how many spaces follow that a line's end drops."""

    start: int
    end: int
    spaces: int = 0


def _pieces(text: str) -> Iterator[_Piece]:
    """The text in pieces between which a line may end."""
    held: _Piece | None = None
    for match in _UNITS.finditer(text):
        unit = match.group()
        if held is None:
            held = _Piece(match.start(), match.end())
        elif unit in _SPACES and held.end > held.start:
            held.spaces += 1
        elif not held.spaces and (text[held.end - 1] in NO_END or unit[0] in NO_START):
            held.end = match.end()
        else:
            yield held
            held = _Piece(match.start(), match.end())
    if held is not None:
        yield held


class _Breaker:
    """The lines found so far and the one that is being filled."""

    def __init__(
        self,
        text: str,
        widths: Sequence[float],
        measure: float,
        em: float,
        indents: tuple[float, float],
        *,
        justify: bool,
        pulls_in: bool,
    ) -> None:
        self._text, self._widths = text, widths
        self._pulls_in = pulls_in
        self._measure, self._em, self._justify = measure, em, justify
        self._indent, self._next_indent = indents
        self.lines: list[Line] = []
        self._start = self._end = 0
        self._width = self._spaces = 0.0

    def take(self, piece: _Piece) -> None:
        width = sum(self._widths[piece.start : piece.end])
        begun = self._end > self._start
        if begun and not self._fits(piece, width):
            self._finish(last=False)
            self._start = self._end = piece.start
        if self._end == self._start:
            self._start = piece.start
            if width - self._blank_end(piece.end) > self._room + _NEARLY:
                self._chop(piece)
                return
        self._width += self._spaces + width
        self._end = piece.end
        self._spaces = sum(self._widths[piece.end : piece.end + piece.spaces])

    @property
    def _room(self) -> float:
        return self._measure - self._indent

    def _fits(self, piece: _Piece, width: float) -> bool:
        """Whether the line takes the piece, if need be by pulling in its closing mark."""
        over = self._width + self._spaces + width - self._room
        if over <= _NEARLY or not self._pulls_in:
            return over <= _NEARLY
        over -= self._blank_end(piece.end)
        if over <= _NEARLY:
            return True
        pulled = piece.end - piece.start > 1 and self._text[piece.end - 1] in NO_START
        return pulled and over <= _MOST_SQUEEZE * self._em * (piece.end - self._start - 1)

    def _blank_end(self, end: int) -> float:
        """How much of the last character is blank at its right."""
        is_wide = self._widths[end - 1] >= 0.95 * self._em
        return 0.5 * self._em if is_wide and self._text[end - 1] in _HALF_BLANK else 0.0

    def _chop(self, piece: _Piece) -> None:
        """Break a piece that no line can hold wherever a line is full."""
        for place in range(piece.start, piece.end):
            width = self._widths[place]
            if self._end > self._start and self._width + width > self._room + _NEARLY:
                self._finish(last=False)
                self._start = place
            self._width += width
            self._end = place + 1
        self._spaces = sum(self._widths[piece.end : piece.end + piece.spaces])

    def _finish(self, *, last: bool) -> None:
        gaps = self._end - self._start - 1
        over = self._width - self._room
        spacing = 0.0
        if over > _NEARLY and gaps > 0:
            spacing = min(0.0, (self._blank_end(self._end) - over) / gaps)
        elif self._justify and not last and gaps > 0:
            stretch = -over / gaps
            spacing = stretch if stretch <= _MOST_STRETCH * self._em else 0.0
        self.lines.append(Line(self._start, self._end, self._width, spacing, self._indent))
        self._width = self._spaces = 0.0
        self._indent = self._next_indent

    def end(self) -> list[Line]:
        self._finish(last=True)
        return self.lines


def break_lines(
    text: str,
    widths: Sequence[float],
    measure: float,
    em: float,
    *,
    indents: tuple[float, float] = (0.0, 0.0),
    justify: bool = False,
    pulls_in: bool = True,
) -> list[Line]:
    """The lines of one paragraph, which holds no line breaks; an empty text is one empty line.

    `widths` are those of the characters, `measure` the length of a line, all in points; `em` is the size of
    the type, `indents` are those of the first and of the other lines. Spaces at the end of a line are
    dropped. Without `pulls_in` no closing mark is pulled over the edge, as in programs that know only widths.
    """
    end = len(text.rstrip(BLANKS))
    width = sum(widths[:end])
    if width <= measure - indents[0] + _NEARLY:
        return [Line(0, end, width, 0.0, indents[0])]
    breaker = _Breaker(text, widths, measure, em, indents, justify=justify, pulls_in=pulls_in)
    pieces = list(_pieces(text))
    for piece in pieces:
        breaker.take(piece)
    lines = breaker.end()
    if len(lines) == 1 or measure < _NARROW * em:
        return lines
    starts = [piece.start for piece in pieces if lines[-2].start < piece.start < lines[-1].start]
    return _relieved(text, lines, starts, widths, measure, em, justify=justify)


def _relieved(
    text: str,
    lines: list[Line],
    starts: Sequence[int],
    widths: Sequence[float],
    measure: float,
    em: float,
    *,
    justify: bool,
) -> list[Line]:
    """The lines with a last one that is no single character, if the one before it can spare some.

    It may be broken at `starts`.
    """
    *others, giving, last = lines
    if _counts(text[last.start : last.end]) >= _LEAST_AT_END:
        return lines
    start = next((at for at in reversed(starts) if _counts(text[at : last.end]) >= _LEAST_AT_END), 0)
    end = len(text[:start].rstrip(BLANKS))
    gaps = end - giving.start - 1
    if gaps <= 0:
        return lines
    width, taken = sum(widths[giving.start : end]), sum(widths[start : last.end])
    stretch = (measure - giving.indent - width) / gaps
    if stretch > _MOST_TO_RELIEVE * em or taken > measure - last.indent:
        return lines
    given = Line(giving.start, end, width, max(0.0, stretch) if justify else 0.0, giving.indent)
    return [*others, given, Line(start, last.end, taken, 0.0, last.indent)]


def _counts(text: str) -> int:
    """How many characters of a text are no marks and no spaces."""
    return sum(char not in NO_START and char not in NO_END and char not in _SPACES for char in text)


def balanced_lines(text: str, widths: Sequence[float], measure: float, em: float) -> list[Line]:
    """Like break_lines, but lines of about one length: for centred texts, where a sign alone looks lost."""
    lines = break_lines(text, widths, measure, em)
    if len(lines) == 1:
        return lines
    narrow = sum(line.width for line in lines) / len(lines)
    while narrow < measure:
        tried = break_lines(text, widths, narrow, em)
        if len(tried) <= len(lines):
            return tried
        narrow += em / 2
    return lines
