"""The papers of evaluations: the services are asked, and what they answer becomes a document.

What is handed in is Chinese whatever language the window speaks. What shows the outcome is marked as a draft
until everybody's grade is decided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from branchdesk import clock
from branchdesk.documents.model import Document
from branchdesk.domain.evaluations.model import Batch, Subject
from branchdesk.domain.points.tally import explain_bucket
from branchdesk.errors import Problem
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.language import Form
from branchdesk.i18n import _, later, speaking_chinese
from branchdesk.jobs.progress import SILENT, Progress
from branchdesk.partial_dates import PartialDate
from branchdesk.reports.evaluations.announcing import (
    commendation_document,
    commended,
    notice_document,
    plan_document,
    public_sections,
    publicity_document,
    report_document,
)
from branchdesk.reports.evaluations.ballots import ballots_document
from branchdesk.reports.evaluations.cards import cards_document, dimensions_of, explanation_document
from branchdesk.reports.evaluations.committee import committee_document
from branchdesk.reports.evaluations.debrief import debrief_document
from branchdesk.reports.evaluations.feedback import feedback_document
from branchdesk.reports.evaluations.honours import desk_card_document, plaque_document, plaques_of
from branchdesk.reports.evaluations.matter import EvaluationMatter, PersonFacts
from branchdesk.reports.evaluations.registration import registration_document
from branchdesk.reports.evaluations.stars_form import stars_document
from branchdesk.reports.evaluations.summary import ranking_document, summary_document
from branchdesk.reports.evaluations.tally import tallies_document
from branchdesk.reports.evaluations.wording import undecided
from branchdesk.reports.evaluations.working_papers import (
    decision_document,
    measures_document,
    mutual_review_document,
    self_review_document,
)
from branchdesk.reports.filled_form import form_document
from branchdesk.reports.points.wording import on_paper
from branchdesk.services import members
from branchdesk.services.evaluations.people import attendance_scores
from branchdesk.services.evaluations.reading import EvaluationSheet, final_sheet
from branchdesk.services.member_edits import member_form
from branchdesk.services.open_branch import Branch
from branchdesk.services.organisations import organisation_file, organisation_tree
from branchdesk.services.points.reading import points_sheet
from branchdesk.services.rosters import roster_on


def _form(matter: EvaluationMatter) -> Document:
    """The head of the form with everything in it."""
    paper = matter.sheet.form.paper
    title = paper.title if paper is not None and paper.title else matter.name
    said = f"{matter.year}年度{title}"
    return form_document(matter.filled, matter.made_on, matter.organisation, title=said)


_HONOURS = ("commendation", "plaque", "desk_card")
_WHOLE: Mapping[str, Callable[[EvaluationMatter], Document]] = {
    "form": _form,
    "plan": plan_document,
    "notice": notice_document,
    "debrief": debrief_document,
    "decision": decision_document,
    "committee": committee_document,
    "summary": summary_document,
    "ranking": ranking_document,
    "report": report_document,
    "publicity": publicity_document,
    "measures": measures_document,
}
_OF_SUBJECTS: Mapping[str, Callable[[EvaluationMatter, list[Subject]], Document]] = {
    "self_review": self_review_document,
    "mutual_review": mutual_review_document,
    "registration": registration_document,
    "feedback": feedback_document,
    "card": cards_document,
    "explanation": explanation_document,
}
# In the order of the work, with what the window and the command line call them.
EVALUATION_PAPERS: Mapping[str, str] = {
    "form": later("情况表"),
    "plan": later("工作方案"),
    "notice": later("通知"),
    "self_review": later("个人自评材料"),
    "mutual_review": later("互评意见记录"),
    "debrief": later("述职报告"),
    "ballot": later("测评票"),
    "tally": later("测评结果汇总表"),
    "committee": later("测评表"),
    "stars_form": later("申报审核表"),
    "card": later("考核卡"),
    "decision": later("组织评定意见"),
    "registration": later("登记表"),
    "summary": later("汇总表"),
    "ranking": later("得分汇总表"),
    "explanation": later("计分说明"),
    "feedback": later("反馈通知"),
    "publicity": later("公示"),
    "report": later("情况报告"),
    "measures": later("整改清单"),
    "commendation": later("表彰决定和名单"),
    "plaque": later("挂牌"),
    "desk_card": later("桌牌"),
}
_WITHOUT_SCORES: Mapping[str, str] = {"explanation": later("评定说明")}
BY_BATCH = ("ballot", "tally")
BY_SUBJECT = (*_OF_SUBJECTS, "stars_form", "plaque", "desk_card")
_OF_OUTCOME = {"decision", "registration", "summary", "report", "publicity", "feedback", "commendation"}
_WHOLE_SCORE = Decimal(100)
_OF_SCORES = {"card", "explanation"}
_WITH_FACTS = {"registration", "stars_form", "card", "explanation"}


def paper_kinds(sheet: EvaluationSheet) -> list[tuple[str, str]]:
    """The kinds of papers of an evaluation and what they are called, in the order of the work."""
    wanted = set(_kinds(sheet))
    titles = EVALUATION_PAPERS if sheet.scheme.parts else {**EVALUATION_PAPERS, **_WITHOUT_SCORES}
    return [(kind, _(title)) for kind, title in titles.items() if kind in wanted]


def _kinds(sheet: EvaluationSheet) -> Iterator[str]:
    scheme = sheet.scheme
    is_of_people = scheme.of in {"members", "work"}
    yield from ("form", "notice")
    if is_of_people:
        yield from ("plan", "explanation")
    else:
        yield "committee"
    if scheme.of == "secretary":
        yield "debrief"
    if any(one.ballots for one in scheme.steps):
        yield from BY_BATCH
    if scheme.parts:
        yield from ("card", "ranking")
    if scheme.has_stars:
        yield from ("stars_form", "publicity", "commendation", "plaque", "desk_card")
    if not scheme.grades:
        return
    if scheme.of != "secretary":  # whose own report has it all
        yield "report"
    if is_of_people and scheme.decision:
        yield from ("feedback", "measures", "publicity", "commendation", "plaque", "desk_card")
    if scheme.of == "members":
        yield from ("self_review", "mutual_review", "decision", "registration", "summary")


def evaluation_paper(
    branch: Branch,
    uid: str,
    kind: str,
    *,
    subject: str | None = None,
    batch: str | None = None,
    both_sides: bool = False,
) -> Document:
    """A paper of an evaluation, as it was made final or as it stands; `kind` is one of `paper_kinds`.

    `subject` is of whom a paper of people is wanted, and `batch` of which ballots; without them it is of all.
    With `both_sides` the paper of everybody begins on a new sheet that is printed on both sides.
    Raises Problem for an evaluation in the recycle bin, and where there is nothing to print.
    """
    matter = replace(evaluation_matter(branch, uid, kind), both_sides=both_sides)
    return made(matter, kind, subject or "", batch or "")


def evaluation_matter(branch: Branch, uid: str, kind: str = "") -> EvaluationMatter:
    """What the papers of an evaluation print. Raises Problem as `evaluation_paper` does."""
    with speaking_chinese():
        sheet = final_sheet(branch, uid)
    day = PartialDate.read(sheet.frozen_on)
    matter = EvaluationMatter(
        sheet=sheet,
        vocabulary=members.vocabulary_of(branch),
        made_on=day.first_day() if day is not None else clock.today(),
        people=_people(branch, sheet, beside=kind == "explanation") if kind in _WITH_FACTS else {},
        superior=_superior(branch, sheet) if kind == "report" else "",
    )
    is_draft = kind in _OF_OUTCOME and matter.scheme.decision and bool(undecided(matter))
    return replace(matter, draft=is_draft)


def _superior(branch: Branch, sheet: EvaluationSheet) -> str:
    """Who gets the report: the organisation above in the file, else as the profile says."""
    tree = organisation_tree(branch)
    own = tree.get(sheet.evaluation.organisation)
    above = tree.get(own.parent) if own is not None else None
    if above is not None:
        return above.full_name
    return organisation_file(branch, tree.roots()[0].organisation).values.get("superior_name") or ""


def _people(branch: Branch, sheet: EvaluationSheet, *, beside: bool) -> dict[str, PersonFacts]:
    """What the roster says of everybody who is evaluated; nothing of those who have left.

    With `beside` also how often they came and how their points came about, which stand beside an evaluation.
    """
    evaluation = sheet.evaluation
    day = min(clock.today(), date(evaluation.year, 12, 31))
    rows = {row.uid: row.values for row in roster_on(branch, day).rows}
    vocabulary, form = members.vocabulary_of(branch), member_form()
    found = {
        one.uid: person_facts(rows[one.person], vocabulary, form)
        for one in evaluation.subjects
        if one.person in rows
    }
    if not beside:
        return found
    came = attendance_scores(branch, evaluation, _WHOLE_SCORE)
    points = _points(branch, sheet)
    return {
        uid: replace(facts, attended=came[uid][1] if uid in came else "", points=points.get(uid, ""))
        for uid, facts in found.items()
    }


def _points(branch: Branch, sheet: EvaluationSheet) -> dict[str, str]:
    """How the points came about, bucket by bucket; not where the ledger says something else by now."""
    evaluation = sheet.evaluation
    if not any(one is not None for one in sheet.points.values()):
        return {}
    ledger = points_sheet(branch, evaluation.organisation, evaluation.year).by_person
    found = {}
    for one in evaluation.subjects:
        own = ledger.get(one.person or "")
        if own is not None and own.total == sheet.points.get(one.uid):
            with speaking_chinese():
                held = [each for each in own.tally.buckets if each.counted or each.earned]
                buckets = "".join(map(explain_bucket, held))
            found[one.uid] = on_paper(buckets)
    return found


def person_facts(values: Mapping[str, str | None], vocabulary: Vocabulary, form: Form) -> PersonFacts:
    """What a form prints of the values of one member: no numbers, and days of birth as months."""

    def shown(field_id: str) -> str:
        one = form.by_id[field_id]
        with speaking_chinese():
            return one.type.show(one, values.get(field_id), vocabulary)

    def month(field_id: str) -> str:
        day = PartialDate.read(values.get(field_id))
        return PartialDate(day.year, day.month).spelled() if day is not None else ""

    return PersonFacts(
        sex=shown("sex"),
        ethnic=shown("ethnic"),
        born=month("born_on"),
        education=shown("education"),
        admitted=month("admitted_on"),
        posts=shown("posts"),
        employer=shown("employer"),
    )


# ---- one paper of what is known


def made(matter: EvaluationMatter, kind: str, subject: str = "", batch: str = "") -> Document:
    """The paper of a matter. Raises Problem where there is nothing to print."""
    if kind in _OF_SUBJECTS:
        subjects = _subjects(matter, subject)
        if kind in _OF_SCORES:
            subjects = _scored(matter, subjects)
        return _OF_SUBJECTS[kind](matter, subjects)
    if kind in _HONOURS:
        return _honour(matter, kind, subject)
    match kind:
        case "ballot":
            return ballots_document(matter, _batch(matter, batch))
        case "tally":
            chosen = _batch(matter, batch)
            return tallies_document(matter, chosen if batch else None)
        case "stars_form":
            return _stars(matter, subject)
        case "publicity":
            _refuse_nobody(matter)
    return _WHOLE[kind](matter)


def _stars(matter: EvaluationMatter, subject: str) -> Document:
    stars = [one for one in matter.stars() if subject in {"", one[1].uid}]
    if not stars:
        raise _nobody_declared()
    return stars_document(matter, stars)


def _refuse_nobody(matter: EvaluationMatter) -> None:
    """Raise Problem where there is nobody to make public."""
    if not list(public_sections(matter)):
        raise Problem(_("还没有可以公示的名单。"), _("请先完成评定或者审核，再打印公示。"))


def _honour(matter: EvaluationMatter, kind: str, subject: str) -> Document:
    if not commended(matter) or (kind != "commendation" and not plaques_of(matter, subject)):
        raise Problem(_("还没有确定表彰对象。"), _("授予星级或者评定出最高等次以后再打印。"))
    if kind == "commendation":
        return commendation_document(matter)
    return (plaque_document if kind == "plaque" else desk_card_document)(matter, subject)


def _batch(matter: EvaluationMatter, uid: str) -> Batch:
    """The batch that was asked for, else the last one."""
    batches = matter.evaluation.batches
    if not batches:
        raise Problem(_("还没有登记测评票。"), _("请先在“测评计票”里登记发出多少张，再打印。"))
    return (matter.evaluation.batch(uid) if uid else batches[-1]) or batches[-1]


def _subjects(matter: EvaluationMatter, uid: str) -> list[Subject]:
    """Those of whom a paper is wanted: one, or all who take part."""
    found = [one for one in matter.taking_part() if uid in {"", one.uid}]
    if not found:
        raise Problem(_("没有参加评议的人，没有可以打印的。"), _("请先核对参加评议的名单。"))
    return found


def _scored(matter: EvaluationMatter, subjects: list[Subject]) -> list[Subject]:
    """Those of them who stand for a star, where that is what is scored; nobody gets an empty page."""
    found = [one for one in subjects if dimensions_of(matter, one)]
    if not found:
        raise _nobody_declared()
    return found


def _nobody_declared() -> Problem:
    return Problem(_("还没有人申报星级。"), _("请先在“五星党员”里申报。"))


# ---- workbook


def evaluation_workbook(branch: Branch, uid: str, progress: Progress = SILENT) -> bytes:
    """An evaluation as a workbook with everything that may be shown of it."""
    from branchdesk.documents.xlsx import write_xlsx  # noqa: PLC0415 - slow to import
    from branchdesk.reports.evaluations.workbooks import evaluation_tables  # noqa: PLC0415

    matter = evaluation_matter(branch, uid)
    with speaking_chinese():
        tables = list(evaluation_tables(matter))
    return write_xlsx(tables, matter.made_on, branch.person.name, progress)
