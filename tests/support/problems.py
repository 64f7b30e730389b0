"""Refusals: what the clerk is told when something cannot be done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from branchdesk.errors import Problem


@contextmanager
def refused(*words: str, advice: bool = True) -> Iterator[pytest.ExceptionInfo[Problem]]:
    """The block must end in a Problem whose sentence and advice hold all the `words`.

    `advice` says whether there must be a way out besides the sentence; some sentences are their own advice.
    """
    with pytest.raises(Problem) as caught:
        yield caught
    assert caught.value.sentence
    assert bool(caught.value.advice) or not advice, "a refusal names the way out"
    for word in words:
        assert word in str(caught.value), f"{word!r} is missing in {caught.value}"
