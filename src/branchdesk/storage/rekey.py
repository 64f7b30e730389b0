"""A new key for a branch file: written beside the old one, tried, then put in its place."""

from __future__ import annotations

import secrets

from branchdesk.storage.backup import examine
from branchdesk.storage.branch import Branch, open_branch
from branchdesk.storage.engine import KEY_LENGTH
from branchdesk.storage.keyring import Keyring, save_keyring
from branchdesk.storage.schema import copy_database
from branchdesk.whole_files import settle


def rekey(branch: Branch, keyring: Keyring, password: str, card: str) -> Branch:
    """Encrypt the file under a fresh key that only the present person and a new card can unwrap.

    The branch is closed and reopened. Backups made before keep the old key and the old passwords.
    """
    key = secrets.token_bytes(KEY_LENGTH)
    folder, person = branch.folder, branch.person
    part = folder.database.with_name(folder.database.name + ".part")
    with branch.raw() as connection:
        copy_database(connection, part, key)
    examine(part, key)
    renewed = Keyring(keyring.branch, ()).with_password(person, password, key).with_card(card, key)
    # A power cut between the next steps leaves both keyrings there; opening takes the one that fits.
    save_keyring(renewed, folder.next_keyring)
    branch.close()
    settle(part, folder.database)
    return open_branch(folder.path, person.uid, password)
