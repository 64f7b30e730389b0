"""Notice, summary, sign-in sheet, votes and ballots, absent list and make-up slips of a meeting."""

from __future__ import annotations

from dataclasses import replace

import pytest

from branchdesk.documents.layout import count_pages
from branchdesk.documents.model import Document, PageBreak, Paragraph, Part, Sheet, Table
from branchdesk.documents.pdf import write_pdf
from branchdesk.documents.texts import missing_in, texts_of
from branchdesk.domain.meetings.model import (
    AgendaItem,
    Attendance,
    Candidate,
    Decision,
    Meeting,
    Passage,
    Presence,
    Vote,
    VoteKind,
)
from branchdesk.partial_dates import PartialDate
from branchdesk.reports.meetings.absent_list import absent_list_document
from branchdesk.reports.meetings.ballots import ballots_document, ballots_needed, votes_by_ballot
from branchdesk.reports.meetings.make_up_slip import make_up_document
from branchdesk.reports.meetings.notice import notice_document
from branchdesk.reports.meetings.sign_in import sign_in_document
from branchdesk.reports.meetings.summary import summary_document
from branchdesk.reports.meetings.vote_sheet import vote_sheet_document
from branchdesk.reports.roster import padded_name
from documents.pdfa_checks import faults_of, text_of, without_space
from documents.recording import millimetres, record
from reports.golden_texts import assert_golden, plain_text, told
from reports.meeting_matters import MEETING_KINDS, ORGANISATION, matter_of, people, plain, sample

PAPERS = {
    "notice": notice_document,
    "summary": summary_document,
    "sign_in": sign_in_document,
    "votes": vote_sheet_document,
    "ballots": ballots_document,
    "absent": absent_list_document,
    "make_up": make_up_document,
}
NAMES = ("王秀兰", "丁一", "赵立新", "何静")


def tables(document: Document) -> list[Table]:
    """The tables, in order."""
    return [block for block in document.blocks if isinstance(block, Table)]


def election(seats: int = 2, names: tuple[str, ...] = NAMES) -> Vote:
    """An election whose figures are not known yet."""
    candidates = tuple(Candidate(f"c{n}", name, position=n) for n, name in enumerate(names))
    return Vote("v", "选举支部委员会委员", VoteKind.ELECTION, secret=True, seats=seats, candidates=candidates)


@pytest.mark.parametrize("name", PAPERS)
def test_each_paper_of_the_assembly_is_as_it_was_looked_at(name: str) -> None:
    document = PAPERS[name](sample("meeting.assembly"))
    assert_golden(name, document)
    assert missing_in(document) == ""
    assert faults_of(write_pdf(document)) == []


@pytest.mark.parametrize("kind", MEETING_KINDS)
@pytest.mark.parametrize("name", PAPERS)
def test_every_kind_of_meeting_reaches_every_paper(name: str, kind: str) -> None:
    document = PAPERS[name](sample(kind))
    assert count_pages(document) >= 1
    assert document.author == ORGANISATION


@pytest.mark.parametrize("name", PAPERS)
def test_an_empty_meeting_breaks_no_paper(name: str) -> None:
    assert count_pages(PAPERS[name](plain(on=None))) >= 1


def said_by(document: Document) -> list[str]:
    """The paragraphs."""
    return [plain_text(block.text) for block in document.blocks if isinstance(block, Paragraph)]


# ---- summary


def test_the_summary_has_22_lines_of_28_characters() -> None:
    passage = Passage("p", "经济信息工作要服务大局" * 200)
    pages = record(summary_document(plain(passages=(passage,))))
    page = pages[1]
    lines = [line for line in page.lines() if not line.startswith("—")]
    assert len(lines) == 22
    assert {len(line) for line in lines[1:-1]} == {28}
    text = [run for run in page.runs if run.size == 16.0]
    assert millimetres(min(run.x for run in text)) == pytest.approx(26.0, abs=0.5), "bound at the right"
    assert millimetres(max(run.right for run in text)) <= 210 - 28 + 0.5


def test_no_line_of_a_summary_begins_with_a_mark() -> None:
    passage = Passage("p", "实事求是，团结一致。深入调研（年内），形成报告；" * 40)
    for page in record(summary_document(plain(passages=(passage,)))):
        assert not [line for line in page.lines() if line[0] in "，。；：、）”"]


def test_the_summary_tells_conclusions_and_decisions_and_not_the_speeches() -> None:
    points = (AgendaItem("a", "年度计划", 1),)
    said = (
        Passage("1", "我完全同意这个计划。", "李敏", None, "a", 1),
        Passage("2", "我也同意。", "李敏", None, "a", 2),
        Passage("3", "会议认为，计划切实可行。", "", None, "a", 3),
    )
    decisions = (
        Decision("d1", "印发计划", "a", position=1),
        Decision("d2", "按月检查", "a", "王芳", position=2),
    )
    text = said_by(summary_document(plain(agenda=points, passages=said, decisions=decisions)))
    assert text[text.index("一、年度计划") :] == [
        "一、年度计划",
        "会议认为，计划切实可行。",
        "李敏发言。",
        "会议决定：",
        "1.印发计划。",
        "2.按月检查（责任人：王芳）。",
    ]


def test_the_summary_names_who_was_there_at_its_end() -> None:
    matter = sample("meeting.assembly")
    document = summary_document(matter, report_to="上级党委", send_to="各党小组")
    text = told(document)
    assert "\n〔2026〕第4期\n" in text
    assert "\n出席：周建国、李敏、" in text
    assert "\n请假：吴桂芳（年老住院" in text
    assert "\n缺席：高峰（出差，未请假）\n" in text
    assert "\n列席：潘晓东" in text
    assert text.endswith("\n报：上级党委\n送：各党小组\n")
    assert "报：" not in told(summary_document(matter))


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("committee", ["支部委员会会议纪要", "应到会4名，实到会4名。现将会议主要内容纪要如下："]),
        (
            "lecture",
            [
                *("党课纪要", "开展党课，主题为“数据质量是服务群众的第一道关”，陈志远主持，周建国讲课。"),
                *("现将主要内容纪要如下：", "\n讲课提纲\n一、数据从哪里来"),
            ],
        ),
        ("theme_day", ["主题党日活动纪要", "开展主题党日活动，主题为“数据惠民进社区”", "四、成效\n接待居民"]),
        ("appraisal", ["民主评议党员会议纪要", "四、书记述职\n报告支部", "五、个人自评\n"]),
        ("study", ["集中学习纪要", "李敏、赵立新领学。", "\n学习内容\n逐条学习"]),
    ],
)
def test_a_summary_tells_what_is_told_of_each_kind(kind: str, parts: list[str]) -> None:
    text = told(summary_document(sample(f"meeting.{kind}")))
    for part in parts:
        assert part in text


# ---- sign-in sheet


@pytest.mark.parametrize(("count", "in_row"), [(1, 2), (24, 2), (30, 2), (31, 3), (60, 3)])
def test_everybody_expected_has_a_line_to_sign(count: int, in_row: int) -> None:
    document = sign_in_document(plain(attendance=people(count)))
    signed, guests = tables(document)
    assert len(signed.columns) == 3 * in_row
    assert signed.least_height >= 9.0
    numbers = [row[place] for row in signed.rows for place in range(0, 3 * in_row, 3) if row[place]]
    assert numbers == [str(n) for n in range(1, count + 1)]
    text = text_of(write_pdf(document))
    assert all(without_space(one.name) in text for one in people(count))
    assert len(list(guests.rows)) == 3


def test_only_those_who_count_are_on_the_sheet_and_no_vote_is_marked() -> None:
    roll = (
        Attendance("1", "李敏", position=1),
        Attendance("2", "高峰", may_vote=False, position=2),
        Attendance("3", "赵老", counts=False, basis="长期卧床", position=3),
    )
    text = told(sign_in_document(plain(attendance=roll)))
    assert "| 1 | 李　敏 |  | 2 | 高　峰* |" in text
    assert "赵" not in text
    assert "应　到 / 2 人（有表决权 1 人）" in text
    assert "没有表决权" not in told(sign_in_document(plain(attendance=roll[:1])))


def test_long_names_leave_everybody_room_to_sign() -> None:
    roll = tuple(replace(one, name="阿卜杜热西提·买买提明·吐尔逊") for one in people(60))
    (page, *_others) = record(sign_in_document(plain(attendance=roll)))
    heads = [run for run in page.runs if run.text == "签名"]
    numbers = [run for run in page.runs if run.text == "序号"]
    assert len(heads) == 3
    # The word stands in the middle of its column; the next number begins behind it.
    for head, number in zip(heads, numbers[1:], strict=False):
        assert millimetres(number.x - head.x) > 15


def test_known_guests_stand_below_with_empty_lines_for_others() -> None:
    guests = tables(sign_in_document(sample("meeting.assembly")))[1]
    names = [row[0] for row in guests.rows] + [row[2] for row in guests.rows]
    assert len([name for name in names if name]) == 2
    assert len([name for name in names if not name]) == 4


# ---- votes


def test_a_vote_sheet_before_the_vote_waits_for_the_pen() -> None:
    document = vote_sheet_document(plain(votes=(election(),)))
    counted, written = tables(document)
    assert [row[1] for row in counted.rows] == ["丁　一", "王秀兰", "何　静", "赵立新"], (
        "by strokes of the surname"
    )
    assert {row[2:] for row in counted.rows} == {("", "", "", "")}
    assert len(list(written.rows)) == 3
    assert "应选名额 / 2 / 候选人数 / 4" in told(document)


def test_ballots_that_are_valid_but_not_on_a_candidate_are_counted() -> None:
    vote = election(names=("丁一",))
    one = replace(vote.candidates[0], in_favour=10, against=3, abstained=2)
    counted = replace(
        vote, candidates=(one, Candidate("w", "另外", in_favour=1, write_in=True)), returned=18, invalid=1
    )
    found, written = tables(vote_sheet_document(plain(votes=(counted,))))
    assert list(found.rows) == [("1", "丁　一", "10", "3", "2", "2")]
    assert next(iter(written.rows)) == ("1", "另　外", "1")


def test_each_vote_has_a_sheet_of_its_own_with_its_result() -> None:
    document = vote_sheet_document(sample("meeting.assembly"))
    assert sum(isinstance(block, Part) for block in document.blocks) == 2
    text = told(document)
    assert "表决结果：通过" in text
    assert "当选：黄文博" in text


def test_a_vote_by_show_of_hands_has_no_boxes_for_ballots() -> None:
    shown = Vote("v", "同意预算", eligible=9, present=8, in_favour=8, against=0, abstained=0)
    text = told(vote_sheet_document(plain(votes=(shown,))))
    assert "表决票" not in text
    assert "有效票" not in text
    assert "赞成票 / 8" in text
    assert "发出表决票" in told(vote_sheet_document(plain(votes=(replace(shown, secret=True),))))
    assert "发出表决票 / 8" in told(vote_sheet_document(plain(votes=(replace(shown, issued=8),))))


def test_the_report_of_an_election_with_twelve_candidates_is_one_page() -> None:
    names = tuple(f"候选{n}" for n in range(12))
    vote = replace(election(7, names), eligible=50, present=48, issued=48, returned=48)
    counted = tuple(
        replace(one, in_favour=40 - 3 * n, against=8 + 3 * n, abstained=0)
        for n, one in enumerate(vote.candidates)
    )
    document = vote_sheet_document(plain(votes=(replace(vote, candidates=counted),)))
    assert "当选：候选0、" in told(document)
    assert count_pages(document) == 1


# ---- ballots


def cards(document: Document) -> list[Sheet]:
    """The ballots."""
    return [block for block in document.blocks if isinstance(block, Sheet)]


def test_there_is_a_ballot_for_every_voter_and_none_more() -> None:
    roll = people(24)
    assert len(cards(ballots_document(plain(votes=(election(),), attendance=roll)))) == 24
    came = tuple(
        replace(one, presence=Presence.PRESENT if n < 20 else Presence.LEAVE, may_vote=n > 0)
        for n, one in enumerate(roll)
    )
    matter = plain(votes=(election(),), attendance=came)
    assert ballots_needed(matter, matter.meeting.votes[0]) == 19
    assert len(cards(ballots_document(matter))) == 19
    nobody = plain(votes=(replace(election(), eligible=7),))
    assert ballots_needed(nobody, nobody.meeting.votes[0]) == 7


def test_ballots_of_equal_votes_cannot_be_told_apart() -> None:
    matter = plain(votes=(election(),), attendance=people(12))
    made = cards(ballots_document(matter))
    assert set(made) == {made[0]}
    said = "".join(texts_of(made[0]))
    assert not [one.name for one in people(12) if one.name in said]


def test_the_ballot_lists_candidates_by_strokes_with_lines_for_others() -> None:
    (card, *_others) = cards(ballots_document(plain(votes=(election(seats=2),))))
    names = [cell.content for cell in card.cells if cell.called == "候选人姓名"]
    assert names == ["丁　一", "王秀兰", "何　静", "赵立新"]
    assert len([cell for cell in card.cells if cell.column == 3 and cell.row > 3 and not cell.content]) == 2
    note = "".join(texts_of(card))
    for part in ("赞成的划“√”，不赞成的划“×”，弃权的什么也不划", "如另选他人，将其姓名填入", "应选2名"):
        assert part in note


def test_ballots_are_never_cut_by_the_end_of_a_page() -> None:
    for seats, names in (
        (1, ("丁一",)),
        (7, NAMES),
        (3, tuple(f"张{'甲乙丙丁戊己庚辛壬癸'[n % 10]}{n}" for n in range(45))),
    ):
        vote = election(seats, names)
        document = ballots_document(plain(votes=(vote,), attendance=people(9)))
        pages = record(document)
        assert not any("（见附页）" in page.texts() for page in pages)
        found = sum(text == "另选人姓名" for page in pages for text in page.texts())
        assert found == len(cards(document))
        said = "".join(texts_of(document))
        assert all(padded_name(name) in said for name in names)


def test_several_ballots_share_a_page_with_lines_to_cut() -> None:
    vote = Vote("v", "接收潘晓东同志为中共预备党员", VoteKind.ADMISSION, secret=True)
    document = ballots_document(plain(votes=(vote,), attendance=people(12)))
    pages = record(document)
    assert len(pages) == 2
    assert sum("沿此线裁开" in text for text in pages[0].texts()) == 5
    assert sum(isinstance(block, PageBreak) for block in document.blocks) == 1


def test_a_long_subject_stays_whole_on_its_ballot() -> None:
    vote = Vote("v", "同意" + "关于进一步加强基层党组织建设的实施意见" * 25, secret=True)
    document = ballots_document(plain(votes=(vote,), attendance=people(3)))
    assert len(record(document)) == 3
    assert text_of(write_pdf(document)).count(vote.subject) == 3


def test_only_what_is_voted_on_by_ballot_gets_ballots() -> None:
    votes = (
        Vote("1", "举手", position=1),
        Vote("2", "无记名", secret=True, position=2),
        Vote("3", "转正", VoteKind.CONFIRMATION, position=3),
    )
    assert [vote.uid for vote in votes_by_ballot(plain(votes=votes))] == ["2", "3"]


# ---- absent people


def test_the_absent_are_listed_with_their_reasons() -> None:
    (table,) = tables(absent_list_document(sample("meeting.assembly")))
    assert [row[:4] for row in table.rows] == [
        ("1", "吴桂芳", "第一党小组", "请假"),
        ("2", "高　峰", "第二党小组", "缺席"),
        ("3", "梁志强", "第二党小组", "请假"),
    ]
    assert list(table.rows)[1][5] == "2026年11月20日"


def test_who_may_be_left_out_of_those_expected_is_neither_absent_nor_called_to_make_up() -> None:
    roll = (
        Attendance("1", "高峰", presence=Presence.ABSENT, position=1),
        Attendance("2", "赵老", presence=Presence.ABSENT, counts=False, basis="长期卧床", position=2),
    )
    matter = plain(attendance=roll)
    for paper in (absent_list_document, make_up_document, summary_document):
        assert "高" in told(paper(matter))
        assert "赵老" not in told(paper(matter))


@pytest.mark.parametrize(("absent", "pages"), [(1, 1), (2, 1), (3, 2), (7, 4)])
def test_two_make_up_slips_stand_on_a_page(absent: int, pages: int) -> None:
    document = make_up_document(plain(attendance=people(absent, Presence.ABSENT)))
    printed = record(document)
    assert len(printed) == pages
    assert sum(page.texts().count("党员补课单") for page in printed) == absent
    assert printed[0].texts().count("党员补课单") == min(absent, 2)


def test_two_slips_of_a_longer_agenda_share_their_page_with_less_room_to_write() -> None:
    points = tuple(AgendaItem(f"g{n}", f"第{n}项", n) for n in range(6))
    short = make_up_document(plain(attendance=people(2, Presence.LEAVE)))
    long = make_up_document(plain(agenda=points, attendance=people(2, Presence.LEAVE)))
    assert count_pages(short) == count_pages(long) == 1
    rooms = [next(max(b.heights) for b in one.blocks if isinstance(b, Sheet)) for one in (short, long)]
    assert rooms[0] > rooms[1] >= 14.0
    assert sum("沿此线裁开" in text for text in record(long)[0].texts()) == 1


def test_no_page_of_slips_holds_signatures_only() -> None:
    points = tuple(AgendaItem(f"g{n}", f"第{n}项", n) for n in range(16))
    pages = record(make_up_document(plain(agenda=points, attendance=people(3, Presence.LEAVE))))
    assert len(pages) == 3
    assert all("党员补课单" in page.texts() for page in pages)


def test_a_slip_whose_meeting_had_much_on_its_agenda_is_not_cut() -> None:
    points = tuple(AgendaItem(f"g{n}", f"第{n}项" + "长题目" * 60, n) for n in range(8))
    document = make_up_document(plain(agenda=points, attendance=people(2, Presence.LEAVE)))
    text = text_of(write_pdf(document))
    assert all(text.count(without_space(item.title)) == 2 for item in points)


def test_papers_are_dated_with_the_day_of_the_meeting() -> None:
    meeting: Meeting = sample("meeting.assembly").meeting
    moved = replace(meeting, on=PartialDate(2026, 3, 5))
    form = sample("meeting.assembly").form
    for name, paper in PAPERS.items():
        assert paper(matter_of(form, moved)).made_on.isoformat() == "2026-03-05", name
