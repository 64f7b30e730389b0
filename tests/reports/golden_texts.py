"""Golden texts: a document written down block by block, compared with the one that is kept.

`REWRITE_GOLDEN=1 pytest tests/reports` writes the texts anew; look at the difference before keeping it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from branchdesk.documents.model import (
    Bars,
    Block,
    Document,
    Ends,
    Entry,
    Paragraph,
    Part,
    Sheet,
    Signatures,
    Table,
    Text,
    Together,
)

_FOLDER = Path(__file__).parent / "golden"


def plain_text(text: Text) -> str:
    """A text without its fonts."""
    return text if isinstance(text, str) else "".join(span.text for span in text)


def told(document: Document) -> str:
    """A document as text: what stands in every block, line by line."""
    size = f"{document.page.width:g}×{document.page.height:g}"
    facts = (str(document.made_on), document.author, size, document.watermark)
    head = [f"# {document.title}", f"# {'　'.join(fact for fact in facts if fact)}"]
    return "\n".join([*head, *(line for block in document.blocks for line in _lines(block))]) + "\n"


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Together):
        for inner in block.blocks:
            yield from _lines(inner)
    elif isinstance(block, Table):
        yield "| " + " | ".join(column.label for column in block.columns)
        for row in block.rows:
            yield "| " + " | ".join(row)
    elif isinstance(block, Sheet):
        yield from _sheet_lines(block)
    elif isinstance(block, Bars):
        yield from (f"= {bar.label} | {bar.value} of {bar.of} | {bar.text}" for bar in block.bars)
    else:
        yield _line(block)


def _line(block: Block) -> str:
    """A block that is one text."""
    if isinstance(block, Paragraph):
        return plain_text(block.text)
    if isinstance(block, Ends):
        return f"{block.left} ⇔ {block.right}"
    if isinstance(block, Entry):
        return f"[{block.label}] {plain_text(block.text)}"
    if isinstance(block, Part):
        return f"== {block.title}"
    if isinstance(block, Signatures):
        return "sign: " + " ".join(block.places)
    return f"-- {type(block).__name__}"


def _sheet_lines(sheet: Sheet) -> Iterator[str]:
    for row in range(len(sheet.heights)):
        cells = [cell for cell in sheet.cells if cell.row == row]
        texts = [plain_text(cell.content) for cell in cells if isinstance(cell.content, str | tuple)]
        yield "/ " + " / ".join(texts).replace("\n", "⏎")


def assert_golden(name: str, document: Document) -> None:
    """The document says what is kept under `name`."""
    path = _FOLDER / f"{name}.txt"
    found = told(document)
    if os.environ.get("REWRITE_GOLDEN"):
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8"), f"{path.name}: look at the paper, then rewrite it"
