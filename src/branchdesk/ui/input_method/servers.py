"""Which fcitx runs: the names on the bus under which one may be found, and who has them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from jeepney import HeaderFields, MatchRule, Message, MessageType
from jeepney.bus_messages import message_bus

from branchdesk.ui.input_method.bus import Bus
from branchdesk.ui.input_method.protocol import Dialect

_BUS = "org.freedesktop.DBus"


@dataclass(frozen=True, slots=True)
class Server:
    """A fcitx that runs: how it speaks, and its own name on the bus."""

    dialect: Dialect
    owner: str


class Servers:
    """The fcitx programs on one bus; `changed` is called whenever something became known or changed."""

    def __init__(self, dialects: tuple[Dialect, ...], changed: Callable[[], None]) -> None:
        self._dialects = dialects
        self._changed = changed
        self._owners: dict[str, str] = {}

    def look(self, bus: Bus) -> None:
        """Ask who is there and who comes and goes from now on; nothing is started by asking."""
        self._owners.clear()
        for dialect in self._dialects:
            rule = MatchRule(type="signal", sender=_BUS, interface=_BUS, member="NameOwnerChanged")
            rule.add_arg_condition(0, dialect.bus_name)
            bus.tell(message_bus.AddMatch(rule))
        for dialect in self._dialects:
            bus.ask(message_bus.GetNameOwner(dialect.bus_name), partial(self._note_answer, dialect.bus_name))

    def note(self, signal: Message) -> bool:
        """Whether `signal` told that a name has changed hands; if so it is noted."""
        fields = signal.header.fields
        sender, member = fields.get(HeaderFields.sender), fields.get(HeaderFields.member)
        if (sender, member) != (_BUS, "NameOwnerChanged"):
            return False
        name, _before, owner = signal.body
        self._owners[name] = owner
        self._changed()
        return True

    @property
    def all_known(self) -> bool:
        """Whether every name has been asked for and answered."""
        return len(self._owners) == len(self._dialects)

    def best(self) -> Server | None:
        """The one to talk to, None while none runs."""
        for dialect in self._dialects:
            owner = self._owners.get(dialect.bus_name)
            if owner:
                return Server(dialect, owner)
        return None

    def _note_answer(self, name: str, answer: Message) -> None:
        found = answer.header.message_type is MessageType.method_return
        self._owners[name] = answer.body[0] if found else ""
        self._changed()
