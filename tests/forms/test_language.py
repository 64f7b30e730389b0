"""Forms: every shipped one loads, and every mistake an author can make is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.forms.field_types import FIELD_TYPES
from branchdesk.forms.language import Form, read_form, shipped_form, shipped_kinds
from branchdesk.forms.toml_files import FormMistake, TomlFile
from branchdesk.forms.words import BRANCH_DICTIONARIES
from branchdesk.i18n import Language, speak

HEAD = """
kind = "area.sample"
version = 3
title = "样表"
title_en = "Sample"
subject = "member"
period = "year"
checks = ["identity"]
"""
BASIC = """
[[section]]
id = "basic"
label = "基本"
label_en = "Basics"
"""
NAME = """
[[field]]
id = "name"
type = "text"
label = "姓名"
label_en = "Name"
section = "basic"
"""
SEX = """
[[field]]
id = "sex"
type = "choice"
dictionary = "sex"
label = "性别"
label_en = "Sex"
section = "basic"
"""
FULL = HEAD + BASIC + NAME + SEX


def read(folder: Path, content: str) -> Form:
    path = folder / "area.sample" / "form.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return read_form(TomlFile(path))


def test_a_form_is_read_with_everything_it_says(tmp_path: Path) -> None:
    more = (
        'required = true\nprivate = true\nin_list = true\nread_only = true\nsource = "standing"\n'
        'aliases = ["名字"]\nmax_length = 36\nwidth = 6\nhelp = "与身份证一致。"\n'
        'help_en = "As on the card."\nfuture = true\n'
    )
    form = read(tmp_path, HEAD + BASIC + SEX + NAME + more)
    assert (form.kind, form.version, form.title, form.title_en) == ("area.sample", 3, "样表", "Sample")
    assert (form.subject, form.period, form.checks) == ("member", "year", ("identity",))
    assert [section.id for section in form.sections] == ["basic"]
    name = form.by_id["name"]
    assert name.type is FIELD_TYPES["text"]
    assert (name.required, name.private, name.in_list, name.read_only, name.future) == (True,) * 5
    assert (name.max_length, name.width, name.source) == (36, 6, "standing")
    assert name.headings == ("姓名", "Name", "名字")
    assert form.stored == (form.by_id["sex"],)
    assert form.in_section("basic") == form.fields
    assert form.in_section("other") == ()


def test_a_plain_field_has_plain_defaults(tmp_path: Path) -> None:
    name = read(tmp_path, FULL).by_id["name"]
    assert (name.required, name.private, name.in_list, name.read_only, name.future) == (False,) * 5
    assert (name.max_length, name.width, name.aliases, name.hint()) == (200, 8, (), "")


def test_labels_titles_and_help_follow_the_language(tmp_path: Path) -> None:
    form = read(tmp_path, FULL + 'help = "男或女。"\nhelp_en = "Male or female."\n')
    sex = form.by_id["sex"]
    assert (form.shown(), form.sections[0].shown(), sex.shown(), sex.hint()) == (
        "样表",
        "基本",
        "性别",
        "男或女。",
    )
    speak(Language.ENGLISH)
    assert (form.shown(), form.sections[0].shown(), sex.shown(), sex.hint()) == (
        "Sample",
        "Basics",
        "Sex",
        "Male or female.",
    )


def without(line: str) -> str:
    assert FULL.count(line) == 1, line
    return FULL.replace(line, "")


def instead(line: str, other: str) -> str:
    assert FULL.count(line) == 1, line
    return FULL.replace(line, other)


@pytest.mark.parametrize(
    ("content", "mistake"),
    [
        # the head
        (without('kind = "area.sample"'), "area.sample/form.toml: kind: 没有写。"),
        (instead('"area.sample"', '"sample"'), "kind: “sample”的写法不对"),
        (without("version = 3"), "version: 没有写。"),
        (instead("version = 3", 'version = "3"'), "version: 应该是整数，这里是文字。"),
        (instead("version = 3", "version = false"), "version: 应该是整数，这里是真假（true 或 false）。"),
        (without('title = "样表"'), "title: 没有写。"),
        (instead('title = "样表"', 'title = ""'), "title: 不能空着。"),
        (without('title_en = "Sample"'), "title_en: 没有写。"),
        (
            instead('"member"', '"people"'),
            "subject: 没有“people”这个词，可以用 organisation、member、meeting、none",
        ),
        (instead('"year"', '"week"'), "period: 没有“week”这个词，可以用 none、month、quarter、half、year"),
        (instead('["identity"]', '"identity"'), "checks: 应该是列表，这里是文字。"),
        (instead('["identity"]', "[1]"), "checks: 列表里只能是文字。"),
        ("colour = 1\n" + FULL, "colour: 这里没有这一项"),
        # sections
        (HEAD + NAME, "field[1].section: 这个表单没有“basic”这一部分。"),
        (without('label = "基本"'), "section[1].label: 没有写。"),
        (without('label_en = "Basics"'), "section[1].label_en: 没有写。"),
        (HEAD + BASIC + "width = 3\n" + NAME, "section[1].width: 这里没有这一项"),
        (HEAD + BASIC + BASIC + NAME, "section[2].id: “basic”出现了两次。"),
        (HEAD + "section = 3\n" + NAME, "section: 应该是列表，这里是整数。"),
        # fields
        (without('id = "name"'), "field[1].id: 没有写。"),
        (instead('"name"', '"Name"'), "field[1].id: “Name”的写法不对"),
        (instead('"name"', f'"{"n" * 32}"'), "field[1].id: "),
        (without('type = "text"'), "field[1].type: 没有写。"),
        (instead('"text"', '"number_of_people"'), "field[1].type: 没有“number_of_people”这种类型"),
        (without('label = "姓名"'), "field[1].label: 没有写。"),
        (without('label_en = "Name"'), "field[1].label_en: 没有写。"),
        (HEAD + BASIC + NAME.replace("section", "part"), "field[1].section: 没有写。"),
        (HEAD + BASIC + NAME.replace('"basic"', '"work"'), "field[1].section: 这个表单没有“work”这一部分"),
        (FULL + "requried = true\n", "field[2].requried: 这里没有这一项"),
        (FULL + 'required = "yes"\n', "field[2].required: 应该是真假（true 或 false），这里是文字。"),
        (FULL + 'width = "8"\n', "field[2].width: 应该是整数，这里是文字。"),
        (FULL + "max_length = 3.5\n", "field[2].max_length: 应该是整数，这里是小数。"),
        (FULL + 'aliases = "男女"\n', "field[2].aliases: 应该是列表，这里是文字。"),
        (without('dictionary = "sex"'), "field[2].dictionary: “choice”类型要写 dictionary 或 choices。"),
        (
            HEAD + BASIC + NAME + 'dictionary = "sex"\n',
            "field[1].dictionary: 对“text”类型没有用处。",
        ),
        (FULL + 'help = "男或女。"\n', "field[2].help_en: 写了“help”，这里也要写。"),
        (FULL + 'help_en = "Male or female."\n', "field[2].help: 写了“help_en”，这里也要写。"),
        (instead('"sex"\ntype', '"name"\ntype'), "field[2].id: “name”出现了两次。"),
        (instead('"性别"', '"姓名"'), "field[2].label: “姓名”已经指“name”。"),
        (instead('"Sex"', '"Name"'), "field[2].label_en: “Name”已经指“name”。"),
        (FULL + 'aliases = ["男女", "姓名"]\n', "field[2].aliases: “姓名”已经指“name”。"),
        # the file
        (FULL + "[[field]\n", "area.sample/form.toml: : "),
    ],
)
def test_a_mistake_in_a_form_is_named_by_file_key_and_reason(
    tmp_path: Path, content: str, mistake: str
) -> None:
    with pytest.raises(FormMistake) as caught:
        read(tmp_path, content)
    assert mistake in str(caught.value)
    assert caught.value.file == "area.sample/form.toml"


def test_a_field_may_repeat_its_own_label_among_its_other_headings(tmp_path: Path) -> None:
    assert read(tmp_path, FULL + 'aliases = ["性别"]\n').by_id["sex"].aliases == ("性别",)


def test_the_member_file_and_the_organisation_profile_ship() -> None:
    assert {"member.file", "organisation.profile"} <= set(shipped_kinds())


@pytest.mark.parametrize("kind", shipped_kinds())
def test_every_shipped_form_loads_and_is_kept_under_its_kind(kind: str) -> None:
    form = shipped_form(kind)
    assert form.kind == kind
    assert form.version >= 1
    assert form.fields or form.points is not None
    assert all(form.in_section(section.id) or form.tables_in(section.id) for section in form.sections)


@pytest.mark.parametrize("kind", shipped_kinds())
def test_every_dictionary_that_a_shipped_form_names_exists(kind: str) -> None:
    form = shipped_form(kind)
    fields = [*form.fields, *(field for table in form.tables for field in table.fields)]
    named = {field.dictionary for field in fields if field.dictionary}
    assert named <= set(shipped_dictionaries()) | set(BRANCH_DICTIONARIES)


@pytest.mark.parametrize("kind", shipped_kinds())
def test_every_shipped_field_has_room_for_its_heading_and_something_typed(kind: str) -> None:
    for field in shipped_form(kind).fields:
        assert field.width >= 4, field.id
        assert field.max_length >= 6, field.id


def test_every_shipped_dictionary_is_kept_under_its_own_name() -> None:
    for name, dictionary in shipped_dictionaries().items():
        assert dictionary.id == name
        assert dictionary.entries
        assert all(entry.label and entry.label_en for entry in dictionary.entries)


def test_the_sixteen_national_items_of_a_member_are_in_the_member_file() -> None:
    national = {
        *("姓名", "性别", "公民身份号码", "民族", "出生日期", "学历", "人员类别", "所在党支部"),
        *("加入党组织日期", "转为正式党员日期", "工作岗位", "手机号码", "固定电话", "家庭住址", "党籍状态"),
        *("是否失联党员", "失去联系日期", "是否流动党员", "外出流向"),
    }
    headings = {heading for field in shipped_form("member.file").fields for heading in field.headings}
    assert national <= headings


@pytest.mark.parametrize(
    "heading",
    [
        "出生年月",
        "身份证号码",
        "入党时间",
        "转正时间",
        "所在党支部",
        "党籍状态（正式党员或预备党员）",
        "组织关系转入时间",
        "提交书面申请书时间",
        "确定为入党积极分子时间",
        "确定为发展对象时间",
        "入党介绍人",
        "入党时所在党支部",
        "转正时所在党支部",
        "党内职务",
        "党内奖励",
        "其他奖励",
        "最高学历",
        "最高学位",
        "学位授予日期",
        "所学专业",
        "毕业学校",
        "编制类别",
        "专业技术职务（职称）",
        "职称级别",
        "联系地址",
        "联系邮箱",
        "退休时间",
        "学工号",
        "来源",
        "籍贯",
    ],
)
def test_the_headings_of_real_sheets_are_known(heading: str) -> None:
    known = {one for field in shipped_form("member.file").fields for one in field.headings}
    assert heading in known
