"""The language of the sentences: Chinese in the source, English beside it, through gettext."""

from __future__ import annotations

import gettext
from enum import StrEnum
from typing import Any

from branchdesk.paths import resource

DOMAIN = "branchdesk"


class Language(StrEnum):
    """The languages of the interface."""

    CHINESE = "zh"
    ENGLISH = "en"


class _Speech:
    """The one place that remembers which language is spoken."""

    language = Language.CHINESE
    translations: gettext.NullTranslations = gettext.NullTranslations()


def speak(language: Language) -> None:
    """Use `language` for every sentence from now on."""
    if language is Language.CHINESE:
        _Speech.translations = gettext.NullTranslations()
    else:
        _Speech.translations = gettext.translation(DOMAIN, resource("i18n"), [language.value])
    _Speech.language = language


def spoken() -> Language:
    """The language in use."""
    return _Speech.language


def _(sentence: str, /, **places: Any) -> str:
    """`sentence` in the language in use, with its named places filled."""
    text = _Speech.translations.gettext(sentence)
    return text.format(**places) if places else text


def _n(sentence: str, n: int, /, **places: Any) -> str:
    """Like `_` for a sentence that counts `n` things; English tells one from many."""
    return _Speech.translations.ngettext(sentence, sentence, n).format(n=n, **places)


def choose(chinese: str, english: str) -> str:
    """The one of two labels that fits the language in use, for texts that come from forms."""
    return english if _Speech.language is Language.ENGLISH and english else chinese


def later(sentence: str) -> str:
    """Mark a sentence of a table or constant for translation; `_` translates it when shown."""
    return sentence
