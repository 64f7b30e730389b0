"""Passwords and slots: who can open the file, and what tampering with the keyring gets."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from branchdesk.services import branches
from branchdesk.storage import keyring as keyrings
from branchdesk.storage.branch import Branch
from branchdesk.storage.keyring import (
    Person,
    Role,
    drop_generations,
    load_keyring,
    new_keyring,
    read_keyring,
    save_keyring,
)
from branchdesk.storage.recovery_key import new_recovery_key
from support.branches import PASSWORD, add_one, clerk_of, sample_card, unlocked, value
from support.problems import refused

CLERK = Person("c", "王敏", Role.CLERK)
VIEWER = Person("v", "赵看", Role.VIEWER)


def _slots(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((path / "keyring.json").read_text(encoding="utf-8"))
    return content


def _put(path: Path, content: dict[str, Any]) -> None:
    (path / "keyring.json").write_text(json.dumps(content), encoding="utf-8")


def test_the_real_cost_of_a_password_is_sixty_four_megabytes_and_three_passes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.undo()
    slot = asdict(new_keyring([(CLERK, PASSWORD)], new_recovery_key())[0].slots[0])
    assert (slot["memory"], slot["passes"], slot["lanes"]) == (64 * 1024, 3, 4)


def test_a_password_opens_and_a_wrong_one_says_so(branch: Branch) -> None:
    branch.close()
    with refused("口令不对", "大写锁定", "恢复卡"):
        unlocked(branch.path, "wrong-password")
    assert unlocked(branch.path).person.name == "王敏"


@pytest.mark.parametrize("typed", ["ｌａｎ－ｈｕａ－２０２６", "lan-hua-２０２６"])
def test_full_width_letters_and_digits_of_an_input_method_are_the_same_password(
    branch: Branch, typed: str
) -> None:
    branch.close()
    assert unlocked(branch.path, typed).person.name == "王敏"


def test_a_space_at_the_end_is_part_of_the_password(branch: Branch) -> None:
    branch.close()
    with refused("口令不对"):
        unlocked(branch.path, PASSWORD + " ")


def test_two_people_open_the_same_file_each_with_a_password_of_their_own(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    other = branches.add_person(branch, "刘芳", Role.SECRETARY, "other-2026-pw", "other-2026-pw")
    branch.close()
    second = branches.unlock(branch.path, other.uid, "other-2026-pw")
    assert (second.person.name, value(second, uid, "name")) == ("刘芳", "李明")
    second.close()
    with refused("口令不对"):
        branches.unlock(branch.path, other.uid, PASSWORD)


def test_somebody_unknown_to_the_keyring_is_told_so(branch: Branch) -> None:
    branch.close()
    with refused("没有这位使用人", "从列表中重新选择"):
        branches.unlock(branch.path, "nobody", PASSWORD)


def test_a_slot_moved_to_another_person_does_not_open(branch: Branch) -> None:
    viewer = branches.add_person(branch, "赵看", Role.VIEWER, "viewer-2026-pw", "viewer-2026-pw")
    branch.close()
    content = _slots(branch.path)
    clerk, seen = (
        next(slot for slot in content["slots"] if slot["person"] == person.uid)
        for person in (branch.person, viewer)
    )
    for part in ("salt", "nonce", "wrapped"):
        clerk[part] = seen[part]
    _put(branch.path, content)
    with refused("口令不对"):
        unlocked(branch.path, "viewer-2026-pw")


@pytest.mark.parametrize(("part", "held"), [("role", "clerk"), ("name", "王敏")])
def test_a_viewer_cannot_become_a_clerk_by_editing_the_keyring(branch: Branch, part: str, held: str) -> None:
    viewer = branches.add_person(branch, "赵看", Role.VIEWER, "viewer-2026-pw", "viewer-2026-pw")
    branch.close()
    content = _slots(branch.path)
    next(slot for slot in content["slots"] if slot["person"] == viewer.uid)[part] = held
    _put(branch.path, content)
    with refused("口令不对"):
        branches.unlock(branch.path, viewer.uid, "viewer-2026-pw")


def test_a_cost_that_was_lowered_does_not_open(branch: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyrings, "_COST", {"memory": 128, "passes": 2, "lanes": 1})
    branches.change_password(branch, PASSWORD, "new-pass-2026", "new-pass-2026")
    branch.close()
    content = _slots(branch.path)
    content["slots"][0] |= {"memory": 64, "passes": 1}
    _put(branch.path, content)
    with refused("口令不对"):
        unlocked(branch.path, "new-pass-2026")


@pytest.mark.parametrize(
    ("part", "held"),
    [
        ("memory", 1),
        ("memory", 64 * 1024 * 1024),
        ("memory", "64"),
        ("memory", 64.0),
        ("memory", -8),
        ("passes", 0),
        ("passes", 10**9),
        ("lanes", 0),
        ("lanes", 255),
        ("lanes", True),
        ("salt", ""),
        ("salt", "not base64!"),
        ("nonce", "AAAA"),
        ("wrapped", ""),
        ("wrapped", "AAAA"),
        ("wrapped", None),
        ("role", "emperor"),
        ("extra", "x"),
    ],
)
def test_a_slot_that_no_program_of_ours_writes_is_a_damaged_keyring_before_it_costs_anything(
    branch: Branch, part: str, held: object
) -> None:
    branch.close()
    person = branch.person.uid
    content = _slots(branch.path)
    content["slots"][0][part] = held
    _put(branch.path, content)
    with refused("钥匙文件损坏", "从最近的备份恢复"):
        branches.unlock(branch.path, person, PASSWORD)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"5", b'{"format": 1}', b"\xff\xfe", b'{"format": "x"}']
)
def test_a_damaged_keyring_says_so_and_where_a_good_one_is(content: bytes) -> None:
    with refused("钥匙文件损坏", "备份里带有完好的钥匙文件"):
        read_keyring(content)


def test_a_keyring_of_a_newer_program_says_so(branch: Branch) -> None:
    content = _slots(branch.path)
    content["format"] = 2
    with refused("更新版本的程序", "先升级"):
        read_keyring(json.dumps(content).encode())


def test_an_older_generation_stands_in_for_a_damaged_keyring(branch: Branch) -> None:
    branch.save_keyring(branch.keyring())
    branch.close()
    branch.folder.keyring.write_bytes(b"{ half a keyri")
    assert unlocked(branch.path).person.name == "王敏"


def test_an_older_generation_stands_in_for_a_lost_keyring(branch: Branch) -> None:
    branch.save_keyring(branch.keyring())
    branch.close()
    branch.folder.keyring.unlink()
    assert unlocked(branch.path).person.name == "王敏"


def test_without_any_keyring_the_clerk_is_sent_to_the_backup(branch: Branch) -> None:
    branch.close()
    branch.folder.keyring.unlink()
    with refused("没有找到钥匙文件", str(branch.path), "从最近的备份恢复"):
        clerk_of(branch.path)


def test_three_generations_are_kept_and_no_more(tmp_path: Path) -> None:
    path = tmp_path / "keyring.json"
    keyring, key = new_keyring([(CLERK, "first-password")], new_recovery_key())
    for number in range(5):
        keyring = keyring.with_password(CLERK, f"password-{number}", key)
        save_keyring(keyring, path)
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "keyring.json",
        "keyring.json.1",
        "keyring.json.2",
    ]
    oldest = read_keyring((tmp_path / "keyring.json.2").read_bytes())
    assert oldest.open("c", "password-2")[1] == key


def test_an_old_password_opens_nothing_once_it_was_changed_not_even_an_older_generation(
    branch: Branch,
) -> None:
    branch.save_keyring(branch.keyring())
    branches.change_password(branch, PASSWORD, "new-pass-2026", "new-pass-2026")
    branch.close()
    branch.folder.keyring.write_bytes(b"damaged")
    with refused("钥匙文件损坏"):
        load_keyring(branch.folder.keyring)
    drop_generations(branch.folder.keyring)


def test_the_recovery_card_is_not_a_person_and_opens_the_file(branch: Branch) -> None:
    keyring = branch.keyring()
    assert [person.name for person in keyring.people()] == ["王敏"]
    assert keyring.has_recovery
    assert keyring.open_with_card(sample_card()) == branch.key
    assert not keyring.without("#recovery").has_recovery


def test_a_card_of_another_branch_or_an_old_one_says_so(branch: Branch) -> None:
    with refused("这张恢复卡打不开", "旧卡就作废"):
        branch.keyring().open_with_card(new_recovery_key())
    with refused("没有这位使用人"):
        branch.keyring().without("#recovery").open_with_card(sample_card())


def test_only_a_viewer_may_not_write() -> None:
    assert [role.may_write for role in Role] == [True, True, False]
