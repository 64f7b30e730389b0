"""The bundled fonts: what they print and how wide it is."""

from __future__ import annotations

import pytest

from branchdesk.documents.fonts import face, face_for, faces, missing_characters, printable, width, widths
from branchdesk.documents.model import Font
from branchdesk.paths import resource

RARE_NAMES = ("王𬀩", "李䶮堃", "张㛃", "彧頔暐", "喆淼犇镕翀昇玥垚赟", "阿卜杜热西提·买买提")


def test_every_character_of_the_table_of_standard_characters_prints() -> None:
    standard = resource("names", "standard.txt").read_text(encoding="utf-8").strip()
    assert len(standard) == 8105
    assert missing_characters([standard]) == ""


def test_rare_names_print_in_every_role() -> None:
    assert missing_characters(RARE_NAMES) == ""
    for font in Font:
        for char in "".join(RARE_NAMES):
            assert face_for(font, char) is not None, f"{char} in {font}"


def test_what_no_font_prints_is_named_once_in_the_order_met() -> None:
    assert missing_characters(["张\U00020000", "😀李\U00020000", "王\ue000"]) == "\U00020000😀\ue000"


def test_marks_without_a_shape_are_neither_missing_nor_printed() -> None:
    text = "王\u200b明\ufeff\u202e\n李\x00四\U000e0100\ufe00\ud800"
    assert missing_characters([text]) == ""
    assert printable(text) == "王明\n李四"
    assert printable("姓名\t王明") == "姓名 王明"


def test_rare_characters_come_from_the_font_of_the_rest_of_gbk() -> None:
    assert face_for(Font.BODY, "王") == faces(Font.BODY)[0]
    assert face_for(Font.BODY, "㐀") == "NotoSerifSC_Rare"
    assert face_for(Font.BODY, "\U00020000") is None


@pytest.mark.parametrize("font", Font)
def test_figures_stand_below_one_another(font: Font) -> None:
    assert len({widths(font)[figure] for figure in "0123456789"}) == 1


@pytest.mark.parametrize("font", Font)
def test_the_chinese_dash_is_a_whole_em_and_joins_the_next(font: Font) -> None:
    assert width("——", font, 10.0) == 20.0
    dash = face(faces(font)[0]).glyph(ord("—"))
    assert dash is not None
    assert not isinstance(dash, int)


def test_chinese_characters_are_an_em_wide_and_unknown_ones_too() -> None:
    assert width("党员名册", Font.BODY, 10.5) == 42.0
    assert width("\U00020000", Font.BODY, 10.5) == 10.5


def test_what_has_no_shape_never_fits_a_line_unseen() -> None:
    assert width("王\n明", Font.BODY, 10.0) == float("inf")
    assert width("王\u200b明", Font.BODY, 10.0) == float("inf")


def test_a_font_is_parsed_once() -> None:
    assert face("NotoSerifSC_400Regular") is face("NotoSerifSC_400Regular")
