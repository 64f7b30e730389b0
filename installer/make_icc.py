"""Makes the sRGB profile that archived PDFs carry; the result is committed.

python installer/make_icc.py
An ICC version 2 profile for displays, written from ICC.1:2001-04 and IEC 61966-2-1: three primaries adapted
to D50, one curve. Placed in the public domain (CC0 1.0) as the file itself says. The date in it is fixed, so
that the bytes never change.
"""

from __future__ import annotations

import struct
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "resources" / "icc" / "srgb_v2.icc"
DESCRIPTION = b"sRGB IEC61966-2.1 (BranchDesk, CC0)"
COPYRIGHT = b"CC0 1.0: no rights reserved"
POINTS = 1024
WHITE = (0.9642, 1.0, 0.8249)  # D50, the connection space
# The primaries of sRGB, adapted from D65 to D50 with the Bradford matrix.
PRIMARIES = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}


def number(value: float) -> bytes:
    """A signed fixed point number with 16 bits behind the point."""
    return struct.pack(">i", round(value * 65536))


def colour(values: tuple[float, float, float]) -> bytes:
    """A tag of one XYZ colour."""
    return b"XYZ \0\0\0\0" + b"".join(map(number, values))


def description(text: bytes) -> bytes:
    """A textDescription tag, which version 2 asks for; its Unicode and Macintosh parts stay empty."""
    return b"desc\0\0\0\0" + struct.pack(">I", len(text) + 1) + text + b"\0" + bytes(4 + 4 + 2 + 1 + 67)


def linear(share: float) -> float:
    """From the stored value to light (IEC 61966-2-1)."""
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def curve() -> bytes:
    """The curve as a table."""
    values = [round(linear(point / (POINTS - 1)) * 65535) for point in range(POINTS)]
    return b"curv\0\0\0\0" + struct.pack(f">I{POINTS}H", POINTS, *values)


def profile() -> bytes:
    """The whole profile."""
    tags = {
        b"desc": description(DESCRIPTION),
        b"cprt": b"text\0\0\0\0" + COPYRIGHT + b"\0",
        b"wtpt": colour(WHITE),
        **{name: colour(values) for name, values in PRIMARIES.items()},
        b"rTRC": curve(),
    }
    place = 128 + 4 + 12 * (len(tags) + 2)
    directory, body = b"", b""
    for name, tag in tags.items():
        shared = [name] if name != b"rTRC" else [b"rTRC", b"gTRC", b"bTRC"]
        for each in shared:
            directory += struct.pack(">4sII", each, place + len(body), len(tag))
        body += tag + bytes(-len(tag) % 4)
    size = place + len(body)
    header = struct.pack(">I4sI4s4s4s", size, bytes(4), 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    header += struct.pack(
        ">6H4s4sI4s4s8sI", 2026, 1, 1, 0, 0, 0, b"acsp", bytes(4), 0, bytes(4), bytes(4), bytes(8), 0
    )
    header += b"".join(map(number, WHITE))
    header += bytes(128 - len(header))
    return header + struct.pack(">I", len(tags) + 2) + directory + body


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(profile())
