"""Sections of a Word document: paper, margins, page numbers and what stands in the margins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count
from xml.sax.saxutils import quoteattr

from branchdesk.documents.docx_package import NAMESPACES, WordPackage
from branchdesk.documents.docx_text import FACES, Tab, WordParagraph, field_run, tab_run, text_run, twips
from branchdesk.documents.layout import Pagination
from branchdesk.documents.margins import head_size
from branchdesk.documents.model import Align, Document, Font, Part
from branchdesk.documents.numbering import PageNumber
from branchdesk.documents.surface import FAINT, MM

_SHARE = 0.8  # of a line of exact height above the baseline, as word programs set it
_PLACES = re.compile(r"(\{pages?\})")
_SLACK = 1.0  # points that a page is higher than that of the PDF, for what is rounded and for tables' ends
_LEAST = 1.0  # points
_WATERMARK = 140.0  # points, as in flow.py
# A straight text on two lines, each as wide as the shape (WordArt's plain text).
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" path="m,l21600,m,21600l21600,21600e">'
    '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/>'
    '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
)


class Sections:
    """Gives every part of a document the properties of its section, and writes the margins it needs."""

    def __init__(self, document: Document, package: WordPackage, pagination: Pagination) -> None:
        self._document = document
        self._package = package
        self._written: dict[str, str] = {}  # content of a margin: its name in the package
        self._numbers = {"header": count(1), "footer": count(1)}
        self._counted = _counting_field(document, pagination)
        self._was_unnumbered = False

    def properties(self, part: Part | None, first: PageNumber | None) -> str:
        """The properties of the section of a part, whose first page has this number in the PDF."""
        page = self._document.page
        sides = ("default", "even") if self._document.running.outer_foot else ("default",)
        references = []
        for kind in ("header", "footer"):
            for side in sides:
                name = self._margin(kind, side, first)
                references.append(f'<w:{kind}Reference w:type="{side}" r:id="{name}"/>')
        turned = ' w:orient="landscape"' if page.width > page.height else ""
        margins = {
            "top": page.top * MM,
            "right": page.right * MM,
            "bottom": self._bottom,
            "left": page.left * MM,
            "header": self._head_edge,
            "footer": self._foot_edge,
            "gutter": 0.0,
        }
        edges = "".join(f' w:{name}="{twips(size)}"' for name, size in margins.items())
        unnumbered = part is not None and part.unnumbered
        restarts = self._was_unnumbered or not self._document.running.continuous
        start = f' w:start="{first.number}"' if restarts and first is not None else ""
        self._was_unnumbered = unnumbered
        begins = "oddPage" if part is not None and part.on_odd_page else "nextPage"
        return (
            f"<w:sectPr>{''.join(references)}"
            f'<w:type w:val="{begins}"/>'
            f'<w:pgSz w:w="{twips(page.width * MM)}" w:h="{twips(page.height * MM)}"{turned}/>'
            f"<w:pgMar{edges}/>"
            f"<w:pgNumType{start}/></w:sectPr>"
        )

    @property
    def _line(self) -> float:
        style = self._document.running.style
        return style.size * style.leading

    @property
    def _bottom(self) -> float:
        return self._document.page.bottom * MM - _SLACK

    @property
    def _head_edge(self) -> float:
        """How far from the edge of the paper the head begins; its text then stands where the PDF has it."""
        size = self._document.running.style.size
        return max(0.0, self._document.page.top * MM / 2 + size / 2 - _SHARE * self._line)

    @property
    def _foot_edge(self) -> float:
        """How far from the edge of the paper the foot ends."""
        return max(0.0, self._document.page.bottom * MM / 2 - (1 - _SHARE) * self._line)

    def _margin(self, kind: str, side: str, number: PageNumber | None) -> str:
        """The name of a header or footer; equal ones are written once.

        It fills the margin up to the text: LibreOffice does not keep the distance on the first page of a
        section that begins on an odd page.
        """
        if kind == "header":
            rest = self._document.page.top * MM - self._head_edge - self._line
            paragraphs = [self._head(number), WordParagraph("", max(_LEAST, rest))]
        else:
            rest = self._bottom - self._foot_edge - self._line
            paragraphs = [WordParagraph("", max(_LEAST, rest)), self._foot(side, number)]
        content = "".join(paragraph.xml() for paragraph in paragraphs)
        key = kind + content
        if key not in self._written:
            tag = "hdr" if kind == "header" else "ftr"
            name = f"{kind}{next(self._numbers[kind])}.xml"
            xml = f"<w:{tag} {NAMESPACES}>{content}</w:{tag}>"
            self._written[key] = self._package.add(kind, name, xml)
        return self._written[key]

    def _head(self, number: PageNumber | None) -> WordParagraph:
        running, page = self._document.running, self._document.page
        style = running.style
        content = _watermark(self._document.watermark)
        if number is not None and (running.head_left or running.head_right):
            size = int(head_size(running, page) * 2) / 2
            content += text_run(running.head_left, style.font, size)
            content += tab_run(style.font, size)
            content += text_run(running.head_right, style.font, size)
        tabs = (Tab((page.width - page.left - page.right) * MM, "right"),)
        return WordParagraph(content, self._line, tabs=tabs)

    def _foot(self, side: str, number: PageNumber | None) -> WordParagraph:
        running = self._document.running
        align = Align.CENTRE
        if running.outer_foot:
            align = Align.LEFT if side == "even" else Align.RIGHT
        pieces: Sequence[str] = _PLACES.split(running.foot) if number is not None else ()
        content = "".join(self._piece(piece, number) for piece in pieces if number is not None)
        return WordParagraph(content, self._line, align)

    def _piece(self, piece: str, number: PageNumber) -> str:
        """A piece of the foot: a field where a program counts the same pages, else what the PDF says."""
        style = self._document.running.style
        if piece == "{page}":
            return field_run("PAGE", "1", style.font, style.size)
        if piece == "{pages}":
            if self._counted:
                return field_run(self._counted, str(number.of), style.font, style.size)
            return text_run(str(number.of), style.font, style.size)
        return text_run(piece, style.font, style.size)


def _counting_field(document: Document, pagination: Pagination) -> str:
    """The field with which a program counts the pages that the PDF counts; empty where there is none."""
    pages = pagination.pages
    if all(place.counts and not place.blank for place in pages) and (
        document.running.continuous or len({place.part for place in pages}) == 1
    ):
        return "NUMPAGES"
    return "" if document.running.continuous else "SECTIONPAGES"


def _watermark(text: str) -> str:
    """A faint text across the page, as word programs draw it: a shape in the header."""
    if not text:
        return ""
    ink = f"#{round(FAINT * 255):02x}" + f"{round(FAINT * 255):02x}" * 2
    place = (
        f"position:absolute;margin-left:0;margin-top:0;width:{_WATERMARK * len(text):g}pt;"
        f"height:{_WATERMARK:g}pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:page;mso-position-vertical:center;"
        "mso-position-vertical-relative:page"
    )
    return (
        f'<w:r><w:pict>{_SHAPE_TYPE}<v:shape id="PowerPlusWaterMarkObject1" type="#_x0000_t136"'
        f' style="{place}" o:allowincell="f" fillcolor="{ink}" stroked="f">'
        f'<v:textpath style="font-family:{FACES[Font.HEADING]};font-size:1pt" string={quoteattr(text)}/>'
        "</v:shape></w:pict></w:r>"
    )
