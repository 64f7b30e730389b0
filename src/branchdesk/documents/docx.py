"""A document as a Word file (docx) that WPS, Word and LibreOffice open: the twin of the PDF, to be edited."""

from __future__ import annotations

from dataclasses import replace

from branchdesk.documents.docx_body import WordBody
from branchdesk.documents.docx_package import WordPackage, add_fixed_parts
from branchdesk.documents.layout import paginate
from branchdesk.documents.model import Document
from branchdesk.documents.page_marks import with_room_for_codes
from branchdesk.jobs.progress import SILENT, Progress


def write_docx(document: Document, progress: Progress = SILENT) -> bytes:
    """The document as docx; equal documents give equal bytes.

    Its pages are those of the PDF as far as programs break lines alike; the numbers in a list of contents
    are those of the PDF. Raises Cancelled where the person asked to stop, and Problem for a picture that
    cannot be read.
    """
    document = replace(document, page=with_room_for_codes(document.page, document.running))
    pagination = paginate(document, progress.part(0.0, 0.4))
    package = WordPackage()
    add_fixed_parts(package, document.page, document.language, two_sided=document.running.outer_foot)
    body = WordBody(document, package, pagination)
    rest, count = progress.part(0.4, 1.0), len(document.blocks)
    for number, block in enumerate(document.blocks):
        part = rest.part(number / count, (number + 1) / count)
        part.step(0.0)
        body.place(number, block, part)
    return package.pack(document, body.finish())
