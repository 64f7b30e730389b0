"""Checks a filled form: what each field type says of its value, then the checks that the form names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from branchdesk.findings import Finding, Severity
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.language import Form
from branchdesk.i18n import _
from branchdesk.rulebook import RuleBook

Check = Callable[[Mapping[str, str | None], RuleBook, date], list[Finding]]


def check_form(
    form: Form,
    values: Mapping[str, str | None],
    around: Surroundings,
    rules: RuleBook,
    checks: Mapping[str, Check],
) -> list[Finding]:
    """Every finding on `values`, in the order of the fields."""
    findings: list[Finding] = []
    for field in form.fields:
        value = values.get(field.id)
        if value:
            findings += field.type.check(field, value, around)
        elif field.required:
            sentence = _("“{field}”没有填写。", field=field.shown())
            findings.append(Finding("required", Severity.WARN, sentence, field.id))
    for name in form.checks:
        findings += checks[name](values, rules, around.today)
    if len(findings) < 2:
        return findings
    places = {field.id: place for place, field in enumerate(form.fields)}
    return sorted(findings, key=lambda finding: places.get(finding.field, len(places)))
