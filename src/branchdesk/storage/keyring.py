"""Who can open a branch file: one slot per person wraps the one key of the file (AES-GCM under Argon2id).

The keyring lies beside the file and inside every backup; without it the file is lost for good.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from branchdesk.errors import Problem
from branchdesk.i18n import _, later
from branchdesk.storage.recovery_key import read_recovery_key
from branchdesk.uids import new_uid
from branchdesk.whole_files import write_whole

FORMAT = 1
RECOVERY = "#recovery"
_GENERATIONS = 3
_KEY_BYTES, _SALT_BYTES, _NONCE_BYTES, _TAG_BYTES = 32, 16, 12, 16
# RFC 9106, the choice for little memory: old office computers have 4 GB.
_MOST_MEMORY, _MOST_PASSES, _MOST_LANES = 1024 * 1024, 16, 16
_COST = {"memory": 64 * 1024, "passes": 3, "lanes": 4}


class NotOpened(Problem):
    """Somebody for whom a keyring does not open: a wrong password, or a person who is not in it."""


class Role(StrEnum):
    """What a person may do in the file."""

    CLERK = "clerk"
    SECRETARY = "secretary"
    VIEWER = "viewer"

    @property
    def may_write(self) -> bool:
        """Whether the person may change anything."""
        return self is not Role.VIEWER


ROLE_NAMES = {
    Role.CLERK: later("党务工作者"),
    Role.SECRETARY: later("书记"),
    Role.VIEWER: later("查看者"),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can open the file."""

    uid: str
    name: str
    role: Role


@dataclass(frozen=True)
class Slot:
    """The file's key, wrapped for one person; the person and the cost are part of what is authenticated."""

    person: str
    name: str
    role: str
    memory: int
    passes: int
    lanes: int
    salt: str
    nonce: str
    wrapped: str

    def who(self) -> Person:
        """The person of this slot."""
        return Person(self.person, self.name, Role(self.role))

    def check(self) -> None:
        """Raise ValueError for values that no program of ours writes, before they cost memory."""
        Role(self.role)
        parts = [len(_raw(text)) for text in (self.salt, self.nonce, self.wrapped)]
        if parts != [_SALT_BYTES, _NONCE_BYTES, _KEY_BYTES + _TAG_BYTES]:
            raise ValueError("a part of a slot has another length")
        if not (
            1 <= self.lanes <= _MOST_LANES
            and 8 * self.lanes <= self.memory <= _MOST_MEMORY
            and 1 <= self.passes <= _MOST_PASSES
            and {type(self.lanes), type(self.memory), type(self.passes)} == {int}
        ):
            raise ValueError("the cost of a slot is out of bounds")

    def unwrap(self, secret: bytes) -> bytes:
        """The file's key. Raises InvalidTag for a wrong secret or a slot that was tampered with."""
        kek = _derive(secret, _raw(self.salt), self.memory, self.passes, self.lanes)
        return AESGCM(kek).decrypt(_raw(self.nonce), _raw(self.wrapped), self.bound())

    def bound(self) -> bytes:
        """What the wrapping authenticates besides the key: everything in the slot but the wrapping itself."""
        bound = {key: value for key, value in asdict(self).items() if key not in {"nonce", "wrapped"}}
        return json.dumps(bound, sort_keys=True, ensure_ascii=False).encode()


def _raw(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _derive(secret: bytes, salt: bytes, memory: int, passes: int, lanes: int) -> bytes:
    return Argon2id(salt=salt, length=_KEY_BYTES, iterations=passes, lanes=lanes, memory_cost=memory).derive(
        secret
    )


def _of_password(password: str) -> bytes:
    """The password as bytes; full-width digits of an input method are the same password."""
    return unicodedata.normalize("NFKC", password).encode()


def _sealed(person: Person, secret: bytes, key: bytes) -> Slot:
    slot = Slot(
        person=person.uid,
        name=person.name,
        role=person.role,
        **_COST,
        salt=_text(secrets.token_bytes(_SALT_BYTES)),
        nonce=_text(secrets.token_bytes(_NONCE_BYTES)),
        wrapped="",
    )
    kek = _derive(secret, _raw(slot.salt), slot.memory, slot.passes, slot.lanes)
    return replace(slot, wrapped=_text(AESGCM(kek).encrypt(_raw(slot.nonce), key, slot.bound())))


@dataclass(frozen=True)
class Keyring:
    """All slots of one branch file."""

    branch: str
    slots: tuple[Slot, ...]

    def people(self) -> list[Person]:
        """Everybody who can open the file, without the recovery card."""
        return [slot.who() for slot in self.slots if slot.person != RECOVERY]

    @property
    def has_recovery(self) -> bool:
        """Whether a recovery card opens the file."""
        return any(slot.person == RECOVERY for slot in self.slots)

    def open(self, person: str, password: str) -> tuple[Person, bytes]:
        """The person and the file's key. Raises NotOpened for a wrong password or an unknown person."""
        slot = self._slot(person)
        try:
            return slot.who(), slot.unwrap(_of_password(password))
        except InvalidTag:
            raise NotOpened(
                _("口令不对。"), _("请看看大写锁定和输入法是否打开；忘了口令可以用恢复卡。")
            ) from None

    def open_with_card(self, card: str) -> bytes:
        """The file's key by the recovery card. Raises Problem for a card of another branch or an old one."""
        secret = read_recovery_key(card)
        try:
            return self._slot(RECOVERY).unwrap(secret)
        except InvalidTag:
            raise Problem(
                _("这张恢复卡打不开这个支部文件。"),
                _("请核对卡上的支部名称和日期：换过恢复卡以后，旧卡就作废了。"),
            ) from None

    def with_password(self, person: Person, password: str, key: bytes) -> Keyring:
        """The keyring in which `person` opens the file with `password`."""
        return self._with(_sealed(person, _of_password(password), key))

    def with_card(self, card: str, key: bytes) -> Keyring:
        """The keyring in which a new recovery card opens the file and the old one no longer does."""
        person = Person(RECOVERY, "", Role.SECRETARY)
        return self._with(_sealed(person, read_recovery_key(card), key))

    def without(self, person: str) -> Keyring:
        """The keyring without a person's slot."""
        return replace(self, slots=tuple(slot for slot in self.slots if slot.person != person))

    def _with(self, new: Slot) -> Keyring:
        slots = [new if slot.person == new.person else slot for slot in self.slots]
        if new not in slots:
            slots.append(new)
        return replace(self, slots=tuple(slots))

    def _slot(self, person: str) -> Slot:
        for slot in self.slots:
            if slot.person == person:
                return slot
        raise NotOpened(_("这个支部文件里没有这位使用人。"), _("请从列表中重新选择。"))

    def written(self) -> bytes:
        """The keyring as the JSON that is stored."""
        content = {"format": FORMAT, "branch": self.branch, "slots": [asdict(slot) for slot in self.slots]}
        return json.dumps(content, ensure_ascii=False, indent=1).encode()


def new_keyring(people: Iterable[tuple[Person, str]], card: str) -> tuple[Keyring, bytes]:
    """A keyring for a new file with its first people and recovery card, and the fresh key of the file."""
    key = secrets.token_bytes(_KEY_BYTES)
    keyring = Keyring(new_uid(), ())
    for person, password in people:
        keyring = keyring.with_password(person, password, key)
    return keyring.with_card(card, key), key


def read_keyring(content: bytes) -> Keyring:
    """The keyring in a JSON text. Raises Problem for one that is damaged or of a newer program."""
    try:
        raw: Any = json.loads(content)
        if raw["format"] > FORMAT:
            raise Problem(_("这个支部文件是用更新版本的程序保存的。"), _("请先升级本机的程序，再打开它。"))
        slots = tuple(Slot(**slot) for slot in raw["slots"])
        for slot in slots:
            slot.check()
        return Keyring(str(raw["branch"]), slots)
    except (ValueError, TypeError, KeyError, binascii.Error) as error:
        raise Problem(
            _("钥匙文件损坏，暂时打不开这个支部文件。"),
            _("请从最近的备份恢复；备份里带有完好的钥匙文件。"),
        ) from error


def load_keyring(path: Path) -> Keyring:
    """The keyring beside a branch file; an older generation stands in for a damaged one."""
    problem: Problem | None = None
    for candidate in generations(path):
        try:
            return read_keyring(candidate.read_bytes())
        except OSError:
            continue
        except Problem as found:
            problem = problem or found
    raise problem or Problem(
        _("在“{folder}”里没有找到钥匙文件。", folder=str(path.parent)),
        _("请从最近的备份恢复；备份里带有钥匙文件。"),
    )


def save_keyring(keyring: Keyring, path: Path) -> None:
    """Write the keyring whole; the two generations before it stay beside it."""
    for number in range(_GENERATIONS - 1, 0, -1):
        older = path if number == 1 else _generation(path, number - 1)
        if older.exists():
            write_whole(_generation(path, number), older.read_bytes())
    write_whole(path, keyring.written())


def drop_generations(path: Path) -> None:
    """Remove older generations, when somebody must no longer be able to open the file with them."""
    for number in range(1, _GENERATIONS):
        _generation(path, number).unlink(missing_ok=True)


def generations(path: Path) -> list[Path]:
    """The keyring and its older generations, newest first, whether they are there or not."""
    return [path, *(_generation(path, number) for number in range(1, _GENERATIONS))]


def _generation(path: Path, number: int) -> Path:
    return path.with_name(f"{path.name}.{number}")
