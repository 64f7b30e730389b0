"""Starting: the unlock window, and from Enter to a painted roster, against a bare window of Qt.

Every start is a process of its own, all kinds in turns; processor time of the whole process with its threads.
The file's key is wrapped at the least cost, so that deriving it from the password costs nothing here.
"""

from __future__ import annotations

import statistics
from functools import partial
from pathlib import Path

from benchmarks.measuring import Measurement, child, in_turns, large_branch, place, shown
from branchdesk.settings import Settings, save_settings
from support.branches import FULL_NAME, PASSWORD, clerk_of

_ROUNDS = 5
_SMALL, _LARGE = 1_000, 100_000
_CHILD = "benchmarks.starting"


def _home(size: int) -> Path:
    """The home of somebody who worked last with a branch of so many members."""
    home, branch = place() / f"home-{size}", large_branch(size)
    person = clerk_of(branch)
    settings = Settings(branches=(str(branch),), last_person=(person.uid, person.name), branch_name=FULL_NAME)
    save_settings(settings, home / "BranchDesk" / "settings.json")
    return home


def measure() -> list[Measurement]:
    """The unlock window, Enter at once and Enter after the imports, and memory."""
    small, large = _home(_SMALL), _home(_LARGE)
    starts = {
        "bare": partial(child, _CHILD, "bare", home=large),
        "unlock": partial(child, _CHILD, "unlock", home=large),
        "at once": partial(child, _CHILD, "enter-at-once", PASSWORD, home=large),
        "warm": partial(child, _CHILD, "enter-warm", PASSWORD, home=large),
        "warm, small": partial(child, _CHILD, "enter-warm", PASSWORD, home=small),
    }
    found = in_turns(starts, _ROUNDS)
    assert all(answer["rows"] > _LARGE for answer in found["warm"])

    def median(kind: str, moment: str, since: str = "") -> float:
        return statistics.median(float(answer[moment] - answer.get(since, 0)) for answer in found[kind])

    bare = median("bare", "shown")
    entering = {kind: median(kind, "roster", "enter") for kind in ("at once", "warm", "warm, small")}
    memory = median("warm", "memory")
    return [
        Measurement(
            "unlock window / bare window",
            median("unlock", "shown") / bare,
            "≤ 1.3",
            f"{shown(median('unlock', 'shown'))} / {shown(bare)}",
        ),
        Measurement(
            "Enter at once to roster of 100,000, all imports / bare window",
            entering["at once"] / bare,
            "≤ 3",
            shown(entering["at once"]),
        ),
        Measurement(
            "Enter to roster of 100,000, imports warm / bare window",
            entering["warm"] / bare,
            "≤ 3",
            shown(entering["warm"]),
        ),
        Measurement(
            "Enter to roster: 100,000 / 1,000 members",
            entering["warm"] / entering["warm, small"],
            "≤ 1.3",
            shown(entering["warm, small"]),
        ),
        Measurement("memory with roster of 100,000: MB", memory, "≤ 110"),
        Measurement("memory: roster of 100,000 / 1,000", memory / median("warm, small", "memory")),
        Measurement("memory: roster of 100,000 / bare window", memory / median("bare", "memory")),
    ]
