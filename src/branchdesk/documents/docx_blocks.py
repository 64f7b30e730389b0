"""The blocks of a document as paragraphs of a Word document."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from xml.sax.saxutils import quoteattr

from branchdesk.documents.contents import ContentsEntry, number_room
from branchdesk.documents.docx_package import WordPackage
from branchdesk.documents.docx_text import LINE_BREAK, Tab, WordParagraph, tab_run, text_paragraphs, text_run
from branchdesk.documents.fonts import width
from branchdesk.documents.layout import Pagination
from branchdesk.documents.model import (
    Align,
    Contents,
    Ends,
    Heading,
    Paragraph,
    Picture,
    QrCode,
    Signatures,
)
from branchdesk.documents.paragraphs import (
    CAPTION,
    ends_settings,
    heading_style,
    paragraph_setting,
    signature_rows,
)
from branchdesk.documents.pictures import picture_file
from branchdesk.documents.qr_codes import code_picture
from branchdesk.documents.setting import set_text
from branchdesk.documents.sheet_grid import PAD
from branchdesk.documents.surface import MM, Box

_EMU = 12_700  # in a point
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


class WordPictures:
    """Puts photographs and codes into the package and gives the paragraphs that show them."""

    def __init__(self, package: WordPackage) -> None:
        self._package = package
        self._numbers = count(1)

    def in_cell(self, content: Picture | QrCode, box: Box) -> WordParagraph:
        """A picture or code as large as the cell allows, in its middle."""
        width, height = box.width - 2 * PAD, box.height - 2 * PAD
        if isinstance(content, QrCode):
            side = min(content.size * MM, width, height)
            return self._paragraph(*self._code(content.text), side, side, Align.CENTRE)
        return self._photograph(content.content, width, height, Align.CENTRE)

    def picture(self, block: Picture) -> WordParagraph:
        """A picture that stands by itself."""
        return self._photograph(block.content, block.width * MM, block.height * MM, block.align)

    def code(self, block: QrCode) -> WordParagraph:
        """A code that stands by itself."""
        side = block.size * MM
        return self._paragraph(*self._code(block.text), side, side, block.align)

    def _code(self, text: str) -> tuple[str, str]:
        return self._package.add_picture("png", code_picture(text)), text

    def _photograph(self, content: bytes, width: float, height: float, align: Align) -> WordParagraph:
        """A picture undistorted in a box of so many points, whose height it keeps."""
        suffix, file, shape = picture_file(content, width, height)
        wide = min(width, height * shape)
        high = wide / shape
        found = self._paragraph(self._package.add_picture(suffix, file), "", wide, high, align)
        found.before = found.after = (height - high) / 2
        return found

    def _paragraph(self, name: str, said: str, wide: float, high: float, align: Align) -> WordParagraph:
        number = next(self._numbers)
        size = f'cx="{round(wide * _EMU)}" cy="{round(high * _EMU)}"'
        label = f'id="{number}" name="Picture {number}" descr={quoteattr(said)}'
        content = (
            '<w:r><w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr><w:drawing>'
            f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/><wp:docPr {label}/>'
            f'<a:graphic><a:graphicData uri="{_PICTURE}"><pic:pic>'
            f"<pic:nvPicPr><pic:cNvPr {label}/><pic:cNvPicPr/></pic:nvPicPr>"
            f'<pic:blipFill><a:blip r:embed="{name}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
            "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )
        return WordParagraph(content, 0.0, align)


def small_paragraphs(
    block: Paragraph | Ends | Heading | Signatures | Picture | QrCode, measure: float, pictures: WordPictures
) -> tuple[list[WordParagraph], float]:
    """The paragraphs of a block, and the space in points above them."""
    if isinstance(block, Paragraph):
        return text_paragraphs(block.text, paragraph_setting(block, measure)), block.style.before
    if isinstance(block, Ends):
        return _ends(block, measure), block.style.before
    if isinstance(block, Heading):
        style = heading_style(block)
        found = text_paragraphs(block.text, set_text(block.text, style, measure))
        for paragraph in found:
            paragraph.style, paragraph.keep_next, paragraph.keep_lines = f"Heading{block.level}", True, True
        return found, style.before
    if isinstance(block, Signatures):
        return _signatures(block, measure), block.style.before
    if isinstance(block, Picture):
        return [pictures.picture(block)], 0.0
    return _code(block, measure, pictures), 0.0


def _ends(block: Ends, measure: float) -> list[WordParagraph]:
    settings, is_one_line = ends_settings(block, measure)
    if not is_one_line:
        texts = (block.left, block.right)
        return [
            one
            for text, setting in zip(texts, settings, strict=True)
            for one in text_paragraphs(text, setting)
        ]
    style = block.style
    content = text_run(block.left, style.font, style.size) + tab_run(style.font, style.size)
    content += text_run(block.right, style.font, style.size)
    return [WordParagraph(content, settings[0].line_height, tabs=(Tab(measure, "right"),))]


def _code(block: QrCode, measure: float, pictures: WordPictures) -> list[WordParagraph]:
    found = [pictures.code(block)]
    if block.caption:
        room = measure - block.size * MM  # the caption stands in the middle below the code
        left = {Align.LEFT: 0.0, Align.RIGHT: room}.get(block.align, room / 2)
        setting = set_text(block.caption, CAPTION, block.size * MM)
        captions = text_paragraphs(block.caption, setting)
        for caption in captions:
            caption.left, caption.right = left, room - left
        found[0].keep_next, found[0].after = True, 2.0
        found += captions
    return found


def _signatures(block: Signatures, measure: float) -> list[WordParagraph]:
    """Places to sign: the rules to write on are underlined tabs."""
    style = block.style
    found = []
    rows = signature_rows(block, measure)
    for number, places in enumerate(rows):
        content, tabs = "", []
        for place in places:
            length = width(place.text, style.font, style.size)
            if place.x:
                # A text at the end of the line ends where it ends in the PDF: it must not run over the edge.
                is_end = not place.rule and place is places[-1]
                tabs.append(Tab(place.x + length, "right") if is_end else Tab(place.x))
                content += tab_run(style.font, style.size)
            content += text_run(place.text, style.font, style.size)
            if place.rule:
                tabs.append(Tab(place.x + length + place.rule))
                content += tab_run(style.font, style.size, underlined=True)
        after = style.size if number < len(rows) - 1 else 0.0
        line = style.size * style.leading
        found.append(WordParagraph(content, line, after=after, keep_next=after > 0, tabs=tuple(tabs)))
    return found


def contents_paragraphs(
    block: Contents, entries: Sequence[ContentsEntry], pagination: Pagination, measure: float
) -> list[WordParagraph]:
    """The lines of a list of contents: a title, dots, and the number of the page in the PDF."""
    style = block.style
    found = []
    for entry in entries:
        setting = set_text(entry.title, style, measure - number_room(style))
        ends = [line.start for line in setting.lines[1:]] + [len(setting.text)]
        lines = [setting.text[line.start : end] for line, end in zip(setting.lines, ends, strict=True)]
        # Broken where the PDF breaks it: an indent at the right would hide the number in some programs.
        content = LINE_BREAK.join(text_run(line.rstrip("\n"), style.font, style.size) for line in lines)
        content += tab_run(style.font, style.size)
        content += text_run(pagination.page_of_part(entry.part), style.font, style.size)
        tabs = (Tab(measure, "right", dots=True),)
        paragraph = WordParagraph(content, setting.line_height, after=style.after, tabs=tabs)
        found.append(paragraph)
    return found
