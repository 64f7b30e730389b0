"""An inspection with everything that its window and its papers need, worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from branchdesk.domain.inspections.deadlines import Deadlines, Period, deadlines
from branchdesk.domain.inspections.findings import inspection_findings
from branchdesk.domain.inspections.issues import Issue, IssueState
from branchdesk.domain.inspections.model import Fact, Indicator, Inspection, Proof, Scheme, Stage
from branchdesk.domain.inspections.named_people import names_in
from branchdesk.domain.inspections.rectification import issue_findings, state_of
from branchdesk.domain.inspections.scoring import LineScore, Total, final_lines, score_lines, total_of
from branchdesk.findings import Finding
from branchdesk.forms.language import Form
from branchdesk.forms.rules import shipped_rules
from branchdesk.partial_dates import PartialDate
from branchdesk.rulebook import RuleBook
from branchdesk.services.inspections.schemes import scheme_of

ISSUE = "issue:"  # before the uid of a problem, as the field of a finding on it


@dataclass(frozen=True)
class Sheet:
    """One inspection: what its form asks, what was answered, what the records say, and what that comes to.

    All lines stand in the order of the scheme; the final ones are those of the check, and those of the branch
    itself where nothing was checked. `findings` on problems have `issue:<uid>` as their field. `frozen_on` is
    the ISO day on which what is shown was signed, empty for an inspection that is not scored yet. `superior`
    is the full name of who inspects, empty where nobody knows.
    """

    form: Form
    scheme: Scheme
    inspection: Inspection
    facts: Mapping[str, Fact]
    self_lines: tuple[LineScore, ...]
    check_lines: tuple[LineScore, ...]
    self_total: Total
    check_total: Total
    final_lines: tuple[LineScore, ...]
    final_total: Total
    issues: tuple[Issue, ...]
    findings: tuple[Finding, ...]
    deadlines: Deadlines
    period: Period
    today: date
    frozen_on: str = ""
    superior: str = ""

    def indicator(self, uid: str) -> Indicator:
        """A line of the form by its id. Raises KeyError for one that it has not."""
        found = next((one for one in self.scheme.indicators if one.id == uid), None)
        if found is None:
            raise KeyError(uid)
        return found

    def line(self, indicator: str, stage: Stage = Stage.SELF) -> LineScore:
        """What a line came to at one stage. Raises KeyError for a line that the form has not."""
        lines = self.self_lines if stage is Stage.SELF else self.check_lines
        found = next((one for one in lines if one.indicator.id == indicator), None)
        if found is None:
            raise KeyError(indicator)
        return found

    def proofs(self, indicator: str) -> list[Proof]:
        """What was put under a line, in its order."""
        return [one for one in self.inspection.proofs if one.indicator == indicator]

    def issues_of(self, indicator: str) -> list[Issue]:
        """The problems that were found on a line."""
        return [one for one in self.issues if one.indicator == indicator]

    def open_issues(self, indicator: str = "") -> list[Issue]:
        """The problems of the sheet, or of one line, whose rectification is not verified yet."""
        return [
            one
            for one in self.issues
            if indicator in {"", one.indicator} and state_of(one) is not IssueState.VERIFIED
        ]


def period_of_form(form: Form, inspection: Inspection) -> Period:
    """The period that an inspection is for."""
    return Period(inspection.year, inspection.number, form.period)


def worked_out(
    form: Form,
    inspection: Inspection,
    facts: Mapping[str, Fact],
    issues: Iterable[Issue],
    today: date,
    frozen_on: str = "",
    superior: str = "",
) -> Sheet:
    """The sheet of an inspection from its answers and what the records say; nothing is asked of the file."""
    scheme, rules, found = scheme_of(form), shipped_rules(), tuple(issues)
    period = period_of_form(form, inspection)
    own = score_lines(scheme, inspection, Stage.SELF, facts)
    checked = score_lines(scheme, inspection, Stage.CHECK, facts)
    final = final_lines(own, checked)
    findings = inspection_findings(
        inspection,
        scheme,
        (*own, *checked),
        rules=rules,
        day=period.start,
        inspectors=_inspectors(form, inspection),
    )
    return Sheet(
        form=form,
        scheme=scheme,
        inspection=inspection,
        facts=facts,
        self_lines=own,
        check_lines=checked,
        self_total=total_of(scheme, own),
        check_total=total_of(scheme, checked),
        final_lines=final,
        final_total=total_of(scheme, final),
        issues=found,
        findings=(*findings, *_of_issues(found, today, rules)),
        deadlines=deadlines(period, rules, _inspected_on(form, inspection)),
        period=period,
        today=today,
        frozen_on=frozen_on,
        superior=superior,
    )


def _of_issues(issues: Iterable[Issue], today: date, rules: RuleBook) -> Iterator[Finding]:
    for one in issues:
        for found in issue_findings(one, today, rules):
            yield replace(found, field=f"{ISSUE}{one.uid}")


def _inspectors(form: Form, inspection: Inspection) -> list[str]:
    """The names of those who inspect, from the field of the form's head."""
    field = form.by_role("inspectors")
    return names_in(inspection.values.get(field.id, "")) if field else []


def _inspected_on(form: Form, inspection: Inspection) -> date | None:
    """The day of the inspection, from the field of the form's head; None where it is not known to the day."""
    field = form.by_role("inspected_on")
    day = PartialDate.read(inspection.values.get(field.id, "")) if field else None
    return day.first_day() if day is not None and day.is_full else None
