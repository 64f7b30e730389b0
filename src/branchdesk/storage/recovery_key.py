"""The key on the recovery card: 160 random bits and 8 check bits in letters that are hard to confuse."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata

from branchdesk.errors import Problem
from branchdesk.i18n import _

# Crockford's base 32: no I, L, O, U; what looks like another sign is read as that sign.
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKS_LIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_SECRET_BYTES = 20
_LENGTH = 34
_GROUP = 5


def new_recovery_key() -> str:
    """A fresh key as it is printed: seven groups of up to five signs."""
    secret = secrets.token_bytes(_SECRET_BYTES)
    number = int.from_bytes(secret + _check(secret), "big")
    signs = "".join(_SIGNS[number >> shift & 31] for shift in range(5 * (_LENGTH - 1), -1, -5))
    return "-".join(signs[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def read_recovery_key(text: str) -> bytes:
    """The 20 secret bytes of a key as typed or scanned.

    Raises Problem for one that was copied wrongly; a single wrong sign is always noticed by its place in
    the check or by the final comparison with the keyring.
    """
    # An input method types full-width letters and dashes of many kinds.
    typed = unicodedata.normalize("NFKC", text).upper().translate(_LOOKS_LIKE)
    signs = [sign for sign in typed if not sign.isspace() and unicodedata.category(sign) != "Pd"]
    usable = sum(sign in _SIGNS for sign in signs)
    if not len(signs) == usable == _LENGTH:
        raise Problem(
            _("恢复卡上的密钥应为 {n} 个字母和数字，现在有 {found} 个可用。", n=_LENGTH, found=usable),
            _("请对照恢复卡一组一组核对，横线可以不输。"),
        )
    number = 0
    for sign in signs:
        number = number << 5 | _SIGNS.index(sign)
    try:
        whole = number.to_bytes(_SECRET_BYTES + 1, "big")
    except OverflowError:
        whole = b"\0" * (_SECRET_BYTES + 1)
    secret, check = whole[:_SECRET_BYTES], whole[_SECRET_BYTES:]
    if check != _check(secret) or not any(secret):
        raise Problem(_("恢复卡密钥有抄错的字符。"), _("请对照恢复卡一组一组核对后再试。"))
    return secret


def _check(secret: bytes) -> bytes:
    return hashlib.sha256(b"BranchDesk recovery" + secret).digest()[:1]
