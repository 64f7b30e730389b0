"""Keys as Qt and as X11 count them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from branchdesk.ui.input_method import keysyms

_SPECIAL = [
    (Qt.Key.Key_Escape, 0xFF1B),
    (Qt.Key.Key_Tab, 0xFF09),
    (Qt.Key.Key_Backtab, 0xFE20),
    (Qt.Key.Key_Backspace, 0xFF08),
    (Qt.Key.Key_Return, 0xFF0D),
    (Qt.Key.Key_Enter, 0xFF8D),
    (Qt.Key.Key_Insert, 0xFF63),
    (Qt.Key.Key_Delete, 0xFFFF),
    (Qt.Key.Key_Home, 0xFF50),
    (Qt.Key.Key_End, 0xFF57),
    (Qt.Key.Key_Left, 0xFF51),
    (Qt.Key.Key_Up, 0xFF52),
    (Qt.Key.Key_Right, 0xFF53),
    (Qt.Key.Key_Down, 0xFF54),
    (Qt.Key.Key_PageUp, 0xFF55),
    (Qt.Key.Key_PageDown, 0xFF56),
    (Qt.Key.Key_Shift, 0xFFE1),
    (Qt.Key.Key_Control, 0xFFE3),
    (Qt.Key.Key_Alt, 0xFFE9),
    (Qt.Key.Key_Meta, 0xFFEB),
    (Qt.Key.Key_CapsLock, 0xFFE5),
    (Qt.Key.Key_F1, 0xFFBE),
    (Qt.Key.Key_F12, 0xFFC9),
    (Qt.Key.Key_Menu, 0xFF67),
]


@pytest.mark.parametrize(("key", "keysym"), _SPECIAL)
def test_keys_that_write_nothing_are_known_both_ways(key: Qt.Key, keysym: int) -> None:
    assert keysyms.keysym_of(key.value, "") == keysym
    assert keysyms.qt_key_of(keysym)[0] == key.value


@pytest.mark.parametrize(
    ("key", "text", "keysym"),
    [
        (Qt.Key.Key_Z.value, "z", ord("z")),
        (Qt.Key.Key_Z.value, "Z", ord("Z")),
        (Qt.Key.Key_S.value, "\x13", ord("s")),  # with Control the text is of no use
        (Qt.Key.Key_Space.value, " ", 0x20),
        (Qt.Key.Key_1.value, "1", ord("1")),
        (Qt.Key.Key_Eacute.value, "é", 0xE9),
        (0, "章", 0x0100_7AE0),
        (0, "", 0),
    ],
)
def test_keys_that_write_have_the_keysym_of_what_they_write(key: int, text: str, keysym: int) -> None:
    assert keysyms.keysym_of(key, text) == keysym


@pytest.mark.parametrize(
    ("keysym", "key", "text"),
    [
        (ord("z"), Qt.Key.Key_Z.value, "z"),
        (0xFF0D, Qt.Key.Key_Return.value, "\r"),
        (0xFF08, Qt.Key.Key_Backspace.value, "\b"),
        (0xFFB7, Qt.Key.Key_7.value, "7"),  # on the number pad
        (0x0100_7AE0, ord("章"), "章"),
        (0xFE50, 0, ""),  # a dead key
    ],
)
def test_keys_that_fcitx_makes_mean_the_same_to_qt(keysym: int, key: int, text: str) -> None:
    assert keysyms.qt_key_of(keysym) == (key, text)


def test_only_shift_and_its_like_are_modifiers() -> None:
    modifiers = (0xFFE1, 0xFFE2, 0xFFE3, 0xFFEA, 0xFFEC, 0xFE03, 0xFF7F)
    assert all(keysyms.is_modifier(keysym) for keysym in modifiers)
    assert not any(keysyms.is_modifier(keysym) for keysym in (ord("a"), 0xFF0D, 0xFFFF, 0xFFBE))


def test_a_letter_with_control_is_no_letter_of_a_syllable() -> None:
    assert keysyms.is_letter(ord("z"), 0)
    assert keysyms.is_letter(ord("Z"), keysyms.SHIFT | keysyms.NUM_LOCK)
    assert not keysyms.is_letter(ord("z"), keysyms.CONTROL)
    assert not keysyms.is_letter(ord("1"), 0)
    assert not keysyms.is_letter(0xFF61, 0)
