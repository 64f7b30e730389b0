"""Our standing with fcitx: finding it on the bus, keeping an input context there, offering it keys.

A state machine without Qt. Nothing here waits longer than its patience allows, and whatever fails ends in
“fcitx did not take the key”, so that the key reaches the field as if there were no input method.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from jeepney import DBusAddress, HeaderFields, Message, MessageType

from branchdesk.ui.input_method import keysyms, protocol
from branchdesk.ui.input_method.bus import Bus, BusLostError
from branchdesk.ui.input_method.servers import Server, Servers

Rectangle = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds a key waits for fcitx.

    The first letter in a Chinese method may wait longer, since fcitx loads its dictionaries then; were it
    let through, the first letter of a name would stand before the name.
    """

    first: float = 2.0
    later: float = 0.3


class State(Enum):
    """How we stand with fcitx."""

    NO_BUS = "no bus"
    ABSENT = "absent"
    ASKING = "asking"
    SILENT = "silent"
    CONNECTED = "connected"


@dataclass(frozen=True, slots=True)
class Lost:
    """fcitx no longer knows the text under work."""


@dataclass(frozen=True, slots=True)
class StateChanged:
    """We stand differently with fcitx than before."""


SessionEvent = protocol.Event | Lost | StateChanged


@dataclass(frozen=True, slots=True)
class _Context:
    """What fcitx keeps for us: whose it is and where to talk to it."""

    dialect: protocol.Dialect
    address: DBusAddress

    def sent(self, message: Message) -> bool:
        """Whether the signal `message` is about this context and from its owner."""
        fields = message.header.fields
        sender, path = fields.get(HeaderFields.sender), fields.get(HeaderFields.path)
        return (sender, path) == (self.address.bus_name, self.address.object_path)


class Session:
    """One input context at whichever fcitx runs, made again when fcitx comes back.

    `receive` is called for each event in the order of the bus, never while a key still waits.
    """

    def __init__(
        self,
        address: str,
        dialects: tuple[protocol.Dialect, ...],
        receive: Callable[[SessionEvent], None],
        patience: Patience,
    ) -> None:
        self.state = State.NO_BUS
        self.server_name = ""  # which fcitx we speak with, as shown
        self.method = ""  # what is chosen there, such as 拼音
        self._address = address
        self._receive = receive
        self._patience = patience
        self._servers = Servers(dialects, self._choose)
        self._bus: Bus | None = None
        self._server: Server | None = None
        self._context: _Context | None = None
        self._inbox: deque[SessionEvent] = deque()
        self._warm = False  # whether the method has taken a letter, and so has its dictionaries
        self._focused = False
        self._rectangle: Rectangle | None = None

    # ---- the line

    def open(self) -> None:
        """Go to the bus and look for fcitx; a bus that is not there leaves the state at NO_BUS."""
        if self._bus is not None:
            return
        try:
            self._bus = Bus(self._address, self._note_signal)
            self._settle(State.ASKING)
            self._servers.look(self._bus)
        except BusLostError:
            self._lose_bus()
        self._hand_out()

    def close(self) -> None:
        """Give the context up and leave the bus."""
        self._tell(protocol.destroy)
        self._lose_bus()
        self._inbox.clear()

    def fileno(self) -> int:
        """The descriptor to watch; -1 without a bus."""
        return self._bus.fileno() if self._bus is not None else -1

    def read(self) -> None:
        """Take what has come in, without waiting."""
        try:
            if self._bus is not None:
                self._bus.wait(lambda: False, time.monotonic())
        except BusLostError:
            self._lose_bus()
        self._hand_out()

    # ---- what the bridge tells

    def press(self, key: protocol.Key) -> bool:
        """Offer a key; True when fcitx took it and the field must not see it."""
        taken = False
        try:
            taken = self._press(key)
        except BusLostError:
            self._lose_bus()
        self._hand_out()
        return taken

    def focus(self, *, inside: bool) -> None:
        """Tell whether a field that takes Chinese has the keyboard; the text under work is forgotten."""
        if self._focused:
            self.reset()
            self._tell(protocol.focus_out)
        if inside:
            self._tell(protocol.focus_in)
        self._focused = inside

    def reset(self) -> None:
        """Tell fcitx to forget the text under work."""
        self._tell(protocol.reset)

    def point(self, rectangle: Rectangle) -> None:
        """Tell where the text under work stands on the screen, in pixels of the screen."""
        if rectangle != self._rectangle:
            self._rectangle = rectangle
            self._tell(lambda context: protocol.cursor_rectangle(context, rectangle))

    # ---- keys

    def _press(self, key: protocol.Key) -> bool:
        bus = self._bus
        deadline = time.monotonic() + (self._patience.later if self._warm else self._patience.first)
        if bus is not None and self.state is State.ASKING:
            bus.wait(lambda: self.state is not State.ASKING, deadline)
            if self.state is State.ASKING:
                self._settle(State.SILENT)
        context = self._context
        if context is None or bus is None or self.state is not State.CONNECTED:
            return False
        answers: list[Message] = []
        bus.ask(context.dialect.press(context.address, key), answers.append)
        bus.wait(lambda: bool(answers), deadline)
        if not answers:
            self._let_rest(context, bus)
            return False
        if answers[0].header.message_type is not MessageType.method_return:
            self._start_over(State.ASKING)  # fcitx knows our context no longer
            return False
        taken = bool(answers[0].body and answers[0].body[0])
        self._warm = self._warm or (taken and keysyms.is_letter(key.keysym, key.state))
        return taken

    # ---- what comes in

    def _note_signal(self, signal: Message) -> None:
        if self._servers.note(signal) or self._context is None or not self._context.sent(signal):
            return
        event = self._context.dialect.read(signal)
        if isinstance(event, protocol.Method):
            if event.name != self.method:
                self.method = event.name
                self._warm = False
                self._inbox.append(StateChanged())
        elif event is not None and self.state is State.CONNECTED:
            self._inbox.append(event)

    def _hand_out(self) -> None:
        """Give the events away; giving may lead back here, the order stays."""
        while self._inbox:
            self._receive(self._inbox.popleft())

    # ---- our place at fcitx

    def _choose(self) -> None:
        """Turn to the best fcitx that runs, if it is another than before."""
        best = self._servers.best()
        if best is None:
            self._server = None
            self._start_over(State.ABSENT if self._servers.all_known else self.state)
        elif best != self._server:
            self._server = best
            self.server_name = best.dialect.name
            self._start_over(State.ASKING)

    def _start_over(self, meanwhile: State) -> None:
        """Let the context go and ask for a new one where a fcitx runs; `meanwhile` is how we stand."""
        context = self._context
        if context is not None:
            self._tell(lambda address: context.dialect.unmatch(address.object_path))
            self._context = None
            self._warm = False
            self.method = ""
            self._inbox.append(Lost())
        self._settle(meanwhile)
        server, bus = self._server, self._bus
        if server is not None and bus is not None:
            create = server.dialect.create(server.owner, os.getpid())
            bus.ask(create, lambda answer: self._take_context(server, answer))

    def _take_context(self, server: Server, answer: Message) -> None:
        if server != self._server:
            return
        path = ""
        if answer.header.message_type is MessageType.method_return:
            path = server.dialect.context_path(answer.body)
        if not path:
            self._settle(State.SILENT)
            return
        self._context = _Context(server.dialect, server.dialect.context(server.owner, path))
        self._tell(lambda _context: server.dialect.match(path))
        self._tell(server.dialect.set_capabilities)
        if self._focused:
            self._tell(protocol.focus_in)
        rectangle = self._rectangle
        if rectangle is not None:
            self._tell(lambda context: protocol.cursor_rectangle(context, rectangle))
        self._settle(State.CONNECTED)

    def _let_rest(self, context: _Context, bus: Bus) -> None:
        """Leave a hanging fcitx alone until it answers; what it says about older keys comes before that."""

        def wake(answer: Message) -> None:
            if context is self._context:
                if answer.header.message_type is MessageType.method_return:
                    self._settle(State.CONNECTED)
                else:
                    self._start_over(State.ASKING)

        self._settle(State.SILENT)
        self._inbox.append(Lost())
        bus.ask(protocol.reset(context.address), wake)

    # ---- small things

    def _tell(self, build: Callable[[DBusAddress], Message]) -> None:
        """Send what `build` makes for our context, if there is one; nobody waits for an answer."""
        if self._bus is None or self._context is None:
            return
        try:
            self._bus.tell(build(self._context.address))
        except BusLostError:
            self._lose_bus()
            self._hand_out()

    def _settle(self, state: State) -> None:
        if state is not self.state:
            self.state = state
            self._inbox.append(StateChanged())

    def _lose_bus(self) -> None:
        bus, self._bus = self._bus, None
        if bus is not None:
            bus.close()
        self._server = None
        self._start_over(State.NO_BUS)
