"""The papers that a scheme of evaluation may name are those that can be printed."""

from __future__ import annotations

from branchdesk.forms import words
from branchdesk.reports.evaluations.papers import EVALUATION_PAPERS


def test_a_scheme_may_name_every_paper_and_no_other() -> None:
    assert set(words.EVALUATION_PAPERS) == set(EVALUATION_PAPERS)
