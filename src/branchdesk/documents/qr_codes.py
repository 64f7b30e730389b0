"""QR codes as rectangles."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from branchdesk.documents.surface import Box, Surface

_DOTS = 8  # of a picture for each module


@lru_cache(maxsize=64)
def code_modules(text: str) -> tuple[bytes, ...]:
    """The modules of the QR code of a text, row by row, 1 for dark; correction M (paper.md 6).

    Raises segno.DataOverflowError for a text that no code can hold.
    """
    import segno  # noqa: PLC0415 - few papers bear a code

    return tuple(bytes(row) for row in segno.make_qr(text, error="m", boost_error=False).matrix)


def code_picture(text: str) -> bytes:
    """The QR code of a text as a PNG, black on white."""
    from PIL import Image  # noqa: PLC0415 - few papers bear a code

    modules = code_modules(text)
    side = len(modules)
    drawn = Image.frombytes("L", (side, side), bytes(0 if dark else 255 for row in modules for dark in row))
    file = io.BytesIO()
    drawn.resize((side * _DOTS, side * _DOTS), Image.Resampling.NEAREST).convert("1").save(file, "PNG")
    return file.getvalue()


def _runs(text: str) -> Iterator[tuple[int, int, int]]:
    """The dark modules as runs of one row: row, first column, length."""
    for number, row in enumerate(code_modules(text)):
        place = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                yield number, place, length
            place += length


def draw_code(surface: Surface, text: str, left: float, top: float, side: float) -> None:
    """Draw the code of a text as a square of `side` points; one filled shape, so that no seams show."""
    module = side / len(code_modules(text))
    surface.rectangles(
        [
            Box(left + column * module, top + row * module, length * module, module)
            for row, column, length in _runs(text)
        ]
    )
