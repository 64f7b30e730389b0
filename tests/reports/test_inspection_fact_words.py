"""What the records answer, on paper: short, tight, days spelled, and never another meaning."""

from __future__ import annotations

from decimal import Decimal

import pytest

from branchdesk.domain.inspections.model import Answer, Fact
from branchdesk.reports.inspections.explanation import explanation_document
from branchdesk.reports.inspections.fact_words import days_spelled, fact_words, tight
from branchdesk.reports.inspections.sheet import sheet_document
from branchdesk.reports.inspections.summary import summary_document
from reports.golden_texts import told
from reports.inspection_sheets import FACTS, confirmed, quarter, tiny

PERIOD = "2026年第三季度"


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        (f"{PERIOD}支部党员大会应有 1 次，已有 1 次，没有缺次。", "支部党员大会应有1次，已有1次，没有缺次。"),
        (f"{PERIOD} 14 次会议应到 199 人次，到会率 90.5%。", "14次会议应到199人次，到会率90.5%。"),
        (f"{PERIOD}以前没有留下要整改的问题。", f"{PERIOD}以前没有留下要整改的问题。"),
        ("2026 年书记讲党课 3 次，应不少于 1 次。", "2026年书记讲党课3次，应不少于1次。"),
        ("2026.09.30 班子成员 5 人，没有缺位。", "2026年9月30日班子成员5人，没有缺位。"),
        (
            "本届任期到 2027.05.20 届满，2026.09.30 在任期内。",
            "本届任期到2027年5月20日届满，2026年9月30日在任期内。",
        ),
        (f"{PERIOD}缺 1 次：10月。本期还没有结束，算到 2026.11.21。", "缺1次：10月。"),
        (PERIOD, PERIOD),
        ("", ""),
    ],
)
def test_a_fact_says_on_paper_what_it_says_on_the_window(said: str, printed: str) -> None:
    assert fact_words(said, PERIOD) == printed


def test_figures_beside_latin_words_and_figures_keep_their_spaces() -> None:
    assert tight("按 8 ÷ 9 × 10 折算，见 GB 9704 第 5 条") == "按8 ÷ 9 × 10折算，见 GB 9704第5条"


def test_what_only_looks_like_a_day_stays() -> None:
    assert days_spelled("版本 12026.09.30 和 2026.13.01") == "版本 12026.09.30 和 2026.13.01"


def test_a_running_period_says_once_up_to_which_day_it_was_counted() -> None:
    assert quarter().counted_until() == ""
    so_far = "本季度应开支委会 3 次，已开 1 次。本期还没有结束，算到 2026.08.21。"
    facts = {name: Fact(name, Decimal(0), so_far) for name in FACTS}
    answers = {line: Answer(self_check=confirmed(line)) for line in ("meet", "rate")}
    running = tiny(answers, facts=facts)
    assert running.counted_until() == "2026年8月21日"
    for paper in (sheet_document, explanation_document, summary_document):
        text = told(paper(running))
        assert text.count("本期还没有结束，自动取数算到2026年8月21日。") == 1
        assert text.count("2026年8月21日") == 1
    assert "自动：本季度应开支委会3次，已开1次" in told(sheet_document(running))
