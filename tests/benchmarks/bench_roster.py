"""The roster with 100,000 members: first page, every key of a filter, sorting, editing, painting, growth.

The peer is one page by key: 100 members in the order of their pinyin after a given one, every column,
straight through the driver of the same encrypted file. Services run in this process, the real window in
another.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.measuring import (
    Cost,
    Measurement,
    cheap_keys,
    child,
    compare,
    copied_branch,
    cost_of,
    large_branch,
    most_memory,
    place,
    shown,
)
from branchdesk.domain.filters import read_filter
from branchdesk.services import members, organisations, rosters
from branchdesk.services.member_edits import member_form
from branchdesk.services.search import find_people
from branchdesk.storage import rosters as questions
from branchdesk.storage.branch import Branch
from branchdesk.storage.derived import surroundings
from branchdesk.storage.rosters import RosterQuery
from support.branches import unlocked
from support.counting import machine_steps, statements

_SMALL, _LARGE = 1_000, 100_000
_PASTED_ROWS = 2_000
_PASTED = {
    "name": "张三丰",
    "former_name": "",
    "native_place": "河北保定",
    "birth_place": "河北保定",
    "health": "健康",
    "introducers": "王建国、李红",
    "dues_monthly": "12.50",
    "dues_paid_to": "2026.10",
    "education": "大学",
    "department": "办公室",
    "position": "科员",
    "worked_since": "1999.07",
    "home_address": "阳光区青石镇",
    "note": "已核对",
}
# What people type above columns: every beginning is a key press of its own.
_TYPED = {
    "name by initials": ("name", ("wm", "lj", "zgh", "cxl", "hjm")),
    "name by pinyin": ("name", ("wang", "lijian", "zhu")),
    "name in Chinese": ("name", ("王建", "国", "李春梅", "晓东")),
    "word of a dictionary": ("education", ("大学", "硕士", "高中")),
    "text": ("department", ("办公室", "农业", "一组")),
    "number": ("mobile", ("13912", "1390", "8888")),
    "age": ("born_on", (">40", "<30", ">65")),
    "amount": ("dues_monthly", (">40", "<5", "12.5")),
}
_PEER = """SELECT e.*, m.* FROM roster_entry e JOIN member m ON m.rid = e.member_rid
WHERE e.state = 'active' AND (e.pinyin, e.member_rid) > (?, ?) ORDER BY e.pinyin, e.member_rid LIMIT 100"""


def _keys(words: tuple[str, ...]) -> Iterator[str]:
    """What stands above the column after each key."""
    for word in words:
        for length in range(1, len(word) + 1):
            yield word[:length]


def _time(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


class _Desk:
    """A roster of the whole branch, and the bare page that it is measured against."""

    def __init__(self, branch: Branch) -> None:
        self.branch = branch
        self.root = rosters.Place(organisations.root_of(branch))
        self.roster = rosters.Roster(branch)
        self._chance = random.Random(1)
        self.first_page()

    def bare_page(self) -> None:
        start = self._chance.choice(("chen", "li", "wang", "zhang", "sun", "he"))
        with self.branch.raw() as connection:
            assert len(connection.execute(_PEER, (start, 0)).fetchall()) == rosters.PAGE

    def first_page(self) -> None:
        self.roster.choose(self.root)
        self.roster.row(0)

    def opened(self) -> None:
        roster = rosters.Roster(self.branch)
        roster.choose(self.root)
        roster.row(0)

    def sorted_by(self, order: str) -> None:
        self.roster.sort(order)
        self.roster.row(0)

    def only_findings(self) -> None:
        self.roster.only_findings(only=True)
        self.roster.row(0)
        self.roster.only_findings(only=False)

    def last_row(self) -> None:
        self.roster.reload()
        self.roster.row(len(self.roster) - 1)

    def narrowed(self, field: str, text: str) -> None:
        self.roster.narrow({field: text})
        if len(self.roster):
            self.roster.row(0)

    def edited(self) -> None:
        row = self.roster.row(self._chance.randrange(100))
        assert row is not None
        note = str(self._chance.random())
        members.set_fields(self.branch, {row.uid: {"note": note}})

    def pasted(self) -> None:
        rows = self.roster.rows(range(_PASTED_ROWS))
        word = str(self._chance.random())
        members.set_fields(self.branch, {row.uid: {**_PASTED, "note": word} for row in rows})

    def file_of(self) -> None:
        row = self.roster.row(self._chance.randrange(100))
        assert row is not None
        members.member_file(self.branch, row.uid)


def _services() -> list[Measurement]:
    desk = _Desk(copied_branch(_LARGE, "roster"))
    pages = compare({"bare": desk.bare_page}, rounds=31)
    bare = pages["bare"].median
    found = compare(
        {
            "roster opened, first page": desk.opened,
            "sort by strokes": partial(desk.sorted_by, rosters.STROKES),
            "sort by a plain column": partial(desk.sorted_by, "department"),
            "sort by pinyin": partial(desk.sorted_by, rosters.PINYIN),
            "only findings": desk.only_findings,
            "last row": desk.last_row,
            "file of a member": desk.file_of,
            "one cell stored": desk.edited,
        }
    )
    lines = [_against(bare, what, cost) for what, cost in found.items()]
    for what, (field, words) in _TYPED.items():
        times = [_time(partial(desk.narrowed, field, text)) for text in _keys(words) for _round in range(3)]
        lines.append(_key(bare, f"filter, {what}", cost_of(times)))
    times = [
        _time(partial(find_people, desk.branch, text))
        for text in _keys(("wm", "zgh", "王建国", "李", "lijian", "3912"))
        for _round in range(3)
    ]
    lines.append(_key(bare, "Ctrl+K, people", cost_of(times)))
    desk.roster.narrow({})
    paste = compare({"paste": desk.pasted}, rounds=3)["paste"]
    lines.append(
        Measurement(
            "paste of 2,000 × 14 cells: s", paste.median, "≤ 1", f"{paste.median / bare:.3g} bare pages"
        )
    )
    desk.branch.close()
    return [
        Measurement("bare page of 100 by key, straight from the file: ms", bare * 1000, "", shown(bare)),
        *lines,
    ]


def _against(bare: float, what: str, cost: Cost) -> Measurement:
    return Measurement(f"{what} / bare page", cost.median / bare, "", cost.here)


def _key(bare: float, what: str, cost: Cost) -> Measurement:
    return Measurement(
        f"{what}: ms a key at the 99th percentile",
        cost.worst * 1000,
        "≤ 16",
        f"median {shown(cost.median)}, {cost.median / bare:.3g} bare pages",
    )


# ---- growth, counted and not timed


def _costs(branch: Branch) -> dict[str, float]:
    """Steps of SQLite's machine for a first page, and for the page and counts after a key."""
    with branch.read() as connection:
        around = surroundings(connection)
    form = member_form()
    found: dict[str, float] = {}
    root = frozenset((organisations.root_of(branch),))
    for order in (rosters.ENTERED, rosters.PINYIN, rosters.STROKES, rosters.POSTS):
        query = RosterQuery(places=root, sort=order)
        found[f"first page by {order}"] = machine_steps(
            branch, partial(questions.roster_rids, query=query, around=around, limit=rosters.PAGE)
        )
    query = RosterQuery(places=root)
    found["counts of a place"] = machine_steps(
        branch, partial(questions.roster_counts, query=query, around=around)
    )
    for what, text in (("name by initials", "zgh"), ("text", "办公室"), ("age", ">40")):
        field = form.by_id[_TYPED[what][0]]
        wanted = read_filter(text)
        assert wanted is not None
        query = RosterQuery(places=root, sort=rosters.PINYIN, filters=((field, wanted),))
        found[f"page filtered, {what}"] = machine_steps(
            branch, partial(questions.roster_rids, query=query, around=around, limit=rosters.PAGE)
        )
    with statements(branch) as sent:
        desk = _Desk(branch)
        desk.opened()
    found["statements"] = len(sent)
    return found


def _growth() -> list[Measurement]:
    small, large = (unlocked(large_branch(size)) for size in (_SMALL, _LARGE))
    before, after = _costs(small), _costs(large)
    small.close()
    large.close()
    hundreds = "hundreds of steps"
    return [
        Measurement(
            f"growth 1,000 → 100,000: {what}",
            after[what] / max(before[what], 1),
            "≤ 1" if what == "statements" else "≤ 1.2",
            f"{before[what]:g} → {after[what]:g}{'' if what == 'statements' else ' ' + hundreds}",
        )
        for what in before
    ]


# ---- the real window, in a process of its own


def _on_screen(folder: Path) -> dict[str, Any]:
    """Processor seconds from keys to paint."""
    from benchmarks.roster_window import Sitting  # noqa: PLC0415 - Qt, for the child alone

    cheap_keys()
    sitting = Sitting(unlocked(folder))
    found: dict[str, Any] = {
        "pages, first time": sitting.pages(),
        "pages": sitting.pages(),
        "key": sitting.keys("name", list(_keys(("wm", "王建", "zgh")))),
        "sorting": sitting.sortings(),
        "row": sitting.rows(),
        "scrolling": sitting.scrollings(),
        "search": sitting.searches(list(_keys(("wm", "王建国", "lijian")))),
        "paste": sitting.pastes(_PASTED_ROWS, _PASTED),
    }
    found["memory"] = most_memory()
    return found


def _screen() -> list[Measurement]:
    copied_branch(_LARGE, "screen").close()
    found = child("benchmarks.bench_roster", str(place() / "screen"), home=place() / "screen-home")
    goals = {
        "pages, first time": ("switching pages, first time", 200),
        "pages": ("switching pages", 200),
        "key": ("key in a filter to paint", 50),
        "sorting": ("sorting to paint", 200),
        "row": ("next member, with its pane, to paint", 50),
        "scrolling": ("scrolling anywhere to paint", 50),
        "search": ("key in Ctrl+K to paint", 50),
        "paste": ("paste of 2,000 × 14 cells to paint", 1000),
    }
    lines = []
    for name, (what, goal) in goals.items():
        cost = cost_of(found[name])
        lines.append(
            Measurement(
                f"{what}: ms at the 99th percentile",
                cost.worst * 1000,
                f"≤ {goal}",
                f"median {shown(cost.median)}",
            )
        )
    lines.append(Measurement("memory after all this in the window: MB", found["memory"]))
    return lines


def measure() -> list[Measurement]:
    """Services, growth, and the window."""
    return [*_services(), *_growth(), *_screen()]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_on_screen(Path(sys.argv[1]))) + "\n")
    sys.stdout.flush()
    # A program that ends makes a backup of what was changed.
    os._exit(0)
