"""The words of inspections: lines, points, deductions, facts, grades and bonus, and every mistake in them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from branchdesk.forms import words
from branchdesk.forms.language import (
    Deduction,
    Form,
    GradeWords,
    InspectionWords,
    read_form_text,
    shipped_form,
)
from branchdesk.forms.toml_files import FormMistake
from branchdesk.i18n import Language, speak

HEAD = """
kind = "inspection.sample"
version = 1
title = "检查表"
title_en = "Inspection"
subject = "organisation"
period = "quarter"
"""
INSPECTION = """
[inspection]
bonus_cap = 2.5
grades = [
    { code = "good", label = "好", label_en = "Good", at_least = 80 },
    { code = "bad", label = "差", label_en = "Bad", at_least = 0 },
]
"""
SECTIONS = """
[[section]]
id = "head"
label = "表头"
label_en = "Head"
[[section]]
id = "lines"
label = "一、组织"
label_en = "1. Organisation"
"""
LINE = """
[[field]]
id = "a1"
type = "indicator"
number = "A1"
label = "按时开会"
label_en = "Meetings in time"
section = "lines"
points = 4.5
post = "书记"
proof = "记录"
proof_en = "Record"
not_applicable = true
veto = true
help = "缺 1 次扣 1.5 分。"
help_en = "1.5 points each."
"""
MISSING = """
[[field.deduct]]
id = "missing"
kind = "missing"
label = "缺会议"
label_en = "Meeting missing"
amount = 1.5
step = 2
cap = 3
fact = "committee.missing"
"""
BELOW = """
[[field.deduct]]
id = "below"
kind = "per_percent"
label = "偏低"
label_en = "Below"
amount = 0.5
step = 5
target = 90
fact = "attendance.rate"
"""
WHOLE = HEAD + INSPECTION + SECTIONS + LINE + MISSING + BELOW


def field(type_name: str, more: str = "", name: str = "extra") -> str:
    """One more field, behind the line."""
    return (
        f'[[field]]\nid = "{name}"\ntype = "{type_name}"\nlabel = "{name}栏"\nlabel_en = "Field {name}"\n'
        f'section = "lines"\n{more}\n'
    )


def line(more: str) -> str:
    """The form with another line behind the first."""
    return WHOLE + field("indicator", more)


def read(text: str) -> Form:
    return read_form_text(text, "form.toml")


def instead(words_of_it: str, other: str, whole: str = WHOLE) -> str:
    assert whole.count(words_of_it) == 1, words_of_it
    return whole.replace(words_of_it, other)


def test_an_inspection_is_read_with_everything_it_says() -> None:
    form = read(WHOLE)
    assert form.inspection == InspectionWords(
        (GradeWords("good", "好", "Good", Decimal(80)), GradeWords("bad", "差", "Bad", Decimal(0))),
        Decimal("2.5"),
    )
    (asked,) = form.indicators
    assert (asked.number, asked.points, asked.post) == ("A1", Decimal("4.5"), "书记")
    assert (asked.proof, asked.proof_en, asked.hint()) == ("记录", "Record", "缺 1 次扣 1.5 分。")
    assert (asked.veto, asked.not_applicable, asked.bonus) == (True, True, False)
    assert asked.deduct == (
        Deduction(
            *("missing", "missing", Decimal("1.5"), "缺会议", "Meeting missing", Decimal(2), Decimal(3)),
            fact="committee.missing",
        ),
        Deduction(
            *("below", "per_percent", Decimal("0.5"), "偏低", "Below", Decimal(5)),
            target=Decimal(90),
            fact="attendance.rate",
        ),
    )
    assert form.stored == ()


def test_rules_and_grades_are_shown_in_the_language_in_use() -> None:
    form = read(WHOLE)
    assert form.inspection is not None
    rule, grade = form.indicators[0].deduct[0], form.inspection.grades[0]
    assert (rule.shown(), grade.shown()) == ("缺会议", "好")
    speak(Language.ENGLISH)
    assert (rule.shown(), grade.shown()) == ("Meeting missing", "Good")


def test_a_rule_that_says_little_takes_points_each_time_from_a_hundred_percent() -> None:
    plain = field(
        "indicator",
        'number = "A2"\npoints = 3\n'
        'deduct = [{ id = "late", kind = "manual", label = "迟", label_en = "Late", amount = 1 }]',
    )
    rule = read(WHOLE + plain).by_id["extra"].deduct[0]
    assert (rule.step, rule.cap, rule.target, rule.fact) == (Decimal(1), None, Decimal(100), "")


def test_an_inspection_needs_no_bonus() -> None:
    form = read(instead("bonus_cap = 2.5", ""))
    assert form.inspection is not None
    assert form.inspection.bonus_cap == 0


def test_bonus_and_veto_lines_are_lines_without_deductions() -> None:
    form = read(
        WHOLE
        + field("indicator", 'number = "B1"\npoints = 2\nbonus = true', "more")
        + field("indicator", 'number = "B2"\nveto = true', "fatal")
    )
    assert [one.id for one in form.indicators] == ["a1", "more", "fatal"]
    assert form.by_id["more"].bonus
    assert form.by_id["fatal"].points is None


def test_lines_that_are_hidden_are_none_and_leave_their_number() -> None:
    hidden = field("indicator", 'number = "A1"\npoints = 2\nhidden = true')
    assert [one.id for one in read(WHOLE + hidden).indicators] == ["a1"]
    closed = instead('label_en = "Head"', 'label_en = "Head"\nhidden = true')
    form = read(closed + field("indicator", 'number = "A1"\npoints = 2').replace('"lines"', '"head"'))
    assert [one.id for one in form.indicators] == ["a1"]


@pytest.mark.parametrize(
    ("role", "type_name"), [(role, name) for role, names in words.INSPECTION_ROLES.items() for name in names]
)
def test_the_fields_of_the_head_are_found_by_their_roles(role: str, type_name: str) -> None:
    form = read(WHOLE + field(type_name, f'role = "{role}"'))
    assert form.by_role(role) is form.by_id["extra"]


@pytest.mark.parametrize("fact", words.FACTS)
def test_every_fact_answers_rules_that_count_as_it_does(fact: str) -> None:
    kind = "per_percent" if words.FACTS[fact] == words.PERCENT else "per_time"
    rule = f'{{ id = "r", kind = "{kind}", label = "扣", label_en = "Off", amount = 1, fact = "{fact}" }}'
    form = read(line(f'number = "A2"\npoints = 3\ndeduct = [{rule}]'))
    assert form.by_id["extra"].deduct[0].fact == fact


def rule(more: str) -> str:
    return line(f'number = "A2"\npoints = 3\ndeduct = [{{ label = "扣", label_en = "Off", {more} }}]')


@pytest.mark.parametrize(
    ("content", "mistake"),
    [
        # the inspection
        (instead("[inspection]", "[[inspection]]"), "inspection: 应该是一组键和值，这里是列表。"),
        (instead("bonus_cap = 2.5", "bonus_cap = -1"), "inspection.bonus_cap: 不能小于 0。"),
        (instead("bonus_cap = 2.5", "bonus = 2"), "inspection.bonus: 这里没有这一项"),
        (instead("at_least = 80", "at_least = 0"), "inspection.grades: 等次从高到低写，分数线不能相同，最低"),
        (instead("at_least = 0", "at_least = 90"), "inspection.grades: 等次从高到低写"),
        (instead("at_least = 0", "at_least = 60"), "inspection.grades: 等次从高到低写"),
        (
            HEAD + "[inspection]\n" + SECTIONS + LINE,
            "inspection.grades: 等次从高到低写",
        ),
        (instead('code = "bad"', 'code = "good"'), "inspection.grades[2].code: “good”出现了两次。"),
        (instead('label = "差"', 'label = "好"'), "inspection.grades[2].label: “好”出现了两次。"),
        (instead('code = "bad"', 'code = "b d"'), "inspection.grades[2].code: “b d”的写法不对"),
        (instead(", at_least = 80", ""), "inspection.grades[1].at_least: 没有写。"),
        (instead(", at_least = 80", ", at_least = 80, colour = 1"), "inspection.grades[1].colour: 这里没有"),
        (
            instead('period = "quarter"', 'period = "none"'),
            "period: 检查表要写多久检查一次。",
        ),
        (
            instead('subject = "organisation"', 'subject = "member"'),
            'subject: 检查表的对象应是 "organisation"。',
        ),
        (HEAD + INSPECTION + SECTIONS, "field: 检查表至少要有一个计分的检查项"),
        (
            HEAD + INSPECTION + SECTIONS + field("indicator", 'number = "A1"\npoints = 1\nbonus = true'),
            "field: 检查表至少要有一个计分的检查项",
        ),
        (
            HEAD + INSPECTION + SECTIONS + field("indicator", 'number = "A1"\nveto = true'),
            "field: 检查表至少要有一个计分的检查项",
        ),
        (
            instead("bonus_cap = 2.5", "") + field("indicator", 'number = "A2"\npoints = 1\nbonus = true'),
            "inspection.bonus_cap: 有加分项，就要写最多加几分。",
        ),
        (
            HEAD + SECTIONS + field("text", name="note") + LINE,
            "field[2].type: 检查项只能用在检查表里，请写 [inspection]。",
        ),
        # lines
        (line("points = 1"), "field[2].number: 检查项要有编号，如 A1。"),
        (line('number = "A1"\npoints = 1'), "field[2].number: “A1”出现了两次。"),
        (line('number = "1234567890123"\npoints = 1'), "field[2].number: 有 13 个字，最多 12 个。"),
        (line(f'number = "A2"\npoints = 1\npost = "{"长" * 41}"'), "field[2].post: 有 41 个字，最多 40 个。"),
        (line('number = "A2"'), "field[2].points: 检查项要写分值，或者写 veto = true。"),
        (line('number = "A2"\npoints = 0'), "field[2].points: 应该大于 0。"),
        (line('number = "A2"\npoints = "3"'), "field[2].points: 应该是整数，这里是文字。"),
        (line('number = "A2"\npoints = nan'), "field[2].points: 应该是一个不太大的数。"),
        (
            line('number = "A2"\npoints = 1\nonly_if = { field = "a1", filled = true }'),
            "field[2].only_if: 检查项不能有条件；有时不适用的，请写 not_applicable = true。",
        ),
        (
            line(
                'number = "A2"\nveto = true\n'
                'deduct = [{ id = "r", kind = "manual", label = "扣", label_en = "Off", amount = 1 }]'
            ),
            "field[2].deduct: 没有写“points”，无分可扣。",
        ),
        (
            line('number = "A2"\nveto = true\nnot_applicable = true'),
            "field[2].not_applicable: 没有写“points”，无分可免。",
        ),
        (
            line('number = "A2"\nveto = true\nbonus = true'),
            "field[2].bonus: 加分项只写分值，不扣分、不否决。",
        ),
        (line('number = "A2"\npoints = 1\nveto = true\nbonus = true'), "field[2].bonus: 加分项只写分值"),
        (
            line('number = "A2"\npoints = 1\nnot_applicable = true\nbonus = true'),
            "field[2].bonus: 加分项只写分值",
        ),
        (
            line(
                'number = "A2"\npoints = 1\nbonus = true\n'
                'deduct = [{ id = "r", kind = "manual", label = "扣", label_en = "Off", amount = 1 }]'
            ),
            "field[2].bonus: 加分项只写分值",
        ),
        (
            line('number = "A2"\npoints = 1\nrequired = true'),
            "field[2].required: 这一栏没有人填写，不能是必填",
        ),
        (line('number = "A2"\npoints = 1\nproof = "记录"'), "field[2].proof_en: 写了“proof”，这里也要写。"),
        (line('number = "A2"\npoints = 1\nproof_en = "R"'), "field[2].proof: 写了“proof_en”，这里也要写。"),
        (line('number = "A2"\npoints = 1\ndefault = "1"'), "field[2].default: 对“indicator”类型没有用处。"),
        *(
            (WHOLE + field("number", more), f"field[2].{more.split()[0]}: 对“number”类型没有用处。")
            for more in (
                *(
                    "points = 1",
                    "deduct = []",
                    'number = "A2"',
                    'post = "书记"',
                    'proof = "a"\nproof_en = "a"',
                ),
                *("bonus = true", "veto = true", "not_applicable = true"),
            )
        ),
        (
            WHOLE + '[[table]]\nid = "more"\nlabel = "表"\nlabel_en = "T"\nsection = "head"\n'
            '[[table.field]]\nid = "x"\ntype = "indicator"\nlabel = "甲"\nlabel_en = "A"\n',
            "table[1].field[1].type: 表格的列不能用“indicator”这种类型。",
        ),
        # rules
        (instead('id = "below"', 'id = "missing"'), "field[1].deduct[2].id: “missing”出现了两次。"),
        (instead('id = "below"', 'id = "select"'), "field[1].deduct[2].id: “select”是数据库的保留字"),
        (
            rule('id = "r", kind = "guess", amount = 1'),
            "field[2].deduct[1].kind: 没有“guess”这个词，可以用 per_time、per_percent、missing、manual。",
        ),
        (rule('id = "r", kind = "manual"'), "field[2].deduct[1].amount: 没有写。"),
        (rule('id = "r", kind = "manual", amount = 0'), "field[2].deduct[1].amount: 应该大于 0。"),
        (rule('id = "r", kind = "manual", amount = 1, step = 0'), "field[2].deduct[1].step: 应该大于 0。"),
        (rule('id = "r", kind = "manual", amount = 1, cap = -1'), "field[2].deduct[1].cap: 应该大于 0。"),
        (
            rule('id = "r", kind = "per_percent", amount = 1, target = 0'),
            "field[2].deduct[1].target: 应该大于",
        ),
        (
            rule('id = "r", kind = "per_time", amount = 1, target = 90'),
            "field[2].deduct[1].target: 只有按百分比扣分才有目标。",
        ),
        (
            rule('id = "r", kind = "per_time", amount = 1, fact = "luck"'),
            "field[2].deduct[1].fact: 没有“luck”这个词",
        ),
        (
            rule('id = "r", kind = "per_time", amount = 1, fact = "attendance.rate"'),
            "field[2].deduct[1].fact: “attendance.rate”不能用于这种扣分方式。",
        ),
        (
            rule('id = "r", kind = "per_percent", amount = 1, fact = "talk.missing"'),
            "field[2].deduct[1].fact: “talk.missing”不能用于这种扣分方式。",
        ),
        (
            rule('id = "r", kind = "manual", amount = 1, fact = "talk.missing"'),
            "field[2].deduct[1].fact: “talk.missing”不能用于这种扣分方式。",
        ),
        (rule('id = "r", kind = "manual", amount = 1, why = 1'), "field[2].deduct[1].why: 这里没有这一项"),
        (
            rule('id = "r", kind = "manual", amount = 1').replace('label = "扣"', 'label = ""'),
            "field[2].deduct[1].label: 不能空着。",
        ),
        (
            line('number = "A2"\npoints = 1\ndeduct = { kind = "manual", amount = 1 }'),
            "field[2].deduct: 应该是列表，这里是一组键和值。",
        ),
        (
            line(
                'number = "A2"\npoints = 1\ndeduct = ['
                + '{ id = "r", kind = "manual", label = "扣", label_en = "Off", amount = 1 }, ' * 9
                + "]"
            ),
            "field[2].deduct: 有 9 项，最多 8 项。",
        ),
        # roles
        (WHOLE + field("text", 'role = "boss"'), "field[2].role: 没有“boss”这个词，可以用 when、place、"),
        (WHOLE + field("date", 'role = "leader"'), "field[2].role: “leader”只能用在这些类型上：text、"),
        (WHOLE + field("text", 'role = "place"'), "field[2].role: “place”只能用在会议的表单里。"),
        (
            WHOLE + field("text", 'role = "leader"') + field("text", 'role = "leader"', "other"),
            "field[3].role: “leader”出现了两次。",
        ),
        (
            HEAD + SECTIONS + field("date", 'role = "inspected_on"'),
            "field[1].role: “inspected_on”只能用在检查表里。",
        ),
        (WHOLE + "[meeting]\n", 'meeting: 只有 subject = "meeting" 的表单才有这一部分。'),
    ],
)
def test_a_mistake_in_an_inspection_is_named_by_key_and_reason(content: str, mistake: str) -> None:
    with pytest.raises(FormMistake) as caught:
        read(content)
    assert str(caught.value).startswith(f"form.toml: {mistake}")


def test_no_line_of_a_form_that_is_no_inspection_has_points() -> None:
    assert shipped_form("meeting.assembly").indicators == ()
    assert shipped_form("meeting.assembly").inspection is None
