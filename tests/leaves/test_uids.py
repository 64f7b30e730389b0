"""Identities are version 7 UUIDs that sort by birth."""

from __future__ import annotations

from uuid import RFC_4122, UUID

import pytest

from branchdesk import clock, uids


def test_an_identity_is_a_version_7_uuid_written_without_dashes() -> None:
    for text in (uids.new_uid() for _turn in range(100)):
        value = UUID(hex=text)
        assert text == value.hex
        assert (value.version, value.variant) == (7, RFC_4122)


def test_identities_never_repeat_and_later_ones_sort_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for millisecond in (1_795_303_800_000, 1_795_303_800_001, 1_795_390_200_000):
        monkeypatch.setattr(clock, "milliseconds", lambda now=millisecond: now)
        made.append(sorted(uids.new_uid() for _turn in range(200)))
    flat = [uid for group in made for uid in group]
    assert flat == sorted(flat)
    assert len(set(flat)) == 600


def test_the_millisecond_of_birth_stands_in_front(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "milliseconds", lambda: 0x0123456789AB)
    assert uids.new_uid().startswith("0123456789ab7")
