"""Writing daily records: single fields, opinions of several members at once, final and open again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from branchdesk import clock
from branchdesk.domain.daily import MONTHS, DailyRecord, DailyState, is_ahead
from branchdesk.errors import Problem
from branchdesk.findings import Finding, Severity
from branchdesk.forms.checking import check_form
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.language import Form
from branchdesk.forms.rules import shipped_rules
from branchdesk.i18n import _, _n, listed, speaking_chinese
from branchdesk.partial_dates import FIRST_YEAR, LAST_YEAR, PartialDate
from branchdesk.services.daily.outcomes import DailyOutcome
from branchdesk.services.meetings.editing import read_typed
from branchdesk.services.meetings.texts import one_line
from branchdesk.storage import daily as questions
from branchdesk.storage import records, tables
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import NOTHING, Change, Changes
from branchdesk.storage.daily_tables import daily_record
from branchdesk.storage.meeting_people import around_of
from branchdesk.storage.member_facts import facts_at_hand
from branchdesk.storage.record_writing import write_values
from branchdesk.uids import new_uid

# What is said of several members at once.
OPINIONS = ("group_opinion", "branch_grade")
_MOST_NAMES = 3
Values = Mapping[str, str | None]


@dataclass(frozen=True)
class _Month:
    """A month that is to be written in: the form of new records, the words, and what there is already."""

    organisation: str
    year: int
    month: int
    form: Form
    around: Surroundings
    names: Mapping[str, str]
    known: Mapping[str, DailyRecord]
    forms: Mapping[int, Form]

    def form_of(self, person: str) -> Form:
        """The form of somebody's record, or the one that a new record is begun with."""
        known = self.known.get(person)
        return self.forms[known.version] if known is not None else self.form

    def title(self, person: str) -> str:
        """What the record of somebody is called."""
        known = self.known.get(person)
        return known.title if known is not None else title_of(self.names[person], self.year, self.month)


def title_of(name: str, year: int, month: int) -> str:
    """What a record is called. Always Chinese, as on paper."""
    with speaking_chinese():
        return "".join((name, PartialDate(year, month).spelled(), _("日常表现写实")))


def _month(branch: Branch, organisation: str, people: Sequence[str], year: int, month: int) -> _Month:
    """Raises Problem for a month that there is not or that is to come, and for a member in the bin."""
    today = clock.today()
    if month not in MONTHS or not FIRST_YEAR <= year <= LAST_YEAR:
        raise Problem(_("没有 {year} 年 {month} 月。", year=year, month=month), _("请选择另一个月。"))
    if is_ahead(year, month, today):
        raise Problem(
            _("{year} 年 {month} 月还没有到，不能写实。", year=year, month=month), _("到了当月再填写。")
        )
    last = min(PartialDate(year, month).last_day(), today)
    with branch.read() as connection:
        shelf = records.shelf_of(connection)
        facts = facts_at_hand(connection, people)
        known = questions.of_month(connection, people, year, month)
        around, _people = around_of(connection, organisation, today, with_people=False)
        return _Month(
            organisation=organisation,
            year=year,
            month=month,
            form=shelf.form(questions.DAILY, on=last),
            around=around,
            names={uid: facts[uid].row["name"] or "" for uid in people},
            known=known,
            forms={one.version: records.form_at_hand(shelf, one.kind, one.version) for one in known.values()},
        )


def start_record(branch: Branch, organisation: str, person: str, year: int, month: int) -> DailyOutcome:
    """Begin the record of a member for a month, without any content.

    Raises Problem where there is one already, for a month to come, and for a member in the recycle bin.
    """
    desk = _month(branch, organisation, [person], year, month)
    with branch.read() as connection:
        questions.refuse_second(connection, person, year, month)
    with branch.change(_("新建 {title}", title=desk.title(person))) as change:
        uid = _insert(change, desk, person)
    return DailyOutcome(change.result, (uid,))


def write_record(
    branch: Branch, organisation: str, person: str, year: int, month: int, typed: Mapping[str, str]
) -> DailyOutcome:
    """Set fields of the record of a member and a month by their ids; it is begun where there is none yet.

    Raises Problem for a record that is final, for a month to come, and for a member in the recycle bin;
    KeyError for a field that there is not, or that keeps no value.
    """
    desk = _month(branch, organisation, [person], year, month)
    known = desk.known.get(person)
    if known is not None:
        _refuse_final(known)
    form = desk.form_of(person)
    values, findings = read_typed(form.by_id, typed, desk.around)
    held = known.values if known is not None else {}
    changed = {key: value for key, value in values.items() if (value or "") != held.get(key, "")}
    if not changed:
        return DailyOutcome(NOTHING, (known.uid,) if known is not None else (), tuple(findings))
    with branch.change(_label(desk, person, form, changed)) as change:
        uid = _insert(change, desk, person) if known is None else known.uid
        write_values(change, uid, changed)
    return DailyOutcome(change.result, (uid,), tuple(findings))


def _label(desk: _Month, person: str, form: Form, changed: Values) -> str:
    title = desk.title(person)
    if len(changed) == 1:
        return _("修改 {title} 的{field}", title=title, field=form.by_id[next(iter(changed))].shown())
    return _n("修改 {title} 的 {n} 项内容", len(changed), title=title)


def _insert(change: Change, desk: _Month, person: str) -> str:
    # Another thread may have begun the same one between the question and this change.
    questions.refuse_second(change.connection, person, desk.year, desk.month)
    uid = new_uid()
    row = {
        "uid": uid,
        "kind": desk.form.kind,
        "version": desk.form.version,
        "organisation_uid": desk.organisation,
        "title": desk.title(person),
        "on_date": PartialDate(desk.year, desk.month).last_day().isoformat(),
        "year": desk.year,
        "number": desk.month,
        "state": DailyState.OPEN.value,
        "entered_on": clock.today().isoformat(),
    }
    change.insert(tables.record, row)
    change.insert(daily_record, {"record_uid": uid, "person_uid": person, "name": desk.names[person]})
    return uid


def _refuse_final(record: DailyRecord) -> None:
    if record.is_final:
        raise Problem(_("“{title}”已定稿，不能修改。", title=record.title), _("需要改动请先点“重新打开”。"))


# ---- several members at once


def set_opinions(
    branch: Branch, organisation: str, people: Sequence[str], year: int, month: int, typed: Mapping[str, str]
) -> DailyOutcome:
    """Set the opinion of the group, the judgement of the branch or both for several members, as one change.

    Records are begun where there are none yet; those that are final stay as they are, and a finding names
    them. Raises Problem where all of them are final, and as `write_record` does; KeyError for other fields.
    """
    for field in typed:
        if field not in OPINIONS:
            raise KeyError(field)
    wanted = list(dict.fromkeys(people))
    desk = _month(branch, organisation, wanted, year, month)
    final = [uid for uid in wanted if uid in desk.known and desk.known[uid].is_final]
    open_ones = [uid for uid in wanted if uid not in final]
    if not open_ones:
        raise Problem(_("选中的写实都已定稿，没有修改。"), _("需要改动请先点“重新打开”。"))
    findings = [_left_alone([desk.names[uid] for uid in final])] if final else []
    uids = []
    with branch.change(_about_several(desk, open_ones)) as change:
        for person in open_ones:
            known = desk.known.get(person)
            uid = _insert(change, desk, person) if known is None else known.uid
            values, found = read_typed(desk.form_of(person).by_id, typed, desk.around)
            write_values(change, uid, values)
            findings += [one for one in found if one not in findings]
            uids.append(uid)
    return DailyOutcome(change.result, tuple(uids), tuple(findings))


def _about_several(desk: _Month, people: Sequence[str]) -> str:
    if len(people) == 1:
        return _("填写 {title} 的意见和评价", title=desk.title(people[0]))
    return _n(
        "填写 {name} 等 {n} 人 {year} 年 {month} 月的意见和评价",
        len(people),
        name=desk.names[people[0]],
        year=desk.year,
        month=desk.month,
    )


def _left_alone(names: Sequence[str]) -> Finding:
    words = listed(names[:_MOST_NAMES])
    sentence = _n("{names}等 {n} 人的写实已定稿，没有修改。", len(names), names=words)
    return Finding("daily_final", Severity.NOTE, sentence)


# ---- final and open again


def missing_in(form: Form, record: DailyRecord, around: Surroundings) -> list[Finding]:
    """What stands against making a record final: fields that are missing or hold what cannot be."""
    found = check_form(form, dict(record.values), around, shipped_rules(), {})
    return [one for one in found if one.is_error or one.code == "required"]


def complete(branch: Branch, uids: Iterable[str]) -> DailyOutcome:
    """Make records final, once they are whole and were signed on paper, as one change.

    Raises Problem where something is missing in one of them, and for one that is final already.
    """
    found = _at_hand(branch, uids)
    with branch.read() as connection:
        shelf = records.shelf_of(connection)
        around, _people = around_of(connection, found[0].organisation, clock.today(), with_people=False)
    for one in found:
        _refuse_final(one)
        against = missing_in(records.form_at_hand(shelf, one.kind, one.version), one, around)
        if against:
            raise Problem(
                _("“{title}”还不能定稿：{why}", title=one.title, why=against[0].sentence),
                _("请补齐以后再定稿。"),
            )
    label = _("{title} 定稿", title=found[0].title)
    if len(found) > 1:
        label = _n("{title} 等 {n} 份写实定稿", len(found), title=found[0].title)
    return _move(branch, found, DailyState.FINAL, label)


def reopen(branch: Branch, uids: Iterable[str]) -> DailyOutcome:
    """Open final records again, as one change. Raises Problem where none of them is final."""
    found = [one for one in _at_hand(branch, uids) if one.is_final]
    if not found:
        raise Problem(_("选中的写实没有定稿，不用重新打开。"), _("可以直接修改。"))
    label = _("重新打开 {title}", title=found[0].title)
    if len(found) > 1:
        label = _n("重新打开 {title} 等 {n} 份写实", len(found), title=found[0].title)
    return _move(branch, found, DailyState.OPEN, label)


def _at_hand(branch: Branch, uids: Iterable[str]) -> list[DailyRecord]:
    with branch.read() as connection:
        found = [questions.daily_at_hand(connection, uid) for uid in dict.fromkeys(uids)]
    if not found:
        raise Problem(_("选中的人这个月还没有写实。"), _("请先填写。"))
    return found


def _move(branch: Branch, found: Sequence[DailyRecord], to: DailyState, label: str) -> DailyOutcome:
    with branch.change(label) as change:
        change.update_many(tables.record, {one.uid: {"state": to.value} for one in found})
    return DailyOutcome(change.result, tuple(one.uid for one in found))


def remove_records(branch: Branch, uids: Sequence[str], why: str) -> Changes:
    """Put records into the recycle bin, where they wait 180 days. Raises Problem where one is final."""
    if not uids:
        return NOTHING
    found = _at_hand(branch, uids)
    for one in found:
        if one.is_final:
            raise Problem(
                _("“{title}”已定稿，不能删除。", title=one.title),
                _("确实写错了的，请先点“重新打开”，再删除。"),
            )
    label = _("删除 {title}", title=found[0].title)
    if len(found) > 1:
        label = _n("删除 {title} 等 {n} 份写实", len(found), title=found[0].title)
    with branch.change(label) as change:
        change.put_in_bin(tables.record, [one.uid for one in found], one_line(why), branch.person.name)
    return change.result
