"""The checks that forms call by name: whether values agree with each other and with the rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from branchdesk.domain.identity import credit_code_error, read_identity
from branchdesk.domain.members import Category, State
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate, add_months, add_years
from branchdesk.rulebook import RuleBook

Values = Mapping[str, str | None]
_LIVING_DATES = ("admitted_on", "confirmed_on", "arrived_on")


def identity(values: Values, rules: RuleBook, today: date) -> list[Finding]:
    """The identity number is a possible one and agrees with birth date and sex."""
    del rules, today
    number = values.get("id_number")
    if not number:
        return []
    read = read_identity(number)
    if read.born is None:
        return [Finding("id_number", Severity.ERROR, read.error, "id_number")]
    findings = []
    born = PartialDate.read(values.get("born_on"))
    if born is not None and not born.first_day() <= read.born <= born.last_day():
        sentence = _(
            "与身份证号中的 {date} 不一致；干部以档案为准，确认无误可不改。",
            date=PartialDate.of(read.born).shown(),
        )
        findings.append(Finding("born_differs", Severity.WARN, sentence, "born_on"))
    if values.get("sex") in {"1", "2"} and values.get("sex") != read.sex:
        sentence = _("与身份证号第 17 位表示的性别不一致，请核对。")
        findings.append(Finding("sex_differs", Severity.WARN, sentence, "sex"))
    return findings


def party_dates(values: Values, rules: RuleBook, today: date) -> list[Finding]:
    """Admission and confirmation stand in the right order and distance (domain 4.1)."""
    born = PartialDate.read(values.get("born_on"))
    admitted = PartialDate.read(values.get("admitted_on"))
    confirmed = PartialDate.read(values.get("confirmed_on"))
    findings = []
    if admitted and born:
        findings += _too_young(born, admitted, rules)
    if admitted and confirmed:
        findings += _probation(admitted, confirmed, rules)
    if values.get("category") == Category.FULL and not values.get("confirmed_on"):
        sentence = _("正式党员没有填转正日期，党龄算不出来。")
        findings.append(Finding("no_confirmation", Severity.WARN, sentence, "confirmed_on"))
    if not values.get("admitted_on") and values.get("category"):
        sentence = _("没有填入党日期。")
        findings.append(Finding("no_admission", Severity.WARN, sentence, "admitted_on"))
    return findings + _probation_over(values, admitted, rules, today) + _after_death(values)


def _after_death(values: Values) -> list[Finding]:
    """Nobody is admitted, confirmed or arrives once dead; which date is wrong, only the clerk knows."""
    died = PartialDate.read(values.get("left_on"))
    if values.get("state") != State.DEAD or died is None:
        return []
    sentence = _("这个日期晚于去世日期 {died}，请核对两个日期。", died=died.shown())
    dates = {field: PartialDate.read(values.get(field)) for field in _LIVING_DATES}
    return [
        Finding("after_death", Severity.ERROR, sentence, field)
        for field, on in dates.items()
        if on is not None and died.surely_before(on)
    ]


def _too_young(born: PartialDate, admitted: PartialDate, rules: RuleBook) -> list[Finding]:
    rule = rules.at("admission_age", admitted.first_day())
    if admitted.last_day() >= add_years(born.first_day(), rule.value):
        return []
    sentence = _("入党时不满 {age} 周岁，请核对出生日期和入党日期。", age=rule.value)
    return [Finding("too_young", Severity.WARN, sentence, "admitted_on", rule.source)]


def _probation(admitted: PartialDate, confirmed: PartialDate, rules: RuleBook) -> list[Finding]:
    # An incomplete date may lie in a time without probation; only what is surely too short is named.
    editions = (rules.at("probation_months", day) for day in (admitted.first_day(), admitted.last_day()))
    rule = min(editions, key=lambda edition: edition.value)
    if confirmed.surely_before(admitted):
        sentence = _("转正日期早于入党日期。")
        return [Finding("confirmed_before", Severity.ERROR, sentence, "confirmed_on")]
    if confirmed.last_day() < add_months(admitted.first_day(), rule.value):
        sentence = _("距入党不满 {n} 个月，请核对。", n=rule.value)
        return [Finding("short_probation", Severity.WARN, sentence, "confirmed_on", rule.source)]
    return []


def _probation_over(
    values: Values, admitted: PartialDate | None, rules: RuleBook, today: date
) -> list[Finding]:
    if values.get("category") != Category.PROBATIONARY or admitted is None:
        return []
    rule = rules.at("longest_probation_months", admitted.first_day())
    if today <= add_months(admitted.last_day(), rule.value):
        return []
    sentence = _("入党已超过 {n} 个月仍是预备党员，请核对人员类别或补登转正。", n=rule.value)
    return [Finding("probation_over", Severity.WARN, sentence, "category", rule.source)]


def organisation_code(values: Values, rules: RuleBook, today: date) -> list[Finding]:
    """The unified social credit code of the host unit is a possible one."""
    del rules, today
    code = values.get("unit_code")
    error = credit_code_error(code) if code else ""
    return [Finding("unit_code", Severity.WARN, error, "unit_code")] if error else []


Check = Callable[[Values, RuleBook, date], list[Finding]]
# The names under which forms call the checks.
CHECKS: dict[str, Check] = {
    "identity": identity,
    "party_dates": party_dates,
    "organisation_code": organisation_code,
}
