"""Tells who each row is: somebody new, somebody of the roster, or nobody that can be told without asking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from branchdesk.domain.checks import CHECKS
from branchdesk.domain.members import Category
from branchdesk.domain.names import same_name_key
from branchdesk.findings import Finding, Severity
from branchdesk.forms.checking import check_form
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.rules import shipped_rules
from branchdesk.i18n import _
from branchdesk.jobs.progress import Progress
from branchdesk.services.member_edits import ReadField, member_form
from branchdesk.services.roster_import.cell_texts import DAMAGED
from branchdesk.services.roster_import.drafts import SHIFTED
from branchdesk.services.roster_import.groups import GroupFinder
from branchdesk.services.roster_import.plan import Place, PlannedRow, Verdict
from branchdesk.services.roster_import.sources import ImportOptions
from branchdesk.storage import members as questions
from branchdesk.storage.branch import Branch
from branchdesk.storage.member_facts import MemberFacts, load_facts

_PIECE = 500


@dataclass(frozen=True)
class People:
    """What the file knows about people, to tell who a row is."""

    by_number: Mapping[str, Sequence[str]]
    by_name: Mapping[str, Sequence[tuple[str, str | None]]]
    facts: Mapping[str, MemberFacts]


def known_people(branch: Branch, drafts: Sequence[PlannedRow], progress: Progress) -> People:
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
    return People(by_number, by_name, facts)


class Judge:
    """Tells who each row is and what will become of it."""

    def __init__(
        self,
        people: People,
        groups: GroupFinder,
        options: ImportOptions,
        decisions: Mapping[Place, Verdict],
        around: Surroundings,
        sheets: Sequence[str],
    ) -> None:
        self._people = people
        self._groups = groups
        self._options = options
        self._decisions = decisions
        self._around = around
        self._sheets = sheets
        self._numbers: dict[str, PlannedRow] = {}
        self._nameless: dict[str, PlannedRow] = {}
        self._known: dict[str, PlannedRow] = {}

    def judged(self, draft: PlannedRow) -> PlannedRow:
        """The row with its verdict and everything there is to say about it."""
        row = self._alone(self._identified(draft))
        row = replace(row, findings=self._findings(row))
        if row.verdict is not Verdict.REFUSED:
            number = row.value("id_number")
            if number:
                self._numbers[number] = row
            else:
                self._nameless[same_name_key(row.value("name") or "")] = row
            if row.uid:
                self._known[row.uid] = row
        return row

    def _alone(self, row: PlannedRow) -> PlannedRow:
        """The row, refused where an earlier one is the same member of the roster already."""
        twin = self._known.get(row.uid or "")
        if twin is None or row.verdict is Verdict.REFUSED:
            return row
        sentence = _("第 {row} 行已经是名册里的这名党员，请核对。", row=twin.number)
        if twin.sheet != row.sheet:
            sentence = _(
                "工作表“{sheet}”第 {row} 行已经是名册里的这名党员，请核对。",
                sheet=self._sheets[twin.sheet],
                row=twin.number,
            )
        return _refused(row, sentence)

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
        shifted = next((finding.sentence for finding in row.findings if finding.code == SHIFTED), "")
        reasons = (
            (decided is Verdict.REFUSED, _("您选择了不导入这一行。")),
            (bool(shifted) and decided is None, shifted),
            (not row.value("name"), _("没有姓名。")),
            (not row.target, _("还没有选定放到哪个支部。")),
            (self._is_unclear(row, decided), _("没有写明是正式党员还是预备党员。")),
            (
                damaged and not self._options.damaged_numbers and decided is None,
                _("身份证号在 Excel 中已损失末位，请改正后再导入。"),
            ),
        )
        return next((reason for applies, reason in reasons if applies), "")

    def _is_unclear(self, row: PlannedRow, decided: Verdict | None) -> bool:
        """Whether a new member would be full or probationary by guess only."""
        if row.value("category") or row.value("confirmed_on") or self._options.category:
            return False
        number, name = row.value("id_number"), row.value("name") or ""
        if number and self._people.by_number.get(number):
            return False
        return decided is not Verdict.UPDATE or not self._namesakes(name, without_number=bool(number))

    def _by_number(self, row: PlannedRow, number: str, name: str, decided: Verdict | None) -> PlannedRow:
        twin = self._numbers.get(number)
        if twin is not None:
            sentence = _("与第 {row} 行的身份证号相同，是同一个人。", row=twin.number)
            if twin.sheet != row.sheet:
                sentence = _(
                    "与工作表“{sheet}”第 {row} 行的身份证号相同，是同一个人。",
                    sheet=self._sheets[twin.sheet],
                    row=twin.number,
                )
            return _refused(row, sentence)
        owners = self._people.by_number.get(number, ())
        if owners:
            return self._by_owner(row, owners, name, decided)
        namesakes = self._namesakes(name, without_number=True)
        if namesakes and decided is None:
            return _refused(
                row, _("名册里已有同名的“{name}”，没有身份证号，不能确定是不是同一个人。", name=name)
            )
        return self._as_decided(row, name, namesakes, decided)

    def _as_decided(
        self, row: PlannedRow, name: str, namesakes: Sequence[str], decided: Verdict | None
    ) -> PlannedRow:
        """What the clerk said: one of these `namesakes`, which only one can be, or somebody new."""
        if decided is Verdict.UPDATE and len(namesakes) == 1:
            return self._update(row, namesakes[0])
        if decided is Verdict.UPDATE and namesakes:
            sentence = _("名册里有 {n} 名“{name}”，请在名册里直接修改。", n=len(namesakes), name=name)
            return _refused(row, sentence)
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
            sentence = _("与第 {row} 行同名，又没有身份证号，请核对。", row=twin.number)
            if twin.sheet != row.sheet:
                sentence = _(
                    "与工作表“{sheet}”第 {row} 行同名，又没有身份证号，请核对。",
                    sheet=self._sheets[twin.sheet],
                    row=twin.number,
                )
            return _refused(row, sentence)
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
        row = self._at_home(replace(row, read=_without_coarser(row.read, stored)), stored["organisation"])
        changed = sum(
            one.value is not None and one.value != stored.get(one.field.id)
            for one in row.read
            if not one.field.read_only
        )
        changed += bool(row.new_group)
        verdict = Verdict.UPDATE if changed else Verdict.SAME
        row = replace(row, verdict=verdict, uid=uid, changes=changed)
        return self._demoted(row, stored) if changed else row

    def _demoted(self, row: PlannedRow, stored: Mapping[str, str | None]) -> PlannedRow:
        """The row, asked about where it would take a full member's confirmation away."""
        if row.value("category") != Category.PROBATIONARY or stored["category"] != Category.FULL:
            return row
        sentence = _("名册里“{name}”已是正式党员，这一行写的是预备党员，请核对。", name=stored["name"] or "")
        if self._decisions.get(row.place) is not Verdict.UPDATE:
            return _refused(row, sentence)
        finding = Finding("demoted", Severity.WARN, sentence, "category")
        return replace(row, findings=(*row.findings, finding))

    def _at_home(self, row: PlannedRow, home: str | None) -> PlannedRow:
        """The row in the member's own branch, with the group looked for there, whatever the sheet says."""
        if home is None or home == row.target:
            return row
        row = replace(row, target=home)
        known = next((one for one in row.read if one.field.id == "group" and one.value), None)
        if known is None:
            return row
        read, group = self._groups.placed(known, row.texts["group"], home)
        findings = [finding for finding in row.findings if finding.field != "group"]
        return replace(
            row,
            read=tuple(read if one is known else one for one in row.read),
            findings=(*findings, *(() if group else read.findings)),
            new_group=group,
        )

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
        if not values.get("category"):
            values["category"] = Category.FULL if values.get("confirmed_on") else self._options.category
        noticed = {(finding.field, finding.code) for finding in row.findings}
        damaged = {finding.field for finding in row.findings if finding.code == DAMAGED}
        around = self._around.of(row.target)
        checked = [
            finding
            for finding in check_form(member_form(), values, around, shipped_rules(), CHECKS)
            if (finding.field, finding.code) not in noticed
            and not (finding.code == "required" and finding.field in damaged)
        ]
        return (*row.findings, *checked)


def _without_coarser(read: Sequence[ReadField], stored: Mapping[str, str | None]) -> tuple[ReadField, ...]:
    """What was read, without dates of which the file knows the month or day that the sheet leaves out."""
    return tuple(
        one
        for one in read
        if not (
            one.field.type.name == "date"
            and one.value
            and (stored.get(one.field.id) or "").startswith(f"{one.value}-")
        )
    )


def _refused(row: PlannedRow, reason: str) -> PlannedRow:
    return replace(row, verdict=Verdict.REFUSED, reason=reason)
