"""The papers that commands print, and what each is called."""

from __future__ import annotations

from branchdesk.i18n import later

INSPECTION_PAPERS = {
    "sheet": later("检查表"),
    "explanation": later("计分过程"),
    "summary": later("季度小结"),
    "blank": later("供手工填写的预填表"),
}
POINTS_PAPERS = {
    "publicity": later("党员积分公示表"),
    "member": later("党员积分明细，每人一页"),
    "duties": later("共性清单"),
    "tasks": later("个性清单"),
    "redemptions": later("积分兑换台账"),
    "rewards": later("兑换物品清单"),
}
MEETING_PAPERS = {
    "minutes": later("会议记录"),
    "summary": later("会议纪要"),
    "notice": later("会议通知"),
    "sign_in": later("签到表"),
    "votes": later("计票结果报告单"),
    "ballots": later("表决票、选票"),
    "absent": later("缺席人员名单"),
    "make_up": later("补课单"),
}
DAILY_PAPERS = {
    "month": later("月度写实表，每人一页"),
    "year": later("年度汇总表，每人一份"),
}
EVALUATION_PAPERS = {
    "form": later("情况表"),
    "plan": later("工作方案"),
    "notice": later("通知"),
    "self_review": later("个人自评材料"),
    "mutual_review": later("互评意见记录"),
    "debrief": later("述职报告"),
    "ballot": later("测评票"),
    "tally": later("测评结果汇总表"),
    "committee": later("测评表"),
    "stars_form": later("申报审核表"),
    "card": later("考核卡"),
    "decision": later("组织评定意见"),
    "registration": later("登记表"),
    "summary": later("汇总表"),
    "ranking": later("得分汇总表"),
    "explanation": later("计分说明"),
    "feedback": later("反馈通知"),
    "publicity": later("公示"),
    "report": later("情况报告"),
    "measures": later("整改清单"),
    "commendation": later("表彰决定和名单"),
    "plaque": later("挂牌"),
    "desk_card": later("桌牌"),
}
