"""Dictionaries: lists of codes with their words, as data with an edition and a source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property

from branchdesk.forms.spelling import half_width, without_spaces
from branchdesk.forms.toml_files import TomlFile, TomlTable
from branchdesk.i18n import _, choose
from branchdesk.paths import form_folder


@dataclass(frozen=True, slots=True)
class Entry:
    """One word of a dictionary.

    `aliases` are other spellings that clerks use for it, `home` is the uid of the organisation whose people
    alone may be given it, empty for everybody.
    """

    code: str
    label: str
    label_en: str = ""
    aliases: tuple[str, ...] = ()
    group: str = ""
    home: str = ""

    def shown(self) -> str:
        """The word in the language in use."""
        return choose(self.label, self.label_en)


@dataclass(frozen=True)
class Dictionary:
    """A list of entries in their official order; `open` ones may be extended by the branch.

    `foreign` entries can be shown, but nobody here may be given them.
    """

    id: str
    title: str
    title_en: str
    edition: str
    source: str
    open: bool
    entries: tuple[Entry, ...]
    foreign: tuple[Entry, ...] = ()

    @cached_property
    def by_code(self) -> dict[str, Entry]:
        """The entries by their code, foreign ones as well."""
        return {entry.code: entry for entry in (*self.entries, *self.foreign)}

    @cached_property
    def _by_spelling(self) -> dict[str, str]:
        return _spellings(self.entries)

    @cached_property
    def _foreign_spellings(self) -> dict[str, str]:
        return _spellings(self.foreign)

    def code_of(self, text: str) -> str | None:
        """The code that `text` means: a code, a word or a known other spelling; None where none fits."""
        return self._by_spelling.get(spelling_key(text))

    def is_foreign(self, text: str) -> bool:
        """Whether `text` means a word that only people elsewhere may be given."""
        key = spelling_key(text)
        return key in self._foreign_spellings and key not in self._by_spelling

    def starting_with(self, text: str) -> list[Entry]:
        """The entries whose word or other spelling begins with `text`, in their order."""
        key = spelling_key(text)
        return [
            entry
            for entry in self.entries
            if any(
                spelling_key(spelling).startswith(key)
                for spelling in (entry.label, entry.label_en, *entry.aliases)
            )
        ]

    def shown(self, value: str | None) -> str:
        """The word for a stored value; a value that is no code is shown as it stands."""
        if not value:
            return ""
        entry = self.by_code.get(value)
        return entry.shown() if entry else value

    def rank(self, code: str) -> int:
        """The place of a code in the official order; an unknown one comes last."""
        return self._ranks.get(code, len(self.entries))

    @cached_property
    def _ranks(self) -> dict[str, int]:
        return {entry.code: place for place, entry in enumerate(self.entries)}

    def extended(self, entries: Iterable[Entry]) -> Dictionary:
        """The dictionary with the branch's own words at the end."""
        return replace(self, entries=(*self.entries, *entries))

    def of(self, home: str | None) -> Dictionary:
        """The dictionary as it holds for people of one organisation; None for people who belong nowhere."""
        if self._homes <= {home} or (home is None and len(self._homes) == 1):
            return self
        if home not in self._parts:
            own = tuple(entry for entry in self.entries if entry.home in {"", home})
            foreign = tuple(entry for entry in self.entries if entry.home not in {"", home})
            self._parts[home] = replace(self, entries=own, foreign=(*self.foreign, *foreign))
        return self._parts[home]

    @cached_property
    def _homes(self) -> frozenset[str]:
        return frozenset(entry.home for entry in self.entries if entry.home)

    @cached_property
    def _parts(self) -> dict[str | None, Dictionary]:
        return {}


Vocabulary = Mapping[str, Dictionary]


def spelling_key(text: str) -> str:
    """What spellings of one word have in common: width of characters, spaces and capitals do not count."""
    return without_spaces(half_width(text)).casefold()


def _spellings(entries: Iterable[Entry]) -> dict[str, str]:
    """The codes by every spelling; of equal spellings the first counts."""
    spellings: dict[str, str] = {}
    for entry in entries:
        for spelling in (entry.code, entry.label, entry.label_en, *entry.aliases):
            spellings.setdefault(spelling_key(spelling), entry.code)
    spellings.pop("", None)
    return spellings


def _read_entry(row: TomlTable) -> Entry:
    entry = Entry(
        code=row.matching("code", r"^\S+$"),
        label=row.text("label"),
        label_en=row.text("label_en"),
        aliases=row.texts("aliases"),
        group=row.text("group", ""),
    )
    row.done()
    return entry


def read_dictionary(file: TomlFile) -> Dictionary:
    """The dictionary in a TOML file; a FormMistake names file, key and reason where it is wrong."""
    entries = tuple(_read_entry(row) for row in file.rows("entry"))
    dictionary = Dictionary(
        id=file.text("id"),
        title=file.text("title"),
        title_en=file.text("title_en"),
        edition=file.text("edition"),
        source=file.text("source"),
        open=file.flag("open"),
        entries=entries,
    )
    file.done()
    codes: set[str] = set()
    for place, entry in enumerate(entries, start=1):
        if entry.code in codes:
            file.refuse(f"entry[{place}].code", _("“{word}”出现了两次。", word=entry.code))
        codes.add(entry.code)
        _refuse_second_meaning(file, place, entry, dictionary)
    return dictionary


def _refuse_second_meaning(file: TomlFile, place: int, entry: Entry, dictionary: Dictionary) -> None:
    for spelling in (entry.code, entry.label, entry.label_en, *entry.aliases):
        meant = dictionary.code_of(spelling)
        if meant not in {entry.code, None}:
            file.refuse(f"entry[{place}]", _("“{heading}”已经指“{field}”。", heading=spelling, field=meant))


@cache
def shipped_dictionaries() -> dict[str, Dictionary]:
    """The dictionaries that ship with the program, by id."""
    found = [read_dictionary(TomlFile(path)) for path in sorted(form_folder("dictionaries").glob("*.toml"))]
    return {dictionary.id: dictionary for dictionary in found}
