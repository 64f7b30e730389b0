"""The language of the sentences: Chinese in the source, English beside it, through gettext."""

from __future__ import annotations

import gettext
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from branchdesk.paths import resource

DOMAIN = "branchdesk"


class Language(StrEnum):
    """The languages of the interface."""

    CHINESE = "zh"
    ENGLISH = "en"


@dataclass(frozen=True)
class _Speech:
    """A language with its sentences."""

    language: Language
    translations: gettext.NullTranslations


_CHINESE = _Speech(Language.CHINESE, gettext.NullTranslations())


class _Window:
    """The one place that remembers which language the window speaks."""

    speech = _CHINESE


# What one piece of work speaks, whatever the window speaks meanwhile.
_at_work: ContextVar[_Speech | None] = ContextVar("speech", default=None)


def _speech() -> _Speech:
    return _at_work.get() or _Window.speech


def speak(language: Language) -> None:
    """Use `language` for every sentence from now on."""
    if language is Language.CHINESE:
        _Window.speech = _CHINESE
    else:
        found = gettext.translation(DOMAIN, resource("i18n"), [language.value])
        _Window.speech = _Speech(language, found)


@contextmanager
def speaking_chinese() -> Iterator[None]:
    """Speak Chinese inside, in this thread only: what is handed in is Chinese in every language."""
    before = _at_work.set(_CHINESE)
    try:
        yield
    finally:
        _at_work.reset(before)


def spoken() -> Language:
    """The language in use."""
    return _speech().language


def _(sentence: str, /, **places: Any) -> str:
    """`sentence` in the language in use, with its named places filled."""
    text = _speech().translations.gettext(sentence)
    return text.format(**places) if places else text


def _n(sentence: str, n: int, /, **places: Any) -> str:
    """Like `_` for a sentence that counts `n` things; English tells one from many."""
    return _speech().translations.ngettext(sentence, sentence, n).format(n=n, **places)


def choose(chinese: str, english: str) -> str:
    """The one of two labels that fits the language in use, for texts that come from forms."""
    return english if _speech().language is Language.ENGLISH and english else chinese


def listed(names: Iterable[str]) -> str:
    """Names in a row, with the comma of the language in use."""
    return (", " if _speech().language is Language.ENGLISH else "、").join(names)


def joined(*sentences: str) -> str:
    """Whole sentences one after another; empty ones are left out."""
    return (" " if _speech().language is Language.ENGLISH else "").join(filter(None, sentences))


def later(sentence: str) -> str:
    """Mark a sentence of a table or constant for translation; `_` translates it when shown."""
    return sentence
