"""The Word twins of the papers of evaluations in LibreOffice: the pages of the PDF and all its text."""

from __future__ import annotations

from pathlib import Path

import pytest

from documents.test_docx_pages import OFFICE, compare, converted
from reports.test_evaluation_papers import LOOKED_AT, SHEETS, looked_at, paper

pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this computer")


def test_every_paper_has_an_equal_twin(tmp_path: Path) -> None:
    wanted = [name for name in LOOKED_AT if not name.endswith(("registration", "stars_form"))]
    documents = {name: looked_at(name) for name in wanted}
    compare(documents, converted(tmp_path, documents, with_blank=False))


def test_forms_of_a_leaf_for_each_person_have_equal_twins(tmp_path: Path) -> None:
    appraisal, stars = SHEETS["appraisal"](), SHEETS["stars"]()
    documents = {
        "registration": paper(appraisal, "registration", subject="s09"),
        "stars_form": paper(stars, "stars_form", subject="s00"),
    }
    compare(documents, converted(tmp_path, documents, with_blank=True))
