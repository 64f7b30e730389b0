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
        self._pagination = pagination
        self._counted = _counting_field(document, pagination)
        self._was_unnumbered = False

    def properties(self, part: Part | None, at: int) -> str:
        """The properties of the section of a part, whose first page is `at`, from 0, in the PDF."""
        page, first = self._document.page, self._pagination.numbers[at]
        unnumbered = part is not None and part.unnumbered
        sides = ("default", "even") if self._document.running.outer_foot else ("default",)
        references = []
        for kind in ("header", "footer"):
            for side in sides:
                name = self._margin(kind, side, first)
                references.append(f'<w:{kind}Reference w:type="{side}" r:id="{name}"/>')
        turned = ' w:orient="landscape"' if page.width > page.height else ""
        style = self._document.running.style
        line = style.size * style.leading
        head = page.top * MM / 2 + style.size / 2 - _SHARE * line
        foot = page.bottom * MM / 2 - (1 - _SHARE) * line
        margins = {
            "top": page.top * MM,
            "right": page.right * MM,
            "bottom": page.bottom * MM - _SLACK,
            "left": page.left * MM,
            "header": max(0.0, head),
            "footer": max(0.0, foot),
            "gutter": 0.0,
        }
        edges = "".join(f' w:{name}="{twips(size)}"' for name, size in margins.items())
        # LibreOffice sets the first page of a section on an odd page right only where its number is given.
        odd = part is not None and part.on_odd_page
        restarts = odd or self._was_unnumbered or not self._document.running.continuous
        number = first.number if first is not None else at + 1
        start = f' w:start="{number}"' if restarts and (odd or not unnumbered) else ""
        self._was_unnumbered = unnumbered
        return (
            f"<w:sectPr>{''.join(references)}"
            f'<w:type w:val="{"oddPage" if odd else "nextPage"}"/>'
            f'<w:pgSz w:w="{twips(page.width * MM)}" w:h="{twips(page.height * MM)}"{turned}/>'
            f"<w:pgMar{edges}/>"
            f"<w:pgNumType{start}/></w:sectPr>"
        )

    def _margin(self, kind: str, side: str, number: PageNumber | None) -> str:
        """The name of a header or footer; equal ones are written once."""
        paragraph = self._head(number) if kind == "header" else self._foot(side, number)
        content = paragraph.xml()
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
        return WordParagraph(content, style.size * style.leading, tabs=tabs)

    def _foot(self, side: str, number: PageNumber | None) -> WordParagraph:
        running = self._document.running
        style = running.style
        align = Align.CENTRE
        if running.outer_foot:
            align = Align.LEFT if side == "even" else Align.RIGHT
        pieces: Sequence[str] = _PLACES.split(running.foot) if number is not None else ()
        content = "".join(self._piece(piece, number) for piece in pieces if number is not None)
        return WordParagraph(content, style.size * style.leading, align)

    def _piece(self, piece: str, number: PageNumber) -> str:
        """A piece of the foot: a field where a program counts the same pages, else what the PDF says."""
        style = self._document.running.style
        if piece == "{page}":
            return field_run("PAGE", str(number.number), style.font, style.size)
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
