"""The Word twins of the papers of points in LibreOffice: the pages of the PDF and all its text."""

from __future__ import annotations

from pathlib import Path

import pytest

from branchdesk.reports.points.member_page import member_pages_document
from branchdesk.reports.points.publicity import Publicity, publicity_document
from branchdesk.reports.points.task_lists import task_list_document
from documents.test_docx_pages import OFFICE, compare, converted
from reports.points_matters import LEDGER, account, matter, usual_year
from reports.test_points_papers import PAPERS

pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this computer")


def test_every_paper_has_an_equal_twin(tmp_path: Path) -> None:
    documents = {name: make() for name, make in PAPERS.items() if name != "points_members"}
    compare(documents, converted(tmp_path, documents, with_blank=True))


def test_the_pages_of_members_have_equal_twins(tmp_path: Path) -> None:
    documents = {
        "members": member_pages_document(matter()),
        "usual_year": member_pages_document(matter([usual_year()], last=None)),
    }
    compare(documents, converted(tmp_path, documents, with_blank=False))


def test_papers_of_many_people_have_equal_twins(tmp_path: Path) -> None:
    many = [account(f"党员{number}", f"q{number}", LEDGER) for number in range(40)]
    documents = {
        "long_publicity": publicity_document(Publicity(matter(many), 10)),
        "long_tasks": task_list_document(matter(many[:12])),
    }
    compare(documents, converted(tmp_path, documents, with_blank=True))
