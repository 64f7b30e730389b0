"""A clerk who does anything in any order: random edits, pastes, imports, deletions, events, posts and so on.

Other parts of the program add what they can do by `Scribbler.further`: an action takes the scribbler and
returns the change it made, or None where there was nothing to do.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import ClassVar

from branchdesk import clock
from branchdesk.domain.members import EventKind, possible_events
from branchdesk.domain.organisations import OrganisationKind
from branchdesk.errors import Problem
from branchdesk.partial_dates import PartialDate
from branchdesk.services import attachments, history, members, organisations, recycle_bin, roster_import
from branchdesk.services.members import EventEntry
from branchdesk.services.roster_import import Verdict
from branchdesk.storage import members as member_questions
from branchdesk.storage import organisations as organisation_questions
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import Changes
from support.branches import SettableClock, identity_number, sample_people
from support.imports import FULL, import_file, plan_file, write_roster

PHOTO = b"\x89PNG\r\n\x1a\n" + b"not much of a picture "
_TEXTS = {
    "name": ("李明", "李　明", "欧阳雪", "曾国强", "阿依古丽·买买提", "𬱖𬱖", "", "50%_"),
    "sex": ("男", "女", "不详吗", ""),
    "born_on": ("1980.1.1", "1980.02", "1980", "2月30日", "1980.02.30", "", "今天"),
    "ethnic": ("汉族", "回", "火星族", ""),
    "category": ("正式党员", "预备党员", "群众", ""),
    "admitted_on": ("2001.7.1", "2001.07", "2001", "去年", "", "2030.1.1"),
    "confirmed_on": ("2002.7.1", "2002.13", ""),
    "arrived_on": ("2005.3.1", "早就来了", ""),
    "group": ("第一党小组", "二组", "第九党小组", ""),
    "posts": ("书记", "组织委员、纪检委员", "首席委员", ""),
    "state": ("已转出",),
    "mobile": ("13900001111", "139", "不知道", ""),
    "dues_monthly": ("12.5", "十元", ""),
    "floating": ("是", "否", "也许", ""),
    "discipline": ("警告", ""),
    "note": ("一\n二", "看不见\u202e的字", "", "x" * 500),
}
_HEADINGS = ("name", "id_number", "group", "category", "admitted_on", "posts", "note")
_HEADING_WORDS = "姓名|身份证号|党小组|人员类别|入党时间|党内职务|备注"
Action = Callable[["Scribbler"], Changes | None]


class Scribbler:
    """Acts at random on an open branch; the same seed acts the same."""

    further: ClassVar[list[Action]] = []

    def __init__(self, branch: Branch, seed: int, the_clock: SettableClock) -> None:
        self.branch = branch
        self.chance = random.Random(seed)
        self.clock = the_clock
        self.refusals = 0
        self._born = [identity_number(date(1970, 1, 1), number) for number in range(4)]
        self.workbook = branch.path.parent / "名册.xlsx"
        # The columns of an import are remembered by a change of their own, here once for all.
        import_file(branch, write_roster(self.workbook, _HEADING_WORDS, "第一人"))

    def act(self) -> Changes | None:
        """Do one thing and return the change; None where nothing was changed or it was refused."""
        self._pass_time()
        action = self.chance.choice([*_ACTIONS, *self.further])
        try:
            return action(self) or None
        except Problem:
            self.refusals += 1
            return None

    def _pass_time(self) -> None:
        if self.chance.random() < 0.1:
            self.clock.move(days=self.chance.choice((1, 1, 40, -3)))
            self.branch.freshen()
        else:
            self.clock.move(seconds=self.chance.randrange(100))

    # ---- what there is to act on

    def people(self) -> list[str]:
        """The members that are not in the bin."""
        with self.branch.read() as connection:
            return [uid for uid, *_rest in member_questions.members_by_name(connection)]

    def someone(self) -> str:
        """One of them."""
        return self.chance.choice(self.people())

    def typed(self, field: str) -> str:
        """Something that a clerk might type there, right or wrong."""
        if field == "id_number":
            return self.chance.choice((*self._born, "99999919700101", ""))
        return self.chance.choice(_TEXTS[field])

    def organisation(self) -> str:
        """The branch or one of its groups."""
        tree = organisations.organisation_tree(self.branch)
        return self.chance.choice([version.organisation for version in tree.walk()])

    def day(self) -> date:
        """A day around today."""
        return clock.today() + timedelta(days=self.chance.randrange(-400, 100))


def _edit_cell(clerk: Scribbler) -> Changes:
    field = clerk.chance.choice([*_TEXTS, "id_number"])
    return members.set_fields(clerk.branch, {clerk.someone(): {field: clerk.typed(field)}}).changes


def _paste_block(clerk: Scribbler) -> Changes:
    people = clerk.chance.sample(clerk.people(), 4)
    fields = clerk.chance.sample([*_TEXTS, "id_number"], 6)
    block = {uid: {field: clerk.typed(field) for field in fields} for uid in people}
    return members.set_fields(clerk.branch, block, by_hand=False).changes


def _add_people(clerk: Scribbler) -> Changes:
    rows: list[dict[str, str]] = sample_people(clerk.chance.randrange(1, 4), clerk.chance.randrange(10**6))
    rows[0]["id_number"] = clerk.typed("id_number")
    outcome = members.add_members(clerk.branch, rows, organisations.root_of(clerk.branch))
    return outcome.changes


def _import(clerk: Scribbler) -> Changes:
    """Import somebody who is there, somebody new and somebody with anything, and settle what is asked."""
    with clerk.branch.read() as connection:
        _uid, name, number = clerk.chance.choice(member_questions.members_by_name(connection))
    (new,) = sample_people(1, clerk.chance.randrange(10**6))
    lines = [{field: clerk.typed(field) for field in _HEADINGS} for _line in range(3)]
    lines[0] |= {"name": name, "id_number": number or ""}
    lines[1] |= {"name": new["name"], "id_number": new["id_number"]}
    write_roster(clerk.workbook, _HEADING_WORDS, *([*line.values()] for line in lines))
    answers = clerk.chance.choices((Verdict.NEW, Verdict.UPDATE), k=3)
    decisions = {(0, row): answer for row, answer in enumerate(answers, start=2)}
    plan = plan_file(clerk.branch, clerk.workbook, FULL, decisions=decisions)
    return roster_import.apply_import(clerk.branch, plan).changes


def _bin(clerk: Scribbler) -> Changes | None:
    people = clerk.people()
    if len(people) < 8:
        return None
    return members.move_to_bin(
        clerk.branch, clerk.chance.sample(people, 2), clerk.chance.choice(("", "重复"))
    )


def _take_back(clerk: Scribbler) -> Changes | None:
    items = recycle_bin.bin_items(clerk.branch)
    return recycle_bin.take_back(clerk.branch, clerk.chance.sample(items, 1)) if items else None


def _record_event(clerk: Scribbler) -> Changes | None:
    uid = clerk.someone()
    file = members.member_file(clerk.branch, uid)
    kinds = possible_events(file.standing) if file else ()
    if not kinds:
        return None
    kind = clerk.chance.choice(kinds)
    where = organisations.root_of(clerk.branch) if kind is EventKind.ARRIVED else None
    on = clerk.chance.choice(("", "2020.5.1", "2021.03", "2022", "没有这一天"))
    entry = EventEntry(kind, on, organisation=where, note="会议决定")
    return members.record_event(clerk.branch, uid, entry).changes


def _correct_event(clerk: Scribbler) -> Changes | None:
    uid = clerk.someone()
    file = members.member_file(clerk.branch, uid)
    if file is None or not file.events:
        return None
    event = clerk.chance.choice(file.events)
    if clerk.chance.random() < 0.3:
        return members.remove_event(clerk.branch, uid, event["uid"])
    corrected = {"on_date": "2019.9.9", "note": " 更正 "}
    return members.correct_event(clerk.branch, uid, event["uid"], corrected).changes


def _appoint(clerk: Scribbler) -> Changes:
    code = clerk.chance.choice(("secretary", "deputy", "publicity", "group_leader"))
    since = clerk.chance.choice((None, PartialDate(2024, 5), PartialDate.of(clerk.day())))
    return organisations.appoint(clerk.branch, clerk.organisation(), clerk.someone(), code, since)


def _change_post(clerk: Scribbler) -> Changes | None:
    with clerk.branch.read() as connection:
        posts = organisation_questions.posts(connection)
    if not posts:
        return None
    uid, _post = clerk.chance.choice(posts)
    if clerk.chance.random() < 0.5:
        return organisations.remove_post(clerk.branch, uid)
    return organisations.set_post(clerk.branch, uid, {"until": clerk.day().isoformat()})


def _change_organisation(clerk: Scribbler) -> Changes:
    uid, sign = clerk.organisation(), clerk.chance.randrange(1000)
    match clerk.chance.randrange(4):
        case 0:
            return organisations.set_profile(
                clerk.branch, uid, {"short_name": f"简称{sign}", "code": str(sign)}
            )
        case 1:
            return organisations.rename_from(clerk.branch, uid, f"中共新名{sign}", f"新名{sign}", clerk.day())
        case 2:
            return organisations.dissolve(clerk.branch, uid, clock.today())
        case _:
            root = organisations.root_of(clerk.branch)
            name = f"第{sign}党小组"
            return organisations.add_organisation(clerk.branch, root, OrganisationKind.GROUP, name)[1]


def _change_term(clerk: Scribbler) -> Changes:
    root = organisations.root_of(clerk.branch)
    terms = organisations.organisation_file(clerk.branch, root).terms
    if terms and clerk.chance.random() < 0.5:
        return organisations.set_term(clerk.branch, terms[0]["uid"], {"note": "延期"})
    return organisations.begin_term(clerk.branch, root, "三", clerk.day())


def _restore_value(clerk: Scribbler) -> Changes | None:
    uid = clerk.someone()
    lines = [line for line in history.record_history(clerk.branch, uid) if line.restorable]
    return history.restore_value(clerk.branch, clerk.chance.choice(lines), uid) if lines else None


def _change_photo(clerk: Scribbler) -> Changes:
    photo = PHOTO + bytes([clerk.chance.randrange(3)])
    return attachments.set_photo(clerk.branch, clerk.someone(), "照片.png", photo)


_ACTIONS: tuple[Action, ...] = (
    *(_edit_cell,) * 4,
    *(_paste_block,) * 2,
    _add_people,
    *(_import,) * 2,
    _bin,
    _take_back,
    *(_record_event,) * 2,
    _correct_event,
    _appoint,
    _change_post,
    _change_organisation,
    _change_term,
    _restore_value,
    _change_photo,
)
