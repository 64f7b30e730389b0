"""The settings screen: sections at the left, one page at a time at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget
from typing_extensions import override

from branchdesk.i18n import _
from branchdesk.ui.desk import Desk
from branchdesk.ui.focus import step_pane
from branchdesk.ui.icons import icon, icon_size
from branchdesk.ui.job_runner import JobRunner
from branchdesk.ui.look import px
from branchdesk.ui.page import Page
from branchdesk.ui.screens.settings.backup_page import BackupPage
from branchdesk.ui.screens.settings.looks_page import LooksPage
from branchdesk.ui.screens.settings.meetings_page import MeetingsPage
from branchdesk.ui.screens.settings.rules_page import RulesPage
from branchdesk.ui.screens.settings.safety_page import SafetyPage
from branchdesk.ui.screens.settings.words_page import InputPage, WordsPage
from branchdesk.ui.widgets.layouts import FitScroll, column, frame, row

_LIST = 180


class SettingsScreen(Page):
    """P13: what belongs to the person, and how the branch is kept safe."""

    key = "settings"
    help_topic = "safety"

    def __init__(self, desk: Desk, jobs: JobRunner) -> None:
        super().__init__(desk, _("设置"))
        self.subtitle.setText(_("改了马上生效，不用保存"))
        self.list = QListWidget()
        self.first_focus = self.list
        self.list.setAccessibleName(_("设置"))
        self.list.setFixedWidth(px(_LIST))
        self.list.setIconSize(icon_size())
        self.stack = QStackedWidget()
        pages = (
            ("looks", _("外观和语言"), "sun", LooksPage(desk)),
            ("safety", _("口令和恢复卡"), "shield-lock", SafetyPage(desk, jobs)),
            ("backup", _("备份"), "database", BackupPage(desk, jobs)),
            ("words", _("字典"), "list-details", WordsPage(desk)),
            ("meetings", _("会议"), "calendar", MeetingsPage(desk)),
            ("rules", _("规则"), "report", RulesPage(desk)),
            ("input", _("输入法"), "keyboard", InputPage(desk)),
        )
        self._keys = [key for key, *_rest in pages]
        for _key, label, icon_name, page in pages:
            self.list.addItem(QListWidgetItem(icon(icon_name, selected="sel_text"), label))
            self.stack.addWidget(FitScroll(page))
        self.list.currentRowChanged.connect(self.stack.setCurrentIndex)
        self.list.setCurrentRow(0)
        card = frame("card")
        box = column(margin=16, gap=0, parent=card)
        box.addWidget(self.stack)
        line = row(gap=12)
        line.addWidget(self.list)
        line.addWidget(card, 1)
        self.body.addLayout(line, 1)

    @override
    def shown(self, target: object = None) -> None:
        if target in self._keys:
            self.list.setCurrentRow(self._keys.index(str(target)))

    @override
    def next_pane(self, *, backwards: bool = False) -> None:
        step_pane([self.list, self.stack], backwards=backwards)
