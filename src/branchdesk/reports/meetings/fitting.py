"""How close minutes are set: a little closer than usual where that saves a nearly empty page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from branchdesk.documents.layout import count_pages
from branchdesk.documents.model import Block, Document, PageStyle, Paragraph, Signatures, Small, Together

_MOST_PAGES = 3  # of minutes whose lines may stand closer: longer ones would win a page without need
_SAMPLE_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Closeness:
    """The height of a line in sizes, and the space above places to sign in points."""

    leading: float
    signing: float


_STEPS = (Closeness(1.8, 12.0), Closeness(1.7, 12.0), Closeness(1.6, 12.0))


def fitted(blocks: Sequence[Block], page: PageStyle) -> tuple[Block, ...]:
    """The blocks as they are, or the least closer that takes a page less."""
    loose = tuple(blocks)
    pages = _pages(loose, page)
    if pages == 1:
        return loose
    usual = _STEPS[0].leading
    for step in _STEPS:
        if step.leading < usual and pages > _MOST_PAGES:
            break
        closer = tuple(_each(loose, _closer_by(step)))
        if _pages(closer, page) < pages:
            return closer
    return loose


def _pages(blocks: tuple[Block, ...], page: PageStyle) -> int:
    return count_pages(Document("", _SAMPLE_DAY, blocks, page))


def _each(blocks: Sequence[Block], change: Callable[[Small], Small]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Together):
            yield replace(block, blocks=tuple(map(change, block.blocks)))
        elif isinstance(block, Paragraph):
            yield change(block)
        else:
            yield block


def _closer_by(step: Closeness) -> Callable[[Small], Small]:
    """What sets a block closer: text in its usual leading, and the space above places to sign."""
    usual = _STEPS[0].leading

    def change(block: Small) -> Small:
        if isinstance(block, Signatures):
            return replace(block, style=replace(block.style, before=min(block.style.before, step.signing)))
        if isinstance(block, Paragraph) and block.style.leading == usual:
            return replace(block, style=replace(block.style, leading=step.leading))
        return block

    return change
