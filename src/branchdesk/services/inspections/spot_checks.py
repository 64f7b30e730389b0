"""Spot checks: a sample drawn by lot from members or meetings, what was found, and problems made of it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from branchdesk import clock
from branchdesk.domain.inspections.issues import Issue, IssueSource
from branchdesk.domain.inspections.model import InspectionState
from branchdesk.domain.inspections.sampling import draw
from branchdesk.errors import Problem
from branchdesk.findings import Finding
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.language import Form
from branchdesk.i18n import _, _n, speaking_chinese
from branchdesk.partial_dates import PartialDate
from branchdesk.services.inspections.issues import IssueEntry, raise_issue
from branchdesk.services.inspections.outcomes import InspectionOutcome, IssueOutcome
from branchdesk.services.meetings.editing import read_typed
from branchdesk.services.meetings.prefilling import Known, prefilled
from branchdesk.services.meetings.texts import whole
from branchdesk.storage import inspections as questions
from branchdesk.storage import issues as issue_questions
from branchdesk.storage import organisations, records, tables
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import NOTHING
from branchdesk.storage.inspection_numbers import next_spot_check
from branchdesk.storage.inspections import ENTITY, ISSUE, SAMPLE, SPOT_CHECK, TARGET
from branchdesk.storage.meeting_people import around_of
from branchdesk.storage.meetings import own_values
from branchdesk.storage.record_writing import write_lines, write_values
from branchdesk.storage.records import PLACE
from branchdesk.uids import new_uid

_SEEDS = 10**8


class Scope(StrEnum):
    """From what a sample is drawn; codes of the field `scope`."""

    MEMBERS = "members"
    MEETINGS = "meetings"


@dataclass(frozen=True)
class SampleLine:
    """One of those drawn; `entity` and `target` open it, `issue` is the problem made of the finding."""

    uid: str
    item: str
    dated: str
    finding: str
    entity: str
    target: str
    issue: Issue | None = None


@dataclass(frozen=True)
class SpotCheck:
    """A spot check with its sample; `values` are the fields of its form."""

    uid: str
    organisation: str
    organisation_name: str
    title: str
    year: int
    number: int
    on: str
    scope: Scope
    seed: int
    form: Form
    values: Mapping[str, str]
    lines: tuple[SampleLine, ...]


@dataclass(frozen=True)
class SpotCheckRow:
    """One spot check in a list: how many were drawn, with how many something was found."""

    uid: str
    title: str
    organisation_name: str
    on: str
    scope: Scope
    drawn: int
    found: int


def population_of(branch: Branch, organisation: str, scope: Scope | str) -> dict[str, tuple[str, str]]:
    """From whom or what a sample is drawn today: label and day by uid.

    Members are those on the roster, meetings those of this year that have a day already past.
    """
    today = clock.today()
    with branch.read() as connection:
        if Scope(scope) is Scope.MEMBERS:
            _around, people = around_of(connection, organisation, today)
            return {
                one.uid: (f"{one.name}（{one.group_name}）" if one.group_name else one.name, "")
                for one in people
            }
        rows = questions.meetings_between(connection, organisation, date(today.year, 1, 1), today)
    return {row["uid"]: (row["title"], row["on_date"]) for row in rows}


def draw_spot_check(
    branch: Branch,
    organisation: str,
    scope: Scope | str,
    size: int,
    *,
    seed: int | None = None,
    typed: Mapping[str, str] | None = None,
) -> InspectionOutcome:
    """Draw a sample by lot and begin its spot check, as one change; the seed is kept with it.

    `typed` has fields of its form as clerks type them. Raises Problem for a sample of nobody, or of more than
    there are, KeyError for a field that there is not, or that the draw sets.
    """
    kind, known = Scope(scope), population_of(branch, organisation, scope)
    _refuse_size(kind, size, len(known))
    lot = secrets.randbelow(_SEEDS) if seed is None else seed
    today = clock.today()
    with branch.read() as connection:
        form = records.shelf_of(connection).form(SPOT_CHECK, on=today)
        around, people = around_of(connection, organisation, today, with_people=False)
        home = questions.names_by_organisation(connection).full(organisation, today)
    begun = prefilled(form, Known(branch.person.name, home, "", (), people), around, {})
    uid = new_uid()
    own, findings = _read_fields(form, typed or {}, around)
    values = {**begun, "checked_on": today.isoformat(), **own}
    values |= {"scope": kind.value, "size": str(size), "seed": str(lot)}
    on = _full_day(values) or today.isoformat()
    with branch.change(_("随机抽查 {n} 项", n=size)) as change:
        number = next_spot_check(change.connection, organisation, today.year)
        change.insert(
            tables.record,
            {
                "uid": uid,
                "kind": form.kind,
                "version": form.version,
                "organisation_uid": organisation,
                "title": _title(today.year, number),
                "on_date": on,
                "year": today.year,
                "number": number,
                "state": InspectionState.DRAFTED.value,
                "entered_on": today.isoformat(),
            },
        )
        write_values(change, uid, values)
        write_lines(change, uid, SAMPLE, _drawn(kind, known, draw(lot, list(known), size)))
    return InspectionOutcome(change.result, uid, tuple(findings))


def _read_fields(
    form: Form, typed: Mapping[str, str], around: Surroundings
) -> tuple[dict[str, str | None], list[Finding]]:
    """The values of typed fields. Raises KeyError for one that there is not, or that the draw sets."""
    fixed = {"scope", "size", "seed"} & set(typed)
    if fixed:
        raise KeyError(min(fixed))
    return read_typed(form.by_id, typed, around)


def _full_day(values: Mapping[str, str | None]) -> str:
    """The ISO day on which was checked; empty where it is not known to the day."""
    on = PartialDate.read(values.get("checked_on"))
    return on.written() if on is not None and on.is_full else ""


def _title(year: int, number: int) -> str:
    """What a spot check is called. Always Chinese, as on paper."""
    with speaking_chinese():
        return _("{year}年第{n}次随机抽查", year=year, n=number)


def _refuse_size(scope: Scope, size: int, there: int) -> None:
    if not there:
        empty = {
            Scope.MEMBERS: _("名册里还没有党员，不能抽查。"),
            Scope.MEETINGS: _("今年还没有会议记录，不能抽查。"),
        }
        raise Problem(empty[scope], _("请先登记，再来抽查。"))
    if not 1 <= size <= there:
        raise Problem(
            _n("可以抽查的共 {n} 项，抽不出 {size} 项。", there, size=size),
            _("请填 1 到 {most} 之间的数。", most=there),
        )


def _drawn(
    scope: Scope, known: Mapping[str, tuple[str, str]], uids: list[str]
) -> dict[str, dict[str, str | None]]:
    entity = tables.member.name if scope is Scope.MEMBERS else tables.record.name
    return {
        new_uid(): {
            PLACE: str(place),
            "item": known[uid][0],
            "dated": known[uid][1] or None,
            TARGET: uid,
            ENTITY: entity,
        }
        for place, uid in enumerate(uids)
    }


def spot_check_list(branch: Branch, place: str | None = None, year: int | None = None) -> list[SpotCheckRow]:
    """The spot checks of an organisation and those below it, or of all, the newest first."""
    with branch.read() as connection:
        places = None
        if place is not None:
            tree = organisations.tree(connection, clock.today())
            places = {one.organisation for one in tree.below(place)} | {place}
        rows = questions.inspection_rows(connection, [SPOT_CHECK], places, year)
        uids = [row["uid"] for row in rows]
        values = own_values(connection, uids)
        samples = questions.samples_of(connection, uids)
        names = questions.names_by_organisation(connection)
    return [
        SpotCheckRow(
            uid=row["uid"],
            title=row["title"],
            organisation_name=names.shown(row["organisation_uid"], questions.day_of(row)),
            on=row["on_date"] or "",
            scope=Scope(values[row["uid"]]["scope"]),
            drawn=len(samples.get(row["uid"], {})),
            found=sum(1 for held in samples.get(row["uid"], {}).values() if held.get("finding")),
        )
        for row in rows
    ]


def spot_check(branch: Branch, uid: str) -> SpotCheck:
    """A spot check with its sample. Raises Problem for one in the recycle bin, and where there is none."""
    with branch.read() as connection:
        row = questions.row_at_hand(connection, uid)
        form = records.form_at_hand(records.shelf_of(connection), row["kind"], row["version"])
        values = own_values(connection, [uid]).get(uid, {})
        sample = questions.samples_of(connection, [uid]).get(uid, {})
        wanted = [held[ISSUE] for held in sample.values() if held.get(ISSUE)]
        issues = {one.uid: one for one in issue_questions.issues_of(connection, wanted)}
        names = questions.names_by_organisation(connection)
    return SpotCheck(
        uid=uid,
        organisation=row["organisation_uid"],
        organisation_name=names.full(row["organisation_uid"], questions.day_of(row)),
        title=row["title"],
        year=row["year"],
        number=row["number"] or 0,
        on=values.get("checked_on", ""),
        scope=Scope(values["scope"]),
        seed=int(values["seed"]),
        form=form,
        values=values,
        lines=tuple(
            SampleLine(
                line,
                held.get("item", ""),
                held.get("dated", ""),
                held.get("finding", ""),
                held.get(ENTITY, ""),
                held.get(TARGET, ""),
                issues.get(held.get(ISSUE, "")),
            )
            for line, held in sample.items()
        ),
    )


def set_spot_check(branch: Branch, uid: str, typed: Mapping[str, str]) -> InspectionOutcome:
    """Set fields of a spot check by their ids; what the sample was drawn with stays as it is.

    Raises KeyError for a field that there is not, or that the draw has set.
    """
    known = spot_check(branch, uid)
    with branch.read() as connection:
        around, _people = around_of(connection, known.organisation, clock.today(), with_people=False)
    values, findings = _read_fields(known.form, typed, around)
    with branch.change(_("修改 {title}", title=known.title)) as change:
        write_values(change, uid, values)
        on = _full_day(values)
        if on:
            change.update(tables.record, uid, {"on_date": on})
    return InspectionOutcome(change.result, uid, tuple(findings))


def note_finding(branch: Branch, uid: str, line: str, text: str) -> InspectionOutcome:
    """Write what was found with one of those drawn; an empty text says that nothing was found.

    Raises Problem for a line that is not there.
    """
    known = spot_check(branch, uid)
    one = _line_of(known, line)
    with branch.change(_("{title} 记录“{item}”的情况", title=known.title, item=one.item)) as change:
        write_values(change, uid, {"finding": whole(text)}, table=SAMPLE, line=line)
    return InspectionOutcome(change.result, uid, line=line)


def _line_of(known: SpotCheck, line: str) -> SampleLine:
    found = next((one for one in known.lines if one.uid == line), None)
    if found is None:
        raise Problem(_("这一行已经不在了，没有保存。"), _("请重新打开这次抽查再看一遍。"))
    return found


def issue_from(branch: Branch, uid: str, line: str) -> IssueOutcome:
    """Make a problem of what was found with one of those drawn; a second time it is the same problem.

    Raises Problem for a line without a finding.
    """
    known = spot_check(branch, uid)
    one = _line_of(known, line)
    if not one.finding:
        raise Problem(_("“{item}”还没有写发现的问题。", item=one.item), _("请先填写，再转为整改。"))
    if one.issue is not None:
        return IssueOutcome(NOTHING, one.issue.uid, number=one.issue.number)
    entry = IssueEntry(
        f"{one.item}：{one.finding}", IssueSource.SPOT_CHECK, basis=known.title, found_on=known.on
    )
    return raise_issue(branch, known.organisation, entry, found_in=uid, sample_line=line)
