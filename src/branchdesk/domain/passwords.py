"""Passwords: which are too weak, and how strong one looks."""

from __future__ import annotations

import unicodedata

from branchdesk.i18n import _

# What everybody tries first.
_FIRST_GUESSES = {
    "12345678",
    "123456789",
    "1234567890",
    "87654321",
    "11111111",
    "00000000",
    "88888888",
    "66666666",
    "password",
    "qwertyui",
    "qwerty123",
    "abcd1234",
    "abc12345",
    "a1234567",
    "aa123456",
    "admin123",
    "zhibu123",
    "dangyuan",
    "dangzhibu",
    "19210701",
    "1qaz2wsx",
}
_FEW_SIGNS = 4
STRENGTHS = 4


def _plain(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


def password_problem(password: str, least: int) -> str:
    """Why a password is too weak to be used; empty where it will do. `least` counts characters."""
    plain = _plain(password)
    if len(plain) < least:
        return _("口令至少要 {n} 位，现在是 {found} 位。", n=least, found=len(plain))
    if plain.casefold() in _FIRST_GUESSES:
        return _("这个口令太常见，别人一猜就中。")
    if len(set(plain)) < _FEW_SIGNS:
        return _("这个口令里不同的字符太少。")
    return ""


def password_strength(password: str, least: int) -> int:
    """How strong a password looks, from 0 (will not do) to 4."""
    plain = _plain(password)
    if password_problem(password, least):
        return 0
    sorts = sum(
        (
            any(char.islower() for char in plain),
            any(char.isupper() for char in plain),
            any(char.isdigit() for char in plain),
            any(not char.isalnum() or ord(char) > 127 for char in plain),
        )
    )
    length = (len(plain) >= least + 2) + (len(plain) >= least + 6)
    return min(STRENGTHS, max(1, sorts - 1 + length))
