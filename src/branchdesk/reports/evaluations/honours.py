"""What hangs on the wall or stands on the desk of those who were commended: their plaques and cards."""

from __future__ import annotations

from datetime import date

from branchdesk.documents.model import Document
from branchdesk.reports.evaluations.announcing import commended
from branchdesk.reports.evaluations.matter import EvaluationMatter, spelled
from branchdesk.reports.evaluations.plaques import Plaque, desk_cards_document, plaques_document

_POST = "党员先锋岗"


def plaques_of(matter: EvaluationMatter, subject: str = "") -> list[Plaque]:
    """A plaque for every star that was given, or for all of the best grade; of one subject where named."""
    return [
        Plaque(
            above=matter.name.removesuffix("评选") if dimension is not None else matter.occasion,
            title=dimension.star if dimension is not None else _POST,
            holder=one.name,
            giver=matter.organisation,
            period=_period(matter, star.from_day, star.until_day) if star is not None else "",
        )
        for star, one, dimension in commended(matter)
        if subject in {"", one.uid}
    ]


def _period(matter: EvaluationMatter, first: date | None, last: date | None) -> str:
    """From when until when it hangs, where that is known."""
    begun, ended = first or matter.day("plaque_from"), last or matter.day("plaque_until")
    if begun is None:
        return ""
    return f"{spelled(begun)}至{spelled(ended)}" if ended is not None else f"{spelled(begun)}起"


def plaque_document(matter: EvaluationMatter, subject: str = "") -> Document:
    """The plaques for the wall."""
    return plaques_document(plaques_of(matter, subject), f"{matter.occasion}挂牌", matter.made_on)


def desk_card_document(matter: EvaluationMatter, subject: str = "") -> Document:
    """The cards for the desk."""
    return desk_cards_document(plaques_of(matter, subject), f"{matter.occasion}桌牌", matter.made_on)
