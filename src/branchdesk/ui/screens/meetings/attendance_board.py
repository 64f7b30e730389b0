"""Who is there: one chip for each person, marked with a click or with the keys 1, 2 and 3."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from branchdesk.domain.meetings.model import Attendance, Presence
from branchdesk.i18n import _, later, listed
from branchdesk.ui.icons import icon, icon_size
from branchdesk.ui.look import look, px
from branchdesk.ui.widgets.layouts import Flow
from branchdesk.ui.widgets.texts import restyle

WORDS = {
    Presence.UNMARKED: later("未"),
    Presence.PRESENT: later("到"),
    Presence.LEAVE: later("假"),
    Presence.ABSENT: later("缺"),
}
SPOKEN = {
    Presence.UNMARKED: later("未签到"),
    Presence.PRESENT: later("到会"),
    Presence.LEAVE: later("请假"),
    Presence.ABSENT: later("缺席"),
}
# The icon, and the colour of icon and word, of each state.
_SIGNS = {
    Presence.UNMARKED: ("circle", "text3"),
    Presence.PRESENT: ("check", "ok"),
    Presence.LEAVE: ("minus", "warn"),
    Presence.ABSENT: ("x", "err"),
}
_NEXT = {
    Presence.UNMARKED: Presence.PRESENT,
    Presence.PRESENT: Presence.LEAVE,
    Presence.LEAVE: Presence.ABSENT,
    Presence.ABSENT: Presence.PRESENT,
}
_KEYS = {
    int(Qt.Key.Key_1): Presence.PRESENT,
    int(Qt.Key.Key_2): Presence.LEAVE,
    int(Qt.Key.Key_3): Presence.ABSENT,
    int(Qt.Key.Key_0): Presence.UNMARKED,
    int(Qt.Key.Key_Delete): Presence.UNMARKED,
}
_STEPS = {
    int(Qt.Key.Key_Right): 1,
    int(Qt.Key.Key_Left): -1,
    int(Qt.Key.Key_Return): 1,
    int(Qt.Key.Key_Enter): 1,
}
# Names up to this length share one width, longer ones take twice that, so that chips stand in columns.
_USUAL_NAME, _LEAST_WIDTH, _GAP = 4, 96, 6


class PersonChip(QPushButton):
    """One person: an icon, the name, and one word for the state at the right."""

    def __init__(self, person: Attendance) -> None:
        super().__init__(person.name)
        self.person = person
        self._least = 0
        self.setProperty("look", "person")
        self.setObjectName(f"person_{person.uid}")
        self.setIconSize(icon_size(16))
        self.setAutoDefault(False)
        self.show_person(person)

    def show_person(self, person: Attendance) -> None:
        """Show somebody's state in word, icon and colour."""
        self.person = person
        self.setText(person.name)
        sign, color = _SIGNS[person.presence]
        self.setIcon(icon(sign, color, size=16))
        restyle(self, "presence", person.presence.value)
        restyle(self, "votes", "yes" if person.may_vote and person.counts else "no")
        remarks = [_(SPOKEN[person.presence])]
        if not person.may_vote:
            remarks.append(_("没有表决权"))
        if not person.counts:
            remarks.append(_("可不计入应到：{basis}", basis=person.basis or _("未写依据")))
        if person.written:
            remarks.append(_("会前交了书面意见"))
        if person.reason:
            remarks.append(person.reason)
        self.setAccessibleName(_("{name}，{remarks}", name=person.name, remarks=listed(remarks)))
        self.setToolTip(self.accessibleName())
        self.update()

    @property
    def word(self) -> str:
        """The word at the right."""
        return _(WORDS[self.person.presence])

    def own_width(self) -> int:
        """The width that name and word need."""
        metrics = QFontMetrics(self._strong())
        widest = max(metrics.horizontalAdvance(_(word)) for word in WORDS.values())
        return super().sizeHint().width() + widest + px(4)

    def keep_width(self, least: int) -> None:
        """Never be narrower than others."""
        self._least = least
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        return QSize(max(self.own_width(), self._least), super().sizeHint().height())

    def _strong(self) -> QFont:
        strong = QFont(self.font())
        strong.setWeight(QFont.Weight.DemiBold)
        return strong

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setFont(self._strong())
        painter.setPen(look().color(_SIGNS[self.person.presence][1]))
        room = self.rect().adjusted(0, 0, -px(7), 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self.word)
        painter.end()


class AttendanceBoard(QWidget):
    """The chips of a meeting. `marked` tells who got which state, `details_requested` whom to look into.

    Tab stops at one chip only; arrows lead to the others.
    """

    marked = Signal(object)
    details_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("签到"))
        self.chips: list[PersonChip] = []
        self._flow = Flow(self, gap=_GAP)
        self._read_only = False

    def show_people(self, people: Sequence[Attendance]) -> None:
        """Show everybody who is expected, keeping the focus where the same people are shown again."""
        if [chip.person.uid for chip in self.chips] != [person.uid for person in people]:
            self._build(people)
        for chip, person in zip(self.chips, people, strict=True):
            chip.show_person(person)
        usual = [chip.own_width() for chip in self.chips if len(chip.person.name) <= _USUAL_NAME]
        unit, gap = max(usual, default=px(_LEAST_WIDTH)), px(_GAP)
        for chip in self.chips:
            units = -(-(chip.own_width() + gap) // (unit + gap))
            chip.keep_width(units * (unit + gap) - gap)

    def _build(self, people: Sequence[Attendance]) -> None:
        for chip in self.chips:
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self.chips = [PersonChip(person) for person in people]
        for place, chip in enumerate(self.chips):
            chip.clicked.connect(partial(self._cycle, chip))
            chip.installEventFilter(self)
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if place == 0 else Qt.FocusPolicy.ClickFocus)
            self._flow.addWidget(chip)
            chip.show()
        self.updateGeometry()

    def set_read_only(self, *, read_only: bool) -> None:
        """Let the clerk look from chip to chip, but not mark."""
        self._read_only = read_only

    def focus_first_unmarked(self) -> None:
        """Go to the first person who is not marked yet, or to the first one."""
        unmarked = [chip for chip in self.chips if chip.person.presence is Presence.UNMARKED]
        for chip in (unmarked or self.chips)[:1]:
            self._go_to(chip)

    def _go_to(self, chip: PersonChip) -> None:
        for other in self.chips:
            other.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.setFocus(Qt.FocusReason.TabFocusReason)

    def _cycle(self, chip: PersonChip) -> None:
        self._mark(chip, _NEXT[chip.person.presence])
        self._go_to(chip)

    def _mark(self, chip: PersonChip, presence: Presence) -> None:
        if not self._read_only and chip.person.presence is not presence:
            self.marked.emit({chip.person.uid: presence})

    # ---- keys

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, PersonChip):
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._take_key(watched, event)
            if event.type() == QEvent.Type.ContextMenu:
                self.details_requested.emit(watched.person.uid)
                return True
        return False

    def _take_key(self, chip: PersonChip, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = event.key()
        if held != Qt.KeyboardModifier.NoModifier:
            return False
        if key in _KEYS:
            self._mark(chip, _KEYS[key])
            self._step(chip, 1)
        elif key in _STEPS:
            self._step(chip, _STEPS[key])
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._leap(chip, down=key == Qt.Key.Key_Down)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._go_to(self.chips[0 if key == Qt.Key.Key_Home else -1])
        elif key == Qt.Key.Key_F2:
            self.details_requested.emit(chip.person.uid)
        else:
            return False
        return True

    def _step(self, chip: PersonChip, step: int) -> None:
        place = self.chips.index(chip) + step
        if 0 <= place < len(self.chips):
            self._go_to(self.chips[place])

    def _leap(self, chip: PersonChip, *, down: bool) -> None:
        """Go to the chip above or below."""
        here = chip.geometry().center()
        tops = sorted({one.y() for one in self.chips if (one.y() > chip.y() if down else one.y() < chip.y())})
        if tops:
            row = [one for one in self.chips if one.y() == (tops[0] if down else tops[-1])]
            self._go_to(min(row, key=lambda one: abs(one.geometry().center().x() - here.x())))
