"""Looking at a whole branch file: it is whole, or what is wrong is named and the rest still looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from branchdesk.jobs.progress import Cancelled, Progress
from branchdesk.services import attachments, members, organisations
from branchdesk.services.integrity import Integrity, Part, check_integrity
from branchdesk.services.meetings import attaching, planning
from branchdesk.storage.branch import Branch
from branchdesk.storage.engine import connect
from support.branches import add, add_one, sample_people, unlocked
from support.contents import facts
from support.imports import import_file, write_roster
from support.problems import refused

PHOTO = b"\x89PNG\r\n\x1a\n1"
PAGE = 4096


def written_behind_its_back(branch: Branch, *statements: str) -> Branch:
    """The branch after somebody who has the key wrote to its file."""
    branch.close()
    raw = connect(branch.folder.database, branch.key)
    for statement in statements:
        raw.execute(statement)
    raw.close()
    return unlocked(branch.path)


def said(found: Integrity) -> list[tuple[str, str]]:
    """The part and the sentence of every finding."""
    return [(finding.code, finding.sentence) for finding in found.findings]


def blobs(branch: Branch) -> list[Path]:
    """The files of the attachments."""
    return [path for path in branch.folder.attachments.rglob("*") if path.is_file()]


def test_a_whole_file_has_no_findings_and_is_not_changed_by_the_look(branch: Branch) -> None:
    uid = add(branch, sample_people(20))[0]
    attachments.set_photo(branch, uid, "a.png", PHOTO)
    before = facts(branch)
    found = check_integrity(branch)
    assert (found.findings, found.changes, found.attachments) == ((), 3, 1)
    assert found.size >= 10 * PAGE
    assert facts(branch) == before
    assert check_integrity(branch).changes == 3


def test_a_new_file_without_attachments_is_whole(branch: Branch) -> None:
    found = check_integrity(branch)
    assert (found.findings, found.changes, found.attachments) == ((), 1, 0)


@pytest.mark.parametrize("open_at_the_time", [False, True])
def test_a_page_that_was_flipped_on_the_disk_is_found(
    branch: Branch,
    open_at_the_time: bool,  # noqa: FBT001 - a case
) -> None:
    add(branch, sample_people(300))
    branch.close()
    if open_at_the_time:
        branch = unlocked(branch.path)
    with branch.folder.database.open("r+b") as stream:
        stream.seek(-PAGE // 2, 2)
        byte = stream.read(1)
        stream.seek(-1, 1)
        stream.write(bytes([byte[0] ^ 1]))
    found = check_integrity(branch if open_at_the_time else unlocked(branch.path))
    assert said(found)[0] == (Part.DATABASE, "数据库：有 1 页损坏，读不出来。")


def test_a_file_that_was_cut_off_is_found(branch: Branch) -> None:
    add(branch, sample_people(300))
    branch.close()
    branch = unlocked(branch.path)
    with branch.folder.database.open("r+b") as stream:
        stream.truncate(branch.folder.database.stat().st_size - 3 * PAGE)
    assert check_integrity(branch).of(Part.DATABASE)


def test_a_row_that_points_nowhere_is_found(branch: Branch) -> None:
    add_one(branch, "李明")
    events = len(facts(branch)["member_event"])
    found = check_integrity(written_behind_its_back(branch, "DELETE FROM member"))
    ((part, sentence),) = said(found)
    assert part == Part.DATABASE
    assert sentence.endswith(" 条内容指向已经不存在的内容。")
    assert int(sentence.split()[1]) > events, "the events, and what follows from them"


def test_a_structure_that_contradicts_itself_is_found(branch: Branch) -> None:
    add_one(branch, "李明")
    branch = written_behind_its_back(
        branch,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = replace(sql, 'seq INTEGER', 'seq TEXT') WHERE name = 'change_row'",
        "UPDATE sqlite_master SET sql = replace(sql, 'owner_uid TEXT NOT NULL', 'owner_uid BLOB CHECK (0)')"
        " WHERE name = 'change_row'",
    )
    assert check_integrity(branch).of(Part.DATABASE)


def test_a_journal_that_somebody_wrote_to_is_found_at_its_step(branch: Branch) -> None:
    add_one(branch, "李明")
    branch = written_behind_its_back(
        branch, "DROP TRIGGER keep_change_update", "UPDATE change SET person_name = '别人' WHERE seq = 2"
    )
    found = check_integrity(branch)
    assert said(found) == [(Part.JOURNAL, "修改记录：第 2 步对不上，文件可能被别的程序改过。")]
    assert found.of(Part.DATABASE) == []


@pytest.mark.parametrize(
    ("damage", "reason"), [(b"", "这个附件的文件不在了。"), (b"damaged", "这个附件的文件损坏了。")]
)
def test_every_attachment_that_cannot_be_opened_is_named(branch: Branch, damage: bytes, reason: str) -> None:
    attachments.set_photo(branch, add_one(branch, "李明"), "a.png", PHOTO)
    attachments.set_photo(branch, add_one(branch, "王芳"), "b.png", PHOTO)
    (blob,) = blobs(branch)
    blob.write_bytes(damage)
    if not damage:
        blob.unlink()
    found = check_integrity(branch)
    assert found.attachments == 2
    assert said(found) == [
        (Part.ATTACHMENTS, f"李明 的附件“a.png”：{reason}"),
        (Part.ATTACHMENTS, f"王芳 的附件“b.png”：{reason}"),
    ]


def test_a_sound_attachment_that_is_not_the_one_that_was_noted_is_found(branch: Branch) -> None:
    uid = add_one(branch, "李明")
    attachments.set_photo(branch, uid, "a.png", PHOTO)
    attachments.set_photo(branch, uid, "b.png", PHOTO + b"2")
    first, second = blobs(branch)
    first.write_bytes(second.read_bytes())
    assert len(check_integrity(branch).of(Part.ATTACHMENTS)) == 1, "one lies in the bin and counts too"


def test_the_workbooks_of_imports_and_files_of_members_in_the_bin_are_looked_at_too(
    branch: Branch, tmp_path: Path
) -> None:
    import_file(branch, write_roster(tmp_path / "名册.xlsx", "姓名|性别", "李明|男"))
    uid = add_one(branch, "王芳")
    attachments.set_photo(branch, uid, "b.png", PHOTO)
    members.move_to_bin(branch, [uid], "")
    assert check_integrity(branch).findings == ()
    for blob in blobs(branch):
        blob.unlink()
    assert [finding.sentence for finding in check_integrity(branch).findings] == [
        "导入时存下的原文件“名册.xlsx”：这个附件的文件不在了。",
        "王芳 的附件“b.png”：这个附件的文件不在了。",
    ]


def test_a_look_can_be_cancelled(branch: Branch) -> None:
    progress = Progress(lambda _share, words: progress.cancel() if words == "正在核对修改记录…" else None)
    attachments.set_photo(branch, add_one(branch, "李明"), "a.png", PHOTO)
    with pytest.raises(Cancelled):
        check_integrity(branch, progress)


def test_a_file_that_cannot_even_be_read_is_refused_when_it_is_opened(branch: Branch) -> None:
    branch.close()
    branch.folder.database.write_bytes(b"x" * 10 * PAGE)
    with refused():
        unlocked(branch.path)


def test_a_missing_file_of_a_meeting_is_named_with_the_meeting(branch: Branch) -> None:
    add(branch, sample_people(3))
    root = organisations.root_of(branch)
    uid = planning.plan_meeting(branch, "meeting.theme_day", root, {"topic": "清明祭扫"}).uid
    attaching.attach_content(branch, uid, "会场.png", b"\x89PNG\r\n\x1a\n")
    for path in branch.folder.attachments.rglob("*.age"):
        path.unlink()
    [finding] = check_integrity(branch).findings
    assert finding.sentence.startswith("清明祭扫 的附件“会场.png”：")
