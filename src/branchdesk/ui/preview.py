"""The pages of a PDF on the screen: the same bytes that are printed and kept."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget
from typing_extensions import override

from branchdesk.i18n import _
from branchdesk.ui.look import look, px

_GAP = 16
_POINTS = 72.0
_KEPT_PAGES = 12
_ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)


class PdfPages:
    """A PDF in memory: how many pages, how large, and their pictures."""

    def __init__(self, content: bytes) -> None:
        import pypdfium2  # noqa: PLC0415 - wanted only when paper is looked at

        self._pdf = pypdfium2.PdfDocument(content)
        self.sizes: list[tuple[float, float]] = [
            self._pdf.get_page_size(number) for number in range(len(self._pdf))
        ]

    def __len__(self) -> int:
        return len(self.sizes)

    def picture(self, number: int, dots_per_inch: float) -> QImage:
        """One page as a picture."""
        page = self._pdf[number]
        bitmap = page.render(scale=dots_per_inch / _POINTS, rev_byteorder=True, draw_annots=False)
        image = QImage(
            bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, _format(bitmap.n_channels)
        ).copy()
        bitmap.close()
        page.close()
        return image

    def close(self) -> None:
        """Let the memory go."""
        self._pdf.close()


def _format(channels: int) -> QImage.Format:
    return {
        1: QImage.Format.Format_Grayscale8,
        3: QImage.Format.Format_RGB888,
        4: QImage.Format.Format_RGBX8888,
    }[channels]


class Preview(QAbstractScrollArea):
    """Pages below one another, as wide as the view; only what is seen is drawn."""

    page_changed = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("打印预览"))
        self.setProperty("role", "desk")
        self._pages: PdfPages | None = None
        self._zoom = 1.0
        self._drawn: dict[tuple[int, int], QPixmap] = {}
        self.verticalScrollBar().valueChanged.connect(self._tell_page)

    def show_pdf(self, content: bytes) -> None:
        """Show other pages, keeping the place where they are as many."""
        place = self.verticalScrollBar().value()
        if self._pages is not None:
            self._pages.close()
        self._pages = PdfPages(content)
        self._drawn.clear()
        self._measure()
        self.verticalScrollBar().setValue(place)
        self._tell_page()
        self.viewport().update()

    def clear(self) -> None:
        """Show nothing."""
        if self._pages is not None:
            self._pages.close()
        self._pages = None
        self._drawn.clear()
        self._measure()
        self.viewport().update()

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._pages) if self._pages is not None else 0

    def zoom(self, step: int) -> None:
        """Make the pages larger or smaller."""
        nearest = min(range(len(_ZOOMS)), key=lambda place: abs(_ZOOMS[place] - self._zoom))
        self._zoom = _ZOOMS[max(0, min(nearest + step, len(_ZOOMS) - 1))]
        self._drawn.clear()
        self._measure()
        self.viewport().update()

    def _places(self) -> list[QRect]:
        """Where each page lies in the whole."""
        if self._pages is None:
            return []
        gap = px(_GAP)
        room = max(px(80), self.viewport().width() - 2 * gap)
        widest = max(width for width, _height in self._pages.sizes)
        places, top = [], gap
        for width, height in self._pages.sizes:
            shown = round(room * self._zoom * width / widest)
            size = QSize(shown, round(shown * height / width))
            left = max(gap, (self.viewport().width() - shown) // 2)
            places.append(QRect(left, top, size.width(), size.height()))
            top += size.height() + gap
        return places

    def _measure(self) -> None:
        places = self._places()
        bottom = places[-1].bottom() + px(_GAP) if places else 0
        right = max((place.right() for place in places), default=0) + px(_GAP)
        height, width = self.viewport().height(), self.viewport().width()
        self.verticalScrollBar().setRange(0, max(0, bottom - height))
        self.verticalScrollBar().setPageStep(height)
        self.verticalScrollBar().setSingleStep(px(40))
        self.horizontalScrollBar().setRange(0, max(0, right - width))
        self.horizontalScrollBar().setPageStep(width)

    def _tell_page(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        places = self._places()
        page = sum(1 for place in places if place.top() <= middle)
        self.page_changed.emit(max(1, page) if places else 0, len(places))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._drawn.clear()
        self._measure()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), look().color("desk"))
        offset = self.verticalScrollBar().value()
        aside = self.horizontalScrollBar().value()
        for number, place in enumerate(self._places()):
            shown = place.translated(-aside, -offset)
            if shown.intersects(self.viewport().rect()):
                painter.drawPixmap(shown.topLeft(), self._picture(number, place.width()))
        painter.end()

    def _picture(self, number: int, width: int) -> QPixmap:
        known = self._drawn.get((number, width))
        if known is None and self._pages is not None:
            ratio = self.devicePixelRatioF()
            image = self._pages.picture(number, width * ratio * _POINTS / self._pages.sizes[number][0])
            known = QPixmap.fromImage(image)
            known.setDevicePixelRatio(ratio)
            if len(self._drawn) >= _KEPT_PAGES:
                self._drawn.pop(next(iter(self._drawn)))
            self._drawn[number, width] = known
        return known or QPixmap()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        moves = {
            int(Qt.Key.Key_Down): bar.singleStep(),
            int(Qt.Key.Key_Up): -bar.singleStep(),
            int(Qt.Key.Key_PageDown): bar.pageStep(),
            int(Qt.Key.Key_PageUp): -bar.pageStep(),
            int(Qt.Key.Key_Home): -bar.maximum(),
            int(Qt.Key.Key_End): bar.maximum(),
        }
        move = moves.get(event.key())
        if move is None:
            super().keyPressEvent(event)
            return
        bar.setValue(bar.value() + move)
