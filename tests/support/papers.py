"""Papers as a reader sees them: the text of a PDF, page by page."""

from __future__ import annotations

import pypdfium2


def pages_of(pdf: bytes) -> list[str]:
    """The text of every page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [document[number].get_textpage().get_text_range() for number in range(len(document))]
    finally:
        document.close()


def text_of(pdf: bytes) -> str:
    """The whole text."""
    return "\n".join(pages_of(pdf))
