"""Writes an agreed import as one change, and hands back the rows that were refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from branchdesk import clock
from branchdesk.domain.members import EventKind, State
from branchdesk.errors import Problem
from branchdesk.forms.field_types import Surroundings
from branchdesk.i18n import _, _n
from branchdesk.jobs.progress import SILENT, Progress
from branchdesk.services.member_edits import (
    Edits,
    ReadField,
    member_form,
    plan_edit,
    plan_group,
    plan_new_member,
)
from branchdesk.services.members import insert_planned
from branchdesk.services.roster_import.plan import ImportPlan, PlannedRow, Verdict
from branchdesk.services.roster_import.sources import NEW_BRANCH, remember
from branchdesk.storage import attachments as store
from branchdesk.storage import organisations as organisation_questions
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import IMPORT, Change, Changes
from branchdesk.storage.derived import surroundings
from branchdesk.storage.imports import roster_changed_since
from branchdesk.storage.member_facts import load_facts
from branchdesk.storage.tables import attachment, organisation, organisation_version
from branchdesk.uids import new_uid

if TYPE_CHECKING:
    from branchdesk.documents.xlsx import WorkbookTable

_LAST = 100  # what is founded stands behind what is there
# What a new member that is no longer active needs besides the arrival.
_ENDS = {
    State.SUSPENDED: EventKind.SUSPENDED,
    State.LEFT: EventKind.DEPARTED,
    State.ENDED: EventKind.ENDED,
    State.DEAD: EventKind.DIED,
}


@dataclass(frozen=True)
class ImportResult:
    """What an import wrote: one change, and how many rows of each verdict."""

    changes: Changes
    counts: Mapping[Verdict, int]

    def sentence(self) -> str:
        """The result in words."""
        counts = self.counts
        text = _(
            "新增 {new} 人，更新 {update} 人，没有变化 {same} 人",
            new=counts[Verdict.NEW],
            update=counts[Verdict.UPDATE],
            same=counts[Verdict.SAME],
        )
        if counts[Verdict.REFUSED]:
            text += _n("，没有导入 {n} 行", counts[Verdict.REFUSED])
        return text + _("。")


def apply_import(branch: Branch, plan: ImportPlan, progress: Progress = SILENT) -> ImportResult:
    """Write every row that was not refused, as one change; the original file is kept beside the branch.

    Raises Problem where the disk refuses, the person may only look, or the workbook or the roster is no
    longer what the plan looked at; nothing is written then.
    """
    counts = plan.counts()
    progress.step(0.0, _("正在保存原始文件…"))
    blob = store.store_file(branch, plan.source.path)
    if blob.sha256 != plan.source.sha256:
        raise Problem(
            _("“{name}”在核对以后又改动过，没有导入。", name=plan.source.name),
            _("请重新选这个文件，再核对一遍。"),
        )
    label = _("导入名册 {file}", file=plan.source.name)
    with branch.change(label, kind=IMPORT) as change:
        # Asked inside the change: from here on nobody else can write.
        if roster_changed_since(change.connection, plan.seen):
            raise Problem(_("核对以后名册又有改动，没有导入。"), _("请退回上一步，再核对一遍。"))
        around = surroundings(change.connection)
        writing = _Writing(change, around, plan)
        writing.found_branches()
        writing.found_groups()
        writing.write_rows(progress.part(0.1, 0.8))
        change.insert(
            attachment,
            {
                "entity": "import",
                "row_uid": new_uid(),
                "role": "import",
                "name": plan.source.name,
                "media_type": "application/octet-stream",
                "size": blob.size,
                "sha256": blob.sha256,
                "blob": blob.blob,
            },
        )
        remember(change, [choice for choice in plan.choices if choice.wanted])
        progress.step(0.9, _("正在写入名册…"))
    return ImportResult(change.result, counts)


class _Writing:
    """The writing of one plan inside its change."""

    def __init__(self, change: Change, around: Surroundings, plan: ImportPlan) -> None:
        self._change = change
        self._around = around
        self._plan = plan
        self._rows = [row for row in plan.rows if row.verdict in {Verdict.NEW, Verdict.UPDATE}]
        self._branches: dict[str, str] = {}
        self._groups: dict[tuple[str, str], str] = {}

    def found_branches(self) -> None:
        """Found the branches that sheets stand for and the tree does not have."""
        wanted = dict.fromkeys(row.target for row in self._rows if row.target.startswith(NEW_BRANCH))
        for place, target in enumerate(wanted):
            name = target.removeprefix(NEW_BRANCH)
            self._branches[target] = self._found(name, "branch", self._root(), _LAST + place)

    def found_groups(self) -> None:
        """Found the groups that rows name and the tree does not have."""
        wanted = dict.fromkeys((self._home(row), row.new_group) for row in self._rows if row.new_group)
        for place, (home, name) in enumerate(wanted):
            self._groups[home, name] = self._found(name, "group", home, _LAST + place)

    def _root(self) -> str:
        return (
            organisation_questions.tree(self._change.connection, self._around.today).roots()[0].organisation
        )

    def _found(self, name: str, kind: str, parent: str | None, position: int) -> str:
        uid = self._change.insert(organisation, {})
        self._change.insert(
            organisation_version,
            {
                "organisation_uid": uid,
                "parent_uid": parent,
                "kind": kind,
                "full_name": name,
                "short_name": name if kind == "group" else "",
                "position": position,
            },
        )
        return uid

    def _home(self, row: PlannedRow) -> str:
        return self._branches.get(row.target, row.target)

    def write_rows(self, progress: Progress) -> None:
        """Plan every row and write them all together."""
        edits = Edits()
        new = [row for row in self._rows if row.verdict is Verdict.NEW]
        changed = [row for row in self._rows if row.verdict is Verdict.UPDATE]
        facts = load_facts(self._change.connection, [row.uid for row in changed if row.uid])
        uids, notes = [], []
        for row in progress.over(new, len(new), _("正在写入名册…")):
            uid = new_uid()
            uids.append(uid)
            notes.append(self._note(row))
            group = self._groups.get((self._home(row), row.new_group))
            plan_new_member(edits, uid, self._writable(row), self._around, self._home(row), group)
            self._end(edits, uid, row)
        for row in changed:
            if row.uid is not None:
                plan_edit(edits, row.uid, facts[row.uid], self._writable(row), self._around)
                group = self._groups.get((self._home(row), row.new_group))
                if group is not None:
                    plan_group(edits, row.uid, facts[row.uid], group, self._around)
        insert_planned(self._change, edits, uids, notes)

    def _writable(self, row: PlannedRow) -> list[ReadField]:
        """What is to be written: no blanks, nothing that only events may change, no group to be founded."""
        read = row.read
        if row.verdict is Verdict.NEW and not (row.value("category") or row.value("confirmed_on")):
            field = member_form().by_id["category"]
            read += (ReadField(field, self._plan.options.category, understood=True, findings=()),)
        return [
            one
            for one in read
            if one.value is not None
            and not one.field.read_only
            and not (one.field.id == "group" and row.new_group)
        ]

    def _end(self, edits: Edits, uid: str, row: PlannedRow) -> None:
        """A new member that the sheet says has left, died and so on."""
        state = row.value("state")
        kind = _ENDS.get(State(state)) if state in set(State) else None
        if kind is not None:
            today = self._around.today.isoformat()
            edits.new_events.append({"member_uid": uid, "kind": kind.value, "entered_on": today})

    def _note(self, row: PlannedRow) -> str:
        sheet = self._plan.choices[row.sheet].sheet.name
        if sum(choice.wanted for choice in self._plan.choices) > 1:
            return _("工作表“{sheet}”第 {row} 行", sheet=sheet, row=row.number)
        return _("第 {row} 行", row=row.number)


def refused_workbook(plan: ImportPlan, progress: Progress = SILENT) -> bytes:
    """The rows that were not imported as a workbook, each with its reason, to be put right and read again."""
    from branchdesk.documents.xlsx import write_xlsx  # noqa: PLC0415 - openpyxl is slow to import

    tables = []
    for place, choice in enumerate(plan.choices):
        rows = [row for row in plan.rows if row.sheet == place and row.verdict is Verdict.REFUSED]
        if rows:
            tables.append(_table_of_refused(choice.sheet.name, choice.mapping, rows))
    return write_xlsx(tables, clock.today(), progress=progress)


def _table_of_refused(name: str, mapping: Mapping[int, str], rows: Sequence[PlannedRow]) -> WorkbookTable:
    from branchdesk.documents.xlsx import TableColumn, WorkbookTable  # noqa: PLC0415

    form = member_form()
    fields = [form.by_id[field_id] for _place, field_id in sorted(mapping.items())]
    columns = [TableColumn(field.label) for field in fields]
    lines = [
        (*(row.texts.get(field.id, "") for field in fields), str(row.number), row.reason) for row in rows
    ]
    return WorkbookTable(
        name, (*columns, TableColumn(_("原表行号")), TableColumn(_("没有导入的原因"), 40)), lines
    )
