"""Pages of PDFs and pictures that others made, taken in by the fenced child: what shows, and nothing else.

Every page is drawn anew: its content becomes a drawing on a page of ours that stands upright with its corner
at the origin. Nothing of the rest of the file is carried over, so that scripts, actions, links, embedded
files, forms and structure stay behind; what notes, seals and form fields show on paper is drawn into the page
first.
"""

from __future__ import annotations

import base64
import binascii
import io
import threading
import warnings
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, UnidentifiedImageError

from branchdesk.documents.model import NOTHING_RUNNING, Document, PageStyle, Picture
from branchdesk.documents.pdf import write_pdf
from branchdesk.documents.pdf_archive import saved
from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.jobs.progress import Progress

MOST_BYTES = 100 << 20  # of one file
MOST_PAGES = 2_000  # of one file
_MOST_CONTENT = 64 << 20  # bytes of what one page draws, unpacked
_SIGN, _HEAD = b"%PDF-", 1024
_PICTURES = ("JPEG", "PNG", "TIFF", "BMP", "GIF", "WEBP")
_MOST_PIXELS = 60_000_000  # as in pictures.py
_NO_BOX = (0.0, 0.0, 612.0, 792.0)  # what readers show of a page that does not say how large it is
_LEAST_SIDE, _MOST_SIDE = 3.0, 14_400.0  # points; a page beyond is no page that anybody saw
_DEEPEST = 64  # levels of the tree of pages
_MARGIN = 15.0  # millimetres around a picture
_ORIENTATION, _LIES = 0x0112, {5, 6, 7, 8}  # what a camera notes where it was held across
_STACK = 512 * 1024  # bytes; threads of the program have twice as much at the least
_NO_DATE = date(2000, 1, 1)  # the page is taken out of the file that bears it
# What a drawing may point to besides what it draws: files elsewhere, other versions of itself, its makers.
_POINTERS = (
    *("/F", "/FFilter", "/FDecodeParms", "/OPI", "/Ref", "/AF", "/Metadata", "/PieceInfo", "/LastModified"),
    *("/Alternates", "/StructParent", "/StructParents", "/PS", "/Subtype2", "/OC"),
)
_DRAWN_WITH = ("/ColorSpace", "/ExtGState", "/Font", "/Pattern", "/Shading", "/XObject")
_BROKEN = (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, TypeError, KeyError, IndexError)


class Matrix(NamedTuple):
    """What moves, turns and stretches a drawing, as PDF writes it."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def code(self) -> str:
        """The six numbers."""
        return " ".join(f"{number + 0.0:.5f}".rstrip("0").rstrip(".") for number in self)


def take_in_files(progress: Progress, files: list[dict[str, str]]) -> Iterator[list[Any]]:
    """For every file its pages as a PDF, or the sentence and the advice why there are none.

    Runs in the fenced child; contents come and go as base64.
    """
    for number, file in enumerate(files):
        progress.step(number / len(files), file["name"])
        found = _on_a_small_stack(partial(cleaned, file["name"], base64.b64decode(file["content"])))
        if isinstance(found, Problem):
            yield ["problem", found.sentence, found.advice]
        else:
            content, pages = found
            yield ["pages", pages, binascii.b2a_base64(content, newline=False).decode("ascii")]


def _on_a_small_stack(work: Callable[[], tuple[bytes, int]]) -> tuple[bytes, int] | Problem:
    """What the work gives, or the Problem that it raises, done where objects cannot nest deep.

    Objects that point to one another in a long chain use up the stack of whoever walks them, which ends the
    process. The program joins what comes out of here on stacks larger than this one: what would end the
    program ends this child before.
    """
    done: list[tuple[bytes, int] | Problem] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except Problem as problem:
            done.append(problem)
        except BaseException as error:  # noqa: BLE001 - raised again where the child reports it
            failed.append(error)

    usual = threading.stack_size(_STACK)
    thread = threading.Thread(target=run)
    thread.start()
    threading.stack_size(usual)
    thread.join()
    if failed:
        raise failed[0]
    return done[0]


def cleaned(name: str, content: bytes) -> tuple[bytes, int]:
    """A PDF with the pages of a file and how many they are. Raises Problem that names the file."""
    if len(content) > MOST_BYTES:
        raise Problem(
            _("“{name}”有 {size} MB，太大，并不进来。", name=name, size=len(content) >> 20), _print_it()
        )
    if _SIGN in content[:_HEAD]:
        return _cleaned_pdf(name, content)
    return _cleaned_picture(name, content)


def _print_it() -> str:
    return _("请在原来的软件里打开它，打印出来附在后面，或另存为普通的 PDF 再试。")


def _broken(name: str) -> Problem:
    return Problem(_("“{name}”已损坏，读不出它的页面。", name=name), _print_it())


# ---- PDF


def _cleaned_pdf(name: str, content: bytes) -> tuple[bytes, int]:
    try:
        with pikepdf.open(io.BytesIO(content)) as foreign:
            _refuse(name, foreign)
            with suppress(*_BROKEN):  # a note that cannot be drawn is no reason to refuse the page
                foreign.flatten_annotations("print")
            with pikepdf.new() as ours:
                for page in foreign.pages:
                    ours.pages.append(_drawn_anew(foreign, ours, page.obj))
                _drop_pointers(ours)
                return saved(ours), len(ours.pages)
    except pikepdf.PasswordError as error:
        raise Problem(
            _("“{name}”有打开密码，读不出它的页面。", name=name),
            _("请在原来的软件里用密码打开它，打印出来附在后面，或去掉密码另存一份再试。"),
        ) from error
    except (*_BROKEN, zlib.error, RecursionError) as error:
        raise _broken(name) from error


def _refuse(name: str, foreign: pikepdf.Pdf) -> None:
    """Raise Problem for a file without pages, with too many, or that must not be printed."""
    pages = len(foreign.pages)
    if pages == 0:
        raise Problem(_("“{name}”里一页也没有。", name=name), _print_it())
    if pages > MOST_PAGES:
        raise Problem(_("“{name}”有 {n} 页，太多，并不进来。", name=name, n=pages), _print_it())
    if foreign.is_encrypted and not foreign.allow.print_lowres:
        raise Problem(
            _("“{name}”的作者不允许打印它。", name=name), _("请向发文件的人要一份允许打印的，或附上纸质件。")
        )


def _drawn_anew(foreign: pikepdf.Pdf, ours: pikepdf.Pdf, page: pikepdf.Object) -> pikepdf.Page:
    """A page of ours that shows what the foreign page shows."""
    box = _visible(page)
    turn = _turn(_inherited(page, "/Rotate"))
    unit = _unit(page)
    wide, high = (box[2] - box[0]) * unit, (box[3] - box[1]) * unit
    drawing = ours.make_stream(
        _content(page),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([round(edge, 4) for edge in box]),
        Resources=_resources(foreign, ours, _inherited(page, "/Resources")),
    )
    shown = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, *(round(side, 4) for side in ((high, wide) if turn % 180 else (wide, high)))]),
        Resources=Dictionary(XObject=Dictionary(Foreign=drawing)),
        Contents=ours.make_stream(
            f"q {_upright(box, turn, unit, wide, high).code()} cm /Foreign Do Q".encode("ascii")
        ),
    )
    group = page.get("/Group")
    if isinstance(group, pikepdf.Dictionary):  # how transparent things on the page mix
        shown.Group = ours.copy_foreign(foreign.make_indirect(group))
    return pikepdf.Page(ours.make_indirect(shown))


def _upright(
    box: tuple[float, float, float, float], turn: int, unit: float, wide: float, high: float
) -> Matrix:
    """What brings the visible box of a page, turned clockwise, to the corner of a page of ours."""
    left, bottom = box[0] * unit, box[1] * unit
    match turn:
        case 90:
            return Matrix(0, -unit, unit, 0, -bottom, wide + left)
        case 180:
            return Matrix(-unit, 0, 0, -unit, wide + left, high + bottom)
        case 270:
            return Matrix(0, unit, -unit, 0, high + bottom, -left)
        case _:
            return Matrix(unit, 0, 0, unit, -left, -bottom)


def _inherited(page: pikepdf.Object, key: str) -> Any:
    """What a page says itself or takes from the tree above it (PDF 7.7.3.4)."""
    node: Any = page
    for _level in range(_DEEPEST):
        if not isinstance(node, pikepdf.Dictionary):
            return None
        found = node.get(key)
        if found is not None:
            return found
        node = node.get("/Parent")
    return None


def _visible(page: pikepdf.Object) -> tuple[float, float, float, float]:
    """What readers show of a page: the crop box as far as it lies in the media box (PDF 14.11.2)."""
    media = _box(_inherited(page, "/MediaBox")) or _NO_BOX
    crop = _box(_inherited(page, "/CropBox")) or media
    both = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
    return both if _is_page(both) else media


def _box(found: Any) -> tuple[float, float, float, float] | None:
    """The corners of a rectangle in their order; None for what is none."""
    if not isinstance(found, pikepdf.Array) or len(found) != 4:
        return None
    try:
        edges = [float(edge) for edge in found]
    except _BROKEN:
        return None
    left, right = sorted((edges[0], edges[2]))
    bottom, top = sorted((edges[1], edges[3]))
    box = (left, bottom, right, top)
    return box if _is_page(box) else None


def _is_page(box: tuple[float, float, float, float]) -> bool:
    sides = (box[2] - box[0], box[3] - box[1])
    return all(_LEAST_SIDE <= side <= _MOST_SIDE for side in sides) and max(map(abs, box)) <= 10 * _MOST_SIDE


def _turn(found: Any) -> int:
    """How far the page is turned clockwise: 0, 90, 180 or 270 degrees."""
    return found % 360 if isinstance(found, int) and found % 90 == 0 else 0


def _unit(page: pikepdf.Object) -> float:
    """How many points a unit of the page is."""
    try:
        unit = float(page.get("/UserUnit", 1))
    except _BROKEN:
        return 1.0
    return unit if 0.1 <= unit <= 100 else 1.0


def _content(page: pikepdf.Object) -> bytes:
    """What the page draws, unpacked, its streams parted by line breaks as readers part them."""
    found = page.get("/Contents")
    streams = found if isinstance(found, pikepdf.Array) else [found]
    pieces, size = [], 0
    for stream in streams:
        if isinstance(stream, pikepdf.Stream):
            pieces.append(stream.read_bytes())
            size += len(pieces[-1])
        if size > _MOST_CONTENT:
            raise ValueError(size)
    return b"\n".join(pieces)


def _resources(foreign: pikepdf.Pdf, ours: pikepdf.Pdf, found: Any) -> Dictionary:
    """What the content of a page draws with, in our file; its properties are words about it, not drawing."""
    kept = Dictionary()
    for key in _DRAWN_WITH:
        kind = found.get(key) if isinstance(found, pikepdf.Dictionary) else None
        if isinstance(kind, pikepdf.Dictionary):
            kept[key] = ours.copy_foreign(foreign.make_indirect(kind))
    return kept


def _drop_pointers(ours: pikepdf.Pdf) -> None:
    """Take away what drawings point to besides what they draw, and what is meant for printers only."""
    for found in ours.objects:
        if isinstance(found, pikepdf.Stream):
            for key in _POINTERS:
                if key in found:
                    del found[key]
            if found.get("/Subtype") == Name("/PS"):
                found.write(b"")


# ---- pictures


def _cleaned_picture(name: str, content: bytes) -> tuple[bytes, int]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=_PICTURES) as image:
                return _picture_pages(name, image, content)
    except UnidentifiedImageError as error:
        raise Problem(_("“{name}”不是 PDF 或图片，并不进来。", name=name), _print_it()) from error
    except Image.DecompressionBombError as error:
        raise _too_many_dots(name) from error
    except (OSError, ValueError, SyntaxError, EOFError, zlib.error) as error:
        raise _broken(name) from error


def _too_many_dots(name: str) -> Problem:
    return Problem(
        _("图片“{name}”超过 {n} 百万像素，并不进来。", name=name, n=_MOST_PIXELS // 1_000_000), _print_it()
    )


def _picture_pages(name: str, image: Image.Image, content: bytes) -> tuple[bytes, int]:
    """The picture in the middle of a page; of a scan of several pages each on its own."""
    frames = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
    if frames > MOST_PAGES:
        raise Problem(_("“{name}”有 {n} 页，太多，并不进来。", name=name, n=frames), _print_it())
    with pikepdf.new() as ours:
        for number in range(frames):
            image.seek(number)
            if image.width * image.height > _MOST_PIXELS:
                raise _too_many_dots(name)
            try:
                page = _picture_page(image, content)
            except Problem as error:
                raise _broken(name) from error
            with pikepdf.open(io.BytesIO(page)) as drawn:
                ours.pages.extend(drawn.pages)
        return saved(ours), len(ours.pages)


def _picture_page(image: Image.Image, content: bytes) -> bytes:
    """A sheet of A4 with a picture, upright or across as the picture is. Raises Problem for a damaged one."""
    wide, high = image.size
    if image.getexif().get(_ORIENTATION, 1) in _LIES:
        wide, high = high, wide
    if image.format not in {"JPEG", "PNG"}:
        file = io.BytesIO()
        frame = image.convert("RGBA" if "transparency" in image.info or image.mode == "RGBA" else "RGB")
        (frame.convert("L") if image.mode in {"1", "L"} else frame).save(file, "PNG")
        content = file.getvalue()
    sides = (297.0, 210.0) if wide > high else (210.0, 297.0)
    page = PageStyle(*sides, _MARGIN, _MARGIN, _MARGIN, _MARGIN)
    box = Picture(content, sides[0] - 2 * _MARGIN, sides[1] - 2 * _MARGIN)
    return write_pdf(Document("", _NO_DATE, (box,), page, running=NOTHING_RUNNING))
