"""The language of the sentences."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from branchdesk import i18n
from branchdesk.i18n import Language, _, _n, choose, later, speak, spoken


@pytest.fixture(autouse=True)
def english_of_our_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A tiny catalogue, so that these tests do not hang on the real one."""
    catalogue = Catalog(locale="en")
    catalogue.add("修改党员 {name}", "Change member {name}")
    catalogue.add("保存", "Save")
    catalogue.add(("新增 {n} 名党员", "新增 {n} 名党员"), ("{n} member added", "{n} members added"))
    catalogue.add("{a} 在 {b} 之前", "{b} comes after {a}")
    written = BytesIO()
    write_mo(written, catalogue)
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "branchdesk.mo").write_bytes(written.getvalue())
    monkeypatch.setattr(i18n, "resource", lambda *_parts: tmp_path)
    before = spoken()
    speak(Language.CHINESE)
    yield
    monkeypatch.undo()
    speak(before)


def test_chinese_is_spoken_as_the_source_has_it() -> None:
    assert _("保存") == "保存"
    assert _("修改党员 {name}", name="王明") == "修改党员 王明"


def test_english_is_spoken_after_speak_and_chinese_again_after_that() -> None:
    speak(Language.ENGLISH)
    assert spoken() is Language.ENGLISH
    assert _("修改党员 {name}", name="王明") == "Change member 王明"
    speak(Language.CHINESE)
    assert _("保存") == "保存"


def test_places_are_named_so_that_english_may_change_their_order() -> None:
    speak(Language.ENGLISH)
    assert _("{a} 在 {b} 之前", a="A", b="B") == "B comes after A"


def test_english_tells_one_from_many_and_chinese_does_not() -> None:
    assert [_n("新增 {n} 名党员", n) for n in (0, 1, 5)] == [
        "新增 0 名党员",
        "新增 1 名党员",
        "新增 5 名党员",
    ]
    speak(Language.ENGLISH)
    assert [_n("新增 {n} 名党员", n) for n in (0, 1, 5)] == [
        "0 members added",
        "1 member added",
        "5 members added",
    ]


def test_a_sentence_without_english_is_shown_in_chinese() -> None:
    speak(Language.ENGLISH)
    assert _("还没有译文") == "还没有译文"


def test_what_clerks_typed_is_never_taken_for_a_place() -> None:
    assert _("修改党员 {name}", name="{name}") == "修改党员 {name}"
    assert _("大括号 {} 照样显示") == "大括号 {} 照样显示"


def test_labels_of_forms_are_chosen_by_language_and_fall_back_to_chinese() -> None:
    assert choose("姓名", "Name") == "姓名"
    speak(Language.ENGLISH)
    assert choose("姓名", "Name") == "Name"
    assert choose("姓名", "") == "姓名"


def test_a_marked_sentence_is_translated_when_it_is_shown() -> None:
    marked = later("保存")
    assert marked == "保存"
    speak(Language.ENGLISH)
    assert _(marked) == "Save"


def test_a_missing_catalogue_leaves_the_language_as_it_was(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(i18n, "resource", lambda *_parts: tmp_path / "nowhere")
    with pytest.raises(FileNotFoundError):
        speak(Language.ENGLISH)
    assert spoken() is Language.CHINESE
    assert _("保存") == "保存"
