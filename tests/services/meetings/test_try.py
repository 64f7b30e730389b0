import time
from datetime import date

from branchdesk.domain.meetings.model import *
from branchdesk.services import history, organisations, recycle_bin, search
from branchdesk.services.meetings import (
    attending,
    counting,
    deciding,
    editing,
    figures,
    life,
    planning,
    reading,
    voting,
)
from support.branches import *
from support.contents import assert_sound


def test_it(branch, the_clock):
    add(branch, sample_people(12))
    uids = add(
        branch,
        [
            {
                "name": "周建国",
                "category": "正式党员",
                "posts": "书记",
                "group": "第一党小组",
                "admitted_on": "2001.7",
                "confirmed_on": "2002.7",
            },
            {"name": "王敏", "category": "正式党员", "posts": "组织委员"},
            {"name": "赵立新", "category": "正式党员", "posts": "纪检委员"},
        ],
    )
    root = organisations.root_of(branch)
    t = time.time()
    out = planning.plan_meeting(branch, "meeting.assembly", root, {"held": "2026.11.19 15:00-16:40"})
    print("plan", time.time() - t, out)
    m = reading.meeting(branch, out.uid)
    print(m)
    t = time.time()
    print(
        editing.set_values(
            branch, out.uid, {"place": "三楼党员活动室", "chair": "周建国", "recorder": "王敏"}
        )
    )
    print("set", time.time() - t)
    editing.set_agenda(branch, out.uid, [(None, "学习全会精神"), (None, "讨论李明同志转正")])
    attending.mark_all_present(branch, out.uid)
    m = reading.meeting(branch, out.uid)
    attending.mark(
        branch, out.uid, {m.attendance[4].uid: Presence.LEAVE, m.attendance[5].uid: "absent"}, "出差"
    )
    editing.set_minutes(
        branch,
        out.uid,
        "一、学习全会精神\n周建国：领学公报。\n大家讨论。\n二、讨论李明同志转正\n王敏：介绍情况。",
    )
    v = voting.add_vote(
        branch,
        out.uid,
        voting.VoteEntry(
            "同意李明同志按期转为中共正式党员",
            "confirmation",
            agenda=m.agenda[1].uid,
            in_favour="12",
            against="0",
            abstained="0",
            issued="12",
            returned="12",
        ),
    )
    print(v)
    d = deciding.add_decision(
        branch,
        out.uid,
        deciding.DecisionEntry("完成整改", "", responsible="王敏", due_on="2026.12.1")
        if False
        else deciding.DecisionEntry("完成整改", responsible="王敏", due_on="2026.12.1"),
    )
    for s in ("noticed", "held", "drafted"):
        life.move(branch, out.uid, s)
    for f in life.quality(branch, out.uid):
        print(f)
    m = reading.meeting(branch, out.uid)
    print(voting.verdicts(branch, m))
    print(figures.figures(reading.form_of(branch, m), m))
    try:
        life.finalise(branch, out.uid)
    except life.NotFinal as e:
        print(e, e.may_be_accepted)
        if e.may_be_accepted:
            print(life.finalise(branch, out.uid, accept=True))
    print(reading.meeting_list(branch))
    for l in history.record_history(branch, out.uid):
        print(l.field, "|", l.before, "|", l.after, "|", l.source)
    print(search.find_meetings(branch, "全会 活动室"))
    for c in counting.activity_counts(branch, root, date(2026, 10, 1), date(2026, 12, 31)):
        print(c.rule.id, c.period_label, c.due, c.held, c.missing, c.exempt, c.group_name)
    print(counting.study_hours(branch, root, 2026)[:3])
    out2 = planning.plan_like(branch, out.uid)
    m2 = reading.meeting(branch, out2.uid)
    print(m2.agenda, m2.decisions, m2.values)
    print(planning.remove_meetings(branch, [out2.uid], "误建"))
    print(recycle_bin.bin_items(branch))
    assert_sound(branch)
