"""The bound volume of a year."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from branchdesk.documents.model import Contents, Document, Part, Table
from branchdesk.documents.pdf import write_pdf
from branchdesk.documents.texts import missing_in
from branchdesk.domain.meetings.model import Attendance, Presence
from branchdesk.reports.meetings.minutes import minutes_title, volume_entry
from branchdesk.reports.meetings.volume import Volume, volume_document
from documents.pdfa_checks import faults_of, without_space
from documents.recording import record
from reports.golden_texts import assert_golden, told
from reports.meeting_matters import MEETING_KINDS, ORGANISATION, plain, sample, year_of_meetings
from support.papers import pages_of

_ENTRY = re.compile(r"(?P<title>\S.*?)\s*(?P<page>\d+)$")


@cache
def year_of() -> tuple[Volume, tuple[str, ...]]:
    """The volume of a year and the text of its pages."""
    volume = Volume(ORGANISATION, 2026, year_of_meetings(), date(2026, 12, 30))
    return volume, tuple(pages_of(write_pdf(volume_document(volume))))


def number_on(page: str) -> int | None:
    """The page number that is printed on a page."""
    found = re.search(r"— (\d+) —", page)
    return int(found[1]) if found else None


def volume_of(*matters: object) -> Document:
    """A small volume."""
    return volume_document(Volume(ORGANISATION, 2026, matters, date(2026, 12, 30)))  # type: ignore[arg-type]


def test_a_volume_is_as_it_was_looked_at() -> None:
    document = volume_of(*(sample(kind) for kind in MEETING_KINDS))
    assert_golden("volume", document)
    assert missing_in(document) == ""
    assert faults_of(write_pdf(document)) == []


def test_a_year_of_a_24_member_branch_prints_as_a_volume_with_correct_page_numbers_and_contents() -> None:
    volume, pages = year_of()
    by_number = {number_on(page): without_space(page) for page in pages if number_on(page)}
    listed = without_space("".join(page for page in pages[:12] if number_on(page) is None))
    assert len(volume.matters) == 60
    for matter in volume.matters:
        entry = without_space(volume_entry(matter))
        found = re.search(re.escape(entry) + r"[.…·]*(\d{1,3})(?=\D|$)", listed)
        assert found is not None, entry
        page = by_number[int(found[1])]
        assert page.startswith(without_space(f"{minutes_title(matter)}{ORGANISATION}　{matter.count}")) or (
            without_space(minutes_title(matter)) in page[:80]
        )
        assert without_space(matter.title) in page
        assert without_space(matter.day) in page
    for title in ("年度到会情况统计表", "附件目录"):
        found = re.search(title + r"[.…·]*(\d{1,3})(?=\D|$)", listed)
        assert found is not None
        assert title in by_number[int(found[1])]


def test_pages_are_counted_through_and_every_meeting_begins_on_the_front_of_a_leaf() -> None:
    volume, _pages = year_of()
    printed = record(volume_document(volume))
    numbers = [number_on("".join(page.texts())) for page in printed]
    assert numbers[0] is None, "the cover"
    counted = [number for number in numbers if number is not None]
    assert counted == sorted(set(counted))
    fronts = [place for place, page in enumerate(printed) if page.bookmark]
    for place in fronts[2 : 2 + 60]:
        assert place % 2 == 0
        assert numbers[place] is not None
        assert (numbers[place] or 0) % 2 == 1, "odd numbers stand on the front"
    blank = [page for page in printed if not page.runs]
    assert not any(page.segments or page.boxes for page in blank)


def test_nothing_of_the_year_is_missing() -> None:
    volume, pages = year_of()
    text = re.sub(r"—\d+—|中共滨江市经济信息中心支部委员会2026年", "", without_space("".join(pages)))
    for matter in volume.matters:
        for passage in matter.meeting.passages:
            assert passage.text[:12] in text


def test_the_attendance_of_the_year_is_summed_up_by_person_and_kind() -> None:
    first = plain(
        attendance=(
            Attendance("a", "李敏", "p1", presence=Presence.PRESENT, position=1),
            Attendance("b", "高峰", "p2", presence=Presence.LEAVE, made_up_on="2026-05-10", position=2),
            Attendance("c", "赵老", "p3", counts=False, position=3),
        )
    )
    second = plain(
        attendance=(
            Attendance("a", "李敏", "p1", presence=Presence.ABSENT, position=1),
            Attendance("b", "高峰", "p2", presence=Presence.PRESENT, position=2),
        )
    )
    tables = [block for block in volume_of(first, second).blocks if isinstance(block, Table)]
    assert [column.label for column in tables[0].columns] == [
        *("序号", "姓名", "座谈会", "请假", "缺席", "补课", "到会率")
    ]
    assert list(tables[0].rows) == [
        ("1", "李　敏", "1/2", "0", "1", "0", "50.0%"),
        ("2", "高　峰", "1/2", "1", "0", "1", "50.0%"),
    ]


def test_who_is_not_expected_at_a_kind_of_meeting_has_a_dash_there() -> None:
    matters = [sample("meeting.assembly"), sample("meeting.committee")]
    table = next(block for block in volume_of(*matters).blocks if isinstance(block, Table))
    rows = {row[1]: row[2:4] for row in table.rows}
    assert rows["周建国"] == ("1/1", "1/1")
    assert rows["王秀兰"] == ("1/1", "—")


def test_the_attachments_are_listed_with_their_meetings() -> None:
    document = volume_of(sample("meeting.assembly"), sample("meeting.talk", files=()))
    table = [block for block in document.blocks if isinstance(block, Table)][-1]
    assert [row[2] for row in table.rows] == ["签到表.pdf", "会场照片.jpg"]
    assert "本册没有附件。" in told(volume_of(sample("meeting.talk", files=())))


def test_the_contents_name_the_group_and_no_year_again() -> None:
    group = sample("meeting.group", group="g", group_name="第一党小组")
    assert volume_entry(group) == "第一党小组会（第4次）　10月22日"
    assert volume_entry(sample("meeting.study", group_name="青年组")).startswith(
        "青年组集中学习（第4次）　11月5日"
    )


def test_nobody_is_expected_at_a_talk_and_it_has_no_column() -> None:
    kinds = ("meeting.talk", "meeting.study", "meeting.committee", "meeting.assembly")
    blocks = volume_of(*map(sample, kinds), plain()).blocks
    labels = [[one.label for one in block.columns] for block in blocks if isinstance(block, Table)]
    (summed,) = [one for one in labels if "到会率" in one]
    assert summed[2:-4] == ["支部党员大会", "支部委员会", "集中学习"]


def test_cover_and_contents_carry_no_number_and_are_not_listed() -> None:
    parts = [block for block in volume_of(plain()).blocks if isinstance(block, Part)]
    assert [part.title for part in parts if part.unnumbered] == ["封面", "目录"]
    assert sum(isinstance(block, Contents) for block in volume_of(plain()).blocks) == 1


@pytest.mark.parametrize("title", ["", "很长的会议题目" * 75])
def test_titles_of_any_length_stand_in_the_contents(title: str) -> None:
    matter = plain(title=title, year=2026, number=2)
    page = without_space(pages_of(write_pdf(volume_of(matter)))[2])
    assert without_space(volume_entry(matter)) in page
    assert page.startswith("目录座谈会（第2次）5月8日")


def test_a_volume_with_a_draft_in_it_is_a_draft() -> None:
    volume = Volume(ORGANISATION, 2026, [plain()], date(2026, 12, 30), draft=True)
    assert {tuple(page.slanted) for page in record(volume_document(volume)) if page.runs} == {("草稿",)}


def test_equal_years_are_equal_files() -> None:
    matters = [sample("meeting.assembly"), sample("meeting.life")]
    assert write_pdf(volume_of(*matters)) == write_pdf(volume_of(*(replace(one) for one in matters)))
