"""速查卡 on paper."""

from __future__ import annotations

from datetime import date

from branchdesk.documents.pdf import write_pdf
from branchdesk.reports.quick_card import QuickCard, quick_card
from documents.pdfa_checks import faults_of, text_of, without_space
from documents.recording import record

KEYS = (("Ctrl+K", "找人、找功能"), ("F8", "下一处问题"), ("Ctrl+Shift+Z", "恢复"))
TASKS = tuple((f"第{n}件事", "按顺序做，做完按确定。" * 3) for n in range(1, 6))


def card(keys: int = 1, steps: int = 1) -> QuickCard:
    tasks = tuple((task, how * steps) for task, how in TASKS)
    return QuickCard(date(2026, 11, 21), KEYS * keys, tasks, "BranchDesk 支部台账")


def test_the_card_is_one_archival_page_with_all_keys_and_tasks() -> None:
    file = write_pdf(quick_card(card()))
    assert faults_of(file) == []
    text = text_of(file)
    for words in (*sum(KEYS, ()), *sum(TASKS, ())):
        assert without_space(words) in text


def test_type_is_as_large_as_one_page_allows() -> None:
    sizes = []
    for content in (card(), card(8, 2), card(10, 5)):
        pages = record(quick_card(content))
        assert len(pages) == 1
        sizes.append(max(run.size for run in pages[0].runs if run.text == "F8"))
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == 14.0
    assert len(set(sizes)) == 3


def test_keys_are_read_down_the_left_half_first() -> None:
    (page,) = record(quick_card(card()))
    assert page.find("Ctrl+K").x < page.find("Ctrl+Shift+Z").x
    assert page.find("Ctrl+K").baseline == page.find("Ctrl+Shift+Z").baseline
    assert page.find("F8").baseline > page.find("Ctrl+K").baseline
