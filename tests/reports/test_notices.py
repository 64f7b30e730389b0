"""会议通知 on paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from branchdesk.documents.model import Sheet
from branchdesk.domain.meetings.model import (
    AgendaItem,
)
from branchdesk.reports.meetings.notice import notice_document
from documents.recording import millimetres, record
from reports.golden_texts import told
from reports.meeting_matters import ORGANISATION, people, plain, sample
from reports.test_meeting_papers import said_by


def test_the_notice_tells_when_where_who_and_what() -> None:
    points = (AgendaItem("a", "学习", 1), AgendaItem("b", "讨论", 2))
    values = {"held_at": "2026-05-08T09:00", "place": "会议室", "wanted": "带笔记本"}
    matter = plain(values=values, agenda=points, attendance=people(2))
    document = notice_document(replace(matter, meeting=replace(matter.meeting, entered_on="2026-05-01")))
    called = "、".join(one.name for one in people(2))
    assert said_by(document) == [
        "关于召开座谈会的通知",
        f"{called}：",
        "经研究，决定召开座谈会，现将有关事项通知如下：",
        "一、时间：2026年5月8日 09:00",
        "二、地点：会议室",
        f"三、参会人员：{called}",
        "四、议题",
        "1.学习",
        "2.讨论",
        "五、要求：带笔记本",
    ]
    sheet = document.blocks[-1]
    assert isinstance(sheet, Sheet)
    assert [cell.content for cell in sheet.cells] == [ORGANISATION, "2026年5月1日"]
    assert not sheet.ruled


def test_a_notice_of_what_is_not_known_yet_says_so() -> None:
    document = notice_document(plain(on=None))
    assert "一、时间：另行通知" in said_by(document)
    assert "各参会同志：" in said_by(document)


def test_a_notice_entered_after_the_meeting_leaves_its_date_to_the_pen() -> None:
    matter = plain()
    late = replace(matter, meeting=replace(matter.meeting, entered_on="2026-06-01"))
    sheet = notice_document(late).blocks[-1]
    assert isinstance(sheet, Sheet)
    assert sheet.cells[-1].content == "　　　　年　　月　　日"


@pytest.mark.parametrize(
    ("kind", "called"),
    [
        ("meeting.assembly", "全体党员："),
        ("meeting.committee", "支部委员会全体委员："),
        ("meeting.group", "第二党小组全体党员："),
    ],
)
def test_the_notice_calls_those_who_are_expected(kind: str, called: str) -> None:
    assert called in said_by(notice_document(sample(kind, group_name="第二党小组")))


@pytest.mark.parametrize(
    ("kind", "called", "lines"),
    [
        ("assembly", "召开支部党员大会", ["四、议题", "三、参会人员：全体党员；列席：潘晓东"]),
        ("committee", "召开支部委员会会议", ["四、议题"]),
        ("group", "召开党小组会", ["请提前向党小组组长请假。"]),
        ("appraisal", "召开民主评议党员会议", ["四、议题"]),
        ("life", "召开组织生活会", ["四、主题：转作风、提质量、办实事", "五、议题"]),
        ("lecture", "开展党课", ["三、讲课人：周建国", "五、党课题目：数据质量是服务群众的第一道关"]),
        ("study", "开展集中学习", ["三、领学人：李敏、赵立新", "五、学习主题：学习基层组织选举工作条例"]),
        (
            "theme_day",
            "开展主题党日活动",
            ["三、参加人员：全体党员", "四、主题：数据惠民进社区", "五、活动安排"],
        ),
    ],
)
def test_a_notice_names_every_kind_by_its_own_words(kind: str, called: str, lines: list[str]) -> None:
    text = told(notice_document(sample(f"meeting.{kind}")))
    assert f"关于{called}的通知" in text
    assert f"决定{called}，现将有关事项" in text
    for line in lines:
        assert line in text


def test_the_signature_of_a_notice_keeps_the_lines_of_the_page() -> None:
    (page,) = record(notice_document(sample("meeting.assembly")))
    signed = [run.baseline for run in page.runs if run.size == 16.0][-2:]
    assert millimetres(signed[1] - signed[0]) == pytest.approx(225 / 22, abs=0.1)


def test_the_signature_of_a_notice_is_never_alone_on_a_page() -> None:
    for length in range(200, 900, 30):
        values = {"wanted": "按时到会" * (length // 4)}
        last = record(notice_document(plain(values=values)))[-1]
        assert len({run.baseline for run in last.runs}) > 3, length
