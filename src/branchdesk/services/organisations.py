"""The tree of organisations, their profiles, the committee's terms and posts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from branchdesk import clock
from branchdesk.domain.checks import CHECKS
from branchdesk.domain.committee import (
    GROUP_LEADER,
    Post,
    committee_findings,
    holders_gone,
    posts_on,
    term_due,
    term_findings,
    term_years,
)
from branchdesk.domain.members import State, first_day_without
from branchdesk.domain.organisations import (
    CHILDREN,
    OrganisationKind,
    OrganisationTree,
    OrganisationVersion,
    size_findings,
)
from branchdesk.errors import Problem
from branchdesk.findings import Finding
from branchdesk.forms.checking import check_form
from branchdesk.forms.language import Form, shipped_form
from branchdesk.forms.rules import shipped_rules
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate, day_before
from branchdesk.storage import journal, tables
from branchdesk.storage import organisations as questions
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import Changes
from branchdesk.storage.derived import surroundings
from branchdesk.storage.member_facts import event_of, load_facts
from branchdesk.storage.rosters import RosterQuery, roster_counts

_OF_VERSION = ("full_name", "short_name", "kind")


def profile_form() -> Form:
    """The form of an organisation's profile."""
    return shipped_form("organisation.profile")


def organisation_tree(branch: Branch, day: date | None = None) -> OrganisationTree:
    """The organisations as they stood on `day`, by default today."""
    with branch.read() as connection:
        return questions.tree(connection, day or clock.today())


def root_of(branch: Branch) -> str:
    """The uid of the organisation that the file belongs to."""
    return organisation_tree(branch).roots()[0].organisation


@dataclass(frozen=True)
class OrganisationFile:
    """One organisation as its page shows it: values of the profile, findings, terms and posts."""

    uid: str
    kind: OrganisationKind
    values: Mapping[str, str | None]
    findings: Sequence[Finding]
    terms: Sequence[Mapping[str, Any]]
    posts: Sequence[tuple[str, Post]]

    @property
    def name(self) -> str:
        """The short name where there is one."""
        return self.values.get("short_name") or self.values.get("full_name") or ""


def organisation_file(branch: Branch, uid: str) -> OrganisationFile:
    """Everything about one organisation as of today."""
    rules, today = shipped_rules(), clock.today()
    with branch.read() as connection:
        around = surroundings(connection)
        tree = questions.tree(connection, today)
        version = tree[uid]
        values: dict[str, str | None] = {
            **questions.profile(connection, uid),
            "full_name": version.full_name,
            "short_name": version.short_name or None,
            "kind": version.kind.value,
        }
        terms = questions.terms(connection, uid)
        posts = [(row, post) for row, post in questions.posts(connection) if post.organisation == uid]
        places = frozenset(below.organisation for below in tree.below(uid))
        counts = roster_counts(connection, RosterQuery(places=places, states=(State.ACTIVE,)), around)
        holders = {post.member for post in posts_on((post for _row, post in posts), today)}
        facts = load_facts(connection, holders)
        here = {one for one, known in facts.items() if known.standing_now(today).state is State.ACTIVE}
        gone = journal.names_of(connection, holders - here)
    held = [post for _row, post in posts if post.member in here]
    findings = check_form(profile_form(), values, around, rules, CHECKS)
    findings += committee_findings(held, today, rules)
    findings += holders_gone(gone.values())
    findings += size_findings(
        version.kind,
        counts.full,
        counts.probationary,
        rules,
        today,
        has_committee=len({post.member for post in posts_on(held, today)}) > 1,
    )
    due = PartialDate.read(terms[0]["due_on"]) if terms else None
    if due is not None and due.is_full and not terms[0]["ended_on"]:
        findings += term_findings(due.first_day(), today, rules)
    return OrganisationFile(uid, version.kind, values, findings, terms, posts)


def set_profile(branch: Branch, uid: str, typed: Mapping[str, str]) -> Changes:
    """Correct fields of an organisation's profile.

    Raises Problem for an empty full name or a kind that there is not.
    """
    form = profile_form()
    if "full_name" in typed and not typed["full_name"].strip():
        raise Problem(_("党组织全称不能空着。"), _("与印章上的名称一致。"))
    with branch.read() as connection:
        around = surroundings(connection, typed=True)
        tree = questions.tree(connection, around.today)
        version_uid = _current_version(questions.versions(connection), uid, around.today)
    read = {
        field_id: form.by_id[field_id].type.read(form.by_id[field_id], text, around).value
        for field_id, text in typed.items()
    }
    if "kind" in read and read["kind"] not in set(OrganisationKind):
        raise Problem(
            _("“{text}”不是组织类别。", text=typed["kind"]), _("请从列表中选择，如党支部、党总支、党小组。")
        )
    label = _("修改 {name} 的信息", name=tree[uid].name)
    with branch.change(label) as change:
        change.update(
            tables.organisation_version,
            version_uid,
            {key: value or "" for key, value in read.items() if key in _OF_VERSION},
        )
        own = {key: value for key, value in read.items() if key not in _OF_VERSION}
        change.update(tables.organisation, uid, own)
    return change.result


def _current_version(versions: Sequence[tuple[str, Any]], uid: str, day: date) -> str:
    return next(row for row, version in versions if version.organisation == uid and version.holds_on(day))


def add_organisation(
    branch: Branch, parent: str, kind: OrganisationKind, full_name: str, short_name: str = ""
) -> tuple[str, Changes]:
    """Found an organisation below another; returns its uid.

    Raises Problem for an empty name, a name that stands there already, or a kind that may not stand there.
    """
    name = full_name.strip()
    tree = organisation_tree(branch)
    above = tree[parent]
    if not name:
        raise Problem(_("请填写名称。"))
    if kind not in CHILDREN[above.kind]:
        raise Problem(
            _("{above} 下面不能设这一类组织。", above=above.name),
            _("党小组设在党支部下面，党支部设在党委或党总支下面。"),
        )
    siblings = tree.children(parent)
    if any(name in {sibling.full_name, sibling.short_name} for sibling in siblings):
        raise Problem(_("{above} 下面已经有“{name}”。", above=above.name, name=name))
    with branch.change(_("设立 {name}", name=short_name.strip() or name)) as change:
        uid = change.insert(tables.organisation, {})
        change.insert(
            tables.organisation_version,
            {
                "organisation_uid": uid,
                "parent_uid": parent,
                "kind": kind.value,
                "full_name": name,
                "short_name": short_name.strip() or (name if kind is OrganisationKind.GROUP else ""),
                "position": max((sibling.position for sibling in siblings), default=-1) + 1,
            },
        )
    return uid, change.result


def rename_from(branch: Branch, uid: str, full_name: str, short_name: str, day: date) -> Changes:
    """Give an organisation another name from `day` on; papers as of earlier days keep the old one.

    Raises Problem for an empty full name, and for a day on which there is no such organisation.
    """
    if not full_name.strip():
        raise Problem(_("党组织全称不能空着。"), _("与印章上的名称一致。"))
    return _new_version(
        branch,
        uid,
        day,
        {"full_name": full_name.strip(), "short_name": short_name.strip()},
        _("{name} 更名为 {new}", name=organisation_tree(branch)[uid].name, new=full_name.strip()),
    )


def move_under(branch: Branch, uid: str, parent: str, day: date) -> Changes:
    """Put an organisation below another from `day` on. Raises Problem where it may not stand there."""
    tree = organisation_tree(branch)
    version, above = tree[uid], tree[parent]
    if version.kind not in CHILDREN[above.kind] or parent in {
        below.organisation for below in tree.below(uid)
    }:
        raise Problem(_("{name} 不能移到 {above} 下面。", name=version.name, above=above.name))
    label = _("{name} 改由 {above} 管理", name=version.name, above=above.name)
    return _new_version(branch, uid, day, {"parent_uid": parent}, label)


def _new_version(branch: Branch, uid: str, day: date, values: Mapping[str, str], label: str) -> Changes:
    """Split the version that holds on `day`, so that no two versions ever hold on one day."""
    with branch.read() as connection:
        own = [known for known in questions.versions(connection) if known[1].organisation == uid]
    held = next(((row, version) for row, version in own if version.holds_on(day)), None)
    if held is None:
        raise Problem(
            _("{day} 没有这个组织。", day=PartialDate.of(day).shown()), _("请核对日期，或先看它何时撤销。")
        )
    row, version = held
    if version.valid_from == day:
        raise Problem(
            _("日期应在 {day} 之后。", day=PartialDate.of(version.valid_from).shown()),
            _("更早的名称可以直接在信息里更正。"),
        )
    with branch.change(label) as change:
        change.update(tables.organisation_version, row, {"valid_to": day.isoformat()})
        change.insert(
            tables.organisation_version,
            {
                "organisation_uid": uid,
                "parent_uid": version.parent,
                "kind": version.kind.value,
                "full_name": version.full_name,
                "short_name": version.short_name,
                "position": version.position,
                "valid_from": day.isoformat(),
                "valid_to": version.valid_to.isoformat() if version.valid_to else None,
                **values,
            },
        )
    return change.result


def dissolve(branch: Branch, uid: str, day: date) -> Changes:
    """End an organisation on `day`.

    Raises Problem where members or organisations belonged to it on that day or later; rosters of those days
    would name an organisation that there was not.
    """
    with branch.read() as connection:
        tree = questions.tree(connection, clock.today())
        versions = questions.versions(connection)
        facts = load_facts(connection, questions.members_ever_in(connection, uid))
    version = tree[uid]
    if version in tree.roots():
        raise Problem(_("{name} 是这个支部文件的主组织，不能撤销。", name=version.name))
    own = [known for known in versions if known[1].organisation == uid]
    below = [known.valid_to for _row, known in versions if known.parent == uid and _lasts(known, day)]
    people = [
        first_day_without((event_of(row) for row in known.events), uid, day) for known in facts.values()
    ]
    _refuse_while_in_use(version.name, day, [free for free in people if free != day], below)
    with branch.change(_("撤销 {name}", name=version.name)) as change:
        for row, known in own:
            if known.valid_from is not None and known.valid_from >= day:
                change.remove(tables.organisation_version, [row])
            elif _lasts(known, day):
                change.update(tables.organisation_version, row, {"valid_to": day.isoformat()})
    return change.result


def _lasts(version: OrganisationVersion, day: date) -> bool:
    """Whether a version is in force on `day` or a later one."""
    return version.valid_to is None or version.valid_to > day


def _refuse_while_in_use(
    name: str, day: date, people: Sequence[date | None], below: Sequence[date | None]
) -> None:
    """Raise Problem for an organisation with members or organisations, each with the day that ends it."""
    if None in people:
        sentence = _("{name} 还有 {n} 名党员，不能撤销。", name=name, n=people.count(None))
        raise Problem(sentence, _("请先把党员调到别的小组，或办理组织关系转接。"))
    if None in below:
        raise Problem(_("{name} 下面还有组织，不能撤销。", name=name), _("请先撤销下面的组织。"))
    ends = [end for end in (*people, *below) if end is not None]
    if ends:
        sentence = _(
            "{day} 以后 {name} 还有过党员或下级组织，不能从这一天撤销。",
            day=PartialDate.of(day).shown(),
            name=name,
        )
        raise Problem(sentence, _("撤销日期应不早于 {day}。", day=PartialDate.of(max(ends)).shown()))


# ---- terms and posts


def names_of(branch: Branch, uids: Iterable[str]) -> dict[str, str]:
    """The names of members by uid."""
    with branch.read() as connection:
        return journal.names_of(connection, uids)


def begin_term(branch: Branch, uid: str, number: str, elected_on: date) -> Changes:
    """Enter the election of a committee; the day when its term ends follows from the rules.

    The term before it ends on that day, the posts of that term the day before; who was elected again is
    entered again. An election before one that is known changes nothing after that one.
    """
    record = organisation_file(branch, uid)
    years = term_years(record.kind, record.values.get("field"), shipped_rules(), elected_on)
    begun = {term["uid"]: PartialDate.read(term["elected_on"]) for term in record.terms}
    starts = [day.first_day() for day in begun.values() if day is not None]
    next_one = min((start for start in starts if start > elected_on), default=None)
    earlier = [term for term in record.terms if not _is_after(begun[term["uid"]], elected_on)]
    over = _posts_over(record, {term["uid"] for term in earlier}, elected_on, next_one)
    values = {
        "organisation_uid": uid,
        "number": number.strip() or None,
        "elected_on": elected_on.isoformat(),
        "due_on": term_due(elected_on, years).isoformat(),
        "ended_on": next_one.isoformat() if next_one else None,
    }
    with branch.change(_("登记 {name} 换届", name=record.name)) as change:
        for term in earlier:
            ended = PartialDate.read(term["ended_on"])
            if ended is None or _is_after(ended, elected_on):
                change.update(tables.committee_term, term["uid"], {"ended_on": elected_on.isoformat()})
        last_day = {"until": day_before(elected_on).isoformat()}
        change.update_many(tables.post, dict.fromkeys(over, last_day))
        change.insert(tables.committee_term, values)
    return change.result


def _is_after(day: PartialDate | None, other: date) -> bool:
    return day is not None and day.first_day() > other


def _posts_over(
    record: OrganisationFile, terms: set[str], elected_on: date, next_one: date | None
) -> list[str]:
    """The rows of the posts that end with an election: those of the terms before it.

    A post of which no term is known ends with the newest election only, where it surely began before that.
    """
    known = terms if next_one else {*terms, None}
    return [
        row
        for row, post in record.posts
        if post.term in known
        and post.code != GROUP_LEADER
        and post.until is None
        and post.begins_before(elected_on)
    ]


def set_term(branch: Branch, term_uid: str, values: Mapping[str, str | None]) -> Changes:
    """Correct a term: its number, dates, or note; dates are ISO."""
    with branch.change(_("更正任期")) as change:
        change.update(tables.committee_term, term_uid, values)
    return change.result


def appoint(
    branch: Branch,
    organisation: str,
    member: str,
    code: str,
    since: PartialDate | None = None,
    until: PartialDate | None = None,
) -> Changes:
    """Enter that a member holds or held a post. Raises Problem where the member holds it already."""
    with branch.read() as connection:
        around = surroundings(connection)
        held = posts_on((post for _row, post in questions.posts(connection)), around.today)
        terms = questions.terms(connection, organisation)
        name = load_facts(connection, [member])[member].row["name"]
    if any((post.member, post.organisation, post.code) == (member, organisation, code) for post in held):
        raise Problem(_("{name} 已经担任这一职务。", name=name))
    current = next((term["uid"] for term in terms if not term["ended_on"]), None)
    post_name = around.vocabulary["post"].shown(code)
    with branch.change(_("{name} 任{post}", name=name, post=post_name)) as change:
        change.insert(
            tables.post,
            {
                "organisation_uid": organisation,
                "member_uid": member,
                "term_uid": current if code != "group_leader" else None,
                "code": code,
                "since": since.written() if since else None,
                "until": until.written() if until else None,
                "entered_on": around.today.isoformat(),
            },
        )
    return change.result


def set_post(branch: Branch, post_uid: str, values: Mapping[str, str | None]) -> Changes:
    """Correct or end a post; dates are in the form of PartialDate."""
    with branch.change(_("更正任职")) as change:
        change.update(tables.post, post_uid, values)
    return change.result


def remove_post(branch: Branch, post_uid: str) -> Changes:
    """Take away a post that was entered by mistake."""
    with branch.change(_("删除任职记录")) as change:
        change.remove(tables.post, [post_uid])
    return change.result
