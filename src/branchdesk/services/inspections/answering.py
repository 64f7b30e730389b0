"""Writing on the lines of an inspection: plan and record, scores, counts, what does not apply, vetoes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from branchdesk import clock
from branchdesk.domain.inspections.model import Answer, Indicator, Stage
from branchdesk.domain.inspections.scoring import LineScore, fingerprint
from branchdesk.errors import Problem
from branchdesk.findings import Finding
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.i18n import _, _n, speaking_chinese
from branchdesk.services.inspections.dates import read_day
from branchdesk.services.inspections.desk import Desk, put_on_desk
from branchdesk.services.inspections.facts_at_hand import carry_over
from branchdesk.services.inspections.numbers import read_count, read_score, stored
from branchdesk.services.inspections.outcomes import InspectionOutcome
from branchdesk.services.inspections.reading import sheet as read_sheet
from branchdesk.services.meetings.editing import OF_PEOPLE, read_typed
from branchdesk.services.meetings.texts import one_line, whole
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import NOTHING
from branchdesk.storage.inspections import COUNT, WHY, write_answers
from branchdesk.storage.meeting_people import around_of
from branchdesk.storage.record_writing import write_values

_TEXTS = ("plan", "record")
_CHECK_FIELDS = ("method", "by", "on", "reason")
_Values = dict[tuple[str, str, str], str | None]


def _write(branch: Branch, desk: Desk, label: str, values: _Values) -> InspectionOutcome:
    """One labelled change of lines; the outcome says what is still wrong with these lines."""
    uid = desk.inspection.uid
    with branch.change(label) as change:
        write_answers(change, uid, values)
    carry_over(branch, change.result.seq)
    lines = {indicator for indicator, _line, _field in values}
    return InspectionOutcome(change.result, uid, _findings(branch, uid, lines))


def _findings(branch: Branch, uid: str, lines: set[str]) -> tuple[Finding, ...]:
    return tuple(one for one in read_sheet(branch, uid).findings if one.field in lines)


def write_line(branch: Branch, uid: str, indicator: str, texts: Mapping[str, str]) -> InspectionOutcome:
    """Write plan and record of a line; `texts` has one or both of `plan` and `record`.

    Raises Problem for a text that is too long and for an inspection that is signed, KeyError for another key.
    """
    desk = put_on_desk(branch, uid)
    line = desk.indicator(indicator)
    unknown = set(texts) - set(_TEXTS)
    if unknown:
        raise KeyError(min(unknown))
    values: _Values = {(indicator, "", key): whole(text) for key, text in texts.items()}
    return _write(branch, desk, _("填写 {line} 的计划和记录", line=line.number), values)


def set_score(
    branch: Branch, uid: str, indicator: str, stage: Stage | str, text: str, reason: str = ""
) -> InspectionOutcome:
    """Give a line its score; an empty text takes it away and lets the counts decide again.

    An empty `reason` leaves the one that stands there. Raises Problem for a score that cannot be, and for an
    inspection that is signed; then nothing is stored.
    """
    desk, at = put_on_desk(branch, uid), Stage(stage)
    line = desk.indicator(indicator)
    score, why = read_score(line, text), whole(reason)
    values: _Values = {(indicator, at.value, "score"): stored(score)}
    if why:
        values[indicator, at.value, "reason"] = why
    return _write(branch, desk, _scoring(line, at, _("得分")), values)


def set_reason(branch: Branch, uid: str, indicator: str, stage: Stage | str, text: str) -> InspectionOutcome:
    """Say why a line has its score; an empty text takes the reason away."""
    desk, at = put_on_desk(branch, uid), Stage(stage)
    values: _Values = {(indicator, at.value, "reason"): whole(text)}
    return _write(branch, desk, _scoring(desk.indicator(indicator), at, _("扣分原因")), values)


def _scoring(line: Indicator, stage: Stage, what: str) -> str:
    if stage is Stage.SELF:
        return _("{line} 自评{what}", line=line.number, what=what)
    return _("{line} 考核{what}", line=line.number, what=what)


def set_count(
    branch: Branch, uid: str, indicator: str, stage: Stage | str, rule: str, text: str, why: str = ""
) -> InspectionOutcome:
    """Say how often a rule applies; an empty text takes it away and lets the records answer again.

    An empty `why` leaves the reason that stands there; a count that the records contradict without one is
    stored and has a finding that stands against the next step. Raises Problem for a number that cannot be and
    for an inspection that is signed; then nothing is stored.
    """
    desk, at = put_on_desk(branch, uid), Stage(stage)
    line = desk.indicator(indicator)
    found = next((one for one in line.rules if one.id == rule), None)
    if found is None:
        raise Problem(
            _("{line} 没有这条扣分标准，没有保存。", line=line.number), _("请重新打开这份检查表再看一遍。")
        )
    count, reason = read_count(line, found, text), whole(why)
    if count is not None and not reason:
        reason = desk.inspection.answer(indicator).at(at).whys.get(rule, "")
    values: _Values = {
        (indicator, at.value, f"{COUNT}{rule}"): stored(count),
        (indicator, at.value, f"{WHY}{rule}"): reason if count is not None else None,
    }
    return _write(branch, desk, _scoring(line, at, _("扣分次数")), values)


def confirm(
    branch: Branch, uid: str, indicators: Sequence[str], stage: Stage | str = Stage.SELF
) -> InspectionOutcome:
    """Confirm what the records say about lines, as one change; lines that they say nothing about are left."""
    desk, at = put_on_desk(branch, uid), Stage(stage)
    lines = [desk.indicator(one) for one in indicators]
    facts = read_sheet(branch, uid).facts
    values: _Values = {
        (one.id, at.value, "confirmed"): fingerprint(one, facts)
        for one in lines
        if any(rule.fact in facts and facts[rule.fact].value is not None for rule in one.rules)
    }
    if not values:
        return InspectionOutcome(NOTHING, uid)
    label = _n("核实自动取数 {n} 项", len(values))
    if len(values) == 1:
        label = _(
            "核实 {line} 的自动取数",
            line=next(one.number for one in lines if (one.id, at.value, "confirmed") in values),
        )
    return _write(branch, desk, label, values)


def set_applies(
    branch: Branch, uid: str, indicator: str, *, applies: bool, why: str = ""
) -> InspectionOutcome:
    """Say that a line does not apply, and why, or that it does after all.

    Raises Problem for a line that always applies, without a reason, and for an inspection that is signed.
    """
    desk, reason = put_on_desk(branch, uid), whole(why)
    line = desk.indicator(indicator)
    if not applies and not line.may_not_apply:
        raise Problem(
            _("{line} 不能选“不适用”。", line=line.number), _("这一项每个支部都要检查；没有做到的请扣分。")
        )
    if not applies and not reason:
        raise Problem(_("{line} 选了“不适用”，请写明原因。", line=line.number), _("如“本支部未设党小组”。"))
    values: _Values = {
        (indicator, "", "applies"): None if applies else "0",
        (indicator, "", "why_not"): None if applies else reason,
    }
    label = _("{line} 改为适用", line=line.number) if applies else _("{line} 改为不适用", line=line.number)
    return _write(branch, desk, label, values)


def set_veto(branch: Branch, uid: str, indicator: str, *, vetoed: bool, why: str = "") -> InspectionOutcome:
    """Say that a veto line was broken, and how, or that it was not.

    Raises Problem for a line that is no veto, without a reason, and for an inspection that is signed.
    """
    desk, reason = put_on_desk(branch, uid), whole(why)
    line = desk.indicator(indicator)
    if vetoed and not line.veto:
        raise Problem(_("{line} 不是一票否决项。", line=line.number), _("没有做到的请扣分。"))
    if vetoed and not reason:
        raise Problem(
            _("{line} 选了“一票否决”，请写明事实和依据。", line=line.number),
            _("否决后等次为最低一等，原因会印在检查表上。"),
        )
    values: _Values = {
        (indicator, "", "vetoed"): "1" if vetoed else None,
        (indicator, "", "veto_reason"): reason if vetoed else None,
    }
    label = _("{line} 一票否决", line=line.number) if vetoed else _("{line} 取消一票否决", line=line.number)
    return _write(branch, desk, label, values)


def set_check(branch: Branch, uid: str, indicator: str, typed: Mapping[str, str]) -> InspectionOutcome:
    """Write how a line was checked: any of `method`, `by`, `on` and `reason`; empty texts clear.

    A method is kept as its code of the dictionary `check_method`, one of the clerk's own as it stands.

    Raises Problem for a day that no calendar has and for an inspection that is signed, KeyError for another
    key; then nothing is stored.
    """
    desk = put_on_desk(branch, uid)
    line = desk.indicator(indicator)
    values: _Values = {}
    for key, text in typed.items():
        if key not in _CHECK_FIELDS:
            raise KeyError(key)
        if key == "on":
            value = read_day(text, _("检查日期"))
        else:
            value = whole(text) if key == "reason" else one_line(text)
        if key == "method":
            value = shipped_dictionaries()["check_method"].code_of(value) or value
        values[indicator, Stage.CHECK.value, key] = value
    return _write(branch, desk, _("填写 {line} 的检查情况", line=line.number), values)


def take_over_self_scores(branch: Branch, uid: str) -> InspectionOutcome:
    """Let the check agree with the branch on every line that was not checked yet, as one change."""
    desk = put_on_desk(branch, uid)
    with speaking_chinese():  # what rules are called becomes a reason on paper
        shown = read_sheet(branch, uid)
    values: _Values = {}
    for own, checked in zip(shown.self_lines, shown.check_lines, strict=True):
        if own.score is None or checked.score is not None or not own.applies:
            continue
        if own.indicator.bonus and not own.score:
            continue
        values[own.indicator.id, Stage.CHECK.value, "score"] = stored(own.score)
        reason = _reason_of(own, desk.inspection.answer(own.indicator.id))
        if reason:
            values[own.indicator.id, Stage.CHECK.value, "reason"] = reason
    if not values:
        return InspectionOutcome(NOTHING, uid)
    return _write(branch, desk, _("考核得分采用自评得分"), values)


def _reason_of(own: LineScore, answer: Answer) -> str:
    """Why the branch took points off a line: its own words, else the rules that applied."""
    if answer.self_check.reason:
        return answer.self_check.reason
    return "；".join(one.why or one.rule.label for one in own.taken if one.points)


def set_head(branch: Branch, uid: str, typed: Mapping[str, str]) -> InspectionOutcome:
    """Set fields of the head of the form by their ids; whatever was typed is kept.

    Raises Problem for an inspection that is signed, KeyError for a field that there is not.
    """
    desk = put_on_desk(branch, uid)
    fields = desk.form.by_id
    with branch.read() as connection:
        people = any(fields[key].type.name in OF_PEOPLE for key in typed)
        day = clock.today()
        around, _people = around_of(connection, desk.inspection.organisation, day, with_people=people)
    values, findings = read_typed(fields, typed, around)
    label = _n("修改 {title} 的 {n} 项内容", len(typed), title=desk.called)
    if len(typed) == 1:
        field = fields[next(iter(typed))]
        label = _("修改 {title} 的{field}", title=desk.called, field=field.shown())
    with branch.change(label) as change:
        write_values(change, uid, values)
    return InspectionOutcome(change.result, uid, tuple(findings))
