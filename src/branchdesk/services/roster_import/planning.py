"""Looks at every row before anything is written: who it is, what is new, what is wrong with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from branchdesk.documents.workbook_cells import Cell, Kind
from branchdesk.domain.checks import CHECKS
from branchdesk.domain.members import Category
from branchdesk.domain.names import same_name_key
from branchdesk.domain.organisations import OrganisationTree, full_group_name
from branchdesk.domain.sheets import TableRow
from branchdesk.findings import Finding, Severity
from branchdesk.forms.checking import check_form
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.rules import shipped_rules
from branchdesk.i18n import _
from branchdesk.jobs.progress import SILENT, Progress
from branchdesk.services.member_edits import ReadField, member_form, read_field
from branchdesk.services.roster_import.cell_texts import DAMAGED, CellReader, split_degree
from branchdesk.services.roster_import.sources import (
    NEW_BRANCH,
    ImportOptions,
    SheetChoice,
    Source,
    organisation_named,
)
from branchdesk.storage import members as questions
from branchdesk.storage import organisations as organisation_questions
from branchdesk.storage.branch import Branch
from branchdesk.storage.derived import surroundings
from branchdesk.storage.member_facts import MemberFacts, load_facts

Place = tuple[int, int]  # sheet, row
_PIECE = 500
_LONGEST_GROUP = 12
_SHIFTED = "shifted"


class Verdict(StrEnum):
    """What will become of a row."""

    NEW = "new"
    UPDATE = "update"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True)
class PlannedRow:
    """One row of the workbook and what will become of it.

    `sheet` is the place of its sheet, `number` the row as the table program counts; `read` what was
    understood, `uid` the member that it changes, `reason` why it is refused.
    """

    sheet: int
    number: int
    texts: Mapping[str, str]
    read: tuple[ReadField, ...]
    findings: tuple[Finding, ...]
    verdict: Verdict
    reason: str = ""
    uid: str | None = None
    target: str = ""
    new_group: str = ""
    changes: int = 0

    @property
    def place(self) -> Place:
        """Where the row stands."""
        return self.sheet, self.number

    def value(self, field_id: str) -> str | None:
        """What was understood of one field."""
        return next((one.value for one in self.read if one.field.id == field_id), None)


@dataclass(frozen=True)
class ImportPlan:
    """Every row with its verdict; nothing is written yet."""

    source: Source
    choices: Sequence[SheetChoice]
    options: ImportOptions
    rows: Sequence[PlannedRow]
    hidden: int = 0

    def counts(self) -> dict[Verdict, int]:
        """How many rows there are of each verdict."""
        found = dict.fromkeys(Verdict, 0)
        for row in self.rows:
            found[row.verdict] += 1
        return found

    @property
    def new_groups(self) -> list[str]:
        """The groups that will be founded."""
        return list(dict.fromkeys(row.new_group for row in self.rows if row.new_group))

    @property
    def with_findings(self) -> list[PlannedRow]:
        """The rows that want a look."""
        return [row for row in self.rows if row.findings or row.verdict is Verdict.REFUSED]


def plan_import(
    branch: Branch,
    source: Source,
    choices: Sequence[SheetChoice],
    options: ImportOptions,
    fixes: Mapping[tuple[int, int, str], str] | None = None,
    decisions: Mapping[Place, Verdict] | None = None,
    progress: Progress = SILENT,
) -> ImportPlan:
    """Look at every row of the wanted sheets.

    `fixes` are texts that the clerk put right, by sheet, row and field; `decisions` what the clerk said
    about rows that could not be settled. A blank cell never overwrites anything, and a name alone never
    tells who somebody is.
    """
    with branch.read() as connection:
        around = surroundings(connection)
        tree = organisation_questions.tree(connection, around.today)
    drafting = _Drafting(CellReader(around), tree, choices, options, fixes or {})
    drafts = drafting.all_rows()
    people = _people(branch, drafts, progress.part(0.0, 0.2))
    judge = _Judge(people, options, decisions or {}, around)
    rows = [
        judge.judged(draft)
        for draft in progress.part(0.2, 1.0).over(drafts, len(drafts), _("正在核对每一行…"))
    ]
    hidden = sum(row.hidden for choice in choices if choice.wanted for row in choice.layout.table_rows)
    return ImportPlan(source, choices, options, rows, hidden)


class _Drafting:
    """Reads the rows: what each cell means, where the person belongs, which group is missing."""

    def __init__(
        self,
        reader: CellReader,
        tree: OrganisationTree,
        choices: Sequence[SheetChoice],
        options: ImportOptions,
        fixes: Mapping[tuple[int, int, str], str],
    ) -> None:
        self._reader = reader
        self._tree = tree
        self._choices = choices
        self._options = options
        self._fixes = fixes

    def all_rows(self) -> list[PlannedRow]:
        """Every row of the wanted sheets, before anybody asked who it is."""
        return [
            self._row(place, choice, row)
            for place, choice in enumerate(self._choices)
            if choice.wanted
            for row in choice.layout.table_rows
            if self._options.hidden_rows or not row.hidden
        ]

    def _row(self, place: int, choice: SheetChoice, row: TableRow) -> PlannedRow:
        texts: dict[str, str] = {}
        read: dict[str, ReadField] = {}
        for field_id, cell in choice.cells(row).items():
            fixed = self._fixes.get((place, row.number, field_id))
            wanted = cell if fixed is None else Cell(fixed, Kind.TEXT)
            texts[field_id], one = self._reader.read(field_id, wanted)
            if one is not None:
                read[field_id] = one
        around = self._reader.around
        if not texts.get("group") and row.section.endswith("组"):
            texts["group"], one = self._reader.read("group", Cell(row.section, Kind.TEXT))
            read |= {"group": one} if one is not None else {}
        for field_id, text in split_degree(texts, around).items():
            read[field_id] = read_field(member_form().by_id[field_id], text, around)
        findings = [finding for one in read.values() for finding in one.findings]
        if row.shifted:
            sentence = _("这一行的内容好像错开了 {n} 列，请对照原表核对。", n=abs(row.shifted))
            findings.append(Finding(_SHIFTED, Severity.ERROR, sentence))
        target, remark = self._home(choice, texts.get("organisation", ""))
        findings = [finding for finding in findings if finding.field != "organisation"]
        findings += [remark] if remark else []
        group = self._missing_group(read.get("group"))
        if group:
            findings = [finding for finding in findings if finding.field != "group"]
        return PlannedRow(
            place,
            row.number,
            texts,
            tuple(one for key, one in read.items() if key != "organisation"),
            tuple(findings),
            Verdict.NEW,
            target=target,
            new_group=group,
        )

    def _home(self, choice: SheetChoice, named: str) -> tuple[str, Finding | None]:
        """The branch that the row names, else that of the sheet."""
        if not named:
            return choice.target, None
        target = organisation_named(self._tree, named)
        if target is not None:
            return target, None
        if choice.target.removeprefix(NEW_BRANCH) == named:
            return choice.target, None
        sentence = _("“{name}”不在组织里，这名党员会放到选定的支部。", name=named)
        return choice.target, Finding("unknown_organisation", Severity.WARN, sentence, "organisation")

    def _missing_group(self, read: ReadField | None) -> str:
        """The name of a group that is to be founded for this row."""
        if read is None or read.understood or not read.value or not self._options.missing_groups:
            return ""
        name = "".join(read.value.split())
        return full_group_name(name) if name.endswith("组") and len(name) <= _LONGEST_GROUP else ""


@dataclass(frozen=True)
class _People:
    """What the file knows about people, to tell who a row is."""

    by_number: Mapping[str, Sequence[str]]
    by_name: Mapping[str, Sequence[tuple[str, str | None]]]
    facts: Mapping[str, MemberFacts]


def _people(branch: Branch, drafts: Sequence[PlannedRow], progress: Progress) -> _People:
    """The members that any row may mean."""
    numbers = {number for draft in drafts if (number := draft.value("id_number"))}
    by_name: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    facts: dict[str, MemberFacts] = {}
    with branch.read() as connection:
        by_number = questions.members_by_identity(connection, sorted(numbers))
        for uid, name, number in questions.members_by_name(connection):
            by_name[same_name_key(name)].append((uid, number))
        names = {same_name_key(draft.value("name") or "") for draft in drafts}
        wanted = {uid for uids in by_number.values() for uid in uids}
        wanted |= {uid for name in names for uid, _number in by_name.get(name, ())}
        ordered = sorted(wanted)
        starts = range(0, len(ordered), _PIECE)
        for start in progress.over(starts, len(starts), _("正在查对名册…")):
            facts |= load_facts(connection, ordered[start : start + _PIECE])
    return _People(by_number, by_name, facts)


class _Judge:
    """Tells who each row is and what will become of it."""

    def __init__(
        self,
        people: _People,
        options: ImportOptions,
        decisions: Mapping[Place, Verdict],
        around: Surroundings,
    ) -> None:
        self._people = people
        self._options = options
        self._decisions = decisions
        self._around = around
        self._numbers: dict[str, PlannedRow] = {}
        self._nameless: dict[str, PlannedRow] = {}

    def judged(self, draft: PlannedRow) -> PlannedRow:
        """The row with its verdict and everything there is to say about it."""
        row = self._identified(draft)
        row = replace(row, findings=self._findings(row))
        if row.verdict is not Verdict.REFUSED:
            number = row.value("id_number")
            if number:
                self._numbers[number] = row
            else:
                self._nameless[same_name_key(row.value("name") or "")] = row
        return row

    def _identified(self, row: PlannedRow) -> PlannedRow:
        decided = self._decisions.get(row.place)
        reason = self._reason_against(row, decided)
        if reason:
            return _refused(row, reason)
        number, name = row.value("id_number"), row.value("name") or ""
        if number:
            return self._by_number(row, number, name, decided)
        return self._by_name(row, name, decided)

    def _reason_against(self, row: PlannedRow, decided: Verdict | None) -> str:
        """Why a row cannot be imported, whoever it is; empty where it can."""
        damaged = any(finding.code == DAMAGED for finding in row.findings)
        shifted = next((finding.sentence for finding in row.findings if finding.code == _SHIFTED), "")
        reasons = (
            (decided is Verdict.REFUSED, _("您选择了不导入这一行。")),
            (bool(shifted) and decided is None, shifted),
            (not row.value("name"), _("没有姓名。")),
            (not row.target, _("还没有选定放到哪个支部。")),
            (self._is_unclear(row), _("没有写明是正式党员还是预备党员。")),
            (
                damaged and not self._options.damaged_numbers and decided is None,
                _("身份证号在 Excel 中已损失末位，请改正后再导入。"),
            ),
        )
        return next((reason for applies, reason in reasons if applies), "")

    def _is_unclear(self, row: PlannedRow) -> bool:
        """Whether a new member would be full or probationary by guess only."""
        known = row.value("category") or row.value("confirmed_on") or self._options.category
        number = row.value("id_number")
        return not known and not (number and self._people.by_number.get(number))

    def _by_number(self, row: PlannedRow, number: str, name: str, decided: Verdict | None) -> PlannedRow:
        twin = self._numbers.get(number)
        if twin is not None:
            return _refused(row, _("与第 {row} 行的身份证号相同，是同一个人。", row=twin.number))
        owners = self._people.by_number.get(number, ())
        if owners:
            return self._by_owner(row, owners, name, decided)
        namesakes = self._namesakes(name, without_number=True)
        if namesakes and decided is None:
            return _refused(
                row, _("名册里已有同名的“{name}”，没有身份证号，不能确定是不是同一个人。", name=name)
            )
        if namesakes and decided is Verdict.UPDATE:
            return self._update(row, namesakes[0])
        return replace(row, verdict=Verdict.NEW)

    def _by_owner(
        self, row: PlannedRow, owners: Sequence[str], name: str, decided: Verdict | None
    ) -> PlannedRow:
        """A row whose number somebody on the roster has."""
        if len(owners) > 1:
            sentence = _("名册里有 {n} 名党员是这个身份证号，请先处理重复。", n=len(owners))
            return _refused(row, sentence)
        known = self._people.facts[owners[0]].row["name"] or ""
        if same_name_key(known) != same_name_key(name) and decided is not Verdict.UPDATE:
            return _refused(row, _("名册里这个身份证号是“{name}”，姓名不同，请核对。", name=known))
        return self._update(row, owners[0])

    def _by_name(self, row: PlannedRow, name: str, decided: Verdict | None) -> PlannedRow:
        """A row without a number: a namesake is asked about, never taken for the same person."""
        twin = self._nameless.get(same_name_key(name))
        if twin is not None and decided is None:
            return _refused(row, _("与第 {row} 行同名，又没有身份证号，请核对。", row=twin.number))
        namesakes = self._namesakes(name)
        if namesakes and decided is None:
            return _refused(
                row, _("名册里已有“{name}”，这一行没有身份证号，不能确定是不是同一个人。", name=name)
            )
        if decided is Verdict.UPDATE and len(namesakes) == 1:
            return self._update(row, namesakes[0])
        if decided is Verdict.UPDATE:
            return _refused(
                row, _("名册里有 {n} 名“{name}”，请在名册里直接修改。", n=len(namesakes), name=name)
            )
        return replace(row, verdict=Verdict.NEW)

    def _namesakes(self, name: str, *, without_number: bool = False) -> list[str]:
        found = self._people.by_name.get(same_name_key(name), ())
        return [uid for uid, number in found if not (without_number and number)]

    def _update(self, row: PlannedRow, uid: str) -> PlannedRow:
        stored = self._values_of(uid)
        changed = sum(
            one.value is not None and one.value != stored.get(one.field.id)
            for one in row.read
            if not one.field.read_only
        )
        changed += bool(row.new_group)
        verdict = Verdict.UPDATE if changed else Verdict.SAME
        return replace(row, verdict=verdict, uid=uid, changes=changed)

    def _values_of(self, uid: str | None) -> dict[str, str | None]:
        if uid is None:
            return {}
        return self._people.facts[uid].values(self._around.today, self._around.vocabulary["post"])

    def _findings(self, row: PlannedRow) -> tuple[Finding, ...]:
        """What was noticed while reading, and what the form says of the member as it will be."""
        values = self._values_of(row.uid)
        values |= {one.field.id: one.value for one in row.read if one.value is not None}
        if row.new_group:
            values.pop("group", None)
        if not values.get("category") and row.verdict is not Verdict.REFUSED:
            values["category"] = Category.FULL if values.get("confirmed_on") else self._options.category
        noticed = {(finding.field, finding.code) for finding in row.findings}
        damaged = {finding.field for finding in row.findings if finding.code == DAMAGED}
        checked = [
            finding
            for finding in check_form(member_form(), values, self._around, shipped_rules(), CHECKS)
            if (finding.field, finding.code) not in noticed
            and not (finding.code == "required" and finding.field in damaged)
        ]
        return (*row.findings, *checked)


def _refused(row: PlannedRow, reason: str) -> PlannedRow:
    return replace(row, verdict=Verdict.REFUSED, reason=reason)
