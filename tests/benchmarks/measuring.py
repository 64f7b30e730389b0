"""What every benchmark is made of: one shape of a measurement, processor time, children, large branches."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from branchdesk.domain.identity import read_identity
from branchdesk.domain.members import EventKind
from branchdesk.services import organisations
from branchdesk.storage import keyring
from branchdesk.storage.branch import Branch
from branchdesk.storage.tables import member, member_event
from branchdesk.uids import new_uid
from support.branches import founded, groups_of, sample_people, unlocked

_TESTS = Path(__file__).resolve().parent.parent
_EDUCATION = {"硕士": "14", "大学": "21", "大专": "31", "高中": "61", "初中": "71"}
_ETHNIC = {"汉族": "01", "回族": "03", "壮族": "08"}
_PIECE = 20_000  # what one change of a growing branch enters
_Answer = TypeVar("_Answer")


class Measurement(NamedTuple):
    """One line of the table: a ratio or a plain number, its goal, and what it was on this machine.

    A goal begins with ≤ or ≥ and a number; whatever follows is for the reader.
    """

    what: str
    ratio: float
    goal: str = ""
    here: str = ""

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        read = re.match(r"([≤≥]) ([\d.]+)", self.goal)
        if read is None:
            return None
        edge = float(read[2])
        return self.ratio <= edge if read[1] == "≤" else self.ratio >= edge


class Cost(NamedTuple):
    """Processor seconds of one piece of work: the median of rounds, and the dearest but one in a hundred."""

    median: float
    worst: float

    @property
    def here(self) -> str:
        """In milliseconds of this machine."""
        return shown(self.median)


def shown(seconds: float) -> str:
    """Seconds as the table shows them."""
    return f"{seconds:.1f} s" if seconds >= 10 else f"{seconds * 1000:.3g} ms"


def cpu() -> float:
    """Processor seconds of this process with all its threads, and of the children that have ended."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def most_memory() -> float:
    """The most megabytes that this process has had, without what its parent had."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1024


def compare(works: Mapping[str, Callable[[], object]], rounds: int = 7) -> dict[str, Cost]:
    """What each work costs; they take turns, so that a busy moment of the machine meets all of them."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _round in range(rounds):
        for name, work in works.items():
            began = time.process_time()
            work()
            taken[name].append(time.process_time() - began)
    return {name: cost_of(times) for name, times in taken.items()}


def cost_of(times: Sequence[float]) -> Cost:
    """The median of some times, and the 99th of a hundred."""
    ordered = sorted(times)
    return Cost(statistics.median(ordered), ordered[min(len(ordered) - 1, round(0.99 * len(ordered)))])


def in_turns(children: Mapping[str, Callable[[], _Answer]], rounds: int) -> dict[str, list[_Answer]]:
    """What children answer, round by round in turns; a first round only fills the caches of the disk."""
    found: dict[str, list[_Answer]] = {name: [] for name in children}
    for number in range(rounds + 1):
        for name, ask in children.items():
            answer = ask()
            if number:
                found[name].append(answer)
    return found


def child(module: str, *arguments: str, home: Path) -> Any:
    """What `python -m module …` answers as JSON in a process of its own, with a home and no screen."""
    environ = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, (str(_TESTS), os.environ.get("PYTHONPATH")))),
        "QT_QPA_PLATFORM": "offscreen",
        **{f"XDG_{kind}_HOME": str(home) for kind in ("CONFIG", "DATA", "STATE", "CACHE")},
    }
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environ)
    if done.returncode:
        sys.stderr.write(done.stderr)
        done.check_returncode()
    return json.loads(done.stdout.splitlines()[-1])


# ---- large branches


@cache
def place() -> Path:
    """The folder of this run; whoever starts a run removes it."""
    given = os.environ.get("BRANCHDESK_BENCHMARKS")
    assert given, "a run is started by `python tests/benchmarks`"
    return Path(given)


def cheap_keys() -> None:
    """Let passwords be derived in no time: what a password costs is meant to, and is nobody's start."""
    keyring._COST.update({"memory": 64, "passes": 1, "lanes": 1})


def large_branch(size: int) -> Path:
    """The folder of a closed branch with so many members, made once in a run. Copy it before you write."""
    folder = place() / str(size)
    if not (folder / "branch").exists():
        cheap_keys()
        branch = founded(folder)
        fill(branch, size)
        branch.close()
    return folder / "branch"


def copied_branch(size: int, name: str) -> Branch:
    """A copy of a large branch, open for writing."""
    folder = place() / name
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(large_branch(size), folder)
    return unlocked(folder)


def fill(branch: Branch, size: int) -> None:
    """Enter so many invented members: a dozen fields and two or three events each."""
    root, groups = organisations.root_of(branch), groups_of(branch)
    people = sample_people(size)
    for start in range(0, size, _PIECE):
        rows, events = [], []
        for person in people[start : start + _PIECE]:
            uid = new_uid()
            rows.append({"uid": uid, **_values(person)})
            event = {"member_uid": uid, "entered_on": "2026-01-01"}
            arrival = {"organisation_uid": root, "group_uid": groups[person["group"]]}
            events.append({**event, "kind": EventKind.ARRIVED.value, **arrival})
            admitted = person["admitted_on"].replace(".", "-")
            events.append({**event, "kind": EventKind.ADMITTED.value, "on_date": admitted})
            if "confirmed_on" in person:
                confirmed = person["confirmed_on"].replace(".", "-")
                events.append({**event, "kind": EventKind.CONFIRMED.value, "on_date": confirmed})
        with branch.change("增加") as change:
            change.insert_many(member, rows)
            change.insert_many(member_event, events)


def _values(person: Mapping[str, str]) -> dict[str, str]:
    identity = read_identity(person["id_number"])
    yuan, _point, cents = person["dues_monthly"].partition(".")
    return {
        "name": person["name"],
        "id_number": person["id_number"],
        "sex": identity.sex or "",
        "born_on": identity.born.isoformat() if identity.born else "",
        "ethnic": _ETHNIC[person["ethnic"]],
        "education": _EDUCATION[person["education"]],
        "department": person["department"],
        "mobile": person["mobile"],
        "dues_monthly": f"{int(yuan + cents)}分",
    }
