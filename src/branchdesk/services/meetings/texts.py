"""Texts that no field of a form holds, freed of what nobody sees before they are stored."""

from __future__ import annotations

from branchdesk.forms.fields import LONGEST
from branchdesk.forms.spelling import cleaned


def whole(text: str) -> str:
    """A text of several lines without hidden characters and without white space around it."""
    return cleaned(text)[:LONGEST]


def one_line(text: str) -> str:
    """A text on one line, its parts one space apart, without hidden characters."""
    return " ".join(cleaned(text).split())[:LONGEST]
