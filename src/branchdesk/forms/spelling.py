"""How clerks write things: full-width digits, Chinese numerals, hidden characters, kinds of dots."""

from __future__ import annotations

import re
import unicodedata

_NUMERALS = {"〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7}
_NUMERALS |= {"八": 8, "九": 9, "元": 1, "0": 0, "O": 0, "o": 0, "Ｏ": 0}
_TEN = "十"
_HAN = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_DOT_IN_NAME = re.compile(f"(?<=[{_HAN}])\\s*[·•‧・．.∙⋅･]\\s*(?=[{_HAN}])")
_GAP_IN_NAME = re.compile(f"(?<=[{_HAN}]) (?=[{_HAN}])")
_KEPT_CONTROLS = "\n\r\t"


def half_width(text: str) -> str:
    """`text` with full-width letters, digits and punctuation made half-width; Han stay as they are."""
    return "".join(
        unicodedata.normalize("NFKC", char) if "\uff01" <= char <= "\uff5e" or char == "\u3000" else char
        for char in text
    )


def without_spaces(text: str) -> str:
    """`text` without any white space, full-width or not."""
    return "".join(text.split())


def person_name(text: str) -> str:
    """A name as it stands on the identity card: 李　敏 without its gap, one kind of dot."""
    plain = " ".join(text.split())
    dotted = _DOT_IN_NAME.sub("·", plain)
    return _GAP_IN_NAME.sub("", dotted)


def hidden_characters(text: str) -> list[str]:
    """Characters that nobody sees but that make equal texts differ: NUL, direction marks and the like."""
    if text.isprintable():
        return []
    return [
        char
        for char in text
        if (unicodedata.category(char) in {"Cc", "Cf", "Cs"} and char not in _KEPT_CONTROLS)
        or char in {"\u2028", "\u2029"}
    ]


def cleaned(text: str) -> str:
    """`text` in NFC without hidden characters, one kind of line end, no white space around it."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    hidden = set(hidden_characters(plain))
    if hidden:
        plain = "".join(char for char in plain if char not in hidden)
    return unicodedata.normalize("NFC", plain).strip()


def chinese_number(text: str) -> int | None:
    """The number that numerals up to 99 or a row of digits (二〇二四) spell; None for anything else."""
    if not text:
        return None
    if _TEN not in text:
        if any(char not in _NUMERALS for char in text):
            return None
        return int("".join(str(_NUMERALS[char]) for char in text))
    tens, _, ones = text.partition(_TEN)
    if any(len(part) > 1 or (part and part not in _NUMERALS) for part in (tens, ones)):
        return None
    return (_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0)
