"""A session bus of the tests' own, and on it a program that speaks like fcitx and knows a few words."""

from __future__ import annotations

import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageFlag,
    MessageType,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

SPACE, RETURN, ESCAPE, BACKSPACE = 0x20, 0xFF0D, 0xFF1B, 0xFF08
_CONTROL = 4
_UNDERLINE, _HIGHLIGHT = 8, 16
WORDS = {"zhangsan": "张三", "lisi": "李四", "hao": "好", "zhang": "张", "san": "三"}
# Nothing is ever started by asking for it: the real fcitx of a desktop stays out of the tests.
_CONFIGURATION = """<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>"""


@contextmanager
def own_bus(folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of a fresh session bus and its process."""
    program = shutil.which("dbus-daemon")
    if program is None:
        pytest.fail("These tests need dbus-daemon; on Debian it is in the package dbus-daemon.")
    configuration = folder / "bus.conf"
    configuration.write_text(_CONFIGURATION, encoding="utf-8")
    with subprocess.Popen(
        [program, f"--config-file={configuration}", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as bus:
        assert bus.stdout is not None
        try:
            yield bus.stdout.readline().strip(), bus
        finally:
            bus.kill()


class FcitxStandIn:
    """A fcitx of the 4th or 5th generation that turns the letters of WORDS into Chinese on space.

    It takes letters, space, Enter, Esc, backspace and nothing else. `calls` keeps what it was told.
    """

    def __init__(self, address: str, generation: int) -> None:
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self.loading = 0.0  # seconds that the next letter takes, while dictionaries are read
        self.full = ""  # a letter after this one writes its word at once, as in table methods
        self.takes_only_letters = False
        self.letters = ""
        self._new = generation == 5
        self.client = ""  # the name of the program that speaks with us
        self._contexts = 0
        self._forgetting = False
        self._hanging = threading.Event()
        self._stopped = threading.Event()
        self._connection: DBusConnection = open_dbus_connection(bus=address)
        name = "org.fcitx.Fcitx5" if self._new else "org.fcitx.Fcitx-0"
        self._connection.send_and_get_reply(message_bus.RequestName(name, 4))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    # ---- what tests do to it

    def told(self, member: str) -> list[tuple[Any, ...]]:
        """The bodies of the calls of one kind, in their order."""
        return [body for name, body in self.calls if name == member]

    def hang(self) -> None:
        """Answer nothing until `wake`."""
        self._hanging.set()

    def wake(self) -> None:
        """Answer what has come in meanwhile, and go on."""
        self._hanging.clear()

    def forget_context(self) -> None:
        """Know the context no longer, as after an inner restart."""
        self._forgetting = True

    def die(self) -> None:
        """Leave the bus."""
        self._stopped.set()
        self._hanging.clear()
        self._thread.join()
        self._connection.close()

    def pick(self, word: str) -> None:
        """Somebody clicked a word in the window of candidates."""
        self._commit(word)

    def switch(self, method: str) -> None:
        """Somebody chose another input method."""
        self._signal("CurrentIM", "sss", (method, method, "zh_CN"))

    def delete(self, offset: int, count: int) -> None:
        """Take out text beside the cursor."""
        self._signal("DeleteSurroundingText", "iu", (offset, count))

    def forward(self, keysym: int) -> None:
        """Press a key in the field."""
        self._signal("ForwardKey", "uub" if self._new else "uui", (keysym, 0, False if self._new else 0))

    # ---- serving

    def _serve(self) -> None:
        while not self._stopped.is_set():
            try:
                message = self._connection.receive(timeout=0.01)
            except TimeoutError:
                continue
            while self._hanging.is_set():
                time.sleep(0.005)
            if message.header.message_type is MessageType.method_call:
                self._answer(message)

    def _answer(self, call: Message) -> None:
        fields = call.header.fields
        member = fields[HeaderFields.member]
        self.calls.append((member, call.body))
        self.client = fields[HeaderFields.sender]
        reply = new_method_return(call)
        if self._forgetting and member == "ProcessKeyEvent":
            self._forgetting = False
            reply = new_error(call, "org.freedesktop.DBus.Error.UnknownObject", "s", ("no such context",))
        elif member == "CreateInputContext":
            self._contexts += 1
            reply = new_method_return(call, "oay", (self.path, b""))
        elif member == "CreateICv3":
            self._contexts += 1
            reply = new_method_return(call, "ibuuuu", (self._contexts, True, 0, 0, 0, 0))
        elif member == "FocusIn":
            self._signal("CurrentIM", "sss", ("拼音", "pinyin", "zh_CN"))
        elif member == "Reset":
            self.letters = ""
        elif member == "ProcessKeyEvent":
            taken = self._type(*call.body[:4])
            reply = new_method_return(call, "b" if self._new else "i", (taken if self._new else int(taken),))
        if not call.header.flags & MessageFlag.no_reply_expected:
            self._connection.send(reply)

    def _type(self, keysym: int, _keycode: int, state: int, released: int) -> bool:
        if released or state & _CONTROL:
            return False
        if chr(keysym).islower() and keysym < 0x7F:
            time.sleep(self.loading)
            self.loading = 0.0
            if self.full and self.letters == self.full:
                self._commit(WORDS[self.letters])
            self._show(self.letters + chr(keysym))
            return True
        if not self.letters or self.takes_only_letters:
            return False
        if keysym == SPACE:
            self._commit(WORDS.get(self.letters, self.letters))
        elif keysym == RETURN:
            self._commit(self.letters)
        elif keysym == ESCAPE:
            self._show("")
        elif keysym == BACKSPACE:
            self._show(self.letters[:-1])
        else:
            return False
        return True

    def _commit(self, text: str) -> None:
        self._signal("CommitString", "s", (text,))
        self._show("")

    def _show(self, letters: str) -> None:
        self.letters = letters
        bits = _UNDERLINE | _HIGHLIGHT if self._new else _HIGHLIGHT
        pieces = [(letters, bits)] if letters else []
        self._signal("UpdateFormattedPreedit", "a(si)i", (pieces, len(letters)))

    @property
    def path(self) -> str:
        """Where the latest context stands."""
        if self._new:
            return f"/org/freedesktop/portal/inputcontext/{self._contexts}"
        return f"/inputcontext_{self._contexts}"

    def _signal(self, member: str, signature: str, body: tuple[Any, ...]) -> None:
        interface = "org.fcitx.Fcitx.InputContext1" if self._new else "org.fcitx.Fcitx.InputContext"
        message = new_signal(DBusAddress(self.path, interface=interface), member, signature, body)
        if self._new:  # the elder calls out to everybody
            message.header.fields[HeaderFields.destination] = self.client
        self._connection.send(message)
