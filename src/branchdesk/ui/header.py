"""The line at the top: the program's mark, the organisation, the search, and who is working."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from branchdesk.i18n import _
from branchdesk.services.open_branch import ROLE_NAMES
from branchdesk.services.organisations import organisation_tree
from branchdesk.ui.desk import Desk
from branchdesk.ui.icons import icon, icon_size
from branchdesk.ui.look import px
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.layouts import column, frame, row
from branchdesk.ui.widgets.texts import Elide, Words

HEIGHT = 48


class Header(QWidget):
    """Its search is a button that opens the real one."""

    search_requested = Signal()
    help_requested = Signal()
    menu_requested = Signal()
    person_requested = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._narrow = False
        self.setFixedHeight(px(HEIGHT))
        ground = frame("header", self)
        outer = column(gap=0, parent=self)
        outer.addWidget(ground)
        line = row(gap=10, parent=ground)
        line.setContentsMargins(px(12), 0, px(12), 0)
        mark = frame("mark")
        mark.setFixedSize(px(30), px(30))
        sign = QLabel("支")
        sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside = column(gap=0, parent=mark)
        inside.addWidget(sign)
        line.addWidget(mark)
        self._program = Words(_("支部台账"), "heading")
        line.addWidget(self._program)
        line.addSpacing(px(8))
        self._name = Elide(role="")
        line.addWidget(self._name, 3)
        self._search = button(
            _("搜人、会议、功能  Ctrl+K"),
            self.search_requested.emit,
            look="search",
            icon_name="search",
            name="search",
        )
        self._search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._search.setMaximumWidth(px(380))
        line.addWidget(self._search, 4)
        line.addStretch(1)
        self.menu = button("", look="ghost", tip=_("菜单（Alt）"), name="menu")
        self.menu.setIcon(icon("menu-2"))
        self.menu.setIconSize(icon_size(20))
        self.menu.clicked.connect(self.menu_requested)
        line.addWidget(self.menu)
        self._person = button("", self.person_requested.emit, look="ghost", icon_name="user", name="person")
        line.addWidget(self._person)
        self._help = button("", self.help_requested.emit, look="ghost", tip=_("帮助（F1）"), name="help")
        self._help.setIcon(icon("help-circle"))
        self._help.setIconSize(icon_size(20))
        line.addWidget(self._help)
        self.refresh()

    def refresh(self) -> None:
        """Show the organisation's name and the person anew."""
        roots = organisation_tree(self._desk.branch).roots()
        self._name.setText(roots[0].full_name if roots else "")
        person = self._desk.branch.person
        words = f"{person.name} · {_(ROLE_NAMES[person.role])}"
        self._person.setText("" if self._narrow else words)
        self._person.setToolTip(words)
        self._person.setAccessibleName(words)

    def set_narrow(self, *, narrow: bool) -> None:
        """Leave out words where there is little room."""
        self._narrow = narrow
        self._program.setVisible(not narrow)
        self.refresh()
