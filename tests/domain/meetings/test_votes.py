"""Votes beyond the table: whole texts, figures from the attendance, what the figures say of themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branchdesk.domain.meetings.counting_heads import Heads
from branchdesk.domain.meetings.elections import ElectionResult
from branchdesk.domain.meetings.model import Vote, VoteKind
from branchdesk.domain.meetings.thresholds import Threshold, clauses, sources
from branchdesk.domain.meetings.votes import Verdict, is_on_membership, judge, judge_vote, vote_findings
from branchdesk.findings import Severity
from branchdesk.i18n import Language, speak
from branchdesk.rulebook import Rule, RuleBook
from domain.meetings.making import DAY, RULES, sentences, vote

NOBODY = Heads()


def explained(one: Vote, day: date = DAY, *, of_committee: bool = False) -> str:
    return judge_vote(one, NOBODY, RULES, day, of_committee=of_committee).explanation


# ---- whole texts


def test_an_ordinary_vote_is_explained_by_rule_facts_and_outcome() -> None:
    one = vote(kind=VoteKind.ORDINARY, in_favour=15, against=3, abstained=2)
    assert explained(one) == (
        "规则：有表决权的到会人数超过应到会有表决权人数的半数的，会议有效；赞成人数超过应到会有表决权人数的半数的，"
        "始得通过（中国共产党支部工作条例（试行）第十一条；程序约定：“半数以上”从严按超过半数掌握，可改）。"
        "事实：应到会有表决权 22 人，实到会有表决权 20 人，书面意见 0 份；赞成 15，反对 3，弃权 2，废票 0。"
        "结果：到会 20 人，达到 12 人，会议有效；赞成 15 人，达到 12 人，表决通过。"
    )


def test_an_admission_with_written_opinions_names_their_rule() -> None:
    one = vote(written=1, in_favour=19, issued=20, returned=20)
    assert explained(one) == (
        "规则：有表决权的到会人数超过应到会有表决权人数的半数的，会议有效；赞成人数超过应到会有表决权人数的半数的，"
        "始得通过；会前的书面意见计入票数，不计入到会人数（中国共产党发展党员工作细则（2026）第十九条；"
        "中国共产党发展党员工作细则（2026）第二十条；中国共产党发展党员工作细则（2026）第二十条第四项）。"
        "事实：应到会有表决权 22 人，实到会有表决权 20 人，书面意见 1 份；赞成 19，反对 1，弃权 1，废票 0；"
        "发出选票 20 张，收回 20 张。"
        "结果：到会 20 人，达到 12 人，会议有效；赞成 19 人，达到 12 人，表决通过。"
    )


def test_the_rules_are_those_of_the_day_and_remembered_ones_say_so() -> None:
    text = explained(vote(), date(2026, 5, 10))
    assert "（中国共产党发展党员工作细则（2014）第十八条、第十九条，待核对原文）" in text
    assert "2026" not in text


def test_a_committee_is_explained_by_its_own_rule() -> None:
    one = vote(kind=VoteKind.COMMITTEE, eligible=5, present=4, in_favour=3, written=1)
    assert explained(one) == (
        "规则：到会委员超过应到会委员人数的半数的，会议有效；赞成人数超过应到会委员人数的半数的，始得通过；"
        "书面意见不计入票数，也不计入到会人数（中国共产党支部工作条例（试行）第十二条：支部委员会会议须有半数以上"
        "委员到会；程序约定：“半数以上”从严按超过半数掌握，可改；支部委员会按少数服从多数决定：赞成超过全体委员的"
        "半数，待核对原文；未到会委员的书面意见供讨论参考，不计入票数，待核对原文）。"
        "事实：应到会有表决权 5 人，实到会有表决权 4 人，书面意见 1 份；赞成 3，反对 1，弃权 1，废票 0。"
        "结果：到会 4 人，达到 3 人，会议有效；票数对不上，暂不能判定是否通过。"
    )


def test_figures_that_were_not_entered_are_named() -> None:
    one = vote(eligible=None, present=None, in_favour=None, against=None, issued=20)
    found = judge_vote(one, NOBODY, RULES, DAY)
    assert sentences(found.findings) == [
        "表决“接收陈静为预备党员”还没有填应到会有表决权人数、实到会有表决权人数、赞成、反对，请补填。"
    ]
    assert "应到会有表决权 未填 人，实到会有表决权 未填 人" in found.explanation
    assert "赞成 未填，反对 未填，弃权 1" in found.explanation
    assert "发出选票 20 张，收回 未填 张" in found.explanation


def test_the_text_is_english_where_the_window_is() -> None:
    speak(Language.ENGLISH)
    assert explained(vote())


# ---- figures from the attendance


HEADS = Heads(expected=24, voters=22, present=21, present_voters=20, leave=3)


def test_what_the_vote_does_not_say_comes_from_the_attendance() -> None:
    found = judge_vote(vote(eligible=None, present=None), HEADS, RULES, DAY)
    assert (found.quorum, found.needed, found.passed) == (12, 12, True)
    assert found.findings == ()


def test_what_the_vote_says_goes_before_the_attendance() -> None:
    found = judge_vote(vote(eligible=30, present=20), HEADS, RULES, DAY)
    assert (found.quorum, found.needed) == (16, 16)


def test_an_attendance_that_is_not_marked_to_the_end_says_nothing_of_who_came() -> None:
    open_one = replace(HEADS, leave=2, unmarked=1)
    found = judge_vote(vote(eligible=None, present=None), open_one, RULES, DAY)
    assert (found.quorum, found.valid) == (12, None)


# ---- sums


def test_a_sum_that_does_not_agree_is_named_with_both_numbers() -> None:
    (found,) = vote_findings(vote(written=1, in_favour=15, against=3, abstained=0, invalid=1))
    assert found.sentence == (
        "表决“接收陈静为预备党员”：赞成 15、反对 3、弃权 0、废票 1、未收回 0，合计 19；应等于实到会有表决权"
        " 20 人加计票的书面意见 1 份，共 21。相差 2，请逐项核对。"
    )
    assert (found.severity, found.field) == (Severity.ERROR, "votes:v1")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"present": 23, "in_favour": 21},
            "表决“接收陈静为预备党员”的实到会 23 人多于应到会 22 人（均指有表决权的），请核对。",
        ),
        (
            {"written": 3, "in_favour": 21},
            "表决“接收陈静为预备党员”有书面意见 3 份，未到会的有表决权人员只有 2 人，请核对。",
        ),
        (
            {"issued": 21, "returned": 20, "in_favour": 17},
            "表决“接收陈静为预备党员”发出选票 21 张，实到会有表决权 20 人，两数应当相等，请核对。",
        ),
        (
            {"issued": 20, "returned": 21},
            "表决“接收陈静为预备党员”收回选票 21 张，多于发出的 20 张，这次投票无效，应当重新投票。",
        ),
        (
            {"against": -1, "in_favour": 20},
            "表决“接收陈静为预备党员”的反对不能是负数，请改正。",
        ),
        ({"issued": 20, "returned": 20}, None),
        ({"issued": 20}, None),
        ({"present": None}, "表决“接收陈静为预备党员”还没有填实到会有表决权人数，请补填。"),
        ({"present": None, "issued": 20}, "表决“接收陈静为预备党员”还没有填实到会有表决权人数，请补填。"),
    ],
)
def test_figures_that_cannot_be_are_named(changed: dict[str, int | None], said: str | None) -> None:
    assert sentences(vote_findings(vote(**changed))) == ([said] if said else [])


def test_a_vote_without_a_subject_is_called_by_the_person_or_as_such() -> None:
    (by_person,) = vote_findings(vote(subject=" ", against=None))
    assert by_person.sentence == "表决“陈静”还没有填反对，请补填。"
    (nameless,) = vote_findings(vote(subject="", person_name="", against=None))
    assert nameless.sentence == "表决“（未写事项）”还没有填反对，请补填。"


def test_how_it_was_held_is_looked_at_too() -> None:
    not_secret = judge_vote(vote(secret=False), NOBODY, RULES, DAY).findings
    assert sentences(not_secret) == ["表决“接收陈静为预备党员”应当采用无记名投票，请核对是否漏标“无记名”。"]
    assert not_secret[0].rule == "中国共产党发展党员工作细则（2026）第二十条"
    in_committee = judge_vote(vote(eligible=22, written=2), NOBODY, RULES, DAY, of_committee=True).findings
    assert sentences(in_committee) == [
        "表决“接收陈静为预备党员”有书面意见 2 份，按规定不计入票数；请核对各项票数里没有把它们算进去。"
    ]


# ---- kinds


def test_an_election_is_judged_as_one() -> None:
    election = Vote("v1", "选举", VoteKind.ELECTION)
    assert isinstance(judge(election, NOBODY, RULES, DAY), ElectionResult)
    assert isinstance(judge(vote(), NOBODY, RULES, DAY), Verdict)
    assert vote_findings(election)
    with pytest.raises(ValueError, match="judge_election"):
        judge_vote(election, NOBODY, RULES, DAY)


def test_every_kind_of_vote_has_its_rules() -> None:
    for kind in VoteKind:
        assert judge(vote(kind=kind), NOBODY, RULES, DAY).explanation.startswith("规则：")
    membership = {kind for kind in VoteKind if is_on_membership(vote(kind=kind))}
    assert membership == {
        VoteKind.ADMISSION,
        VoteKind.CONFIRMATION,
        VoteKind.EXTENSION,
        VoteKind.CANCELLATION,
    }


# ---- thresholds


def rule(rule_id: str, value: int, tag: str = "verified") -> Rule:
    return Rule(rule_id, value, "percent", "1", date(2018, 1, 1), None, f"来源{rule_id}", tag)


@settings(deadline=None)
@given(st.integers(0, 500), st.integers(1, 100), st.integers(0, 1))
def test_a_threshold_is_the_first_number_that_is_enough(base: int, percent: int, strict: int) -> None:
    threshold = Threshold(rule("a", percent), bool(strict))
    beyond = base * percent + strict
    assert threshold.least(base) == next(n for n in range(base + 2) if 100 * n >= beyond)


def test_thresholds_are_spoken_of_as_clerks_do() -> None:
    assert Threshold(rule("a", 50), strict=False).words("应到会人数") == "不少于应到会人数的半数"
    assert Threshold(rule("a", 80), strict=True).words("应到会人数") == "超过应到会人数的五分之四"
    assert Threshold(rule("a", 60), strict=True).words("应到会人数") == "超过应到会人数的60%"


def test_at_least_half_may_be_chosen_where_the_organisation_reads_it_so() -> None:
    loose = tuple(replace(one, value=0) if one.id == "ordinary_quorum_strict" else one for one in RULES.rules)
    half = vote(kind=VoteKind.ORDINARY, eligible=20, present=10, in_favour=10, against=0, abstained=0)
    found = judge_vote(half, NOBODY, RuleBook(loose), DAY)
    assert (found.valid, found.quorum, found.passed, found.needed) == (True, 10, False, 11)
    assert "有表决权的到会人数不少于应到会有表决权人数的半数的，会议有效" in found.explanation


def test_a_source_is_named_once() -> None:
    assert sources([rule("a", 1), rule("b", 1, "from memory"), rule("a", 2)]) == "来源a；来源b，待核对原文"
    assert clauses("一", "", "二") == "一；二"


FIGURES = st.integers(0, 40)


@settings(deadline=None)
@given(eligible=FIGURES, present=FIGURES, in_favour=FIGURES, against=FIGURES, abstained=FIGURES)
def test_what_passes_has_more_than_half_of_all_and_a_quorum_and_its_sum_agrees(
    eligible: int, present: int, in_favour: int, against: int, abstained: int
) -> None:
    one = vote(eligible=eligible, present=present, in_favour=in_favour, against=against, abstained=abstained)
    found = judge_vote(one, NOBODY, RULES, DAY)
    if found.passed:
        assert 2 * in_favour > eligible
        assert 2 * present > eligible
        assert present <= eligible
        assert in_favour + against + abstained == present
    elif found.passed is False and found.valid:
        assert 2 * in_favour <= eligible
