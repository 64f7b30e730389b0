"""Collects the sentences of the source into the English catalogue and compiles it.

python installer/make_texts.py
Sentences that are new stand in the catalogue with an empty translation, in the order of the source;
sentences that are gone are dropped. Nobody needs this to run the program.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "i18n" / "en" / "LC_MESSAGES"
# A sentence that counts is its own plural in Chinese.
KEYWORDS = {"_": None, "_n": (1, 1), "later": None}


def collected() -> Catalog:
    """The sentences of the source, in the order of its files."""
    # One date for ever: a catalogue that says the same is the same file.
    day = datetime(2026, 1, 1, tzinfo=UTC)
    catalogue = Catalog(locale="en", project="BranchDesk", fuzzy=False, creation_date=day, revision_date=day)
    found = extract_from_dir(str(ROOT / "src"), keywords=KEYWORDS)
    for file, _line, message, _comments, _context in found:
        catalogue.add(message, locations=[(f"src/{file}".replace("\\", "/"), 0)])
    return catalogue


def has_english(message: Message) -> bool:
    """Whether a sentence has its English, in both forms where it counts."""
    texts = (message.string,) if isinstance(message.string, str) else message.string
    return bool(texts) and all(texts or ())


def main() -> int:
    """Update the catalogue, compile it and tell how many sentences have no English yet."""
    path = FOLDER / "branchdesk.po"
    known = Catalog(locale="en")
    if path.is_file():
        with path.open("rb") as stream:
            known = read_po(stream, locale="en")
    catalogue = collected()
    missing = 0
    for message in catalogue:
        old = known.get(message.id)
        if message.id and old is not None and old.pluralizable == message.pluralizable:
            message.string = old.string
        missing += bool(message.id) and not has_english(message)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        write_po(stream, catalogue, width=100, include_lineno=False, omit_header=False)
    with (FOLDER / "branchdesk.mo").open("wb") as stream:
        write_mo(stream, catalogue)
    sys.stdout.write(f"{len(catalogue)} sentences, {missing} without English\n")
    return 1 if missing else 0


if __name__ == "__main__":
    raise SystemExit(main())
