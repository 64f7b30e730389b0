"""The Word twin in LibreOffice: as many pages as the PDF, and every character of it.

The names of the official fonts lead to the bundled ones, with which the PDF is set.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

import pypdfium2
import pytest

from branchdesk.documents.docx import write_docx
from branchdesk.documents.model import Document
from branchdesk.documents.pdf import write_pdf
from branchdesk.paths import resource
from documents.pdfa_checks import pages_of, text_of
from documents.word_minutes import everything, minutes_document, volume

OFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this computer")

FACES = ("NotoSerifSC_400Regular", "NotoSerifSC_700Bold", "NotoSansSC_600SemiBold")
ALIASES = {"宋体": "Noto Serif SC", "黑体": "Noto Sans SC"}
# Pages that stand blank for the sake of the leaf are printed, as in our PDF.
FILTER = 'pdf:writer_pdf_Export:{"IsSkipEmptyPages":{"type":"boolean","value":"%s"}}'


def fonts_file(folder: Path) -> Path:
    """A configuration of fonts that knows the bundled ones and no other."""
    fonts = folder / "fonts"
    fonts.mkdir()
    for name in FACES:
        (fonts / f"{name}.ttf").symlink_to(resource("fonts", f"{name}.ttf"))
    aliases = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{face}</string></edit></match>'
        for name, face in ALIASES.items()
    )
    file = folder / "fonts.conf"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{escape(str(fonts))}</dir><cachedir>{escape(str(folder / 'cache'))}</cachedir>"
        f"{aliases}</fontconfig>",
        encoding="utf-8",
    )
    return file


def converted(folder: Path, documents: dict[str, Document], *, with_blank: bool) -> dict[str, bytes]:
    """The documents as LibreOffice prints their Word twins."""
    for name, document in documents.items():
        (folder / f"{name}.docx").write_bytes(write_docx(document))
    environment = {**os.environ, "HOME": str(folder), "FONTCONFIG_FILE": str(fonts_file(folder))}
    command = [
        *(str(OFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"),
        *("--convert-to", FILTER % str(not with_blank).lower(), "--outdir", str(folder)),
        *(str(folder / f"{name}.docx") for name in documents),
    ]
    subprocess.run(command, check=True, env=environment, capture_output=True, timeout=180)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in documents}


def characters(pdf: bytes) -> Counter[str]:
    """How often every character stands in a file, without spaces and the dots that lead to numbers."""
    return Counter(text_of(pdf).replace(".", "").replace("\u00ad", ""))


def compare(documents: dict[str, Document], printed: dict[str, bytes]) -> None:
    # LibreOffice draws a watermark as a shape, whose characters are no text.
    wanted = {name: write_pdf(replace(document, watermark="")) for name, document in documents.items()}
    assert {name: pages_of(pdf) for name, pdf in printed.items()} == {
        name: pages_of(pdf) for name, pdf in wanted.items()
    }
    for name, pdf in printed.items():
        assert characters(pdf) == characters(wanted[name]), name


def test_minutes_of_any_length_have_the_pages_and_the_text_of_the_pdf(tmp_path: Path) -> None:
    documents = {
        f"minutes_{passages}_{size:g}": minutes_document(passages, size)
        for passages, size in ((3, 10.5), (5, 12.0), (8, 14.0), (9, 10.5), (13, 12.0), (17, 14.0))
    }
    printed = converted(tmp_path, documents, with_blank=True)
    compare(documents, printed)
    assert pages_of(printed["minutes_17_14"]) > 6


def test_a_volume_and_every_kind_of_block_have_the_pages_and_the_text_of_the_pdf(tmp_path: Path) -> None:
    documents = {"volume": volume(both_sides=False), "everything": everything()}
    compare(documents, converted(tmp_path, documents, with_blank=False))


def test_a_volume_for_both_sides_keeps_its_blank_backs(tmp_path: Path) -> None:
    documents = {"volume": volume(both_sides=True)}
    printed = converted(tmp_path, documents, with_blank=True)
    compare(documents, printed)
    with pypdfium2.PdfDocument(printed["volume"]) as file:
        blank = [page for page in range(len(file)) if not file[page].get_textpage().get_text_range().strip()]
    assert blank
