"""The texts of a document, and the characters among them that cannot be printed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from branchdesk.documents.fonts import missing_characters
from branchdesk.documents.model import Document


def texts_of(value: Any) -> Iterator[str]:
    """Every text in a document, a block or a collection of them, whatever kinds of block there will be."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Collection) and not isinstance(value, bytes):
        # Rows that are made as they are walked may be a dataclass too: what counts is what they give.
        for item in value:
            yield from texts_of(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_of(getattr(value, field.name))


def missing_in(document: Document) -> str:
    """The characters of a document that no bundled font prints, each once; they come out as 〓.

    Name them before printing, and refuse the archive copy (paper.md 1, expectations H10).
    """
    return missing_characters(texts_of(document))
