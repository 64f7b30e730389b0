"""Key numbers: what Qt calls a key and what X11, and with it fcitx, calls it."""

from __future__ import annotations

SHIFT, LOCK, CONTROL, ALT, NUM_LOCK, SUPER = 0x1, 0x2, 0x4, 0x8, 0x10, 0x40
REPEAT = 0x8000_0000  # fcitx 5: the key is held down
BACKSPACE, TAB, RETURN, ESCAPE = 0xFF08, 0xFF09, 0xFF0D, 0xFF1B
_UNICODE = 0x0100_0000  # keysyms of characters beyond Latin-1 carry the code point above this
_LATIN_1 = (*range(0x20, 0x7F), *range(0xA0, 0x100))

# Qt::Key and keysym of keys that write nothing; the numbers are those of qnamespace.h and keysymdef.h.
_PAIRS = (
    (0x0100_0000, ESCAPE),
    (0x0100_0001, TAB),
    (0x0100_0002, 0xFE20),  # Backtab
    (0x0100_0003, BACKSPACE),
    (0x0100_0004, RETURN),
    (0x0100_0005, 0xFF8D),  # Enter of the number pad
    (0x0100_0006, 0xFF63),  # Insert
    (0x0100_0007, 0xFFFF),  # Delete
    (0x0100_0008, 0xFF13),  # Pause
    (0x0100_0009, 0xFF61),  # Print
    (0x0100_0010, 0xFF50),  # Home
    (0x0100_0011, 0xFF57),  # End
    (0x0100_0012, 0xFF51),  # Left
    (0x0100_0013, 0xFF52),  # Up
    (0x0100_0014, 0xFF53),  # Right
    (0x0100_0015, 0xFF54),  # Down
    (0x0100_0016, 0xFF55),  # Page up
    (0x0100_0017, 0xFF56),  # Page down
    (0x0100_0020, 0xFFE1),  # Shift
    (0x0100_0021, 0xFFE3),  # Control
    (0x0100_0022, 0xFFEB),  # Meta, the key with the mark of the maker
    (0x0100_0023, 0xFFE9),  # Alt
    (0x0100_0024, 0xFFE5),  # Caps lock
    (0x0100_0025, 0xFF7F),  # Num lock
    (0x0100_0026, 0xFF14),  # Scroll lock
    (0x0100_0055, 0xFF67),  # Menu
    *((0x0100_0030 + number, 0xFFBE + number) for number in range(24)),  # F1 to F24
)
_TO_KEYSYM = dict(_PAIRS)
_TO_QT_KEY = {keysym: key for key, keysym in _PAIRS}
_MODIFIERS = frozenset({*range(0xFFE1, 0xFFEF), 0xFF7F, 0xFE03})
# The number pad writes what its keysym says in its last seven bits.
_NUMBER_PAD = range(0xFFAA, 0xFFBA)


def keysym_of(qt_key: int, text: str) -> int:
    """The keysym of a key that Qt names by its `qt_key` and what it wrote; 0 for one that X11 has not.

    Needed only where the platform gives no keysym itself.
    """
    special = _TO_KEYSYM.get(qt_key)
    if special is not None:
        return special
    if len(text) == 1 and text.isprintable():
        return ord(text) if ord(text) in _LATIN_1 else _UNICODE | ord(text)
    if qt_key in _LATIN_1:
        return ord(chr(qt_key).lower())
    return 0


def qt_key_of(keysym: int) -> tuple[int, str]:
    """What Qt calls the key of a keysym, and what the key writes; (0, "") for one that Qt has not."""
    special = _TO_QT_KEY.get(keysym)
    if special is not None:
        return special, {TAB: "\t", RETURN: "\r", BACKSPACE: "\b", ESCAPE: "\x1b"}.get(keysym, "")
    if keysym in _LATIN_1:
        code = keysym
    elif keysym in _NUMBER_PAD:
        code = keysym & 0x7F
    elif _UNICODE < keysym <= _UNICODE | 0x10_FFFF:
        code = keysym ^ _UNICODE
    else:
        return 0, ""
    return ord(chr(code).upper()[0]), chr(code)


def is_modifier(keysym: int) -> bool:
    """Whether the key only changes what others do."""
    return keysym in _MODIFIERS


def is_letter(keysym: int, state: int) -> bool:
    """Whether the key writes a Latin letter, which a Chinese method takes as part of a syllable."""
    return chr(keysym & 0xFF).isalpha() and keysym < 0x7F and not state & (CONTROL | ALT | SUPER)
