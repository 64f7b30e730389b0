"""One segment of the editor: the sections of the form that belong to a phase, in the order of the paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from branchdesk.domain.meetings.minutes_text import write_minutes
from branchdesk.domain.meetings.model import Line
from branchdesk.findings import Finding
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.language import Field, Form, FormTable, Section
from branchdesk.services.meetings import attending, deciding, editing, voting
from branchdesk.services.meetings.deciding import DecisionEntry
from branchdesk.ui.fields.files import AttachmentsEditor
from branchdesk.ui.fields.form_pane import FormPane
from branchdesk.ui.fields.lines_editor import LinesEditor
from branchdesk.ui.screens.meetings.agenda_panel import AgendaPanel
from branchdesk.ui.screens.meetings.attendance_section import AttendanceSection
from branchdesk.ui.screens.meetings.decisions_panel import DecisionsPanel
from branchdesk.ui.screens.meetings.file import MeetingEdits, MeetingFile
from branchdesk.ui.screens.meetings.minutes_editor import MinutesEditor
from branchdesk.ui.screens.meetings.quorums import quorum_of
from branchdesk.ui.screens.meetings.tools import Tools
from branchdesk.ui.screens.meetings.votes_panel import VotesPanel
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.texts import Note, Words

# Figures that the panels themselves show while they are worked on.
_SEEN_ELSEWHERE = (
    *("attendance.", "agenda.", "votes.", "decisions.", "files.", "meeting.", "organisation."),
    "duration.",
)
# So many characters have room in half of the width.
_HALF = 11


def _is_shown(field: Field) -> bool:
    return not (field.hidden or field.figure.startswith(_SEEN_ELSEWHERE) or field.type.name == "signature")


class PhasePage(QWidget):
    """The fields and tables of one phase. What is typed goes to `edits`, what needs more to `tools`."""

    def __init__(
        self, form: Form, phase: str, vocabulary: Vocabulary, edits: MeetingEdits, tools: Tools
    ) -> None:
        super().__init__()
        self._form = form
        self._vocabulary = vocabulary
        self._edits = edits
        self._tools = tools
        self.panes: list[FormPane] = []
        self.tables: dict[str, LinesEditor] = {}
        self.agenda: AgendaPanel | None = None
        self.attendance: AttendanceSection | None = None
        self.minutes: MinutesEditor | None = None
        self.votes: VotesPanel | None = None
        self.decisions: DecisionsPanel | None = None
        self._lines: Mapping[str, Sequence[Line]] = {}
        self._box = column(gap=14, parent=self)
        self._box.setContentsMargins(0, 0, 0, 0)
        for section in form.sections:
            if section.phase == phase and not section.hidden:
                self._add_section(section, self._box)
        self._box.addStretch(1)

    # ---- building

    def _add_section(self, section: Section, box: QVBoxLayout) -> None:
        fields = [field for field in self._form.in_section(section.id) if _is_shown(field)]
        tables = self._form.tables_in(section.id)
        if fields:
            if self._box.count() and not tables:
                box.addWidget(Words(section.shown(), "heading"))
            box.addWidget(self._pane(fields))
        for table in tables:
            if table.holds == "lines":
                self._add_lines(table, box)
            else:
                box.addWidget(self._panel(table.holds))

    def _pane(self, fields: Sequence[Field]) -> FormPane:
        # The editor is wide enough for two of these beside each other.
        fitting = [
            replace(one, width=min(one.width, _HALF)) if one.type.lines == 1 else one for one in fields
        ]
        pane = FormPane(fitting, self._vocabulary, whole=self._form)
        pane.field_edited.connect(self._edits.set_field)
        filing = self._tools.filing
        pane.files_chosen.connect(filing.add_files)
        pane.picture_pasted.connect(filing.add_picture)
        pane.file_opened.connect(filing.open_file)
        pane.file_removed.connect(filing.remove_file)
        for editor in pane.editors.values():
            if isinstance(editor, AttachmentsEditor):
                editor.offer_scans(self._edits.desk.preferences)
        self.panes.append(pane)
        return pane

    def _add_lines(self, table: FormTable, box: QVBoxLayout) -> None:
        box.addWidget(Words(table.shown(), "heading"))
        if table.hint():
            box.addWidget(Note(table.hint(), "hint"))
        lines = LinesEditor(table, self._vocabulary)
        lines.setObjectName(f"table_{table.id}")
        lines.line_edited.connect(partial(self._set_in_line, table.id))
        lines.line_added.connect(partial(self._do, editing.add_line, table.id))
        lines.lines_removed.connect(partial(self._do, editing.remove_lines, table.id))
        lines.line_moved.connect(partial(self._move_line, table.id))
        self.tables[table.id] = lines
        box.addWidget(lines)

    def _set_in_line(self, table: str, line: str, field_id: str, text: str) -> None:
        self._edits.do(editing.set_values, {field_id: text}, table=table, line=line)

    def _move_line(self, table: str, line: str, step: int) -> None:
        lines = [one.uid for one in self._lines.get(table, ())]
        if line in lines:
            self._edits.do(editing.move_line, table, line, max(lines.index(line) + step, 0))

    def _do(self, *service_and_arguments: object) -> None:
        service, *arguments = service_and_arguments
        self._edits.do(service, *arguments)  # type: ignore[arg-type] # bound a few lines above

    def _panel(self, holds: str) -> QWidget:
        build = {
            "agenda": self._build_agenda,
            "attendance": self._build_attendance,
            "passages": self._build_minutes,
            "votes": self._build_votes,
            "decisions": self._build_decisions,
        }
        return build[holds]()

    def _build_agenda(self) -> QWidget:
        self.agenda = panel = AgendaPanel()
        panel.changed.connect(partial(self._do, editing.set_agenda))
        return panel

    def _build_attendance(self) -> QWidget:
        self.attendance = panel = AttendanceSection()
        panel.marked.connect(partial(self._do, attending.mark))
        panel.all_present_requested.connect(partial(self._do, attending.mark_all_present))
        panel.roster_requested.connect(partial(self._do, attending.fix_roster))
        panel.reason_entered.connect(self._set_reason)
        panel.details_requested.connect(self._tools.asks.show_person)
        panel.adding_requested.connect(self._tools.asks.add_people)
        return panel

    def _set_reason(self, person: str, reason: str) -> None:
        self._edits.do(attending.set_attendance, person, {"reason": reason})

    def _build_minutes(self) -> QWidget:
        self.minutes = panel = MinutesEditor()
        writing = self._tools.writing
        panel.committed.connect(writing.store)
        panel.draft_due.connect(writing.keep_draft)
        panel.typed.connect(writing.typed)
        panel.phrase_requested.connect(partial(writing.insert_phrase, panel))
        panel.speaker_requested.connect(partial(writing.insert_speaker, panel))
        panel.vote_requested.connect(partial(writing.insert_vote, panel))
        return panel

    def _build_votes(self) -> QWidget:
        self.votes = panel = VotesPanel()
        panel.changed.connect(partial(self._do, voting.change_vote))
        panel.details_requested.connect(self._tools.asks.show_vote)
        panel.candidates_requested.connect(self._tools.asks.show_candidates)
        panel.adding_requested.connect(self._tools.asks.add_vote)
        return panel

    def _build_decisions(self) -> QWidget:
        self.decisions = panel = DecisionsPanel()
        panel.changed.connect(partial(self._do, deciding.change_decision))
        panel.closing.connect(self._close_decision)
        panel.removing_requested.connect(self._remove_decision)
        panel.adding_requested.connect(self._add_decision)
        return panel

    def _close_decision(self, decision: str, closed: bool) -> None:  # noqa: FBT001 - a signal's argument
        if closed:
            self._edits.do(deciding.close_decision, decision)
        else:
            self._edits.do(deciding.change_decision, decision, {"closed": False, "done_on": ""})

    def _add_decision(self, text: str) -> None:
        added = self._edits.do(deciding.add_decision, DecisionEntry(text))
        if added is not None and self.decisions is not None:
            self.decisions.focus_last()

    def _remove_decision(self, decision: str) -> None:
        self._edits.do(deciding.remove_decisions, [decision])

    # ---- showing

    def show_file(self, file: MeetingFile, findings: Sequence[Finding], figures: dict[str, str]) -> None:
        """Show a meeting as it is stored; what is being typed stays."""
        meeting, is_open = file.meeting, file.is_open
        self._lines = meeting.lines
        texts = file.texts()
        for pane in self.panes:
            pane.fill(texts)
            pane.set_figures(figures)
            pane.show_files(meeting.files)
            pane.set_findings(findings)
            pane.set_read_only(read_only=not is_open)
        for table_id, lines in self.tables.items():
            lines.fill(file.lines_of(file.form.tables_by_id[table_id]))
            lines.set_read_only(read_only=not is_open)
        if self.agenda is not None:
            self.agenda.show_items(meeting.agenda, read_only=not is_open)
        if self.attendance is not None:
            chosen = file.form.meeting is not None and file.form.meeting.expected == "chosen"
            quorum = quorum_of(file.form, meeting) if file.has_votes else None
            self.attendance.show_meeting(meeting, quorum, is_open=is_open, may_choose=chosen)
        if self.minutes is not None:
            self.minutes.fill(write_minutes(meeting.passages, meeting.agenda))
            self.minutes.set_read_only(read_only=not is_open)
        if self.votes is not None:
            self.votes.show_votes(file.votes)
            self.votes.set_read_only(read_only=not is_open)
        if self.decisions is not None:
            self.decisions.show_decisions(meeting.decisions)
            self.decisions.set_read_only(read_only=not is_open, may_close=file.may_write)

    def commit(self) -> None:
        """Store what is typed and not yet stored."""
        for pane in self.panes:
            pane.commit()
        for panel in (self.agenda, self.attendance, self.minutes, self.votes, self.decisions):
            if panel is not None:
                panel.commit()
