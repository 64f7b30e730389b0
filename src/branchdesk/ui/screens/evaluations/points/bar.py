"""Points as coloured bars: the total of a member over the parts it is made of, and what colours mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget
from typing_extensions import override

from branchdesk.domain.points.model import Bucket, PointScheme
from branchdesk.domain.points.tally import BucketTotal, shown_points
from branchdesk.ui.look import BODY, HINT, look, px
from branchdesk.ui.widgets.layouts import Flow, row
from branchdesk.ui.widgets.texts import Words

PARTS = int(Qt.ItemDataRole.UserRole) + 1
_TONES = ("link", "warn_g", "ok_g", "text3")
_TAKING = "err_g"
_BAR, _UNDER, _BESIDE, _SQUARE = 6, 4, 8, 11
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class BarPart:
    """A piece of a bar: which part of the whole length it takes, from 0 to 1, and its colour."""

    share: float
    tone: str


def bucket_tones(scheme: PointScheme) -> dict[str, str]:
    """The colour of each bucket; one that only takes points off is red and in no bar."""
    tones: dict[str, str] = {}
    for one in scheme.buckets:
        given = sum(tone != _TAKING for tone in tones.values())
        takes_off = one.may_be_negative and not one.begin
        tones[one.id] = _TAKING if takes_off else _TONES[min(given, len(_TONES) - 1)]
    return tones


def bar_parts(buckets: Sequence[BucketTotal], tones: dict[str, str], longest: Decimal) -> tuple[BarPart, ...]:
    """The bar of one member, where `longest` is as long as the longest of all."""
    if longest <= 0:
        return ()
    return tuple(
        BarPart(float(one.counted / longest), tones[one.bucket.id]) for one in buckets if one.counted > 0
    )


def held(buckets: Sequence[BucketTotal]) -> Decimal:
    """How long the bar of a member is, in points: what its buckets hold, without what is taken off."""
    return sum((one.counted for one in buckets if one.counted > 0), Decimal(0))


def paint_bar(painter: QPainter, room: QRect, parts: Sequence[BarPart]) -> None:
    """Paint pieces one after another on a light ground, a hairline apart."""
    colors = look()
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillRect(room, colors.color("line"))
    left, gap = float(room.left()), float(max(1, px(1)))
    for one in parts:
        breadth = one.share * room.width()
        painter.fillRect(
            QRectF(left, room.top(), max(breadth - gap, gap), room.height()), colors.color(one.tone)
        )
        left += breadth
    painter.restore()


class TotalColumn(QStyledItemDelegate):
    """Paints a total with the bar of its parts below it; the parts lie in the role `PARTS`."""

    @override
    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.text = ""  # type: ignore[attr-defined] # the stubs leave it out; painted below

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        colors = look()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        room: QRect = option.rect.adjusted(px(_BESIDE), 0, -px(_BESIDE), 0)  # type: ignore[attr-defined]
        low = room.height() < px(32)
        bar = QRect(room.left(), room.bottom() - px(_BAR + _UNDER) + 1, room.width(), px(_BAR))
        painter.save()
        painter.setFont(colors.font(HINT if low else BODY, strong=True))
        painter.setPen(colors.color("sel_text" if chosen else "text"))
        above = QRect(room.left(), room.top(), room.width(), bar.top() - room.top())
        painter.drawText(above, int(Qt.AlignmentFlag.AlignCenter), str(index.data() or ""))
        painter.restore()
        paint_bar(painter, bar, index.data(PARTS) or ())


class _Square(QWidget):
    """The colour of a word in the legend."""

    def __init__(self, tone: str) -> None:
        super().__init__()
        self._tone = tone
        self.setFixedSize(QSize(px(_SQUARE), px(_SQUARE)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().color(self._tone))
        painter.end()


class Legend(QWidget):
    """The buckets of a scheme with their colours, and with points behind them where any are given."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = Flow(self, gap=9)
        self._words: dict[str, Words] = {}
        self._shown: tuple[tuple[str, str, str], ...] = ()

    def show_scheme(self, scheme: PointScheme) -> None:
        """Show what the colours of a scheme mean."""
        self._build(scheme.buckets, bucket_tones(scheme))

    def show_totals(self, scheme: PointScheme, totals: Sequence[BucketTotal]) -> None:
        """Show what the buckets of a member hold."""
        self._build(scheme.buckets, bucket_tones(scheme))
        for one in totals:
            self._words[one.bucket.id].setText(f"{one.bucket.title} {shown_points(one.counted)}")
        self._flow.invalidate()
        self._flow.activate()
        self.updateGeometry()

    def _build(self, buckets: Sequence[Bucket], tones: dict[str, str]) -> None:
        wanted = tuple((one.id, one.title, tones[one.id]) for one in buckets)
        if wanted == self._shown:
            return
        self._shown = wanted
        self._words = {}
        while self._flow.count():
            item = self._flow.takeAt(0)
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for uid, title, tone in wanted:
            part = QWidget()
            line = row(gap=5, parent=part)
            line.addWidget(_Square(tone))
            self._words[uid] = Words(title, "second")
            line.addWidget(self._words[uid])
            self._flow.addWidget(part)

    @property
    def texts(self) -> list[str]:
        """What it says, in its order."""
        return [one.text() for one in self._words.values()]
