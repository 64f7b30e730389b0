"""What the invented branch of the sample wrote on its inspections. Text of paper, always Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class SampleAnswer:
    """What stands on one line: plan and record, and how often rules apply, by their ids, as typed.

    `check` is the score of the inspectors where they disagree, `reason` why points were taken off.
    """

    record: str = ""
    plan: str = ""
    counts: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    check: str = ""
    reason: str = ""


_PLAN = "上期末支委会排定日期、主题和责任人，印发安排表。"

# By the id of the line in the form of the quarter; what the records answer needs few words.
ANSWERS: Mapping[str, SampleAnswer] = {
    "a5": SampleAnswer("活动室、党旗、制度上墙齐全，公开栏按月更新。"),
    "b1": SampleAnswer("学习计划经支委会研究通过，已印发各党小组。", "宣传委员起草学习计划，交支委会研究。"),
    "b2": SampleAnswer(plan=_PLAN),
    "b4": SampleAnswer("书记结合数据质量讲党课一次，讲稿存档。", "每季度安排一次党课，书记带头讲。"),
    "b5": SampleAnswer("参学率 93%，每月在党小组会上通报。", counts={"below": "93"}),
    "c1": SampleAnswer("党员大会的议题由上月支委会确定，均形成决议。"),
    "c2": SampleAnswer(plan=_PLAN),
    "c4": SampleAnswer("主题党日与社区共建结合，参加人员当场签到。", _PLAN, reason="有一次没有活动方案"),
    "c7": SampleAnswer("谈心谈话结合岗位调整进行，书记、委员分别谈。"),
    "d1": SampleAnswer("确定发展对象 1 人，程序和材料经支委会审查，没有违规情形。"),
    "d2": SampleAnswer("2 名积极分子的半年考察按时完成，联系人记录齐全。"),
    "d3": SampleAnswer("公示、政审、培训材料齐全，装入发展档案。"),
    "d4": SampleAnswer("转出 1 人，介绍信回执已收到。"),
    "d5": SampleAnswer("党费按月核定收缴，季末在公开栏公示。"),
    "d6": SampleAnswer("流动党员、困难党员、老党员台账和联系记录齐全。"),
    "e1": SampleAnswer(
        "支委 5 人月度清单齐全，1 人次月底没有验证。",
        counts={"not_verified": "1"},
        reason="1 人次月底没有验证",
    ),
    "e2": SampleAnswer("开展廉政教育一次，节前提醒有记录。"),
    "e3": SampleAnswer("没有信访和问题线索。"),
    "e4": SampleAnswer(
        "党费收缴情况按时公开，学习计划公开晚了 9 天。", check="2.5", reason="学习计划没有按时公开"
    ),
    "f1": SampleAnswer("重点任务 4 项分解到人，全部按节点完成。"),
    "f2": SampleAnswer("党员示范岗 4 个，评比一次。"),
    "f3": SampleAnswer("到滨江社区开展志愿服务一次，14 人参加。"),
    "f4": SampleAnswer("“数据惠民进社区”项目有阶段总结。"),
    "g1": SampleAnswer(
        "工作写实按月完整，党员日常表现写实缺 2 人月。",
        counts={"missing": "2"},
        reason="党员日常表现写实缺 2 人月",
    ),
    "g2": SampleAnswer("上年度资料已归档，目录与实物相符。"),
    "g3": SampleAnswer("三次报送均按时，数据经组织委员核对。"),
}
NO_ANSWER = SampleAnswer()

# The form of the running quarter is half filled: on these lines nobody has written or confirmed anything yet.
LEFT_FOR_LATER = frozenset({"b5", "c5", "c6", "c7", "e2", "e4", "f1", "f2", "f4", "g1", "g2", "g3", "g4"})

OPINION = "检查情况属实，对指出的问题没有异议，将按时整改。"
# What the inspectors say where they take points off as the branch itself did.
AGREED = "同意自评"
LEADER, INSPECTORS = "孟广平", "孟广平、邹丽"
PAPER_SCHEMES = "其余的方案是纸质件，已存活动档案盒"
PAPER_YEAR = "上一年度的记录是纸质的，已核对记录本"


@dataclass(frozen=True, slots=True)
class SampleIssue:
    """A problem of the finished quarter; `post` is the code of the post of who answers for it."""

    indicator: str
    text: str
    basis: str
    post: str
    measures: str
    lost: str
    progress: str = ""
    result: str = ""
    opinion: str = ""


VERIFIED = SampleIssue(
    "c4",
    "主题党日有一次没有活动方案。",
    "检查表 C4：主题党日有主题方案",
    "publicity",
    "活动前三天把方案报支委会审核，没有方案的不开展。",
    "0.5",
    result="下一次主题党日的方案已提前审核，随记录存档。",
    opinion="查看了方案和审核签字，整改属实，同意销号。",
)
RECTIFYING = SampleIssue(
    "g1",
    "党员日常表现写实缺 2 人月。",
    "检查表 G1：党员日常表现写实按月完整",
    "organisation",
    "党小组长每月末收齐写实表，交组织委员核对。",
    "0.4",
    progress="已补齐 1 人月，另 1 人出差在外，经检查组同意延后。",
)
OVERDUE = SampleIssue(
    "e4",
    "学习计划没有按时公开。",
    "检查表 E4：规定事项按时公开",
    "publicity",
    "列出公开事项清单，宣传委员每月 5 日前对照公开。",
    "0.5",
)

SPOT_FINDING = "档案里的手机号与本人核对不一致。"
