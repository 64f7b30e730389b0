"""Paragraphs, headings, pictures, codes and places to sign, as strips."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from typing_extensions import override

from branchdesk.documents.flow import Stretch, Strip
from branchdesk.documents.fonts import width
from branchdesk.documents.model import (
    Align,
    Ends,
    Font,
    Heading,
    Paragraph,
    Picture,
    QrCode,
    Signatures,
    Space,
    Style,
)
from branchdesk.documents.qr_codes import draw_code
from branchdesk.documents.setting import Setting, set_text
from branchdesk.documents.surface import MM, Box, Segment, Surface

HEADINGS = (
    Style(Font.HEADING, 18.0, 1.35, Align.CENTRE, after=6.0),
    Style(Font.HEADING, 14.0, 1.4, before=8.0, after=4.0),
    Style(Font.HEADING, 12.0, 1.4, before=6.0, after=3.0),
    Style(Font.STRONG, 10.5, 1.4, before=4.0, after=2.0),
)
CAPTION = Style(Font.LABEL, 8.0, 1.4, Align.CENTRE)
_HAIR = 0.5  # points
_LEAST_RULE, _MOST_RULE, BETWEEN = 22 * MM, 60 * MM, 6 * MM  # of places to sign
_GIVEN = 2 * MM  # of the least rule, where places can then stand in columns


@dataclass(slots=True)
class LineStrip:
    """One line of a text; `inset` moves it to the right."""

    setting: Setting
    number: int
    gap: float
    keep: bool
    inset: float = 0.0

    @property
    def height(self) -> float:
        """The height of the line."""
        return self.setting.line_height

    def draw(self, surface: Surface, x: float, y: float) -> None:
        """Draw the line."""
        self.setting.draw(surface, x + self.inset, y, self.number, self.number + 1)


@dataclass(slots=True)
class DrawnStrip:
    """A strip that a function draws."""

    height: float
    paint: Callable[[Surface, float, float], None]
    gap: float = 0.0
    keep: bool = False

    def draw(self, surface: Surface, x: float, y: float) -> None:
        """Draw it."""
        self.paint(surface, x, y)


class Plain(Stretch):
    """A block without a frame or a repeated head; `keep_end` ties its end to what follows."""

    def __init__(self, strips: Iterable[Strip], *, keep_end: bool = False) -> None:
        self._strips = list(strips)
        if keep_end:
            for strip in self._strips[-2:]:
                strip.keep = True

    @override
    def strips(self) -> Iterator[Strip]:
        return iter(self._strips)


def line_strips(setting: Setting, gap: float, inset: float = 0.0) -> Iterator[LineStrip]:
    """The lines of a text; no page ends with the first or begins with the last line of a paragraph alone."""
    begins = [line.is_first for line in setting.lines] + [True] * 2
    for number in range(len(setting.lines)):
        is_last = begins[number + 1]
        keep = not is_last and (begins[number] or begins[number + 2])
        yield LineStrip(setting, number, 0.0 if number else gap, keep, inset)


def paragraph_setting(block: Paragraph, measure: float) -> Setting:
    """A paragraph as set; a style with several sizes asks for one line."""
    tried = (set_text(block.text, block.style, measure, size) for size in block.style.sizes)
    one_line = next((setting for setting in tried if len(setting.lines) == 1), None)
    return one_line or set_text(block.text, block.style, measure)


def paragraph_strips(block: Paragraph, measure: float, gap: float) -> Iterator[Strip]:
    """The lines of a paragraph."""
    return line_strips(paragraph_setting(block, measure), gap + block.style.before)


def ends_settings(block: Ends, measure: float) -> tuple[list[Setting], bool]:
    """The two texts as set, and whether one line has room for both."""
    style = block.style
    right = replace(style, align=Align.RIGHT)
    settings = [set_text(block.left, style, measure), set_text(block.right, right, measure)]
    used = sum(line.width for setting in settings for line in setting.lines)
    return settings, used + 2 * style.size <= measure


def ends_strips(block: Ends, measure: float, gap: float) -> Iterator[Strip]:
    """The line with its two ends."""
    style = block.style
    settings, is_one_line = ends_settings(block, measure)
    if not is_one_line:
        for setting, above in zip(settings, (gap + style.before, 0.0), strict=True):
            yield from line_strips(setting, above)
        return

    def paint(surface: Surface, x: float, y: float) -> None:
        for setting in settings:
            setting.draw(surface, x, y)

    yield DrawnStrip(settings[0].line_height, paint, gap + style.before)


def heading_style(block: Heading) -> Style:
    """How a heading of this level is set."""
    return HEADINGS[block.level - 1]


def heading_strips(block: Heading, measure: float, gap: float) -> Iterator[Strip]:
    """The lines of a heading, which stay with what follows."""
    style = heading_style(block)
    for strip in line_strips(set_text(block.text, style, measure), gap + style.before):
        strip.keep = True
        yield strip


def _placed(align: Align, room: float) -> float:
    return room / 2 if align is Align.CENTRE else room if align is Align.RIGHT else 0.0


def picture_strips(block: Picture, measure: float, gap: float) -> Iterator[Strip]:
    """The picture in its box."""
    size = (block.width * MM, block.height * MM)
    inset = _placed(block.align, measure - size[0])

    def paint(surface: Surface, x: float, y: float) -> None:
        surface.picture(Box(x + inset, y, *size), block.content)

    yield DrawnStrip(size[1], paint, gap)


def code_strips(block: QrCode, measure: float, gap: float) -> Iterator[Strip]:
    """The code with its caption below."""
    side = block.size * MM
    inset = _placed(block.align, measure - side)
    caption = set_text(block.caption, CAPTION, side) if block.caption else None

    def paint(surface: Surface, x: float, y: float) -> None:
        draw_code(surface, block.text, x + inset, y, side)
        if caption is not None:
            caption.draw(surface, x + inset, y + side + 2.0)

    yield DrawnStrip(side + (caption.height + 2.0 if caption else 0.0), paint, gap)


def space_strips(block: Space, _measure: float, gap: float) -> Iterator[Strip]:
    """Nothing, below a gap."""
    yield DrawnStrip(0.0, lambda _surface, _x, _y: None, gap + block.height * MM)


@dataclass(frozen=True, slots=True)
class SigningPlace:
    """A place to sign: how far from the left it stands, and how long its rule is; nothing for a mere text."""

    text: str
    x: float
    rule: float


def signature_rows(block: Signatures, measure: float) -> list[list[SigningPlace]]:
    """The places to sign, line by line.

    A place that ends with a colon gets a rule to write on; any other is printed as it is, at the right end of
    its line where it is the last. Several lines of places stand below each other in columns, as far as their
    labels leave room for that.
    """
    style = block.style
    all_places = [line for place in block.places for line in _place_lines(place, style, measure)]
    needed = [
        width(place, style.font, style.size) + (_LEAST_RULE if place.endswith("：") else 0.0)
        for place in all_places
    ]
    rows: list[list[int]] = []
    used = 0.0
    for number, length in enumerate(needed):
        if not rows or used + BETWEEN + length > measure:
            rows.append([])
            used = -BETWEEN
        rows[-1].append(number)
        used += BETWEEN + length
    cell = None
    in_row = int((measure + BETWEEN) / (max(needed, default=measure) - _GIVEN + BETWEEN))
    if len(rows) > 1 and in_row:
        starts = range(0, len(needed), in_row)
        if len(starts) <= len(rows):
            rows = [[*range(start, min(start + in_row, len(needed)))] for start in starts]
            cell = (measure - BETWEEN * (in_row - 1)) / in_row
    return [_placed_in_row([all_places[index] for index in row], style, measure, cell) for row in rows]


def _placed_in_row(
    places: Sequence[str], style: Style, measure: float, cell: float | None
) -> list[SigningPlace]:
    """The places of one line, in columns that are `cell` points wide or each as long as its rule."""
    lengths = [width(place, style.font, style.size) for place in places]
    ruled = sum(place.endswith("：") for place in places)
    spare = measure - sum(lengths) - BETWEEN * (len(places) - 1)
    found, x = [], 0.0
    for place, length in zip(places, lengths, strict=True):
        rule = 0.0
        if place.endswith("："):
            rule = min(_MOST_RULE, spare / ruled if cell is None else cell - length)
        is_end = not rule and place is places[-1]
        found.append(SigningPlace(place, measure - length if is_end else x, rule))
        x += BETWEEN + (length + rule if cell is None else cell)
    return found


def _place_lines(place: str, style: Style, measure: float) -> Iterator[str]:
    """A place to sign in pieces of which each, with a rule, fits a line; nearly always it is one."""
    setting = set_text(place, style, measure - _LEAST_RULE)
    ends = [line.start for line in setting.lines[1:]] + [len(setting.text)]
    for line, end in zip(setting.lines, ends, strict=True):
        yield setting.text[line.start : end].rstrip("\n")


def signature_strips(block: Signatures, measure: float, gap: float) -> Iterator[Strip]:
    """The places to sign, on as many lines as they need."""
    style = block.style
    rows = signature_rows(block, measure)
    for number, places in enumerate(rows):
        above = gap + style.before if number == 0 else style.size
        paint = _signature_painter(places, style)
        yield DrawnStrip(style.size * style.leading, paint, above, keep=number < len(rows) - 1)


def _signature_painter(
    places: Sequence[SigningPlace], style: Style
) -> Callable[[Surface, float, float], None]:
    """What draws one line of places."""

    def paint(surface: Surface, x: float, y: float) -> None:
        baseline = y + style.size * (style.leading + 0.76) / 2
        for place in places:
            left = x + place.x
            surface.text(left, baseline, ((0.0, place.text, 0.0),), style.font, style.size)
            if place.rule:
                left += width(place.text, style.font, style.size)
                surface.lines([Segment(left, baseline + 2.0, left + place.rule, baseline + 2.0)], _HAIR)

    return paint
