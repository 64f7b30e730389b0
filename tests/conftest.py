"""What every test needs: Qt without a screen, and Chinese as the language to begin with."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from branchdesk.i18n import Language, speak

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def chinese_again() -> Iterator[None]:
    """Leave the program speaking Chinese, whatever a test has spoken."""
    yield
    speak(Language.CHINESE)
