"""Checks a filled form: what each field type says of its value, then the checks that the form names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from branchdesk.findings import Finding, Severity
from branchdesk.forms.declarations import Form, FormTable
from branchdesk.forms.fields import Field, Surroundings
from branchdesk.forms.visibility import visible_fields
from branchdesk.i18n import _
from branchdesk.rulebook import RuleBook

Check = Callable[[Mapping[str, str | None], RuleBook, date], list[Finding]]


def check_form(
    form: Form,
    values: Mapping[str, str | None],
    around: Surroundings,
    rules: RuleBook,
    checks: Mapping[str, Check],
    *,
    filled_slots: Collection[str] | None = None,
) -> list[Finding]:
    """Every finding on `values`, in the order of the fields; fields that are not asked are passed over.

    The checks that a meeting names look at the whole meeting, not at its form, and are not run here.
    `filled_slots` are the ids of attachment slots with at least one file; None where that is not known.
    """
    findings: list[Finding] = []
    for field in visible_fields(form, values):
        if field.type.is_stored:
            findings += _check_value(field, values.get(field.id), around)
        elif field.required and filled_slots is not None and field.id not in filled_slots:
            findings.append(_missing(field, _("“{field}”还没有附件。", field=field.shown())))
    for name in form.checks if form.meeting is None else ():
        findings += checks[name](values, rules, around.today)
    if len(findings) < 2:
        return findings
    places = {field.id: place for place, field in enumerate(form.fields)}
    return sorted(findings, key=lambda finding: places.get(finding.field, len(places)))


def _check_value(field: Field, value: str | None, around: Surroundings) -> list[Finding]:
    if value:
        return list(field.type.check(field, value, around))
    if field.required:
        return [_missing(field, _("“{field}”没有填写。", field=field.shown()))]
    return []


def _missing(field: Field, sentence: str) -> Finding:
    return Finding("required", Severity.WARN, sentence, field.id)


def check_line(table: FormTable, values: Mapping[str, str | None], around: Surroundings) -> list[Finding]:
    """Every finding on one line of a table of the form's own, in the order of its fields."""
    return [
        finding
        for field in visible_fields(table, values)
        for finding in _check_value(field, values.get(field.id), around)
    ]


def check_lines(
    form: Form, lines: Mapping[str, Sequence[Mapping[str, str | None]]], around: Surroundings
) -> list[Finding]:
    """Every finding on the lines of all tables, naming table and row; its field is the id of the table."""
    found = []
    for table in form.tables:
        for place, values in enumerate(lines.get(table.id, ()), start=1):
            for finding in check_line(table, values, around):
                sentence = _(
                    "“{table}”第 {n} 行，“{field}”：{finding}",
                    table=table.shown(),
                    n=place,
                    field=table.by_id[finding.field].shown(),
                    finding=finding.sentence,
                )
                found.append(replace(finding, sentence=sentence, field=table.id))
    return found
