"""The roster as a list: filters, orders, pages, counts and remarks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from branchdesk.domain.members import EventKind
from branchdesk.domain.organisations import OrganisationKind
from branchdesk.services import members, organisations, rosters
from branchdesk.services.rosters import Place, Roster
from branchdesk.storage.branch import Branch
from support.branches import (
    FIRST_GROUP,
    SECOND_GROUP,
    SettableClock,
    add,
    add_one,
    edit,
    founded,
    groups_of,
    identity_number,
    record,
    sample_people,
)
from support.counting import statements
from support.fixtures import first_page_costs, grown_branch

__all__ = ["first_page_costs", "grown_branch"]

PEOPLE: tuple[dict[str, str], ...] = (
    {
        "name": "李明朗",
        "sex": "男",
        "born_on": "1980.6.1",
        "ethnic": "汉族",
        "education": "大学",
        "category": "正式党员",
        "admitted_on": "2010.06.29",
        "confirmed_on": "2011.6.29",
        "group": "第一党小组",
        "posts": "书记",
        "mobile": "139 0000 1111",
        "dues_monthly": "12.50",
        "floating": "否",
        "note": "50%的_备注",
        "department": "办公室",
    },
    {
        "name": "曾国强",
        "sex": "男",
        "born_on": "1986.11.21",
        "ethnic": "回族",
        "education": "大专",
        "category": "正式党员",
        "admitted_on": "2010.06",
        "confirmed_on": "2011",
        "group": "第二党小组",
        "posts": "组织委员、纪检委员",
        "mobile": "13900002222",
        "dues_monthly": "100",
        "floating": "是",
        "note": "500",
        "former_name": "曾小强",
    },
    {
        "name": "欧阳𬱖",
        "sex": "女",
        "born_on": "1986.11.22",
        "ethnic": "火星族",
        "category": "预备党员",
        "admitted_on": "2026.3.1",
        "group": "第一党小组",
        "dues_monthly": "十元",
        "note": "50x",
    },
    {"name": "王明", "born_on": "说不清", "category": "正式党员", "admitted_on": "2010"},
)


@pytest.fixture
def people(branch: Branch, the_clock: SettableClock) -> Branch:
    """A branch with four members, each odd in another way; today is 21 November 2026."""
    assert the_clock.moment.year == 2026
    add(branch, PEOPLE)
    return branch


def shown(branch: Branch, **typed: str) -> list[str]:
    """The names that are left when something is typed above columns."""
    roster = Roster(branch)
    roster.narrow(typed)
    return names(roster)


def names(roster: Roster) -> list[str]:
    """The names in the order of the list."""
    return [row.values["name"] or "" for row in roster.rows(range(len(roster)))]


LI, ZENG, OUYANG, WANG = "李明朗", "曾国强", "欧阳𬱖", "王明"


@pytest.mark.parametrize(
    ("field", "typed", "expected"),
    [
        ("name", "李", [LI]),
        ("name", "明", [LI, WANG]),
        ("name", "王明", [WANG]),
        ("name", "lml", [LI]),
        ("name", "liml", [LI]),
        ("name", "zgq", [ZENG]),
        ("name", "gq", []),
        ("name", "zeng", [ZENG]),
        ("name", "𬱖", [OUYANG]),
        ("name", "曾小强", [ZENG]),
        ("name", "%", []),
        ("name", "空", []),
        ("name", "非空", [LI, ZENG, OUYANG, WANG]),
        ("name", "=曾国强", [ZENG]),
        ("sex", "男", [LI, ZENG]),
        ("sex", "空", [WANG]),
        ("sex", "1", []),
        ("ethnic", "回", [ZENG]),
        ("ethnic", "火星", [OUYANG]),
        ("ethnic", "Hui", [ZENG]),
        ("ethnic", "0", []),
        ("education", "大", [LI, ZENG]),
        ("category", "预备", [OUYANG]),
        ("group", "二", [ZENG]),
        ("group", "党小组", [LI, ZENG, OUYANG]),
        ("group", "1", []),
        ("group", "空", [WANG]),
        ("posts", "委员", [ZENG]),
        ("posts", "纪检", [ZENG]),
        ("posts", "书记", [LI]),
        ("posts", "e", [LI, ZENG]),
        ("posts", "空", [OUYANG, WANG]),
        ("admitted_on", "2010.06", [LI, ZENG]),
        ("admitted_on", "2010", [LI, ZENG, WANG]),
        ("admitted_on", "2010/06/29", [LI]),
        ("admitted_on", ">2010", [OUYANG]),
        ("admitted_on", ">=2010", [LI, ZENG, OUYANG, WANG]),
        ("admitted_on", "<2026", [LI, ZENG, WANG]),
        ("admitted_on", "<=2010", [LI, ZENG, WANG]),
        ("admitted_on", "<=2010.6", [LI, ZENG, WANG]),
        ("admitted_on", "=2010", [LI, ZENG, WANG]),
        ("admitted_on", "=2010.6", [LI, ZENG]),
        ("admitted_on", ">2010.6.29", [OUYANG]),
        ("admitted_on", ">很久", []),
        ("born_on", ">40", [LI]),
        ("born_on", ">=40", [LI, ZENG]),
        ("born_on", "<40", [OUYANG]),
        ("born_on", "=1986", [ZENG, OUYANG]),
        ("born_on", "说不清", [WANG]),
        ("mobile", "0000", [LI, ZENG]),
        ("mobile", "139 0000 1", [LI]),
        ("mobile", "１３９", [LI, ZENG]),
        ("mobile", "非空", [LI, ZENG]),
        ("dues_monthly", "12.5", [LI]),
        ("dues_monthly", "1250", []),
        ("dues_monthly", "十元", [OUYANG]),
        ("dues_monthly", ">50", [ZENG]),
        ("dues_monthly", "<=12.50", [LI]),
        ("dues_monthly", "<5", []),
        ("dues_monthly", "=100", [ZENG]),
        ("dues_monthly", ">很多", []),
        ("dues_monthly", "空", [WANG]),
        ("floating", "是", [ZENG]),
        ("floating", "否", [LI]),
        ("note", "50%", [LI]),
        ("note", "%", [LI]),
        ("note", "_", [LI]),
        ("note", "\\", []),
        ("note", "50", [LI, ZENG, OUYANG]),
        ("note", "50X", [OUYANG]),
        ("department", "办公", [LI]),
        ("department", "", [LI, ZENG, OUYANG, WANG]),
        ("department", ">", [LI, ZENG, OUYANG, WANG]),
    ],
)
def test_what_is_typed_above_a_column_narrows_the_list(
    people: Branch, field: str, typed: str, expected: list[str]
) -> None:
    assert shown(people, **{field: typed}) == expected


def test_two_filters_narrow_together(people: Branch) -> None:
    assert shown(people, sex="男", admitted_on="=2010.6", group="一") == [LI]


def test_filters_sort_and_count_agree_with_what_is_listed(people: Branch) -> None:
    roster = Roster(people)
    for field, typed in (("name", "非空"), ("sex", "男"), ("mobile", "139"), ("posts", "空")):
        for order in (rosters.ENTERED, "name", "department", "admitted_on"):
            roster.narrow({field: typed})
            roster.sort(order)
            assert len(names(roster)) == roster.counts.total == len(roster)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (rosters.ENTERED, [LI, ZENG, OUYANG, WANG]),
        (rosters.PINYIN, [LI, OUYANG, WANG, ZENG]),
        ("name", [LI, OUYANG, WANG, ZENG]),
        (rosters.STROKES, [WANG, LI, OUYANG, ZENG]),
        (rosters.POSTS, [LI, ZENG, WANG, OUYANG]),
        ("admitted_on", [WANG, ZENG, LI, OUYANG]),
        ("department", [LI, ZENG, OUYANG, WANG]),
        ("mobile", [LI, ZENG, OUYANG, WANG]),
    ],
)
def test_the_list_is_sorted_as_clerks_expect_with_empty_values_last(
    people: Branch, order: str, expected: list[str]
) -> None:
    roster = Roster(people)
    roster.sort(order)
    assert names(roster) == expected


def test_the_other_way_round_empty_values_are_last_again(people: Branch) -> None:
    roster = Roster(people)
    roster.sort("mobile", descending=True)
    assert names(roster) == [ZENG, LI, OUYANG, WANG]
    roster.sort(rosters.PINYIN, descending=True)
    assert names(roster) == [ZENG, WANG, OUYANG, LI]
    assert roster.query.descending


def test_counts_tell_full_probationary_and_women(people: Branch) -> None:
    roster = Roster(people)
    roster.reload()
    counts = roster.counts
    assert (counts.total, counts.full, counts.probationary, counts.women) == (4, 3, 1, 1)
    roster.narrow({"mobile": "非空"})
    assert (roster.counts.total, roster.counts.full) == (2, 2)


def test_the_tree_counts_each_place_and_the_lists_of_those_who_are_away(people: Branch) -> None:
    gone = add(people, sample_people(4))
    root = organisations.root_of(people)
    record(people, gone[0], EventKind.DEPARTED, "2020.1.1")
    record(people, gone[1], EventKind.DIED, "2020.1.1")
    record(people, gone[2], EventKind.SUSPENDED, "2020.1.1")
    record(people, gone[3], EventKind.ENDED, "2020.1.1", ending="removed")
    nodes = rosters.roster_tree(people, date(2026, 11, 21))
    assert [(node.kind, node.count, node.depth) for node in nodes] == [
        ("branch", 4, 0),
        ("group", 2, 1),
        ("group", 1, 1),
        ("away", 1, 0),
        ("suspended", 1, 0),
        ("left", 1, 0),
        ("past", 2, 0),
    ]
    assert [node.label for node in nodes[:3]] == ["河西村党支部", FIRST_GROUP, SECOND_GROUP]
    for node in nodes:
        roster = Roster(people)
        roster.choose(node.place)
        assert len(roster) == node.count
        assert roster.place == node.place
    assert nodes[0].place.uid == root


def test_a_place_shows_members_of_everything_below_it(people: Branch) -> None:
    roster = Roster(people)
    roster.choose(Place(groups_of(people)[FIRST_GROUP]))
    assert names(roster) == [LI, OUYANG]


def test_a_committee_shows_the_members_of_its_branches(tmp_path: Path) -> None:
    branch = founded(tmp_path)
    root = organisations.root_of(branch)
    organisations.set_profile(branch, root, {"kind": "党委"})
    below, _changes = organisations.add_organisation(branch, root, OrganisationKind.BRANCH, "中共第二支部")
    members.add_members(branch, [{"name": "甲", "category": "正式党员"}], below)
    add_one(branch, "乙")
    roster = Roster(branch)
    roster.choose(Place(root))
    assert names(roster) == ["甲", "乙"]
    roster.choose(Place(below))
    assert names(roster) == ["甲"]


def test_only_those_with_something_to_mend_are_shown_on_request(people: Branch) -> None:
    roster = Roster(people)
    roster.reload()
    assert roster.findings == 4
    assert roster.indexes_with_findings() == [0, 1, 2, 3]
    edit(people, row_of(roster, LI), id_number=identity_number(date(1980, 6, 1), 1))
    roster.only_findings(only=True)
    assert names(roster) == [ZENG, OUYANG, WANG]
    roster.only_findings(only=False)
    assert roster.indexes_with_findings() == [1, 2, 3]


def row_of(roster: Roster, name: str) -> str:
    """The uid of the member with a name."""
    return next(row.uid for row in roster.rows(range(len(roster))) if row.values["name"] == name)


def test_remarks_name_the_other_member_with_the_same_number_and_stop_when_it_is_mended(
    people: Branch,
) -> None:
    number = identity_number(date(1980, 6, 1), 1)
    roster = Roster(people)
    roster.reload()
    for name in (LI, ZENG, OUYANG):
        edit(people, row_of(roster, name), id_number=number)
    roster.reload()
    first = roster.row(0)
    assert first is not None
    said = [finding.sentence for finding in roster.remarks(first)]
    assert "与 曾国强、欧阳𬱖 的身份证号相同，请核对是不是同一个人。" in said
    for name in (ZENG, OUYANG):
        edit(people, row_of(roster, name), id_number="")
    edit(people, row_of(roster, LI), sex="女")
    roster.reload()
    first = roster.row(0)
    assert first is not None
    said = [finding.sentence for finding in roster.remarks(first)]
    assert said
    assert not any("相同" in sentence for sentence in said)


def test_a_member_without_remarks_has_none(people: Branch) -> None:
    roster = Roster(people)
    roster.reload()
    edit(people, row_of(roster, LI), id_number=identity_number(date(1980, 6, 1), 1))
    roster.reload()
    first = roster.row(0)
    assert first is not None
    assert roster.remarks(first) == []


def test_after_a_change_the_same_members_keep_their_places(people: Branch) -> None:
    roster = Roster(people)
    roster.sort(rosters.PINYIN)
    edit(people, row_of(roster, LI), name="周明朗")
    assert roster.refresh()
    assert names(roster) == ["周明朗", OUYANG, WANG, ZENG]
    add_one(people, "安然")
    assert not roster.refresh()
    assert names(roster)[0] == "安然"


# ---- large lists


def test_opening_a_roster_takes_the_same_statements_and_steps_however_many_members_there_are(
    first_page_costs: dict[int, dict[str, int]],
) -> None:
    small, middle, large = first_page_costs.values()
    assert small["statements"] == middle["statements"] == large["statements"] <= 20
    for order, steps in large.items():
        assert steps <= small[order] + 2, f"the first page sorted by {order} must not read the whole roster"


def test_rows_far_down_the_list_are_read_when_they_are_looked_at(grown_branch: Branch) -> None:
    roster = Roster(grown_branch)
    roster.reload()
    assert len(roster) == 10_000
    with statements(grown_branch) as sent:
        near = roster.row(99)
    assert near is not None
    assert len(sent) <= 3
    far = roster.row(9_950)
    assert far is not None
    assert far.rid == 9_951
    assert roster.index(far.rid) == 9_950
    assert roster.index(10_001) is None
    assert roster.rid(10_000 - 1) == 10_000
    with pytest.raises(IndexError):
        roster.rid(10_000)


def test_a_member_beyond_the_first_page_is_found_in_the_list(grown_branch: Branch) -> None:
    roster = Roster(grown_branch)
    roster.reload()
    assert roster.index(5_000) == 4_999


def test_scrolling_through_everything_keeps_a_bounded_number_of_rows(grown_branch: Branch) -> None:
    roster = Roster(grown_branch)
    roster.reload()
    for index in range(0, 10_000, 100):
        assert roster.row(index) is not None
    assert len(roster._rows) <= 2000
    many = roster.rows(range(0, 10_000, 25))
    assert [row.rid for row in many[:3]] == [1, 26, 51]
    assert len(many) == 400


def test_a_member_who_vanished_since_the_list_was_made_is_left_out(people: Branch) -> None:
    roster = Roster(people)
    roster.reload()
    members.move_to_bin(people, [row_of(roster, LI)], "")
    roster._rows.clear()
    assert roster.row(0) is None
    assert [row.values["name"] for row in roster.rows([0, 1])] == [ZENG]


def test_refreshing_a_long_list_that_was_read_to_its_end_keeps_its_places(grown_branch: Branch) -> None:
    roster = Roster(grown_branch)
    roster.reload()
    last = roster.row(9_999)
    assert last is not None
    edit(grown_branch, last.uid, note="新")
    assert roster.refresh()
    again = roster.row(9_999)
    assert again is not None
    assert again.values["note"] == "新"
