"""Texts that no field of a form holds, freed of what nobody sees before they are stored."""

from __future__ import annotations

from branchdesk.errors import Problem
from branchdesk.forms.fields import LONGEST
from branchdesk.forms.spelling import cleaned
from branchdesk.i18n import _

_QUOTED = 20  # characters that a sentence quotes of what was typed


def whole(text: str) -> str:
    """A text of several lines without hidden characters and without white space around it.

    Raises Problem for one that is longer than any field takes.
    """
    return _of_fair_length(cleaned(text))


def one_line(text: str) -> str:
    """A text on one line, its parts one space apart, without hidden characters.

    Raises Problem for one that is longer than any field takes.
    """
    return _of_fair_length(" ".join(cleaned(text).split()))


def quoted(text: str) -> str:
    """What was typed as a sentence quotes it: on one line, and of a long text its beginning."""
    plain = " ".join(cleaned(text).split())
    return plain if len(plain) <= _QUOTED else f"{plain[:_QUOTED]}…"


def _of_fair_length(text: str) -> str:
    if len(text) > LONGEST:
        raise Problem(
            _("内容有 {n} 个字，最多可以写 {most} 个，没有保存。", n=len(text), most=LONGEST),
            _("请写得简短一些；长的材料可以作为附件添加。"),
        )
    return text
