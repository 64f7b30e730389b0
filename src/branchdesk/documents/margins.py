"""What stands in the margins of the pages: texts at the head, the number at the foot."""

from __future__ import annotations

from collections.abc import Sequence

from branchdesk.documents.fonts import width
from branchdesk.documents.model import Document, PageStyle, Running
from branchdesk.documents.numbering import PageNumber
from branchdesk.documents.page_marks import BESIDE, draw_page_codes
from branchdesk.documents.surface import MM, Surface

_SHARE = 0.5  # how deep in the margin its texts stand


def head_measure(running: Running, page: PageStyle) -> float:
    """The length in points of the line at the head; a code stands at the right end of it."""
    return (page.width - page.left - page.right - (BESIDE if running.code else 0.0)) * MM


def head_size(running: Running, page: PageStyle) -> float:
    """The size of the texts at the head: that of the style, or smaller where both have no room in a line."""
    style = running.style
    measure = head_measure(running, page)
    both = width(running.head_left + running.head_right, style.font, style.size)
    room = measure - 2 * style.size if running.head_left and running.head_right else measure
    return style.size * min(1.0, room / both) if both else style.size


def draw_margins(document: Document, surface: Surface, numbers: Sequence[PageNumber | None]) -> None:
    """Draw the texts and codes of the margins, now that the number of pages of every part is known."""
    running = document.running
    if not (running.head_left or running.head_right or running.foot or running.code):
        return
    for page, number in enumerate(numbers):
        if number is not None:
            surface.return_to_page(page)
            _draw_margin(document, surface, page, number)


def _draw_margin(document: Document, surface: Surface, at: int, number: PageNumber) -> None:
    running, page, style = document.running, document.page, document.running.style
    is_even = at % 2 == 1
    left = (page.right if page.mirrored and is_even else page.left) * MM
    measure = (page.width - page.left - page.right) * MM

    def put(text: str, x: float, baseline: float, size: float) -> None:
        """Draw a text that begins `x` points behind the left edge of the type area."""
        surface.text(left, baseline, ((x, text, 0.0),), style.font, size)

    head = page.top * _SHARE * MM + style.size / 2
    size = head_size(running, page)
    if running.head_left:
        put(running.head_left, 0.0, head, size)
    if running.head_right:
        room = head_measure(running, page) - width(running.head_right, style.font, size)
        put(running.head_right, room, head, size)
    if running.foot:
        foot = running.foot.replace("{page}", str(number.number)).replace("{pages}", str(number.of))
        outer = 0.0 if is_even else 1.0
        x = (measure - width(foot, style.font, style.size)) * (outer if running.outer_foot else 0.5)
        least = BESIDE * MM if running.code else 0.0
        put(foot, max(x, least), (page.height - page.bottom * _SHARE) * MM, style.size)
    if running.code:
        draw_page_codes(surface, page, running.code, number, left)
