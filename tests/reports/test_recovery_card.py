"""恢复卡 on paper."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import zxingcpp

from branchdesk.documents.model import A5_PORTRAIT, Font, PageStyle
from branchdesk.documents.pdf import write_pdf
from branchdesk.reports.recovery_card import A4_CARD, RecoveryCard, recovery_card
from documents.pdfa_checks import faults_of, pypdfium2
from documents.recording import record

KEY = "7K2MN-0QRST-9VWXY-ZA1B2-C3D4E-F5G6H-J7K8"
CARD = RecoveryCard("中国共产党阳光区机关第一支部委员会", KEY, date(2026, 11, 21), "2026年11月21日", "张三")


@pytest.mark.parametrize("page", [A5_PORTRAIT, A4_CARD])
def test_the_card_is_one_archival_page(page: PageStyle) -> None:
    file = write_pdf(recovery_card(CARD, page))
    assert faults_of(file) == []
    (drawn,) = record(recovery_card(CARD, page))
    assert max(run.baseline for run in drawn.runs) < drawn.height - 12


def test_the_key_is_printed_in_seven_numbered_groups_sign_by_sign() -> None:
    (page,) = record(recovery_card(CARD))
    signs = [run for run in page.runs if run.size == 21.0]
    assert "".join(run.text for run in signs) == KEY.replace("-", "")
    assert {run.font for run in signs} == {Font.LABEL}
    assert [run.text for run in page.runs if run.text.isdigit() and run.size == 9.0] == list("1234567")


def test_the_code_is_read_back_as_the_key() -> None:
    with pypdfium2.PdfDocument(write_pdf(recovery_card(CARD))) as file:
        scan: Any = file[0].render(scale=200 / 72).to_pil().convert("L")
    (found,) = zxingcpp.read_barcodes(scan)
    assert found.text == KEY


def test_the_card_says_whose_it_is_and_what_to_do_with_it() -> None:
    (page,) = record(recovery_card(CARD))
    text = "".join(page.texts())
    for words in (
        "恢　复　卡",
        CARD.branch,
        "2026年11月21日",
        "装入信封",
        "党组织书记保管",
        "旧卡作废",
        "保管人（书记）：",
        "张三",
    ):
        assert words in text


def test_a_long_name_of_a_branch_stays_on_the_card() -> None:
    long = "中国共产党某某省某某市阳光区经济和信息化委员会机关及直属企业事业单位离退休干部第十二支部委员会"
    card = RecoveryCard(long, KEY, date(2026, 11, 21), "2026年11月21日")
    (page,) = record(recovery_card(card))
    edge = A5_PORTRAIT.width / 25.4 * 72
    assert all(run.right <= edge - 30 for run in page.runs)
    assert "制卡：" not in "".join(page.texts())
