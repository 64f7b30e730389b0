"""Checks of minutes on time and texts: leftovers, copies, gaps, open items, late entries (H16, H18)."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchdesk.domain.meetings.about_texts import (
    agenda_has_content,
    decisions_have_owner,
    no_leftover_marks,
    no_other_branch,
    no_other_month,
    not_copied,
    open_items_answered,
    percent_equal,
)
from branchdesk.domain.meetings.about_time import date_in_term, date_not_future, is_late, late_entry
from branchdesk.domain.meetings.model import Line, Meeting, Passage
from branchdesk.findings import Severity
from branchdesk.partial_dates import PartialDate
from domain.meetings.making import agenda, context, decision, meeting, said, sentences, vote, with_values

# ---- time


@pytest.mark.parametrize(
    ("on", "severity", "said"),
    [
        (None, Severity.ERROR, "没有填会议时间，请补填。"),
        (
            PartialDate(2026, 11, 22),
            Severity.ERROR,
            "会议时间 2026.11.22 还没有到（今天是 2026.11.21），请核对。",
        ),
        (PartialDate(2026, 12), Severity.ERROR, "会议时间 2026.12 还没有到（今天是 2026.11.21），请核对。"),
        (PartialDate(2026, 11), Severity.WARN, "会议时间只填到 2026.11，请补填到日。"),
        (PartialDate(2026, 11, 21), None, ""),
    ],
)
def test_a_meeting_has_a_day_that_has_come(
    on: PartialDate | None, severity: Severity | None, said: str
) -> None:
    found = date_not_future(meeting(on=on), context())
    assert [(one.severity, one.sentence, one.field) for one in found] == (
        [(severity, said, "when")] if severity else []
    )


@pytest.mark.parametrize(
    ("on", "term", "severity"),
    [
        (PartialDate(2026, 11, 19), (None, None), None),
        (PartialDate(2026, 11, 19), (date(2026, 11, 19), date(2026, 11, 19)), None),
        (PartialDate(2026, 11, 19), (date(2026, 11, 20), None), Severity.ERROR),
        (PartialDate(2026, 11), (date(2026, 11, 20), None), None),
        (PartialDate(2026, 11, 19), (None, date(2026, 11, 18)), Severity.WARN),
        (PartialDate(2026, 11), (None, date(2026, 11, 18)), None),
        (None, (date(2030, 1, 1), None), None),
    ],
)
def test_a_meeting_lies_in_the_term(
    on: PartialDate | None, term: tuple[date | None, date | None], severity: Severity | None
) -> None:
    found = date_in_term(meeting(on=on), context(term=term))
    assert [one.severity for one in found] == ([severity] if severity else [])


def test_what_lies_outside_the_term_is_said_with_both_days() -> None:
    before = date_in_term(meeting(), context(term=(date(2026, 12, 1), None)))
    assert sentences(before) == [
        "会议时间 2026.11.19 早于本届任期开始的 2026.12.01，请核对；补录上一届的会议，请先登记那一届的任期。"
    ]
    after = date_in_term(meeting(), context(term=(date(2023, 1, 1), date(2026, 1, 1))))
    assert sentences(after) == [
        "会议时间 2026.11.19 晚于本届任期届满的 2026.01.01，请核对；已换届或批准延期的，请先登记新的任期。"
    ]


@pytest.mark.parametrize(
    ("on", "entered", "late"),
    [
        (PartialDate(2026, 11, 19), "2026-11-26", False),
        (PartialDate(2026, 11, 19), "2026-11-27", True),
        (PartialDate(2026, 11, 19), "2026-11-01", False),
        (PartialDate(2026, 10), "2026-11-07", False),
        (PartialDate(2026, 10), "2026-11-08", True),
        (None, "2026-11-27", False),
        (PartialDate(2026, 11, 19), "", False),
    ],
)
def test_what_was_entered_more_than_a_week_later_is_a_late_entry(
    on: PartialDate | None, entered: str, *, late: bool
) -> None:
    one = meeting(on=on, entered_on=entered)
    assert is_late(one, context()) is late
    assert [found.severity for found in late_entry(one, context())] == ([Severity.NOTE] if late else [])


def test_a_late_entry_says_how_late_it_is() -> None:
    assert sentences(late_entry(meeting(entered_on="2026-12-01"), context())) == [
        "会议在 2026.12.01 录入，距开会 12 天，超过 7 天，纸上会注明“补录”。"
    ]


# ---- leftovers: marks


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("xx同志发言", "xx"),
        ("20XX年工作总结", "20XX"),
        ("19xx年", "19xx"),
        ("定于X月×日召开", "X、×"),
        ("同意**同志转正", "**"),
        ("型号120XX", None),
        ("长3×日", None),
        ("X光检查", None),
        ("XX支部", "XX"),
        ("参加人员xxxx人", "xxxx"),
        ("ＸＸ年", "ＸＸ"),
        ("×××主持", "×××"),
        ("某某同志", "某某"),
        ("地点：____", "____"),
        ("时间＿＿＿＿", "＿＿＿＿"),
        ("○○支部", "○○"),
        ("共???人", "???"),
        ("共？？？人", "？？？"),
        ("xx和××和xx", "xx、××"),
        ("A4纸", None),
        ("规格3x5", None),
        ("尺寸为XXL码", None),
        ("https", None),
        ("为什么？", None),
        ("二〇二六年", None),
        ("二〇〇八年和二〇〇〇年", None),
        ("a_b", None),
        ("Exxon公司", None),
        ("某同志", None),
    ],
)
def test_what_was_left_to_be_filled_in_is_found(text: str, marks: str | None) -> None:
    found = no_leftover_marks(meeting(passages=said("好", text)), context())
    expected = [] if marks is None else [f"会议记录第 2 段里还有没替换的“{marks}”，请改成实际内容。"]
    assert sentences(found) == expected


def test_leftovers_are_found_wherever_somebody_wrote() -> None:
    one = meeting(
        title="xx大会",
        agenda=agenda("学习xx文件，并就支部下一步的工作展开讨论"),
        values={"place": "xx室", "topic": "某某主题", "chair": "李明@xx", "held": "2026-11-19"},
        lines={"guests": (Line("l1", {"name": "甲@u1"}), Line("l2", {"name": "某某@u2", "post": "书记"}))},
        passages=(Passage("p1", "好", "某某"),),
        votes=(vote(subject="接收xx", person_name="xx"),),
        decisions=(decision("d1", "修灯", responsible="某某"),),
    )
    found = no_leftover_marks(one, context(labels={"place": "地点", "guests": "列席人员"}))
    assert [(one.field, one.sentence.partition("里还有")[0]) for one in found] == [
        ("title", "会议名称"),
        ("agenda", "会议议题“学习xx文件，并就支部下一步的工…”"),
        ("place", "“地点”"),
        ("topic", "“topic”"),
        ("lines:guests", "“列席人员”第 2 行"),
        ("passages", "会议记录第 1 段"),
        ("votes:v1", "表决“接收xx”"),
        ("decisions", "议定事项“修灯”"),
    ]


# ---- leftovers: months


@pytest.mark.parametrize(
    ("title", "months"),
    [
        ("10月主题党日", "“10月”"),
        ("十月主题党日", "“十月”"),
        ("2026年10月党员大会", "“2026年10月”"),
        ("2025年11月党员大会", "“2025年11月”"),
        ("1月、2月和10月工作", "“1月”、“2月”、“10月”"),
        ("09月工作", "“09月”"),
        ("十二月和十月", "“十二月”、“十月”"),
        ("2026 年 10 月", "“2026年10月”"),
        ("11月主题党日", None),
        ("十一月主题党日", None),
        ("2026年11月党员大会", None),
        ("三个月以来的工作", None),
        ("每月一次，下个月再议", None),
        ("纪念十月革命", None),
        ("2011月", None),
        ("二十一月", None),
    ],
)
def test_another_month_in_a_heading_is_a_warning(title: str, months: str | None) -> None:
    found = no_other_month(meeting(title=title), context())
    expected = (
        [] if months is None else [f"会议名称里出现{months}，会议在 11 月召开；请核对是不是上次留下的。"]
    )
    assert sentences(found) == expected
    assert all(one.severity is Severity.WARN for one in found)


def test_another_month_in_what_was_said_is_a_note() -> None:
    one = meeting(passages=said("回顾10月的工作。", "布置12月的工作，总结10月。", "无关"))
    (found,) = no_other_month(one, context())
    assert found.sentence == ("会议记录里提到“10月”、“12月”，会议在 11 月召开；请看一眼是不是上次留下的。")
    assert (found.severity, found.field) == (Severity.NOTE, "passages")


def test_another_month_in_a_sentence_of_the_last_time_is_a_warning() -> None:
    last = meeting(uid="m0", passages=said("大家认为，10月的工作抓得实。会议结束。"))
    one = meeting(passages=said("今天开会。大家认为，10月的工作抓得实！", "12月见。"))
    found = no_other_month(one, context(earlier=[last]))
    assert [(found.severity, found.sentence) for found in found] == [
        (
            Severity.WARN,
            "会议记录第 1 段里出现“10月”，会议在 11 月召开；请核对是不是上次留下的。",
        ),
        (Severity.NOTE, "会议记录里提到“12月”，会议在 11 月召开；请看一眼是不是上次留下的。"),
    ]


def test_another_month_in_a_field_of_the_form_is_a_note_unless_it_was_copied() -> None:
    one = with_values(
        meeting(), topic="10月学习", measures="请在12月底前整改", papers="条例（2020年7月印发）"
    )
    found = no_other_month(one, context())
    assert [(found.severity, found.field) for found in found] == [
        (Severity.WARN, "topic"),
        (Severity.NOTE, "measures"),
        (Severity.NOTE, "papers"),
    ]
    last = replace(one, uid="m0", on=PartialDate(2026, 10, 15))
    again = no_other_month(one, context(earlier=[last]))
    assert [(found.severity, found.field) for found in again] == [
        (Severity.WARN, "topic"),
        (Severity.WARN, "measures"),
        (Severity.NOTE, "papers"),  # a rule of that year is read again and again
    ]


@pytest.mark.parametrize("on", [None, PartialDate(2026)])
def test_without_a_month_of_its_own_a_meeting_cannot_have_another(on: PartialDate | None) -> None:
    assert no_other_month(meeting(on=on, title="10月主题党日"), context()) == []


# ---- leftovers: other organisations


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("办公室党支部也参加了。", "办公室党支部"),
        ("机关第二党支部和办公室党支部", "机关第二党支部、办公室党支部"),
        ("机关第一党支部全体党员", None),
        ("第一党支部全体党员", None),
        ("党支部全体党员", None),
    ],
)
def test_the_name_of_another_organisation_is_found_and_never_ones_own(text: str, others: str | None) -> None:
    names = ["办公室党支部", "机关第二党支部", "第一党支部", "第二党支部", "", "机关第一党支部"]
    found = no_other_branch(meeting(passages=said(text)), context(other_branches=names))
    expected = (
        [] if others is None else [f"会议记录第 1 段里出现别的党组织：{others}；请核对是不是从别处带过来的。"]
    )
    assert sentences(found) == expected


def test_without_other_organisations_there_is_nothing_to_find() -> None:
    one = meeting(passages=said("办公室党支部"), organisation_name="")
    assert no_other_branch(one, context()) == []
    assert len(no_other_branch(one, context(other_branches=["办公室党支部"]))) == 1


# ---- copies


SENTENCES = [
    "会议首先学习了上级关于加强基层党组织建设的有关文件，主持人作了领学。",
    "与会党员结合各自岗位谈了认识，认为要把学习成果转化为工作实效。",
    "组织委员通报了本季度党费收缴情况和发展党员工作进展，大家没有异议。",
    "宣传委员介绍了下一步宣传工作的安排，要求按时完成各项学习任务。",
    "纪检委员提醒大家严守纪律规矩，节日期间不收不送，带头移风易俗。",
]


def minutes(*texts: str, **more: Any) -> Meeting:
    return meeting(passages=said(*texts), **more)


@pytest.mark.parametrize(
    ("texts", "percent"),
    [
        (SENTENCES, 100),
        (SENTENCES[::-1], 100),
        ([one.replace("，", "， ") for one in SENTENCES], 100),
        (["".join(SENTENCES)], 100),
        ([*SENTENCES[:4], SENTENCES[4].replace("节日", "假期")], 98),
        (["今天" + SENTENCES[0], *SENTENCES[1:]], 99),
        (SENTENCES[:4], None),
        (
            [*SENTENCES[:3], "这次会议讨论的是另外一件事情。", "会后全体党员到社区参加了义务劳动和走访。"],
            None,
        ),
        (["完全不同的内容，讲的是别的事情。" * 8], None),
        ([], None),
    ],
)
def test_minutes_that_are_nearly_those_of_another_time_are_found(
    texts: list[str], percent: int | None
) -> None:
    last = minutes(*texts, uid="m0", title="十月大会", on=PartialDate(2026, 10, 15))
    found = not_copied(minutes(*SENTENCES), context(earlier=[last]))
    expected = (
        []
        if percent is None
        else [f"会议记录有 {percent}% 与“十月大会”（2026.10.15）相同，请按这次会议的实际情况修改。"]
    )
    assert sentences(found) == expected


def test_a_nameless_model_without_a_day_is_named_as_such() -> None:
    last = minutes(*SENTENCES, uid="m0", title="", on=None)
    assert sentences(not_copied(minutes(*SENTENCES), context(earlier=[last]))) == [
        "会议记录有 100% 与“以前的会议”（没有日期）相同，请按这次会议的实际情况修改。"
    ]


def test_minutes_too_short_to_compare_are_not_compared() -> None:
    short = minutes("会议学习了文件。")
    assert not_copied(short, context(earlier=[minutes("会议学习了文件。", uid="m0")])) == []


def test_how_much_is_equal_counts_from_both_texts() -> None:
    assert percent_equal([], []) == 0
    assert percent_equal(["甲乙丙丁"], ["甲乙丙丁"]) == 100
    assert percent_equal(["甲乙丙丁戊己"], ["甲乙丙"]) == 66
    assert percent_equal(["甲乙丙", "甲乙丙"], ["甲乙丙"]) == 66
    assert percent_equal(["甲乙丙丁"], ["丁丙乙甲"]) == 0
    assert percent_equal(["甲乙", "好"], ["好", "乙甲"]) == 33


TEXTS = st.lists(st.text("甲乙丙丁", min_size=1, max_size=9), max_size=6)


@settings(deadline=None)
@given(TEXTS, TEXTS, st.randoms())
def test_equality_goes_both_ways_and_moving_paragraphs_changes_nothing(
    one: list[str], other: list[str], chance: random.Random
) -> None:
    percent = percent_equal(one, other)
    assert 0 <= percent <= 100
    assert percent_equal(other, one) == percent
    moved = list(other)
    chance.shuffle(moved)
    assert percent_equal(one, one) == (100 if one else 0)
    assert percent_equal(other, moved) == (100 if other else 0)


@settings(deadline=None)
@given(st.lists(st.integers(0, 399), max_size=20, unique=True))
def test_each_rewritten_character_takes_as_much_as_it_is(places: list[int]) -> None:
    """Of texts without repetition; what stands alone between two changes is taken for changed too."""
    whole = "".join(chr(0x4E00 + place) for place in range(400))
    changed = "".join("改" if place in places else char for place, char in enumerate(whole))
    percent = percent_equal([whole], [changed])
    assert 100 - 3 * len(places) // 4 - 1 <= percent <= 100 - len(places) // 4


# ---- gaps


@pytest.mark.parametrize(
    ("changed", "severity", "said_of_it"),
    [
        ({}, None, ""),
        ({"passages": ()}, Severity.ERROR, "会议内容还是空的，请先写会议记录。"),
        ({"agenda": ()}, Severity.WARN, "没有会议议题，请补填。"),
        (
            {"agenda": agenda("学习文件", "讨论发展党员", "其他")},
            Severity.WARN,
            "议题“讨论发展党员”、“其他”下面没有记录、表决或决定；请补写，或把没有讨论的议题删去。",
        ),
        ({"agenda": agenda("学习文件", "表决"), "votes": (vote(agenda="i2"),)}, None, ""),
        ({"agenda": agenda("学习文件", "决定"), "decisions": (decision("d1", agenda="i2"),)}, None, ""),
        (
            {
                "agenda": agenda("学习文件", "决定"),
                "passages": (*said("好", item="i1"), Passage("p9", " ", "李明", agenda="i2")),
            },
            Severity.WARN,
            "议题“决定”下面没有记录、表决或决定；请补写，或把没有讨论的议题删去。",
        ),
        ({"agenda": agenda("学习文件", "决定"), "passages": said("没有按议题分开写。")}, None, ""),
    ],
)
def test_every_item_of_the_agenda_has_something(
    changed: dict[str, Any], severity: Severity | None, said_of_it: str
) -> None:
    found = agenda_has_content(meeting(**changed), context())
    assert [(one.severity, one.sentence) for one in found] == ([(severity, said_of_it)] if severity else [])


def test_a_form_without_agenda_and_minutes_needs_none() -> None:
    bare = context(tables=frozenset({"attendance"}))
    assert agenda_has_content(meeting(agenda=(), passages=()), bare) == []


def test_an_agenda_without_minutes_needs_votes_or_decisions() -> None:
    without_minutes = context(tables=frozenset({"agenda", "votes"}))
    (found,) = agenda_has_content(meeting(passages=()), without_minutes)
    assert found.sentence.startswith("议题“学习文件”下面没有")


def test_what_the_last_meeting_left_open_is_carried_on() -> None:
    last = meeting(
        uid="m0", decisions=(decision("d1", "更换二楼会议室的投影仪和音响设备"), decision("d2", closed=True))
    )
    (found,) = open_items_answered(meeting(), context(earlier=[last]))
    assert found.sentence == (
        "以前的会议还有没办结的事项没有带到这次：“更换二楼会议室的投影仪和音响设备”；"
        "请带入议题，或在原会议里办结。"
    )
    assert found.severity is Severity.WARN
    carried_on = meeting(decisions=(decision("d3", carried_from="d1"),))
    assert open_items_answered(carried_on, context(earlier=[last])) == []


@pytest.mark.parametrize(
    ("changed", "said_of_it"),
    [
        ({}, []),
        ({"responsible": " "}, [(Severity.WARN, "议定事项“修灯”没有写责任人，请补填。")]),
        ({"due_on": ""}, [(Severity.NOTE, "议定事项“修灯”没有写完成时限。")]),
        ({"responsible": "", "due_on": "", "closed": True}, []),
        (
            {"due_on": "2026-10"},
            [(Severity.WARN, "议定事项“修灯”的完成时限 2026.10 早于会议时间，请核对。")],
        ),
        ({"due_on": "2026-11"}, []),
        ({"due_on": "2026-10", "carried_from": "d0"}, []),
        ({"due_on": "年底"}, []),
    ],
)
def test_a_decision_says_who_does_it_and_until_when(
    changed: dict[str, Any], said_of_it: list[tuple[Severity, str]]
) -> None:
    found = decisions_have_owner(meeting(decisions=(decision("d1", "修灯", **changed),)), context())
    assert [(one.severity, one.sentence) for one in found] == said_of_it


def test_without_a_day_of_the_meeting_no_due_day_is_too_early() -> None:
    one = meeting(on=None, decisions=(decision("d1", due_on="2020-01-01"),))
    assert decisions_have_owner(one, context()) == []


def test_values_of_the_form_are_read_without_identities() -> None:
    assert no_leftover_marks(with_values(meeting(), chair="李明@0xx0"), context()) == []
