"""A new key for a branch file: written beside the old one, tried, then put in its place."""

from __future__ import annotations

import secrets

from branchdesk.storage.backup import examine
from branchdesk.storage.branch import Branch
from branchdesk.storage.engine import KEY_LENGTH
from branchdesk.storage.keyring import Keyring, drop_generations, save_keyring
from branchdesk.storage.schema import copy_database


def rekey(branch: Branch, password: str, card: str) -> None:
    """Encrypt the file under a fresh key that only the present person and a new card can unwrap.

    Backups made before keep the old key and the old passwords.
    """
    key = secrets.token_bytes(KEY_LENGTH)
    folder, person = branch.folder, branch.person
    part = folder.database.with_name(folder.database.name + ".part")
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
    folder.next_keyring.unlink()
