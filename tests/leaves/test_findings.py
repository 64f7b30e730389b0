"""Findings and problems, the two ways of saying that something is not right."""

from __future__ import annotations

from branchdesk.errors import Problem
from branchdesk.findings import Finding, Severity, gravest

NOTE = Finding("note", Severity.NOTE, "顺便一提。")
WARN = Finding("warn", Severity.WARN, "请核对。")
ERROR = Finding("error", Severity.ERROR, "不对。")
OTHER_ERROR = Finding("other", Severity.ERROR, "也不对。")


def test_the_gravest_finding_is_shown_and_of_equals_the_first() -> None:
    assert gravest([NOTE, WARN, ERROR, OTHER_ERROR]) is ERROR
    assert gravest((WARN, NOTE)) is WARN
    assert gravest([]) is None


def test_only_an_error_says_that_a_value_cannot_be_right() -> None:
    assert [finding.is_error for finding in (NOTE, WARN, ERROR)] == [False, False, True]


def test_a_problem_reads_as_its_sentence_and_its_advice() -> None:
    problem = Problem("磁盘满了。", "请换一个位置。")
    assert str(problem) == "磁盘满了。请换一个位置。"
    assert (problem.sentence, problem.advice) == ("磁盘满了。", "请换一个位置。")
    assert str(Problem("磁盘满了。")) == "磁盘满了。"
