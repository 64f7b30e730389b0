"""`evaluations`, `evaluation` and `print-evaluation`: how far each is, what it came to, and the papers."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from branchdesk import clock
from branchdesk.cli.console import LINE_WIDTH, long_work, say, wrapped
from branchdesk.cli.endings import Ending
from branchdesk.cli.names import place_named
from branchdesk.cli.opening import opened
from branchdesk.cli.outputs import check_target, size, write_document
from branchdesk.cli.parsing import wrong_pair
from branchdesk.cli.tables import show_table
from branchdesk.domain.evaluations.model import Batch, EvaluationState, Star, Subject
from branchdesk.domain.evaluations.stars import label_of
from branchdesk.domain.evaluations.steps import StepProgress
from branchdesk.domain.inspections.line_scores import shown
from branchdesk.domain.names import same_name_key
from branchdesk.errors import Problem
from branchdesk.forms.language import Form
from branchdesk.i18n import _, _n, later, listed
from branchdesk.partial_dates import PartialDate
from branchdesk.services.evaluations.reading import (
    EvaluationRow,
    EvaluationSheet,
    evaluation_list,
    final_sheet,
    kinds_of_evaluations,
)
from branchdesk.services.open_branch import Branch
from branchdesk.whole_files import write_whole

_LIST = "branchdesk evaluations"
_WORKBOOK = ".xlsx"
_STATES: Mapping[EvaluationState, str] = {
    EvaluationState.OPEN: later("进行中"),
    EvaluationState.FINAL: later("已定稿"),
    EvaluationState.ARCHIVED: later("已归档"),
}
_STEPS: Mapping[StepProgress, str] = {
    StepProgress.DONE: later("已完成"),
    StepProgress.CURRENT: later("正在进行"),
    StepProgress.COMING: later("还没有开始"),
    StepProgress.SKIPPED: later("不开展"),
}


# ---- list


def list_evaluations(asked: Namespace) -> Ending:
    """The evaluations of a year in a table."""
    year = asked.year or clock.today().year
    with opened(asked) as branch:
        rows = evaluation_list(branch, place_named(branch, asked.place, date(year, 12, 31)), year)
        head = (_("编号"), _("党组织"), _("对象"), _("已评定"), _("当前步骤"), _("状态"))
        show_table([head, *map(_line, rows)])
        say(_n("{year} 年共 {n} 次评议。", len(rows), year=year))
    return Ending.FINE


def _code(row: EvaluationRow) -> str:
    """How an evaluation is named on the command line."""
    return f"{row.year}-{row.kind_title}-{row.number}"


def _line(row: EvaluationRow) -> tuple[str, ...]:
    decided = f"{row.decided}/{row.to_decide}" if row.to_decide else ""
    state = _(_STATES[row.state])
    return (_code(row), row.organisation_name, str(row.subjects), decided, row.step_title, state)


# ---- one evaluation


def show_evaluation(asked: Namespace) -> Ending:
    """One evaluation as text: its steps, ballots, totals, grades and stars."""
    with opened(asked) as branch:
        found = final_sheet(branch, _evaluation_named(branch, asked))
        for line in _told(found):
            for part in wrapped(line, LINE_WIDTH) if line else [""]:
                say(part)
    return Ending.FINE


def _told(found: EvaluationSheet) -> Iterator[str]:
    yield found.evaluation.title
    yield _("状态：{state}", state=_(_STATES[found.evaluation.state]))
    for one in found.progress:
        yield f"{one.step.title}：{_(_STEPS[one.state])}{_day_of(found, one.step.id)}"
    if found.evaluation.batches:
        yield ""
        yield from (_batch_told(found, one) for one in found.evaluation.batches)
    yield ""
    yield from (_subject_told(found, one) for one in found.evaluation.subjects)
    if found.evaluation.stars:
        yield ""
        yield from (_star_told(found, one) for one in found.evaluation.stars)


def _day_of(found: EvaluationSheet, step: str) -> str:
    done = found.evaluation.done(step)
    if done is None or done.done_on is None:
        return ""
    return f" {PartialDate.of(done.done_on).shown()}"


def _batch_told(found: EvaluationSheet, batch: Batch) -> str:
    """The heads of a batch, and whether both countings agree."""
    figures = ("—" if one is None else str(one) for one in (batch.issued, batch.returned, batch.spoiled))
    issued, returned, spoiled = figures
    head = _(
        "批次 {code}：发出 {issued}，收回 {returned}，废票 {spoiled}；",
        code=batch.code,
        issued=issued,
        returned=returned,
        spoiled=spoiled,
    )
    tally = found.tallies[batch.uid]
    if not tally.counted:
        return head + _("两遍计票还没有一致。")
    if tally.hidden:
        return head + _n("有效票不足 {n} 张，不列票数。", found.thresholds.ballots_least.value)
    return head + _n("有效票 {n} 张。", tally.valid)


def _subject_told(found: EvaluationSheet, subject: Subject) -> str:
    """The votes, the totals and the grade of one subject."""
    if not subject.takes_part:
        # A sentence within an f-string is not collected into the catalogue.
        told = listed(filter(None, (_("未参加"), subject.why_not)))
        return f"{subject.name}：{told}"
    said = []
    row = found.together.rows.get(subject.uid)
    if row is not None:
        said += [f"{one.title} {row.counts.get(one.code, 0)}" for one in found.scheme.grades]
    for dimension, title in [(one.id, one.title) for one in found.scheme.dimensions] or [("", "")]:
        total = found.totals.get((subject.uid, dimension))
        if total is not None and total.total is not None and total.parts:
            said.append(_("{title}总分 {score}", title=title, score=shown(total.total)))
    if subject.grade:
        said.append(_("等次：{grade}", grade=found.scheme.grade_title(subject.grade)))
    elif found.scheme.decision and subject.needs_grade:
        said.append(_("还没有评定"))
    return f"{subject.name}：{listed(said)}" if said else subject.name


def _star_told(found: EvaluationSheet, star: Star) -> str:
    dimension = found.scheme.dimension(star.dimension)
    title = dimension.star if dimension is not None else star.dimension
    return f"{title} {found.subject(star.subject).name}：{label_of(star.state)}"


def _evaluation_named(branch: Branch, asked: Namespace) -> str:
    """The evaluation of a number such as 2026-民主评议党员-1. Raises Problem for none or several."""
    year, _dash, rest = asked.evaluation.partition("-")
    name, _dash, number = rest.rpartition("-")
    if not (year.isdecimal() and len(year) == 4 and name and number.isdecimal()):
        raise Problem(
            _("“{text}”不是评议编号。", text=asked.evaluation),
            _("评议编号是列表的第一栏，如 2026-民主评议党员-1；列表见 {page}", page=_LIST),
        )
    kind = _kind_named(branch, name).kind
    place = place_named(branch, asked.place, date(int(year), 12, 31))
    rows = evaluation_list(branch, place, int(year))
    found = [row for row in rows if row.kind == kind and row.number == int(number)]
    if not found:
        raise Problem(_("没有编号是“{text}”的评议。", text=asked.evaluation), _("编号见 {page}", page=_LIST))
    if len(found) > 1:
        names = listed(row.organisation_name for row in found)
        raise Problem(
            _n("有 {n} 次评议的编号是“{text}”。", len(found), text=asked.evaluation),
            _("请加上 {option} 写明是哪一个：{names}。", option="--place", names=names),
        )
    return found[0].uid


def _kind_named(branch: Branch, typed: str) -> Form:
    """The form of evaluations that is called so, in either language. Raises Problem for none."""
    forms = kinds_of_evaluations(branch)
    for form in forms:
        if same_name_key(typed) in {same_name_key(name) for name in (form.kind, form.title, form.title_en)}:
            return form
    names = listed(form.shown() for form in forms)
    raise Problem(_("没有叫“{name}”的评议办法。", name=typed), _("现有：{names}。", names=names))


# ---- papers


def print_evaluation(asked: Namespace) -> Ending:
    """Write a paper of an evaluation as PDF or for Word, or all of it as a workbook."""
    from branchdesk.reports.evaluations.papers import (  # noqa: PLC0415 - the list needs no paper
        BY_BATCH,
        BY_SUBJECT,
        evaluation_paper,
        evaluation_workbook,
        paper_kinds,
    )

    is_workbook = asked.output.suffix.lower() == _WORKBOOK
    if asked.name and (is_workbook or asked.paper not in BY_SUBJECT):
        raise wrong_pair(asked.command, "--name", _WORKBOOK if is_workbook else asked.paper)
    if asked.batch and (is_workbook or asked.paper not in BY_BATCH):
        raise wrong_pair(asked.command, "--batch", _WORKBOOK if is_workbook else asked.paper)
    check_target(asked.output, asked.folder, force=asked.force)
    with opened(asked) as branch, long_work() as progress:
        uid = _evaluation_named(branch, asked)
        if is_workbook:
            return _write_workbook(evaluation_workbook(branch, uid, progress), asked.output)
        found = final_sheet(branch, uid)
        kinds = dict(paper_kinds(found))
        if asked.paper not in kinds:
            raise Problem(
                _("“{title}”没有这种材料。", title=found.evaluation.title),
                _("可以打印：{papers}。", papers=listed(kinds)),
            )
        document = evaluation_paper(
            branch,
            uid,
            asked.paper,
            subject=_subject_named(found, asked.name) if asked.name else None,
            batch=_batch_named(found, asked.batch) if asked.batch else None,
        )
        return write_document(document, asked.output, progress)


def _subject_named(found: EvaluationSheet, name: str) -> str:
    key = same_name_key(name)
    own = [one for one in found.evaluation.subjects if same_name_key(one.name) == key]
    if not own:
        names = listed(one.name for one in found.evaluation.subjects)
        raise Problem(_("这次评议里没有“{name}”。", name=name), _("名单：{names}。", names=names))
    if len(own) > 1:
        raise Problem(
            _n("这次评议里有 {n} 个“{name}”。", len(own), name=name),
            _("请不写 {option}，打印全部，再挑出来。", option="--name"),
        )
    return own[0].uid


def _batch_named(found: EvaluationSheet, code: str) -> str:
    own = next((one for one in found.evaluation.batches if one.code == code), None)
    if own is None:
        codes = listed(one.code for one in found.evaluation.batches) or _("还没有测评票")
        raise Problem(_("没有批次“{code}”。", code=code), _("现有：{names}。", names=codes))
    return own.uid


def _write_workbook(content: bytes, path: Path) -> Ending:
    write_whole(path, content)
    say(_("已写成 {path}，{size}。", path=str(path), size=size(len(content))))
    return Ending.FINE
