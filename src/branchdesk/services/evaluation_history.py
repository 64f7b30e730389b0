"""The history of evaluations in words: scores, grades, steps and stars by the titles of their form.

Of ballots it tells who counted and how many were valid, never what they said.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from branchdesk.domain.evaluations.ballot_findings import pass_title
from branchdesk.domain.evaluations.model import EvaluationState, StarState
from branchdesk.domain.evaluations.stars import label_of
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.language import Form
from branchdesk.i18n import _, later
from branchdesk.partial_dates import PartialDate
from branchdesk.services.history_lines import HistoryLine, line
from branchdesk.storage import evaluation_tables as tables
from branchdesk.storage.changes import INSERT, UPDATE
from branchdesk.storage.journal import FieldChange

Row = Mapping[str, Any]
PARTS = frozenset(table.name for table in tables.OF_EVALUATIONS)
STATE_LABELS = {
    EvaluationState.OPEN: later("进行中"),
    EvaluationState.FINAL: later("已定稿"),
    EvaluationState.ARCHIVED: later("已归档"),
}
_TITLES = {
    tables.evaluation_subject.name: later("参评名单"),
    tables.part_score.name: later("得分"),
    tables.ballot_batch.name: later("测评票"),
    tables.ballot_pass.name: later("计票"),
    tables.step_done.name: later("步骤"),
    tables.star.name: later("申报"),
}
_COLUMNS = {
    "name": later("姓名"),
    "group_name": later("党小组"),
    "category": later("人员类别"),
    "takes_part": later("参加评议"),
    "graded": later("评定等次"),
    "why_not": later("不参加、不评等次的原因"),
    "grade": later("等次"),
    "reason": later("理由"),
    "told_on": later("反馈日期"),
    "improvement": later("整改要求"),
    "score": later("得分"),
    "target": later("目标"),
    "actual": later("完成情况"),
    "note": later("备注"),
    "scorer": later("评分人"),
    "evidence_title": later("佐证"),
    "issued": later("发出"),
    "returned": later("收回"),
    "spoiled": later("废票"),
    "printed_on": later("印制日期"),
    "begun_on": later("开始日期"),
    "done_on": later("完成日期"),
    "skipped": later("不进行"),
    "state": later("进展"),
    "deeds": later("事迹材料"),
    "votes_for": later("同意票"),
    "votes_of": later("参加表决"),
    "opinion": later("意见"),
    "objection": later("异议"),
    "handled": later("异议处理"),
    "from_day": later("挂牌开始"),
    "until_day": later("挂牌结束"),
}
# What a row that came or went is told by.
_TELLING = {
    tables.evaluation_subject.name: ("group_name", "grade", "why_not"),
    tables.part_score.name: ("score", "actual", "note"),
    tables.star.name: ("state", "opinion"),
    tables.step_done.name: ("begun_on", "done_on", "note"),
    tables.ballot_batch.name: ("issued", "returned", "spoiled"),
}
_DAYS = {"told_on", "printed_on", "begun_on", "done_on", "from_day", "until_day"}
_FLAGS = {"takes_part", "graded", "skipped"}


def state_label(value: str) -> str:
    """The name of a state of an evaluation; one that came with a newer program as it is stored."""
    return _(STATE_LABELS[EvaluationState(value)]) if value in set(EvaluationState) else value


def part_line(
    change: FieldChange, row: Row, form: Form | None, rows: Mapping[str, Row], vocabulary: Vocabulary
) -> HistoryLine | None:
    """A change of a part of an evaluation; None for what nobody wants to read, and for counted votes.

    `row` is the one that changed as it came, `rows` are it and those it points to.
    """
    if change.entity == tables.ballot_count.name:
        return None
    teller = _Teller(form, rows, vocabulary)
    if change.op != UPDATE:
        whole = change.after if change.op == INSERT else change.before
        title = " ".join(filter(None, (_(_TITLES[change.entity]), teller.called(change.entity, whole))))
        words = teller.words_of(change.entity, whole)
        return line(change, title, *(("", words) if change.op == INSERT else (words, "")))
    if change.field not in _COLUMNS:
        return None
    parts = (teller.called(change.entity, row), _(_COLUMNS[change.field]))
    before, after = (teller.word(change.field, value) for value in (change.before, change.after))
    return line(change, " ".join(filter(None, parts)), before, after)


class _Teller:
    """Says what rows are about, by the titles of a form; by what is stored where no form can be read."""

    def __init__(self, form: Form | None, rows: Mapping[str, Row], vocabulary: Vocabulary) -> None:
        self._rows, self._vocabulary = rows, vocabulary
        words = form.evaluation if form is not None else None
        self._grades = {one.code: one.shown() for one in words.grades} if words else {}
        self._parts = {one.id: one.shown() for one in words.parts} if words else {}
        self._steps = {one.id: one.shown() for one in words.steps} if words else {}
        self._stars = {one.id: one.star_shown() for one in words.dimensions} if words else {}

    def called(self, entity: str, row: Row) -> str:
        """Who or what a row is about."""
        if not row:
            return ""
        name = self._rows.get(row.get("subject_uid", ""), {}).get("name", "")
        match entity:
            case tables.evaluation_subject.name:
                parts = [row["name"]]
            case tables.part_score.name:
                dimension = row.get("dimension", "")
                parts = [
                    name,
                    self._stars.get(dimension, dimension),
                    self._parts.get(row["part"], row["part"]),
                ]
            case tables.star.name:
                parts = [name, self._stars.get(row["dimension"], row["dimension"])]
            case tables.step_done.name:
                parts = [self._steps.get(row["step"], row["step"])]
            case tables.ballot_batch.name:
                parts = [row["code"]]
            case _:
                code = self._rows.get(row.get("batch_uid", ""), {}).get("code", "")
                parts = [code, pass_title(row["number"])]
        return " ".join(filter(None, parts))

    def words_of(self, entity: str, row: Row) -> str:
        """A row that came or went, in words."""
        if entity == tables.ballot_pass.name:
            return " ".join((row["counter"], _("有效票 {n} 张", n=row["ballots"])))
        told = [self.word(key, row.get(key)) for key in _TELLING[entity]]
        if row.get("skipped"):
            told.insert(0, _("不进行"))
        return " ".join(filter(None, told)) or _("新建")

    def word(self, column: str, value: Any) -> str:
        """A stored value as a clerk reads it."""
        if value is None or value == "":
            return ""
        if column in _FLAGS:
            return _("是") if value else _("否")
        day = PartialDate.read(str(value)) if column in _DAYS else None
        if day is not None:
            return day.shown()
        match column:
            case "grade":
                return self._grades.get(value, str(value))
            case "state":
                return label_of(StarState(value))
            case _:
                return self._vocabulary["category"].shown(value) if column == "category" else str(value)
