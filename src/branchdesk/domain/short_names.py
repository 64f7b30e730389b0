"""The short name of an organisation as its full name suggests it: 中共某某支部委员会 is 某某支部."""

from __future__ import annotations

_BEGINNINGS = ("中国共产党", "中共")
# The longer ending comes first where one is the end of another.
_ENDINGS = (("总支部委员会", "党总支"), ("支部委员会", "支部"), ("委员会", "党委"))


def proposed_short_name(full_name: str) -> str:
    """What clerks call the organisation for short; empty while nothing is left to be called so."""
    name = full_name.strip()
    for beginning in _BEGINNINGS:
        name = name.removeprefix(beginning)
    for ending, short in _ENDINGS:
        if name.endswith(ending):
            name = name.removesuffix(ending)
            return f"{name}{short}" if name else ""
    return name
