"""Making a PDF fit for archives: PDF/A-2u (ISO 19005-2), the same bytes for the same document."""

from __future__ import annotations

import io
from datetime import date
from functools import cache
from typing import NamedTuple
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from branchdesk.documents.fonts import printable
from branchdesk.paths import resource

PRODUCER = "BranchDesk"
_CONDITION = "sRGB IEC61966-2.1"
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
{claim}<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
{creator}<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{day}T00:00:00+08:00</xmp:CreateDate>
<xmp:ModifyDate>{day}T00:00:00+08:00</xmp:ModifyDate>
<xmp:CreatorTool>{producer}</xmp:CreatorTool>
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
_CLAIM = "<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>U</pdfaid:conformance>\n"
_CREATOR = "<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>\n"


class Description(NamedTuple):
    """What a file says about itself; `made_on` is the date of the document, never that of the print."""

    title: str
    author: str
    language: str
    made_on: date
    bookmarks: list[tuple[str, int]]


@cache
def srgb_profile() -> bytes:
    """The ICC version 2 profile that says what the colours mean; made by installer/make_icc.py."""
    return resource("icc", "srgb_v2.icc").read_bytes()


def for_archive(written: bytes, description: Description) -> bytes:
    """The file with what PDF/A-2u asks for beyond its pages, and an identifier made from its content."""
    with pikepdf.open(io.BytesIO(written)) as pdf:
        for key in ("/Outlines", "/PageMode", "/Names", "/OpenAction"):
            if key in pdf.Root:
                del pdf.Root[key]
        pdf.Root.OutputIntents = Array([_output_intent(pdf)])
        describe(pdf, description, claim=_CLAIM)
        if description.bookmarks:
            with pdf.open_outline() as outline:
                outline.root.extend(
                    OutlineItem(printable(title), number) for title, number in description.bookmarks
                )
        return saved(pdf)


def describe(pdf: pikepdf.Pdf, description: Description, *, claim: str = "") -> None:
    """Write what a file says about itself, twice, as the format asks; only archives `claim` to be PDF/A."""
    root = pdf.Root
    root.Lang = String(description.language)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.Metadata = pdf.make_stream(_xmp(description, claim), Type=Name.Metadata, Subtype=Name.XML)
    pdf.trailer.Info = pdf.make_indirect(_described(description))


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The bytes of a file, the same for the same content."""
    file = io.BytesIO()
    pdf.save(
        file,
        min_version="1.7",
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        fix_metadata_version=False,
    )
    return file.getvalue()


def _output_intent(pdf: pikepdf.Pdf) -> Dictionary:
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String(_CONDITION),
        DestOutputProfile=pdf.make_stream(srgb_profile(), N=3),
    )


def _described(description: Description) -> Dictionary:
    """The Info dictionary, which says the same as the XMP."""
    moment = String(f"D:{description.made_on:%Y%m%d}000000+08'00'")
    entries = Dictionary(
        Title=String(printable(description.title)),
        Creator=String(PRODUCER),
        Producer=String(PRODUCER),
        CreationDate=moment,
        ModDate=moment,
    )
    if description.author:
        entries.Author = String(printable(description.author))
    return entries


def _xmp(description: Description, claim: str) -> bytes:
    author = printable(description.author)
    return _XMP.format(
        claim=claim,
        title=escape(printable(description.title)),
        creator=_CREATOR.format(author=escape(author)) if author else "",
        language=escape(description.language),
        day=description.made_on.isoformat(),
        producer=PRODUCER,
    ).encode("utf-8")
