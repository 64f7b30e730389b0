"""Questions about the organisation itself: its term, its posts, its groups and the files of its members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from branchdesk.domain.committee import DISCIPLINE, SECRETARY, Post, term_due, term_years
from branchdesk.domain.inspections.model import Evidence
from branchdesk.i18n import _, listed
from branchdesk.partial_dates import PartialDate
from branchdesk.services.inspections.facts.period_records import PeriodRecords, is_seat
from branchdesk.services.inspections.facts.replies import Reply, some, standing, unanswered
from branchdesk.services.member_edits import member_form

Term = Mapping[str, Any]


def term_overdue(seen: PeriodRecords) -> Reply:
    """Whether the term was over on the last day, and no new committee had been elected (domain 1.3)."""
    term = _current_term(seen)
    if term is None:
        return unanswered(_("没有登记班子的任期，请在组织信息里登记换届日期。"))
    elected, due = PartialDate.read(term["elected_on"]), _due_day(seen, term)
    title = _("班子任期")
    if elected is not None:
        title = _("{day} 当选的班子", day=elected.shown())
    if due is None:
        return unanswered(_("任期没有登记届满日期，请在组织信息里补登。"), [_of_house(seen, title)])
    places = {"due": PartialDate.of(due).shown(), "day": PartialDate.of(seen.upto).shown()}
    if due <= seen.upto:
        sentence = _("本届任期 {due} 届满，到 {day} 还没有登记换届。", **places)
        return standing(1, sentence, [_of_house(seen, title, _("任期届满"))])
    sentence = _("本届任期到 {due} 届满，{day} 在任期内。", **places)
    return standing(0, sentence, [_of_house(seen, title)])


def _current_term(seen: PeriodRecords) -> Term | None:
    """The newest term that had begun by the last day; one of which nobody knows when it began has."""
    for term in seen.house.terms:
        elected = PartialDate.read(term["elected_on"])
        if elected is None or elected.first_day() <= seen.upto:
            return term
    return None


def _due_day(seen: PeriodRecords, term: Term) -> date | None:
    """The day on which a term ends: as entered, or else by the rules of the day of the election.

    That it was ended by a later election was not known before that.
    """
    ended, written = PartialDate.read(term["ended_on"]), PartialDate.read(term["due_on"])
    elected = PartialDate.read(term["elected_on"])
    if ended is not None and ended.last_day() <= seen.upto:
        return ended.last_day()
    if written is not None:
        return written.last_day()
    if elected is None or seen.house.version is None:
        return None
    first = elected.first_day()
    return term_due(first, term_years(seen.house.version.kind, seen.house.field, seen.rules, first))


def _of_house(seen: PeriodRecords, title: str, lacking: str = "") -> Evidence:
    return Evidence(title, "organisation", seen.organisation, lacking=lacking)


# ---- posts


def posts_vacant(seen: PeriodRecords) -> Reply:
    """How many posts of the committee nobody on the roster holds on the last day (domain 1.2).

    Asked for are the secretary, the discipline officer where a committee is due, and every post that somebody
    held in this term.
    """
    names = {one.uid: one.name for one in seen.house.people}
    own = [one for one in seen.house.posts if is_seat(one, seen.organisation)]
    if not own:
        return unanswered(_("没有登记班子任职，请在组织信息里登记书记和委员。"))
    seats = seen.house.seats(seen.organisation, seen.upto)
    held = [one for one in seats if one.member in names]
    codes = {one.code for one in held}
    ranks = seen.around.vocabulary["post"]
    vacant = sorted(_asked_for(seen, own, seats) - codes, key=ranks.rank)
    evidence = [
        Evidence(_("{post} {name}", post=ranks.shown(one.code), name=names[one.member]), "member", one.member)
        for one in sorted(held, key=lambda one: ranks.rank(one.code))
    ]
    evidence += [_of_house(seen, ranks.shown(code), _("缺位")) for code in vacant]
    places = {"day": PartialDate.of(seen.upto).shown(), "n": len({one.member for one in held})}
    if vacant:
        sentence = _(
            "{day} 班子成员 {n} 人，缺位 {vacant} 职：{posts}。",
            vacant=len(vacant),
            posts=listed(ranks.shown(code) for code in vacant),
            **places,
        )
    else:
        sentence = _("{day} 班子成员 {n} 人，没有缺位。", **places)
    return standing(len(vacant), sentence, evidence)


def _asked_for(seen: PeriodRecords, own: Sequence[Post], seats: Sequence[Post]) -> set[str]:
    """The posts that somebody should hold."""
    least = seen.rules.at("committee_fewest_seats", seen.upto).value
    wanted = {SECRETARY, *(one.code for one in seats)}
    house = seen.house.facts
    if len({one.member for one in seats}) >= least or house.full_members >= (house.committee_from or least):
        wanted.add(DISCIPLINE)
    term = _current_term(seen)
    elected = PartialDate.read(term["elected_on"]) if term else None
    if term is not None and elected is not None:
        wanted |= {
            one.code
            for one in own
            if one.until is not None
            and one.until.last_day() <= seen.upto
            and (one.term == term["uid"] or one.begins() >= elected.first_day())
        }
    return wanted


# ---- groups


def groups_without_leader(seen: PeriodRecords) -> Reply:
    """How many Party groups have no leader on the last day."""
    groups = seen.house.facts.groups
    if not groups:
        return unanswered(_("本支部没有划分党小组，这一项不适用。"))
    people = {one.uid: one for one in seen.house.people}
    leaders = {
        people[one.member].group if one.organisation == seen.organisation else one.organisation: one.member
        for one in seen.house.leaders(seen.upto)
        if one.member in people
    }
    evidence = []
    for group in groups:
        if group.uid in leaders:
            name = people[leaders[group.uid]].name
            title = _("{group}组长 {name}", group=group.name, name=name)
            evidence.append(Evidence(title, "member", leaders[group.uid]))
        else:
            evidence.append(Evidence(group.name, "organisation", group.uid, lacking=_("没有组长")))
    without = [group.name for group in groups if group.uid not in leaders]
    if without:
        sentence = _(
            "{all} 个党小组中 {n} 个没有登记组长：{names}。",
            all=len(groups),
            n=len(without),
            names=some(without),
        )
    else:
        sentence = _("{all} 个党小组都有组长。", all=len(groups))
    return standing(len(without), sentence, evidence)


# ---- files of members


def roster_faults(seen: PeriodRecords) -> Reply:
    """How many fields in the files of those on the roster are empty or wrong; files as they stand today."""
    people, faults = seen.house.people, seen.house.faults
    if not people:
        return unanswered(_("名册上还没有党员，没有可查的档案。"))
    form = member_form()
    fields: dict[str, list[str]] = {}
    for one in faults:
        label = form.by_id[one.field].shown() if one.field in form.by_id else one.field
        fields.setdefault(one.member, []).append(label)
    names = {one.uid: one.name for one in people}
    places = {"day": PartialDate.of(seen.upto).shown(), "all": len(people)}
    if faults:
        sentence = _(
            "{day} 在册 {all} 人，{some} 人的档案共有 {n} 处要核对：{names}。",
            some=len(fields),
            n=len(faults),
            names=some([names[uid] for uid in fields]),
            **places,
        )
    else:
        sentence = _("{day} 在册 {all} 人，档案没有要核对的地方。", **places)
    evidence = [_of_house(seen, _("党员名册（{n} 人）", n=len(people)))]
    evidence += [
        Evidence(names[uid], "member", uid, lacking=_("要核对：{fields}", fields=listed(labels)))
        for uid, labels in fields.items()
    ]
    return standing(len(faults), sentence, evidence)
