"""Ruled sheets: exact places, joined cells, and what does not fit."""

from __future__ import annotations

from datetime import date

import pytest

from branchdesk.documents.model import (
    LABEL_CELL,
    LONG_CELL,
    VALUE_CELL,
    Block,
    Cell,
    Document,
    Entry,
    PageBreak,
    Paragraph,
    Part,
    Picture,
    QrCode,
    Running,
    Sheet,
    Style,
)
from documents.recording import RecordedPage, millimetres, record

YEARS = range(1950, 2020, 2)
RESUME = "\n".join(f"{year}.09—{year + 2}.07　在某某市阳光区第一中学学习和工作" for year in YEARS)
WIDTHS = (20.0, 60.0, 20.0, 65.0)


def pages_of(*blocks: Block) -> list[RecordedPage]:
    return record(Document("试样", date(2026, 11, 21), blocks, running=Running(foot="")))


def sheet(resume: str, *more: Cell) -> Sheet:
    return Sheet(
        WIDTHS,
        (10.0, 10.0, 60.0),
        (
            Cell(0, 0, "姓　名", style=LABEL_CELL),
            Cell(0, 1, "王𬀩"),
            Cell(0, 2, "照片", rows=2, style=LABEL_CELL),
            Cell(0, 3, Picture(b"", 30.0, 40.0), rows=2),
            Cell(1, 0, "单　位", style=LABEL_CELL),
            Cell(1, 1, "东风机械厂"),
            Cell(2, 0, "个人\n简历", style=LABEL_CELL),
            Cell(2, 1, resume, columns=3, style=LONG_CELL, at_top=True, called="个人简历"),
            *more,
        ),
        "登记表附页",
        "姓名：王𬀩",
    )


def test_cells_stand_exactly_where_the_form_puts_them() -> None:
    (page,) = pages_of(sheet("无"))
    name = page.find("王𬀩")
    assert millimetres((name.x + name.right) / 2) == 25.0 + 20.0 + 30.0
    assert millimetres(name.baseline) == pytest.approx(20.0 + 5.0 + 0.38 * 10.5 * 25.4 / 72, abs=0.02)
    (photo,) = page.pictures
    assert millimetres(photo.left) == pytest.approx(25.0 + 100.0 + 1.2)
    assert millimetres(photo.height) == pytest.approx(20.0 - 2.4)


def test_joined_cells_have_no_rule_inside() -> None:
    (page,) = pages_of(sheet("无"))
    flat = [tuple(map(millimetres, segment)) for segment in page.segments]
    # Between the first two rows the rule ends where the joined cells of the photograph begin.
    across = [segment for segment in flat if segment[1] == segment[3] == 30.0]
    assert max(segment[2] for segment in across) == 25.0 + 80.0
    # The long cell is one box from the label to the right edge.
    down = [segment for segment in flat if segment[0] == segment[2] and segment[1] == 40.0]
    assert {segment[0] for segment in down} == {45.0}


def test_a_text_that_fits_makes_no_continuation_page() -> None:
    (page,) = pages_of(sheet("1988.09　参加工作"))
    assert "（见附页）" not in page.texts()


def test_a_text_is_set_smaller_before_it_leaves_its_cell() -> None:
    (page,) = pages_of(sheet("\n".join(RESUME.splitlines()[:12])))
    assert "（见附页）" not in page.texts()
    assert min(run.size for run in page.runs) < 10.5


def test_what_does_not_fit_goes_on_on_a_page_behind() -> None:
    form, behind = pages_of(sheet(RESUME))
    assert form.texts()[-1] == "（见附页）"
    assert behind.texts()[:2] == ["登记表附页", "姓名：王𬀩"]
    assert "个人简历" in behind.texts()
    assert "（续）" in behind.texts()
    kept = [run.text for page in (form, behind) for run in page.runs]
    for year in YEARS:
        assert sum(text.startswith(f"{year}.09—") for text in kept) == 1, year


def test_entries_stay_whole_when_the_text_is_cut() -> None:
    form, behind = pages_of(sheet(RESUME))
    last = form.texts()[-2]
    first = behind.texts()[2]
    assert last.endswith("工作")
    assert first.startswith("19")


def test_what_has_no_room_at_all_is_named_in_its_cell() -> None:
    long = "很长的单位名称" * 30
    form, behind = pages_of(
        Sheet((20.0,), (4.0,), (Cell(0, 0, long, style=VALUE_CELL, called="工作单位"),), "附页")
    )
    assert form.texts() == ["（见附页）"]
    assert "".join(behind.texts()).count("很长的单位名称") == 30
    assert "工作单位" in behind.texts()


def test_continuations_of_both_sides_come_behind_the_back_and_before_the_next_part() -> None:
    long = "\n".join(RESUME.splitlines()[:20])
    blocks = (Part("王𬀩"), sheet(long), PageBreak(), sheet(long), Part("李四"), sheet("无"))
    pages = pages_of(*blocks)
    titles = ["登记表附页" in page.texts() for page in pages]
    assert titles == [False, False, True, False]
    assert [page.bookmark for page in pages] == ["王𬀩", "", "", "李四"]
    assert sum("（续）" in text for text in pages[2].texts()) == 2


def test_places_to_sign_stand_at_the_foot_of_their_cell() -> None:
    cells = (Cell(0, 0, "同意。", at_top=True, foot=("（盖章）", "年　月　日")),)
    (page,) = pages_of(Sheet((100.0,), (50.0,), cells))
    text, seal, day = page.runs
    assert text.baseline < seal.baseline < day.baseline
    assert millimetres(day.baseline) > 60.0
    assert seal.right == pytest.approx(day.right)
    assert millimetres(day.right) == pytest.approx((210 + 5 - 100) / 2 + 100 - 5, abs=0.1)


def test_a_code_stands_square_in_the_middle_of_its_cell() -> None:
    (page,) = pages_of(Sheet((60.0,), (40.0,), (Cell(0, 0, QrCode("BD1:1", 30.0)),), ruled=False))
    left = min(box.left for box in page.boxes)
    right = max(box.left + box.width for box in page.boxes)
    top = min(box.top for box in page.boxes)
    bottom = max(box.top + box.height for box in page.boxes)
    assert millimetres(right - left) == millimetres(bottom - top) == 30.0
    assert millimetres((top + bottom) / 2) == 40.0
    assert not page.segments


def test_a_long_entry_repeats_its_frame_and_label_on_every_page() -> None:
    pages = pages_of(Entry("会议记录", "讨论情况。" * 1500))
    assert len(pages) > 1
    assert "会议记录" in pages[0].texts()
    for page in pages[1:]:
        assert "（续）" in page.texts()
        assert len(page.segments) == 5
    labels = {"会议记录", "（续）"}
    drawn = "".join(run.text for page in pages for run in page.runs if run.text not in labels)
    assert drawn == "讨论情况。" * 1500


def test_entries_one_after_the_other_share_a_rule() -> None:
    (page,) = pages_of(Entry("一", "甲"), Entry("二", "乙"))
    horizontal = sorted({millimetres(segment.y1) for segment in page.segments if segment.y1 == segment.y2})
    assert len(horizontal) == 3


def test_a_form_larger_than_the_page_is_a_mistake_of_the_form() -> None:
    with pytest.raises(ValueError, match=r"the page 165\.0 x 259\.0"):
        pages_of(Sheet((200.0,), (10.0,), ()))
    with pytest.raises(ValueError, match=r"10\.0 x 300\.0 mm"):
        pages_of(Sheet((10.0,), (300.0,), ()))


def growing(*texts: str) -> Sheet:
    """A label and a text in every row."""
    cells = [
        cell
        for row, text in enumerate(texts)
        for cell in (
            Cell(row, 0, "名称", style=LABEL_CELL),
            Cell(row, 1, text, style=LONG_CELL, called="名称", at_top=row % 2 == 1),
        )
    ]
    return Sheet((20.0, 100.0), (8.0,) * len(texts), tuple(cells), grows=True)


def rules_of(page: RecordedPage) -> list[float]:
    """Where rules run across the page, in millimetres from its top."""
    return sorted({millimetres(segment.y1) for segment in page.segments if segment.y1 == segment.y2})


def test_a_row_that_grows_is_as_high_as_its_text_and_others_keep_the_least_height() -> None:
    (page,) = pages_of(growing("无", "讨论情况。" * 60, "无"))
    top, first, second, bottom = rules_of(page)
    assert (round(first - top, 2), round(bottom - second, 2)) == (8.0, 8.0)
    lines = [run for run in page.runs if "讨论" in run.text or "情况" in run.text]
    assert "".join(run.text for run in lines) == "讨论情况。" * 60
    assert {run.size for run in lines} == {10.5}
    assert first < millimetres(lines[0].baseline - 9)
    assert millimetres(lines[-1].baseline + 2) < second
    assert second - first > 40


def test_a_cell_of_several_rows_that_grows_gives_what_it_lacks_to_the_last_of_them() -> None:
    cells = (
        Cell(0, 0, "讨论情况。" * 30, rows=2, style=LONG_CELL),
        Cell(0, 1, "一", style=LABEL_CELL),
        Cell(1, 1, "二", style=LABEL_CELL),
        Cell(2, 0, "三", columns=2),
    )
    (page,) = pages_of(Sheet((80.0, 20.0), (8.0, 8.0, 8.0), cells, grows=True))
    top, first, second, bottom = rules_of(page)
    assert round(first - top, 2) == 8.0
    assert round(bottom - second, 2) == 8.0
    assert second - first > 20
    assert millimetres(max(run.baseline for run in page.runs if "情况" in run.text)) < second


def test_a_sheet_that_grows_is_set_smaller_before_anything_leaves_it() -> None:
    (page,) = pages_of(growing("讨论情况。" * 270))
    assert {run.size for run in page.runs if "情况" in run.text} == {9.5}
    assert "（见附页）" not in page.texts()


def test_what_a_whole_page_cannot_hold_goes_to_a_page_behind_and_nothing_is_cut() -> None:
    long = "讨论情况。" * 900
    first, *behind = pages_of(growing("无", long, "出席名单、" * 40))
    assert first.texts().count("（见附页）") == 1
    assert rules_of(first)[-1] <= 297.0 - 18.0 + 0.01
    assert "附页" in behind[0].texts()
    body = "".join(
        run.text for page in (first, *behind) for run in page.runs if run.text not in {"附页", "名称"}
    )
    assert body.count("讨论情况。") == pytest.approx(900, abs=2)  # a line may end within one
    assert body.replace("（续）", "").replace("（见附页）", "").count("论") == 900
    assert body.count("出席名单、") + body.count("出席名单") >= 40


def test_the_title_of_a_sheet_that_grows_stays_with_it() -> None:
    title = Paragraph("支部党员大会会议记录", Style(size=18.0), keep_with_next=True)
    for count in (200, 235, 250, 265, 900):
        first, *_behind = pages_of(title, growing("无", "讨论情况。" * count))
        assert first.texts()[0] == "支部党员大会会议记录"
        assert any("讨论情况" in text for text in first.texts()), count
        assert rules_of(first)[-1] <= 297.0 - 18.0 + 0.01


def test_a_label_that_is_higher_than_its_text_stays_in_its_box() -> None:
    (page,) = pages_of(Entry("本次会议讨论情况和结论意见", "无"), Entry("二", "乙"))
    top, rule, _bottom = rules_of(page)
    label = [run for run in page.runs if run.text in "本次会议讨论情况和结论意见"]
    assert "".join(run.text for run in label) == "本次会议讨论情况和结论意见"
    assert all(top < millimetres(run.baseline - 8) and millimetres(run.baseline) < rule for run in label)
