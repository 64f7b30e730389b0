"""Problems and their rectification: from finding one, by order and measures, to verification by another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from branchdesk import clock
from branchdesk.domain.inspections.issues import Issue, IssueSource, IssueState
from branchdesk.domain.inspections.rectification import (
    DAY_LABELS,
    day_label,
    fed_back,
    issue_findings,
    last_verification,
    may_verify,
    state_of,
)
from branchdesk.errors import Problem
from branchdesk.findings import Finding
from branchdesk.forms.rules import shipped_rules
from branchdesk.i18n import _, _n
from branchdesk.services.inspections.dates import read_day
from branchdesk.services.inspections.issue_lists import (
    IssueQuery,
    IssueRow,
    issue,
    issue_list,
)
from branchdesk.services.inspections.numbers import read_points, stored
from branchdesk.services.inspections.outcomes import IssueOutcome
from branchdesk.services.meetings.texts import one_line, whole
from branchdesk.storage import inspections as inspection_questions
from branchdesk.storage import members, tables
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import NOTHING, Changes
from branchdesk.storage.inspection_numbers import next_order, next_slip
from branchdesk.storage.inspections import ISSUE, SAMPLE
from branchdesk.storage.record_writing import write_values
from branchdesk.uids import new_uid

__all__ = [
    "IssueEntry",
    "IssueQuery",
    "IssueRow",
    "called",
    "change_issue",
    "complete",
    "issue",
    "issue_list",
    "order",
    "raise_issue",
    "remove_issues",
    "verify",
]
_LABEL = 20  # characters of a problem in the label of a change
_LINES = ("responsible", "assistant")
_TEXTS = ("text", "basis", "measures", "progress", "result")


@dataclass(frozen=True)
class IssueEntry:
    """A problem as a clerk enters it; days and points as typed. `found_on` empty means today.

    `responsible_uid` is the member meant by `responsible`; without it somebody of that name is looked for.
    """

    text: str
    source: IssueSource | str = IssueSource.INSPECTION
    basis: str = ""
    found_on: str = ""
    responsible: str = ""
    responsible_uid: str | None = None
    assistant: str = ""
    measures: str = ""
    due_on: str = ""
    lost_points: str = ""


def called(one: Issue) -> str:
    """A problem in a few words, for labels of changes."""
    return _short(one.text)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LABEL else line[: _LABEL - 1] + "…"


# ---- writing


def raise_issue(
    branch: Branch,
    organisation: str,
    entry: IssueEntry,
    *,
    found_in: str = "",
    indicator: str = "",
    sample_line: str = "",
) -> IssueOutcome:
    """Enter a problem; `found_in` is the inspection or spot check, `indicator` or `sample_line` its line.

    Raises Problem for an empty text, days and points that cannot be, and what lies in the recycle bin.
    """
    text = whole(entry.text)
    if not text:
        raise Problem(_("请写明发现了什么问题。"), _("如“12 月主题党日缺活动方案”。"))
    typed = {
        name: getattr(entry, name)
        for name in ("basis", "responsible", "assistant", "measures", "due_on", "lost_points")
    }
    found_on = read_day(entry.found_on, day_label("found_on")) or clock.today().isoformat()
    uid = new_uid()
    row: dict[str, str | int | None] = {
        "uid": uid,
        "organisation_uid": organisation,
        "found_in_uid": found_in or None,
        "indicator": indicator,
        "source": IssueSource(entry.source).value,
        "year": int(found_on[:4]),
        "text": text,
        "found_on": found_on,
        **_read(branch, typed, entry.responsible_uid),
    }
    with branch.read() as connection:
        if found_in:
            inspection_questions.row_at_hand(connection, found_in)
    with branch.change(_("登记问题：{text}", text=_short(text))) as change:
        change.insert(tables.issue, row)
        if sample_line:
            write_values(change, found_in, {ISSUE: uid}, table=SAMPLE, line=sample_line)
    return _outcome(branch, change.result, uid)


def change_issue(
    branch: Branch, uid: str, typed: Mapping[str, str], responsible_uid: str | None = None
) -> IssueOutcome:
    """Set fields of a problem by their names in `Issue`; days and points as clerks type them.

    A problem without an order is counted in the year in which it was found, so that it goes with that day.

    `responsible_uid` names the member meant by a typed `responsible`. Raises Problem for an empty text, days
    and points that cannot be, and a problem that is verified; KeyError for a field that cannot be typed.
    """
    known = _open_one(branch, uid)
    values = _read(branch, typed, responsible_uid)
    if "text" in values and not values["text"]:
        raise Problem(_("问题的内容不能空着，没有保存。"), _("登记错了的，可以把问题移到回收站。"))
    if known.number is None and values.get("found_on"):
        values["year"] = int(str(values["found_on"])[:4])
    with branch.change(_("修改问题：{text}", text=called(known))) as change:
        change.update(tables.issue, uid, values)
    return _outcome(branch, change.result, uid)


def _open_one(branch: Branch, uid: str) -> Issue:
    known = issue(branch, uid)
    if state_of(known) is IssueState.VERIFIED:
        raise Problem(
            _("“{text}”已验证销号，不能修改。", text=called(known)),
            _("又出现同样情况的，请登记新的问题；刚刚验证错了的，可以撤销这一步。"),
        )
    return known


def _read(
    branch: Branch, typed: Mapping[str, str], responsible_uid: str | None
) -> dict[str, str | int | None]:
    """The columns that typed texts mean. Raises Problem for what cannot be, KeyError for other names."""
    values: dict[str, str | int | None] = {}
    for key, text in typed.items():
        if key in DAY_LABELS:
            values[key] = read_day(text, day_label(key)) or None
        elif key == "lost_points":
            values[key] = stored(read_points(text))
        elif key == "source":
            values[key] = IssueSource(text).value
        elif key in _LINES:
            values[key] = one_line(text) or None
        elif key in _TEXTS:
            values[key] = whole(text) or ("" if key == "text" else None)
        else:
            raise KeyError(key)
    if "responsible" in values:
        name = str(values["responsible"] or "")
        values["responsible_uid"] = responsible_uid or _member_called(branch, name)
    return values


def _member_called(branch: Branch, name: str) -> str | None:
    """The member of a name; None for nobody, and where namesakes cannot be told apart."""
    if not name:
        return None
    with branch.read() as connection:
        found = [uid for uid, known, _number in members.members_by_name(connection) if known == name]
    return found[0] if len(found) == 1 else None


def _outcome(
    branch: Branch, changes: Changes, uid: str, number: int | None = None, line: str = ""
) -> IssueOutcome:
    findings: Sequence[Finding] = issue_findings(issue(branch, uid), clock.today(), shipped_rules())
    return IssueOutcome(changes, uid, tuple(findings), number, line)


def order(branch: Branch, uid: str) -> IssueOutcome:
    """Give a problem the next number of the rectification orders of this year.

    An order is also the feedback: without a day of feedback it is today, without a deadline the usual one,
    unless the problem is put right already.
    One that was numbered before keeps its number. Raises Problem for a problem that is verified.
    """
    known, today = issue(branch, uid), clock.today()
    if known.number is not None:
        return _outcome(branch, NOTHING, uid, known.number)
    _open_one(branch, uid)
    told = fed_back(known, today, shipped_rules())
    values = {"year": today.year, "fed_back_on": told.fed_back_on or None, "due_on": told.due_on or None}
    with branch.change(_("开整改单：{text}", text=called(known))) as change:
        number = next_order(change.connection, known.organisation, today.year)
        change.update(tables.issue, uid, {**values, "number": number})
    return _outcome(branch, change.result, uid, number)


def complete(branch: Branch, uid: str, done_on: str, result: str) -> IssueOutcome:
    """Note that a rectification is done, when and with what result; verification comes after it.

    Raises Problem without a day, for a day to come, and for a problem that is verified.
    """
    known = _open_one(branch, uid)
    day = read_day(done_on, day_label("done_on"))
    if not day:
        raise Problem(_("请填写整改完成的日期。"), _("如 2026.11.24；还没有完成的，先填写进展。"))
    _refuse_to_come(day, day_label("done_on"))
    last = last_verification(known)
    if last is not None and day <= last.on:
        raise Problem(
            _("完成日期应晚于上次验证的日期 {day}，没有保存。", day=last.on.replace("-", ".")),
            _("验证没有通过的，请重新整改，再填写新的完成日期。"),
        )
    with branch.change(_("整改完成：{text}", text=called(known))) as change:
        change.update(tables.issue, uid, {"done_on": day, "result": whole(result) or None})
    return _outcome(branch, change.result, uid)


def _refuse_to_come(day: str, what: str) -> None:
    if day > clock.today().isoformat():
        raise Problem(
            _("{what}是 {day}，还没有到，没有保存。", what=what, day=day.replace("-", ".")),
            _("请核对日期。"),
        )


def verify(
    branch: Branch,
    uid: str,
    verifier: str,
    on: str,
    *,
    passed: bool,
    opinion: str = "",
    verifier_uid: str | None = None,
    due_on: str = "",
) -> IssueOutcome:
    """Note a verification by somebody else than the responsible, with the next number of the year's slips.

    `verifier` is a name or the uid of a member. One that was not passed opens the problem again; then a new
    deadline is wanted, `due_on` as typed. Raises Problem for a rectification that is not done, a verifier who
    answers for it himself, and a day that cannot be.
    """
    known = issue(branch, uid)
    name, who = _verifier(branch, verifier, verifier_uid)
    day = read_day(on, _("验证日期")) or clock.today().isoformat()
    deadline = "" if passed else read_day(due_on, day_label("due_on"))
    _refuse_verification(known, who, name, day)
    slip = new_uid()
    row = {
        "uid": slip,
        "issue_uid": uid,
        "verifier_uid": who,
        "verifier": name,
        "on_date": day,
        "passed": int(passed),
        "opinion": whole(opinion) or None,
        "year": int(day[:4]),
    }
    label = _("验证销号：{text}", text=called(known))
    if not passed:
        label = _("验证不通过：{text}", text=called(known))
    with branch.change(label) as change:
        number = next_slip(change.connection, known.organisation, int(day[:4]))
        change.insert(tables.verification, {**row, "number": number})
        if deadline:
            change.update(tables.issue, uid, {"due_on": deadline})
    return _outcome(branch, change.result, uid, number, slip)


def _verifier(branch: Branch, verifier: str, verifier_uid: str | None) -> tuple[str, str | None]:
    """Name and uid of who verifies, whichever of them is known."""
    text = one_line(verifier)
    with branch.read() as connection:
        people = members.members_by_name(connection)
    called_so = {uid: name for uid, name, _number in people}
    if text in called_so:
        return called_so[text], text
    if verifier_uid:
        return text or called_so.get(verifier_uid, ""), verifier_uid
    found = [uid for uid, name in called_so.items() if name == text]
    return text, found[0] if len(found) == 1 else None


def _refuse_verification(known: Issue, who: str | None, name: str, day: str) -> None:
    against = next((one for one in may_verify(known, who, name) if one.is_error), None)
    if against is not None:
        raise Problem(against.sentence, _("请按提示处理后再试。"))
    _refuse_to_come(day, _("验证日期"))
    if day < known.done_on:
        raise Problem(
            _(
                "验证日期 {day} 早于完成日期 {done}，没有保存。",
                day=day.replace("-", "."),
                done=known.done_on.replace("-", "."),
            ),
            _("请核对两个日期。"),
        )


def remove_issues(branch: Branch, uids: Sequence[str], why: str) -> Changes:
    """Put problems into the recycle bin, where they wait 180 days; their numbers are not given again."""
    if not uids:
        return NOTHING
    first = issue(branch, uids[0])
    label = _("删除问题：{text}", text=called(first))
    if len(uids) > 1:
        label = _n("删除问题：{text} 等 {n} 个", len(uids), text=called(first))
    with branch.change(label) as change:
        change.put_in_bin(tables.issue, uids, one_line(why), branch.person.name)
    return change.result
