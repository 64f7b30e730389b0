"""The short name that a full name suggests."""

from __future__ import annotations

import pytest

from branchdesk.domain.short_names import proposed_short_name


@pytest.mark.parametrize(
    ("full_name", "short_name"),
    [
        ("中共滨江市经济信息中心支部委员会", "滨江市经济信息中心支部"),
        ("中国共产党青石镇河西村支部委员会", "青石镇河西村支部"),
        ("中共青石镇河西村总支部委员会", "青石镇河西村党总支"),
        ("中共青石镇委员会", "青石镇党委"),
        ("滨江大学研究生第二联合支部委员会", "滨江大学研究生第二联合支部"),
        ("中共滨江市财政局机关党支部", "滨江市财政局机关党支部"),
        # while it is being typed
        ("", ""),
        (" 中共 ", ""),
        ("中共委员会", ""),
        ("中共滨江", "滨江"),
    ],
)
def test_beginning_and_ending_of_the_full_name_are_left_out(full_name: str, short_name: str) -> None:
    assert proposed_short_name(full_name) == short_name
