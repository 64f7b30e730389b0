"""The words of forms beyond plain fields: conditions, tables, meetings, paper, points, and their mistakes."""

from __future__ import annotations

import pytest

from branchdesk.forms.dictionaries import Entry
from branchdesk.forms.language import (
    Condition,
    Form,
    MeetingWords,
    PaperCell,
    PaperRow,
    PaperWords,
    Signature,
    Slot,
    read_form_text,
)
from branchdesk.forms.toml_files import FormMistake
from branchdesk.i18n import Language, speak

HEAD = """
kind = "meeting.sample"
version = 3
title = "样会"
title_en = "Sample meeting"
subject = "meeting"
period = "none"
checks = ["quorum"]
blank = "无"
archive = "组织生活"
retention = "permanent"
"""
MEETING = """
[meeting]
counts = ["assembly", "life"]
expected = "committee"
votes = true
study_hours = "training"
layout = "talk"
"""
SECTION = """
[[section]]
id = "basic"
label = "基本"
label_en = "Basics"
phase = "before"
"""
WHEN = """
[[field]]
id = "held"
type = "time_span"
label = "时间"
label_en = "Time"
section = "basic"
role = "when"
"""
GUESTS = """
[[table]]
id = "guests"
label = "列席人员"
label_en = "In attendance"
section = "basic"
help = "没有表决权。"
help_en = "They do not vote."
[[table.field]]
id = "who"
type = "text"
label = "姓名"
label_en = "Name"
[[table.field]]
id = "since"
type = "yes_no"
label = "新来"
label_en = "New"
only_if = { field = "who", filled = true }
"""
VOTES = """
[[table]]
id = "ballots"
label = "表决"
label_en = "Votes"
section = "basic"
holds = "votes"
"""
SIGNATURE = """
[[signature]]
id = "chair"
label = "主持人"
label_en = "Chair"
who = "chair"
"""
PAPER = """
[paper]
title = "会议记录"
head_widths = [22, 58, 22, 58]
[[paper.row]]
cells = [ { label = "时　间" }, { field = "held", columns = 3 } ]
[[paper.row]]
cells = [ { figure = "agenda.numbered", columns = 2 }, { field = "guests", columns = 2 } ]
"""
WHOLE = HEAD + MEETING + SECTION + WHEN + GUESTS + VOTES + SIGNATURE + PAPER


def read(text: str) -> Form:
    return read_form_text(text, "meeting.sample/form.toml")


def field(type_name: str, more: str = "", name: str = "extra") -> str:
    """One more field, in front of the tables."""
    return (
        f'[[field]]\nid = "{name}"\ntype = "{type_name}"\nlabel = "{name}栏"\nlabel_en = "Field {name}"\n'
        f'section = "basic"\n{more}\n'
    )


def with_field(type_name: str, more: str = "") -> str:
    return HEAD + MEETING + SECTION + WHEN + field(type_name, more)


def instead(line: str, other: str, whole: str = WHOLE) -> str:
    assert whole.count(line) == 1, line
    return whole.replace(line, other)


def test_a_meeting_is_read_with_everything_it_says() -> None:
    form = read(WHOLE)
    assert (form.blank, form.archive, form.retention) == ("无", "组织生活", "permanent")
    assert form.meeting == MeetingWords(("assembly", "life"), "committee", True, "training", "talk")
    assert form.sections[0].phase == "before"
    assert form.by_role("when") is form.by_id["held"]
    assert form.by_role("chair") is None
    guests = form.tables_by_id["guests"]
    assert (guests.holds, guests.hint(), [one.id for one in guests.fields]) == (
        "lines",
        "没有表决权。",
        ["who", "since"],
    )
    assert guests.by_id["who"].section == ""
    assert form.tables_in("basic") == form.tables
    assert form.tables_in("other") == ()
    assert form.table_of("votes") is form.tables_by_id["ballots"]
    assert form.table_of("agenda") is None
    assert form.signatures == (Signature("chair", "主持人", "Chair", "chair"),)
    assert form.paper == PaperWords(
        "会议记录",
        (22, 58, 22, 58),
        (
            PaperRow((PaperCell(label="时　间"), PaperCell(field="held", columns=3))),
            PaperRow((PaperCell(figure="agenda.numbered", columns=2), PaperCell(field="guests", columns=2))),
        ),
    )


def test_a_form_without_the_new_words_has_plain_defaults() -> None:
    form = read(
        HEAD.replace('blank = "无"\narchive = "组织生活"\nretention = "permanent"', "")
        + "[meeting]\n"
        + SECTION.replace('phase = "before"', "")
        + WHEN
    )
    assert (form.blank, form.archive, form.retention, form.tables, form.signatures) == ("", "", "", (), ())
    assert form.meeting == MeetingWords()
    assert (form.meeting.expected, form.meeting.layout, form.meeting.votes) == ("members", "book", False)
    assert form.paper is None
    assert form.sections[0].phase == "held"
    held = form.by_id["held"]
    assert (held.only_if, held.slot, held.points, held.deduct, held.choices) == (None, None, None, (), ())
    assert (held.least, held.most, held.default, held.prefill, held.figure) == (None, None, "", "", "")
    assert not (held.veto)
    assert not (held.not_applicable)
    assert not (held.hidden)


def test_tables_and_signatures_are_shown_in_the_language_in_use() -> None:
    form = read(WHOLE)
    guests, chair = form.tables[0], form.signatures[0]
    assert (guests.shown(), guests.hint(), chair.shown()) == ("列席人员", "没有表决权。", "主持人")
    speak(Language.ENGLISH)
    assert (guests.shown(), guests.hint(), chair.shown()) == ("In attendance", "They do not vote.", "Chair")


def test_the_words_of_a_field_are_read_as_their_types() -> None:
    bounded = read(with_field("number", 'min = 1\nmax = 9\ndefault = "3"')).by_id["extra"]
    assert (bounded.least, bounded.most, bounded.default) == (1, 9, "3")
    slot = read(with_field("attachments", 'slot = { most = 5, kinds = ["jpg", "pdf"] }'))
    assert slot.by_id["extra"].slot == Slot(5, ("jpg", "pdf"))
    assert slot.slots == (slot.by_id["extra"],)
    assert slot.stored == (slot.by_id["held"],)
    assert read(with_field("attachments", "slot = { }")).by_id["extra"].slot == Slot()
    computed = read(with_field("computed", 'figure = "attendance.present"')).by_id["extra"]
    assert computed.figure == "attendance.present"
    assert read(with_field("text", 'prefill = "today"')).by_id["extra"].prefill == "today"
    own = 'choices = [{ code = "a", label = "甲", label_en = "A" }]\ndefault = "a"'
    assert read(with_field("choice", own)).by_id["extra"].choices == (Entry("a", "甲", "A"),)
    assert read(with_field("member")).by_id["extra"].dictionary == "member"


def test_conditions_are_read_in_both_shapes() -> None:
    asked = field("yes_no", name="asked")
    by_answer = read(with_field("text", 'only_if = { field = "asked", is = ["1"] }') + asked)
    condition = by_answer.by_id["extra"].only_if
    assert condition == Condition("asked", ("1",))
    assert not condition.filled
    by_filling = read(with_field("text", 'only_if = { field = "asked", filled = true }') + asked)
    condition = by_filling.by_id["extra"].only_if
    assert condition == Condition("asked")
    assert condition.filled


def test_a_hidden_field_stays_in_the_form_but_not_in_its_section() -> None:
    form = read(with_field("text", "hidden = true"))
    assert form.by_id["extra"].hidden
    assert [one.id for one in form.in_section("basic")] == ["held"]


A_CIRCLE = (
    field("text", 'only_if = { field = "b", filled = true }', "a")
    + field("text", 'only_if = { field = "c", filled = true }', "b")
    + field("text", 'only_if = { field = "a", filled = true }', "c")
)
INTO_THE_CIRCLE = (
    field("text", 'only_if = { field = "a", filled = true }', "z")
    + field("text", 'only_if = { field = "b", filled = true }', "a")
    + field("text", 'only_if = { field = "a", filled = true }', "b")
)
ASKED = field("choice", 'choices = [{ code = "a", label = "甲", label_en = "A" }]', "asked")
START = HEAD + MEETING + SECTION + WHEN


@pytest.mark.parametrize(
    ("content", "mistake"),
    [
        # the head
        (instead("version = 3", "version = 0"), "version: 应该在 1 到 9999 之间。"),
        (instead("version = 3", "version = 10000"), "version: 应该在 1 到 9999 之间。"),
        (
            instead('"permanent"', '"5"'),
            "retention: 没有“5”这个词，可以用 permanent、30、10。",
        ),
        (instead('retention = "permanent"', ""), "retention: 写了“archive”，这里也要写。"),
        (instead('archive = "组织生活"', ""), "archive: 写了“retention”，这里也要写。"),
        (instead('"meeting.sample"', '"meeting"'), "kind: “meeting”的写法不对"),
        # the meeting
        (instead(MEETING, ""), "meeting: 会议的表单要写这一部分。"),
        (instead('"life"', '"dinner"'), "meeting.counts: 没有“dinner”这个词，可以用 assembly、committee、"),
        (instead('"life"', '"assembly"'), "meeting.counts: “assembly”出现了两次。"),
        (instead('"committee"', '"all"'), "meeting.expected: 没有“all”这个词，可以用 members、"),
        (instead('"training"', '"nap"'), "meeting.study_hours: 没有“nap”这个词，可以用 "),
        (instead('"talk"', '"poster"'), "meeting.layout: 没有“poster”这个词，可以用 book、talk。"),
        (instead("votes = true", "votes = false"), "meeting.votes: 有表决的表格，这里就要写 true。"),
        (instead("votes = true", "vote = true"), "meeting.vote: 这里没有这一项"),
        (instead("[meeting]", "[[meeting]]"), "meeting: 应该是一组键和值，这里是列表。"),
        (instead('role = "when"', ""), 'field: 会议的表单要有一栏写 role = "when"'),
        (
            instead('subject = "meeting"', 'subject = "member"'),
            "section[1].phase: 只有会议的表单才分会前、会中、会后。",
        ),
        (
            HEAD.replace('"meeting"', '"none"') + MEETING,
            'meeting: 只有 subject = "meeting" 的表单才有这一部分。',
        ),
        (
            HEAD.replace('"meeting"', '"none"') + SECTION.replace('phase = "before"', "") + WHEN,
            "field[1].role: “when”只能用在会议的表单里。",
        ),
        (
            HEAD.replace('"meeting"', '"none"') + SECTION.replace('phase = "before"', "") + VOTES,
            "table[1].holds: “votes”只能用在会议的表单里。",
        ),
        (instead('phase = "before"', 'phase = "never"'), "section[1].phase: 没有“never”这个词"),
        # roles
        (
            START + field("time_span", 'role = "when"'),
            "field[2].role: “when”出现了两次。",
        ),
        (with_field("text", 'role = "boss"'), "field[2].role: 没有“boss”这个词，可以用 when、place、"),
        (with_field("text", 'role = "chair"'), "field[2].role: “chair”只能用在这些类型上：member。"),
        (instead('role = "when"', 'role = "when"\nhidden = true'), "field[1].role: 会议的时间总要填写"),
        (
            instead('role = "when"', 'role = "when"\nonly_if = { field = "extra", filled = true }').replace(
                GUESTS, field("text") + GUESTS
            ),
            "field[1].role: 会议的时间总要填写",
        ),
        # conditions
        (
            with_field("text", 'only_if = { field = "gone", filled = true }'),
            "field[2].only_if.field: 没有“gone”",
        ),
        (with_field("text", 'only_if = { field = "extra", filled = true }'), "圈：extra → extra。"),
        (START + A_CIRCLE, "field[2].only_if: 条件绕成了一圈：a → b → c → a。"),
        (START + INTO_THE_CIRCLE, "field[2].only_if: 条件绕成了一圈：a → b → a。"),
        (with_field("text", 'only_if = { field = "held" }'), "only_if.is: 要写“is = [选项]”，或者"),
        (with_field("text", 'only_if = { field = "held", filled = false }'), "field[2].only_if.is: 要写"),
        (with_field("text", 'only_if = { field = "held", is = [] }'), "field[2].only_if.is: 不能空着。"),
        (
            with_field("text", 'only_if = { field = "asked", is = ["a"], filled = true }'),
            "field[2].only_if.filled: “is”和“filled”只能写一个。",
        ),
        (
            with_field("text", 'only_if = { field = "held", is = ["a"] }'),
            "field[2].only_if.is: “held”不是选项，只能写 filled = true。",
        ),
        (
            with_field("text", 'only_if = { field = "asked", is = ["b"] }') + ASKED,
            "field[2].only_if.is: 没有“b”这个词，可以用 a。",
        ),
        (
            with_field("text", 'only_if = { field = "files", filled = true }')
            + field("attachments", name="files"),
            "field[2].only_if.field: “files”没有存下来的内容，不能作条件。",
        ),
        (
            with_field("text", 'only_if = { field = "held", not = true, filled = true }'),
            "only_if.not: 这里没有",
        ),
        # words of one type only
        (with_field("text", "min = 1"), "field[2].min: 对“text”类型没有用处。"),
        (with_field("date", "max = 1"), "field[2].max: 对“date”类型没有用处。"),
        (with_field("text", "choices = []"), "field[2].choices: 对“text”类型没有用处。"),
        (with_field("text", 'figure = "meeting.number"'), "field[2].figure: 对“text”类型没有用处。"),
        (with_field("text", "slot = { }"), "field[2].slot: 对“text”类型没有用处。"),
        (
            with_field("computed", 'figure = "meeting.number"\ndefault = "3"'),
            "field[2].default: 对“computed”",
        ),
        (with_field("signature", 'prefill = "today"'), "field[2].prefill: 对“signature”类型没有用处。"),
        (with_field("attachments", 'source = "x"'), "field[2].source: 对“attachments”类型没有用处。"),
        (with_field("computed"), "field[2].figure: “computed”类型要写明显示哪个数。"),
        (with_field("computed", 'figure = "luck"'), "field[2].figure: 没有“luck”这个词"),
        (with_field("text", 'prefill = "luck"'), "field[2].prefill: 没有“luck”这个词"),
        (with_field("member", 'dictionary = "sex"'), "field[2].dictionary: “member”类型只能用自己的词表。"),
        (with_field("choice", 'dictionary = "colours"'), "field[2].dictionary: 没有“colours”这个词"),
        (with_field("choice"), "field[2].dictionary: “choice”类型要写 dictionary 或 choices。"),
        (
            with_field(
                "choice", 'dictionary = "sex"\nchoices = [{ code = "a", label = "甲", label_en = "A" }]'
            ),
            "field[2].choices: “dictionary”和“choices”只能写一个。",
        ),
        (
            with_field(
                "choice",
                'choices = [{ code = "a", label = "甲", label_en = "A" }, '
                '{ code = "b", label = "甲", label_en = "B" }]',
            ),
            "field[2].choices[2].label: “甲”出现了两次。",
        ),
        (
            with_field("choice", 'choices = [{ code = "a b", label = "甲", label_en = "A" }]'),
            "field[2].choices[1].code: “a b”的写法不对",
        ),
        (
            with_field("choice", 'choices = [{ code = "a", label = "甲" }]'),
            "field[2].choices[1].label_en: 没有写。",
        ),
        (with_field("choice", 'choices = ["甲"]'), "field[2].choices: 第 1 项应该是一组键和值。"),
        # a field against itself
        (with_field("number", "min = 3\nmax = 2"), "field[2].max: 小于 min。"),
        (
            with_field("text", 'default = "a"\nprefill = "today"'),
            "field[2].prefill: “default”和“prefill”只能写",
        ),
        (with_field("choice", 'dictionary = "sex"\ndefault = "3"'), "field[2].default: 没有“3”这个词"),
        (with_field("choice", 'dictionary = "sex"\ndefault = "1 2"'), "field[2].default: 没有“1 2”这个词"),
        (with_field("choices", 'dictionary = "sex"\ndefault = "1 3"'), "field[2].default: 没有“1 3”这个词"),
        (with_field("choices", 'dictionary = "sex"\ndefault = " "'), "field[2].default: 没有“ ”这个词"),
        (with_field("yes_no", 'default = "是"'), "field[2].default: 没有“是”这个词，可以用 1、0。"),
        (with_field("signature", "required = true"), "field[2].required: 这一栏没有人填写，不能是必填。"),
        (with_field("text", "hidden = true\nrequired = true"), "field[2].required: 这一栏没有人填写"),
        (with_field("text", 'help_en = "Help"'), "field[2].help: 写了“help_en”，这里也要写。"),
        # slots
        (with_field("attachments", "slot = { most = 0 }"), "field[2].slot.most: 至少是 1。"),
        (with_field("attachments", 'slot = { kinds = [".jpg"] }'), "field[2].slot.kinds: “.jpg”不是扩展名"),
        (with_field("attachments", "slot = { least = 1 }"), "field[2].slot.least: 这里没有这一项"),
        # tables
        (instead('holds = "votes"', 'holds = "food"'), "table[2].holds: 没有“food”这个词"),
        (instead('id = "ballots"', 'id = "held"'), "table[2].id: “held”出现了两次。"),
        (instead('id = "ballots"', 'id = "guests"'), "table[2].id: “guests”出现了两次。"),
        (WHOLE + VOTES.replace("ballots", "more"), "table[3].holds: “votes”出现了两次。"),
        (START + VOTES.replace('"basic"', '"other"'), "table[1].section: 这个表单没有“other”这一部分。"),
        (START + VOTES.replace('"votes"', '"lines"'), "table[1].field: 表格至少要有一列。"),
        (
            START + GUESTS.replace('section = "basic"', 'section = "basic"\nholds = "agenda"'),
            'table[1].field: 只有 holds = "lines" 的表格才有自己的列。',
        ),
        (START + GUESTS.replace('help_en = "They do not vote."', ""), "table[1].help_en: 写了“help”"),
        (START + GUESTS.replace('"since"', '"who"'), "table[1].field[2].id: “who”出现了两次。"),
        (START + GUESTS.replace('"新来"', '"姓名"'), "table[1].field[2].label: “姓名”已经指“who”。"),
        (
            START + GUESTS.replace('field = "who"', 'field = "held"'),
            "table[1].field[2].only_if.field: 没有“held”",
        ),
        (
            START + GUESTS.replace('"yes_no"', '"attachments"'),
            "table[1].field[2].type: 表格的列不能用“attachments”",
        ),
        (START + GUESTS.replace('"yes_no"', '"yes_no"\nrole = "place"'), "table[1].field[2].role: 这里没有"),
        (
            START + GUESTS.replace('"yes_no"', '"yes_no"\nsection = "basic"'),
            "table[1].field[2].section: 这里没有",
        ),
        (
            START + GUESTS.replace('"yes_no"', '"yes_no"\nprefill = "today"'),
            "table[1].field[2].prefill: 这里没有",
        ),
        # signatures
        (instead('who = "chair"', 'who = "cook"'), "signature[1].who: 没有“cook”这个词"),
        (WHOLE.replace(PAPER, SIGNATURE), "signature[2].id: “chair”出现了两次。"),
        # paper
        (
            instead("head_widths = [22, 58, 22, 58]", "head_widths = [22, 58]"),
            "paper.row[1]: 这一行占了 4 列，表头有 2 列。",
        ),
        (
            instead("[22, 58, 22, 58]", "[22, 58, 22, 580]"),
            "paper.head_widths: 每列至少 1 毫米，合计不超过 180 毫米。",
        ),
        (instead("[22, 58, 22, 58]", "[22, 58, 22, 0]"), "paper.head_widths: 每列至少 1 毫米"),
        (instead("[22, 58, 22, 58]", '["22"]'), "paper.head_widths: 列表里只能是整数。"),
        (instead("[22, 58, 22, 58]", "[true]"), "paper.head_widths: 列表里只能是整数。"),
        (
            instead('field = "held", columns = 3', 'field = "x", columns = 3'),
            "paper.row[1].cells[2].field: 没有“x”",
        ),
        (instead('field = "guests"', 'field = "ballots"'), "paper.row[2].cells[2].field: 没有“ballots”"),
        (instead('"agenda.numbered"', '"luck"'), "paper.row[2].cells[1].figure: 没有“luck”这个词"),
        (instead('{ label = "时　间" }', "{ columns = 1 }"), "paper.row[1].cells[1]: 每一格只能写"),
        (
            instead('{ label = "时　间" }', '{ label = "时", field = "held" }'),
            "paper.row[1].cells[1]: 每一格只能写",
        ),
        (instead('{ label = "时　间" }', '{ label = "时", columns = 0 }'), "cells[1].columns: 至少是 1。"),
        (instead('title = "会议记录"', 'title = "会议记录"\ncolour = "red"'), "paper.colour: 这里没有这一项"),
        # keys that could break a database
        (
            instead('id = "held"', 'id = "select"'),
            "field[1].id: “select”是数据库的保留字，不能用作标识，请换一个词，例如“the_select”。",
        ),
        (instead('id = "guests"', 'id = "table"'), "table[1].id: “table”是数据库的保留字"),
        (instead('id = "who"', 'id = "order"'), "table[1].field[1].id: “order”是数据库的保留字"),
        (
            instead('id = "held"', 'id = "held\'; drop table member; --"'),
            "field[1].id: “held'; drop table member; --”的写法不对",
        ),
    ],
)
def test_a_mistake_in_a_form_is_named_by_file_key_and_reason(content: str, mistake: str) -> None:
    with pytest.raises(FormMistake) as caught:
        read(content)
    assert mistake in str(caught.value)
    assert caught.value.file == "meeting.sample/form.toml"


def test_a_default_may_be_any_word_of_an_open_dictionary() -> None:
    form = read(with_field("choice", 'dictionary = "group"\ndefault = "g1"'))
    assert form.by_id["extra"].default == "g1"
    form = read(with_field("text", 'default = "三楼会议室"'))
    assert form.by_id["extra"].default == "三楼会议室"
    form = read(with_field("choices", 'dictionary = "sex"\ndefault = "1 2"'))
    assert form.by_id["extra"].default == "1 2"


def test_a_condition_may_wait_for_a_word_that_only_a_branch_file_knows() -> None:
    asked = field("choice", 'dictionary = "group"', "asked")
    form = read(with_field("text", 'only_if = { field = "asked", is = ["g1"] }') + asked)
    assert form.by_id["extra"].only_if == Condition("asked", ("g1",))
