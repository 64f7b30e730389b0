"""Meetings as workbooks: the list of them, and one meeting with all its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from branchdesk.documents.model import Align
from branchdesk.documents.xlsx import TableColumn, WorkbookTable
from branchdesk.domain.meetings.life import LABELS
from branchdesk.domain.meetings.model import Presence, Vote, VoteKind
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.i18n import speaking_chinese
from branchdesk.reports.form_workbook import TEXT_WIDTH, form_tables
from branchdesk.reports.meetings.matter import Matter
from branchdesk.reports.meetings.wording import spelled_day
from branchdesk.services.meetings.reading import MeetingRow

_WORDS = {Presence.UNMARKED: "", Presence.PRESENT: "到会", Presence.LEAVE: "请假", Presence.ABSENT: "缺席"}
_LIST = (
    TableColumn("序号", 6, is_number=True),
    TableColumn("类型"),
    TableColumn("年度", 7),
    TableColumn("次数", 6, is_number=True),
    TableColumn("时间", 13),
    TableColumn("名称", TEXT_WIDTH, align=Align.LEFT),
    TableColumn("党组织", align=Align.LEFT),
    TableColumn("地点", align=Align.LEFT),
    TableColumn("主持人"),
    TableColumn("应到", 7, is_number=True),
    TableColumn("实到", 7, is_number=True),
    TableColumn("状态"),
    TableColumn("未办结事项", 11, is_number=True),
)


def list_table(rows: Sequence[MeetingRow], organisation: str, until: date) -> WorkbookTable:
    """The meetings of a list as a sheet, in the order of the list."""
    return WorkbookTable(
        name="会议与活动",
        columns=_LIST,
        rows=[_list_row(number, row) for number, row in enumerate(rows, start=1)],
        title=f"{organisation}会议与活动一览表",
        above=(f"填报单位：{organisation}　　截至日期：{spelled_day(until.isoformat())}",),
        below=(f"共 {len(rows)} 次。",),
    )


def _list_row(number: int, row: MeetingRow) -> tuple[str, ...]:
    return (
        str(number),
        row.kind_label,
        str(row.year),
        "" if row.number is None else str(row.number),
        row.on.shown() if row.on is not None else "",
        row.title,
        row.organisation_name,
        row.place,
        row.chair,
        str(row.expected),
        str(row.present),
        LABELS[row.state],
        str(row.open_items),
    )


def meeting_tables(matter: Matter) -> Iterator[WorkbookTable]:
    """One meeting: what its form holds, then who was there, what was said, voted and decided."""
    titles = {item.uid: item.title for item in matter.agenda()}
    yield from form_tables(matter.filled, matter.title)
    yield from _not_empty("签到", _ATTENDANCE, _attendance_rows(matter))
    yield from _not_empty("议题", _AGENDA, ((str(n), title) for n, title in enumerate(titles.values(), 1)))
    passages = sorted(matter.meeting.passages, key=lambda passage: passage.position)
    said = ((titles.get(one.agenda or "", ""), one.speaker, one.text) for one in passages)
    yield from _not_empty("会议内容", _PASSAGES, said)
    yield from _not_empty(
        "表决", _VOTES, (row for vote in matter.votes() for row in _vote_rows(matter, vote))
    )
    decisions = sorted(matter.meeting.decisions, key=lambda decision: decision.position)
    made = (
        (one.text, one.responsible, spelled_day(one.due_on), spelled_day(one.done_on), one.feedback)
        for one in decisions
    )
    yield from _not_empty("议定事项", _DECISIONS, made)


def _not_empty(
    name: str, columns: tuple[TableColumn, ...], rows: Iterable[Sequence[str]]
) -> Iterator[WorkbookTable]:
    listed = list(rows)
    if listed:
        yield WorkbookTable(name, columns, listed)


_ATTENDANCE = (
    TableColumn("序号", 6, is_number=True),
    TableColumn("姓名"),
    TableColumn("党小组"),
    TableColumn("人员类别"),
    TableColumn("有表决权", 9),
    TableColumn("到会情况", 9),
    TableColumn("原因", TEXT_WIDTH, align=Align.LEFT),
    TableColumn("书面意见", 9),
    TableColumn("补课时间", 14),
)
_AGENDA = (TableColumn("序号", 6, is_number=True), TableColumn("议题", 60, align=Align.LEFT))
_PASSAGES = (
    TableColumn("议题", TEXT_WIDTH, align=Align.LEFT),
    TableColumn("发言人"),
    TableColumn("内容", 80, align=Align.LEFT),
)
_FIGURES = ("应到", "实到", "书面意见", "赞成", "反对", "弃权", "无效", "发出", "收回")
_VOTES = (
    TableColumn("事项", TEXT_WIDTH, align=Align.LEFT),
    TableColumn("候选人"),
    *(TableColumn(label, 7, is_number=True) for label in _FIGURES),
    TableColumn("结果", TEXT_WIDTH, align=Align.LEFT),
)
_DECISIONS = (
    TableColumn("事项", 60, align=Align.LEFT),
    TableColumn("责任人"),
    TableColumn("完成时限", 14),
    TableColumn("办结时间", 14),
    TableColumn("落实情况", TEXT_WIDTH, align=Align.LEFT),
)


def _attendance_rows(matter: Matter) -> Iterator[tuple[str, ...]]:
    categories = shipped_dictionaries()["category"]
    people = sorted(matter.meeting.attendance, key=lambda person: person.position)
    for number, one in enumerate(people, start=1):
        with speaking_chinese():
            category = categories.shown(one.category)
        yield (
            str(number),
            one.name,
            one.group,
            category,
            "是" if one.may_vote else "否",
            _WORDS[one.presence] if one.counts else "不计入应到会",
            one.reason or one.basis,
            "是" if one.written else "",
            spelled_day(one.made_up_on),
        )


def _vote_rows(matter: Matter, vote: Vote) -> Iterator[tuple[str, ...]]:
    """A vote in one row; an election with one more for every name."""

    def shown(*numbers: int | None) -> list[str]:
        return ["" if number is None else str(number) for number in numbers]

    is_election = vote.kind is VoteKind.ELECTION
    votes = (None, None, None) if is_election else (vote.in_favour, vote.against, vote.abstained)
    figures = shown(
        *(vote.eligible, vote.present, vote.written, *votes, vote.invalid, vote.issued, vote.returned)
    )
    yield (vote.subject, "", *figures, matter.outcome(vote.uid).result)
    for one in vote.candidates:
        got = shown(None, None, None, one.in_favour, one.against, one.abstained, None, None, None)
        yield (vote.subject, one.name, *got, "")
