"""A points scheme on paper where no branch is open."""

from __future__ import annotations

from branchdesk.forms.language import shipped_form
from branchdesk.forms.samples import Sample, shipped_sample
from branchdesk.reports.form_papers import form_sample_paper
from reports.golden_texts import told

KIND = "points.two_scores"


def test_a_sample_is_explained_by_a_page_for_each_of_its_people() -> None:
    form, sample = shipped_form(KIND), shipped_sample(KIND)
    assert sample is not None
    said = told(form_sample_paper(form, sample))
    names = dict.fromkeys(entry["name"] for entry in sample.entries)
    assert [line[3:] for line in said.splitlines() if line.startswith("== ")] == list(names)
    assert "总积分" in said


def test_an_empty_scheme_is_printed_as_its_two_lists() -> None:
    form = shipped_form(KIND)
    assert form.points is not None
    said = told(form_sample_paper(form, None))
    assert [line for line in said.splitlines() if line.startswith("== ")] == ["== 共性清单", "== 个性清单"]
    assert "已认领" not in said
    assert all(rule.label in said for rule in form.points.rules if rule.duty or rule.claim)


def test_a_sample_without_entries_is_no_page() -> None:
    assert told(form_sample_paper(shipped_form(KIND), Sample({}))).count("\n") == 2
