"""The package of a Word document: its fixed parts, its pictures, and a zip file without a clock."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from xml.sax.saxutils import escape

from branchdesk.documents.docx_text import STANDING, SUBSTITUTES, line_twips, run_properties, twips
from branchdesk.documents.fonts import printable
from branchdesk.documents.model import Document, Font, PageStyle
from branchdesk.documents.paragraphs import HEADINGS

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_OPC = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_OFFICE}/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the first that a zip file knows
_SUFFIXES = {"png": "image/png", "jpeg": "image/jpeg"}


class WordPackage:
    """The parts of a document as they come; `pack` gives the file."""

    def __init__(self) -> None:
        self._parts: dict[str, bytes] = {}
        self._kinds: list[tuple[str, str]] = []  # part, content type
        self._links: list[str] = []
        self._media: dict[bytes, str] = {}

    def _link(self, kind: str, target: str) -> str:
        name = f"rId{len(self._links) + 1}"
        self._links.append(
            f'<Relationship Id="{name}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
        )
        return name

    def add(self, kind: str, name: str, xml: str) -> str:
        """Add a part beside the text and return the name by which the text refers to it."""
        self._parts[f"word/{name}"] = (_HEAD + xml).encode("utf-8")
        self._kinds.append((f"/word/{name}", f"{_WORD}.{kind}+xml"))
        return self._link(kind, name)

    def add_picture(self, suffix: str, content: bytes) -> str:
        """Add a picture once and return the name by which the text refers to it."""
        if content not in self._media:
            name = f"media/picture{len(self._media) + 1}.{suffix}"
            self._parts[f"word/{name}"] = content
            self._media[content] = self._link("image", name)
        return self._media[content]

    def pack(self, document: Document, body: str) -> bytes:
        """The file. Equal content gives equal bytes, whenever it is written."""
        links = f'<Relationships xmlns="{_OPC}/relationships">{{}}</Relationships>'
        parts = {
            "[Content_Types].xml": _content_types(self._kinds),
            "_rels/.rels": links.format(_PACKAGE_LINKS),
            "docProps/core.xml": _core(document),
            "docProps/app.xml": _APP,
            "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": links.format("".join(self._links)),
        }
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            written = {name: (_HEAD + xml).encode("utf-8") for name, xml in parts.items()}
            for name, content in (written | self._parts).items():
                entry = zipfile.ZipInfo(name, _MOMENT)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o600 << 16
                entry.create_system = 3  # else the system of this machine would be noted
                archive.writestr(entry, content)
        return file.getvalue()


_PACKAGE_LINKS = (
    f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_OPC}/relationships/metadata/core-properties"'
    ' Target="docProps/core.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/relationships/extended-properties" Target="docProps/app.xml"/>'
)
_APP = f'<Properties xmlns="{_OFFICE}/extended-properties"><Application>BranchDesk</Application></Properties>'


def _content_types(kinds: list[tuple[str, str]]) -> str:
    fixed = [
        ("/word/document.xml", f"{_WORD}.document.main+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
    ]
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        **_SUFFIXES,
    }
    return (
        f'<Types xmlns="{_OPC}/content-types">'
        + "".join(
            f'<Default Extension="{suffix}" ContentType="{kind}"/>' for suffix, kind in defaults.items()
        )
        + "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in fixed + kinds)
        + "</Types>"
    )


def _core(document: Document) -> str:
    """Title, author and the date of the document, never that of the writing."""
    author = escape(printable(document.author) or "BranchDesk")
    moment = _moment(document.made_on)
    return (
        f'<cp:coreProperties xmlns:cp="{_OPC}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(printable(document.title))}</dc:title><dc:creator>{author}</dc:creator>"
        f"<dc:language>{escape(document.language)}</dc:language>"
        f"<cp:lastModifiedBy>{author}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>'
    )


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def add_fixed_parts(package: WordPackage, page: PageStyle, language: str, *, two_sided: bool) -> None:
    """Add styles, settings and the table of fonts; `two_sided` gives even pages margins of their own."""
    package.add("styles", "styles.xml", f"<w:styles {NAMESPACES}>{_styles(language)}</w:styles>")
    compat = (
        '<w:compat><w:compatSetting w:name="compatibilityMode"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    )
    settings = (
        ("<w:mirrorMargins/>" if page.mirrored else "")
        + '<w:defaultTabStop w:val="420"/>'
        + ("<w:evenAndOddHeaders/>" if two_sided else "")
        + f'<w:characterSpacingControl w:val="compressPunctuation"/>{compat}'
    )
    package.add("settings", "settings.xml", f"<w:settings {NAMESPACES}>{settings}</w:settings>")
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for (name, other), family in zip(SUBSTITUTES.items(), ("roman", "swiss"), strict=True)
    )
    package.add("fontTable", "fontTable.xml", f"<w:fonts {NAMESPACES}>{fonts}</w:fonts>")


def _styles(language: str) -> str:
    """The defaults, 正文 and the four headings, which the outline of a program shows."""
    plain = run_properties(Font.BODY, 10.5)
    spoken = plain.replace("</w:rPr>", f'<w:lang w:val="en-US" w:eastAsia="{escape(language)}"/></w:rPr>')
    defaults = (
        f"<w:docDefaults><w:rPrDefault>{spoken}</w:rPrDefault>"
        f"<w:pPrDefault><w:pPr><w:widowControl/>{STANDING}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:pPr><w:widowControl/>{STANDING}</w:pPr>{plain}</w:style>"
    )
    table = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    )
    found = [defaults, normal, table]
    for level, style in enumerate(HEADINGS, start=1):
        line = line_twips(style.size * style.leading)
        found.append(
            f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
            '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/>'
            f'<w:spacing w:before="{twips(style.before)}" w:after="{twips(style.after)}" w:line="{line}"'
            f' w:lineRule="exact"/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
            f"{run_properties(style.font, style.size)}</w:style>"
        )
    return "".join(found)
