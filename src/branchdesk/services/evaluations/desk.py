"""An evaluation on the desk: what every edit of it needs, and what forbids an edit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from branchdesk.domain.evaluations.model import (
    Batch,
    Evaluation,
    EvaluationState,
    Part,
    Scheme,
    Star,
    Subject,
)
from branchdesk.errors import Problem
from branchdesk.findings import Finding
from branchdesk.forms.language import Form
from branchdesk.i18n import _
from branchdesk.services.evaluations.schemes import scheme_of
from branchdesk.storage import evaluations as questions
from branchdesk.storage import records
from branchdesk.storage.branch import Branch

Found = TypeVar("Found")


@dataclass(frozen=True)
class Desk:
    """An evaluation, the form in the version it is filled in, and how that form evaluates."""

    evaluation: Evaluation
    form: Form
    scheme: Scheme

    @property
    def uid(self) -> str:
        """The uid of the evaluation."""
        return self.evaluation.uid

    @property
    def called(self) -> str:
        """What labels of changes call the evaluation."""
        return self.evaluation.title

    def subject(self, uid: str) -> Subject:
        """One who is evaluated. Raises Problem where there is none."""
        return self._there(self.evaluation.subject(uid), _("这名参评对象"))

    def batch(self, uid: str) -> Batch:
        """A batch of ballots. Raises Problem where there is none."""
        return self._there(self.evaluation.batch(uid), _("这一批测评票"))

    def star(self, uid: str) -> Star:
        """A star that somebody declared for. Raises Problem where there is none."""
        found = next((one for one in self.evaluation.stars if one.uid == uid), None)
        return self._there(found, _("这颗星"))

    def part(self, part_id: str) -> Part:
        """A part of the scheme. Raises Problem where it has none of this id."""
        return self._there(self.scheme.part(part_id), _("这一项"))

    def dimension(self, dimension: str) -> str:
        """The id of a dimension that scores may stand in. Raises Problem for any other.

        Where the scheme has no dimensions it is "".
        """
        known = self.scheme.dimension(dimension)
        if self.scheme.has_stars or dimension:
            return self._there(known, _("这个方面")).id
        return ""

    def _there(self, found: Found | None, what: str) -> Found:
        if found is None:
            raise Problem(
                _("“{title}”里已经没有{what}，没有保存。", title=self.called, what=what),
                _("请重新打开这次评议再看一遍。"),
            )
        return found


def look_at(branch: Branch, uid: str) -> Desk:
    """An evaluation with its form.

    Raises Problem for one that lies in the recycle bin or is not there, or whose form cannot be read.
    """
    with branch.read() as connection:
        evaluation = questions.evaluation_at_hand(connection, uid)
        form = records.form_at_hand(records.shelf_of(connection), evaluation.kind, evaluation.version)
    return Desk(evaluation, form, scheme_of(form))


def put_on_desk(branch: Branch, uid: str) -> Desk:
    """An evaluation that is to be changed. Raises Problem as `look_at` does, and for one that is final."""
    desk = look_at(branch, uid)
    if desk.evaluation.state is not EvaluationState.OPEN:
        raise Problem(
            _("“{title}”已定稿，不能修改。", title=desk.called),
            _("需要改动请先“重新打开”并写明原因。"),
        )
    return desk


def desk_of_batch(branch: Branch, batch: str) -> tuple[Desk, Batch]:
    """The evaluation of a batch that is to be changed, and the batch; Problem as `put_on_desk`."""
    with branch.read() as connection:
        row = questions.batch_at_hand(connection, batch)
    desk = put_on_desk(branch, row["record_uid"])
    return desk, desk.batch(batch)


def refuse_errors(findings: Sequence[Finding], advice: str) -> None:
    """Raise Problem with the first error among findings."""
    found = next((one for one in findings if one.is_error), None)
    if found is not None:
        raise Problem(found.sentence, advice)


def refuse_counted(desk: Desk) -> None:
    """Raise Problem where ballots were printed or counted already: who stands on them is settled."""
    if any(one.passes for one in desk.evaluation.batches):
        raise Problem(
            _("测评票已经计票，参评名单不能再改。"), _("确实要改的，请先在“测评计票”里清除计票并写明原因。")
        )
    if any(one.printed_on for one in desk.evaluation.batches):
        raise Problem(
            _("测评票已经印制，参评名单不能再改。"), _("确实要改的，请先删除这一批测评票，改好名单再印。")
        )
