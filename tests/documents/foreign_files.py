"""PDFs and pictures as others make them: turned, cropped, with scripts in them, encrypted or broken."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

# An arrow that points up and a square at the lower left, in units of a page of 200 by 300.
ARROW = b"0.2 w 1 0 0 rg 100 50 m 100 250 l 60 200 l 140 200 l 100 250 l S 20 20 30 30 re f 0 g"


def written(pdf: pikepdf.Pdf, **options: object) -> bytes:
    file = io.BytesIO()
    pdf.save(file, **options)  # type: ignore[arg-type]
    return file.getvalue()


def arrow_page(**entries: Any) -> Dictionary:
    """A page without its content: 200 by 300 points, to be changed by entries."""
    page = Dictionary(Type=Name.Page, MediaBox=Array([0, 0, 200, 300]))
    for key, value in entries.items():
        page[f"/{key}"] = value
    return page


def pdf_of(
    *pages: Dictionary, content: bytes = ARROW, change: Callable[[pikepdf.Pdf], None] | None = None
) -> bytes:
    """A file of pages that all draw the same."""
    with pikepdf.new() as pdf:
        for page in pages:
            page.Contents = pdf.make_stream(content)
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        if change is not None:
            change(pdf)
        return written(pdf)


def inherited_pdf() -> bytes:
    """Two pages that take box, turn and drawings from the tree above them."""
    tree = "/Type /Pages /Kids [3 0 R] /Count 2 /MediaBox [0 0 200 300] /Rotate 90"
    drawing = f"/Type /XObject /Subtype /Form /BBox [0 0 200 300] /Length {len(ARROW)}"
    content = (
        "%PDF-1.4",
        "1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj",
        f"2 0 obj << {tree} /Resources << /XObject << /A 6 0 R >> >> >> endobj",
        "3 0 obj << /Type /Pages /Parent 2 0 R /Kids [4 0 R 5 0 R] /Count 2 >> endobj",
        "4 0 obj << /Type /Page /Parent 3 0 R /Contents 7 0 R >> endobj",
        "5 0 obj << /Type /Page /Parent 3 0 R /Contents [7 0 R 7 0 R] /Rotate 0 >> endobj",
        f"6 0 obj << {drawing} >> stream\n{ARROW.decode()}\nendstream endobj",
        "7 0 obj << /Length 5 >> stream\n/A Do\nendstream endobj",
        "trailer << /Root 1 0 R >>",
        "%%EOF",
    )
    return "\n".join(content).encode("ascii")


def dangerous_pdf() -> bytes:
    """Everything that can act: scripts, links, files inside, forms, and words about the maker."""

    def arm(pdf: pikepdf.Pdf) -> None:
        script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
        launch = Dictionary(S=Name.Launch, F=String("evil.exe"))
        pdf.Root.OpenAction = script
        pdf.Root.AA = Dictionary(WC=script)
        pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=String("<xdp/>"))
        pdf.attachments["evil.exe"] = b"MZ evil"
        pdf.Root.Names.JavaScript = Dictionary(Names=Array([String("x"), script]))
        pdf.docinfo[Name.Author] = String("SECRETAUTHOR")
        page = pdf.pages[0].obj
        page.AA = Dictionary(O=launch)
        page.Metadata = pdf.make_stream(b"SECRETMETADATA")
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 200, 300]), A=launch)
        uri = Dictionary(S=Name.URI, URI=String("https://example.org/track"))
        other = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 200, 300]), A=uri)
        page.Annots = Array([pdf.make_indirect(link), pdf.make_indirect(other)])
        picture = pdf.make_stream(b"\x80", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
        picture.ColorSpace, picture.BitsPerComponent = Name.DeviceGray, 8
        picture.Metadata = pdf.make_stream(b"SECRETMETADATA")
        picture.OPI = Dictionary(F=String("evil.tif"))
        script_of_printer = pdf.make_stream(b"SECRETPRINTER", Type=Name.XObject, Subtype=Name.PS)
        page.Resources = Dictionary(
            XObject=Dictionary(P=picture, S=script_of_printer),
            Properties=Dictionary(M=Dictionary(Metadata=pdf.make_stream(b"SECRETMETADATA"))),
        )

    return pdf_of(arrow_page(), content=ARROW + b" /S Do q 9 0 0 9 150 20 cm /P Do Q", change=arm)


def chained_pdf(links: int) -> bytes:
    """A page whose drawings point to an object, which points to the next one, and so on."""

    def chain(pdf: pikepdf.Pdf) -> None:
        last = pdf.make_indirect(Dictionary())
        for _link in range(links):
            last = pdf.make_indirect(Dictionary(Next=last))
        pdf.pages[0].obj.Resources = Dictionary(ExtGState=Dictionary(G=last))

    return pdf_of(arrow_page(), change=chain)


def sealed_pdf() -> bytes:
    """A page with a seal that is a note with a picture, to be printed, and a note that is not."""

    def seal(pdf: pikepdf.Pdf) -> None:
        shown = pdf.make_stream(
            b"1 0 0 rg 0 0 40 40 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 40, 40])
        )
        notes = [
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Stamp,
                Rect=Array([left, 100, left + 40, 140]),
                F=flags,
                AP=Dictionary(N=shown),
            )
            for left, flags in ((10, 4), (150, 2))
        ]
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note) for note in notes])

    return pdf_of(arrow_page(), content=b"", change=seal)


def locked_pdf(user: str, *, may_print: bool = True) -> bytes:
    """A file that asks for a password to open it, or only to change it."""
    allow = pikepdf.Permissions(print_lowres=may_print, print_highres=may_print)
    with pikepdf.open(io.BytesIO(pdf_of(arrow_page()))) as pdf:
        return written(pdf, encryption=pikepdf.Encryption(owner="owner", user=user, allow=allow))


def picture(kind: str, size: tuple[int, int] = (60, 40), *, frames: int = 1, turned: bool = False) -> bytes:
    """A picture whose left half is red."""
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    file = io.BytesIO()
    exif = Image.Exif()
    if turned:
        exif[0x0112] = 6
    options: dict[str, object] = {"exif": exif} if turned else {}
    if frames > 1:
        options |= {"save_all": True, "append_images": [image] * (frames - 1)}
    image.save(file, kind, **options)
    return file.getvalue()
