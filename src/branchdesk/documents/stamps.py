"""Stamps: a short text in a frame at the top right of a page, in front of what stands there."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pikepdf

from branchdesk.documents.fonts import printable, width
from branchdesk.documents.model import Font
from branchdesk.documents.pdf_canvas import PdfCanvas
from branchdesk.documents.surface import MM, Box, outline

_FONT, _SIZE = Font.LABEL, 8.5
_PAD, _HEIGHT = 1.6 * MM, 5.2 * MM
_EDGE = 4 * MM  # from the edge of the page: inside of what printers print
_RULE, _WHITE = 0.5, 1.0
_RESOURCE = "/BranchDeskStamp"


class Stamps:
    """Stamps with their texts, ready to be pressed on pages of one file."""

    def __init__(self, target: pikepdf.Pdf, texts: Iterable[str]) -> None:
        self._target = target
        self._stamps: dict[str, pikepdf.Object] = {}
        wanted = list(dict.fromkeys(texts))
        if not wanted:
            return
        self._sheet = pikepdf.open(io.BytesIO(_drawn(wanted)))  # stays open until the target is written
        for text, page in zip(wanted, self._sheet.pages, strict=True):
            self._stamps[text] = target.copy_foreign(page.as_form_xobject())

    def press(self, page: pikepdf.Page, text: str) -> None:
        """Press the stamp with `text` on an upright page; on a narrow one it is smaller."""
        stamp = self._stamps[text]
        left, bottom, right, top = (float(edge) for edge in page.mediabox)
        wide, high = (float(stamp.BBox[place]) for place in (2, 3))
        room = right - left - 2 * _EDGE
        scale = min(1.0, max(0.1, room / wide))
        x, y = right - _EDGE - wide * scale, max(bottom, top - _EDGE - high * scale)
        code = f"q {scale:.4f} 0 0 {scale:.4f} {x:.3f} {y:.3f} cm {_RESOURCE} Do Q"
        resources = pikepdf.Dictionary(dict(page.resources.items()))  # may be shared with other pages
        drawings = resources.get("/XObject")
        resources.XObject = pikepdf.Dictionary(dict(drawings.items()) if drawings is not None else {})
        resources.XObject[_RESOURCE] = stamp
        page.obj.Resources = resources
        page.contents_add(code.encode("ascii"))


def _drawn(texts: list[str]) -> bytes:
    """The stamps, each a page as large as it is."""
    canvas = PdfCanvas()
    for text in texts:
        said = printable(text)
        wide = width(said, _FONT, _SIZE) + 2 * _PAD
        canvas.start_page(wide, _HEIGHT)
        canvas.rectangles([Box(0.0, 0.0, wide, _HEIGHT)], _WHITE)
        outline(canvas, Box(_RULE, _RULE, wide - 2 * _RULE, _HEIGHT - 2 * _RULE), _RULE)
        canvas.text(_PAD, _HEIGHT / 2 + 0.36 * _SIZE, ((0.0, said, 0.0),), _FONT, _SIZE)
    return canvas.finish()
