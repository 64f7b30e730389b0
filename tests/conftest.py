"""What every test needs: Qt without a screen, a day that never passes, and Chinese to begin with."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from branchdesk import clock
from branchdesk.i18n import Language, speak

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Nine in the morning in China, and before the noon at which `the_clock` stands: what tests share
# is made at the hour of whoever asks first, and must not lie in the future of the others.
MORNING = datetime(2026, 11, 21, 1, tzinfo=UTC)
_BEGIN = time.monotonic()


@pytest.fixture(autouse=True, scope="session")
def same_morning() -> Iterator[None]:
    """Let every run begin on the same morning, so that no test depends on the day it is run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: MORNING + timedelta(seconds=time.monotonic() - _BEGIN))
        yield


@pytest.fixture(autouse=True)
def chinese_again() -> Iterator[None]:
    """Leave the program speaking Chinese, whatever a test has spoken."""
    yield
    speak(Language.CHINESE)
