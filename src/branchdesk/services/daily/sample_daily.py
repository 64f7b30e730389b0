"""Daily records of an invented branch: whole months that were signed, the last one half written.

The same for every day on which they are made, but for what lies ahead of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from branchdesk.domain.daily import DailyState
from branchdesk.i18n import _, speaking_chinese
from branchdesk.partial_dates import PartialDate
from branchdesk.services.daily.reading import DailyPerson, DailyYear, daily_year
from branchdesk.services.daily.writing import title_of
from branchdesk.storage import tables
from branchdesk.storage.branch import Branch
from branchdesk.storage.daily_tables import daily_record
from branchdesk.uids import new_uid

_WORK = (
    "完成月度经济运行数据汇总，按时上报，无差错。",
    "办结群众来访登记 6 件，件件有答复。",
    "参与政务信息系统升级，负责测试和问题登记。",
    "完成本处室档案整理 40 卷。",
    "起草两份调研提纲，被采用一份。",
)
_VOLUNTEER = (
    ("2", "在海棠社区值守半天。"),
    ("3", "为老年人讲解智能手机的使用。"),
    ("1.5", "参加环境整治。"),
)
_PLEDGES = ("年初承诺的结对帮扶，本月走访 1 次。", "承诺的数据下乡辅导，本月完成 1 次。")
_SAID = ("服务对象反映办事耐心。", "同事反映配合好、不推诿。")
_SELF = ("本月能按要求完成工作，学习还要再抓紧。", "参加组织生活按时，下月多做一次志愿服务。")
_OPINION = ("表现较好，同意。", "按时参加组织生活，工作踏实，同意。")
_GRADES = ("good", "fair", "good", "fair", "average")
_URGENT, _REWARD, _REMINDED = (7, 3), (6, 5), (5, 8)  # a month and a place on the roster
_SIGNED_AFTER, _LIES_FOR = 4, 30  # days after the end of the month


def sample_daily(branch: Branch, organisation: str | None = None) -> None:
    """Give a branch with people the daily records of this year, until today."""
    with speaking_chinese():
        year = daily_year(branch, organisation)
        rows, links, values = [], [], []
        for person, month in _months(year):
            uid = new_uid()
            rows.append(_row(year, person, month, uid))
            links.append({"record_uid": uid, "person_uid": person.person, "name": person.name})
            held = dict(_values(year, person, month))
            values += [
                {"record_uid": uid, "part": "", "line": "", "field": key, "value": value}
                for key, value in held.items()
            ]
        with branch.change(_("载入示例日常写实")) as change:
            change.insert_many(tables.record, rows)
            change.insert_many(daily_record, links)
            change.insert_many(tables.record_value, values)


def _months(year: DailyYear) -> Iterator[tuple[DailyPerson, int]]:
    """Who has a record of which month: of months that are over everybody, of the running one every third."""
    for month in range(1, year.last_month + 1):
        for place, person in enumerate(year.people):
            if person.here and (_is_over(year, month) or place % 3 == 0):
                yield person, month


def _is_over(year: DailyYear, month: int) -> bool:
    return PartialDate(year.year, month).last_day() < year.today


def _is_signed(year: DailyYear, month: int) -> bool:
    """Whether a month was over for some weeks: until then its sheets lie with the secretary."""
    return PartialDate(year.year, month).last_day() + timedelta(days=_LIES_FOR) < year.today


def _row(year: DailyYear, person: DailyPerson, month: int, uid: str) -> dict[str, str | int]:
    state = DailyState.FINAL if _is_signed(year, month) else DailyState.OPEN
    return {
        "uid": uid,
        "kind": year.form.kind,
        "version": year.form.version,
        "organisation_uid": year.organisation,
        "title": title_of(person.name, year.year, month),
        "on_date": PartialDate(year.year, month).last_day().isoformat(),
        "year": year.year,
        "number": month,
        "state": state.value,
        "entered_on": min(year.today, PartialDate(year.year, month).last_day()).isoformat(),
    }


def _values(year: DailyYear, person: DailyPerson, month: int) -> Iterator[tuple[str, str]]:
    place = year.people.index(person)
    turn = place + month
    yield "work", _WORK[turn % len(_WORK)]
    if turn % 2 == 0:
        hours, what = _VOLUNTEER[turn % len(_VOLUNTEER)]
        yield "volunteer_hours", hours
        yield "volunteer", what
    if turn % 3 == 0:
        yield "pledge", _PLEDGES[turn % len(_PLEDGES)]
    if turn % 4 == 0:
        yield "people_say", _SAID[place % len(_SAID)]
    if (month, place) == _URGENT:
        yield "urgent", "强降雨期间参加夜间值守两次。"
    if (month, place) == _REWARD:
        yield "rewards", "被评为单位优秀共产党员。"
    if (month, place) == _REMINDED:
        yield "reminders", "主题党日迟到，书记谈话提醒 1 次。"
    yield "self_words", _SELF[turn % len(_SELF)]
    if not _is_over(year, month):
        return
    yield "group_opinion", _OPINION[place % len(_OPINION)]
    yield "branch_grade", _GRADES[(place * 2 + month) % len(_GRADES)]
    if _is_signed(year, month):
        after = PartialDate(year.year, month).last_day() + timedelta(days=_SIGNED_AFTER)
        yield "signed_on", after.isoformat()
        yield "secretary_signed_on", after.isoformat()
