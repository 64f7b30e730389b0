"""The fixtures of this room; they stand in `support.fixtures`."""

from __future__ import annotations

from support.fixtures import branch, cheap_keys, open_branches, the_clock

__all__ = ["branch", "cheap_keys", "open_branches", "the_clock"]
