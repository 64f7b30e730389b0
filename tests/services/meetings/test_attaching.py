"""Files of a meeting: slots, kinds, what is no such file, and the signed paper of final minutes."""

from __future__ import annotations

from pathlib import Path

import pytest

from branchdesk.services import recycle_bin
from branchdesk.services.meetings import attaching, life, reading
from services.meetings.scenes import House
from support.contents import assert_sound, facts
from support.problems import refused

PNG, PDF = b"\x89PNG\r\n\x1a\n", b"%PDF-1.7"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A picture on the clerk's disk."""
    path = tmp_path / "会场.png"
    path.write_bytes(PNG)
    return path


def test_files_lie_in_their_slots_and_are_read_back(house: House, photo: Path) -> None:
    uid = house.plan()
    outcome = attaching.attach(house.branch, uid, photo, "photos")
    attaching.attach_content(house.branch, uid, "扫描.pdf", PDF)
    meeting = house.meeting(uid)
    assert outcome.changes.label == "添加附件 会场.png"
    assert [(one.name, one.slot, one.size) for one in meeting.files] == [
        ("会场.png", "photos", len(PNG)),
        ("扫描.pdf", "", len(PDF)),
    ]
    assert [attaching.content_of(house.branch, one.uid) for one in meeting.files] == [PNG, PDF]
    assert [one.name for one in meeting.files if one.slot == "photos"] == ["会场.png"]
    house.branch.undo(outcome.changes.seq)
    assert [one.name for one in house.meeting(uid).files] == ["扫描.pdf"]
    assert_sound(house.branch)


def test_a_file_that_is_not_what_its_name_says_is_refused_and_nothing_is_kept(
    house: House, tmp_path: Path
) -> None:
    uid = house.plan()
    fake = tmp_path / "照片.jpg"
    fake.write_bytes(b"MZ\x90\0")
    before = facts(house.branch)
    with refused("程序文件"):
        attaching.attach(house.branch, uid, fake)
    with refused("“照片.png”的内容不是 PNG 文件"):
        attaching.attach_content(house.branch, uid, "照片.png", PDF)
    assert facts(house.branch) == before
    assert not list(house.branch.folder.attachments.rglob("*.age"))


def test_a_slot_takes_its_kinds_and_no_more_than_it_holds(house: House, photo: Path) -> None:
    uid = house.plan()
    slot = reading.form_of(house.branch, house.meeting(uid)).by_id["photos"].slot
    assert slot is not None
    with refused("只能放", "“说明.txt”没有添加"):
        attaching.attach_content(house.branch, uid, "说明.txt", b"x", "photos")
    assert slot.most is not None
    for _turn in range(slot.most):
        attaching.attach(house.branch, uid, photo, "photos")
    with refused(f"最多放 {slot.most} 个文件"):
        attaching.attach(house.branch, uid, photo, "photos")


def test_a_file_goes_to_the_recycle_bin_and_comes_back(house: House, photo: Path) -> None:
    uid = house.plan()
    attaching.attach(house.branch, uid, photo)
    [file] = house.meeting(uid).files
    attaching.remove_file(house.branch, uid, file.uid, "拍糊了")
    assert house.meeting(uid).files == ()
    recycle_bin.take_back(house.branch, recycle_bin.bin_items(house.branch))
    assert house.meeting(uid).files == (file,)
    with refused("已经不在了"):
        attaching.content_of(house.branch, "nothing")


def test_the_signed_paper_is_added_to_final_minutes_which_list_only_what_they_had(house: House) -> None:
    uid = house.finalised()
    before = reading.printed(house.branch, uid)
    attaching.attach_content(house.branch, uid, "签字页.pdf", PDF)
    assert [one.name for one in house.meeting(uid).files] == ["签字页.pdf"]
    assert reading.printed(house.branch, uid) == before
    life.archive(house.branch, uid)
    with refused("已归档，不能再添加附件"):
        attaching.attach_content(house.branch, uid, "又一页.pdf", PDF)
