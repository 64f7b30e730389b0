"""The roster as a list to work in: narrowed, sorted, read a page at a time; and as of any day."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from branchdesk.domain.checks import CHECKS
from branchdesk.domain.committee import posts_on
from branchdesk.domain.filters import read_filter
from branchdesk.domain.members import Standing, State
from branchdesk.domain.names import stroke_key
from branchdesk.domain.organisations import OrganisationTree
from branchdesk.findings import Finding, Severity
from branchdesk.forms.checking import check_form
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.rules import shipped_rules
from branchdesk.i18n import _, listed
from branchdesk.services.member_edits import member_form
from branchdesk.storage import organisations as organisation_questions
from branchdesk.storage import rosters as questions
from branchdesk.storage.branch import Branch
from branchdesk.storage.derived import DUPLICATE, NO_POST, surroundings
from branchdesk.storage.dictionaries import vocabulary
from branchdesk.storage.member_facts import standing_values
from branchdesk.storage.rosters import ENTERED, PINYIN, POSTS, STROKES, RosterCounts, RosterQuery, RosterRow

__all__ = [
    "ENTERED",
    "FIRST_COLUMNS",
    "PINYIN",
    "POSTS",
    "STROKES",
    "Place",
    "Roster",
    "RosterCounts",
    "RosterOnDay",
    "RosterRow",
    "TreeNode",
    "roster_on",
    "roster_tree",
]

PAGE = 100
_KEPT_ROWS = 2000
# The columns that clerks see first, in the order of the usual paper roster.
FIRST_COLUMNS = (
    "name",
    "sex",
    "id_number",
    "born_on",
    "ethnic",
    "education",
    "category",
    "admitted_on",
    "confirmed_on",
    "group",
    "posts",
    "department",
    "mobile",
    "dues_monthly",
    "dues_paid_to",
)


@dataclass(frozen=True)
class Place:
    """What was chosen in the tree: an organisation or group, or one of the lists beside them."""

    uid: str | None = None
    states: tuple[str, ...] = (State.ACTIVE,)
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class TreeNode:
    """A line of the tree with its number of members."""

    label: str
    place: Place
    count: int
    kind: str
    depth: int


def roster_tree(branch: Branch, day: date) -> list[TreeNode]:
    """The organisations and groups with their members, and the lists of those who are away or gone."""
    with branch.read() as connection:
        tree = organisation_questions.tree(connection, day)
        counts = questions.place_counts(connection)
        away = questions.floating_count(connection, None, surroundings(connection))
    nodes: list[TreeNode] = []
    for root in tree.roots():
        _add_nodes(nodes, tree, root.organisation, counts, 0)
    gone: dict[str, int] = {}
    for _place, _group, state, count in counts:
        gone[state or ""] = gone.get(state or "", 0) + count
    lists = [
        (_("外出流动党员"), Place(extra=(("floating", "1"),)), away, "away"),
        (_("停止党籍"), Place(states=(State.SUSPENDED,)), gone.get(State.SUSPENDED, 0), "suspended"),
        (_("已转出"), Place(states=(State.LEFT,)), gone.get(State.LEFT, 0), "left"),
        (
            _("历史党员"),
            Place(states=(State.ENDED, State.DEAD)),
            gone.get(State.ENDED, 0) + gone.get(State.DEAD, 0),
            "past",
        ),
    ]
    nodes += [TreeNode(label, place, count, kind, 0) for label, place, count, kind in lists]
    return nodes


def _add_nodes(
    nodes: list[TreeNode],
    tree: OrganisationTree,
    uid: str,
    counts: Sequence[tuple[str | None, str | None, str | None, int]],
    depth: int,
) -> None:
    version = tree[uid]
    inside = {below.organisation for below in tree.below(uid)}
    count = sum(
        number
        for place, group, state, number in counts
        if state == State.ACTIVE and (place in inside or group in inside)
    )
    nodes.append(TreeNode(version.name, Place(uid), count, version.kind.value, depth))
    for child in tree.children(uid):
        _add_nodes(nodes, tree, child.organisation, counts, depth + 1)


def _inside(branch: Branch, place: Place, day: date) -> frozenset[str] | None:
    """The organisations and groups below a place; None for all of them."""
    if place.uid is None:
        return None
    with branch.read() as connection:
        tree = organisation_questions.tree(connection, day)
    return frozenset(version.organisation for version in tree.below(place.uid))


class Roster:
    """The list that a screen shows. Rows are read when they are looked at; nothing loads the whole list.

    The first page comes by its own question; the numbers of all rows are fetched only when somebody goes
    beyond it.
    """

    def __init__(self, branch: Branch) -> None:
        self._branch = branch
        self._place = Place()
        self._typed: dict[str, str] = {}
        self._query = RosterQuery()
        self._rids: array[int] = array("q")
        self._complete = True
        self._rows: OrderedDict[int, RosterRow] = OrderedDict()
        self._twins: dict[str, list[tuple[int, str, str]]] = {}
        self.counts = RosterCounts()
        self.findings = 0
        self.around = self._look_around()

    # ---- choosing

    def choose(self, place: Place) -> None:
        """Show the members of a place."""
        self._place = place
        self.reload()

    def narrow(self, typed: Mapping[str, str]) -> None:
        """Show only members that fit what is typed above the columns."""
        self._typed = dict(typed)
        self.reload()

    def only_findings(self, *, only: bool) -> None:
        """Show only members with something to mend."""
        self._query = replace(self._query, only_findings=only)
        self.reload()

    def sort(self, order: str, *, descending: bool = False) -> None:
        """Sort by a field or by one of the special orders."""
        self._query = replace(self._query, sort=order, descending=descending)
        self.reload()

    @property
    def query(self) -> RosterQuery:
        """The question behind the list."""
        return self._query

    @property
    def place(self) -> Place:
        """The place whose members are shown."""
        return self._place

    def reload(self) -> None:
        """Ask again, after a change or another choice."""
        self.around = self._look_around()
        form = member_form()
        filters = tuple(
            (form.by_id[field_id], wanted)
            for field_id, text in self._typed.items()
            if (wanted := read_filter(text)) is not None
        )
        self._query = replace(
            self._query,
            places=_inside(self._branch, self._place, self.around.today),
            states=self._place.states,
            extra=self._place.extra,
            filters=filters,
        )
        self._rows.clear()
        self._twins.clear()
        with self._branch.read() as connection:
            self._rids, self.counts = questions.roster_page(connection, self._query, self.around, PAGE)
        self.findings = self.counts.findings
        self._complete = len(self._rids) >= self.counts.total

    def refresh(self) -> bool:
        """Ask again after a change; where the same members are found they keep their places.

        Returns whether they did.
        """
        before = self._rids
        complete = self._complete
        self.reload()
        if complete and not self._complete:
            self._complete_rids()
        same = len(before) == len(self._rids) and set(before) == set(self._rids)
        if same:
            self._rids = before
        return same

    def _look_around(self) -> Surroundings:
        with self._branch.read() as connection:
            return surroundings(connection)

    # ---- reading

    def __len__(self) -> int:
        return self.counts.total

    def rid(self, index: int) -> int:
        """The row number of the member at a place of the list."""
        if index >= len(self._rids) and not self._complete:
            self._complete_rids()
        return self._rids[index]

    def index(self, rid: int) -> int | None:
        """Where a member stands in the list; None where it is not in it."""
        if rid not in self._rids and not self._complete:
            self._complete_rids()
        try:
            return self._rids.index(rid)
        except ValueError:
            return None

    def _complete_rids(self) -> None:
        with self._branch.read() as connection:
            self._rids = questions.roster_rids(connection, self._query, self.around)
        self._complete = True
        self.counts = replace(self.counts, total=len(self._rids))

    def row(self, index: int) -> RosterRow | None:
        """The member at a place of the list, read with its neighbours."""
        rid = self.rid(index)
        if rid not in self._rows:
            start = index // PAGE * PAGE
            if start + PAGE > len(self._rids):
                self.rid(min(start + PAGE, len(self)) - 1)
            self._load(self._rids[start : start + PAGE])
        return self._rows.get(rid)

    def rows(self, indexes: Sequence[int]) -> list[RosterRow]:
        """The members at several places of the list."""
        wanted = [self.rid(index) for index in indexes]
        missing = [rid for rid in wanted if rid not in self._rows]
        if len(missing) > PAGE:
            with self._branch.read() as connection:
                found = {row.rid: row for row in questions.roster_rows(connection, wanted)}
            return [found[rid] for rid in wanted if rid in found]
        return [row for index in indexes if (row := self.row(index)) is not None]

    def _load(self, rids: Sequence[int]) -> None:
        with self._branch.read() as connection:
            rows = questions.roster_rows(connection, rids)
            marked = [row for row in rows if any(code == DUPLICATE for _field, code in row.findings)]
            numbers = [row.values["id_number"] or "" for row in marked]
            self._twins.update(questions.same_identity(connection, numbers))
        for row in rows:
            self._rows[row.rid] = row
        while len(self._rows) > _KEPT_ROWS:
            self._rows.popitem(last=False)

    def remarks(self, row: RosterRow) -> list[Finding]:
        """What there is to say about a member, in words; found anew, since words depend on the language."""
        if not row.findings:
            return []
        around = self.around.of(row.values["organisation"])
        found = check_form(member_form(), row.values, around, shipped_rules(), CHECKS)
        twins = self._twins.get(row.values.get("id_number") or "", [])
        others = [name for rid, _uid, name in twins if rid != row.rid]
        if others:
            sentence = _("与 {names} 的身份证号相同，请核对是不是同一个人。", names=listed(others[:3]))
            found.append(Finding(DUPLICATE, Severity.WARN, sentence, "id_number"))
        return found

    def indexes_with_findings(self) -> list[int]:
        """The places in the list that have something to mend, from the top down."""
        with self._branch.read() as connection:
            marked = questions.rids_with_findings(connection, self._query, self.around)
        if not self._complete:
            self._complete_rids()
        return [index for index, rid in enumerate(self._rids) if rid in marked]


@dataclass(frozen=True)
class RosterOnDay:
    """The roster as of a day: the rows with the standings of that day, and what was not known."""

    day: date
    rows: tuple[RosterRow, ...]
    counts: RosterCounts
    undated: int
    around: Surroundings


def roster_on(branch: Branch, day: date, place: str | None = None, order: str = "posts") -> RosterOnDay:
    """Who was on the roster on `day`, below the organisation or group `place`.

    The same day gives the same answer whenever it is asked, as long as no event is entered or corrected.
    Members admitted but not yet arrived, and arrivals without a date, count as domain.members says.
    """
    with branch.read() as connection:
        around = replace(surroundings(connection), vocabulary=vocabulary(connection, day))
        tree = organisation_questions.tree(connection, day)
        inside = {version.organisation for version in tree.below(place)} if place else None
        standings = {
            rid: standing
            for rid, standing in questions.standings_on(connection, day).items()
            if standing.on_roster
            and (inside is None or standing.organisation in inside or standing.group in inside)
        }
        query = RosterQuery(states=tuple(State), sort=order)
        ordered = [rid for rid in questions.roster_rids(connection, query, around) if rid in standings]
        held: dict[str, list[str]] = {}
        for post in posts_on((post for _uid, post in organisation_questions.posts(connection)), day):
            held.setdefault(post.member, []).append(post.code)
        rank = around.vocabulary["post"].rank
        rows = []
        for row in questions.roster_rows(connection, ordered):
            codes = " ".join(sorted(set(held.get(row.uid, ())), key=rank))
            then = standing_values(standings[row.rid])
            rows.append(replace(row, values={**row.values, **then, "posts": codes or None}, findings=()))
    if order == "posts":
        rows.sort(key=lambda row: _by_post(row, rank))
    return RosterOnDay(day, tuple(rows), _counts(rows), _undated(standings.values()), around)


def _by_post(row: RosterRow, rank: Callable[[str], int]) -> tuple[int, str, int]:
    """Posts of that day first, in their official order, then the strokes of the name, then as entered."""
    codes = (row.values["posts"] or "").split()
    strokes = stroke_key(row.values["name"] or "")
    return min((rank(code) for code in codes), default=NO_POST), strokes, row.rid


def _undated(standings: Iterable[Standing]) -> int:
    return sum(1 for one in standings if one.arrived_on is None and one.admitted_on is None)


def _counts(rows: Sequence[RosterRow]) -> RosterCounts:
    def how_many(field: str, value: str) -> int:
        return sum(1 for row in rows if row.values.get(field) == value)

    return RosterCounts(
        total=len(rows),
        full=how_many("category", "full"),
        probationary=how_many("category", "probationary"),
        women=how_many("sex", "2"),
        minority=sum(1 for row in rows if row.values.get("ethnic") not in {None, "", "01"}),
    )
