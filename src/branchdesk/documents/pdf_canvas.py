"""The PDF back end of the drawing surface.

The only place that uses the inside of ReportLab, pinned to one version: pages are added to the canvas's
document as streams that are already written and packed, instead of call by call (speed.md, Techniques). A
page is packed as soon as it is full, so that memory does not grow with the text. A test compares a page with
the same page drawn through ReportLab's public canvas.
"""

from __future__ import annotations

import io
import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from branchdesk.documents.fonts import GETA, face_for, faces, width
from branchdesk.documents.model import Font
from branchdesk.documents.pdf_fonts import FaceSubset
from branchdesk.documents.pictures import PaperPicture, prepare_picture
from branchdesk.documents.surface import BLACK, FAINT, TO_MIDDLE, Box, Segment, Word

_PACKING = 3  # of zlib: a tenth larger than 6, a fifth faster for a long table
_REMEMBERED = 10_000  # places
_OTHER_FACE = "|"  # marks the code of a character that another face prints


class _Codes(dict[int, str]):
    """For str.translate: from code point to the four hex digits of its number in the subset of its face."""

    def __init__(self, font: Font, canvas: PdfCanvas) -> None:
        super().__init__()
        self._font = font
        self._canvas = canvas

    def __missing__(self, code: int) -> str:
        char = chr(code)
        name = face_for(self._font, char)
        drawn = char
        if name is None:  # named before printing; on paper the printers' mark keeps the place
            drawn = GETA
            name = face_for(self._font, GETA) or faces(self._font)[0]
        subset = self._canvas.subset(name)
        number = f"{subset.number(char, drawn):04X}"
        if name != faces(self._font)[0]:
            number = f"{_OTHER_FACE}{subset.resource_name}{_OTHER_FACE}{number}"
        self[code] = number
        return number


class _Numbers(dict[float, str]):
    """Places as PDF writes them; the words of a column begin at few different ones."""

    def __missing__(self, place: float) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[place] = written = f"{place:.2f}"
        return written


@dataclass(slots=True)
class _Page:
    """A page: its size in points, its packed streams, and its bookmark."""

    width: float
    height: float
    streams: list[bytes] = field(default_factory=list)
    bookmark: str = ""


class PdfCanvas:
    """Draws pages and gives them as a PDF, which pdf_archive makes fit for archives."""

    def __init__(self) -> None:
        self._pages: list[_Page] = []
        self._page: _Page | None = None
        self._subsets: dict[str, FaceSubset] = {}
        self._codes = {font: _Codes(font, self) for font in Font}
        self._pictures: dict[tuple[bytes, int, int], tuple[str, PaperPicture]] = {}
        self._numbers = _Numbers()
        self._shapes: list[str] = []
        self._texts: list[str] = []
        self._forget_state()

    def subset(self, name: str) -> FaceSubset:
        """The subset of a face in this file."""
        found = self._subsets.get(name)
        if found is None:
            found = self._subsets[name] = FaceSubset(name, f"F{len(self._subsets) + 1}")
        return found

    def _forget_state(self) -> None:
        self._font: Font | None = None
        self._size = self._spacing = 0.0

    def start_page(self, width: float, height: float) -> None:
        """Finish the page that is open and begin the next."""
        self._finish_page()
        self._page = _Page(width, height)
        self._pages.append(self._page)
        self._height = height

    def return_to_page(self, number: int) -> None:
        """Finish the page that is open and add to page `number`, counted from 0."""
        self._finish_page()
        self._page = self._pages[number]
        self._height = self._page.height

    def bookmark(self, title: str) -> None:
        """Name the page that is open."""
        if self._page is not None:
            self._page.bookmark = title

    def text(self, left: float, baseline: float, words: Sequence[Word], font: Font, size: float) -> None:
        """Draw words of one font on one baseline, each at its x to the right of `left`."""
        codes, numbers, put = self._codes[font], self._numbers, self._texts.append
        if font is not self._font or size != self._size:
            self._font, self._size = font, size
            put(f"/{self.subset(faces(font)[0]).resource_name} {size:g} Tf")
        y = f"{self._height - baseline:.2f}"
        for x, text, spacing in words:
            if spacing != self._spacing:
                self._spacing = spacing
                put(f"{spacing:.3f} Tc")
            drawn = text.translate(codes)
            if len(drawn) != 4 * len(text):
                drawn = self._mixed(text, font, size)
            put(f"1 0 0 1 {numbers[left + x]} {y} Tm<{drawn}>Tj")

    def _mixed(self, text: str, font: Font, size: float) -> str:
        """The codes of a text that needs several faces, with the changes of font between them."""
        own = self.subset(faces(font)[0]).resource_name
        used = own
        parts = []
        for char in text:
            code = self._codes[font][ord(char)]
            name = own
            if code.startswith(_OTHER_FACE):
                name, code = code[1:].split(_OTHER_FACE)
            if name != used:
                parts.append(f">Tj /{name} {size:g} Tf<")
                used = name
            parts.append(code)
        if used != own:
            parts.append(f">Tj /{own} {size:g} Tf<")
        return "".join(parts)

    def slanted_text(
        self, x: float, y: float, text: str, font: Font, size: float, angle: float, ink: float = FAINT
    ) -> None:
        """Draw text around a middle, turned anticlockwise by `angle` degrees: faint, as a watermark is."""
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        along, down = width(text, font, size) / 2, TO_MIDDLE * size  # to the middle of the characters
        left = x - along * cos + down * sin
        bottom = self._height - y - along * sin - down * cos
        matrix = f"{cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {left:.2f} {bottom:.2f} Tm"
        codes = self._mixed(text, font, size)
        name = self.subset(faces(font)[0]).resource_name
        self._shapes.append(f"{ink:g} g BT /{name} {size:g} Tf {matrix}<{codes}>Tj ET 0 g")

    def lines(self, segments: Sequence[Segment], width: float) -> None:
        """Draw black lines of one width."""
        if not segments:
            return
        height = self._height
        self._shapes.append(f"{width:g} w")
        self._shapes += [
            f"{x1:.2f} {height - y1:.2f} m {x2:.2f} {height - y2:.2f} l" for x1, y1, x2, y2 in segments
        ]
        self._shapes.append("S")

    def rectangles(self, boxes: Sequence[Box], ink: float = BLACK) -> None:
        """Fill rectangles with one ink, from 0 black to 1 white, as one shape."""
        self._shapes.append(f"{ink:g} g")
        self._shapes += [
            f"{left:.3f} {self._height - top - height:.3f} {wide:.3f} {height:.3f} re"
            for left, top, wide, height in boxes
        ]
        self._shapes.append("f 0 g")

    def picture(self, box: Box, content: bytes) -> None:
        """Draw a picture, as large as the box allows, in its middle. Raises Problem for a damaged one."""
        key = (content, round(box.width), round(box.height))
        if key not in self._pictures:
            prepared = prepare_picture(content, box.width, box.height)
            self._pictures[key] = (f"I{len(self._pictures) + 1}", prepared)
        name, picture = self._pictures[key]
        scale = min(box.width / picture.width, box.height / picture.height)
        wide, high = picture.width * scale, picture.height * scale
        left = box.left + (box.width - wide) / 2
        bottom = self._height - box.top - (box.height + high) / 2
        self._shapes.append(f"q {wide:.3f} 0 0 {high:.3f} {left:.3f} {bottom:.3f} cm /{name} Do Q")

    def _finish_page(self) -> None:
        """Pack what was drawn since the page was opened."""
        if self._page is None or not (self._shapes or self._texts):
            return
        code = "\n".join(("q 2 J", *self._shapes, "BT", *self._texts, "ET Q\n"))
        self._page.streams.append(zlib.compress(code.encode("ascii"), _PACKING))
        self._shapes, self._texts = [], []
        self._forget_state()

    def bookmarks(self) -> list[tuple[str, int]]:
        """The named pages: title and number from 0."""
        return [(page.bookmark, number) for number, page in enumerate(self._pages) if page.bookmark]

    def finish(self) -> bytes:
        """The file as ReportLab writes it."""
        self._finish_page()
        canvas = Canvas(io.BytesIO(), invariant=1, pageCompression=0)
        document = canvas._doc  # noqa: SLF001 - the reason for this module
        resources = document.Reference(
            pdfdoc.PDFDictionary(
                {
                    "Font": pdfdoc.PDFDictionary(
                        {subset.resource_name: _font(document, subset) for subset in self._subsets.values()}
                    ),
                    "XObject": pdfdoc.PDFDictionary(
                        {name: _image(document, picture) for name, picture in self._pictures.values()}
                    ),
                }
            )
        )
        for page in self._pages:
            leaf = pdfdoc.PDFPage()
            leaf.pagewidth, leaf.pageheight = round(page.width, 2), round(page.height, 2)
            leaf.Contents = pdfdoc.PDFArray([_packed(document, stream) for stream in page.streams])
            leaf.Resources = resources
            document.addPage(leaf)
        written: bytes = canvas.getpdfdata()
        return written


def _packed(document: Any, content: bytes, filter_name: str = "FlateDecode", **entries: Any) -> Any:
    """A reference to a stream that is already packed."""
    dictionary = pdfdoc.PDFDictionary({"Filter": pdfdoc.PDFName(filter_name), **entries})
    return document.Reference(pdfdoc.PDFStream(dictionary, content))


def _image(document: Any, picture: PaperPicture) -> Any:
    return _packed(
        document,
        picture.content,
        picture.filter,
        Type=pdfdoc.PDFName("XObject"),
        Subtype=pdfdoc.PDFName("Image"),
        Width=picture.width,
        Height=picture.height,
        BitsPerComponent=8,
        ColorSpace=pdfdoc.PDFName("DeviceGray" if picture.is_grey else "DeviceRGB"),
    )


def _font(document: Any, subset: FaceSubset) -> Any:
    """A reference to the Type 0 font of a subset (PDF 9.7)."""
    name = pdfdoc.PDFName(subset.tagged_name())
    file = subset.font_file()
    metrics = subset.face.font.metrics
    descriptor = {
        "Type": pdfdoc.PDFName("FontDescriptor"),
        "FontName": name,
        "Flags": subset.flags(),
        "FontBBox": pdfdoc.PDFArray(metrics.box),
        "ItalicAngle": metrics.italic_angle,
        "Ascent": metrics.ascent,
        "Descent": metrics.descent,
        "CapHeight": metrics.cap_height,
        "StemV": metrics.weight // 5,
        "FontFile2": _packed(document, zlib.compress(file, _PACKING), Length1=len(file)),
    }
    descendant = {
        "Type": pdfdoc.PDFName("Font"),
        "Subtype": pdfdoc.PDFName("CIDFontType2"),
        "BaseFont": name,
        "CIDSystemInfo": "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
        "CIDToGIDMap": pdfdoc.PDFName("Identity"),
        "DW": 1000,
        "W": subset.widths(),
        "FontDescriptor": document.Reference(pdfdoc.PDFDictionary(descriptor)),
    }
    return document.Reference(
        pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": name,
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([document.Reference(pdfdoc.PDFDictionary(descendant))]),
                "ToUnicode": _packed(document, zlib.compress(subset.to_unicode(), _PACKING)),
            }
        )
    )
