"""速查卡: the keys and the everyday tasks on one page, to be pinned beside the screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from branchdesk.documents.layout import count_pages
from branchdesk.documents.model import (
    LONG_CELL,
    NOTHING_RUNNING,
    Align,
    Block,
    Column,
    Document,
    Entry,
    Font,
    Heading,
    PageStyle,
    Paragraph,
    Style,
    Table,
)
from branchdesk.i18n import _

_PAGE = PageStyle(210.0, 297.0, top=16.0, bottom=14.0, left=18.0, right=18.0)
_SIZES = (14.0, 13.0, 12.0, 11.0, 10.0, 9.0, 8.0, 7.0)  # the largest at which everything stands on one page
_NOTE = Style(Font.LABEL, 8.5, 1.4, Align.CENTRE, before=8.0)
_TASK_LABEL_WIDTH = 40.0


@dataclass(frozen=True, slots=True)
class QuickCard:
    """What the card prints: pairs of keys and what they do, pairs of tasks and how they are done."""

    made_on: date
    keys: tuple[tuple[str, str], ...]
    tasks: tuple[tuple[str, str], ...]
    note: str = ""


def quick_card(card: QuickCard) -> Document:
    """The card on one page of A4, in the largest type that fits."""
    documents = (_set_in(card, size) for size in _SIZES)
    return next((one for one in documents if count_pages(one) == 1), _set_in(card, _SIZES[-1]))


def _set_in(card: QuickCard, size: float) -> Document:
    blocks: list[Block] = [Heading(_("速查卡")), Heading(_("键盘"), 2), _key_table(card.keys, size)]
    blocks.append(Heading(_("常做的事"), 2))
    style = replace(LONG_CELL, size=size, sizes=(), hangs=False)
    blocks += [Entry(task, steps, _TASK_LABEL_WIDTH, style) for task, steps in card.tasks]
    if card.note:
        blocks.append(Paragraph(card.note, _NOTE))
    return Document(_("速查卡"), card.made_on, tuple(blocks), page=_PAGE, running=NOTHING_RUNNING)


def _key_table(keys: tuple[tuple[str, str], ...], size: float) -> Table:
    """The keys in two halves side by side, read down the left half first."""
    half = (len(keys) + 1) // 2
    left, right = keys[:half], (*keys[half:], ("", ""))
    key = Column(_("按键"), 2.0, fits="Ctrl+Shift+F12")
    action = Column(_("作用"), 4.0, Align.LEFT)
    rows = tuple((*one, *other) for one, other in zip(left, right, strict=False))
    return Table((key, action, key, action), rows, sizes=(size,), least_height=0.6 * size)
