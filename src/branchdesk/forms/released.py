"""The list of released forms: a form that was released once never changes, since papers depend on it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from branchdesk.forms.toml_files import FormMistake, TomlFile, TomlTable
from branchdesk.i18n import _

RELEASED_FILE = "released.toml"


def read_released(file: TomlTable) -> dict[tuple[str, int], str]:
    """The hashes of released forms by kind and version."""
    hashes: dict[tuple[str, int], str] = {}
    for row in file.rows("form"):
        key = (row.text("kind"), row.number("version"))
        if key in hashes:
            row.refuse("version", _("“{word}”出现了两次。", word=f"{key[0]} {key[1]}"))
        hashes[key] = row.matching("sha256", "[0-9a-f]{64}")
        row.done()
    file.done()
    return hashes


def hash_of(content: bytes) -> str:
    """The hash of a form file, whatever line ends its copy has."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def line_of(kind: str, version: int, content: bytes) -> str:
    """What to add to the list when a form is released."""
    return f'[[form]]\nkind = "{kind}"\nversion = {version}\nsha256 = "{hash_of(content)}"\n'


def changed_forms(folder: Path) -> list[FormMistake]:
    """The released forms in a folder of forms that were changed or are gone."""
    mistakes = []
    for (kind, version), known in read_released(TomlFile(folder / RELEASED_FILE)).items():
        content = _content(folder / kind, version)
        if content is None:
            reason = _("第 {version} 版已经发布，却找不到了。", version=version)
            mistakes.append(FormMistake(kind, "version", reason))
        elif hash_of(content) != known:
            reason = _("第 {version} 版已经发布，内容不能再改；请改成新的一版。", version=version)
            mistakes.append(FormMistake(kind, "version", reason))
    return mistakes


def _content(folder: Path, version: int) -> bytes | None:
    """The file of one version of a kind, the newest one or one of the older ones."""
    newest, older = folder / "form.toml", folder / "older" / f"{version}.toml"
    if older.is_file():
        return older.read_bytes()
    if newest.is_file() and TomlFile(newest).number("version") == version:
        return newest.read_bytes()
    return None
