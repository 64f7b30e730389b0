"""Joining papers into one PDF with bookmarks: our own, and PDFs and pictures that others made.

What others made is hostile until it was taken in: a child process with limits draws its pages anew
(documents.foreign_pages), and only what comes out of it is joined.
"""

from __future__ import annotations

import base64
import binascii
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import date
from typing import Any

from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.jobs.fenced import FenceProblem, Limits, Trouble, stream_fenced
from branchdesk.jobs.progress import SILENT, Progress

JOINING_LIMITS = Limits(memory_bytes=2 << 30, cpu_seconds=180, wall_seconds=240, reply_bytes=512 << 20)
_TAKER = "branchdesk.documents.foreign_pages:take_in_files"
_BATCH_BYTES, _BATCH_FILES = 24 << 20, 24  # that one child takes in: to start one costs half a second
_TOO_MUCH = {Trouble.MEMORY, Trouble.TIME, Trouble.SIZE}


@dataclass(frozen=True, slots=True)
class ForeignFile:
    """A file that others made; `read` gives its content when it is needed."""

    name: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class ForeignPages:
    """The pages of a file that others made as a PDF that can be joined, and how many they are."""

    name: str
    content: bytes
    pages: int


@dataclass(frozen=True, slots=True)
class JoinedPart:
    """A PDF of ours, or the content of ForeignPages, with its bookmark and its stamp.

    `level` counts from 1 for the bookmarks at the margin; a part without `bookmark` continues the one before.
    In the stamp {page} and {pages} count within the part, {sheet} through the whole file.
    """

    content: bytes
    bookmark: str = ""
    level: int = 1
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class JoinedTitle:
    """What the whole file says about itself; `made_on` is the date of the paper."""

    title: str
    made_on: date
    author: str = ""
    language: str = "zh-CN"


def take_in(name: str, content: bytes, progress: Progress = SILENT) -> ForeignPages:
    """The pages of a PDF or picture that others made.

    Raises Problem that names the file where it is encrypted, broken, too large or neither; and Cancelled.
    """
    (found,) = take_in_all([ForeignFile(name, lambda: content)], progress)
    if isinstance(found, Problem):
        raise found
    return found


def take_in_all(
    files: Sequence[ForeignFile], progress: Progress = SILENT, limits: Limits = JOINING_LIMITS
) -> Iterator[ForeignPages | Problem]:
    """For every file its pages, or the Problem why it has none; one bad file spoils no other.

    Raises Cancelled, and FenceProblem where no child can be started.
    """
    done = 0
    while done < len(files):
        batch = _batch(files[done:])
        if isinstance(batch, Problem):
            yield batch
            done += 1
            continue
        part = progress.part(done / len(files), (done + len(batch)) / len(files))
        for one in _taken(batch, part, limits):
            yield one
            done += 1


def _batch(files: Sequence[ForeignFile]) -> list[tuple[str, bytes]] | Problem:
    """The first files with their contents, as many as one child takes in; the Problem of the first."""
    batch: list[tuple[str, bytes]] = []
    size = 0
    for file in files[:_BATCH_FILES]:
        try:
            content = file.read()
        except Problem as problem:
            return batch or problem
        size += len(content)
        if batch and size > _BATCH_BYTES:
            break
        batch.append((file.name, content))
    return batch


def _taken(
    batch: Sequence[tuple[str, bytes]], progress: Progress, limits: Limits
) -> Iterator[ForeignPages | Problem]:
    """What a child makes of files; after a file on which it fails the rest is left for the next one."""
    asked = [{"name": name, "content": base64.b64encode(content).decode("ascii")} for name, content in batch]
    answers, trouble = 0, Trouble.GARBAGE
    try:
        with closing(stream_fenced(_TAKER, {"files": asked}, limits, progress)) as found:
            for (name, _content), answer in zip(batch, found, strict=False):
                yield _checked(name, answer)
                answers += 1
    except FenceProblem as failure:
        if failure.trouble is Trouble.START:
            raise
        trouble = failure.trouble
    if answers < len(batch):
        yield _failed(batch[answers][0], trouble)


def _checked(name: str, answer: Any) -> ForeignPages | Problem:
    """What the child says of one file, looked at before it is believed."""
    match answer:
        case ["pages", int(pages), str(content)] if pages > 0:
            try:
                return ForeignPages(name, binascii.a2b_base64(content, strict_mode=True), pages)
            except binascii.Error:
                return _failed(name, Trouble.GARBAGE)
        case ["problem", str(sentence), str(advice)]:
            return Problem(sentence, advice)
        case _:
            return _failed(name, Trouble.GARBAGE)


def _failed(name: str, trouble: Trouble) -> Problem:
    advice = _("请在原来的软件里打开它，打印出来附在后面，或另存为普通的 PDF 再试。")
    if trouble in _TOO_MUCH:
        return Problem(_("读“{name}”超过了允许的时间或内存，已经停止。", name=name), advice)
    return Problem(_("“{name}”已损坏，读不出它的页面。", name=name), advice)


def join(parts: Sequence[JoinedPart], about: JoinedTitle, progress: Progress = SILENT) -> bytes:
    """One PDF of all parts in their order, with bookmarks and stamps; equal parts give equal bytes.

    Raises Cancelled where the person asked to stop.
    """
    # pikepdf and the fonts come with the first file that is joined.
    import pikepdf  # noqa: PLC0415

    from branchdesk.documents.pdf_archive import Description, describe, saved  # noqa: PLC0415
    from branchdesk.documents.stamps import Stamps  # noqa: PLC0415

    with ExitStack() as opened:
        target = opened.enter_context(pikepdf.new())
        sources = [opened.enter_context(pikepdf.open(io.BytesIO(part.content))) for part in parts]
        texts = list(_stamp_texts(parts, [len(source.pages) for source in sources]))
        stamps = Stamps(target, (text for of_part in texts for text in of_part if text))
        bookmarks = []
        for number, (part, source, of_part) in enumerate(zip(parts, sources, texts, strict=True)):
            progress.step(0.8 * number / len(parts))
            if part.bookmark:
                bookmarks.append((part.level, part.bookmark, len(target.pages)))
            for page, text in zip(source.pages, of_part, strict=True):
                target.pages.append(page)
                if text:
                    stamps.press(target.pages[-1], text)
        _write_outline(target, bookmarks)
        describe(target, Description(about.title, about.author, about.language, about.made_on, []))
        progress.step(0.8)
        return saved(target)


def _stamp_texts(parts: Iterable[JoinedPart], counts: Sequence[int]) -> Iterator[list[str]]:
    """What is stamped on every page of every part."""
    sheet = 0
    for part, pages in zip(parts, counts, strict=True):
        texts = []
        for page in range(1, pages + 1):
            sheet += 1
            text = part.stamp.replace("{pages}", str(pages)).replace("{page}", str(page))
            texts.append(text.replace("{sheet}", str(sheet)))
        yield texts


def _write_outline(target: Any, bookmarks: Sequence[tuple[int, str, int]]) -> None:
    """Write bookmarks as a tree; one that is deeper than the one before by several levels is its child."""
    from pikepdf import OutlineItem  # noqa: PLC0415

    from branchdesk.documents.fonts import printable  # noqa: PLC0415

    if not bookmarks:
        return
    with target.open_outline() as outline:
        above: list[tuple[int, OutlineItem]] = []
        for level, title, page in bookmarks:
            item = OutlineItem(printable(title), page)
            while above and above[-1][0] >= level:
                above.pop()
            (above[-1][1].children if above else outline.root).append(item)
            above.append((level, item))
