"""The offline manual, the sheet of keys, what this program is, and the diagnosis."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QShowEvent, QTextDocument
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QTextBrowser, QWidget
from typing_extensions import override

from branchdesk import __version__
from branchdesk.i18n import _, spoken
from branchdesk.paths import resource
from branchdesk.ui.bug_report import diagnosis, save_report
from branchdesk.ui.commands import COMMANDS, MENUS
from branchdesk.ui.dialogs import SheetDialog
from branchdesk.ui.frame import Frame
from branchdesk.ui.look import look, px
from branchdesk.ui.menus import keys_of
from branchdesk.ui.widgets.layouts import column, row
from branchdesk.ui.widgets.texts import Note

KEYS = "keys"
# The chapters of the manual in their order; each is a file in resources/help/<language>/.
CHAPTERS = (
    "start",
    "roster",
    "import",
    "meetings",
    "inspections",
    "evaluations",
    "points",
    "daily",
    "printing",
    "organisations",
    "forms",
    "history",
    "recycle_bin",
    "backup",
    "safety",
    "keys",
)


def chapter_text(chapter: str) -> str:
    """A chapter of the manual as HTML, in the language in use."""
    text = resource("help", spoken().value, f"{chapter}.html").read_text(encoding="utf-8")
    return text.replace("<!--keys-->", _key_table()) if chapter == KEYS else text


def _key_table() -> str:
    """All commands with their keys, by menu."""
    lines = []
    for menu in MENUS:
        fitting = [command for command in COMMANDS if command.menu == menu and command.keys]
        if fitting:
            lines.append(f"<h2>{_(menu)}</h2><table cellpadding='4'>")
            lines += [
                f"<tr><td><b>{keys_of(command)}</b></td><td>{_(command.label)}</td></tr>"
                for command in fitting
            ]
            lines.append("</table>")
    return "".join(lines)


def _words(chapter: str) -> str:
    """What a chapter says, without its tags, for searching."""
    document = QTextDocument()
    document.setHtml(chapter_text(chapter))
    return document.toPlainText().casefold()


def chapter_title(chapter: str) -> str:
    """The title of a chapter: its first heading."""
    text = chapter_text(chapter)
    return text.split("<h1>", 1)[1].split("</h1>", 1)[0]


class HelpDialog(SheetDialog):
    """Chapters at the left, text at the right, a line to search them all."""

    def __init__(self, chapter: str, parent: QWidget) -> None:
        super().__init__(_("帮助手册"), parent, width=860)
        self.setObjectName("help_dialog")
        line = row(gap=12)
        side = column(gap=8)
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("在手册里找"))
        self.line.setAccessibleName(_("在手册里找"))
        self.line.textChanged.connect(self._search)
        self.list = QListWidget()
        self.list.setAccessibleName(_("章节"))
        self.list.currentItemChanged.connect(self._show)
        side.addWidget(self.line)
        side.addWidget(self.list, 1)
        line.addLayout(side)
        self.text = QTextBrowser()
        self.text.setAccessibleName(_("手册正文"))
        self.text.setOpenLinks(False)
        self.text.setMinimumHeight(px(300))
        self.text.document().setDefaultStyleSheet(self._style())
        self.text.anchorClicked.connect(self._follow)
        line.addWidget(self.text, 1)
        self.body.addLayout(line, 1)
        self.add_button(_("关闭"), look="primary", name="close")
        self._wanted = chapter if chapter in CHAPTERS else CHAPTERS[0]
        self._search("")
        # Titles are read whole, beside the scroll bar too.
        side_width = self.list.sizeHintForColumn(0) + self.list.verticalScrollBar().sizeHint().width() + px(8)
        for part in (self.line, self.list):
            part.setFixedWidth(side_width)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.grow_in(1000)

    @staticmethod
    def _style() -> str:
        colors = look().colors
        return (
            f"h1 {{ font-size: {px(21)}px; }} h2 {{ font-size: {px(17)}px; }}"
            f"p, li, td {{ font-size: {px(15)}px; line-height: 150%; }} a {{ color: {colors['link']}; }}"
        )

    def _search(self, typed: str) -> None:
        """Show the chapters that hold what was typed."""
        self.list.clear()
        for chapter in CHAPTERS:
            if typed.strip().casefold() in _words(chapter):
                item = QListWidgetItem(chapter_title(chapter))
                item.setData(0x0100, chapter)
                self.list.addItem(item)
                if chapter == self._wanted or (typed and self.list.count() == 1):
                    self.list.setCurrentItem(item)

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._wanted = item.data(0x0100)
            self.text.setHtml(chapter_text(self._wanted))
            typed = self.line.text().strip()
            if typed:
                self.text.find(typed)

    def _follow(self, link: QUrl) -> None:
        """A link inside the manual names a chapter; it ends the search."""
        self.line.clear()
        for place in range(self.list.count()):
            if self.list.item(place).data(0x0100) == link.toString():
                self.list.setCurrentRow(place)


def open_help(window: Frame, chapter: object) -> HelpDialog:
    """Open the manual at a chapter."""
    dialog = HelpDialog(str(chapter or ""), window)
    dialog.open()
    return dialog


def open_about(window: Frame, _target: object) -> SheetDialog:
    """What this program is."""
    dialog = SheetDialog(_("关于支部台账"), window)
    dialog.setObjectName("about")
    what = _("支部台账 {version}：基层党支部的离线台账。", version=__version__)
    dialog.body.addWidget(Note(what, "strong"))
    dialog.body.addWidget(
        Note(_("只用于一般办公记录（非涉密）；本程序不联网，所有内容加密保存在这台电脑上。"))
    )
    dialog.body.addWidget(
        Note(_("按 Apache-2.0 许可发布；所用的 Qt、字体和其他组件的许可见安装文件夹。"), "hint")
    )
    details = QTextBrowser()
    details.setAccessibleName(_("诊断信息"))
    details.setPlainText(diagnosis())
    details.setMinimumHeight(px(170))
    dialog.body.addWidget(details)
    dialog.add_button(_("关闭"), look="primary", name="close")
    dialog.open()
    return dialog


def save_diagnosis(window: Frame, _target: object) -> None:
    """Write versions and system to a file of choice; nothing of the branch is in it."""
    save_report(diagnosis() + "\n", window)
