"""The drawing surface through ReportLab's public canvas, call by call: what the fast one is compared with."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from branchdesk.documents.fonts import face_for, faces, widths
from branchdesk.documents.model import Font
from branchdesk.documents.surface import BLACK, FAINT, Box, Segment, Word
from branchdesk.paths import resource


def registered(name: str) -> str:
    """The name of a bundled font that ReportLab knows."""
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(resource("fonts", f"{name}.ttf"))))
    return name


class PlainCanvas:
    """The surface; it knows neither our dash nor our figures, so pages for it hold none in 宋体."""

    def __init__(self) -> None:
        self._file = io.BytesIO()
        self._canvas: Any = Canvas(self._file, initialFontName=registered(faces(Font.BODY)[0]))
        self._height = 0.0
        self._pages = 0

    def start_page(self, width: float, height: float) -> None:
        if self._pages:
            self._canvas.showPage()
        self._pages += 1
        self._canvas.setPageSize((round(width, 2), round(height, 2)))
        self._canvas.setLineCap(2)
        self._height = height

    def return_to_page(self, number: int) -> None:
        assert number == self._pages - 1, "a plain canvas goes forward only"

    def text(self, left: float, baseline: float, words: Sequence[Word], font: Font, size: float) -> None:
        for word_x, text, spacing in words:
            x = round(left + word_x, 2)
            y = round(self._height - baseline, 2)
            for char_face, part in self._parts(text, font):
                line = self._canvas.beginText(x, y)
                line.setFont(registered(char_face), size)
                line.setCharSpace(round(spacing, 3))
                line.textOut(part)
                self._canvas.drawText(line)
                x += sum(widths(font)[char] * size + spacing for char in part)

    def _parts(self, text: str, font: Font) -> list[tuple[str, str]]:
        """The text in parts that one face prints."""
        parts: list[tuple[str, str]] = []
        for char in text:
            name = face_for(font, char)
            assert name is not None
            if parts and parts[-1][0] == name:
                parts[-1] = (name, parts[-1][1] + char)
            else:
                parts.append((name, char))
        return parts

    def slanted_text(
        self, x: float, y: float, text: str, font: Font, size: float, angle: float, ink: float = FAINT
    ) -> None:
        raise NotImplementedError

    def lines(self, segments: Sequence[Segment], width: float) -> None:
        self._canvas.setLineWidth(width)
        path = self._canvas.beginPath()
        for x1, y1, x2, y2 in segments:
            path.moveTo(round(x1, 2), round(self._height - y1, 2))
            path.lineTo(round(x2, 2), round(self._height - y2, 2))
        self._canvas.drawPath(path)

    def rectangles(self, boxes: Sequence[Box], ink: float = BLACK) -> None:
        self._canvas.setFillGray(ink)
        path = self._canvas.beginPath()
        for left, top, wide, high in boxes:
            path.rect(round(left, 3), round(self._height - top - high, 3), round(wide, 3), round(high, 3))
        self._canvas.drawPath(path, stroke=0, fill=1, fillMode=1)
        self._canvas.setFillGray(0)

    def picture(self, box: Box, content: bytes) -> None:
        raise NotImplementedError

    def bookmark(self, title: str) -> None:
        raise NotImplementedError

    def finish(self) -> bytes:
        """The file."""
        self._canvas.save()
        return self._file.getvalue()
