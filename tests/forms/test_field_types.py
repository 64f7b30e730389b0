"""Every field type: what is typed is read, checked and shown, and never lost (ux G5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchdesk.findings import Severity
from branchdesk.forms.dictionaries import Dictionary, Entry, shipped_dictionaries
from branchdesk.forms.field_types import FIELD_TYPES, LONGEST, Reading, Surroundings, fen_of
from branchdesk.forms.language import Field
from branchdesk.i18n import Language, speak

TODAY = date(2026, 11, 21)
EMPTY = Dictionary("empty", "空", "Empty", "1", "", True, ())
BRANCHES = replace(EMPTY, entries=(Entry("o1", "东街党支部", aliases=("中共东街党支部委员会",)),))
UID = "0190c1b2a3d47e5f8a9b0c1d2e3f4a5b"
MEMBERS = replace(
    EMPTY,
    entries=(
        Entry("m1", "王明"),
        Entry("m2", "李明（第一党小组）"),
        Entry("m3", "李明（第二党小组）"),
        Entry("m4", "李敏"),
        Entry("m5", "买买提·阿依古丽"),
    ),
)
VOCABULARY: Mapping[str, Dictionary] = {
    **shipped_dictionaries(),
    "empty": EMPTY,
    "organisation": BRANCHES,
    "member": MEMBERS,
}
AROUND = Surroundings(VOCABULARY, TODAY)
TYPED = replace(AROUND, typed=True)
DICTIONARIES = {"choice": "category", "choices": "post"}


def field_of(type_name: str, **more: str | bool | int) -> Field:
    plain = Field(
        "f", FIELD_TYPES[type_name], "栏", "Field", "basic", dictionary=DICTIONARIES.get(type_name, "")
    )
    return replace(plain, **more)  # type: ignore[arg-type]  # any of the fields, for the tests below


def read(field: Field, text: str, around: Surroundings = AROUND) -> Reading:
    return field.type.read(field, text, around)


def findings(field: Field, text: str, around: Surroundings = AROUND) -> list[tuple[str, str]]:
    """What is said of a typed text, when it is read and when it is checked."""
    reading = read(field, text, around)
    checked = field.type.check(field, reading.value, around) if reading.value else ()
    assert all(finding.field == field.id for finding in (*reading.findings, *checked))
    return [(finding.code, finding.sentence) for finding in (*reading.findings, *checked)]


@pytest.mark.parametrize(
    ("type_name", "text", "value", "shown"),
    [
        ("text", " 王明 ", "王明", "王明"),
        ("text", "工作\n单位", "工作 单位", "工作 单位"),
        ("text", "𬭎𰻞", "𬭎𰻞", "𬭎𰻞"),
        ("long_text", " 一\r\n二\n ", "一\n二", "一\n二"),
        ("date", "1998年7月", "1998-07", "1998.07"),
        ("date", "1998.7.1", "1998-07-01", "1998.07.01"),
        ("date", "1998", "1998", "1998"),
        ("date", "２０２４．５．１", "2024-05-01", "2024.05.01"),
        ("choice", "预备", "probationary", "预备党员"),
        ("choice", "Full member", "full", "正式党员"),
        ("choices", "组织委员、书记", "secretary organisation", "书记、组织委员"),
        ("choices", "书记,书记；支部书记", "secretary", "书记"),
        ("choices", "书记 组织委员", "secretary organisation", "书记、组织委员"),
        ("choices", "secretary organisation", "secretary organisation", "书记、组织委员"),
        ("choices", "组 织 委 员", "organisation", "组织委员"),
        ("choices", "书记/宣传委员\n纪检委员", "secretary publicity discipline", "书记、宣传委员、纪检委员"),
        ("yes_no", "是", "1", "是"),
        ("yes_no", "√", "1", "是"),
        ("yes_no", "Ｙ", "1", "是"),
        ("yes_no", "无", "0", "否"),
        ("yes_no", "×", "0", "否"),
        ("number", "１,２３４", "1234", "1234"),
        ("number", "007", "7", "7"),
        ("number", "12.0", "12", "12"),
        ("number", "0", "0", "0"),
        ("number", "9" * 5_000, "9" * 5_000, "9" * 5_000),
        ("number", "1,234,567", "1234567", "1234567"),
        ("money", "12.5", "1250分", "12.50"),
        ("money", "1,234,567.5", "123456750分", "1234567.50"),
        ("money", "￥1,234.56元", "123456分", "1234.56"),
        ("money", "１２．５０", "1250分", "12.50"),
        ("money", "0", "0分", "0.00"),
        ("money", "0.05", "5分", "0.05"),
        ("money", "0.005", "1分", "0.01"),
        ("money", "12.345", "1235分", "12.35"),
        ("money", "1250分", "1250分", "12.50"),
        ("money", "9999999999999.99", "999999999999999分", "9999999999999.99"),
        ("phone", "138 0013 8000", "13800138000", "13800138000"),
        ("phone", "１３８００１３８０００", "13800138000", "13800138000"),
        ("phone", "13800138000.0", "13800138000", "13800138000"),
        ("phone", "0531-88887777", "0531-88887777", "0531-88887777"),
        ("phone", "13800138000\n0531-88887777", "13800138000、0531-88887777", "13800138000、0531-88887777"),
        ("phone", "13800138000 13900139000", "13800138000、13900139000", "13800138000、13900139000"),
        ("phone", "0531 8888777", "05318888777", "05318888777"),
        ("id_number", "999999 19900307 001x", "99999919900307001X", "99999919900307001X"),
        ("id_number", "'９９９９９９１９９００３０７００１２", "999999199003070012", "999999199003070012"),
    ],
)
def test_what_is_typed_is_stored_in_one_form_and_shown_so_that_it_reads_back(
    type_name: str, text: str, value: str, shown: str
) -> None:
    field = field_of(type_name, max_length=LONGEST)
    assert read(field, text).value == value
    assert field.type.check(field, value, AROUND) == ()
    assert field.type.show(field, value, VOCABULARY) == shown
    assert read(field, shown).value == value


@pytest.mark.parametrize("type_name", FIELD_TYPES)
@pytest.mark.parametrize("text", ["", "  ", "\u3000\n", "\u200b"])
def test_an_empty_text_clears_every_type_of_field(type_name: str, text: str) -> None:
    field = field_of(type_name)
    assert read(field, text).value is None
    assert field.type.show(field, None, VOCABULARY) == ""


@pytest.mark.parametrize(
    ("type_name", "text", "code", "severity", "sentence"),
    [
        ("date", "2024.2.30", "date", Severity.ERROR, "2024 年 2 月没有 30 日。"),
        ("date", "2024-05-00", "date", Severity.ERROR, "2024 年 5 月没有 0 日。"),
        ("date", "不详", "date", Severity.ERROR, "“不详”不是能认出的日期，请写成 2010.06.29 或 2010.06。"),
        ("date", "6.1", "date", Severity.ERROR, "“6.1”没有写年份，请补上年份，如 2010.06.29。"),
        ("date", "2027.1.1", "future", Severity.WARN, "2027.01.01 还没有到，请核对。"),
        (
            "choice",
            "预先",
            "unknown_word",
            Severity.ERROR,
            "“预先”不在可选的内容里，可以选 预备党员 等。",
        ),
        (
            "choice",
            "龙",
            "unknown_word",
            Severity.ERROR,
            "“龙”不在可选的内容里，可以选 正式党员、预备党员 等。",
        ),
        ("choices", "书记、楼长", "unknown_word", Severity.ERROR, "“楼长”不在可选的内容里，可以选 书记、"),
        ("choices", "楼长 书记", "unknown_word", Severity.ERROR, "“楼长书记”不在可选的内容里，"),
        ("choices", "、", "unknown_word", Severity.ERROR, "“、”不在可选的内容里，可以选 书记、"),
        ("yes_no", "可能", "yes_no", Severity.ERROR, "“可能”不是“是”或“否”。"),
        ("number", "-5", "number", Severity.ERROR, "“-5”不是整数。"),
        ("number", "3.5", "number", Severity.ERROR, "“3.5”不是整数。"),
        ("number", "二十", "number", Severity.ERROR, "“二十”不是整数。"),
        ("number", "0x1", "number", Severity.ERROR, "“0x1”不是整数。"),
        ("number", "²", "number", Severity.ERROR, "“²”不是整数。"),
        ("number", "٣", "number", Severity.ERROR, "“٣”不是整数。"),
        ("number", "3,5", "number", Severity.ERROR, "“3,5”不是整数。"),
        ("number", "12,34", "number", Severity.ERROR, "“12,34”不是整数。"),
        ("number", "1,2345", "number", Severity.ERROR, "“1,2345”不是整数。"),
        ("money", "12，50", "money", Severity.ERROR, "“12，50”不是金额，请写成 12.50。"),
        ("money", "12,50", "money", Severity.ERROR, "“12,50”不是金额，请写成 12.50。"),
        ("money", "3,5", "money", Severity.ERROR, "“3,5”不是金额，请写成 12.50。"),
        ("money", "1,2345.6", "money", Severity.ERROR, "“1,2345.6”不是金额，请写成 12.50。"),
        ("money", "12.3.4", "money", Severity.ERROR, "“12.3.4”不是金额，请写成 12.50。"),
        ("money", "1_0", "money", Severity.ERROR, "“1_0”不是金额，请写成 12.50。"),
        ("money", "1e3", "money", Severity.ERROR, "“1e3”不是金额，请写成 12.50。"),
        ("money", "9" * 40, "money", Severity.ERROR, "“99999"),
        ("money", "十二元", "money", Severity.ERROR, "“十二元”不是金额，请写成 12.50。"),
        ("money", "-5", "money", Severity.ERROR, "“-5”不是金额，请写成 12.50。"),
        ("money", "nan", "money", Severity.ERROR, "“nan”不是金额，请写成 12.50。"),
        ("money", "1e999999", "money", Severity.ERROR, "“1e999999”不是金额，请写成 12.50。"),
        ("money", "10000000000000", "money", Severity.ERROR, "“10000000000000”不是金额，请写成 12.50。"),
        ("money", "1e14", "money", Severity.ERROR, "“1e14”不是金额，请写成 12.50。"),
        ("money", "٣", "money", Severity.ERROR, "“٣”不是金额，请写成 12.50。"),
        ("money", "9" * 5_000 + "分", "money", Severity.ERROR, "“99999"),
        ("phone", "1380013800", "phone", Severity.WARN, "手机号应为 11 位，这里有 10 位。"),
        ("phone", "电话不详", "phone", Severity.WARN, "“电话不详”不像电话号码，请核对。"),
        ("phone", "88888", "phone", Severity.WARN, "“88888”不像电话号码，请核对。"),
        ("phone", "1380013800x", "phone", Severity.WARN, "“1380013800x”不像电话号码，请核对。"),
        ("phone", "、", "phone", Severity.WARN, "“、”不像电话号码，请核对。"),
        ("phone", ".0", "phone", Severity.WARN, "“.0”不像电话号码，请核对。"),
    ],
)
def test_what_cannot_be_understood_is_kept_as_typed_and_explained(
    type_name: str, text: str, code: str, severity: Severity, sentence: str
) -> None:
    field = field_of(type_name)
    value = read(field, text).value
    assert value is not None
    (finding,) = field.type.check(field, value, AROUND)
    assert (finding.code, finding.severity) == (code, severity)
    assert finding.sentence.startswith(sentence)
    if severity is Severity.ERROR and type_name != "choices":
        assert value == text
        assert field.type.show(field, value, VOCABULARY) == text


def test_an_unknown_word_among_known_ones_is_kept_behind_them() -> None:
    field = field_of("choices")
    assert read(field, "楼长、书记").value == "secretary 楼长"
    assert field.type.show(field, "secretary 楼长", VOCABULARY) == "书记、楼长"


def test_at_most_four_words_are_offered() -> None:
    ((_code, sentence),) = findings(field_of("choices"), "楼长")
    assert sentence == "“楼长”不在可选的内容里，可以选 书记、副书记、组织委员、宣传委员 等。"


def test_an_empty_dictionary_has_nothing_to_offer() -> None:
    assert findings(field_of("choice", dictionary="empty"), "甲") == [
        ("unknown_word", "“甲”不在可选的内容里。")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "19912345678",
        "010-88887777",
        "0531-8888777",
        "053188887777",
        "0531-88887777-8001",
        "88887777",
        "400-123-4567",
        "8001234567",
        "13800138000、0531-88887777",
        "13800138000/13900139000",
    ],
)
def test_telephone_numbers_in_use_raise_no_question(text: str) -> None:
    assert findings(field_of("phone"), text) == []


@pytest.mark.parametrize("type_name", ["text", "long_text"])
def test_a_text_that_paper_has_no_room_for_is_kept_with_a_warning(type_name: str) -> None:
    field = field_of(type_name, max_length=5)
    assert findings(field, "一二三四五") == []
    assert read(field, "一二三四五六").value == "一二三四五六"
    assert findings(field, "一二三四五六") == [("too_long", "有 6 个字，超过了 5 个，打印时会放不下。")]


@pytest.mark.parametrize("type_name", ["text", "long_text"])
def test_a_text_beyond_every_cell_is_cut_and_says_so(type_name: str) -> None:
    field = field_of(type_name, max_length=LONGEST)
    assert findings(field, "好" * LONGEST) == []
    assert read(field, "好" * (LONGEST + 1)).value == "好" * LONGEST
    assert findings(field, "好" * (LONGEST + 1)) == [("cut_off", "内容有 32768 个字，只保存了前 32767 个。")]


@pytest.mark.parametrize("type_name", FIELD_TYPES)
def test_hidden_characters_are_taken_out_and_named(type_name: str) -> None:
    field = field_of(type_name)
    reading = read(field, "1\u200b\x00\u200b2")
    assert reading.value is not None
    assert "\u200b" not in reading.value
    (first, *_rest) = [one for one in reading.findings if one.code == "hidden_characters"]
    assert first.sentence == "内容里有看不见的字符（U+200B U+0000），已去掉。"


def test_the_line_ends_of_windows_are_not_hidden_characters() -> None:
    assert read(field_of("long_text"), "一\r\n二").findings == ()


def test_dates_are_read_with_their_doubts_and_typed_ones_without_a_year() -> None:
    field = field_of("date")
    assert [code for code, _sentence in findings(field, "2024.1")] == ["date_doubt"]
    assert [code for code, _sentence in findings(field, "45413")] == ["date_doubt"]
    assert read(field, "5月1日", TYPED).value == "2026-05-01"
    assert read(field, "今天", TYPED).value == "2026-11-21"
    assert read(field, "今天").value == "今天"


def test_a_stored_date_in_another_form_asks_to_be_typed_again() -> None:
    field = field_of("date")
    (finding,) = field.type.check(field, "2024.5.1", AROUND)
    assert finding.sentence == "请重新输入这个日期。"


def test_a_month_that_has_begun_is_not_in_the_future_and_some_dates_may_lie_ahead() -> None:
    assert findings(field_of("date"), "2026.11") == []
    assert findings(field_of("date"), "2026.11.21") == []
    assert findings(field_of("date"), "2026.11.22") == [("future", "2026.11.22 还没有到，请核对。")]
    assert findings(field_of("date", future=True), "2026.12") == []


def test_yes_and_no_are_shown_in_the_language_in_use() -> None:
    field = field_of("choice")
    speak(Language.ENGLISH)
    assert field.type.show(field, "full", VOCABULARY) == "Full member"


@pytest.mark.parametrize(
    ("value", "fen"),
    [("1250分", 1250), ("0分", 0), ("分", None), ("1250", None), ("-5分", None), ("", None), (None, None)],
)
def test_only_a_stored_amount_is_an_amount(value: str | None, fen: int | None) -> None:
    assert fen_of(value) == fen


def test_an_odd_apostrophe_alone_is_kept() -> None:
    assert read(field_of("id_number"), "'").value == "'"


def test_the_branchs_own_word_is_a_right_one() -> None:
    own = {**VOCABULARY, "post": shipped_dictionaries()["post"].extended([Entry("own1", "网格员")])}
    field = field_of("choices")
    around = Surroundings(own, TODAY)
    assert read(field, "网格员、书记", around).value == "secretary own1"
    assert findings(field, "网格员", around) == []
    assert field.type.show(field, "own1", own) == "网格员"


@pytest.mark.parametrize("type_name", FIELD_TYPES)
@given(text=st.text(max_size=40))
def test_no_text_of_the_world_breaks_a_field_and_none_that_says_something_is_lost(
    type_name: str, text: str
) -> None:
    field = field_of(type_name)
    reading = read(field, text, TYPED)
    if reading.value is None:
        assert not text.strip() or reading.findings
        return
    assert reading.value
    field.type.check(field, reading.value, TYPED)
    shown = field.type.show(field, reading.value, VOCABULARY)
    assert shown
    if type_name != "choices":
        assert read(field, shown, AROUND).value == reading.value


@given(st.decimals(min_value=0, max_value=10_000_000, places=2))
def test_every_amount_reads_back(amount: object) -> None:
    field = field_of("money")
    value = read(field, str(amount)).value
    assert field.type.show(field, value, VOCABULARY) == f"{amount:.2f}"


# ---- words that belong somewhere

GROUPS = replace(
    EMPTY,
    entries=(
        Entry("w", "一组", home="west"),
        Entry("w2", "青年组", home="west"),
        Entry("e", "一组", home="east"),
    ),
)
OF_THE_COMMITTEE = replace(AROUND, vocabulary={**VOCABULARY, "group": GROUPS})


@pytest.mark.parametrize(
    ("home", "text", "value", "said"),
    [
        ("west", "一组", "w", []),
        ("east", "一组", "e", []),
        ("east", "青年组", "青年组", ["本支部没有“青年组”，只有别的支部有；可以选 一组 等。"]),
        ("south", "一组", "一组", ["本支部没有“一组”，只有别的支部有；请先在本支部设立。"]),
        ("south", "二组", "二组", ["“二组”不在可选的内容里。"]),
    ],
)
def test_a_word_of_elsewhere_is_kept_as_typed_and_said_to_be_that(
    home: str, text: str, value: str, said: list[str]
) -> None:
    field, around = field_of("choice", dictionary="group"), OF_THE_COMMITTEE.of(home)
    assert read(field, text, around).value == value
    assert findings(field, text, around) == [("unknown_word", sentence) for sentence in said]


def test_a_stored_word_of_elsewhere_is_still_shown_and_not_found_fault_with() -> None:
    field, around = field_of("choice", dictionary="group"), OF_THE_COMMITTEE.of("east")
    assert field.type.check(field, "w2", around) == ()
    assert field.type.show(field, "w2", around.vocabulary) == "青年组"


def test_where_nothing_belongs_elsewhere_everything_stays_as_it_is() -> None:
    assert AROUND.of("west") is AROUND
    assert OF_THE_COMMITTEE.of("west").typed is OF_THE_COMMITTEE.typed


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("李　敏", "李敏"),
        (" 李  敏 ", "李敏"),
        ("欧阳 娜娜", "欧阳娜娜"),
        ("阿依古丽 · 买买提", "阿依古丽·买买提"),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("\U00020000 娜", "\U00020000娜"),
        ("John  Smith", "John Smith"),
        ("A.B", "A.B"),
    ],
)
def test_a_name_is_stored_as_on_the_identity_card(typed: str, stored: str) -> None:
    assert read(field_of("person_name"), typed).value == stored
