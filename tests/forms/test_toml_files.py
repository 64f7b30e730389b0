"""Every mistake in a form file is named by file, key and reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from branchdesk.forms.toml_files import FormMistake, TomlFile, TomlTable, TomlText


def table(**values: object) -> TomlTable:
    return TomlTable("area.name/form.toml", "field[2]", values)


def test_a_table_gives_each_value_as_its_type() -> None:
    row = table(text="a", flag=True, number=3, day=date(2026, 5, 11), texts=["b", "c"], word="year")
    assert row.text("text") == "a"
    assert row.flag("flag") is True
    assert row.number("number") == 3
    assert row.day("day") == date(2026, 5, 11)
    assert row.day_or_none("day") == date(2026, 5, 11)
    assert row.texts("texts") == ("b", "c")
    assert row.one_of("word", ("month", "year")) == "year"
    assert row.matching("text", "[a-z]") == "a"
    row.done()


def test_absent_keys_give_their_defaults() -> None:
    row = table()
    assert row.text("text", "") == ""
    assert row.flag("flag") is False
    assert row.flag("other", default=True) is True
    assert row.number("number", 200) == 200
    assert row.day_or_none("day") is None
    assert row.texts("texts") == ()
    assert row.rows("rows") == []
    row.done()


@pytest.mark.parametrize(
    ("method", "value", "reason"),
    [
        ("text", 3, "应该是文字，这里是整数。"),
        ("text", ["a"], "应该是文字，这里是列表。"),
        ("text", "", "不能空着。"),
        ("text", "  ", "不能空着。"),
        ("flag", "yes", "应该是真假（true 或 false），这里是文字。"),
        ("flag", 1, "应该是真假（true 或 false），这里是整数。"),
        ("number", "3", "应该是整数，这里是文字。"),
        ("number", 3.5, "应该是整数，这里是小数。"),
        ("number", True, "应该是整数，这里是真假（true 或 false）。"),
        ("number", False, "应该是整数，这里是真假（true 或 false）。"),
        ("day", "2026-05-11", "应该是日期，这里是文字。"),
        ("day_or_none", 2026, "应该是日期，这里是整数。"),
        ("texts", "a", "应该是列表，这里是文字。"),
        ("texts", ["a", 3], "列表里只能是文字。"),
        ("rows", {"a": 1}, "应该是列表，这里是一组键和值。"),
        ("rows", [{"a": 1}, "b"], "第 2 项应该是一组键和值。"),
    ],
)
def test_a_value_of_another_type_is_refused(method: str, value: object, reason: str) -> None:
    with pytest.raises(FormMistake) as caught:
        getattr(table(key=value), method)("key")
    assert (caught.value.file, caught.value.key) == ("area.name/form.toml", "field[2].key")
    assert caught.value.reason == reason
    assert str(caught.value) == f"area.name/form.toml: field[2].key: {reason}"


def test_a_moment_is_no_day(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text("day = 2026-05-11T00:00:00\n", encoding="utf-8")
    with pytest.raises(FormMistake, match="day: 应该是日期，这里是日期和时刻。"):
        TomlFile(path).day("day")


@pytest.mark.parametrize("method", ["text", "number", "day"])
def test_a_missing_key_is_named(method: str) -> None:
    with pytest.raises(FormMistake, match=r"field\[2\]\.label: 没有写。"):
        getattr(table(), method)("label")


def test_a_word_out_of_the_list_is_refused_with_the_list() -> None:
    with pytest.raises(FormMistake, match="没有“week”这个词，可以用 month、year"):
        table(period="week").one_of("period", ("month", "year"))


def test_a_text_of_another_shape_is_refused_with_the_shape() -> None:
    with pytest.raises(FormMistake, match="“Born On”的写法不对"):
        table(id="Born On").matching("id", "^[a-z_]+$")


def test_an_endless_key_is_named_by_its_beginning() -> None:
    with pytest.raises(FormMistake) as caught:
        table(**{"x" * 100_000: 1}).done()
    assert caught.value.key == f"field[2].{'x' * 60}…"


def test_a_key_that_nobody_asked_for_is_refused() -> None:
    row = table(label="姓名", lable_en="Name")
    row.text("label")
    with pytest.raises(FormMistake, match=r"field\[2\]\.lable_en: 这里没有这一项"):
        row.done()


def test_rows_know_their_place_in_the_file() -> None:
    outer = TomlTable("area.name/form.toml", "", {"field": [{"id": "a"}, {"id": 2}]})
    rows = outer.rows("field")
    assert rows[0].text("id") == "a"
    with pytest.raises(FormMistake, match=r"form\.toml: field\[2\]\.id: 应该是文字"):
        rows[1].text("id")


def test_a_file_is_named_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "area.name" / "form.toml"
    path.parent.mkdir()
    path.write_text('title = "名册"\n', encoding="utf-8")
    file = TomlFile(path)
    assert file.text("title") == "名册"
    with pytest.raises(FormMistake) as caught:
        file.text("kind")
    assert str(caught.value) == "area.name/form.toml: kind: 没有写。"


@pytest.mark.parametrize(
    "content",
    [
        b"title = ",
        b"a = 1\na = 2",
        b"a = " + b"9" * 5_000,
        b"a = " + b"[" * 100_000,
        b"title = '\xff'",
        b"\x00",
    ],
)
def test_a_file_that_is_no_toml_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "form.toml"
    path.write_bytes(content)
    with pytest.raises(FormMistake) as caught:
        TomlFile(path)
    assert caught.value.file == f"{tmp_path.name}/form.toml"
    assert caught.value.reason


def test_numbers_tables_and_lists_inside_a_table_are_read() -> None:
    row = table(half=Decimal("0.5"), three=3, widths=[22, 58], inner={"id": "a"}, flag=True)
    assert (row.decimal("half"), row.decimal("three")) == (Decimal("0.5"), Decimal(3))
    assert (row.decimal("gone", Decimal(1)), row.decimal_or_none("gone")) == (Decimal(1), None)
    assert row.decimal_or_none("half") == Decimal("0.5")
    assert (row.number_or_none("three"), row.number_or_none("gone")) == (3, None)
    assert (row.numbers("widths"), row.numbers("gone")) == ((22, 58), ())
    inner = row.table("inner")
    assert inner is not None
    assert inner.text("id") == "a"
    assert row.table("gone") is None
    assert row.one_of("gone", ("a", "b"), "") == ""
    assert row.value("flag") is True
    assert row.has("flag")
    assert not row.has("gone")
    assert row.written() == ["half", "three", "widths", "inner", "flag"]
    row.done()


@pytest.mark.parametrize(
    ("method", "value", "reason"),
    [
        ("decimal", "0.5", "应该是整数，这里是文字。"),
        ("decimal", True, "应该是整数，这里是真假（true 或 false）。"),
        ("decimal", Decimal("nan"), "应该是一个不太大的数。"),
        ("decimal", Decimal("-inf"), "应该是一个不太大的数。"),
        ("decimal", Decimal("1e9"), "应该是一个不太大的数。"),
        ("decimal", -(10**9), "应该是一个不太大的数。"),
        ("decimal_or_none", "0.5", "应该是整数，这里是文字。"),
        ("number_or_none", "3", "应该是整数，这里是文字。"),
        ("number", Decimal("0.5"), "应该是整数，这里是小数。"),
        ("numbers", [1, "2"], "列表里只能是整数。"),
        ("numbers", [True], "列表里只能是整数。"),
        ("numbers", 3, "应该是列表，这里是整数。"),
        ("table", [], "应该是一组键和值，这里是列表。"),
        ("value", ["a"], "应该是文字，这里是列表。"),
        ("value", None, "应该是文字，这里是NoneType。"),
    ],
)
def test_a_number_table_or_list_of_another_type_is_refused(method: str, value: object, reason: str) -> None:
    with pytest.raises(FormMistake) as caught:
        getattr(table(key=value), method)("key")
    assert (caught.value.key, caught.value.reason) == ("field[2].key", reason)


def test_a_mistake_in_a_table_inside_knows_its_place() -> None:
    inner = table(only_if={"field": 3, "rows": [{"id": 1}]}).table("only_if")
    assert inner is not None
    with pytest.raises(FormMistake, match=r"field\[2\]\.only_if\.field: 应该是文字"):
        inner.text("field")
    with pytest.raises(FormMistake, match=r"field\[2\]\.only_if\.rows\[1\]\.id: 应该是文字"):
        inner.rows("rows")[0].text("id")
    with pytest.raises(FormMistake, match=r"form\.toml: field\[2\]\.only_if: 整个都不对"):
        inner.refuse("", "整个都不对")


def test_a_number_with_decimals_is_exact() -> None:
    assert TomlText("points = 0.1\n", "x").decimal("points") == Decimal("0.1")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('label = "a\\u0000b"', "里面有看不见的字符或换行（U+0000），请删去。"),
        ('label = "甲\\n乙"', "里面有看不见的字符或换行（U+000A），请删去。"),
        ('label = "甲\u202e乙"', "里面有看不见的字符或换行（U+202E），请删去。"),
        (f'label = "{"长" * 100_000}"', "有 100000 个字，最多 200 个。"),
    ],
)
def test_a_text_that_no_paper_can_take_is_refused(content: str, reason: str) -> None:
    with pytest.raises(FormMistake) as caught:
        TomlText(content, "x").text("label")
    assert (caught.value.key, caught.value.reason) == ("label", reason)


def test_the_texts_of_a_list_are_looked_at_as_well() -> None:
    with pytest.raises(FormMistake, match="aliases: 里面有看不见的字符"):
        table(aliases=["好", "坏\t"]).texts("aliases")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            "a = 1\nb = 2\na = 3\n",
            "第 3 行不是正确的 TOML（Cannot overwrite a value (at line 3, column 6)）。",
        ),
        ("a = " + "[" * 5_000, "括号套得太深。"),
        ("a" + ".a" * 50_000 + " = 1", "里面有一层套一层、太深的键。"),
        ('"a"' + ' . "\\"b"' * 9 + " = 1", "里面有一层套一层、太深的键。"),
        ("#" * 200_001, "文件有 200001 个字，最多 200000 个。"),
    ],
)
def test_a_hostile_file_is_refused_at_once(content: str, reason: str) -> None:
    with pytest.raises(FormMistake) as caught:
        TomlText(content, "x")
    assert caught.value.reason == reason


def test_a_file_saved_by_the_editor_of_windows_is_read(tmp_path: Path) -> None:
    path = tmp_path / "form.toml"
    path.write_bytes("\ufefflabel = '甲'\r\n".encode())
    assert TomlFile(path).text("label") == "甲"


def test_the_window_tells_a_mistake_in_whole_sentences() -> None:
    with pytest.raises(FormMistake) as caught:
        table().text("label")
    problem = caught.value.problem()
    assert problem.sentence == "表单“area.name/form.toml”的“field[2].label”有误：没有写。"
    assert problem.advice == "请改正后再试；别人发来的表单，请退回给制作的人改正。"
    with pytest.raises(FormMistake) as caught:
        TomlText("a = 1e99999999999999999999\n", "收到的表单")
    assert caught.value.problem().sentence.startswith("表单“收到的表单”读不出来：不是正确的 TOML（")
