"""Choosing what is looked at: one of the evaluations of all years, and the segments that it has."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from branchdesk.i18n import _, later
from branchdesk.services.evaluations import reading
from branchdesk.services.evaluations.reading import EvaluationRow
from branchdesk.services.evaluations.sheets import EvaluationSheet
from branchdesk.services.open_branch import Branch
from branchdesk.ui.look import px
from branchdesk.ui.widgets.buttons import Segments
from branchdesk.ui.widgets.choices import Choice
from branchdesk.ui.widgets.texts import restyle

# The segments: what there is to do before anything was evaluated, those of one evaluation, those of all.
NONE = "none"
SCORES, STARS, BALLOTS, GRADES = "scores", "stars", "ballots", "grades"
POINTS, EXCHANGE, DAILY = "points", "exchange", "daily"
OF_ONE = (SCORES, STARS, BALLOTS, GRADES)
TITLES = {
    NONE: later("民主评议"),
    SCORES: later("评分"),
    STARS: later("五星党员"),
    BALLOTS: later("测评计票"),
    GRADES: later("等次评定"),
    POINTS: later("双积分"),
    EXCHANGE: later("积分兑换"),
    DAILY: later("日常写实"),
}
_COUNTED_FROM_BALLOTS = {"ballot", "mass"}
_NARROWEST, _WIDEST = 200, 360


def segments_of(sheet: EvaluationSheet | None) -> list[str]:
    """The segments that an evaluation has, in the order in which it is worked through."""
    if sheet is None:
        return [NONE]
    scheme = sheet.scheme
    sources = {one.source for one in scheme.parts}
    votes = any(one.ballots for one in scheme.steps) or bool(sources & _COUNTED_FROM_BALLOTS)
    wanted = {
        SCORES: bool(scheme.parts),
        STARS: scheme.has_stars,
        BALLOTS: votes or bool(sheet.evaluation.batches),
        GRADES: scheme.decision,
    }
    return [key for key in OF_ONE if wanted[key]]


def segment_about(field: str) -> tuple[str, ...]:
    """The segments in which a finding is mended, the best first; `field` tells what it is about."""
    kind = field.partition(":")[0]
    return {
        "batch": (BALLOTS,),
        "star": (STARS,),
        "grade": (GRADES,),
        "part": (STARS, SCORES),
    }.get(kind, ())


class PaneTabs(Segments):
    """Segments of which only those are shown that apply."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__([(key, _(TITLES[key])) for key in keys], keys[0])

    def show_only(self, keys: Collection[str]) -> None:
        """Show some segments and hide the others; the corners of the row stay round."""
        shown = [part for key, part in self._buttons.items() if key in keys]
        for part in self._buttons.values():
            part.setVisible(part in shown)
            ends = (part is shown[0], part is shown[-1])
            restyle(part, "edge", {(True, False): "first", (False, True): "last"}.get(ends, ""))

    def is_shown(self, key: str) -> bool:
        """Whether a segment applies now."""
        return key in self._buttons and not self._buttons[key].isHidden()


class EvaluationChoice(Choice):
    """The evaluations that there are, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("evaluation")
        self.setAccessibleName(_("哪一次评议"))
        self.setToolTip(_("选哪一年、哪一次评议（Alt+↓ 打开）"))
        self.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumWidth(px(_NARROWEST))
        self.rows: list[EvaluationRow] = []

    def offer(self, branch: Branch, wanted: str = "") -> None:
        """Offer all evaluations, choosing `wanted`, else what was chosen, else the newest; tells nobody."""
        chosen = wanted or self.uid
        self.rows = reading.evaluation_list(branch)
        several = len({one.organisation for one in self.rows}) > 1
        before = self.blockSignals(True)
        self.clear()
        for one in self.rows:
            self.addItem(_words(one, with_place=several), one.uid)
        self.setCurrentIndex(max(self.findData(chosen), 0 if self.rows else -1))
        self.blockSignals(before)
        self.setVisible(bool(self.rows))
        self.updateGeometry()

    @property
    def uid(self) -> str:
        """The uid of the evaluation in front; empty where there is none."""
        return str(self.currentData() or "")

    def choose(self, uid: str) -> bool:
        """Choose an evaluation without telling anybody; False where it is not there."""
        place = self.findData(uid)
        if place >= 0:
            before = self.blockSignals(True)
            self.setCurrentIndex(place)
            self.blockSignals(before)
        return place >= 0


def _words(row: EvaluationRow, *, with_place: bool) -> str:
    """What the list says of an evaluation; whose it is where there are several organisations."""
    return f"{row.title} · {row.organisation_name}" if with_place else row.title
