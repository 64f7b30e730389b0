"""会议记录 on paper."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from branchdesk.documents.model import (
    Document,
    Entry,
    Font,
    Paragraph,
    Sheet,
    Signatures,
    Span,
    Table,
    Together,
)
from branchdesk.documents.pdf import write_pdf
from branchdesk.documents.texts import missing_in
from branchdesk.domain.meetings.model import (
    AgendaItem,
    Attendance,
    Candidate,
    Decision,
    Line,
    Passage,
    Presence,
    Vote,
    VoteKind,
)
from branchdesk.forms.language import read_form_text, shipped_form
from branchdesk.forms.samples import shipped_sample
from branchdesk.partial_dates import PartialDate
from branchdesk.reports.meetings.minutes import minutes_document
from documents.pdfa_checks import faults_of, pages_of, text_of, without_space
from documents.recording import millimetres, record
from reports.golden_texts import assert_golden, plain_text, told
from reports.meeting_matters import MEETING_KINDS, ORGANISATION, PLAIN, matter_of, people, plain, sample


def paragraphs(document: Document) -> list[str]:
    """The paragraphs, in order."""
    return [plain_text(block.text) for block in document.blocks if isinstance(block, Paragraph)]


def boxes(document: Document) -> dict[str, str]:
    """What stands behind each label of the ruled head."""
    found: dict[str, str] = {}
    for sheet in (block for block in document.blocks if isinstance(block, Sheet)):
        for cell in sheet.cells:
            if cell.called:
                assert isinstance(cell.content, str)
                found[cell.called] = cell.content
    return found


def places_to_sign(document: Document) -> list[str]:
    """The places to sign at the end."""
    end = document.blocks[-1]
    assert isinstance(end, Together)
    return [place for block in end.blocks if isinstance(block, Signatures) for place in block.places]


@pytest.mark.parametrize("kind", MEETING_KINDS)
def test_the_minutes_of_each_sample_are_as_they_were_looked_at(kind: str) -> None:
    assert_golden(f"minutes_{kind.removeprefix('meeting.')}", minutes_document(sample(kind)))


@pytest.mark.parametrize("kind", MEETING_KINDS)
def test_nothing_of_a_sample_is_missing_on_its_paper(kind: str) -> None:
    document = minutes_document(sample(kind))
    file = write_pdf(document)
    assert faults_of(file) == []
    assert missing_in(document) == ""
    text, filled, form = text_of(file), shipped_sample(kind), shipped_form(kind)
    assert filled is not None
    said = [row["text"] for row in (*filled.passages, *filled.decisions)]
    said += [row["title"] for row in filled.agenda] + [row["subject"] for row in filled.votes]
    said += [
        filled.values[one.id]
        for one in form.fields
        if one.type.name == "long_text" and one.id in filled.values
    ]
    for one in said:
        for line in one.splitlines():
            assert without_space(line).rstrip("。") in text


def test_the_paper_of_equal_meetings_is_the_same_file() -> None:
    assert write_pdf(minutes_document(sample("meeting.assembly"))) == write_pdf(
        minutes_document(sample("meeting.assembly"))
    )


def test_the_page_is_bound_at_the_left_and_numbered_outside() -> None:
    first, second = record(minutes_document(sample("meeting.assembly")))
    for page, inner in ((first, 28.0), (second, 22.0)):
        assert min(run.x for run in page.runs if run.size > 9) == pytest.approx(inner * 72 / 25.4, abs=3.0)
    right, left = first.find("— 1 —"), second.find("— 2 —")
    assert millimetres(right.right) == pytest.approx(210 - 22, abs=0.5)
    assert millimetres(left.x) == pytest.approx(22, abs=0.5)


def test_the_head_is_ruled_as_the_form_says() -> None:
    document = minutes_document(sample("meeting.assembly"))
    head = boxes(document)
    assert head["时间"] == "2026年11月19日 15:00—16:40"
    assert head["主持人"] == "周建国"
    assert head["列席人员"] == "潘晓东（发展对象，统计科科员）、蒋雯（入党积极分子，信息科科员）"
    sheet = next(block for block in document.blocks if isinstance(block, Sheet))
    assert sum(sheet.widths) == pytest.approx(160.0)


def test_what_was_said_stands_under_its_point_with_the_speaker_in_bold() -> None:
    points = (AgendaItem("a", "学习文件", 1), AgendaItem("b", "讨论计划", 2))
    said = (
        Passage("1", "同意。", "李敏", None, "b", 3),
        Passage("2", "领学公报。", "周建国", None, "a", 2),
        Passage("0", "会议开始。", "", None, None, 1),
        Passage("3", "散会。", "", None, None, 4),
    )
    document = minutes_document(plain(agenda=points, passages=said))
    assert paragraphs(document)[2:] == [
        *("会议开始。", "一、学习文件", "周建国：领学公报。", "二、讨论计划", "李敏：同意。", "散会。"),
    ]
    (bold, _rest) = next(
        block.text
        for block in document.blocks
        if isinstance(block, Paragraph) and len(block.text) == 2 and isinstance(block.text, tuple)
    )
    assert isinstance(bold, Span)
    assert bold.font is Font.STRONG


def test_a_meeting_without_an_agenda_is_told_as_it_went() -> None:
    said = (Passage("1", "一。", position=1), Passage("2", "二。", agenda="gone", position=2))
    assert paragraphs(minutes_document(plain(passages=said)))[2:] == ["一。", "二。"]


def test_votes_and_decisions_stand_under_their_point_and_else_behind_all_points() -> None:
    points = (AgendaItem("a", "预算", 1),)
    votes = (
        Vote("v1", "同意预算", agenda="a", eligible=9, present=8, in_favour=8, against=0, abstained=0),
        Vote("v2", "推荐先进", position=2, secret=True, eligible=9, present=8),
    )
    decisions = (
        Decision("d1", "张榜公布。", "a", "李敏", "2026-06-01"),
        Decision("d2", "上报结果", position=2),
        Decision("d3", "存档", position=3, responsible="王芳"),
    )
    said = paragraphs(minutes_document(plain(agenda=points, votes=votes, decisions=decisions)))
    assert said[2:] == [
        "一、预算",
        (
            "表决：同意预算。应到会有表决权的党员9名，实到会有表决权的党员8名，"
            "赞成8票，反对0票，弃权0票。表决结果：通过。"
        ),
        "决定：张榜公布（责任人：李敏；完成时限：2026年6月1日）。",
        "二、表决情况",
        (
            "表决：推荐先进。采用无记名投票方式进行表决，应到会有表决权的党员9名，实到会有表决权的党员8名，"
            "赞成____票，反对____票，弃权____票。"
        ),
        "三、形成决议",
        "1.上报结果。",
        "2.存档（责任人：王芳）。",
    ]


def test_a_vote_that_failed_or_does_not_hold_says_so() -> None:
    whole = Vote("v", "甲", eligible=20, present=12, in_favour=10, against=1, abstained=1)
    votes = (
        replace(whole, uid="v1"),
        replace(whole, uid="v2", present=9, in_favour=7, position=2),
        replace(whole, uid="v3", kind=VoteKind.COMMITTEE, eligible=5, present=3, position=3),
    )
    first, second, third = paragraphs(minutes_document(plain(votes=votes)))[3:]
    assert first.endswith("表决结果：未通过。")
    assert second.endswith("表决结果：无效。")
    assert "应到会委员5名，实到会委员3名" in third


def test_an_election_tells_who_got_what_and_who_is_elected() -> None:
    names = (
        Candidate("c1", "周建国", in_favour=7, against=3, abstained=0),
        Candidate("c2", "李敏", in_favour=2),
    )
    others = (Candidate("c3", "高峰", in_favour=1, write_in=True),)
    vote = Vote(
        "v",
        "选举书记",
        VoteKind.ELECTION,
        secret=True,
        seats=1,
        eligible=12,
        present=10,
        issued=10,
        returned=10,
        candidates=(*names, *others),
    )
    said = paragraphs(minutes_document(plain(votes=(vote,))))[-1]
    assert said == (
        "选举：选举书记，应选1名，采用无记名投票方式进行。应到会有选举权的党员12名，实到会有选举权的党员10名，"
        "发出选票10张、收回10张，有效票10张、无效票0张。得票情况：周建国赞成7票、不赞成3票、弃权0票；"
        "李敏赞成2票、不赞成____票、弃权____票；另选人高峰得1票。选举结果：周建国当选。"
    )


def test_candidates_with_equal_votes_are_told() -> None:
    names = tuple(
        Candidate(f"c{n}", name, in_favour=votes, position=n)
        for n, (name, votes) in enumerate((("丁一", 8), ("王二", 6), ("张三", 6)))
    )
    vote = Vote("v", "选举", VoteKind.ELECTION, secret=True, seats=2, candidates=names)
    vote = replace(vote, eligible=12, present=10, issued=10, returned=10)
    said = paragraphs(minutes_document(plain(votes=(vote,))))[-1]
    assert said.endswith("选举结果：丁一当选；王二、张三票数相等，须再次投票，选出1名。")
    nobody = replace(vote, candidates=tuple(replace(one, in_favour=2) for one in names))
    assert paragraphs(minutes_document(plain(votes=(nobody,))))[-1].endswith("选举结果：无人当选。")
    void = replace(vote, returned=11)
    assert paragraphs(minutes_document(plain(votes=(void,))))[-1].endswith("选举结果：无效。")


def test_an_empty_meeting_prints_the_word_for_nothing_in_every_box() -> None:
    document = minutes_document(plain(on=None))
    head = boxes(document)
    assert set(head.values()) == {"无"}
    assert {"时间", "地点", "有成效"} <= set(head)
    assert not {"主持人", "记录人", "列席人员", "议题"} & set(head), (
        "what the form does not ask is not printed"
    )
    assert "成效" not in told(document).replace("有成效", ""), "it is only asked for where there was any"
    assert pages_of(write_pdf(document)) == 1


def test_an_empty_box_prints_what_the_form_says() -> None:
    matter = plain(on=None)
    silent = replace(matter, form=replace(matter.form, blank=""))
    assert set(boxes(minutes_document(silent)).values()) == {""}


def test_the_usual_head_counts_those_who_came_and_names_those_who_did_not() -> None:
    marks = [
        *((Presence.LEAVE, "出差"), (Presence.LEAVE, "出差"), (Presence.ABSENT, "")),
        *((Presence.LEAVE, "住院，已请假"), (Presence.PRESENT, "")),
    ]
    names = ("李明", "王芳", "高峰", "吴平", "周建国")
    roll = tuple(
        Attendance(f"a{n}", name, presence=mark, reason=reason, position=n, may_vote=name != "高峰")
        for n, (name, (mark, reason)) in enumerate(zip(names, marks, strict=True))
    )
    head = boxes(minutes_document(plain(attendance=roll)))
    assert head["应到"] == "5 人（有表决权 4 人）"
    assert head["实到"] == "1 人（有表决权 1 人）"
    assert head["缺席人员及原因"] == "李明、王芳（出差，已请假）；高峰（未请假）；吴平（住院，已请假）"
    assert boxes(minutes_document(plain(attendance=people(3))))["实到"] == "无"


def test_own_long_texts_and_tables_stand_below_what_was_said() -> None:
    values = {"held_at": "2026-05-08T09:00", "has_effect": "1", "effect": "解决两个问题。\n群众满意。"}
    lines = {"problems": (Line("l1", {"problem": "资料不全", "due": "2026-06-30"}),)}
    document = minutes_document(plain(values=values, lines=lines))
    assert paragraphs(document)[2:] == ["成效", "解决两个问题。\n群众满意。", "问题清单"]
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert list(table.rows) == [("1", "资料不全", "2026年6月30日")]


def test_all_who_were_there_have_a_place_to_sign_where_the_form_asks_them() -> None:
    roll = people(3, Presence.PRESENT)
    assert places_to_sign(minutes_document(plain(attendance=roll))) == [f"{one.name}：" for one in roll]
    unmarked = places_to_sign(minutes_document(plain(attendance=people(3))))
    assert unmarked == ["到会人员签字：", "2026年5月8日"]
    matter = plain(on=None)
    none = replace(matter, form=replace(matter.form, signatures=()))
    assert places_to_sign(minutes_document(none)) == ["主持人签字：", "记录人签字："]


def test_what_was_entered_late_says_so_small_at_the_end() -> None:
    meeting = sample("meeting.committee", entered_on="2026-12-20").meeting
    matter = matter_of(shipped_form("meeting.committee"), meeting, late=True)
    end = minutes_document(matter).blocks[-1]
    assert isinstance(end, Together)
    note = end.blocks[-1]
    assert isinstance(note, Paragraph)
    assert note.text == f"补录：本次会议于{matter.day}召开，于2026年12月20日补录。"
    assert note.style.size == 9.0
    assert "补录" not in told(minutes_document(replace(matter, late=False)))


def test_a_draft_says_so_on_every_page() -> None:
    pages = record(minutes_document(replace(sample("meeting.assembly"), draft=True)))
    assert len(pages) > 1
    assert {tuple(page.slanted) for page in pages} == {("草稿",)}


def test_long_minutes_flow_over_pages_and_nothing_is_cut() -> None:
    points = tuple(AgendaItem(f"g{n}", f"第{n}个议题，{'很长的题目' * 100}", n) for n in range(1, 4))
    assert all(len(item.title) > 500 for item in points)
    said = tuple(
        Passage(
            f"p{n}",
            f"发言{n}开始" + "实事求是地讨论" * 60 + f"发言{n}结束。",
            "阿卜杜热西提·买买提明·吐尔逊",
            None,
            f"g{n % 3 + 1}",
            n,
        )
        for n in range(60)
    )
    roll = tuple(
        Attendance(
            f"a{n}",
            f"阿卜杜热西提·买买提明·吐尔逊{n:02}",
            presence=Presence.ABSENT,
            reason=f"原因{n:02}",
            position=n,
        )
        for n in range(60)
    )
    document = minutes_document(plain(agenda=points, passages=said, attendance=roll))
    file = write_pdf(document)
    text = text_of(file)
    assert pages_of(file) > 20
    for passage in said:
        assert without_space(f"{passage.speaker}：{passage.text}") in _without_feet(text)
    for person in roll:
        assert person.name in _without_feet(text)
    for page in record(document):
        for run in page.runs:
            assert run.right <= page.width - 15 * 72 / 25.4
            assert run.baseline < page.height - 8 * 72 / 25.4


def _without_feet(text: str) -> str:
    """The text with the page numbers taken out, which stand between the pages."""
    return re.sub(r"—\d+—", "", text)


def test_a_very_long_box_of_a_record_flows_on() -> None:
    form = shipped_form("meeting.talk")
    base = sample("meeting.talk").meeting
    long = "\n".join(f"第{n}段谈话：{'工作和生活' * 30}。" for n in range(60))
    document = minutes_document(matter_of(form, replace(base, values={**base.values, "talk_points": long})))
    (entry,) = [block for block in document.blocks if isinstance(block, Entry)]
    assert entry.text == long
    text = text_of(write_pdf(document))
    assert all(f"第{n}段谈话" in text for n in range(60))


def test_minutes_are_set_closer_where_that_saves_a_page_and_only_there() -> None:
    def set_with(passages: int) -> tuple[int, set[float]]:
        said = tuple(Passage(f"p{n}", "内容" * 15, position=n) for n in range(passages))
        document = minutes_document(plain(passages=said))
        leadings = {
            block.style.leading
            for block in document.blocks
            if isinstance(block, Paragraph) and block.style.first_indent == 2.0
        }
        return pages_of(write_pdf(document)), leadings

    found = [set_with(passages) for passages in range(20, 40)]
    assert found[0] == (1, {1.8})
    assert found[-1] == (2, {1.8}), "closer lines would not save the page"
    closer = [leadings for pages, leadings in found if leadings != {1.8}]
    assert {1.7} in closer
    assert {1.6} in closer
    assert all(pages == 1 for pages, leadings in found if leadings != {1.8})


def test_the_places_to_sign_move_up_before_lines_move_closer() -> None:
    names = ("周建国", "陈志远", "李敏", "王秀兰", "赵立新")
    roll = tuple(Attendance(f"a{n}", name, presence=Presence.PRESENT) for n, name in enumerate(names))
    spaces = set()
    for count in range(14, 22):
        said = tuple(Passage(f"p{n}", "发言内容" * 6, names[n % 5], position=n) for n in range(count))
        more = {"attendance": roll, "agenda": (), "votes": (), "decisions": (), "files": ()}
        document = minutes_document(sample("meeting.committee", passages=said, **more))
        (*_others, end) = document.blocks
        assert isinstance(end, Together)
        (last,) = [block for block in end.blocks if isinstance(block, Signatures)][-1:]
        spaces.add((pages_of(write_pdf(document)), last.style.before))
    assert {(1, 22.0), (1, 12.0), (2, 22.0)} <= spaces


def test_places_to_sign_of_many_stand_in_columns() -> None:
    (*_others, page) = record(minutes_document(plain(attendance=people(7, Presence.PRESENT))))
    places = [run for run in page.runs if run.text.endswith("：") and run.text[:-1] in _names(7)]
    assert len({round(run.x) for run in places}) == 3


def _names(count: int) -> set[str]:
    return {one.name for one in people(count)}


def test_the_group_is_named_behind_its_branch() -> None:
    document = minutes_document(plain(group="g", group_name="第一党小组", year=2026, number=3))
    assert paragraphs(document)[1] == f"{ORGANISATION}第一党小组　2026年第3次"


def test_a_day_that_is_not_known_exactly_is_printed_as_far_as_it_is() -> None:
    assert boxes(minutes_document(plain(on=PartialDate(2026, 5))))["时间"] == "2026年5月"


RULED = """
[paper]
title = "座谈会记录"
head_widths = [20, 30, 20, 30, 20, 40]
[[paper.row]]
cells = [
    { label = "时　间" }, { field = "held_at" }, { label = "地　点" }, { field = "place" },
    { label = "应　到" }, { figure = "attendance.expected" },
]
[[paper.row]]
cells = [ { label = "成　效" }, { field = "effect", columns = 5 } ]
[[paper.row]]
cells = [
    { label = "问　题" }, { field = "problems", columns = 2 },
    { label = "效　果" }, { field = "effect", columns = 2 },
]
[[table]]
id = "guests"
label = "列席人员"
label_en = "Guests"
section = "held"
[[table.field]]
id = "guest"
type = "person_name"
label = "姓名"
label_en = "Name"
"""


def test_a_head_of_other_columns_keeps_them_and_the_rest_stands_below_it() -> None:
    form = read_form_text(PLAIN + RULED, "plain")
    lines = {
        "problems": (
            Line("l1", {"problem": "资料不全"}),
            Line("l2", {"problem": "人手少", "due": "2026-06-30"}),
        ),
        "guests": (Line("g1", {"guest": "蒋雯"}),),
    }
    values = {"held_at": "2026-05-08T09:00", "has_effect": "0", "effect": "不该出现"}
    meeting = plain(values=values, lines=lines, attendance=people(3)).meeting
    document = minutes_document(matter_of(form, meeting))
    head, rest = (block for block in document.blocks if isinstance(block, Sheet))
    assert paragraphs(document)[0] == "座谈会记录"
    assert [cell.content for cell in head.cells] == [
        *("时　间", "2026年5月8日 09:00", "地　点", "无", "应　到", "3 人"),
        *("问　题", "资料不全、人手少（2026年6月30日）", "效　果", "无"),
    ]
    assert [cell.column + cell.columns for cell in head.cells][-1] == 6, "the last cell joins what is left"
    assert [cell.content for cell in rest.cells] == ["有成效", "否", "列席人员", "蒋雯"]
    assert sum(head.widths) == pytest.approx(160.0)
    assert "问题清单" not in paragraphs(document)


def test_a_meeting_with_topic_and_agenda_has_both_in_its_head() -> None:
    topic = PLAIN.replace('id = "wanted"', 'id = "wanted"\nrole = "topic"')
    base = plain(agenda=(AgendaItem("a", "学习"),), values={"wanted": "转作风"}).meeting
    head = boxes(minutes_document(matter_of(read_form_text(topic, "plain"), base)))
    assert (head["主题"], head["议题"]) == ("转作风", "学习")


def test_invalid_votes_are_told() -> None:
    vote = Vote("v", "推荐", eligible=9, present=8, in_favour=5, against=1, abstained=1, invalid=1, written=0)
    assert "弃权1票，无效1票。" in paragraphs(minutes_document(plain(votes=(vote,))))[-1]
