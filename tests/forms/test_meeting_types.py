"""The field types that minutes need: times, people, organisations, hours, own choices, bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from branchdesk.findings import Severity
from branchdesk.forms.dictionaries import Dictionary, Entry, shipped_dictionaries
from branchdesk.forms.field_types import FIELD_TYPES, Surroundings
from branchdesk.forms.fields import Field
from branchdesk.forms.person_refs import PersonRef, read_people, write_people
from branchdesk.forms.person_types import name_of

TODAY = date(2026, 11, 21)
UID = "0190c1b2a3d47e5f8a9b0c1d2e3f4a5b"
PEOPLE = (
    Entry("m1", "王明"),
    Entry("m2", "李明（第一党小组）"),
    Entry("m3", "李明（第二党小组）"),
    Entry("m4", "李敏"),
    Entry("m5", "买买提·阿依古丽"),
)
PLAIN = Dictionary("member", "党员", "Members", "", "", open=False, entries=PEOPLE)
BRANCHES = replace(PLAIN, entries=(Entry("o1", "东街党支部", aliases=("中共东街支部委员会",)),))
VOCABULARY: Mapping[str, Dictionary] = {
    **shipped_dictionaries(),
    "member": PLAIN,
    "organisation": BRANCHES,
}
AROUND = Surroundings(VOCABULARY, TODAY)
STRANGER = Surroundings(shipped_dictionaries(), TODAY)


def field_of(type_name: str, **more: Any) -> Field:
    return replace(Field("f", FIELD_TYPES[type_name], "栏", "Field", "basic"), **more)


def stored(field: Field, text: str, around: Surroundings = AROUND) -> str | None:
    return field.type.read(field, text, around).value


def said(field: Field, value: str, around: Surroundings = AROUND) -> list[tuple[str, Severity, str]]:
    found = field.type.check(field, value, around)
    assert all(finding.field == field.id for finding in found)
    return [(finding.code, finding.severity, finding.sentence) for finding in found]


@pytest.mark.parametrize(
    ("type_name", "text", "value", "shown", "spelled"),
    [
        (
            "time_span",
            "11月19日下午3点至4点40分",
            "2026-11-19T15:00/16:40",
            "2026.11.19 15:00–16:40",
            "2026年11月19日 15:00—16:40",
        ),
        ("time_span", "2026.11.19", "2026-11-19", "2026.11.19", "2026年11月19日"),
        ("member", "王明", "王明@m1", "王明", "王明"),
        ("member", "王　明", "王明@m1", "王明", "王明"),
        ("member", "m1", "王明@m1", "王明", "王明"),
        ("member", "王明@m1", "王明@m1", "王明", "王明"),
        ("member", f"张三@{UID}", f"张三@{UID}", "张三", "张三"),
        ("member", "李明（第二党小组）", "李明@m3", "李明", "李明"),
        ("member", "李明(第二党小组)", "李明@m3", "李明", "李明"),
        ("member", "买买提.阿依古丽", "买买提·阿依古丽@m5", "买买提·阿依古丽", "买买提·阿依古丽"),
        ("members", "王明，李敏", "王明@m1、李敏@m4", "王明、李敏", "王明、李敏"),
        ("members", "王明 李敏", "王明@m1、李敏@m4", "王明、李敏", "王明、李敏"),
        ("members", "李　敏；王明\n王明", "李敏@m4、王明@m1", "李敏、王明", "李敏、王明"),
        ("members", "王明、、李明（第一党小组）", "王明@m1、李明@m2", "王明、李明", "王明、李明"),
        ("organisation", "中共东街支部委员会", "o1", "东街党支部", "东街党支部"),
        ("hours", "1.50 学时", "1.5", "1.5", "1.5"),
        ("hours", "２个小时", "2", "2", "2"),
        ("hours", "100", "100", "100", "100"),
        ("hours", "0.25h", "0.25", "0.25", "0.25"),
        ("date", "2026.1.5", "2026-01-05", "2026.01.05", "2026年1月5日"),
        ("text", "三楼会议室", "三楼会议室", "三楼会议室", "三楼会议室"),
    ],
)
def test_what_is_typed_is_stored_shown_and_spelled(
    type_name: str, text: str, value: str, shown: str, spelled: str
) -> None:
    field, typed = field_of(type_name), replace(AROUND, typed=True)
    assert stored(field, text, typed) == value
    assert said(field, value) == []
    assert field.type.show(field, value, VOCABULARY) == shown
    assert field.type.spelled(field, value, VOCABULARY) == spelled
    assert stored(field, value) == value, "a stored value reads back as itself"


@pytest.mark.parametrize(
    ("type_name", "text", "value", "code", "severity", "sentence"),
    [
        (
            "time_span",
            "2026.11.19 16:40-15:00",
            "2026-11-19T16:40/15:00",
            "time_span_order",
            Severity.ERROR,
            "结束时间 15:00 不在开始时间 16:40 之后。",
        ),
        (
            "time_span",
            "2026.11.19 15:00-15:00",
            "2026-11-19T15:00/15:00",
            "time_span_order",
            Severity.ERROR,
            "结束时间 15:00 不在开始时间 15:00 之后。",
        ),
        ("time_span", "2026.11", "2026-11", "time_span", Severity.ERROR, "没有写是哪一天，请补上日期。"),
        ("time_span", "2026.2.30", "2026.2.30", "time_span", Severity.ERROR, "2026 年 2 月没有 30 日。"),
        (
            "time_span",
            "2026.11.22 15:00",
            "2026-11-22T15:00",
            "future",
            Severity.WARN,
            "2026.11.22 还没有到，请核对。",
        ),
        (
            "time_span",
            "2026.11.19 3点-4点40分",
            "2026-11-19T03:00/04:40",
            "before_dawn",
            Severity.WARN,
            "03:00 是凌晨，请核对是不是下午。",
        ),
        (
            "member",
            "张三",
            "张三",
            "not_in_roster",
            Severity.WARN,
            "党员名册里没有“张三”，只记下姓名，请核对。",
        ),
        (
            "member",
            "李明",
            "李明",
            "not_in_roster",
            Severity.WARN,
            "叫“李明”的有 2 人（李明（第一党小组）、李明（第二党小组）），请选一人。",
        ),
        (
            "member",
            "王明、李敏",
            "王明@m1、李敏@m4",
            "one_person",
            Severity.WARN,
            "这里只填一个人，写了 2 个。",
        ),
        (
            "members",
            "王明 张三",
            "王明@m1、张三",
            "not_in_roster",
            Severity.WARN,
            "党员名册里没有“张三”，只记下姓名，请核对。",
        ),
        (
            "member",
            "王明@x",
            "王明＠x",
            "not_in_roster",
            Severity.WARN,
            "党员名册里没有“王明＠x”，只记下姓名，请核对。",
        ),
        (
            "organisation",
            "西街党支部",
            "西街党支部",
            "unknown_word",
            Severity.ERROR,
            "“西街党支部”不在可选的内容里，可以选 东街党支部 等。",
        ),
        ("hours", "一个半", "一个半", "hours", Severity.ERROR, "“一个半”不是小时数，请写成 1.5。"),
        ("hours", "1.555", "1.555", "hours", Severity.ERROR, "“1.555”不是小时数，请写成 1.5。"),
    ],
)
def test_what_is_doubtful_is_kept_and_explained(
    type_name: str, text: str, value: str, code: str, severity: Severity, sentence: str
) -> None:
    field = field_of(type_name)
    assert stored(field, text) == value
    assert said(field, value) == [(code, severity, sentence)]


def test_the_time_of_a_planned_meeting_may_lie_ahead() -> None:
    assert said(field_of("time_span", future=True), "2026-12-03T15:00") == []


def test_a_time_without_its_year_is_taken_with_a_doubt() -> None:
    field = field_of("time_span")
    reading = field.type.read(field, "11月19日 15:00", replace(AROUND, typed=True))
    assert [(one.code, one.severity) for one in reading.findings] == [("date_doubt", Severity.WARN)]


def test_a_stored_time_in_another_form_asks_to_be_typed_again() -> None:
    assert said(field_of("time_span"), "2026.11.19 15:00") == [
        ("time_span", Severity.ERROR, "请重新输入这个时间。")
    ]


def test_half_a_time_is_shown_and_spelled_as_far_as_it_is_known() -> None:
    field = field_of("time_span")
    assert (field.type.show(field, "2026-11", {}), field.type.spelled(field, "2026-11", {})) == (
        "2026.11",
        "2026年11月",
    )
    assert (field.type.show(field, "周四", {}), field.type.spelled(field, "周四", {})) == ("周四", "周四")
    assert (field.type.show(field, None, {}), field.type.spelled(field, None, {})) == ("", "")


def test_a_date_that_was_not_understood_is_spelled_as_typed() -> None:
    field = field_of("date")
    assert (field.type.spelled(field, "不详", {}), field.type.spelled(field, None, {})) == ("不详", "")


def test_without_a_roster_names_are_kept_and_nothing_is_said() -> None:
    field = field_of("members")
    assert stored(field, "王明、李明", STRANGER) == "王明、李明"
    assert said(field, "王明、李明", STRANGER) == []
    assert stored(field, f"王明@{UID}", STRANGER) == f"王明@{UID}"


def test_a_name_that_the_roster_came_to_know_later_asks_to_be_chosen_again() -> None:
    assert said(field_of("member"), "王明") == [
        ("not_in_roster", Severity.WARN, "“王明”还没有对上党员名册里的人，请重新选一次。")
    ]


def test_text_that_names_nobody_is_kept() -> None:
    field = field_of("members")
    assert stored(field, "、") == "、"
    assert field.type.show(field, "、", VOCABULARY) == "、"


def test_people_are_read_and_written() -> None:
    people = (PersonRef("王明", "m1"), PersonRef("张三"))
    assert write_people(people) == "王明@m1、张三"
    assert read_people("王明@m1、张三") == people
    assert read_people("王明@ 、@m1、") == (PersonRef("王明"),)
    assert read_people(None) == ()
    assert [name_of(entry) for entry in PEOPLE[:2]] == ["王明", "李明"]


def test_what_is_worked_out_or_signed_or_attached_is_not_stored() -> None:
    assert {name for name, kind in FIELD_TYPES.items() if not kind.is_stored} == {
        "attachments",
        "signature",
        "computed",
        "indicator",
    }


OWN = (Entry("good", "好", "Good"), Entry("fair", "一般", "Fair"))


def test_a_field_may_have_choices_of_its_own() -> None:
    one, several = field_of("choice", choices=OWN), field_of("choices", choices=OWN)
    assert (stored(one, "好"), stored(several, "一般、好")) == ("good", "good fair")
    assert (one.type.show(one, "fair", {}), several.type.show(several, "good fair", {})) == (
        "一般",
        "好、一般",
    )
    assert said(one, "坏") == [("unknown_word", Severity.ERROR, "“坏”不在可选的内容里，可以选 好、一般 等。")]
    assert said(several, "good 坏")[0][0] == "unknown_word"


@pytest.mark.parametrize(
    ("type_name", "value", "sentences"),
    [
        ("number", "2", ["不能小于 3。"]),
        ("number", "3", []),
        ("number", "10", []),
        ("number", "11", ["不能大于 10。"]),
        ("money", "299分", ["不能小于 3。"]),
        ("money", "300分", []),
        ("money", "1001分", ["不能大于 10。"]),
        ("hours", "2.5", ["不能小于 3。"]),
        ("hours", "10.5", ["不能大于 10。"]),
        ("hours", "10", []),
    ],
)
def test_numbers_keep_within_the_bounds_of_the_form(type_name: str, value: str, sentences: list[str]) -> None:
    field = field_of(type_name, least=3, most=10)
    assert [sentence for _code, _severity, sentence in said(field, value)] == sentences
    assert said(field_of(type_name), value) == []
