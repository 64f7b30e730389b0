"""What lies beside an evaluation: history in words, members who go for good, search, and what it costs."""

from __future__ import annotations

from branchdesk.services.evaluations import deciding, heads, planning, reading, scores, stars, steps
from branchdesk.services.history import lines_of_change, record_history
from branchdesk.services.members import move_to_bin
from branchdesk.services.recycle_bin import empty_expired
from branchdesk.services.search import find_evaluations, find_inspections, find_meetings
from branchdesk.storage.branch import Branch
from services.evaluations.scenes import (
    KEY_WORK,
    STARS,
    begin,
    counted,
    evaluation_of,
    named,
    sheet_of,
)
from services.meetings.scenes import House
from services.points.ledgers import WATCH, enter
from support.branches import SettableClock
from support.contents import assert_sound, facts
from support.counting import statements
from support.growth import grow


def told(house: House, seq: int) -> list[tuple[str, str, str]]:
    return [(one.field, one.before, one.after) for one in lines_of_change(house.branch, seq)]


def test_the_history_tells_scores_grades_steps_and_stars_by_their_titles(house: House) -> None:
    uid = begin(house, KEY_WORK)
    he = named(house, uid, "何静").uid
    first = scores.set_scores(house.branch, uid, "quality", {he: "80"})
    assert told(house, first.changes.seq) == [("得分 何静 质量", "", "80")]
    second = scores.set_scores(house.branch, uid, "quality", {he: "95"})
    assert told(house, second.changes.seq) == [("何静 质量 得分", "80", "95")]
    grade = deciding.decide(house.branch, uid, {he: "good"}, "研究")
    assert set(told(house, grade.changes.seq)) == {
        ("何静 等次", "", "良好"),
        ("何静 理由", "", "研究"),
    }
    done = steps.finish_step(house.branch, uid, "targets", "2026.11.2", "已下达")
    assert told(house, done.changes.seq) == [("步骤 下达任务", "", "2026.11.02 已下达")]
    head = heads.set_head(house.branch, uid, {next(iter(sheet_of(house, uid).form.by_id)): "办好实事"})
    assert told(house, head.changes.seq)[0][2]
    out = planning.set_taking_part(house.branch, uid, he, takes_part=False, why="病休")
    assert ("何静 参加评议", "是", "否") in told(house, out.changes.seq)
    lines = record_history(house.branch, uid)
    assert any(
        (one.field, one.after) == ("重点工作量化考核", "新建 2026 年度重点工作量化考核") for one in lines
    )


def test_the_history_tells_stars_and_states(house: House) -> None:
    uid = begin(house, STARS)
    he = named(house, uid, "何静").uid
    made = stars.declare(house.branch, uid, he, "serve")
    assert told(house, made.changes.seq) == [("申报 何静 为民服务之星", "", "自评")]
    moved = stars.move_star(house.branch, uid, made.line, "recommended", {"votes_for": "8", "votes_of": "9"})
    assert set(told(house, moved.changes.seq)) == {
        ("何静 为民服务之星 进展", "自评", "支部推荐"),
        ("何静 为民服务之星 同意票", "", "8"),
        ("何静 为民服务之星 参加表决", "", "9"),
    }
    skipped = steps.skip_step(house.branch, uid, "approve", skipped=True, why="没有党组")
    assert told(house, skipped.changes.seq) == [("步骤 党组研究", "", "不进行 没有党组")]
    undone = house.branch.undo(skipped.changes.seq)
    assert told(house, undone.seq) == [("步骤 党组研究", "不进行 没有党组", "")]


def test_a_member_who_goes_for_good_keeps_name_grade_and_votes(
    house: House, the_clock: SettableClock
) -> None:
    uid = begin(house)
    counted(house, uid, {"何静": {"excellent": 9}})
    he = named(house, uid, "何静").uid
    deciding.decide(house.branch, uid, {he: "excellent"})
    move_to_bin(house.branch, [house.people["何静"]], "录错了")
    the_clock.move(days=400)
    empty_expired(house.branch)
    one = named(house, uid, "何静")
    assert (one.person, one.grade) == (None, "excellent")
    assert sheet_of(house, uid).suggested[he] == "excellent"
    assert_sound(house.branch)


def test_an_evaluation_leaves_the_bin_for_good_with_everything_that_belongs_to_it(
    house: House, the_clock: SettableClock
) -> None:
    uid = begin(house, STARS)
    he = named(house, uid, "何静").uid
    scores.set_cells(house.branch, uid, {(he, "self"): "90"}, "serve")
    stars.declare(house.branch, uid, he, "serve")
    appraisal = begin(house)
    counted(house, appraisal)
    steps.finish_step(house.branch, appraisal, "prepare")
    planning.remove_evaluations(house.branch, [uid, appraisal], "建错了")
    the_clock.move(days=400)
    empty_expired(house.branch)
    left = facts(house.branch)
    for table in (
        *("evaluation_subject", "part_score", "star", "step_done"),
        *("ballot_batch", "ballot_pass", "ballot_count", "record_value"),
    ):
        assert left[table] == {}
    assert_sound(house.branch)


def _statements(branch: Branch, uid: str) -> int:
    with statements(branch) as sent:
        reading.sheet(branch, uid)
    return len(sent)


def test_a_sheet_of_two_hundred_people_takes_as_many_questions_as_one_of_ten(house: House) -> None:
    enter(house, "何静", WATCH)
    small = {kind: begin(house, kind) for kind in (STARS, KEY_WORK)}
    counted(house, small[KEY_WORK], part="satisfaction")
    few = {kind: _statements(house.branch, uid) for kind, uid in small.items()}
    grow(house.branch, 200)
    for kind in (STARS, KEY_WORK):
        uid = begin(house, kind)
        one = sheet_of(house, uid)
        assert len(one.evaluation.subjects) == 200
        part = one.scheme.parts[0].id
        dimension = one.scheme.dimensions[0].id if one.scheme.dimensions else ""
        scores.set_scores(
            house.branch,
            uid,
            part,
            dict.fromkeys((subject.uid for subject in one.evaluation.subjects), "80"),
            dimension,
        )
        if kind == KEY_WORK:
            counted(house, uid, part="satisfaction")
        assert _statements(house.branch, uid) <= few[kind]


def test_writing_scores_of_two_hundred_people_takes_few_statements(house: House) -> None:
    grow(house.branch, 200)
    uid = begin(house, KEY_WORK)
    subjects = [one.uid for one in evaluation_of(house, uid).subjects]
    with statements(house.branch) as sent:
        scores.set_scores(house.branch, uid, "quality", dict.fromkeys(subjects, "80"))
    first = len(sent)
    with statements(house.branch) as sent:
        scores.set_scores(house.branch, uid, "quality", dict.fromkeys(subjects, "85"))
    assert first < 60
    assert len(sent) < 60


def test_a_new_file_has_no_evaluations(branch: Branch) -> None:
    assert reading.evaluation_list(branch) == []
    assert reading.years_of_evaluations(branch) == []
    assert [one.kind for one in reading.kinds_of_evaluations(branch)][:1] == ["evaluation.appraisal"]


def test_an_evaluation_is_found_by_title_and_says_its_state(house: House) -> None:
    uid = begin(house)
    begin(house, STARS)
    found = find_evaluations(house.branch, "民主评议 2026")
    assert [(one.uid, one.title, one.line) for one in found] == [
        (uid, "2026 年度民主评议党员", "民主评议党员 · 进行中")
    ]
    assert find_inspections(house.branch, "民主评议") == []
    assert find_meetings(house.branch, "民主评议") == []
    planning.remove_evaluations(house.branch, [uid], "错了")
    assert find_evaluations(house.branch, "民主评议") == []
