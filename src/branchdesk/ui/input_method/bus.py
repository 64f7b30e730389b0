"""A line to the session bus on which no wait is without end."""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from jeepney import HeaderFields, Message, MessageFlag, MessageType, Parser
from jeepney.auth import BEGIN, Authenticator
from jeepney.bus import get_connectable_addresses
from jeepney.bus_messages import message_bus

_CHUNK = 4096
_CONNECTING = 1.0  # seconds; a healthy bus answers within a few milliseconds
_SENDING = 0.3


Receiver = Callable[[Message], None]


class BusLostError(OSError):
    """The bus is not there, not ours or has gone."""


def session_address(environ: Mapping[str, str]) -> str:
    """Where the session bus listens; empty where there is none."""
    address = environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    if address:
        return address
    usual = Path(environ.get("XDG_RUNTIME_DIR") or "/nonexistent", "bus")
    return f"unix:path={usual}" if usual.exists() else ""


class Bus:
    """One connection, already greeted; raises BusLostError wherever the bus fails."""

    def __init__(self, address: str, signalled: Receiver) -> None:
        self._signalled = signalled
        self._answers: dict[int, Receiver] = {}
        self._parser = Parser()
        self._serial = 0
        self._socket = _greeted_socket(address)
        try:
            self._greet()
        except BusLostError:
            self.close()
            raise

    def fileno(self) -> int:
        """The descriptor to watch for something to read."""
        return self._socket.fileno()

    def tell(self, message: Message) -> None:
        """Send `message`, to which no answer is wanted."""
        message.header.flags |= MessageFlag.no_reply_expected
        self._send(message)

    def ask(self, message: Message, answered: Receiver) -> None:
        """Send `message`; `answered` gets the answer or error when it comes, which may be never."""
        self._send(message)
        self._answers[self._serial] = answered

    def wait(self, done: Callable[[], bool], deadline: float) -> None:
        """Give what comes in to whom it concerns, until `done` or the deadline of time.monotonic."""
        while not done() and self._receive(deadline):
            pass

    def _receive(self, deadline: float) -> bool:
        message = self._next(deadline)
        if message is None:
            return False
        if message.header.message_type is MessageType.signal:
            self._signalled(message)
        else:
            answered = self._answers.pop(message.header.fields.get(HeaderFields.reply_serial, 0), None)
            if answered is not None:
                answered(message)
        return True

    def close(self) -> None:
        """Leave the bus."""
        self._socket.close()

    def _send(self, message: Message) -> None:
        self._serial += 1
        try:
            self._socket.sendall(message.serialise(serial=self._serial))
        except OSError as error:
            raise BusLostError("the bus took no message") from error

    def _next(self, deadline: float) -> Message | None:
        while True:
            message: Message | None = self._parser.get_next_message()
            if message is not None:
                return message
            received = self._read(max(deadline - time.monotonic(), 0.0))
            if received is None:
                return None
            self._parser.add_data(received)

    def _read(self, patience: float) -> bytes | None:
        try:
            if not select.select([self._socket], [], [], patience)[0]:
                return None
            received = self._socket.recv(_CHUNK)
        except (OSError, ValueError) as error:  # ValueError: we have closed it ourselves meanwhile
            raise BusLostError("the bus broke off") from error
        if not received:
            raise BusLostError("the bus closed the line")
        return received

    def _greet(self) -> None:
        answers: list[Message] = []
        self.ask(message_bus.Hello(), answers.append)
        self.wait(lambda: bool(answers), time.monotonic() + _CONNECTING)
        if not answers or answers[0].header.message_type is not MessageType.method_return:
            raise BusLostError("the bus did not greet back")


def _greeted_socket(address: str) -> socket.socket:
    """A socket on which the bus knows who we are (D-Bus specification, authentication protocol)."""
    try:
        places = list(get_connectable_addresses(address))
    except (RuntimeError, ValueError) as error:
        raise BusLostError(f"no usable address in {address!r}") from error
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        line.settimeout(_CONNECTING)
        line.connect(places[0])
        line.sendall(b"\0")
        conversation = Authenticator(inc_null_byte=False)
        for words in conversation:
            line.sendall(words)
            answer = line.recv(_CHUNK)
            if not answer:
                raise BusLostError("the bus closed the line")
            conversation.feed(answer)
        line.sendall(BEGIN)
        line.settimeout(_SENDING)
    except (OSError, ValueError) as error:
        line.close()
        raise BusLostError(f"no bus at {address!r}") from error
    return line
