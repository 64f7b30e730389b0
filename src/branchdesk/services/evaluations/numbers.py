"""Scores and numbers of ballots as clerks type them, and what is wrong with one that cannot be."""

from __future__ import annotations

import re
from decimal import Decimal

from branchdesk.domain.evaluations.model import Part
from branchdesk.domain.inspections.line_scores import shown
from branchdesk.errors import Problem
from branchdesk.forms.spelling import cleaned, half_width, without_spaces
from branchdesk.i18n import _
from branchdesk.services.meetings.texts import quoted

_NUMBER = re.compile(r"-?(?:\d{1,4}(?:\.\d{1,2})?|\.\d{1,2})", re.ASCII)
_WHOLE = re.compile(r"\d{1,5}", re.ASCII)
_UNITS = ("分", "张", "票", "份", "人", "名")


def read_score(name: str, part: Part, text: str) -> Decimal | None:
    """The score of somebody in a part; None for an empty text. Raises Problem for one that cannot be."""
    plain = _plain(text)
    if not plain:
        return None
    places = {"name": name, "part": part.title}
    if not _NUMBER.fullmatch(plain):
        raise Problem(
            _("{name}的“{part}”填了“{text}”，不是分数。", **places, text=quoted(text)),
            _("请写成 90 或 90.5 这样的数，最多两位小数。"),
        )
    score = Decimal(plain)
    if not 0 <= score <= part.full:
        raise Problem(
            _(
                "{name}的“{part}”应在 0 到 {full} 分之间，这里写了 {score} 分。",
                **places,
                full=shown(part.full),
                score=shown(score),
            ),
            _("请核对后重新填写。"),
        )
    return score


def read_number(text: str | int | None, what: str) -> int | None:
    """A number of ballots or votes; None for an empty text. `what` names it in sentences.

    Raises Problem for what is no whole number of 0 or more.
    """
    plain = _plain("" if text is None else str(text))
    if not plain:
        return None
    if not _WHOLE.fullmatch(plain):
        raise Problem(
            _("{what}“{text}”不是整数。", what=what, text=quoted(str(text))), _("请写成 20 这样的数。")
        )
    return int(plain)


def _plain(text: str) -> str:
    plain = without_spaces(half_width(cleaned(text))).replace("。", ".")
    return plain[:-1] if plain.endswith(_UNITS) else plain
