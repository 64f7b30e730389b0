"""Our standing with fcitx on a real bus, without Qt."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jeepney import DBusAddress, HeaderFields, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

from branchdesk.ui.input_method.bus import session_address
from branchdesk.ui.input_method.protocol import Committed, Key, Preedit, dialects
from branchdesk.ui.input_method.session import Lost, Patience, Session, SessionEvent, State
from support.fcitx_stand_in import FcitxStandIn, own_bus

_PATIENCE = Patience(first=20.0, later=20.0)
_LONG = 20.0  # seconds until a test gives up


class _Desk:
    """A bus, a session on it and what the session said."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.events: list[SessionEvent] = []
        self.session = Session(address, dialects({}), self.events.append, _PATIENCE)

    def until(self, done: Callable[[], bool]) -> None:
        """Read from the bus until something is so."""
        deadline = time.monotonic() + _LONG
        while not done():
            assert time.monotonic() < deadline
            self.session.read()
            time.sleep(0.001)

    def type(self, letters: str) -> list[bool]:
        return [self.session.press(Key(ord(letter))) for letter in letters]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[_Desk]:
    with own_bus(tmp_path) as (address, _bus):
        desk = _Desk(address)
        yield desk
        desk.session.close()


@pytest.mark.parametrize("generation", [4, 5])
def test_letters_become_text_in_the_order_of_the_bus(desk: _Desk, generation: int) -> None:
    fcitx = FcitxStandIn(desk.address, generation)
    desk.session.open()
    assert desk.type("zhangsan ") == [True] * 9
    texts = [event for event in desk.events if isinstance(event, Preedit | Committed)]
    assert [event.text for event in texts[:2]] == ["z", "zh"]
    assert texts[-2] == Committed("张三")
    assert desk.session.server_name == f"fcitx {generation}"
    fcitx.die()


def test_the_first_key_waits_until_fcitx_has_been_found(desk: _Desk) -> None:
    fcitx = FcitxStandIn(desk.address, 5)
    desk.session.open()
    assert desk.session.state is State.ASKING
    assert desk.type("z") == [True]
    fcitx.die()


def test_without_fcitx_keys_are_not_taken_and_nobody_waits(desk: _Desk) -> None:
    desk.session.open()
    desk.until(lambda: desk.session.state is State.ABSENT)
    assert desk.type("ab") == [False, False]


def test_a_fcitx_that_starts_later_is_found(desk: _Desk) -> None:
    desk.session.open()
    desk.until(lambda: desk.session.state is State.ABSENT)
    fcitx = FcitxStandIn(desk.address, 4)
    desk.until(lambda: desk.session.state is State.CONNECTED)
    assert desk.type("z") == [True]
    fcitx.die()


def test_the_younger_generation_is_preferred_when_it_comes_up(desk: _Desk) -> None:
    elder = FcitxStandIn(desk.address, 4)
    desk.session.open()
    desk.until(lambda: desk.session.server_name == "fcitx 4")
    younger = FcitxStandIn(desk.address, 5)
    desk.until(lambda: desk.session.server_name == "fcitx 5" and desk.session.state is State.CONNECTED)
    assert desk.type("z") == [True]
    assert younger.told("ProcessKeyEvent")
    assert not elder.told("ProcessKeyEvent")
    elder.die()
    younger.die()


def test_a_restarted_fcitx_is_told_where_the_keyboard_is(desk: _Desk) -> None:
    first = FcitxStandIn(desk.address, 5)
    desk.session.open()
    desk.until(lambda: desk.session.state is State.CONNECTED)
    desk.session.focus(inside=True)
    desk.session.point((10, 20, 1, 16))
    desk.type("z")
    first.die()
    desk.until(lambda: desk.session.state is State.ABSENT)
    assert Lost() in desk.events
    second = FcitxStandIn(desk.address, 5)
    desk.until(lambda: desk.session.state is State.CONNECTED)
    desk.type("z")
    assert second.told("FocusIn")
    assert second.told("SetCursorRect") == [(10, 20, 1, 16)]
    second.die()


def test_a_context_that_fcitx_has_forgotten_is_made_anew(desk: _Desk) -> None:
    fcitx = FcitxStandIn(desk.address, 5)
    desk.session.open()
    desk.type("z")
    fcitx.forget_context()
    assert desk.type("h") == [False]
    assert desk.type("a") == [True]
    assert len(fcitx.told("CreateInputContext")) == 2
    fcitx.die()


def test_where_the_text_stands_is_told_only_when_it_moved(desk: _Desk) -> None:
    fcitx = FcitxStandIn(desk.address, 4)
    desk.session.open()
    desk.type("z")
    for place in ((1, 2, 3, 4), (1, 2, 3, 4), (5, 2, 3, 4)):
        desk.session.point(place)
    desk.type("h")
    assert fcitx.told("SetCursorRect") == [(1, 2, 3, 4), (5, 2, 3, 4)]
    fcitx.die()


def test_text_is_taken_from_fcitx_alone(desk: _Desk) -> None:
    fcitx = FcitxStandIn(desk.address, 4)
    desk.session.open()
    desk.type("z")
    with open_dbus_connection(bus=desk.address) as intruder:
        forged = new_signal(
            DBusAddress(fcitx.path, interface="org.fcitx.Fcitx.InputContext"), "CommitString", "s", ("坏",)
        )
        forged.header.fields[HeaderFields.destination] = fcitx.client
        intruder.send(forged)
        intruder.send_and_get_reply(message_bus.GetId())
    desk.type("hang ")
    assert [event for event in desk.events if isinstance(event, Committed)] == [Committed("张")]
    fcitx.die()


def test_a_bus_that_ends_leaves_the_keys_to_the_fields(tmp_path: Path) -> None:
    with own_bus(tmp_path) as (address, bus):
        desk = _Desk(address)
        desk.session.open()
        desk.until(lambda: desk.session.state is State.ABSENT)
        bus.kill()
        bus.wait()
        desk.until(lambda: desk.session.state is State.NO_BUS)
        assert desk.type("z") == [False]
        assert desk.session.fileno() == -1


@pytest.mark.parametrize(
    "address", ["", "nonsense", "tcp:host=localhost,port=1", "unix:path=/nonexistent/bus"]
)
def test_no_usable_bus_is_no_drama(address: str) -> None:
    desk = _Desk(address)
    desk.session.open()
    assert desk.session.state is State.NO_BUS
    assert desk.type("z") == [False]


def test_the_bus_is_where_the_desktop_says_or_where_it_usually_is(tmp_path: Path) -> None:
    assert session_address({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/x"}) == "unix:path=/x"
    assert not session_address({"XDG_RUNTIME_DIR": str(tmp_path)})
    (tmp_path / "bus").touch()
    assert session_address({"XDG_RUNTIME_DIR": str(tmp_path)}) == f"unix:path={tmp_path / 'bus'}"
    assert not session_address({})
