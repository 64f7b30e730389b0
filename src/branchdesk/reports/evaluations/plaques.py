"""挂牌 and 桌牌: what hangs on the wall while it is held, and the card that is folded to stand on a desk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from branchdesk.documents.fonts import width
from branchdesk.documents.model import (
    NOTHING_RUNNING,
    Block,
    Cell,
    Document,
    PageStyle,
    Part,
    Sheet,
    Style,
)
from branchdesk.documents.surface import MM
from branchdesk.reports.evaluations.page_styles import (
    CARD_ABOVE,
    CARD_FOLD,
    CARD_LINE,
    CARD_NAME,
    CARD_PAGE,
    PLAQUE_ABOVE,
    PLAQUE_LINE,
    PLAQUE_NAME,
    PLAQUE_PAGE,
    PLAQUE_TITLE,
)

_FRAME, _SLACK = 8.0, 2.0  # millimetres: what the frame takes, and what stays free of a page
_PLAQUE_ROWS = (28.0, 62.0, 36.0, 20.0, 20.0)
_PLAQUE_STYLES = (PLAQUE_ABOVE, PLAQUE_TITLE, PLAQUE_NAME, PLAQUE_LINE, PLAQUE_LINE)
_CARD_ROWS, _FOLD = (26.0, 58.0, 14.0, 12.0), 6.0  # millimetres
_CARD_STYLES = (CARD_ABOVE, CARD_NAME, CARD_LINE, CARD_LINE)
_FOLD_WORDS = "┄" * 24 + "　沿此线对折　" + "┄" * 24
_EDGES = 8.0  # points that a cell keeps free beside its text
_GAP = "　"
_SPREAD = 4  # characters of a title or a name that are set apart


@dataclass(frozen=True, slots=True)
class Plaque:
    """What a plaque or a card says: what it is given in, its title, who holds it, who gives it, how long."""

    above: str
    title: str
    holder: str
    giver: str
    period: str = ""


def plaques_document(plaques: Sequence[Plaque], title: str, made_on: date) -> Document:
    """A landscape page for each plaque, in the largest letters that its words allow."""
    blocks: list[Block] = []
    for one in plaques:
        blocks += [Part(f"{one.title} {one.holder}"), *_framed(one)]
    return _document(title, made_on, plaques, blocks, PLAQUE_PAGE)


def _document(
    title: str, made_on: date, plaques: Sequence[Plaque], blocks: Sequence[Block], page: PageStyle
) -> Document:
    return Document(
        title,
        made_on,
        tuple(blocks),
        page=page,
        author=plaques[0].giver if plaques else "",
        running=NOTHING_RUNNING,
    )


def _framed(one: Plaque) -> Iterator[Block]:
    """The words in a double frame; what is not said leaves its room to the others."""
    texts = (one.above, spread(one.title), spread(one.holder), one.giver, one.period)
    said = [each for each in zip(texts, _PLAQUE_ROWS, _PLAQUE_STYLES, strict=True) if each[0]]
    room = PLAQUE_PAGE.height - PLAQUE_PAGE.top - PLAQUE_PAGE.bottom - _SLACK
    scale = (room - 2 * _FRAME) / sum(height for _text, height, _style in said)
    heights = (_FRAME, *(round(height * scale, 2) for _text, height, _style in said), _FRAME)
    wide = PLAQUE_PAGE.width - PLAQUE_PAGE.left - PLAQUE_PAGE.right - 2 * _FRAME
    yield Sheet(
        (_FRAME, wide, _FRAME),
        heights,
        tuple(
            Cell(row, 1, text, style=_on_one_line(text, style, wide))
            for row, (text, _height, style) in enumerate(said, start=1)
        ),
        framed=True,
    )


def desk_cards_document(cards: Sequence[Plaque], title: str, made_on: date) -> Document:
    """A page for each card: both halves say the same, the upper one on its head, to be folded in the middle.

    In a Word document both stand upright; the card is then folded the other way, or cut.
    """
    blocks: list[Block] = []
    for one in cards:
        blocks += [Part(f"{one.title} {one.holder}"), _folded(one)]
    return _document(title, made_on, cards, blocks, CARD_PAGE)


def _folded(one: Plaque) -> Sheet:
    texts = (one.title, spread(one.holder), one.giver, one.period)
    half = (CARD_PAGE.height - CARD_PAGE.top - CARD_PAGE.bottom - _FOLD - _SLACK) / 2
    air = (half - sum(_CARD_ROWS)) / 2
    lower = [Cell(len(texts) + 4 + row, 0, text, style=style) for row, (text, style) in _told(texts)]
    upper = [Cell(len(texts) - row, 0, text, style=style, turned=True) for row, (text, style) in _told(texts)]
    fold = Cell(len(texts) + 2, 0, _FOLD_WORDS, style=CARD_FOLD)
    heights = (air, *reversed(_CARD_ROWS), air, _FOLD, air, *_CARD_ROWS, air)
    wide = CARD_PAGE.width - CARD_PAGE.left - CARD_PAGE.right
    return Sheet((wide,), tuple(round(one, 2) for one in heights), (*upper, fold, *lower), ruled=False)


def _told(texts: Sequence[str]) -> Iterator[tuple[int, tuple[str, Style]]]:
    wide = CARD_PAGE.width - CARD_PAGE.left - CARD_PAGE.right
    styles = (_on_one_line(text, style, wide) for text, style in zip(texts, _CARD_STYLES, strict=True))
    return enumerate(zip(texts, styles, strict=True))


def _on_one_line(text: str, style: Style, measure: float) -> Style:
    """The style without the sizes in which a text breaks, so that a long name stays whole, if it can."""
    room = measure * MM - _EDGES
    sizes = tuple(size for size in style.sizes if width(text, style.font, size) <= room)
    return replace(style, size=sizes[0], sizes=sizes) if sizes else style


def spread(text: str) -> str:
    """A short Chinese text with gaps between its characters, so that it fills its line."""
    chars = "".join(text.split())
    if 1 < len(chars) <= _SPREAD - 1 and all("\u4e00" <= char <= "\u9fff" for char in chars):
        return _GAP.join(chars)
    return text
