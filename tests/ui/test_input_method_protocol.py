"""Messages to fcitx 4 and 5, and their signals."""

from __future__ import annotations

from typing import Any

import pytest
from jeepney import DBusAddress, HeaderFields, Message, new_signal

from branchdesk.ui.input_method.protocol import (
    Committed,
    Deleted,
    Dialect,
    Event,
    Fcitx4,
    Fcitx5,
    Forwarded,
    Key,
    Method,
    Piece,
    Preedit,
    dialects,
)

_NEW, _OLD = Fcitx5("org.fcitx.Fcitx5"), Fcitx4("org.fcitx.Fcitx-0")


def _signal(member: str, signature: str, body: tuple[Any, ...]) -> Message:
    """A signal as it arrives: written to the line and read back."""
    sent = new_signal(DBusAddress("/inputcontext_1", interface="org.fcitx.Fcitx.X"), member, signature, body)
    return Message.from_buffer(sent.serialise(serial=1))


def _shape(message: Message) -> tuple[str, str, tuple[Any, ...]]:
    fields = message.header.fields
    return fields[HeaderFields.member], fields.get(HeaderFields.signature, ""), message.body


def test_a_key_goes_to_each_generation_in_its_own_shape() -> None:
    key = Key(ord("z"), 52, 0x8000_0001, released=True, time=77)
    new = _NEW.press(_NEW.context(":1.5", "/context/3"), key)
    old = _OLD.press(_OLD.context(":1.5", "/inputcontext_3"), key)
    assert _shape(new) == ("ProcessKeyEvent", "uuubu", (ord("z"), 52, 0x8000_0001, True, 77))
    assert _shape(old) == ("ProcessKeyEvent", "uuuiu", (ord("z"), 52, 1, 1, 77))
    assert new.header.fields[HeaderFields.interface] == "org.fcitx.Fcitx.InputContext1"
    assert old.header.fields[HeaderFields.interface] == "org.fcitx.Fcitx.InputContext"
    assert new.header.fields[HeaderFields.destination] == ":1.5"


def test_a_context_is_asked_for_and_found_in_the_answer() -> None:
    assert _shape(_NEW.create(":1.5", 42))[:2] == ("CreateInputContext", "a(ss)")
    assert _shape(_OLD.create(":1.5", 42)) == ("CreateICv3", "si", ("branchdesk", 42))
    assert _NEW.context_path(("/org/freedesktop/portal/inputcontext/7", b"")) == (
        "/org/freedesktop/portal/inputcontext/7"
    )
    assert _OLD.context_path((7, True, 0, 0, 0, 0)) == "/inputcontext_7"
    assert not _NEW.context_path(())
    assert not _OLD.context_path(("odd",))


def test_both_are_told_that_text_under_work_can_be_shown_in_the_field() -> None:
    new = _shape(_NEW.set_capabilities(_NEW.context(":1.5", "/c")))
    old = _shape(_OLD.set_capabilities(_OLD.context(":1.5", "/c")))
    assert new[:2] == ("SetCapability", "t")
    assert old[:2] == ("SetCapacity", "u")
    for flags in (new[2][0], old[2][0]):
        assert flags & 1 << 1  # shows text under work
        assert flags & 1 << 5  # commits it itself when the field is left
        assert not flags & 1 << 6  # does not hand over the text around the cursor


@pytest.mark.parametrize(
    ("member", "signature", "body", "event"),
    [
        ("CommitString", "s", ("张三",), Committed("张三")),
        ("ForwardKey", "uub", (0xFF0D, 4, True), Forwarded(0xFF0D, 4, released=True)),
        ("ForwardKey", "uui", (0xFF0D, 0, 0), Forwarded(0xFF0D, 0, released=False)),
        ("DeleteSurroundingText", "iu", (-2, 2), Deleted(-2, 2)),
        ("CurrentIM", "sss", ("拼音", "pinyin", "zh_CN"), Method("拼音")),
        ("NotifyFocusOut", "", (), None),
        ("CommitString", "u", (3,), None),
    ],
)
@pytest.mark.parametrize("dialect", [_NEW, _OLD])
def test_signals_become_plain_values_and_odd_ones_nothing(
    dialect: Dialect, member: str, signature: str, body: tuple[Any, ...], event: Event | None
) -> None:
    assert dialect.read(_signal(member, signature, body)) == event


def test_text_under_work_keeps_its_looks_and_its_cursor() -> None:
    signal = _signal("UpdateFormattedPreedit", "a(si)i", ([("张", 8), ("", 8), ("san", 24 | 32)], 5))
    preedit = _NEW.read(signal)
    assert preedit == Preedit((Piece("张"), Piece("san", highlighted=True, kept=False)), cursor=3)
    assert isinstance(preedit, Preedit)
    assert (preedit.text, preedit.kept) == ("张san", "张")


def test_the_elder_says_underlined_the_other_way_round() -> None:
    preedit = _OLD.read(_signal("UpdateFormattedPreedit", "a(si)i", ([("zh", 0), ("ang", 8)], -1)))
    assert preedit == Preedit((Piece("zh"), Piece("ang", underlined=False)), cursor=-1)


@pytest.mark.parametrize(
    ("display", "name"),
    [(":0", "org.fcitx.Fcitx-0"), (":12.0", "org.fcitx.Fcitx-12"), ("", "org.fcitx.Fcitx-0")],
)
def test_the_elder_is_looked_for_on_the_display_of_the_window(display: str, name: str) -> None:
    names = [dialect.bus_name for dialect in dialects({"DISPLAY": display})]
    assert names == ["org.fcitx.Fcitx5", name, "org.freedesktop.portal.Fcitx"]
