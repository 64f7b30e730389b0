"""The line at the bottom: encrypted, saved, backed up, letter size and theme; each is a button."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from branchdesk import __version__
from branchdesk.i18n import _
from branchdesk.services.backups import Age, BackupStatus
from branchdesk.settings import SCALES
from branchdesk.ui.desk import Desk
from branchdesk.ui.icons import icon, icon_size
from branchdesk.ui.look import look, px
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import column, frame, row
from branchdesk.ui.widgets.texts import Words

_TONES = {Age.FRESH: "ok", Age.OLD: "warn", Age.ALARMING: "err"}


class StatusBar(QWidget):
    """Says how things stand. Its wishes go to the window."""

    backup_requested = Signal()
    safety_requested = Signal()
    changes_requested = Signal()
    scale_chosen = Signal(int)
    theme_chosen = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        ground = frame("status", self)
        outer = column(gap=0, parent=self)
        outer.addWidget(ground)
        line = row(gap=4, parent=ground)
        line.setContentsMargins(px(8), px(2), px(8), px(2))
        self._safe = self._small(_("数据库已加密"), "shield-check", "ok", "safety")
        self._safe.clicked.connect(self.safety_requested)
        self._saved = self._small("", "circle-check", "ok", "saved")
        self._saved.clicked.connect(self.changes_requested)
        self._backup = self._small("", "database", "ok", "backup")
        self._backup.clicked.connect(self.backup_requested)
        for part in (self._safe, self._saved, self._backup):
            line.addWidget(part)
        line.addStretch(1)
        self._offline = Words(self._offline_text(), "hint")
        line.addWidget(self._offline)
        line.addSpacing(px(8))
        self._smaller = self._small("A−", "", "", "smaller", tip=_("缩小字号（Ctrl+-）"))
        self._smaller.clicked.connect(self._take_smaller)
        self._size = Words(f"{look().scale}%", "hint")
        self._larger = self._small("A+", "", "", "larger", tip=_("放大字号（Ctrl+=）"))
        self._larger.clicked.connect(self._take_larger)
        names = {"light": _("浅色"), "dark": _("深色"), "contrast": _("高对比")}
        following = {"light": "dark", "dark": "contrast", "contrast": "light"}
        self._next_theme = following[look().theme]
        icons = {"light": "sun", "dark": "moon", "contrast": "contrast"}
        next_name = names[self._next_theme]
        self._theme = self._small(names[look().theme], icons[look().theme], "text2", "theme")
        self._theme.setToolTip(_("换成{name}", name=next_name))
        self._theme.clicked.connect(self._take_theme)
        for widget in (self._smaller, self._size, self._larger, self._theme):
            line.addWidget(widget)
        self._version = Words(f"v{__version__}", "hint")
        line.addWidget(self._version)

    def _small(self, text: str, icon_name: str, tone: str, name: str, tip: str = "") -> QPushButton:
        part = button(text, look="small", name=f"status_{name}", tip=tip)
        if icon_name:
            part.setIcon(icon(icon_name, tone, size=16))
            part.setIconSize(icon_size(16))
        return part

    def _offline_text(self) -> str:
        minutes = self._desk.settings.lock_minutes
        if minutes <= 0:
            return _("本机离线运行")
        return _("本机离线运行 · {n} 分钟无操作自动锁定", n=minutes)

    def show_saved(self) -> None:
        """Show when something was stored last."""
        at = self._desk.saved_at
        self._saved.setText(_("已自动保存 {time}", time=at.strftime("%H:%M")) if at else _("自动保存"))

    def show_backup(self, status: BackupStatus) -> None:
        """Show when the last backup was made."""
        tone = _TONES[status.age]
        self._backup.setIcon(icon("database", tone, size=16))
        if status.made is None:
            text = _("还没有备份")
        else:
            text = _("{when} 已备份", when=status.made.strftime("%m.%d %H:%M"))
        self._backup.setText(text)
        tip = _("立即备份到 {place}", place=status.place) if status.place else _("立即备份")
        self._backup.setToolTip(tip)

    def set_narrow(self, *, narrow: bool) -> None:
        """Leave out what is only nice to have where there is little room."""
        self._offline.setVisible(not narrow)
        self._version.setVisible(not narrow)
        self._safe.setText("" if narrow else _("数据库已加密"))
        self._safe.setToolTip(_("数据库已加密"))

    def _take_smaller(self) -> None:
        self._step(-1)

    def _take_larger(self) -> None:
        self._step(1)

    def _step(self, step: int) -> None:
        place = SCALES.index(look().scale) + step
        if 0 <= place < len(SCALES):
            self.scale_chosen.emit(SCALES[place])

    def _take_theme(self) -> None:
        self.theme_chosen.emit(self._next_theme)
