"""计票结果报告单: what was counted in each vote of a meeting, signed by those who counted (domain 1.4)."""

from __future__ import annotations

from collections.abc import Iterator

from branchdesk.documents.model import (
    Block,
    Column,
    Document,
    Paragraph,
    Part,
    Running,
    Signatures,
    Table,
    Together,
)
from branchdesk.domain.meetings.elections import ballot_order, valid_ballots
from branchdesk.domain.meetings.model import Candidate, Vote, VoteKind
from branchdesk.reports.meetings.ballots import is_by_ballot
from branchdesk.reports.meetings.matter import Matter
from branchdesk.reports.meetings.page_styles import (
    BOOK_PAGE,
    BOOK_WIDTH,
    LISTED_HEADING,
    SIGNED,
    SMALL_NOTE,
    SUBTITLE,
    TEXT,
    TITLE,
)
from branchdesk.reports.meetings.wording import voters_word
from branchdesk.reports.roster import padded_name
from branchdesk.reports.ruled_grid import Pair, pair_blocks

_TITLE = "计票结果报告单"
_SIGNERS = ("总监票人（签字）：", "总计票人（签字）：", "汇总计票人（签字）：", "　　　　年　　月　　日")
_SIZES = (11.0, 10.5, 10.0, 9.5)
_ROW, _LOW_ROW = 9.0, 7.0  # millimetres
_MANY = 8  # candidates; more of them stand closer, so that the report stays on its page
_LABEL_SHARE = 0.26  # of the width: 应到会有表决权的党员 stands on one line
_LEAST_WRITE_INS = 3


def vote_sheet_document(matter: Matter) -> Document:
    """One report for each vote; figures that nobody entered stay empty for the pen."""
    blocks: list[Block] = []
    for vote in matter.votes():
        blocks += _report(matter, vote)
    return Document(
        _TITLE,
        matter.made_on,
        tuple(blocks),
        page=BOOK_PAGE,
        author=matter.meeting.organisation_name,
        running=Running(head_right=matter.count, outer_foot=True),
    )


def _report(matter: Matter, vote: Vote) -> Iterator[Block]:
    yield Part(vote.subject, on_odd_page=True)
    yield Paragraph(_TITLE, TITLE, keep_with_next=True)
    yield Paragraph(f"{matter.organisation}　{matter.day}".rstrip(), SUBTITLE, keep_with_next=True)
    yield from pair_blocks(_pairs(vote), BOOK_WIDTH, _row_height(vote), _LABEL_SHARE)
    if vote.kind is VoteKind.ELECTION:
        yield from _candidates(vote)
    outcome = matter.outcome(vote.uid)
    if outcome.elected:
        yield Paragraph(f"当选：{'、'.join(outcome.elected)}", TEXT)
    elif outcome.result:
        yield Paragraph(outcome.result, TEXT)
    yield Together((Signatures(_SIGNERS, SIGNED),), with_previous=True)


def _row_height(vote: Vote) -> float:
    return _ROW if len(vote.candidates) <= _MANY else _LOW_ROW


def _shown(number: int | None) -> str:
    return "" if number is None else str(number)


def _pairs(vote: Vote) -> Iterator[Pair]:
    """The figures of a vote: who could vote and who came, the ballots, and for a plain vote the votes."""
    who = voters_word(vote)
    is_election = vote.kind is VoteKind.ELECTION
    yield Pair("选举事项" if is_election else "表决事项", vote.subject, wide=True)
    if is_election:
        yield Pair("应选名额", _shown(vote.seats))
        yield Pair("候选人数", _shown(sum(not one.write_in for one in vote.candidates) or None))
    yield Pair(f"应到会{who}", _shown(vote.eligible))
    yield Pair(f"实到会{who}", _shown(vote.present))
    if is_by_ballot(vote) or vote.issued is not None or vote.returned is not None:
        yield Pair("发出选票" if is_election else "发出表决票", _shown(vote.issued))
        yield Pair("收回选票" if is_election else "收回表决票", _shown(vote.returned))
        yield Pair("有效票", _shown(valid_ballots(vote)))
        yield Pair("无效票", "" if vote.returned is None and not vote.invalid else str(vote.invalid))
    if not is_election:
        yield Pair("赞成票", _shown(vote.in_favour))
        yield Pair("不赞成票", _shown(vote.against))
        yield Pair("弃权票", _shown(vote.abstained))
        yield Pair("书面意见", str(vote.written) if vote.written else "无")


def _candidates(vote: Vote) -> Iterator[Block]:
    """What each candidate got, and the others whom voters wrote in."""
    named = ballot_order([one for one in vote.candidates if not one.write_in])
    columns = (
        Column("序号", 1.0, fits="00"),
        Column("候选人姓名", 3.0, fits="四字姓名"),
        *(Column(label, 2.0, fits=label) for label in ("赞成票数", "不赞成票数", "弃权票数", "部分无效票数")),
    )
    rows = tuple((str(n), *_counted(vote, one)) for n, one in enumerate(named, start=1))
    yield Table(columns, rows, _SIZES, _row_height(vote))
    yield Paragraph("注：候选人按姓氏笔画为序。", SMALL_NOTE)
    written = [one for one in vote.candidates if one.write_in]
    lines = [(padded_name(one.name), _shown(one.in_favour)) for one in written]
    lines += [("", "")] * max(0, _LEAST_WRITE_INS - len(lines))
    yield Paragraph("另选人得票情况", LISTED_HEADING, keep_with_next=True)
    columns = (Column("序号", 1.0, fits="00"), Column("另选人姓名", 5.0), Column("赞成票数", 3.0))
    yield Table(
        columns, tuple((str(n), *line) for n, line in enumerate(lines, start=1)), _SIZES, _row_height(vote)
    )


def _counted(vote: Vote, one: Candidate) -> tuple[str, ...]:
    """The figures of a candidate; ballots that are valid but not on him make the last one."""
    figures = (one.in_favour, one.against, one.abstained)
    known = [number for number in figures if number is not None]
    valid = valid_ballots(vote)
    partly = str(valid - sum(known)) if valid is not None and len(known) == len(figures) else ""
    return (padded_name(one.name), *map(_shown, figures), partly)
