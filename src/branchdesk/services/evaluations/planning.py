"""Beginning an evaluation with those who are evaluated, keeping the list in step, and the recycle bin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from branchdesk import clock
from branchdesk.domain.committee import SECRETARY
from branchdesk.domain.evaluations.model import Evaluation, EvaluationState, Scheme, Subject
from branchdesk.errors import Problem
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.language import Form
from branchdesk.i18n import _, _n, speaking_chinese
from branchdesk.partial_dates import FIRST_YEAR, LAST_YEAR
from branchdesk.services.evaluations.desk import put_on_desk, refuse_counted
from branchdesk.services.evaluations.outcomes import EvaluationOutcome
from branchdesk.services.evaluations.paper_words import LEFT, NOT_GRADED
from branchdesk.services.evaluations.reading import last_day
from branchdesk.services.evaluations.schemes import scheme_of
from branchdesk.services.meetings.prefilling import Known, prefilled
from branchdesk.services.meetings.texts import one_line
from branchdesk.storage import evaluations as questions
from branchdesk.storage import organisations, records, tables
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import NOTHING, Changes
from branchdesk.storage.evaluation_tables import evaluation_subject
from branchdesk.storage.inspections import names_by_organisation, refuse_second
from branchdesk.storage.meeting_people import PersonOnDay, around_of
from branchdesk.storage.record_writing import align, write_values
from branchdesk.uids import new_uid

MEMBERS, WORK, COMMITTEE = "members", "work", "committee"
_EARLY_MONTHS = 3  # in these the year before is evaluated usually


def proposed_year() -> int:
    """The year that is evaluated usually: the one that runs, in its first months the one before."""
    today = clock.today()
    return today.year - (today.month <= _EARLY_MONTHS)


@dataclass(frozen=True)
class _Scene:
    """Whom an organisation has on the day that an evaluation stands for."""

    home: str
    secretary: str
    people: Sequence[PersonOnDay]
    around: Surroundings


def _scene(branch: Branch, organisation: str, year: int) -> _Scene:
    day = last_day(year)
    with branch.read() as connection:
        around, everybody = around_of(connection, organisation, day)
        home = names_by_organisation(connection).full(organisation, day)
        secretary = organisations.profile(connection, organisation)["secretary_name"] or ""
    own = [one for one in everybody if one.organisation == organisation]
    return _Scene(
        home=home,
        secretary=secretary,
        people=own or everybody,
        around=around,
    )


def start_evaluation(
    branch: Branch, kind: str, organisation: str, year: int, number: int | None = None
) -> EvaluationOutcome:
    """Begin an evaluation of a year with those who are evaluated by the roster, as one change.

    Without a number it is the first of its year; of stars and of key work the next one. Raises Problem for a
    year that there is not and for a second evaluation of one kind, year and number, KeyError for a kind that
    there is not.
    """
    with branch.read() as connection:
        shelf = records.shelf_of(connection)
        form = _form_of_year(shelf.form(kind), year)
        form = shelf.form(kind, on=last_day(year))
        scheme = scheme_of(form)
        wanted = 1 if number is None else number
        if wanted < 1:
            raise Problem(_("没有第 {n} 次评议。", n=wanted), _("第几次从 1 起，请核对。"))
        if number is None and (scheme.has_stars or scheme.of == WORK):  # they may come again in a year
            wanted = 1 + records.last_number(connection, form.kind, organisation, None, year)
        refuse_second(connection, form.kind, organisation, year, wanted)
    scene = _scene(branch, organisation, year)
    subjects = _subjects(scheme, scene)
    if not subjects:
        raise Problem(
            _("名册里没有可以参加评议的党员。"), _("请先在“党员名册”里录入党员，或者核对年度和组织。")
        )
    known = Known(branch.person.name, scene.home, scene.secretary, (), scene.people)
    uid, title = new_uid(), title_of(form, year, wanted)
    with branch.change(_("新建 {title}", title=title)) as change:
        # Another thread may have begun the same one between the question and this change.
        refuse_second(change.connection, form.kind, organisation, year, wanted)
        change.insert(
            tables.record,
            {
                "uid": uid,
                "kind": form.kind,
                "version": form.version,
                "organisation_uid": organisation,
                "title": title,
                "year": year,
                "number": wanted,
                "state": EvaluationState.OPEN.value,
                "entered_on": clock.today().isoformat(),
            },
        )
        write_values(change, uid, prefilled(form, known, scene.around, {}))
        change.insert_many(evaluation_subject, [questions.row_of_subject(uid, one) for one in subjects])
    return EvaluationOutcome(change.result, uid)


def _form_of_year(form: Form, year: int) -> Form:
    if form.evaluation is None:
        raise Problem(_("“{form}”不是评议办法。", form=form.shown()), _("请选择另一个评议办法。"))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Problem(_("没有 {year} 这个年度。", year=year), _("请填写四位数的年份，如 2026。"))
    if year > clock.today().year + 1:
        raise Problem(_("{year} 年度还没有到。", year=year), _("可以新建到明年的评议，请核对年份。"))
    return form


def title_of(form: Form, year: int, number: int = 1) -> str:
    """What an evaluation is called: its year and the title of its form. Always Chinese, as on paper."""
    with speaking_chinese():
        return f"{year} 年度{form.title}" + (f"（第 {number} 次）" if number > 1 else "")


# ---- who is evaluated


def _subjects(scheme: Scheme, scene: _Scene) -> list[Subject]:
    """Those who are evaluated, in the order of the roster."""
    if scheme.of in {MEMBERS, WORK}:
        taking_part = [one for one in scene.people if one.category in _categories(scheme)]
        return [_member(scheme, place, one) for place, one in enumerate(taking_part)]
    if scheme.of == COMMITTEE:
        return [Subject(new_uid(), 0, None, scene.home)]
    found = next((one for one in scene.people if SECRETARY in one.posts), None)
    if found is not None:
        return [Subject(new_uid(), 0, found.uid, found.name, found.group_name, found.category)]
    if scene.secretary:
        return [Subject(new_uid(), 0, None, scene.secretary)]
    raise Problem(_("还没有登记书记，不知道谁来述职。"), _("请先在“组织”里登记现任书记。"))


def _categories(scheme: Scheme) -> set[str]:
    return {*scheme.takes_part, *scheme.graded}


def _member(scheme: Scheme, place: int, person: PersonOnDay, known: Subject | None = None) -> Subject:
    """Somebody on the roster as a subject; what was entered of a `known` one stays."""
    graded = person.category in scheme.graded
    before = known or Subject(new_uid(), place, person.uid, person.name)
    takes_part, why = before.takes_part, before.why_not
    if known is not None and why == LEFT:  # somebody who came back
        takes_part, why = True, ""
    if not why or why in NOT_GRADED.values():
        why = "" if graded or not scheme.graded else NOT_GRADED.get(person.category, "")
    return replace(
        before,
        position=place,
        name=person.name,
        group=person.group_name,
        category=person.category,
        takes_part=takes_part,
        graded=graded,
        why_not=why,
    )


def refresh_subjects(branch: Branch, uid: str) -> EvaluationOutcome:
    """Bring the list of those who are evaluated in step with the roster, as one change.

    New people come in; of somebody who left, what was entered stays but the grade, and he takes no part any
    more. Raises Problem for a final evaluation, and once ballots were printed or counted.
    """
    desk = put_on_desk(branch, uid)
    if desk.scheme.of not in {MEMBERS, WORK}:
        return EvaluationOutcome(NOTHING, uid)
    refuse_counted(desk)
    one = desk.evaluation
    scene = _scene(branch, one.organisation, one.year)
    known = {subject.person: subject for subject in one.subjects if subject.person}
    coming = [person for person in scene.people if person.category in _categories(desk.scheme)]
    wanted = [
        _member(desk.scheme, place, person, known.get(person.uid)) for place, person in enumerate(coming)
    ]
    here = {subject.uid for subject in wanted}
    for subject in one.subjects:
        if subject.uid not in here and _has_anything(one, subject):
            why = subject.why_not if not subject.takes_part else LEFT
            gone = replace(subject, position=len(wanted), takes_part=False, why_not=why, grade="", reason="")
            wanted.append(gone)
    with branch.change(_("按名册更新 {title} 的参评名单", title=desk.called)) as change:
        rows = [questions.row_of_subject(uid, subject) for subject in wanted]
        align(change, evaluation_subject, [subject.uid for subject in one.subjects], rows)
    return EvaluationOutcome(change.result, uid)


def _has_anything(one: Evaluation, subject: Subject) -> bool:
    return bool(subject.grade or subject.opinion or one.scores_of(subject.uid) or one.stars_of(subject.uid))


def set_taking_part(
    branch: Branch, uid: str, subject: str, *, takes_part: bool, why: str = ""
) -> EvaluationOutcome:
    """Say that somebody takes no part, and why, or that he does after all.

    Raises Problem without a reason, for a final evaluation, and once ballots were counted.
    """
    desk, reason = put_on_desk(branch, uid), one_line(why)
    one = desk.subject(subject)
    refuse_counted(desk)
    if not takes_part and not reason:
        raise Problem(_("请写明{name}不参加评议的原因。", name=one.name), _("如“长期病休”“参加流入地评议”。"))
    graded = one.category in desk.scheme.graded
    usual = "" if graded or not desk.scheme.graded else NOT_GRADED.get(one.category, "")
    values: dict[str, object] = {"takes_part": 1, "why_not": usual or None}
    label = _("{name} 参加 {title}", name=one.name, title=desk.called)
    if not takes_part:
        values = {"takes_part": 0, "why_not": reason, "grade": None, "reason": None}
        label = _("{name} 不参加 {title}：{why}", name=one.name, title=desk.called, why=reason)
    with branch.change(label) as change:
        change.update(evaluation_subject, subject, values)
    return EvaluationOutcome(change.result, uid)


def remove_evaluations(branch: Branch, uids: Iterable[str], why: str) -> Changes:
    """Put evaluations into the recycle bin, where they wait 180 days. Raises Problem where one is final."""
    wanted = list(dict.fromkeys(uids))
    if not wanted:
        return NOTHING
    with branch.read() as connection:
        rows = [questions.evaluation_row(connection, uid) for uid in wanted]
    for row in rows:
        if EvaluationState(row["state"]) is not EvaluationState.OPEN:
            raise Problem(
                _("“{title}”已定稿，不能删除。", title=row["title"]),
                _("确实建错了的，请先“重新打开”并写明原因，再删除。"),
            )
    label = _("删除 {title}", title=rows[0]["title"])
    if len(rows) > 1:
        label = _n("删除 {title} 等 {n} 次评议", len(rows), title=rows[0]["title"])
    with branch.change(label) as change:
        change.put_in_bin(tables.record, wanted, one_line(why), branch.person.name)
    return change.result
