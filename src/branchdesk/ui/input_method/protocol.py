"""What fcitx 4 and fcitx 5 say on the bus: messages to them, and their signals as plain values.

The interfaces are those of fcitx 4.2 (org.fcitx.Fcitx.InputMethod) and fcitx 5
(org.fcitx.Fcitx.InputMethod1), as their D-Bus front ends declare them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, new_method_call
from jeepney.bus_messages import message_bus
from typing_extensions import override

PROGRAM = "branchdesk"
_PREEDIT, _FORMATTED, _COMMITS_ITSELF = 1 << 1, 1 << 4, 1 << 5
_TELLS_METHOD, _REPORTS_REPEAT = 1 << 23, 1 << 38
_UNDERLINE, _HIGHLIGHT, _DO_NOT_COMMIT = 1 << 3, 1 << 4, 1 << 5
_DISPLAY_NUMBER = re.compile(r":(\d+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Key:
    """A key as X11 counts it: keysym, keycode, state of the modifiers, time in milliseconds."""

    keysym: int
    keycode: int = 0
    state: int = 0
    released: bool = False
    time: int = 0


@dataclass(frozen=True, slots=True)
class Committed:
    """Text that is finished and belongs into the document."""

    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the text under work; `kept` says whether it stays when the clerk goes elsewhere."""

    text: str
    underlined: bool = True
    highlighted: bool = False
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Preedit:
    """The text under work, shown but not yet in the document; `cursor` counts characters, -1 hides it."""

    pieces: tuple[Piece, ...] = ()
    cursor: int = -1

    @property
    def text(self) -> str:
        """The whole of it."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def kept(self) -> str:
        """What of it belongs into the document when the clerk goes elsewhere."""
        return "".join(piece.text for piece in self.pieces if piece.kept)


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A key that fcitx made and that the field shall get."""

    keysym: int
    state: int
    released: bool


@dataclass(frozen=True, slots=True)
class Deleted:
    """`count` characters to take out of the text, from `offset` characters beside the cursor."""

    offset: int
    count: int


@dataclass(frozen=True, slots=True)
class Method:
    """The input method that is chosen now, such as 拼音."""

    name: str


Event = Committed | Preedit | Forwarded | Deleted | Method


class Dialect:
    """What both generations share; `name` is shown, `bus_name` is whom to ask for on the bus."""

    name = ""
    path = ""
    method_interface = ""
    context_interface = ""
    capability_method = ("", "")
    capabilities = _PREEDIT | _FORMATTED | _COMMITS_ITSELF | _TELLS_METHOD
    reversed_bits = 0

    def __init__(self, bus_name: str) -> None:
        self.bus_name = bus_name

    def create(self, owner: str, process: int) -> Message:
        """Ask the program `owner` for an input context of our own."""
        raise NotImplementedError

    def context_path(self, body: tuple[Any, ...]) -> str:
        """Where the new context stands, from the answer to `create`; empty for an odd answer."""
        raise NotImplementedError

    def press(self, context: DBusAddress, key: Key) -> Message:
        """Offer a key; the answer says whether fcitx took it."""
        raise NotImplementedError

    def context(self, owner: str, path: str) -> DBusAddress:
        """Whom to talk to about the context at `path`."""
        return DBusAddress(path, owner, self.context_interface)

    def set_capabilities(self, context: DBusAddress) -> Message:
        """Tell what we can show."""
        method, signature = self.capability_method
        return new_method_call(context, method, signature, (self.capabilities,))

    def match(self, path: str) -> Message:
        """Ask the bus to hand us the signals of the context at `path`."""
        return message_bus.AddMatch(MatchRule(type="signal", interface=self.context_interface, path=path))

    def unmatch(self, path: str) -> Message:
        """Ask the bus no longer to hand them to us."""
        return message_bus.RemoveMatch(MatchRule(type="signal", interface=self.context_interface, path=path))

    def read(self, signal: Message) -> Event | None:
        """What a signal of our context says; None for what is of no use or not well formed."""
        fields = signal.header.fields
        shape = (fields.get(HeaderFields.member, ""), fields.get(HeaderFields.signature, ""))
        reader = _READERS.get(shape)
        return reader(signal.body, self.reversed_bits) if reader is not None else None


class Fcitx5(Dialect):
    """fcitx 5, on its own name or on that of the portal."""

    name = "fcitx 5"
    path = "/org/freedesktop/portal/inputmethod"
    method_interface = "org.fcitx.Fcitx.InputMethod1"
    context_interface = "org.fcitx.Fcitx.InputContext1"
    capability_method = ("SetCapability", "t")
    capabilities = Dialect.capabilities | _REPORTS_REPEAT

    @override
    def create(self, owner: str, process: int) -> Message:
        address = DBusAddress(self.path, owner, self.method_interface)
        arguments = [("program", PROGRAM), ("display", "x11:")]
        return new_method_call(address, "CreateInputContext", "a(ss)", (arguments,))

    @override
    def context_path(self, body: tuple[Any, ...]) -> str:
        return body[0] if body and isinstance(body[0], str) else ""

    @override
    def press(self, context: DBusAddress, key: Key) -> Message:
        body = (key.keysym, key.keycode, key.state, key.released, key.time)
        return new_method_call(context, "ProcessKeyEvent", "uuubu", body)


class Fcitx4(Dialect):
    """fcitx 4, and fcitx 5 where it speaks like its elder."""

    name = "fcitx 4"
    path = "/inputmethod"
    method_interface = "org.fcitx.Fcitx.InputMethod"
    context_interface = "org.fcitx.Fcitx.InputContext"
    capability_method = ("SetCapacity", "u")
    reversed_bits = _UNDERLINE  # there the bit says: not underlined

    @override
    def create(self, owner: str, process: int) -> Message:
        address = DBusAddress(self.path, owner, self.method_interface)
        return new_method_call(address, "CreateICv3", "si", (PROGRAM, process))

    @override
    def context_path(self, body: tuple[Any, ...]) -> str:
        return f"/inputcontext_{body[0]}" if body and isinstance(body[0], int) else ""

    @override
    def press(self, context: DBusAddress, key: Key) -> Message:
        state = key.state & 0x7FFF_FFFF  # it knows no held keys
        body = (key.keysym, key.keycode, state, int(key.released), key.time)
        return new_method_call(context, "ProcessKeyEvent", "uuuiu", body)


def dialects(environ: Mapping[str, str]) -> tuple[Dialect, ...]:
    """Whom to look for on the bus, the best first; fcitx 4 has a name for each display."""
    match = _DISPLAY_NUMBER.search(environ.get("DISPLAY", ""))
    display = int(match.group(1)) if match else 0
    return (
        Fcitx5("org.fcitx.Fcitx5"),
        Fcitx4(f"org.fcitx.Fcitx-{display}"),
        Fcitx5("org.freedesktop.portal.Fcitx"),
    )


def focus_in(context: DBusAddress) -> Message:
    """A field that takes Chinese has the keyboard."""
    return new_method_call(context, "FocusIn")


def focus_out(context: DBusAddress) -> Message:
    """No such field has it any more."""
    return new_method_call(context, "FocusOut")


def reset(context: DBusAddress) -> Message:
    """Forget the text under work."""
    return new_method_call(context, "Reset")


def destroy(context: DBusAddress) -> Message:
    """We need the context no longer."""
    return new_method_call(context, "DestroyIC")


def cursor_rectangle(context: DBusAddress, rectangle: tuple[int, int, int, int]) -> Message:
    """Where the text under work stands on the screen: left, top, width, height in its own pixels."""
    return new_method_call(context, "SetCursorRect", "iiii", rectangle)


def _read_preedit(body: tuple[Any, ...], reversed_bits: int) -> Preedit:
    pieces = []
    for text, bits in body[0]:
        flags = bits ^ reversed_bits
        if text:
            piece = Piece(
                text, bool(flags & _UNDERLINE), bool(flags & _HIGHLIGHT), not flags & _DO_NOT_COMMIT
            )
            pieces.append(piece)
    text = "".join(piece.text for piece in pieces)
    # fcitx counts the bytes before the cursor.
    cursor = len(text.encode()[: body[1]].decode(errors="ignore")) if body[1] >= 0 else -1
    return Preedit(tuple(pieces), cursor)


def _read_commit(body: tuple[Any, ...], _reversed_bits: int) -> Committed:
    return Committed(body[0])


def _read_forward(body: tuple[Any, ...], _reversed_bits: int) -> Forwarded:
    return Forwarded(body[0], body[1], bool(body[2]))


def _read_deletion(body: tuple[Any, ...], _reversed_bits: int) -> Deleted:
    return Deleted(body[0], body[1])


def _read_method(body: tuple[Any, ...], _reversed_bits: int) -> Method:
    return Method(body[0])


_READERS: dict[tuple[str, str], Callable[[tuple[Any, ...], int], Event]] = {
    ("CommitString", "s"): _read_commit,
    ("UpdateFormattedPreedit", "a(si)i"): _read_preedit,
    ("ForwardKey", "uub"): _read_forward,
    ("ForwardKey", "uui"): _read_forward,
    ("DeleteSurroundingText", "iu"): _read_deletion,
    ("CurrentIM", "sss"): _read_method,
}
