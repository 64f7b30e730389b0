"""The steps of an evaluation on a line: done, the present one, still to come, left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from branchdesk.i18n import _, later
from branchdesk.ui.icons import pixmap
from branchdesk.ui.look import HINT, look, px

DONE, CURRENT, COMING, SKIPPED = "done", "current", "coming", "skipped"
_STATES = {
    DONE: later("已完成"),
    CURRENT: later("现在"),
    COMING: later("还没到"),
    SKIPPED: later("不做"),
}
_CIRCLE, _UNDER, _WORDS, _LEAST_CELL = 24, 3, 20, 76
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Down}


@dataclass(frozen=True)
class ShownStep:
    """A step as the bar shows it; `day` is said behind its title where it is done."""

    step: str
    title: str
    state: str
    day: str = ""

    @property
    def words(self) -> str:
        """What stands below the circle."""
        return f"{self.title} {self.day}".strip()

    @property
    def spoken(self) -> str:
        """The step as a screen reader or a tip says it."""
        return _("{step}：{state} {day}", step=self.title, state=_(_STATES[self.state]), day=self.day).strip()


class StepBar(QWidget):
    """Circles on a line with their words below. A click, or Enter on the one chosen by arrows, asks for one.

    `wanted` tells the id of the step and where its menu may open.
    """

    wanted = Signal(str, QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("steps")
        self.steps: tuple[ShownStep, ...] = ()
        self._chosen = 0
        self._low = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("步骤"))

    def show_steps(self, steps: Sequence[ShownStep]) -> None:
        """Show steps; the present one is chosen when others than before are shown."""
        fresh = [one.step for one in steps] != [one.step for one in self.steps]
        before = self._current
        self.steps = tuple(steps)
        if fresh or self._current != before:
            self._chosen = self._current
        self._say()
        self.update()

    def choose(self, step: str) -> None:
        """Bring a step to the front, as the arrows do."""
        known = [one.step for one in self.steps]
        if step in known:
            self._chosen = known.index(step)
            self._say()
            self.update()

    @property
    def _current(self) -> int:
        """Where the present step stands; the last where all are done."""
        states = [one.state for one in self.steps]
        return states.index(CURRENT) if CURRENT in states else max(len(states) - 1, 0)

    def _say(self) -> None:
        """What a screen reader says: the chosen step, and which of how many it is."""
        if self.steps:
            one, count = self.steps[self._chosen], len(self.steps)
            self.setAccessibleName(
                _("第 {n} 步，共 {count} 步：{label}", n=self._chosen + 1, count=count, label=one.spoken)
            )

    def set_low(self, *, low: bool) -> None:
        """Show the circles without their words."""
        self._low = low
        self.updateGeometry()
        self.update()

    # ---- keys and mouse

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps and self.steps:
            wanted = self._chosen + steps[Qt.Key(event.key())]
            self._chosen = min(max(wanted, 0), len(self.steps) - 1)
            self._say()
            self.update()
        elif event.key() in _ENTER and self.steps:
            self._ask()
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position().toPoint())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self._chosen = place
            self._say()
            self.update()
            self._ask()

    def _ask(self) -> None:
        cell = self._cell(self._chosen)
        corner = self.mapToGlobal(QPoint(round(cell.center().x()), self.height()))
        self.wanted.emit(self.steps[self._chosen].step, corner)

    def _at(self, point: QPoint) -> int | None:
        if not self.steps:
            return None
        return min(int(point.x() / (self.width() / len(self.steps))), len(self.steps) - 1)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self._at(event.pos())
            if place is not None:
                QToolTip.showText(event.globalPos(), self.steps[place].spoken, self)
            return True
        return bool(super().event(event))

    # ---- painting

    @override
    def sizeHint(self) -> QSize:
        below = 0 if self._low else px(_UNDER + _WORDS)
        return QSize(px(_LEAST_CELL) * max(len(self.steps), 1), px(_CIRCLE) + px(4) + below)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(px(_CIRCLE) * max(len(self.steps), 1), self.sizeHint().height())

    def _cell(self, place: int) -> QRectF:
        breadth = self.width() / max(len(self.steps), 1)
        return QRectF(breadth * place, 0, breadth, self.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, one in enumerate(self.steps):
            if place + 1 < len(self.steps):
                self._paint_way(painter, place, one)
            self._paint_circle(painter, place, one)
            if not self._low:
                self._paint_words(painter, place, one)
        painter.end()

    def _circle(self, place: int) -> QRectF:
        side = px(_CIRCLE)
        return QRectF(self._cell(place).center().x() - side / 2, px(2), side, side)

    def _paint_way(self, painter: QPainter, place: int, one: ShownStep) -> None:
        """The line to the next circle."""
        done = one.state in {DONE, SKIPPED}
        painter.setPen(QPen(look().color("ok_g" if done else "line2"), px(2)))
        here, following = self._circle(place), self._circle(place + 1)
        y, gap = round(here.center().y()), px(5)
        painter.drawLine(round(here.right()) + gap, y, round(following.left()) - gap, y)

    def _paint_circle(self, painter: QPainter, place: int, one: ShownStep) -> None:
        colors, circle = look(), self._circle(place)
        ring = {CURRENT: "brand", DONE: "ok_g"}.get(one.state, "line2")
        ground = {CURRENT: "brand", DONE: "ok_soft"}.get(one.state, "card")
        pen = QPen(colors.color(ring), px(2))
        if one.state == SKIPPED:
            pen.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.setBrush(colors.color(ground))
        painter.drawEllipse(circle)
        if one.state == DONE:
            corner = circle.center()
            painter.drawPixmap(
                round(corner.x() - px(8)), round(corner.y() - px(8)), pixmap("check", "ok", 16)
            )
        else:
            painter.setPen(colors.color("on_brand" if one.state == CURRENT else "text2"))
            painter.setFont(colors.font(HINT, strong=True))
            sign = "—" if one.state == SKIPPED else str(place + 1)
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, sign)
        if self.hasFocus() and place == self._chosen:
            painter.setPen(QPen(colors.color("focus"), max(2, px(2))))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._ring(place), px(4), px(4))

    def _ring(self, place: int) -> QRect:
        """Around the chosen step while the keyboard is here."""
        inside = self._cell(place).toRect().adjusted(px(2), 0, -px(2), 0)
        return inside.adjusted(0, 1, 0, -1)

    def _paint_words(self, painter: QPainter, place: int, one: ShownStep) -> None:
        colors, cell = look(), self._cell(place)
        top = px(2) + px(_CIRCLE) + px(_UNDER)
        room = QRectF(cell.left() + px(3), top, cell.width() - px(6), px(_WORDS))
        painter.setFont(colors.font(HINT, strong=one.state == CURRENT))
        metrics = painter.fontMetrics()
        words = one.words if metrics.horizontalAdvance(one.words) <= room.width() else one.title
        painter.setPen(colors.color("text" if one.state in {DONE, CURRENT} else "text3"))
        text = metrics.elidedText(words, Qt.TextElideMode.ElideRight, round(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, text)
