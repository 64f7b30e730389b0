"""A random sample that anybody can draw again from its seed (domain 7.3)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence


def draw(seed: int, population: Sequence[str], size: int) -> list[str]:
    """`size` of the uids in `population`, or all if there are fewer, each once and in the order drawn.

    The same for ever and on every machine, in whatever order the population is given: uids are sorted by the
    SHA-256 of `seed:uid`.
    """
    in_order = sorted(set(population), key=lambda uid: (_lot(seed, uid), uid))
    return in_order[: max(0, size)]


def _lot(seed: int, uid: str) -> str:
    return hashlib.sha256(f"{seed}:{uid}".encode()).hexdigest()
