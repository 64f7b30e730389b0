"""The Word twins of the papers of meetings in LibreOffice: the pages of the PDF and all its text (H6)."""

from __future__ import annotations

from pathlib import Path

import pytest

from branchdesk.forms.language import shipped_form, shipped_kinds
from branchdesk.reports.meetings.minutes import minutes_document
from branchdesk.reports.meetings.papers import form_paper
from documents.test_docx_pages import OFFICE, compare, converted
from reports.meeting_matters import MEETING_KINDS, sample
from reports.test_meeting_papers import PAPERS

pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this computer")


def test_the_minutes_of_every_kind_and_every_empty_form_have_equal_twins(tmp_path: Path) -> None:
    documents = {
        f"minutes_{kind}".replace(".", "_"): minutes_document(sample(kind)) for kind in MEETING_KINDS
    }
    documents |= {
        f"empty_{kind}".replace(".", "_"): form_paper(shipped_form(kind)) for kind in shipped_kinds()
    }
    compare(documents, converted(tmp_path, documents, with_blank=True))


def test_the_other_papers_have_equal_twins(tmp_path: Path) -> None:
    documents = {name: paper(sample("meeting.assembly")) for name, paper in PAPERS.items()}
    documents |= {
        f"{name}_lecture": PAPERS[name](sample("meeting.lecture"))
        for name in ("notice", "summary", "make_up")
    }
    compare(documents, converted(tmp_path, documents, with_blank=True))
