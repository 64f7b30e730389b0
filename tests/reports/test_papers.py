"""What the papers of a branch take from its file."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from branchdesk.documents.model import Document, Table
from branchdesk.domain.organisations import OrganisationKind
from branchdesk.reports.papers import RosterChoice, roster_paper, roster_workbook, unfilled_boxes
from branchdesk.services import members, organisations
from branchdesk.services.branches import Founding, found_branch
from branchdesk.storage.branch import Branch
from support.branches import CLERK, FIRST_GROUP, PASSWORD, add_one


def labels(document: Document) -> list[str]:
    """The heads of the columns of the only table."""
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    return [column.label for column in table.columns]


def cells(document: Document, label: str) -> list[str]:
    """What stands in a column of the only table."""
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    place = labels(document).index(label)
    return [row[place] for row in table.rows]


def test_the_boxes_left_empty_are_told_by_member(branch: Branch) -> None:
    bare = add_one(branch, "李明", category="预备党员", admitted_on="2025.7.1")
    found = unfilled_boxes(branch, [bare])
    assert [(one.uid, one.name) for one in found] == [(bare, "李明")]
    assert {"身份证号码", "民族", "出生年月", "家庭住址", "个人简历"} <= set(found[0].labels)
    assert not {"姓名", "人员类别", "入党时间", "转正时间", "曾用名", "备注"} & set(found[0].labels)


def test_who_is_in_the_recycle_bin_has_no_boxes(branch: Branch) -> None:
    gone = add_one(branch, "李明")
    members.move_to_bin(branch, [gone], "")
    assert unfilled_boxes(branch, [gone]) == []


def test_the_roster_of_one_branch_names_its_groups_only(branch: Branch) -> None:
    add_one(branch, "李明", group=FIRST_GROUP)
    document = roster_paper(branch, RosterChoice())
    assert "所在党支部" not in labels(document)
    assert cells(document, "党小组") == [FIRST_GROUP]


# ---- a committee with its branches


@pytest.fixture
def committee(tmp_path: Path) -> Branch:
    """A committee with two branches and a member in each."""
    founding = Founding("中共青石镇委员会", "青石镇党委", "committee")
    branch, _card = found_branch(tmp_path / "committee", founding, CLERK, PASSWORD)
    root = organisations.root_of(branch)
    for name, member in (("河西村党支部", "李明"), ("河东村党支部", "王芳")):
        uid, _changes = organisations.add_organisation(branch, root, OrganisationKind.BRANCH, name)
        members.add_members(branch, [{"name": member, "admitted_on": "2001.7.1"}], uid)
    return branch


def test_the_roster_of_several_branches_names_the_branch_before_the_group(committee: Branch) -> None:
    document = roster_paper(committee, RosterChoice(order="pinyin"))
    heads = labels(document)
    assert heads[heads.index("所在党支部") + 1] == "党小组"
    assert cells(document, "所在党支部") == ["河西村党支部", "河东村党支部"]
    book = openpyxl.load_workbook(io.BytesIO(roster_workbook(committee, RosterChoice(order="pinyin"))))
    said = [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
    assert {"所在党支部", "河西村党支部", "河东村党支部"} <= set(said)


def test_the_roster_of_one_of_the_branches_needs_no_such_column(committee: Branch) -> None:
    tree = organisations.organisation_tree(committee)
    place = tree.children(tree.roots()[0].organisation)[1].organisation
    document = roster_paper(committee, RosterChoice(place))
    assert "所在党支部" not in labels(document)
    assert cells(document, "姓名") == ["王　芳"]


def test_a_column_of_organisations_that_was_asked_for_is_not_doubled(committee: Branch) -> None:
    document = roster_paper(committee, RosterChoice(columns=("name", "organisation")))
    assert labels(document) == ["序号", "姓名", "所在党组织"]
