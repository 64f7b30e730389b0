"""Everything about one vote or election besides the three figures that stand in its row."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget
from typing_extensions import override

from branchdesk.domain.meetings.model import Vote, VoteKind
from branchdesk.i18n import _, later
from branchdesk.services.meetings import voting
from branchdesk.services.meetings.voting import VoteEntry
from branchdesk.ui.dialogs import FormDialog
from branchdesk.ui.fields.typed_line import labelled
from branchdesk.ui.look import px
from branchdesk.ui.screens.meetings.file import MeetingEdits, MeetingFile
from branchdesk.ui.widgets.layouts import Flow
from branchdesk.ui.widgets.texts import Note

_COUNTS = (
    ("eligible", later("应到会有表决权")),
    ("present", later("实到会有表决权")),
    ("written", later("书面意见")),
    ("issued", later("发出选票")),
    ("returned", later("收回选票")),
    ("invalid", later("无效票")),
    ("seats", later("应选名额")),
)
_OF_BALLOTS = ("issued", "returned", "invalid")


class VoteDialog(FormDialog):
    """Adds a vote, or changes one; `on_made` is told the uid of a new one."""

    def __init__(
        self,
        edits: MeetingEdits,
        file: MeetingFile,
        vote: Vote | None,
        parent: QWidget,
        on_made: Callable[[str], object] | None = None,
    ) -> None:
        verb = _("添加") if vote is None else _("确定")
        super().__init__(_("添加表决") if vote is None else _("表决"), verb, parent, width=660)
        self.setObjectName("vote_dialog")
        self._edits = edits
        self._vote = vote
        self._on_made = on_made
        shown = vote or Vote(uid="", subject="")
        self.subject = self.line(_("事项"), shown.subject, _("如 同意林雪同志按期转正"))
        words = file.around.vocabulary["vote_kind"].shown
        self.kind = self.box(_("类别"), [(words(kind.value), kind) for kind in VoteKind], shown.kind)
        people = [(one.name, one.person) for one in file.meeting.attendance if one.person]
        self.person = self.box(_("对象"), [(_("不涉及个人"), None), *people], shown.person)
        agenda = [(item.title, item.uid) for item in file.meeting.agenda]
        self.agenda = self.box(_("属于议题"), [(_("不属于某个议题"), None), *agenda], shown.agenda)
        for box in (self.person, self.agenda):
            box.setCurrentIndex(max(box.currentIndex(), 0))
            box.setMinimumContentsLength(12)
            box.setSizeAdjustPolicy(box.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.secret = QCheckBox(_("无记名投票"))
        self.secret.setChecked(shown.secret)
        self.form.addRow("", self.secret)
        self.counts: dict[str, QLineEdit] = {}
        self._places: dict[str, QWidget] = {}
        self.body.insertWidget(1, self._count_lines(shown, is_new=vote is None))
        self._counted = Note(_("应到、实到不填的，按签到自动填。"), "hint")
        self._counted.setVisible(vote is None)
        self.body.insertWidget(2, self._counted)
        self.kind.currentIndexChanged.connect(self._show_fitting)
        self.secret.toggled.connect(self._show_fitting)
        if vote is None:
            self.kind.currentIndexChanged.connect(self._propose_secret)
        else:
            self.add_button(_("删除这项表决"), self._remove, look="danger", name="remove_vote", apart=True)
        self._show_fitting()

    def _count_lines(self, vote: Vote, *, is_new: bool) -> QWidget:
        """Small boxes beside each other, as many to a row as there is room for."""
        whole = QWidget()
        flow = Flow(whole, gap=12)
        for key, label in _COUNTS:
            value = getattr(vote, key)
            line = QLineEdit("" if value is None or is_new else str(value))
            line.setAccessibleName(_(label))
            line.setObjectName(f"vote_{key}")
            line.setFixedWidth(px(64))
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
            self.counts[key] = line
            self._places[key] = labelled(_(label), line)
            flow.addWidget(self._places[key])
        # Of one width, so that they stand below each other as well as beside each other.
        widest = max(place.sizeHint().width() for place in self._places.values())
        for place in self._places.values():
            place.setFixedWidth(widest)
        return whole

    def _propose_secret(self) -> None:
        self.secret.setChecked(self.kind.currentData() not in {VoteKind.ORDINARY, VoteKind.COMMITTEE})

    def _show_fitting(self) -> None:
        """Ask for seats only of elections, for ballots only where there are some."""
        election = self.kind.currentData() is VoteKind.ELECTION
        self._places["seats"].setVisible(election)
        self._places["written"].setVisible(not election)
        self.form.setRowVisible(self.person, not election)
        for key in _OF_BALLOTS:
            self._places[key].setVisible(self.secret.isChecked() or election)

    def _typed(self) -> Mapping[str, str | bool | None]:
        return {
            "subject": self.subject.text(),
            "kind": self.kind.currentData(),
            "agenda": self.agenda.currentData(),
            "person": self.person.currentData(),
            "secret": self.secret.isChecked(),
            **{key: line.text() for key, line in self.counts.items()},
        }

    @override
    def act(self) -> None:
        desk, uid = self._edits.desk, self._edits.uid
        if self._vote is None:
            entry = VoteEntry(**self._typed())  # type: ignore[arg-type] # the names are those of the entry
            outcome = voting.add_vote(desk.branch, uid, entry)
        else:
            outcome = voting.change_vote(desk.branch, uid, self._vote.uid, self._typed())
        desk.adopt(outcome)
        if self._on_made is not None:
            self._on_made(outcome.line)

    def _remove(self) -> None:
        vote = self._vote
        if vote is not None and self._edits.do(voting.remove_vote, vote.uid, done=_("表决已删除。")):
            self.reject()
