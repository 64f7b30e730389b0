"""Founding, opening and securing a branch file."""

from __future__ import annotations

from pathlib import Path

import pytest

from branchdesk import paths
from branchdesk.domain.organisations import OrganisationKind
from branchdesk.errors import Problem
from branchdesk.services import branches, history, organisations
from branchdesk.services.branches import Founding
from branchdesk.storage import branch as branch_module
from branchdesk.storage.branch import Branch
from branchdesk.storage.keyring import Person, Role
from branchdesk.storage.recovery_key import new_recovery_key
from support.branches import PASSWORD, add_one, clerk_of, founding, sample_card, unlocked, value
from support.contents import assert_sound, facts
from support.problems import refused

NEW_PASSWORD = "new-pass-2026"


# ---- founding


def test_a_branch_is_founded_with_everything_that_was_asked_for(tmp_path: Path) -> None:
    asked = Founding(
        full_name=" 中共青石镇河西村支部委员会 ",
        short_name=" 河西村党支部 ",
        code=" 0412 ",
        superior_name=" 中共青石镇委员会 ",
        secretary_name=" 王敏 ",
        groups=(" 第一党小组 ", "", "第二党小组"),
    )
    branch, card = branches.found_branch(tmp_path / "branch", asked, " 李芳 ", PASSWORD)
    root = organisations.root_of(branch)
    file = organisations.organisation_file(branch, root)
    told = [
        file.values[key] for key in ("full_name", "short_name", "code", "superior_name", "secretary_name")
    ]
    assert told == ["中共青石镇河西村支部委员会", "河西村党支部", "0412", "中共青石镇委员会", "王敏"]
    assert file.kind is OrganisationKind.BRANCH
    tree = organisations.organisation_tree(branch)
    assert [group.name for group in tree.groups(root)] == ["第一党小组", "第二党小组"]
    assert (branch.person.name, branch.person.role) == ("李芳", Role.CLERK)
    assert branch.keyring().open_with_card(card) == branch.key
    assert_sound(branch)
    branch.close()
    assert sorted(file.name for file in branch.path.iterdir()) == ["branch.db", "branch.lock", "keyring.json"]


def test_without_a_name_the_person_is_called_by_the_office(tmp_path: Path) -> None:
    branch, _card = branches.found_branch(tmp_path / "branch", founding(), "  ", PASSWORD)
    assert branch.person.name == "党务工作者"


@pytest.mark.parametrize(
    ("asked", "password", "words"),
    [
        (Founding(full_name="  "), PASSWORD, ("请填写党组织全称", "印章")),
        (Founding(full_name="甲", groups=("一组", "一组 ")), PASSWORD, ("两个党小组同名",)),
        (Founding(full_name="甲"), "short", ("口令至少要 8 位", "现在是 5 位")),
        (Founding(full_name="甲"), "12345678", ("太常见",)),
        (Founding(full_name="甲"), "aabbaabb", ("不同的字符太少",)),
    ],
)
def test_founding_says_what_is_missing_and_leaves_nothing_behind(
    tmp_path: Path, asked: Founding, password: str, words: tuple[str, ...]
) -> None:
    with refused(*words):
        branches.found_branch(tmp_path / "branch", asked, "王敏", password)
    assert not (tmp_path / "branch").exists()


def test_a_free_folder_is_proposed_from_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "user_folder", lambda: tmp_path)
    assert branches.proposed_folder(Founding("全称", "河西/村:党 支部?.")) == tmp_path / "河西村党支部"
    (tmp_path / "河西村党支部").mkdir()
    (tmp_path / "河西村党支部-2").mkdir()
    assert branches.proposed_folder(Founding("全称", "河西村党支部")).name == "河西村党支部-3"
    assert branches.proposed_folder(Founding("全称")).name == "全称"
    assert branches.proposed_folder(Founding("...", "???")).name == "branch"
    assert len(branches.proposed_folder(Founding("长" * 99)).name) == 30


# ---- passwords


def test_a_changed_password_is_the_only_one_that_opens(branch: Branch) -> None:
    branches.change_password(branch, PASSWORD, NEW_PASSWORD, NEW_PASSWORD)
    assert history.recent_changes(branch, 1)[0].label == "王敏 更改口令"
    branch.close()
    with refused("口令不对"):
        unlocked(branch.path)
    assert unlocked(branch.path, NEW_PASSWORD).person == branch.person


@pytest.mark.parametrize(
    ("old", "new", "again", "words"),
    [
        ("wrong-password", NEW_PASSWORD, NEW_PASSWORD, ("口令不对",)),
        (PASSWORD, "short", "short", ("至少要 8 位",)),
        (PASSWORD, NEW_PASSWORD, NEW_PASSWORD + "x", ("两次输入的口令不一样", "重新输入")),
    ],
)
def test_a_password_is_not_changed_when_something_is_wrong(
    branch: Branch, old: str, new: str, again: str, words: tuple[str, ...]
) -> None:
    with refused(*words):
        branches.change_password(branch, old, new, again)
    branch.close()
    assert unlocked(branch.path).person == branch.person


# ---- the recovery card


def test_the_card_opens_the_file_gives_a_new_password_and_a_new_card(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    person = branch.person
    branch.close()
    opened, card = branches.recover(branch.path, sample_card(), person, NEW_PASSWORD, NEW_PASSWORD)
    assert value(opened, uid, "name") == "李明"
    assert history.recent_changes(opened, 1)[0].label == "用恢复卡打开"
    opened.close()
    assert unlocked(branch.path, NEW_PASSWORD).keyring().open_with_card(card)
    with refused("这张恢复卡打不开"):
        branch.keyring().open_with_card(sample_card())


def test_a_wrong_card_or_a_weak_password_opens_nothing_and_blocks_nobody(branch: Branch) -> None:
    person = branch.person
    branch.close()
    with refused("这张恢复卡打不开"):
        branches.recover(branch.path, new_recovery_key(), person, NEW_PASSWORD, NEW_PASSWORD)
    with refused("至少要 8 位"):
        branches.recover(branch.path, sample_card(), person, "short", "short")
    assert unlocked(branch.path).person == person


def test_a_recovery_that_fails_half_way_can_be_tried_again(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = branch.person
    branch.close()
    with monkeypatch.context() as patch:
        patch.setattr(branch_module, "save_keyring", _no_room)
        with refused("磁盘满了"):
            branches.recover(branch.path, sample_card(), person, NEW_PASSWORD, NEW_PASSWORD)
    opened, _card = branches.recover(branch.path, sample_card(), person, NEW_PASSWORD, NEW_PASSWORD)
    assert opened.person == person


def _no_room(*_arguments: object, **_named: object) -> None:
    raise Problem("磁盘满了。", "请清出空间。")


def test_after_many_wrong_passwords_the_card_opens_without_waiting(branch: Branch) -> None:
    person = branch.person
    branch.close()
    for _failure in range(4):
        with refused(advice=True):
            unlocked(branch.path, "wrong-password")
    opened, _card = branches.recover(branch.path, sample_card(), person, NEW_PASSWORD, NEW_PASSWORD)
    opened.close()
    assert unlocked(branch.path, NEW_PASSWORD).person == person


def test_a_renewed_card_makes_the_old_one_void(branch: Branch) -> None:
    card = branches.renew_card(branch)
    assert branch.keyring().open_with_card(card) == branch.key
    with refused("旧卡就作废"):
        branch.keyring().open_with_card(sample_card())
    assert history.recent_changes(branch, 1)[0].label == "更换恢复卡"


# ---- people


def test_people_are_listed_with_their_roles(branch: Branch) -> None:
    branches.add_person(branch, " 刘芳 ", Role.SECRETARY, NEW_PASSWORD, NEW_PASSWORD)
    people = [(person.name, person.role) for person in branches.people_of(branch.path)]
    assert people == [("王敏", Role.CLERK), ("刘芳", Role.SECRETARY)]
    assert history.recent_changes(branch, 1)[0].label == "增加使用人 刘芳"
    assert clerk_of(branch.path) == branch.person


@pytest.mark.parametrize(
    ("name", "again", "words"),
    [
        ("  ", NEW_PASSWORD, ("请填写使用人的姓名",)),
        (" 王敏 ", NEW_PASSWORD, ("已经有一位使用人叫“王敏”", "能区分")),
        ("刘芳", "other-pass-2026", ("两次输入的口令不一样",)),
    ],
)
def test_a_person_needs_a_name_of_their_own_and_a_password(
    branch: Branch, name: str, again: str, words: tuple[str, ...]
) -> None:
    with refused(*words, advice=bool(name.strip())):
        branches.add_person(branch, name, Role.CLERK, NEW_PASSWORD, again)
    assert len(branches.people_of(branch.path)) == 1


def test_a_viewer_cannot_decide_who_opens_the_file_but_may_change_the_own_password(branch: Branch) -> None:
    viewer = branches.add_person(branch, "赵看", Role.VIEWER, NEW_PASSWORD, NEW_PASSWORD)
    clerk = branch.person
    branch.close()
    opened = branches.unlock(branch.path, viewer.uid, NEW_PASSWORD)
    before = opened.keyring()
    with refused("赵看", "查看者"):
        branches.add_person(opened, "同伙", Role.CLERK, "third-pass-2026", "third-pass-2026")
    with refused("查看者"):
        branches.renew_card(opened)
    with refused("查看者"):
        branches.remove_person(opened, clerk, NEW_PASSWORD)
    assert opened.keyring() == before
    branches.change_password(opened, NEW_PASSWORD, "fourth-pass-2026", "fourth-pass-2026")
    opened.close()
    assert branches.unlock(branch.path, viewer.uid, "fourth-pass-2026").person == viewer


def test_opening_with_a_failure_to_report_on_a_full_disk_lets_go_of_the_file(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    branch.close()
    with refused("口令不对"):
        unlocked(branch.path, "wrong-password")
    with monkeypatch.context() as patch:
        patch.setattr(branch_module.Branch, "change", _no_room)
        with refused("磁盘满了"):
            unlocked(branch.path)
    again = unlocked(branch.path)
    assert isinstance(again.person, Person)
    assert facts(again)
