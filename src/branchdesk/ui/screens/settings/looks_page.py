"""Language, letters, theme and row height."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from branchdesk.i18n import Language, _, spoken
from branchdesk.settings import SCALES
from branchdesk.ui.desk import Desk
from branchdesk.ui.look import look
from branchdesk.ui.widgets.buttons import Segments
from branchdesk.ui.widgets.layouts import Flow, column
from branchdesk.ui.widgets.texts import Note, Words


class LooksPage(QWidget):
    """Every choice builds the window anew at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        box = column(gap=14, parent=self)
        themes = [("light", _("浅色")), ("dark", _("深色")), ("contrast", _("高对比"))]
        densities = [("compact", _("紧凑")), ("normal", _("标准")), ("roomy", _("宽松"))]
        languages = [(Language.CHINESE.value, "中文"), (Language.ENGLISH.value, "English")]
        scales = [(str(scale), f"{scale}%") for scale in SCALES]
        self.language = self._line(_("语言"), Segments(languages, spoken().value))
        self.scale = self._line(_("字号"), Segments(scales, str(look().scale)))
        self.theme = self._line(_("主题"), Segments(themes, look().theme))
        self.density = self._line(_("表格行高"), Segments(densities, look().density))
        box.addWidget(Note(_("字号也可以随时用 Ctrl+= 和 Ctrl+- 调整，或点右下角的 A+、A−。"), "hint"))
        box.addStretch(1)
        self.language.chosen.connect(self._take_language)
        self.scale.chosen.connect(self._take_scale)
        self.theme.chosen.connect(self._take_theme)
        self.density.chosen.connect(self._take_density)

    def _line(self, label: str, segments: Segments) -> Segments:
        box = self.layout()
        line = QWidget()
        flow = Flow(line, gap=12)
        words = Words(label)
        words.setMinimumWidth(words.fontMetrics().horizontalAdvance("汉" * 6))
        flow.addWidget(words)
        flow.addWidget(segments)
        segments.setAccessibleName(label)
        if box is not None:
            box.addWidget(line)
        return segments

    def _take_language(self, value: str) -> None:
        self._desk.looks.choose(language=Language(value))

    def _take_scale(self, value: str) -> None:
        self._desk.looks.choose(scale=int(value))

    def _take_theme(self, value: str) -> None:
        self._desk.looks.choose(theme=value)

    def _take_density(self, value: str) -> None:
        self._desk.looks.choose(density=value)
