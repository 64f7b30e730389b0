"""Field types for words of a list: of a dictionary, of the form's own choices, of the branch's tree."""

from __future__ import annotations

from typing_extensions import override

from branchdesk.findings import Finding
from branchdesk.forms.dictionaries import Dictionary, Vocabulary
from branchdesk.forms.fields import SEPARATORS, Field, FieldType, Surroundings, Understood, error
from branchdesk.forms.spelling import without_spaces
from branchdesk.i18n import _, listed


class Choice(FieldType):
    """One word of a dictionary, stored as its code."""

    name = "choice"
    needs_dictionary = True

    @override
    def understand(self, field: Field, plain: str, around: Surroundings) -> Understood:
        return Understood(field.words(around.vocabulary).code_of(plain) or plain)

    @override
    def check(self, field: Field, value: str, around: Surroundings) -> tuple[Finding, ...]:
        dictionary = field.words(around.vocabulary)
        return () if value in dictionary.by_code else self.unknown(field, value, dictionary)

    def unknown(self, field: Field, value: str, dictionary: Dictionary) -> tuple[Finding, ...]:
        """The finding for a word that the dictionary does not have, with the nearest words."""
        near = dictionary.starting_with(value[:1]) or list(dictionary.entries)
        words = listed(entry.shown() for entry in near[:4])
        if dictionary.is_foreign(value):
            return error(field, "unknown_word", _foreign_sentence(value, words))
        if not words:
            return error(field, "unknown_word", _("“{value}”不在可选的内容里。", value=value))
        sentence = _("“{value}”不在可选的内容里，可以选 {words} 等。", value=value, words=words)
        return error(field, "unknown_word", sentence)

    @override
    def show(self, field: Field, value: str | None, vocabulary: Vocabulary) -> str:
        return field.words(vocabulary).shown(value)


def _foreign_sentence(value: str, words: str) -> str:
    """Why nobody here may be given a word that others have, and what there is instead."""
    if words:
        return _("本支部没有“{value}”，只有别的支部有；可以选 {words} 等。", value=value, words=words)
    return _("本支部没有“{value}”，只有别的支部有；请先在本支部设立。", value=value)


class Choices(Choice):
    """Several words of a dictionary, stored as codes parted by spaces."""

    name = "choices"

    @override
    def understand(self, field: Field, plain: str, around: Surroundings) -> Understood:
        dictionary = field.words(around.vocabulary)
        words = [word for part in SEPARATORS.split(plain) for word in self._words(part, dictionary)]
        codes = dict.fromkeys(dictionary.code_of(word) or word for word in words)
        return Understood(" ".join(sorted(codes, key=dictionary.rank)) or plain)

    @staticmethod
    def _words(part: str, dictionary: Dictionary) -> list[str]:
        """The words between two separators: one, or several known ones with gaps between them."""
        word, pieces = without_spaces(part), part.split()
        if dictionary.code_of(word) is None and all(dictionary.code_of(piece) for piece in pieces):
            return pieces
        return [word] if word else []

    @override
    def check(self, field: Field, value: str, around: Surroundings) -> tuple[Finding, ...]:
        dictionary = field.words(around.vocabulary)
        unknown = [code for code in value.split() if code not in dictionary.by_code]
        return self.unknown(field, unknown[0], dictionary) if unknown else ()

    @override
    def show(self, field: Field, value: str | None, vocabulary: Vocabulary) -> str:
        return listed(field.words(vocabulary).shown(code) for code in (value or "").split())


class Organisation(Choice):
    """One organisation of the tree, stored as its uid."""

    name = "organisation"
    dictionary = "organisation"
