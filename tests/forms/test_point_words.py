"""The words of points: buckets, rules and their caps, and every mistake in them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from branchdesk.forms.language import (
    BucketWords,
    Form,
    PointRuleWords,
    PointsWords,
    read_form_text,
)
from branchdesk.forms.samples import read_sample
from branchdesk.forms.toml_files import FormMistake, TomlText
from branchdesk.forms.words import POINT_FACTS
from branchdesk.forms.writing import write_form
from branchdesk.i18n import Language, speak

HEAD = """
kind = "points.sample"
version = 1
title = "积分办法"
title_en = "Points"
subject = "organisation"
period = "year"
"""
BUCKETS = """
[points]
redeem = ["task"]
buckets = [
    { id = "base", label = "基础分", label_en = "Base", begin = 60, cap = 60.5 },
    { id = "task", label = "任务分", label_en = "Tasks" },
    { id = "minus", label = "扣减", label_en = "Off", cap = 20, may_be_negative = true },
]
"""
DUTY = """
[[points.rule]]
id = "meetings"
number = "1.1"
label = "参加组织生活"
label_en = "Attends meetings"
bucket = "base"
unit = "次"
points = 0.5
cap_once = 1
cap_month = 2
cap_quarter = 3.5
cap_year = 12
fact = "attendance.present"
duty = true
help = "按签到记分。"
help_en = "Taken from the attendance."
"""
TASK = """
[[points.rule]]
id = "watch"
number = "2.1"
label = "社区值守"
label_en = "Keeps watch"
bucket = "task"
unit = "次"
points = 6
evidence = true
claim = true
"""
LATE = """
[[points.rule]]
id = "late"
number = "3.1"
label = "迟到"
label_en = "Late"
bucket = "minus"
unit = "次"
points = -2
cap_year = 6
"""
WHOLE = HEAD + BUCKETS + DUTY + TASK + LATE


def read(text: str) -> Form:
    return read_form_text(text, "form.toml")


def instead(words_of_it: str, other: str) -> str:
    assert WHOLE.count(words_of_it) == 1, words_of_it
    return WHOLE.replace(words_of_it, other)


def test_points_are_read_with_everything_they_say() -> None:
    assert read(WHOLE).points == PointsWords(
        buckets=(
            BucketWords("base", "基础分", "Base", Decimal(60), Decimal("60.5")),
            BucketWords("task", "任务分", "Tasks"),
            BucketWords("minus", "扣减", "Off", cap=Decimal(20), may_be_negative=True),
        ),
        redeem=("task",),
        rules=(
            PointRuleWords(
                *("meetings", "1.1", "参加组织生活", "Attends meetings", "base", "次", Decimal("0.5")),
                *(Decimal(1), Decimal(2), Decimal("3.5"), Decimal(12)),
                fact="attendance.present",
                duty=True,
                help="按签到记分。",
                help_en="Taken from the attendance.",
            ),
            PointRuleWords(
                *("watch", "2.1", "社区值守", "Keeps watch", "task", "次", Decimal(6)),
                evidence=True,
                claim=True,
            ),
            PointRuleWords(*("late", "3.1", "迟到", "Late", "minus", "次", Decimal(-2)), cap_year=Decimal(6)),
        ),
    )


def test_buckets_and_rules_are_shown_in_the_language_in_use() -> None:
    points = read(WHOLE).points
    assert points is not None
    bucket, rule = points.buckets[0], points.rules[0]
    assert (bucket.shown(), rule.shown(), rule.hint()) == ("基础分", "参加组织生活", "按签到记分。")
    assert rule.unit_shown() == "次"
    speak(Language.ENGLISH)
    assert (bucket.shown(), rule.shown(), rule.hint()) == (
        "Base",
        "Attends meetings",
        "Taken from the attendance.",
    )


def test_a_points_form_reads_back_equal_as_it_is_written() -> None:
    form = read(WHOLE)
    written = write_form(form)
    assert read(written) == form
    assert written.count("cap_once") == 1
    assert written.count("cap = ") == 2


def test_a_form_without_points_has_none() -> None:
    assert read(HEAD.replace("points.sample", "other.sample")).points is None


@pytest.mark.parametrize("fact", POINT_FACTS)
def test_a_rule_may_ask_each_question_to_the_records(fact: str) -> None:
    points = read(instead("attendance.present", fact)).points
    assert points is not None
    assert points.rules[0].fact == fact


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        (HEAD + "[points]\n", "points.buckets: 积分办法至少要有一类积分。"),
        (HEAD + BUCKETS, "points.rule: 积分办法至少要有一个项目。"),
        (instead("begin = 60,", "begin = 61,"), "buckets[1].begin: 起始分不能超过这一类的最高分。"),
        (instead("begin = 60,", "begin = -1,"), "buckets[1].begin: 不能小于 0。"),
        (instead("cap = 20", "cap = 0"), "buckets[3].cap: 应该大于 0。"),
        (instead('id = "task"', 'id = "base"'), "buckets[2].id: “base”出现了两次。"),
        (instead('id = "task"', 'id = "select"'), "buckets[2].id: “select”是数据库的保留字"),
        (instead('"task"]', '"tasks"]'), "points.redeem: 没有“tasks”这个词，可以用 base、task、minus。"),
        (instead('["task"]', '["task", "task"]'), "points.redeem: “task”出现了两次。"),
        (instead("[points]", "[points]\nlimit = 3"), "points.limit: 这里没有这一项"),
        (instead("may_be_negative = true", "minus = true"), "buckets[3].minus: 这里没有这一项"),
        (WHOLE + TASK.replace('"2.1"', '"2.2"'), "rule[4].id: “watch”出现了两次。"),
        (WHOLE + TASK.replace('"watch"', '"watch2"'), "rule[4].number: “2.1”出现了两次。"),
        (instead('bucket = "task"', 'bucket = "tasks"'), "rule[2].bucket: 没有“tasks”这个词"),
        (
            instead('bucket = "minus"', 'bucket = "task"'),
            "rule[3].points: 扣分只能记入写了“may_be_negative = true”的一类。",
        ),
        (instead("points = 6", "points = 0"), "rule[2].points: 不能是 0。"),
        (instead("cap_month = 2", "cap_month = -2"), "rule[1].cap_month: 应该大于 0；扣分的上限也写扣多少分"),
        (instead("claim = true", "claim = true\nduty = true"), "rule[2].claim: 一个项目不能既是"),
        (instead("points = -2", "points = -2\nclaim = true"), "rule[3].claim: 扣分的项目不能认领。"),
        (instead("attendance.present", "attendance.rate"), "rule[1].fact: 没有“attendance.rate”这个词"),
        (instead('help = "按签到记分。"\n', ""), "rule[1].help: 写了“help_en”，这里也要写。"),
        (instead('help_en = "Taken from the attendance."\n', ""), "rule[1].help_en: 写了“help”"),
        (instead('number = "2.1"', 'number = "一二三四五六七八九十一二三"'), "rule[2].number: 有 13 个字"),
        (WHOLE.replace('unit = "次"', 'unit = "每一个工作日次"', 1), None),
        (
            WHOLE.replace('unit = "次"', 'unit = "次"\nunit_en = "half-year of work"', 1),
            "rule[1].unit_en: 有 17",
        ),
        (
            WHOLE.replace('unit = "次"', 'unit = "每一个完整的工作日"', 1),
            "rule[1].unit: 有 9 个字，最多 8 个",
        ),
        (instead("points = 6", "points = 6\nscore = 1"), "rule[2].score: 这里没有这一项"),
        (instead('subject = "organisation"', 'subject = "none"'), "subject: 积分办法的对象应是"),
        (instead('period = "year"', 'period = "month"'), "period: 积分按年度计算，应是“year”。"),
    ],
)
def test_what_could_not_be_counted_is_refused_where_it_stands(text: str, mistake: str | None) -> None:
    if mistake is None:
        assert read(text).points is not None
        return
    with pytest.raises(FormMistake) as caught:
        read(text)
    assert mistake in str(caught.value)


def test_a_form_cannot_be_an_inspection_as_well() -> None:
    inspected = """
[inspection]
grades = [{ code = "bad", label = "差", label_en = "Bad", at_least = 0 }]

[[section]]
id = "lines"
label = "一"
label_en = "1"

[[field]]
id = "a1"
type = "indicator"
number = "A1"
label = "甲"
label_en = "A"
section = "lines"
points = 1
"""
    with pytest.raises(FormMistake, match="points: 一个表单不能既是检查表，又是积分办法。"):
        read(WHOLE + inspected)


# ---- samples


def test_a_sample_of_points_holds_entries_as_they_would_be_typed() -> None:
    text = '[[entries]]\nname = "王强"\nrule = "watch"\non = 2026-05-09\nquantity = 1.5\nevidence = "照片"\n'
    sample = read_sample(TomlText(text, "sample.toml"), read(WHOLE))
    assert sample.entries == (
        {"name": "王强", "rule": "watch", "on": "2026-05-09", "quantity": "1.5", "evidence": "照片"},
    )


@pytest.mark.parametrize(
    ("entry", "mistake"),
    [
        ('rule = "gone"', "entries[1].rule: 没有“gone”这个词，可以用 meetings、watch、late。"),
        ('name = "王强"', "entries[1].rule: 没有“”这个词"),
        ('rule = "watch"\nplace = "x"', "entries[1].place: 没有“place”这个词"),
    ],
)
def test_an_entry_that_the_scheme_does_not_know_is_refused(entry: str, mistake: str) -> None:
    with pytest.raises(FormMistake) as caught:
        read_sample(TomlText(f"[[entries]]\n{entry}\n", "sample.toml"), read(WHOLE))
    assert mistake in str(caught.value)


def test_a_form_without_points_has_no_sample_entries() -> None:
    form = read(HEAD.replace("points.sample", "other.sample"))
    with pytest.raises(FormMistake, match="entries"):
        read_sample(TomlText('[[entries]]\nrule = "watch"\n', "sample.toml"), form)
