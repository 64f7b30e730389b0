"""Evaluation schemes as texts, for the tests of their words."""

from __future__ import annotations

from branchdesk.forms.language import EvaluationWords, Form, read_form_text

HEAD = """
kind = "evaluation.sample"
version = 1
title = "评议办法"
title_en = "Evaluation"
subject = "organisation"
period = "year"
"""
OUTSET = """
[evaluation]
of = "members"
takes_part = ["full", "probationary"]
"""
GRADED = """graded = ["full"]
decimals = 2
ties = "ordered"
decision = true
disqualifiers = ["discipline", "absence_over"]
grades = [
    { code = "top", label = "优", label_en = "Top", value = 100, at_least = 90 },
    { code = "mid", label = "中", label_en = "Middle", value = 62.5, at_least = 60.5 },
    { code = "low", label = "差", label_en = "Low", value = 0, at_least = 0 },
]
quotas = [
    { grade = "top", numerator = 2, denominator = 5, base = "taking_part", hard = true },
    { grade = "mid" },
]
"""
PARTS = """
[[evaluation.part]]
id = "deeds"
label = "实绩"
label_en = "Deeds"
weight = 66.5
source = "typed"
full = 120
missing = "zero"
target = "按期完成"
target_en = "In time"
help = "由考核组打分。"
help_en = "Scored by the group."

[[evaluation.part]]
id = "voices"
label = "测评"
label_en = "Voices"
weight = 33.5
source = "ballot"
"""
STEPS = """
[[evaluation.step]]
id = "vote"
label = "投票"
label_en = "Vote"
paper = "ballot"
ballots = true

[[evaluation.step]]
id = "judge"
label = "评定"
label_en = "Judge"
decides = true

[[evaluation.step]]
id = "show"
label = "公示"
label_en = "Show"
optional = true
days = "publicity_days"
"""
PROCEDURE = """
[[evaluation.procedure]]
grade = "low"
id = "talk"
label = "谈话提醒"
label_en = "A talk"
"""
WHOLE = HEAD + OUTSET + GRADED + PARTS + STEPS + PROCEDURE

STARRED = (
    HEAD
    + OUTSET
    + """
[[evaluation.part]]
id = "overall"
label = "总评"
label_en = "Overall"
weight = 100
source = "superior"

[[evaluation.step]]
id = "outset"
label = "申报"
label_en = "Declare"

[[evaluation.step]]
id = "award"
label = "授星"
label_en = "Award"

[[evaluation.dimension]]
id = "serve"
label = "服务"
label_en = "Service"
star = "服务之星"
star_en = "Star of service"
places = 3

[[evaluation.dimension]]
id = "learn"
label = "学习"
label_en = "Learning"
star = "学习之星"
star_en = "Star of learning"
"""
)
COUNTED = (
    HEAD
    + """
[evaluation]
of = "committee"
grades = [{ code = "good", label = "好", label_en = "Good", value = 100 }]

[[evaluation.step]]
id = "vote"
label = "测评"
label_en = "Vote"
ballots = true
"""
)


def read(text: str) -> Form:
    return read_form_text(text, "form.toml")


def words(text: str) -> EvaluationWords:
    evaluation = read(text).evaluation
    assert evaluation is not None
    return evaluation


def instead(words_of_it: str, other: str, text: str = WHOLE) -> str:
    assert text.count(words_of_it) == 1, words_of_it
    return text.replace(words_of_it, other)
