"""The evidence under a line: what the records give, what is put there by hand, and what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from branchdesk.domain.inspections.model import ProofSlot
from branchdesk.domain.meetings.model import Presence
from branchdesk.services import recycle_bin
from branchdesk.services.inspections import answering, proofs, reading
from branchdesk.services.inspections.proofs import LineProof
from branchdesk.services.meetings import attaching, attending, life, planning
from services.meetings.scenes import COMMITTEE, THEME_DAY, House
from support.contents import assert_sound, facts
from support.problems import refused
from support.quarter_sheets import begun, fed_back, problem


@pytest.fixture
def uid(house: House) -> str:
    """An inspection of the fourth quarter of 2026."""
    return begun(house.branch)


def shown(house: House, uid: str, line: str) -> list[LineProof]:
    """All evidence of a line."""
    return proofs.proofs_of(reading.sheet(house.branch, uid), line)


def by_hand(house: House, uid: str, line: str) -> list[tuple[str, str, str]]:
    """Slot, table and title of what was put under a line."""
    return [
        (one.slot.value, one.evidence.entity, one.evidence.title)
        for one in shown(house, uid, line)
        if not one.is_automatic
    ]


def test_what_a_fact_rests_on_stands_under_its_line_by_itself(house: House, uid: str) -> None:
    meeting = house.finalised()
    found = [one for one in shown(house, uid, "c1") if one.evidence.uid == meeting]
    assert [(one.slot, one.is_automatic) for one in found] == [(ProofSlot.RECORD, True)]
    assert shown(house, uid, "a5") == []


def test_records_are_put_under_a_line_once_and_taken_away_again(house: House, uid: str) -> None:
    meeting = house.finalised()
    before = facts(house.branch)
    added = proofs.add_proof(house.branch, uid, "a5", "record", "record", meeting)
    assert added.changes.label == "A5 添加佐证"
    title = house.meeting(meeting).title
    assert by_hand(house, uid, "a5") == [("record", "record", title)]
    assert not proofs.add_proof(house.branch, uid, "a5", "plan", "record", meeting).changes
    removed = proofs.remove_proof(house.branch, uid, added.line)
    assert removed.changes.label == f"A5 移去佐证“{title}”"
    assert facts(house.branch) == before
    with refused("要移去的佐证已经不在了"):
        proofs.remove_proof(house.branch, uid, added.line)
    assert_sound(house.branch)


def test_several_records_come_in_one_step_in_their_order(house: House, uid: str) -> None:
    meeting, issue = house.finalised(), problem(house.branch, uid)
    targets = [
        ("member", house.people["何静"]),
        ("record", meeting),
        ("organisation", house.root),
        ("issue", issue),
    ]
    changes = proofs.add_proofs(house.branch, uid, "f2", ProofSlot.PLAN, targets).changes
    assert [entity for _slot, entity, _title in by_hand(house, uid, "f2")] == [
        "member",
        "record",
        "organisation",
        "issue",
    ]
    titles = [title for _slot, _entity, title in by_hand(house, uid, "f2")]
    assert titles[0] == "何静"
    assert titles[3] == "12 月主题党日缺活动方案"
    house.branch.undo(changes.seq)
    assert by_hand(house, uid, "f2") == []


def test_what_is_gone_is_not_put_under_a_line(house: House, uid: str) -> None:
    meeting = house.plan()
    planning.remove_meetings(house.branch, [meeting], "")
    for entity, target in (("record", meeting), ("member", "nobody"), ("organisation", "nowhere")):
        with refused("要添加的佐证已经不在了"):
            proofs.add_proof(house.branch, uid, "a5", "record", entity, target)
    with refused("没有这一项"):
        proofs.add_proof(house.branch, uid, "zz", "record", "record", meeting)


def test_files_stand_under_their_line_and_slot(house: House, uid: str, tmp_path: Path) -> None:
    scan = tmp_path / "第四季度主题党日方案.txt"
    scan.write_text("方案", encoding="utf-8")
    attached = proofs.attach_proof(house.branch, uid, "c4", "plan", scan)
    proofs.attach_proof_content(house.branch, uid, "c4", ProofSlot.CHECK, "截图.txt", b"shot")
    assert by_hand(house, uid, "c4") == [
        ("plan", "attachment", "第四季度主题党日方案.txt"),
        ("check", "attachment", "截图.txt"),
    ]
    assert by_hand(house, uid, "c1") == []
    assert proofs.content_of(house.branch, attached.line) == (scan.name, "方案".encode())
    before = facts(house.branch)
    proofs.remove_proof(house.branch, uid, attached.line, "传错了")
    assert [title for _slot, _entity, title in by_hand(house, uid, "c4")] == ["截图.txt"]
    items = recycle_bin.bin_items(house.branch)
    assert [(item.kind, item.why) for item in items] == [("附件", "传错了")]
    recycle_bin.take_back(house.branch, items)
    assert facts(house.branch) == before
    with refused("这个附件已经不在了"):
        proofs.content_of(house.branch, "nowhere")


def test_a_disguised_file_is_refused_and_nothing_is_kept(house: House, uid: str, tmp_path: Path) -> None:
    wrong = tmp_path / "照片.pdf"
    wrong.write_bytes(b"MZ\x90\x00")
    before = facts(house.branch)
    with refused("照片.pdf"):
        proofs.attach_proof(house.branch, uid, "c4", "record", wrong)
    assert facts(house.branch) == before


def test_candidates_are_meetings_of_the_period_their_files_and_what_was_rectified(
    house: House, uid: str
) -> None:
    inside = house.finalised()
    outside = house.plan(COMMITTEE, held="2026.9.20")
    attaching.attach_content(house.branch, inside, "签到表.txt", "签到".encode())
    offered = proofs.candidates(house.branch, uid, "a5")
    assert [(one.entity, one.title) for one in offered] == [
        ("record", house.meeting(inside).title),
        ("attachment", "签到表.txt"),
    ]
    assert outside not in {one.uid for one in offered}
    proofs.add_proof(house.branch, uid, "a5", "record", "attachment", offered[1].uid)
    assert [one.title for one in proofs.candidates(house.branch, uid, "a5")] == [offered[0].title]
    assert proofs.content_of(house.branch, offered[1].uid)[1] == "签到".encode()


def test_a_meeting_of_which_only_the_month_is_known_is_offered_too(house: House, uid: str) -> None:
    first_month = house.plan(COMMITTEE, held="2026.10")
    assert first_month in {one.uid for one in proofs.candidates(house.branch, uid, "a5")}


def test_a_record_says_what_every_question_finds_lacking_and_proves_its_line_all_the_same(
    house: House, uid: str
) -> None:
    theme = house.plan(THEME_DAY, held="2026.11.5")
    life.move(house.branch, theme, "held")
    (shown,) = [one for one in proofs.proofs_of(reading.sheet(house.branch, uid), "c4") if one.evidence.uid]
    assert (shown.evidence.uid, shown.evidence.lacking) == (theme, "没有活动方案")
    assert shown.proves
    proofs.add_proof(house.branch, uid, "c4", "record", "record", theme)
    (shown,) = [one for one in proofs.proofs_of(reading.sheet(house.branch, uid), "c4") if one.evidence.uid]
    assert (shown.is_automatic, shown.evidence.lacking) == (False, "没有活动方案")


def test_full_attendance_marks_are_proven_although_somebody_stayed_away(house: House, uid: str) -> None:
    meeting = house.plan(held="2026.11.10 15:00-16:00")
    life.move(house.branch, meeting, "held")
    attending.mark_all_present(house.branch, meeting)
    attending.mark(house.branch, meeting, {house.person(meeting, "何静"): Presence.LEAVE}, "出差")
    answering.confirm(house.branch, uid, ["c5"])
    sheet = reading.sheet(house.branch, uid)
    assert sheet.line("c5").score == sheet.line("c5").points
    assert not [one for one in proofs.proofs_of(sheet, "c5") if one.evidence.lacking]
    assert "c5" not in {one.id for one in proofs.lines_without_proof(sheet)}
    assert not [one for one in sheet.findings if one.field == "c5"]


def test_what_a_fact_rests_on_is_offered_first(house: House, uid: str) -> None:
    house.finalised(held="2026.10.19 9:00-10:00")
    theme = house.plan(THEME_DAY, held="2026.11.5")
    life.move(house.branch, theme, "held")
    assert proofs.candidates(house.branch, uid, "c4")[0].uid == theme
    assert proofs.candidates(house.branch, uid, "a5")[0].uid != theme


def test_lines_without_proof_are_those_that_apply_and_have_nothing(house: House, uid: str) -> None:
    house.finalised()
    answering.set_applies(house.branch, uid, "d2", applies=False, why="没有积极分子")
    answering.set_score(house.branch, uid, "h1", "self", "3", "市级表彰")
    proofs.add_proof(house.branch, uid, "a5", "record", "member", house.people["何静"])
    lacking = {one.id for one in proofs.lines_without_proof(reading.sheet(house.branch, uid))}
    assert {"b1", "h1"} <= lacking
    assert not {"a5", "c1", "d2", "h2", "j1"} & lacking


def test_the_evidence_of_a_signed_inspection_changes_no_more(house: House) -> None:
    meeting = house.finalised()
    uid = begun(house.branch, number=3)
    added = proofs.add_proof(house.branch, uid, "c1", "record", "record", meeting)
    signed = fed_back(house.branch)
    assert added.changes
    with refused("已反馈签字"):
        proofs.add_proof(house.branch, signed, "c1", "record", "record", meeting)
    with refused("已反馈签字"):
        proofs.attach_proof_content(house.branch, signed, "c1", "record", "x.txt", b"x")
    with refused("已反馈签字"):
        proofs.remove_proof(house.branch, signed, added.line)
