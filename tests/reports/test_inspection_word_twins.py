"""The Word twins of the papers of inspections in LibreOffice: the pages of the PDF and all its text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from branchdesk.documents.model import Document
from branchdesk.domain.inspections.model import Answer, Assessment
from branchdesk.reports.inspections.ledger import ledger_document
from branchdesk.reports.inspections.sheet import sheet_document
from documents.test_docx_pages import OFFICE, compare, converted
from reports.inspection_sheets import TODAY, tiny
from reports.test_inspection_papers import LEDGER, PAPERS, blank

pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this computer")
_WITH_CODES = {
    "inspection_blank",
    "inspection_blank_small",
    "inspection_blank_spot_check",
    "inspection_prefilled",
}


def without_codes(document: Document) -> Document:
    """A form for the pen as Word files have it, which bear no codes."""
    return replace(document, running=replace(document.running, code=""))


def test_every_paper_has_an_equal_twin(tmp_path: Path) -> None:
    documents = {name: make() for name, make in PAPERS.items() if name not in _WITH_CODES}
    compare(documents, converted(tmp_path, documents, with_blank=True))


def test_forms_for_the_pen_have_as_many_pages(tmp_path: Path) -> None:
    documents: dict[str, Document] = {
        kind.replace(".", "_"): without_codes(blank(kind))
        for kind in ("inspection.quarter", "inspection.small", "inspection.spot_check")
    }
    compare(documents, converted(tmp_path, documents, with_blank=True))


def test_long_texts_and_long_ledgers_have_equal_twins(tmp_path: Path) -> None:
    said = Answer(self_check=Assessment(score=tiny().indicators()[0].points, reason="逐次说明。" * 60))
    documents = {
        "long_sheet": sheet_document(tiny({"meet": said})),
        "long_ledger": ledger_document(replace(LEDGER, lines=LEDGER.lines * 30, made_on=TODAY)),
    }
    compare(documents, converted(tmp_path, documents, with_blank=True))
