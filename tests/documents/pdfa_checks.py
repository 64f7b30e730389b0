"""The judge of archival PDF: what PDF/A-2u asks for, as far as structure shows it, and the text of a file.

A judge of its own kind, since veraPDF is in no package registry; papers are shown to veraPDF before a release
(paper.md, PDF/A and its judge).
"""

from __future__ import annotations

import importlib
import io
import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Name

pypdfium2: Any = importlib.import_module("pypdfium2")  # has no types

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC, _XMP = "{http://purl.org/dc/elements/1.1/}", "{http://ns.adobe.com/xap/1.0/}"
_PDF, _PDFA = "{http://ns.adobe.com/pdf/1.3/}", "{http://www.aiim.org/pdfa/ns/id/}"
_DEVICE_INDEPENDENT = {"g", "G", "rg", "RG"}  # with an sRGB output intent; never CMYK
_COLOUR_OPERATORS = {"g", "G", "rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN"}
_FORBIDDEN = ("/JavaScript", "/OpenAction", "/AA", "/AcroForm", "/NeedsRendering", "/OCProperties")
_PRINT = 4


def text_of(pdf: bytes) -> str:
    """The text as the preview's engine reads it, without spaces and line breaks."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    return without_space("".join(pages))


def poppler_text_of(pdf: bytes) -> str | None:
    """The text as poppler reads it, without spaces; None where poppler is not installed."""
    tool = shutil.which("pdftotext")
    if tool is None:
        return None
    run = subprocess.run([tool, "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return without_space(run.stdout.decode("utf-8"))


def without_space(text: str) -> str:
    """The text without what a reader of PDF may add or drop."""
    return re.sub(r"\s+", "", text)


def pages_of(pdf: bytes) -> int:
    """How many pages the file has."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def faults_of(pdf: bytes) -> list[str]:
    """What an archive would refuse; empty for a good file."""
    faults = (
        [] if pdf.startswith(b"%PDF-1.7\n%") else ["the header is not that of PDF 1.7 with binary content"]
    )
    if b"Helvetica" in pdf:
        faults.append("Helvetica")
    with pikepdf.open(io.BytesIO(pdf)) as document:
        faults += _faults_of_frame(document)
        faults += _faults_of_description(document)
        faults += _faults_of_intent(document)
        faults += _faults_of_pages(document)
    return faults


def _faults_of_frame(document: pikepdf.Pdf) -> Iterator[str]:
    if document.is_encrypted:
        yield "encrypted"
    if "/ID" not in document.trailer:
        yield "no identifier"
    if str(document.Root.get("/Lang", "")) == "":
        yield "no language"
    for key in _FORBIDDEN:
        if key in document.Root:
            yield f"{key} in the catalogue"
    for thing in document.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == Name.JavaScript:
            yield "a script"
        if isinstance(thing, pikepdf.Stream) and "/LZWDecode" in str(thing.get("/Filter", "")):
            yield "LZW"


def _faults_of_description(document: pikepdf.Pdf) -> Iterator[str]:
    if "/Metadata" not in document.Root:
        yield "no XMP"
        return
    stream = document.Root.Metadata
    if "/Filter" in stream:
        yield "the XMP is packed"
    described = ET.fromstring(stream.read_bytes().decode("utf-8").strip("\ufeff"))  # noqa: S314 - our own file
    found = described.find(f".//{_RDF}Description")
    assert found is not None
    if (found.findtext(f"{_PDFA}part"), found.findtext(f"{_PDFA}conformance")) != ("2", "U"):
        yield "not declared as PDF/A-2u"
    listed = document.trailer.Info
    pairs = {
        "/Title": found.findtext(f"{_DC}title/{_RDF}Alt/{_RDF}li"),
        "/Author": found.findtext(f"{_DC}creator/{_RDF}Seq/{_RDF}li"),
        "/Creator": found.findtext(f"{_XMP}CreatorTool"),
        "/Producer": found.findtext(f"{_PDF}Producer"),
        "/CreationDate": _as_date(found.findtext(f"{_XMP}CreateDate")),
        "/ModDate": _as_date(found.findtext(f"{_XMP}ModifyDate")),
    }
    for key, value in pairs.items():
        said = str(listed[key]) if key in listed else None
        if said != value:
            yield f"{key} is {said!r} in Info and {value!r} in the XMP"
    if not pairs["/Title"]:
        yield "no title"


def _as_date(moment: str | None) -> str | None:
    """An XMP date in the spelling of Info."""
    if moment is None:
        return None
    return f"D:{re.sub('[-:T]', '', moment[:19])}{moment[19:22]}'{moment[23:]}'"


def _faults_of_intent(document: pikepdf.Pdf) -> Iterator[str]:
    intents = list(document.Root.get("/OutputIntents", []))
    if len(intents) != 1 or intents[0].S != Name.GTS_PDFA1:
        yield "no output intent"
        return
    profile = intents[0].DestOutputProfile
    content = profile.read_bytes()
    if profile.N != 3 or content[16:20] != b"RGB " or content[36:40] != b"acsp":
        yield "the profile is not one of RGB"
    if content[8] != 2:
        yield "the profile is not of version 2"
    if len(content) != int.from_bytes(content[:4], "big"):
        yield "the profile has another length than it says"


def _faults_of_pages(document: pikepdf.Pdf) -> Iterator[str]:
    used: dict[str, set[int]] = defaultdict(set)
    fonts: dict[str, Any] = {}
    for number, page in enumerate(document.pages, start=1):
        where = f"page {number}: "
        resources = page.obj.get("/Resources", pikepdf.Dictionary())
        for forbidden in ("/ExtGState", "/Shading", "/Pattern", "/ColorSpace"):
            if forbidden in resources:
                yield f"{where}{forbidden}"
        for name, font in resources.get("/Font", {}).items():
            fonts[str(font.BaseFont)] = font
            used[str(font.BaseFont)] |= _codes(page, str(name))
        yield from (where + fault for fault in _faults_of_operators(page))
        for image in resources.get("/XObject", {}).values():
            yield from (where + fault for fault in _faults_of_image(image))
        for annotation in page.obj.get("/Annots", []):
            if not int(annotation.get("/F", 0)) & _PRINT:
                yield f"{where}an annotation that is not printed"
    for base, font in fonts.items():
        yield from (f"{base}: {fault}" for fault in _faults_of_font(font, used[base]))


def _codes(page: pikepdf.Page, font: str) -> set[int]:
    """The numbers of characters that a page draws with one font."""
    found: set[int] = set()
    current = ""
    for step in pikepdf.parse_content_stream(page):
        if str(step.operator) == "Tf":
            current = str(step.operands[0])
        elif str(step.operator) == "Tj" and current == font:
            raw = bytes(step.operands[0])
            found |= {int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)}
    return found


def _faults_of_operators(page: pikepdf.Page) -> Iterator[str]:
    depth = 0
    for step in pikepdf.parse_content_stream(page):
        name = str(step.operator)
        if name in _COLOUR_OPERATORS - _DEVICE_INDEPENDENT:
            yield f"the colour operator {name}"
        depth += {"q": 1, "Q": -1}.get(name, 0)
    if depth:
        yield "saved and restored states do not match"


def _faults_of_image(image: Any) -> Iterator[str]:
    if "/SMask" in image or "/Mask" in image:
        yield "a picture that is partly transparent"
    if str(image.get("/ColorSpace", "")) not in {"/DeviceRGB", "/DeviceGray"}:
        yield "a picture in other colours than RGB and grey"
    if image.get("/Interpolate", False):
        yield "a picture that is interpolated"


def _faults_of_font(font: Any, used: set[int]) -> Iterator[str]:
    """Faults of a Type 0 font against its program, for the numbers that are used."""
    if font.get("/Subtype") != Name.Type0 or font.get("/Encoding") != Name("/Identity-H"):
        yield "not a Type 0 font with Identity-H"
        return
    descendant = font.DescendantFonts[0]
    if descendant.get("/CIDToGIDMap") != Name.Identity:
        yield "no map from numbers to glyphs"
    if "/FontFile2" not in descendant.FontDescriptor:
        yield "not embedded"
        return
    if not re.fullmatch(r"/[A-Z]{6}\+\S+", str(font.BaseFont)):
        yield "no tag of a subset"
    if font.BaseFont != descendant.BaseFont or font.BaseFont != descendant.FontDescriptor.FontName:
        yield "its names differ"
    yield from _faults_of_program(descendant, used)
    unicode = _to_unicode(font)
    yield from (f"no text for glyph {number}" for number in sorted(used - set(unicode)))
    if 0 in used or 0 in unicode:
        yield "the mark for what is missing is used"
    yield from _faults_of_texts(unicode)


def _faults_of_program(descendant: Any, used: set[int]) -> Iterator[str]:
    """Faults of the embedded file: a glyph for every number, as wide as the PDF says."""
    program = TTFont(io.BytesIO(descendant.FontDescriptor.FontFile2.read_bytes()), lazy=False)
    glyphs = program.getGlyphOrder()
    advances = [program["hmtx"][glyph][0] * 1000 / program["head"].unitsPerEm for glyph in glyphs]
    widths = _widths(descendant)
    for number in sorted(used):
        if number >= len(glyphs):
            yield f"no glyph {number}"
        elif abs(advances[number] - widths.get(number, float(descendant.get("/DW", 1000)))) > 1:
            yield f"glyph {number} is {advances[number]} wide, not {widths.get(number)}"


def _faults_of_texts(unicode: dict[int, str]) -> Iterator[str]:
    for number, text in unicode.items():
        if not text or any(char in "\0\ufeff\ufffe\uffff" for char in text):
            yield f"glyph {number} stands for {text!r}"


def _widths(descendant: Any) -> dict[int, float]:
    found: dict[int, float] = {}
    items = list(descendant.get("/W", []))
    while items:
        first, listed = int(items.pop(0)), items.pop(0)
        found |= {first + place: float(width) for place, width in enumerate(listed)}
    return found


def _to_unicode(font: Any) -> dict[int, str]:
    """The texts of the numbers; says so where a block is longer than 100."""
    if "/ToUnicode" not in font:
        return {}
    cmap = font.ToUnicode.read_bytes().decode("ascii")
    found: dict[int, str] = {}
    for count, body in re.findall(r"(\d+) beginbfchar\n(.*?)\nendbfchar", cmap, re.DOTALL):
        pairs = re.findall(r"^<([0-9A-F]{4})> <([0-9A-F]+)>$", body, re.MULTILINE)
        assert len(pairs) == int(count) <= 100, "a block of more than 100 mappings"
        found |= {int(number, 16): bytes.fromhex(text).decode("utf-16-be") for number, text in pairs}
    return found
