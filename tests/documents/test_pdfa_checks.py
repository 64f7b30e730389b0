"""The judge of archival PDF refuses what an archive would refuse."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from reportlab.pdfgen.canvas import Canvas

from branchdesk.documents.model import Document, Paragraph
from branchdesk.documents.pdf import write_pdf
from documents.pdfa_checks import faults_of

GOOD = write_pdf(Document("试样", date(2026, 11, 21), (Paragraph("党员名册"),)))


def changed(change: Callable[[Any], None]) -> bytes:
    with pikepdf.open(io.BytesIO(GOOD)) as file:
        change(file)
        written = io.BytesIO()
        file.save(written)
        return written.getvalue()


def with_operators(operators: bytes) -> Callable[[Any], None]:
    def change(file: Any) -> None:
        file.pages[0].contents_add(file.make_stream(operators))

    return change


def fonts_of(file: Any) -> list[Any]:
    return list(file.pages[0].obj.Resources.Font.values())


def forget_embedding(file: Any) -> None:
    for font in fonts_of(file):
        del font.DescendantFonts[0].FontDescriptor["/FontFile2"]


def forget_text(file: Any) -> None:
    for font in fonts_of(file):
        del font["/ToUnicode"]


def forget_widths(file: Any) -> None:
    for font in fonts_of(file):
        font.DescendantFonts[0].DW = 500


def add_annotation(file: Any) -> None:
    file.pages[0].obj.Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))]
    )


def add_script(file: Any) -> None:
    file.Root.OpenAction = file.make_indirect(Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))


def rename(file: Any) -> None:
    file.trailer.Info.Title = String("另一个标题")


def drop(key: str) -> Callable[[Any], None]:
    def change(file: Any) -> None:
        del file.Root[key]

    return change


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (forget_embedding, "not embedded"),
        (forget_text, "no text for glyph"),
        (forget_widths, "wide, not"),
        (add_annotation, "an annotation that is not printed"),
        (add_script, "a script"),
        (rename, "/Title is"),
        (drop("/OutputIntents"), "no output intent"),
        (drop("/Lang"), "no language"),
        (drop("/Metadata"), "no XMP"),
        (with_operators(b" 0 0 0 1 k"), "the colour operator k"),
        (with_operators(b" BT /F1 9 Tf <0000> Tj ET"), "the mark for what is missing is used"),
        (with_operators(b" q"), "do not match"),
    ],
)
def test_a_fault_is_found(change: Callable[[Any], None], fault: str) -> None:
    assert any(fault in found for found in faults_of(changed(change))), faults_of(changed(change))


def test_a_good_file_has_no_fault() -> None:
    assert faults_of(GOOD) == []


def test_a_file_as_reportlab_writes_it_is_refused() -> None:
    file = io.BytesIO()
    canvas: Any = Canvas(file)
    canvas.drawString(72, 72, "Roster")
    canvas.save()
    faults = faults_of(file.getvalue())
    assert "Helvetica" in faults
    assert "no XMP" in faults
    assert "no output intent" in faults
