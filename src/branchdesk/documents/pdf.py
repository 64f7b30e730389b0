"""A document as a PDF file for print, preview and archive: the same bytes for all three."""

from __future__ import annotations

from branchdesk.documents.layout import lay_out
from branchdesk.documents.model import Document
from branchdesk.jobs.progress import SILENT, Progress


def write_pdf(document: Document, progress: Progress = SILENT) -> bytes:
    """The document as PDF/A-2u; equal documents give equal bytes, in every process.

    Characters that no font prints come out as 〓 and stay themselves in the text that is searched and
    copied: ask documents.texts.missing_in before. Raises Cancelled between pages where the person
    asked to stop, and Problem for a picture that cannot be read.
    """
    # ReportLab and pikepdf cost as much as a start of the program; they come with the first paper.
    from branchdesk.documents.pdf_archive import Description, for_archive  # noqa: PLC0415
    from branchdesk.documents.pdf_canvas import PdfCanvas  # noqa: PLC0415

    canvas = PdfCanvas()
    lay_out(document, canvas, progress.part(0.0, 0.9))
    progress.step(0.9)
    description = Description(
        document.title, document.author, document.language, document.made_on, canvas.bookmarks()
    )
    written = canvas.finish()
    del canvas  # a long file is not kept twice
    progress.step(0.95)
    return for_archive(written, description)
