"""The tree of organisations: kinds, versions with dates, and what each kind may do (domain 1.1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _
from branchdesk.rulebook import RuleBook


class OrganisationKind(StrEnum):
    """The kinds of organisations; the codes of the dictionary `org_kind`."""

    COMMITTEE = "committee"
    GENERAL_BRANCH = "general_branch"
    BRANCH = "branch"
    JOINT_BRANCH = "joint_branch"
    PROJECT_BRANCH = "project_branch"
    TEMPORARY_BRANCH = "temporary_branch"
    FUNCTIONAL_BRANCH = "functional_branch"
    FLOATING_BRANCH = "floating_branch"
    DIRECT_BRANCH = "direct_branch"
    LEADING_GROUP = "leading_group"
    GROUP = "group"

    @property
    def is_branch(self) -> bool:
        """Whether it is a branch of some sort."""
        return self.value.endswith("branch") and self is not OrganisationKind.GENERAL_BRANCH

    @property
    def holds_members(self) -> bool:
        """Whether members have their organisational relation there."""
        return self.is_branch and self not in {
            OrganisationKind.TEMPORARY_BRANCH,
            OrganisationKind.FUNCTIONAL_BRANCH,
        }


_BRANCHES = frozenset(kind for kind in OrganisationKind if kind.is_branch)
# Who may stand directly below whom.
CHILDREN: dict[OrganisationKind, frozenset[OrganisationKind]] = {
    OrganisationKind.COMMITTEE: frozenset(
        {OrganisationKind.COMMITTEE, OrganisationKind.GENERAL_BRANCH, OrganisationKind.LEADING_GROUP}
    )
    | _BRANCHES,
    OrganisationKind.GENERAL_BRANCH: _BRANCHES,
    OrganisationKind.LEADING_GROUP: frozenset(),
    OrganisationKind.GROUP: frozenset(),
    **dict.fromkeys(_BRANCHES, frozenset({OrganisationKind.GROUP})),
}


@dataclass(frozen=True, slots=True)
class OrganisationVersion:
    """What an organisation was called and where it stood between two dates.

    `valid_from` is included, `valid_to` is not; None leaves that end open. `parent` is the uid of the
    organisation above, None for the root of this file.
    """

    organisation: str
    parent: str | None
    kind: OrganisationKind
    full_name: str
    short_name: str
    valid_from: date | None = None
    valid_to: date | None = None
    position: int = 0

    @property
    def name(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.full_name

    def begins(self) -> date:
        """The first day on which it may be in force."""
        return self.valid_from or date.min

    def holds_on(self, day: date) -> bool:
        """Whether this version is in force on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day < self.valid_to
        )


class OrganisationTree:
    """The organisations of a file on one day, in the order in which clerks list them.

    Of two versions in force on the day the one that began later holds.
    """

    def __init__(self, versions: Iterable[OrganisationVersion], day: date) -> None:
        self.day = day
        self._by_uid: dict[str, OrganisationVersion] = {}
        self._children: dict[str | None, list[OrganisationVersion]] = defaultdict(list)
        for version in versions:
            known = self._by_uid.get(version.organisation)
            if version.holds_on(day) and (known is None or known.begins() <= version.begins()):
                self._by_uid[version.organisation] = version
        for version in sorted(self._by_uid.values(), key=lambda version: version.position):
            self._children[self._place(version)].append(version)

    def _place(self, version: OrganisationVersion) -> str | None:
        """The uid of the organisation above; None where there is none or the way up leads back here."""
        above, passed = version.parent, set[str]()
        while above in self._by_uid and above not in passed:
            if above == version.organisation:
                return None
            passed.add(above)
            above = self._by_uid[above].parent
        return version.parent if version.parent in self._by_uid else None

    def __contains__(self, uid: object) -> bool:
        return uid in self._by_uid

    def __getitem__(self, uid: str) -> OrganisationVersion:
        return self._by_uid[uid]

    def get(self, uid: str | None) -> OrganisationVersion | None:
        """The organisation with this uid, if it existed on the day."""
        return self._by_uid.get(uid or "")

    def roots(self) -> list[OrganisationVersion]:
        """The organisations that stand below none."""
        return self._children[None]

    def children(self, uid: str) -> list[OrganisationVersion]:
        """The organisations directly below one."""
        return self._children[uid]

    def below(self, uid: str) -> Iterator[OrganisationVersion]:
        """An organisation and everything below it, from the top down."""
        if uid in self._by_uid:
            yield self._by_uid[uid]
            for child in self._children[uid]:
                yield from self.below(child.organisation)

    def walk(self) -> Iterator[OrganisationVersion]:
        """Everything, from the top down."""
        for root in self.roots():
            yield from self.below(root.organisation)

    def groups(self, uid: str) -> list[OrganisationVersion]:
        """The Party groups of an organisation and everything below it."""
        return [version for version in self.below(uid) if version.kind is OrganisationKind.GROUP]


_NUMERALS = "一二三四五六七八九十"
_GROUP_PATTERNS = (
    *(("第", "党小组"), ("第", "小组"), ("第", "组"), ("", "组"), ("", "小组"), ("", "党小组")),
    ("党小组", ""),
)


def group_aliases(name: str) -> tuple[str, ...]:
    """Other spellings of a numbered group: 第一党小组 is also written 一组, 1组, 第一小组."""
    for number, numeral in enumerate(_NUMERALS, start=1):
        spellings = [
            f"{opening}{sign}{ending}"
            for sign in (numeral, str(number))
            for opening, ending in _GROUP_PATTERNS
        ]
        if name in spellings:
            return tuple(spelling for spelling in spellings if spelling != name)
    return ()


def full_group_name(name: str) -> str:
    """The full name of a numbered group that is written short: 三组 → 第三党小组; any other as it stands."""
    for numeral in _NUMERALS:
        full = f"第{numeral}党小组"
        if name in group_aliases(full):
            return full
    return name


def composed_full_name(unit: str, kind_label: str) -> str:
    """The full name where there is no seal: 中共 + unit + kind (domain 1.1)."""
    return f"中共{unit.removeprefix('中共')}{kind_label}"


def size_findings(
    kind: OrganisationKind, full: int, probationary: int, rules: RuleBook, day: date, *, has_committee: bool
) -> list[Finding]:
    """Whether an organisation has the members that its kind needs (domain 1.1), as warnings."""
    findings: list[Finding] = []
    if not kind.holds_members:
        return findings
    fewest = rules.at("branch_full_members", day)
    most = rules.at("branch_most_members", day)
    wants_committee = rules.at("committee_full_members", day)
    if full < fewest.value:
        sentence = _("正式党员 {n} 名，成立党支部应有 {fewest} 名以上。", n=full, fewest=fewest.value)
        findings.append(Finding("too_few_members", Severity.WARN, sentence, rule=fewest.source))
    if full + probationary > most.value:
        sentence = _("党员 {n} 名，党支部一般不超过 {most} 名。", n=full + probationary, most=most.value)
        findings.append(Finding("too_many_members", Severity.WARN, sentence, rule=most.source))
    if full >= wants_committee.value and not has_committee:
        sentence = _(
            "正式党员 {n} 名，满 {least} 名的应当设立支部委员会。", n=full, least=wants_committee.value
        )
        findings.append(Finding("needs_committee", Severity.WARN, sentence, rule=wants_committee.source))
    return findings
