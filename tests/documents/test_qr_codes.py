"""QR codes, read back from paper."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import segno
import zxingcpp

from branchdesk.documents.model import Document, QrCode, Running
from branchdesk.documents.pdf import write_pdf
from branchdesk.documents.qr_codes import code_modules
from documents.pdfa_checks import pypdfium2

PAYLOAD = "BD1:MIN:0190f3a2-7c4e-7d11-9d3c-5a1b2c3d4e5f:2/6:77aa"


@pytest.mark.parametrize("side", [18.0, 25.0])
def test_a_code_is_read_back_from_paper_scanned_at_200_dots(side: float) -> None:
    document = Document("码", date(2026, 11, 21), (QrCode(PAYLOAD, side),), running=Running(foot=""))
    with pypdfium2.PdfDocument(write_pdf(document)) as file:
        scan: Any = file[0].render(scale=200 / 72).to_pil().convert("L")
    (found,) = zxingcpp.read_barcodes(scan)
    assert found.text == PAYLOAD


def test_the_modules_are_those_of_level_m() -> None:
    modules = code_modules(PAYLOAD)
    assert len(modules) == 33
    assert segno.make_qr(PAYLOAD, error="m", boost_error=False).error == "M"
    assert [list(row) for row in modules] == [
        list(row) for row in segno.make_qr(PAYLOAD, error="m", boost_error=False).matrix
    ]
