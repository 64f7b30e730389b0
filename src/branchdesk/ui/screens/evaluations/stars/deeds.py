"""What clerks do with stars: declaring, each step of the way, objections, plaques, taking back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from branchdesk.domain.evaluations.model import Star, StarState
from branchdesk.domain.evaluations.stars import label_of
from branchdesk.i18n import _
from branchdesk.services.evaluations import stars
from branchdesk.services.evaluations.outcomes import EvaluationOutcome
from branchdesk.services.evaluations.reading import EvaluationSheet
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import LineDialog
from branchdesk.ui.screens.evaluations.drafting import STAR, STORY, DialogDrafts, EvaluationDrafts
from branchdesk.ui.screens.evaluations.stars.dialogs import Asked, DeedsDialog, StarTextsDialog
from branchdesk.ui.screens.evaluations.stars.words import star_title
from branchdesk.ui.screens.evaluations.words import day_shown

DEEDS, OBJECTION = "deeds", "objection"


class StarDeeds(QObject):
    """Opens the dialogs of stars and carries out what they ask for.

    `sheet` is the evaluation in front; `subject` and `dimension` the cell, `star` what stands in it.
    """

    def __init__(self, desk: Desk, drafts: EvaluationDrafts, above: QWidget) -> None:
        super().__init__(above)
        self._desk = desk
        self._drafts = drafts
        self._above = above
        self.sheet: EvaluationSheet | None = None
        self.subject = ""
        self.dimension = ""
        self.star: Star | None = None

    # ---- declaring

    def declare(self, *, typed: str = "") -> None:
        """Declare a star of the member in front, in a dimension in which there is none yet.

        `typed` is a story that was typed earlier and not stored.
        """
        sheet = self.sheet
        subject = sheet.evaluation.subject(self.subject) if sheet is not None else None
        if sheet is None or subject is None:
            return
        taken = {one.dimension for one in sheet.evaluation.stars_of(subject.uid)}
        free = [one for one in sheet.scheme.dimensions if one.id not in taken]
        if not free:
            self._desk.toast_requested.emit(_("{name}的五颗星都申报过了。", name=subject.name))
            return
        against = sheet.disqualified.get(subject.uid, "")
        dimension = self.dimension if self.dimension not in taken else free[0].id
        dialog = DeedsDialog(
            _("{name}申报星级", name=subject.name),
            _("申报"),
            "",
            sheet.thresholds.deeds_longest.value,
            partial(self._declare, subject.uid),
            self._above.window(),
            told=_("{name}{why}，不能授星。", name=subject.name, why=against) if against else "",
            dimensions=[(one.star or one.title, one.id) for one in free],
            dimension=dimension,
        )
        self._open(dialog, {f"{STORY}.{subject.uid}.{dimension}.{DEEDS}": dialog.story}, {DEEDS: typed})

    def _open(
        self, dialog: QDialog, boxes: Mapping[str, QPlainTextEdit], typed: Mapping[str, str] | None
    ) -> None:
        """Open a dialog whose texts are drafted, with what was typed into them earlier and not stored."""
        DialogDrafts(self._drafts, boxes, {name: box.toPlainText() for name, box in boxes.items()}, dialog)
        for name, box in boxes.items():
            text = (typed or {}).get(name.rpartition(".")[2], "")
            if text:
                box.setPlainText(text)
                box.moveCursor(QTextCursor.MoveOperation.End)
        dialog.open()

    def go_on_with(self, deed: str, texts: Mapping[str, str]) -> None:
        """Open the dialog of a deed with the star in front again, with what was typed there by field."""
        if deed == DEEDS:
            self.write_deeds(typed=texts)
        elif deed == OBJECTION:
            self.write_objection(typed=texts)
        elif deed in set(StarState):
            self.move(deed, typed=texts)

    def _declare(self, subject: str, dimension: str, deeds: str) -> None:
        outcome = stars.declare(self._desk.branch, self._evaluation, subject, dimension, deeds)
        self._adopt(outcome, _("已申报。"))

    def write_deeds(self, *, typed: Mapping[str, str] | None = None) -> None:
        """Write the story of the star in front."""
        sheet, star = self.sheet, self.star
        if sheet is not None and star is not None:
            dialog = DeedsDialog(
                _("{star} · 事迹", star=star_title(sheet, star)),
                _("保存"),
                star.deeds,
                sheet.thresholds.deeds_longest.value,
                partial(self._write_deeds, star.uid),
                self._above.window(),
            )
            self._open(dialog, {f"{STAR}.{star.uid}.{DEEDS}.{DEEDS}": dialog.story}, typed)

    def _write_deeds(self, star: str, _dimension: str, deeds: str) -> None:
        outcome = stars.write_deeds(self._desk.branch, self._evaluation, star, deeds)
        self._adopt(outcome, _("事迹已存。"))

    # ---- the way

    def move(self, state: str, *, typed: Mapping[str, str] | None = None) -> None:
        """Bring the star in front into another state, asking for what that step needs."""
        sheet, star, to = self.sheet, self.star, StarState(state)
        if sheet is None or star is None:
            return
        fields = _asked_for(star, to)
        if not fields:
            self._desk.do(partial(self._moved, star.uid, to, {}), _("已改为“{state}”。", state=label_of(to)))
            return
        words = {StarState.AWARDED: _("授星"), StarState.DECLINED: _("不授星")}
        dialog = StarTextsDialog(
            self._desk,
            _("{star} · {step}", star=star_title(sheet, star), step=label_of(to)),
            words.get(to, _("通过")),
            fields,
            partial(self._move, star.uid, to),
            self._above.window(),
            told=_told(to),
        )
        self._open(dialog, dialog.boxes(f"{STAR}.{star.uid}.{to.value}"), typed)

    def _move(self, star: str, to: StarState, texts: Mapping[str, str]) -> None:
        self._adopt(self._moved(star, to, texts), _("已改为“{state}”。", state=label_of(to)))

    def _moved(self, star: str, to: StarState, texts: Mapping[str, str]) -> EvaluationOutcome:
        return stars.move_star(self._desk.branch, self._evaluation, star, to, texts)

    @property
    def _evaluation(self) -> str:
        """The uid of the evaluation in front; empty where there is none."""
        return self.sheet.evaluation.uid if self.sheet is not None else ""

    # ---- objection, plaque, taking back

    def write_objection(self, *, typed: Mapping[str, str] | None = None) -> None:
        """Write down what somebody objected while the star was public, and what came of it."""
        if self.star is not None:
            star = self.star
            self._ask(
                _("公示中的异议"),
                [
                    Asked("objection", "long_text", _("异议内容"), star.objection),
                    Asked("handled", "long_text", _("调查和处理"), star.handled),
                ],
                _("异议没有处理完以前不能授星。不写反映人的姓名。"),
                typed,
            )

    def set_plaque(self) -> None:
        """Say from when until when the plaque hangs."""
        if self.star is not None:
            self._ask(_("流动挂牌"), _plaque_fields(self.star), _("公示结束的第二天起才能挂牌。"))

    def _ask(self, what: str, fields: list[Asked], told: str, typed: Mapping[str, str] | None = None) -> None:
        sheet, star = self.sheet, self.star
        if sheet is not None and star is not None:
            dialog = StarTextsDialog(
                self._desk,
                _("{star} · {step}", star=star_title(sheet, star), step=what),
                _("保存"),
                fields,
                partial(self._write, star.uid),
                self._above.window(),
                told=told,
            )
            self._open(dialog, dialog.boxes(f"{STAR}.{star.uid}.{OBJECTION}"), typed)

    def _write(self, star: str, texts: Mapping[str, str]) -> None:
        outcome = stars.write_star(self._desk.branch, self._evaluation, star, texts)
        self._adopt(outcome, _("已存。"))

    def withdraw(self) -> None:
        """Take a declaration back, with a reason."""
        sheet, star = self.sheet, self.star
        if sheet is not None and star is not None:
            LineDialog(
                _("撤销申报"),
                _("{star}回到“未申报”，写过的事迹和意见留在历史里。", star=star_title(sheet, star)),
                _("为什么"),
                _("撤销申报"),
                partial(self._withdraw, star.uid),
                self._above.window(),
            ).open()

    def _withdraw(self, star: str, why: str) -> None:
        withdraw = partial(stars.withdraw, self._desk.branch, self._evaluation, star, why)
        self._desk.do(withdraw, _("已撤销申报。"))

    def _adopt(self, outcome: EvaluationOutcome, done: str) -> None:
        """Take note of a change made by a dialog, and say what there is to say about it."""
        self._desk.adopt(outcome)
        said = "".join(one.sentence for one in outcome.findings[:1])
        self._desk.undo_offered.emit(said or done)


def _plaque_fields(star: Star) -> list[Asked]:
    return [
        Asked("from_day", "date", _("挂牌开始"), day_shown(star.from_day)),
        Asked("until_day", "date", _("挂牌结束"), day_shown(star.until_day)),
    ]


def _asked_for(star: Star, to: StarState) -> list[Asked]:
    """What a step needs: votes and an opinion, an opinion, the days of the plaque, or a reason."""
    match to:
        case StarState.RECOMMENDED if star.state is StarState.DECLARED:
            return [
                Asked("votes_for", "number", _("同意（票）"), _figure(star.votes_for)),
                Asked("votes_of", "number", _("参加表决（人）"), _figure(star.votes_of)),
                Asked("opinion", "long_text", _("推荐意见"), star.opinion),
            ]
        case StarState.AWARDED:
            return _plaque_fields(star)
        case StarState.DECLINED:
            return [Asked("opinion", "long_text", _("不授星的原因"))]
        case StarState.REVIEWED if star.state is not StarState.AWARDED:
            return [Asked("opinion", "long_text", _("审核意见"))]
        case StarState.APPROVED if star.state is not StarState.AWARDED:
            return [Asked("opinion", "long_text", _("研究意见"))]
        case _:
            return []


def _told(to: StarState) -> str:
    return {
        StarState.AWARDED: _("公示期满、没有异议或者异议处理好了，才能授星。挂牌日期可以以后再填。"),
        StarState.DECLINED: _("不授星要写原因，以后可以重新申报。"),
    }.get(to, "")


def _figure(number: int | None) -> str:
    return "" if number is None else str(number)
