"""Failed attempts to open a branch: each makes the next wait longer, and the next success reports them.

The count lies outside the encrypted file, so it slows a person at the keyboard and nobody else; against
guessing with a copy of the file only the cost of the password's derivation helps.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from branchdesk import clock
from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.whole_files import write_whole

_FREE = 3
_LONGEST_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Attempts:
    """How often it failed in a row, and when last (milliseconds since 1970)."""

    failures: int = 0
    last: int = 0

    def seconds_to_wait(self, now: int) -> int:
        """Seconds until the next attempt is heard: 1, 2, 4 … 60 after the third failure."""
        # A clock that was set back must not lock anybody out until it has caught up.
        if self.failures < _FREE or now < self.last:
            return 0
        doublings = min(self.failures - _FREE, _LONGEST_SECONDS.bit_length())
        pause: int = min(_LONGEST_SECONDS, 2**doublings)
        return max(0, pause - (now - self.last) // 1000)


def load_attempts(path: Path) -> Attempts:
    """The attempts so far; an unreadable file counts as none."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return Attempts(int(raw["failures"]), int(raw["last"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Attempts()


def check_attempts(path: Path) -> None:
    """Raise Problem while the pause after failures lasts."""
    wait = load_attempts(path).seconds_to_wait(clock.milliseconds())
    if wait:
        raise Problem(_("口令连续输错，请 {n} 秒后再试。", n=wait), _("忘了口令可以用恢复卡。"))


def note_failure(path: Path) -> None:
    """Count one more failure."""
    failures = load_attempts(path).failures + 1
    content = json.dumps({"failures": failures, "last": clock.milliseconds()})
    write_whole(path, content.encode())


def forget_failures(path: Path) -> Attempts:
    """The failures before this success; the count begins anew."""
    attempts = load_attempts(path)
    path.unlink(missing_ok=True)
    return attempts
