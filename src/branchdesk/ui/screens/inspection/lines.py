"""One line of an inspection as its list and its pane show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from branchdesk.domain.inspections.issues import Issue, IssueState
from branchdesk.domain.inspections.model import Answer, Indicator, Stage
from branchdesk.domain.inspections.rectification import state_of
from branchdesk.domain.inspections.scoring import LineScore, LineState, final_score, label_of, shown
from branchdesk.i18n import _, _n
from branchdesk.services.inspections.proofs import LineProof, proofs_of
from branchdesk.services.inspections.sheets import Sheet
from branchdesk.ui.inspection_words import day_shown
from branchdesk.ui.screens.inspection.line_words import LINE_TONES, PROBLEM, SLOT_WORDS
from branchdesk.ui.screens.inspection.proof_list import ShownProof

AUTO, EMPTY = "auto", "empty"


@dataclass(frozen=True)
class ShownLine:
    """A line with what was answered, what the records say of it, its evidence and its problems."""

    indicator: Indicator
    answer: Answer
    self_line: LineScore
    check_line: LineScore
    proofs: tuple[LineProof, ...]
    issues: tuple[Issue, ...]
    holder: str = ""  # who holds the post that answers for it

    @property
    def responsible(self) -> str:
        """Who answers for it by name, else by post."""
        return self.holder or self.indicator.post

    def score_at(self, stage: Stage) -> LineScore:
        """What it came to at one stage."""
        return self.self_line if stage is Stage.SELF else self.check_line

    @property
    def has_problem(self) -> bool:
        """Whether a problem of it is not verified yet."""
        return any(state_of(one) is not IssueState.VERIFIED for one in self.issues)

    @property
    def is_unconfirmed(self) -> bool:
        """Whether facts score it that nobody has looked at, or that have changed since."""
        return self.self_line.state in {LineState.AUTO, LineState.CHANGED}

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known about it yet."""
        return self.self_line.state is LineState.EMPTY

    @property
    def signs(self) -> frozenset[str]:
        """By which filters it is found."""
        found = {PROBLEM} if self.has_problem else set()
        if self.is_unconfirmed:
            found.add(AUTO)
        if self.is_empty:
            found.add(EMPTY)
        return frozenset(found)

    @property
    def state(self) -> tuple[str, str]:
        """How it stands, in a word and its tone."""
        if self.has_problem:
            return _("有问题"), "err"
        state = self.final.state
        return label_of(state), LINE_TONES[state]

    @property
    def final(self) -> LineScore:
        """What counts in the end: the score of the check where there is one."""
        return final_score(self.self_line, self.check_line)

    @property
    def lacking(self) -> int:
        """How many things its facts find missing."""
        return sum(bool(one.evidence.lacking) for one in self.proofs)

    @property
    def lost(self) -> Decimal | None:
        """The points that the score in force takes off; None before there is one."""
        return self.final.lost if self.final.counts and self.final.score is not None else None

    def texts(self) -> tuple[str, ...]:
        """What stands in the columns of the list."""
        points = self.indicator.points
        return (
            f"{self.indicator.number} {self.indicator.title}".strip(),
            _points(points) if not self.indicator.bonus else _("+{points}", points=_points(points)),
            _points(self.self_line.score),
            _points(self.check_line.score),
            _points(self.lost),
            self._proof_words(),
            self.responsible,
            self.state[0],
        )

    def _proof_words(self) -> str:
        if self.lacking:
            return _n("缺 {n} 件", self.lacking)
        mine = sum(not one.is_automatic for one in self.proofs)
        if mine:
            return _n("{n} 份", mine)
        return _n("自动 {n} 件", len(self.proofs)) if self.proofs else ""


def _points(points: Decimal | None) -> str:
    return shown(points) if points is not None else ""


def shown_proof(one: LineProof) -> ShownProof:
    """A piece of evidence as the list of a line shows it."""
    found = one.evidence
    slot = _("自动") if one.is_automatic else _(SLOT_WORDS[one.slot])
    beside = _("{slot} {day}", slot=slot, day=day_shown(found.on)) if found.on else slot
    mine = one.proof.uid if one.proof is not None else ""
    return ShownProof(found.title, beside, found.entity, found.uid, mine, found.lacking)


def lines_of(sheet: Sheet, holders: Mapping[str, str]) -> list[ShownLine]:
    """The lines of a sheet in the order of the paper; `holders` has names by post."""
    return [
        ShownLine(
            indicator=one,
            answer=sheet.inspection.answer(one.id),
            self_line=sheet.line(one.id, Stage.SELF),
            check_line=sheet.line(one.id, Stage.CHECK),
            proofs=tuple(proofs_of(sheet, one.id)),
            issues=tuple(sheet.issues_of(one.id)),
            holder=holders.get(one.post, ""),
        )
        for one in sheet.scheme.indicators
    ]
