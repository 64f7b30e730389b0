"""Saved views of a list."""

from __future__ import annotations

from branchdesk.services.views import View, remove_view, save_view, views_of
from branchdesk.storage.branch import Branch
from support.branches import reopened
from support.problems import refused

DUES = View(
    "交党费用", hidden=("education",), filters={"dues_monthly": "非空"}, sort="pinyin", descending=True
)


def test_a_view_is_kept_with_everything_and_shown_again_after_opening(branch: Branch) -> None:
    save_view(branch, "rosters", DUES)
    save_view(branch, "rosters", View(" 二组 "))
    save_view(branch, "other", View("别处"))
    assert views_of(reopened(branch), "rosters") == [DUES, View("二组")]


def test_a_view_of_the_same_name_is_replaced_and_can_be_undone(branch: Branch) -> None:
    save_view(branch, "rosters", DUES)
    changes = save_view(branch, "rosters", View("交党费用"))
    assert views_of(branch, "rosters") == [View("交党费用")]
    branch.undo(changes.seq)
    assert views_of(branch, "rosters") == [DUES]


def test_a_view_needs_a_name(branch: Branch) -> None:
    with refused("起个名字", "交党费用"):
        save_view(branch, "rosters", View("  "))


def test_a_view_is_forgotten_and_one_that_is_not_there_too(branch: Branch) -> None:
    save_view(branch, "rosters", DUES)
    assert remove_view(branch, "rosters", "交党费用")
    assert views_of(branch, "rosters") == []
    assert not remove_view(branch, "rosters", "交党费用")
