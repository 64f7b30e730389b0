"""Where the two passes differ: who, which grade, both figures, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from branchdesk.domain.evaluations.ballot_findings import pass_title
from branchdesk.domain.evaluations.ballots import Difference
from branchdesk.domain.evaluations.model import BLANK, Batch, Evaluation, Scheme
from branchdesk.i18n import _, _n
from branchdesk.ui.dialogs import SheetDialog
from branchdesk.ui.screens.evaluations.ballots.words import FIRST, SECOND
from branchdesk.ui.widgets.figure_columns import align_figures
from branchdesk.ui.widgets.tables import SimpleTable
from branchdesk.ui.widgets.texts import Note

_WIDTH, _HEIGHT = 760, 520
_NAME, _FIGURES = 0, (2, 3, 4)


class DifferencesDialog(SheetDialog):
    """A table of differences; `on_count_again` is told which pass is to be done anew."""

    def __init__(
        self,
        batch: Batch,
        differences: Sequence[Difference],
        evaluation: Evaluation,
        scheme: Scheme,
        on_count_again: Callable[[int], object] | None,
        parent: QWidget,
    ) -> None:
        heading = _n("{code} 两遍有 {n} 处不一致", len(differences), code=batch.code)
        super().__init__(heading, parent, width=_WIDTH, height=_HEIGHT)
        self.setObjectName("differences")
        counters = [one.counter if (one := batch.counting(number)) else "" for number in (FIRST, SECOND)]
        self.body.addWidget(
            Note(
                _("请两个人一起把这一叠票重新点一遍：先看下面这些行，点清楚是哪一遍录错了，再把那一遍重录。")
            )
        )
        titles = [
            _("{number}（{name}）", number=pass_title(number), name=name)
            for number, name in zip((FIRST, SECOND), counters, strict=True)
        ]
        self.table = SimpleTable([_("姓名"), _("等次"), *titles, _("相差")], _NAME)
        self.table.setAccessibleName(_("不一致的地方"))
        self.table.keep_room(3)
        positions = {one.uid: one.position for one in evaluation.subjects}
        grades = [*(one.code for one in scheme.grades), BLANK]

        def as_on_paper(one: Difference) -> tuple[int, int]:
            return positions.get(one.subject, -1), grades.index(one.choice) if one.choice in grades else -1

        self.table.show_rows(
            [_texts(one, evaluation, scheme) for one in sorted(differences, key=as_on_paper)]
        )
        align_figures(self.table, set(_FIGURES))
        self.body.addWidget(self.table, 1)
        self.add_button(_("关闭"), name="close", look="" if on_count_again else "primary")
        self._on_count_again = on_count_again
        if on_count_again is not None:
            for number in (FIRST, SECOND):
                self.add_button(
                    _("重录{number}…", number=pass_title(number)),
                    partial(self._count_again, number),
                    name=f"count_again_{number}",
                )
        self.table.setFocus()

    def _count_again(self, number: int) -> None:
        self.accept()
        if self._on_count_again is not None:
            self._on_count_again(number)


def _texts(one: Difference, evaluation: Evaluation, scheme: Scheme) -> tuple[str, ...]:
    more = one.second - one.first
    figures = (str(one.first), str(one.second), f"+{more}" if more > 0 else f"−{-more}")
    if one.is_of_ballots:
        return (_("有效票"), _("张数"), *figures)
    subject = evaluation.subject(one.subject)
    name = subject.name if subject is not None else one.subject
    grade = _("未评") if one.choice == BLANK else scheme.grade_title(one.choice)
    return (name, grade, *figures)
