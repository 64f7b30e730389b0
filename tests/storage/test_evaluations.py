"""The tables of evaluations: one score in a cell, one pass of a number, one mark of a step."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from branchdesk.domain.evaluations.model import EvaluationState
from branchdesk.errors import Problem
from branchdesk.services.organisations import root_of
from branchdesk.storage import evaluation_tables as parts
from branchdesk.storage import evaluations, tables
from branchdesk.storage.branch import Branch
from support.contents import assert_sound
from support.problems import refused


@pytest.fixture
def one(branch: Branch) -> str:
    """An evaluation with one subject, a batch and a pass, written as rows."""
    with branch.change("评议") as change:
        row = {
            "uid": "e1",
            "kind": "evaluation.appraisal",
            "version": 1,
            "organisation_uid": root_of(branch),
            "title": "2026 年度民主评议党员",
            "year": 2026,
            "number": 1,
            "state": EvaluationState.OPEN.value,
            "entered_on": "2026-11-21",
        }
        change.insert(tables.record, row)
        change.insert(parts.evaluation_subject, {**_OF, "uid": "s1", "position": 0, "name": "何静"})
        change.insert(parts.ballot_batch, {**_OF, "uid": "b1", "code": "2026-07"})
        change.insert(parts.ballot_pass, {**_PASS, "uid": "p1"})
    return "e1"


_OF = {"record_uid": "e1"}
_PASS = {**_OF, "batch_uid": "b1", "number": 1, "counter": "李敏", "ballots": 9}


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (parts.part_score, {"subject_uid": "s1", "part": "self", "score": "90"}),
        (parts.step_done, {"step": "prepare", "done_on": "2026-11-02"}),
        (parts.star, {"subject_uid": "s1", "dimension": "serve", "state": "declared"}),
        (parts.ballot_count, {"pass_uid": "p1", "subject_uid": "s1", "choice": "", "votes": 3}),
        (parts.ballot_pass, {**_PASS, "number": 2}),
    ],
)
def test_a_cell_a_pass_a_step_and_a_star_are_there_once(
    branch: Branch, one: str, table: Any, row: dict[str, Any]
) -> None:
    whole = {"record_uid": one, **row}
    with branch.change("一次") as change:
        change.insert(table, whole)
    with pytest.raises((IntegrityError, Problem)), branch.change("两次") as change:
        change.insert(table, whole)
    assert_sound(branch)


def test_rows_read_back_as_they_were_written(branch: Branch, one: str) -> None:
    with branch.read() as connection:
        whole = evaluations.evaluation_at_hand(connection, one)
        assert evaluations.last_batch(connection, root_of(branch), 2026) == 7
        assert evaluations.last_batch(connection, root_of(branch), 2025) == 0
        assert evaluations.load_evaluations(connection, ["nobody", one]) == {one: whole}
    subject = whole.subjects[0]
    assert (subject.name, subject.takes_part, subject.graded) == ("何静", True, True)
    assert evaluations.row_of_subject(one, subject)["uid"] == "s1"
    assert [(made.number, made.ballots) for made in whole.batches[0].passes] == [(1, 9)]


def test_what_is_no_longer_there_is_said(branch: Branch) -> None:
    with branch.read() as connection:
        with refused("这次评议已经不在了"):
            evaluations.evaluation_at_hand(connection, "nobody")
        with refused("这一批测评票已经不在了"):
            evaluations.batch_at_hand(connection, "nobody")
