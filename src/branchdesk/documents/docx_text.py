"""Paragraphs of a Word document (ISO/IEC 29500-1, 17.3): runs with named fonts and lines of exact height.

Nothing is left to the theme, to the grid of a section or to the habits of a program: fonts are named in
every run, and lines are as high as those of the PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from branchdesk.documents.fonts import printable, width, widths
from branchdesk.documents.lines import break_lines
from branchdesk.documents.model import Align, Font, Span, Style, Text
from branchdesk.documents.setting import SetLine, Setting

FACES = {Font.BODY: "宋体", Font.STRONG: "宋体", Font.HEADING: "黑体", Font.LABEL: "黑体"}
SUBSTITUTES = {"宋体": "SimSun", "黑体": "SimHei"}
_CELL = 0.9  # the width of an equal cell in ems, as in setting.py
_ALIGNS = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right", Align.JUSTIFY: "both"}
# Closing marks stay inside the margin and no grid moves the lines. Programs honour this in a paragraph; in
# the defaults of a document not all of them do.
STANDING = '<w:overflowPunct w:val="0"/><w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/>'
_MEETINGS = re.compile(r"(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])")
_ADDED = 0.2  # ems that LibreOffice puts there; Word and WPS about as much
_CLOSEST = 0.05  # ems that may be taken from a character
_SHORT = 40  # characters of a label or a title
LINE_BREAK = "<w:r><w:br/></w:r>"
_TINY = 1.0  # points: the height of a paragraph that is there for the format only


def twips(points: float) -> int:
    """A length in twentieths of a point."""
    return round(points * 20)


def line_twips(points: float) -> int:
    """The height of a line: never more than that of the PDF, so that a page holds as many lines."""
    return max(1, int(points * 20 + 0.01))


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab stop: its place in points, its kind, and whether dots lead to it."""

    place: float
    kind: str = "left"
    dots: bool = False


@dataclass(slots=True)
class WordParagraph:
    """A paragraph that is being put together; lengths are points, a `line` of 0 is as high as its content."""

    content: str
    line: float = _TINY
    align: Align = Align.LEFT
    before: float = 0.0
    after: float = 0.0
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0  # negative where the first line hangs out
    first_chars: float = 0.0
    keep_next: bool = False
    keep_lines: bool = False
    new_page: bool = False
    tabs: tuple[Tab, ...] = ()
    style: str = ""
    section: str = ""  # the properties of the section that ends here

    def xml(self) -> str:
        """The paragraph as the format writes it; the order of its properties is that of the schema."""
        parts = [f'<w:pStyle w:val="{self.style}"/>' if self.style else ""]
        parts += ["<w:keepNext/>"] * self.keep_next + ["<w:keepLines/>"] * self.keep_lines
        parts += ["<w:pageBreakBefore/>"] * self.new_page
        if self.tabs:
            parts.append("<w:tabs>" + "".join(map(_tab, self.tabs)) + "</w:tabs>")
        parts += [STANDING, self._spacing()]
        parts.append(self._indents())
        parts.append(f'<w:jc w:val="{_ALIGNS[self.align]}"/>')
        if not self.content:  # the mark of an empty paragraph must be no higher than its line
            parts.append('<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr>' if self.line == _TINY else "")
        parts.append(self.section)
        return f"<w:p><w:pPr>{''.join(parts)}</w:pPr>{self.content}</w:p>"

    def _spacing(self) -> str:
        line = f'w:line="{line_twips(self.line)}" w:lineRule="exact"'
        if not self.line:
            line = 'w:line="240" w:lineRule="auto"'
        return f'<w:spacing w:before="{twips(self.before)}" w:after="{twips(self.after)}" {line}/>'

    def _indents(self) -> str:
        wanted = {"left": twips(self.left), "right": twips(self.right)}
        if self.first > 0 and self.first_chars:
            wanted["firstLineChars"] = round(self.first_chars * 100)
        wanted["hanging" if self.first < 0 else "firstLine"] = twips(abs(self.first))
        words = "".join(f' w:{name}="{value}"' for name, value in wanted.items() if value)
        return f"<w:ind{words}/>" if words else ""


def _tab(tab: Tab) -> str:
    leader = ' w:leader="dot"' if tab.dots else ""
    return f'<w:tab w:val="{tab.kind}"{leader} w:pos="{twips(tab.place)}"/>'


def run_properties(font: Font, size: float, spacing: float = 0.0, *, underlined: bool = False) -> str:
    """What a run says of its type; `spacing` is added after each of its characters, in points."""
    face = FACES[font]
    return (
        f'<w:rPr><w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}" w:cs="{face}"/>'
        + ("<w:b/><w:bCs/>" if font is Font.STRONG else "")
        + (f'<w:spacing w:val="{twips(spacing)}"/>' if twips(spacing) else "")
        + f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'
        + ('<w:u w:val="single"/>' if underlined else "")
        + "</w:rPr>"
    )


def text_run(text: str, font: Font, size: float, spacing: float = 0.0) -> str:
    """A run of plain text; nothing for no text."""
    text = printable(text)
    if not text:
        return ""
    properties = run_properties(font, size, spacing)
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def tab_run(font: Font, size: float, *, underlined: bool = False) -> str:
    """A run that goes on to the next tab stop, on a rule if it is underlined."""
    return f"<w:r>{run_properties(font, size, underlined=underlined)}<w:tab/></w:r>"


def field_run(instruction: str, shown: str, font: Font, size: float) -> str:
    """A field such as PAGE; `shown` stands there until a program counts."""
    run = text_run(shown, font, size)
    return f"<w:fldSimple w:instr={quoteattr(f' {instruction} ')}>{run}</w:fldSimple>"


def _paragraphs(text: Text, style: Style) -> Iterator[list[Span]]:
    """The text cut at its line breaks; every piece has a font."""
    spans = (Span(text),) if isinstance(text, str) else text
    open_spans: list[Span] = []
    for span in spans:
        first, *others = printable(span.text).split("\n")
        open_spans.append(Span(first, span.font or style.font))
        for piece in others:
            yield open_spans
            open_spans = [Span(piece, span.font or style.font)]
    yield open_spans


def _span_run(span: Span, style: Style, size: float, spacing: float) -> str:
    font = span.font or style.font
    spacing += style.pitch
    if style.cells and span.text:
        spacing = _CELL * size - width(span.text, font, size) / len(span.text)
    return text_run(span.text, font, size, spacing)


def closer(spans: Sequence[Span], setting: Setting, lines: Sequence[SetLine]) -> float:
    """What is added to every character in points, mostly nothing, so that a text takes no more lines.

    Word programs put space between 汉字 and digits, and not all of them pull a closing mark in at the end of
    a line; a paragraph that would need another line for that is set a little closer.
    """
    text, size = "".join(span.text for span in spans), setting.size
    fonts = [(widths(span.font or Font.BODY), span.text) for span in spans]
    drawn = [advances[char] * size + setting.style.pitch for advances, said in fonts for char in said]
    for meeting in _MEETINGS.finditer(text):
        drawn[meeting.start() - 1] += _ADDED * size
    indents = (lines[0].indent, lines[-1].indent)
    for step in range(int(_CLOSEST * size * 20) + 1):
        tried = [width - step / 20 for width in drawn]
        broken = break_lines(text, tried, setting.measure, size, indents=indents, pulls_in=False)
        if len(broken) <= len(lines):
            return -step / 20
    return 0.0


def text_paragraphs(text: Text, setting: Setting, *, end: int | None = None) -> list[WordParagraph]:
    """A text as paragraphs that look as it was set, one for each line break; only lines before `end`."""
    lines = setting.lines[:end]
    stop = setting.lines[len(lines)].start if len(lines) < len(setting.lines) else len(setting.text)
    groups: list[list[SetLine]] = []
    for line in lines:
        if line.is_first:
            groups.append([])
        groups[-1].append(line)
    found, start = [], 0
    for group, spans in zip(groups, _paragraphs(text, setting.style), strict=False):
        found.append(_set_paragraph(_cut(spans, stop - start), group, setting))
        start += sum(len(span.text) for span in spans) + 1
    return found


def _cut(spans: Sequence[Span], length: int) -> Iterator[Span]:
    """The first so many characters."""
    for span in spans:
        yield Span(span.text[: max(0, length)], span.font)
        length -= len(span.text)


def _balanced(span: Span, lines: Sequence[SetLine], setting: Setting) -> str:
    """A label or title on its lines of about one length, which no program finds by itself."""
    begin = lines[0].start
    ends = [line.start - begin for line in lines[1:]] + [len(span.text)]
    pieces = [span.text[line.start - begin : end] for line, end in zip(lines, ends, strict=True)]
    runs = (_span_run(Span(piece, span.font), setting.style, setting.size, 0.0) for piece in pieces)
    return LINE_BREAK.join(runs)


def _set_paragraph(spans: Iterable[Span], lines: Sequence[SetLine], setting: Setting) -> WordParagraph:
    style, size = setting.style, setting.size
    spans = list(spans)
    spacing = 0.0 if style.cells else closer(spans, setting, lines)
    runs = "".join(_span_run(span, style, size, spacing) for span in spans)
    if style.align is Align.CENTRE and len(lines) > 1 and len(spans) == 1 and len(spans[0].text) <= _SHORT:
        runs = _balanced(spans[0], lines, setting)
    paragraph = WordParagraph(runs, setting.line_height, style.align)
    if style.align is not Align.CENTRE:
        paragraph.left = lines[1].indent if len(lines) > 1 else 0.0
        paragraph.first = style.first_indent * size - paragraph.left
        paragraph.first_chars = style.first_indent
    return paragraph
