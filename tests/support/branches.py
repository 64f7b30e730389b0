"""Branch files for tests: founded in a moment, filled with invented people, moved through time.

A branch is founded once in the life of a test run and copied after that, so that each test has a file of
its own for the price of a copy. Use `cheap_keys` of `support.fixtures` beside it.
"""

from __future__ import annotations

import atexit
import random
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from branchdesk import clock
from branchdesk.domain.identity import check_digit
from branchdesk.domain.members import EventKind
from branchdesk.services import branches, members, organisations
from branchdesk.services.branches import Founding
from branchdesk.services.members import EventEntry, Outcome
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import Changes
from branchdesk.storage.keyring import Person

CLERK = "王敏"
PASSWORD = "lan-hua-2026"
FULL_NAME = "中共青石镇河西村支部委员会"
SHORT_NAME = "河西村党支部"
FIRST_GROUP, SECOND_GROUP = "第一党小组", "第二党小组"
REGION = "999999"  # a region that is given to nobody

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "芳明伟敏静丽强磊军洋勇艳杰娟涛超兰霞平刚桂英华文建国红玉珍志海燕春梅新民晓东成林"


def founding(groups: Sequence[str] = (FIRST_GROUP, SECOND_GROUP)) -> Founding:
    """What the first page would hold for the sample branch."""
    return Founding(full_name=FULL_NAME, short_name=SHORT_NAME, code="0412", groups=groups)


@cache
def _template(groups: tuple[str, ...]) -> tuple[Path, str]:
    """A founded and closed branch, and the key on its recovery card."""
    folder = Path(tempfile.mkdtemp(prefix="branchdesk-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    branch, card = branches.found_branch(folder / "branch", founding(groups), CLERK, PASSWORD)
    branch.close()
    return folder / "branch", card


def founded(folder: Path, groups: Sequence[str] = (FIRST_GROUP, SECOND_GROUP)) -> Branch:
    """A new branch file in `folder`/branch, opened by the clerk. Close it, or let `open_branches` do so."""
    template, _card = _template(tuple(groups))
    shutil.copytree(template, folder / "branch")
    return unlocked(folder / "branch")


def sample_card(groups: Sequence[str] = (FIRST_GROUP, SECOND_GROUP)) -> str:
    """The key on the recovery card of every branch that `founded` gives."""
    return _template(tuple(groups))[1]


def clerk_of(path: Path) -> Person:
    """The first person of a branch's keyring."""
    return branches.people_of(path)[0]


def unlocked(path: Path, password: str = PASSWORD) -> Branch:
    """The branch in a folder, opened by its first person."""
    return branches.unlock(path, clerk_of(path).uid, password)


def reopened(branch: Branch) -> Branch:
    """The same branch, closed and opened again."""
    branch.close()
    return unlocked(branch.path)


def identity_number(born: date, sequence: int) -> str:
    """An invented identity number with the right check digit; an odd `sequence` is a man's."""
    first = f"{REGION}{born:%Y%m%d}{sequence:03}"
    return first + check_digit(first)


def sample_people(n: int, seed: int = 1) -> list[dict[str, str]]:
    """What a clerk would type for `n` invented members; the same `seed` gives the same people."""
    chance = random.Random(seed)
    people = []
    for number in range(n):
        born = date(1950, 1, 1) + timedelta(days=chance.randrange(18_000))
        admitted = date(born.year + 20, 1, 1) + timedelta(days=chance.randrange(3_000))
        given = "".join(chance.choice(_GIVEN) for _sign in range(chance.choice((1, 2, 2))))
        probationary = number % 17 == 5
        person = {
            "name": chance.choice(_SURNAMES) + given,
            "id_number": identity_number(born, number % 1000),
            "ethnic": chance.choice(("汉族", "汉族", "汉族", "回族", "壮族")),
            "education": chance.choice(("大学", "大专", "高中", "初中", "硕士")),
            "category": "预备党员" if probationary else "正式党员",
            "admitted_on": f"{admitted:%Y.%m.%d}" if number % 3 else f"{admitted:%Y.%m}",
            "group": chance.choice((FIRST_GROUP, SECOND_GROUP)),
            "department": chance.choice(("办公室", "农业站", "财务室", "村民一组")),
            "mobile": f"139{chance.randrange(10**8):08}",
            "dues_monthly": f"{chance.randrange(200, 5000) / 100:.2f}",
        }
        if not probationary:
            person["confirmed_on"] = f"{admitted.year + 1}.{admitted:%m}"
        people.append(person)
    return people


def add(branch: Branch, rows: Sequence[Mapping[str, str]], group: str | None = None) -> tuple[str, ...]:
    """Enter members as a clerk would, below the branch itself; returns their uids."""
    return members.add_members(branch, rows, organisations.root_of(branch), group).uids


def add_one(branch: Branch, name: str = "李明", **fields: str) -> str:
    """Enter one full member; returns the uid."""
    return add(branch, [{"name": name, "category": "正式党员", **fields}])[0]


def edit(branch: Branch, uid: str, **fields: str) -> Outcome:
    """Type into fields of one member."""
    return members.set_fields(branch, {uid: fields})


def record(branch: Branch, uid: str, kind: EventKind, on: str = "", **details: str) -> Changes:
    """Record an event of a member's Party life."""
    return members.record_event(branch, uid, EventEntry(kind, on, **details)).changes


def groups_of(branch: Branch) -> dict[str, str]:
    """The uids of the Party groups by their short names."""
    tree = organisations.organisation_tree(branch)
    return {group.name: group.organisation for group in tree.groups(organisations.root_of(branch))}


def value(branch: Branch, uid: str, field: str) -> str | None:
    """One stored value of a member's file."""
    file = members.member_file(branch, uid)
    assert file is not None, "the member is in the recycle bin"
    return file.values[field]


class SettableClock:
    """The clock of the program, standing still until a test moves it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
        self.moment = moment
        monkeypatch.setattr(clock, "now", lambda: self.moment)

    def set(self, year: int, month: int, day: int, hour: int = 4) -> None:
        """Show a day; four in the morning UTC is noon in China and the same day almost everywhere."""
        self.moment = datetime(year, month, day, hour, tzinfo=UTC)

    def move(self, *, days: float = 0, hours: float = 0, seconds: float = 0) -> None:
        """Go on, or back."""
        self.moment += timedelta(days=days, hours=hours, seconds=seconds)
