"""The key on the recovery card: forgiving about how it is typed, never about what it says."""

from __future__ import annotations

from contextlib import suppress

import pytest

from branchdesk.errors import Problem
from branchdesk.storage.recovery_key import new_recovery_key, read_recovery_key
from support.problems import refused

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_a_key_is_printed_in_seven_groups_of_signs_that_are_hard_to_confuse() -> None:
    key = new_recovery_key()
    groups = key.split("-")
    assert [len(group) for group in groups] == [5, 5, 5, 5, 5, 5, 4]
    assert set("".join(groups)) <= set(SIGNS)


def test_no_two_keys_are_equal() -> None:
    assert len({read_recovery_key(new_recovery_key()) for _key in range(200)}) == 200


@pytest.mark.parametrize(
    "typed",
    [
        lambda key: key.lower(),
        lambda key: key.replace("-", ""),
        lambda key: key.replace("-", " "),
        lambda key: key.replace("-", "—"),
        lambda key: f"  {key}\n",
        lambda key: key.replace("0", "O").replace("1", "l").replace("V", "u"),
        lambda key: key.replace("1", "I"),
        lambda key: "".join(chr(ord(sign) + 0xFEE0) for sign in key),
    ],
    ids=["small", "no dashes", "spaces", "long dashes", "spaces around", "look-alikes", "I", "full-width"],
)
def test_a_key_is_read_however_it_is_typed(typed: object) -> None:
    assert callable(typed)
    for _key in range(20):
        key = new_recovery_key()
        assert read_recovery_key(typed(key)) == read_recovery_key(key)


def test_nearly_every_single_wrong_sign_is_noticed_and_none_gives_the_same_secret() -> None:
    key = new_recovery_key()
    right, unnoticed, tried = read_recovery_key(key), 0, 0
    for place, sign in enumerate(key):
        for other in SIGNS:
            if sign in {"-", other}:
                continue
            tried += 1
            with suppress(Problem):
                secret = read_recovery_key(key[:place] + other + key[place + 1 :])
                unnoticed += 1
                assert secret != right, "what the check cannot see, the keyring refuses"
    assert unnoticed < tried / 64


def test_a_wrong_sign_is_a_calm_sentence() -> None:
    with refused("恢复卡", "抄错", "一组一组核对"):
        read_recovery_key("0" * 33 + "1")


@pytest.mark.parametrize(
    ("typed", "usable"), [("", "0"), ("ABCDE", "5"), ("A" * 35, "35"), ("A" * 33 + "*", "33"), ("密钥", "0")]
)
def test_a_key_of_another_length_says_how_many_signs_there_are_and_should_be(typed: str, usable: str) -> None:
    with refused("34 个字母和数字", f"现在有 {usable} 个可用", "横线可以不输"):
        read_recovery_key(typed)


def test_a_number_too_large_and_a_key_of_zeros_are_refused() -> None:
    for typed in ("Z" * 34, "0" * 34):
        with refused("抄错"):
            read_recovery_key(typed)
