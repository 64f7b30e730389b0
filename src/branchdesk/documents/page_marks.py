"""The codes of pages: two QR codes in opposite corners with a short number beside, and the room for them.

One stands above the type area at its right edge, one below it at its left edge; a seal, a stain or a stapled
corner spoils one of them at most (paper.md 6).
"""

from __future__ import annotations

from dataclasses import replace

from branchdesk.documents.fonts import width
from branchdesk.documents.model import Font, PageStyle, Running
from branchdesk.documents.numbering import PageNumber
from branchdesk.documents.qr_codes import draw_code
from branchdesk.documents.surface import MM, Surface
from branchdesk.page_codes import numbered_code, read_page_code

SIDE = 20.0  # millimetres
_EDGE = 7.0  # millimetres from the edge of the paper, where every printer prints
_QUIET = 2.8  # millimetres around a code: four modules of the coarsest that we print
_NUMBER = 6.5  # points
_GAP = 0.2  # millimetres, which round the margins
CODE_MARGIN = _EDGE + SIDE + _QUIET + _GAP  # millimetres above and below the type area
BESIDE = SIDE + _QUIET  # millimetres of a line in the margin that a code takes


def with_room_for_codes(page: PageStyle, running: Running) -> PageStyle:
    """The page with margins that have room for its codes; the same page where it bears none."""
    if not running.code:
        return page
    return replace(page, top=max(page.top, CODE_MARGIN), bottom=max(page.bottom, CODE_MARGIN))


def draw_page_codes(surface: Surface, page: PageStyle, prefix: str, number: PageNumber, left: float) -> None:
    """Draw both codes on the open page, whose type area begins `left` points from its left edge."""
    text = numbered_code(prefix, number.number, number.of)
    code = read_page_code(text)
    if code is None:
        raise ValueError(f"no prefix of page codes: {prefix}")
    side, quiet = SIDE * MM, _QUIET * MM
    right = left + (page.width - page.left - page.right) * MM
    length = width(code.short_number, Font.LABEL, _NUMBER)
    for x, number_x, lower in (
        (right - side, right - side - quiet - length, (_EDGE + SIDE) * MM),
        (left, left + side + quiet, (page.height - _EDGE) * MM),
    ):
        draw_code(surface, text, x, lower - side, side)
        surface.text(number_x, lower, ((0.0, code.short_number, 0.0),), Font.LABEL, _NUMBER)
