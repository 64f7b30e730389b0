"""A new key for a branch file: written beside the old one, tried, then put in its place."""

from __future__ import annotations

import secrets
from contextlib import suppress
from pathlib import Path

from branchdesk.errors import Problem
from branchdesk.storage.backup import examine
from branchdesk.storage.branch import Branch
from branchdesk.storage.engine import KEY_LENGTH
from branchdesk.storage.keyring import Keyring, drop_generations, save_keyring
from branchdesk.storage.schema import copy_database


def rekey(branch: Branch, password: str, card: str) -> None:
    """Encrypt the file under a fresh key that only the present person and a new card can unwrap.

    Backups made before keep the old key and the old passwords. Other threads wait with what they write;
    raises Problem where one goes on for too long.
    """
    part = branch.folder.database.with_name(branch.folder.database.name + ".part")
    # What is written between the copy and the exchange would be lost.
    with branch.turns.alone():
        try:
            _exchange(branch, part, password, card)
        except Problem:
            _drop_unused(branch, part)
            raise


def _exchange(branch: Branch, part: Path, password: str, card: str) -> None:
    key = secrets.token_bytes(KEY_LENGTH)
    folder, person = branch.folder, branch.person
    with branch.raw() as connection:
        copy_database(connection, part, key)
    examine(part, key)
    renewed = Keyring(branch.keyring().branch, ())
    renewed = renewed.with_password(person, password, key).with_card(card, key)
    # A power cut between the next steps leaves both keyrings there; opening takes the one that fits.
    save_keyring(renewed, folder.next_keyring)
    branch.replace_file(part, key)
    save_keyring(renewed, folder.keyring)
    drop_generations(folder.keyring)
    folder.next_keyring.unlink(missing_ok=True)


def _drop_unused(branch: Branch, part: Path) -> None:
    """Remove a part that was never put in place, and its keyring; without a part the file is the new one."""
    with suppress(OSError):
        if part.exists():
            part.unlink()
            branch.folder.next_keyring.unlink(missing_ok=True)
