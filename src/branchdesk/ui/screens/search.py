"""Ctrl+K: people by characters, pinyin or tails of numbers, records by their words, and all commands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem
from typing_extensions import override

from branchdesk.domain.names import initials, readings
from branchdesk.i18n import _
from branchdesk.services.open_branch import Branch
from branchdesk.services.search import (
    FoundEvaluation,
    FoundInspection,
    FoundIssue,
    FoundMeeting,
    FoundMember,
    find_evaluations,
    find_inspections,
    find_issues,
    find_meetings,
    find_people,
)
from branchdesk.ui.commands import COMMANDS, Command
from branchdesk.ui.dialogs import SheetDialog
from branchdesk.ui.frame import Frame
from branchdesk.ui.icons import icon, icon_size
from branchdesk.ui.look import px
from branchdesk.ui.menus import keys_of
from branchdesk.ui.widgets.texts import Elide

_MOST_COMMANDS = 6
_MOST_MEETINGS = 6
_MOST_INSPECTIONS, _MOST_ISSUES, _MOST_EVALUATIONS = 4, 4, 4


_Answer = FoundMember | FoundMeeting | FoundInspection | FoundIssue | FoundEvaluation | Command
_Answers = list[tuple[str, str, _Answer]]  # each with its text and icon


@dataclass(frozen=True)
class _Heading:
    """A line that names a group of answers."""


def fitting_commands(typed: str) -> list[Command]:
    """The commands whose words, pinyin or initials fit what was typed; those that begin so come first."""
    key = typed.strip().casefold()
    if not key:
        return []
    found, inside = [], []
    for command in COMMANDS:
        label = _(command.label)
        spoken = readings(label)[0]
        begins = (label.casefold(), initials(spoken), "".join(spoken))
        if any(words.startswith(key) for words in begins):
            found.append(command)
        elif key in label.casefold():
            inside.append(command)
    return [*found, *inside][:_MOST_COMMANDS]


def _records_saying(branch: Branch, typed: str) -> list[tuple[str, _Answers]]:
    """What was written down and says what was typed, in groups with their headings."""
    meetings = find_meetings(branch, typed, _MOST_MEETINGS)
    inspections = find_inspections(branch, typed, _MOST_INSPECTIONS)
    issues = find_issues(branch, typed, _MOST_ISSUES)
    evaluations = find_evaluations(branch, typed, _MOST_EVALUATIONS)
    return [
        (_("会议"), [(f"{one.title}   {one.line}", "calendar", one) for one in meetings]),
        (_("检查与整改"), [(f"{one.title}   {one.line}", "clipboard", one) for one in inspections]),
        (
            _("问题"),
            [(f"{' '.join(one.text.split())}   {one.line}", "alert-circle", one) for one in issues],
        ),
        (_("评议"), [(f"{one.title}   {one.line}", "report", one) for one in evaluations]),
    ]


def _destination(answer: _Answer, *, printing: bool) -> tuple[str, object]:
    """The screen or overlay that an answer leads to, and what it shows there."""
    match answer:
        case FoundMeeting():
            return ("print_meeting", (answer.uid, "minutes")) if printing else ("meeting", answer.uid)
        case FoundInspection(is_spot_check=True):
            return ("print_spot_check", answer.uid) if printing else ("inspections", "spot_checks")
        case FoundInspection():
            return ("print_inspection", (answer.uid, "sheet")) if printing else ("inspection", answer.uid)
        case FoundIssue():
            return ("print_issue", (answer.uid, "order")) if printing else ("inspections", answer.uid)
        case FoundEvaluation():
            papers = (answer.uid, "", "", "")  # the first paper of all
            return ("print_evaluation", papers) if printing else ("evaluations", (answer.uid, ""))
        case FoundMember():
            return ("print_sheet", [answer.uid]) if printing else ("rosters", answer.rid)
        case Command():
            raise TypeError(answer)


class SearchDialog(SheetDialog):
    """One line to type into, answers in groups below; Enter opens, Ctrl+Enter prints."""

    def __init__(self, window: Frame) -> None:
        super().__init__(_("搜人、会议、检查、评议、功能"), window, width=680)
        self.setObjectName("search_dialog")
        self._desk = window.desk
        self._composing = False
        self.heading.hide()
        self.line = QLineEdit()
        self.line.setAccessibleName(_("搜索"))
        self.line.setPlaceholderText(_("姓名、拼音首字母、证号后四位、会议、检查、评议里的词、功能名称"))
        self.line.setFixedHeight(px(40))
        self.line.textChanged.connect(self._search)
        self.line.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(_("搜索结果"))
        self.list.setIconSize(icon_size())
        self.list.setMinimumHeight(px(320))
        self.list.itemClicked.connect(self._open)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.addWidget(self.line)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(Elide(_("↑↓ 选择   Enter 打开   Ctrl+Enter 打印   Esc 关闭"), "hint"))
        self._search("")
        self.line.setFocus()

    def _search(self, typed: str) -> None:
        if self._composing:
            return
        self.list.clear()
        people = find_people(self._desk.branch, typed) if typed.strip() else []
        self._add_group(_("人"), [(f"{one.name}   {one.line}", "user", one) for one in people])
        groups = _records_saying(self._desk.branch, typed) if typed.strip() else []
        for heading, answers in groups:
            self._add_group(heading, answers)
        commands = fitting_commands(typed) if typed.strip() else list(COMMANDS[:_MOST_COMMANDS])
        self._add_group(
            _("功能"),
            [(f"{_(one.label)}   {keys_of(one)}".strip(), "chevron-right", one) for one in commands],
        )
        if not people and not commands and not any(answers for _heading, answers in groups):
            self._add_group(
                _("没有找到。可以试试姓名的拼音首字母、证号后四位，或会议、检查表、评议题目里的词。"),
                [],
                always=True,
            )
        self._step(1, start=-1)

    def _add_group(
        self, heading: str, answers: Sequence[tuple[str, str, _Answer]], *, always: bool = False
    ) -> None:
        if not answers and not always:
            return
        item = QListWidgetItem(heading)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setData(Qt.ItemDataRole.UserRole, _Heading())
        self.list.addItem(item)
        for text, icon_name, answer in answers:
            item = QListWidgetItem(icon(icon_name, selected="sel_text"), text)
            item.setData(Qt.ItemDataRole.UserRole, answer)
            self.list.addItem(item)

    def _step(self, step: int, start: int | None = None) -> None:
        """Go to the next answer, past the headings."""
        place = (self.list.currentRow() if start is None else start) + step
        while 0 <= place < self.list.count():
            if self.list.item(place).flags() & Qt.ItemFlag.ItemIsSelectable:
                self.list.setCurrentRow(place)
                return
            place += step

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QInputMethodEvent):
            self._composing = bool(event.preeditString())
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or self._composing:
            return False
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._step(1 if event.key() == Qt.Key.Key_Down else -1)
            return True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            item = self.list.currentItem()
            if self.list.currentRow() >= 0:
                printing = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
                self._answer(item.data(Qt.ItemDataRole.UserRole), printing=printing)
            return True
        return False

    def _open(self, item: QListWidgetItem) -> None:
        self._answer(item.data(Qt.ItemDataRole.UserRole), printing=False)

    def _answer(self, answer: _Answer | _Heading, *, printing: bool) -> None:
        if isinstance(answer, _Heading):
            return
        self.accept()
        if isinstance(answer, Command):
            self._desk.command_requested.emit(answer)
        else:
            self._desk.screen_requested.emit(*_destination(answer, printing=printing))


def open_search(window: Frame, _target: object) -> SearchDialog:
    """Open the search."""
    dialog = SearchDialog(window)
    dialog.open()
    return dialog
