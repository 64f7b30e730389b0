"""The numbers that the program goes by, with their sources."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from branchdesk import clock
from branchdesk.forms.rules import shipped_rules
from branchdesk.i18n import _, later
from branchdesk.rulebook import Rule
from branchdesk.ui.desk import Desk
from branchdesk.ui.look import px
from branchdesk.ui.widgets.layouts import column
from branchdesk.ui.widgets.tables import SimpleTable
from branchdesk.ui.widgets.texts import Note

_RULE_WORDS = {
    "admission_age": later("入党最低年龄"),
    "probation_months": later("预备期"),
    "longest_probation_months": later("预备期最长（含延长）"),
    "branch_full_members": later("成立党支部的正式党员数"),
    "branch_most_members": later("党支部的党员数上限"),
    "committee_full_members": later("设支委会的正式党员数"),
    "committee_most_seats": later("支委会人数上限"),
    "committee_fewest_seats": later("支委会人数下限"),
    "branch_term_years": later("支部任期"),
    "village_term_years": later("村、社区支部任期"),
    "committee_term_years": later("党委任期"),
    "term_reminder_months": later("届满提醒提前"),
    "bin_days": later("回收站保留"),
    "backup_all_days": later("备份全部保留"),
    "backup_daily": later("每日备份保留"),
    "backup_weekly": later("每周备份保留"),
    "backup_monthly": later("每月备份保留"),
    "backup_every_minutes": later("自动备份间隔"),
    "backup_warn_days": later("备份提醒"),
    "backup_alarm_days": later("备份警示"),
    "password_length": later("口令最短"),
    "ordinary_quorum_percent": later("一般表决到会"),
    "ordinary_quorum_strict": later("一般表决到会须超过"),
    "ordinary_majority_percent": later("一般表决赞成"),
    "ordinary_written": later("一般表决计书面意见"),
    "admission_quorum_percent": later("接收、转正到会"),
    "admission_quorum_strict": later("接收、转正到会须超过"),
    "admission_majority_percent": later("接收、转正赞成"),
    "admission_written": later("接收、转正计书面意见"),
    "admission_secret": later("接收、转正无记名"),
    "people_per_vote": later("接收、转正一次表决"),
    "committee_quorum_percent": later("支委会到会"),
    "committee_quorum_strict": later("支委会到会须超过"),
    "committee_majority_percent": later("支委会赞成"),
    "committee_written": later("支委会计书面意见"),
    "election_quorum_percent": later("选举到会"),
    "election_quorum_strict": later("选举到会须超过"),
    "election_majority_percent": later("当选得票"),
    "candidates_more_percent": later("候选人差额"),
    "election_secret": later("选举无记名"),
    "election_written": later("选举计书面意见"),
    "election_stand": later("候选人须有被选举权"),
    "reduce_seats_percent": later("减少名额须同意"),
    "study_hour_minutes": later("一个学时"),
    "study_steps_per_hour": later("一个学时分成"),
    "study_hours_member": later("党员每年学时"),
    "study_hours_leader": later("书记、委员每年学时"),
    "study_half_month": later("学时中期提醒在"),
    "study_half_percent": later("学时中期应完成"),
    "study_full_month": later("学时年底提醒在"),
    "copied_percent": later("记录雷同提醒"),
    "copied_least_characters": later("记录雷同最少字数"),
    "late_entry_days": later("算作补录的天数"),
    "same_people_elsewhere": later("同一时间同几个人"),
    "assumed_minutes": later("没写结束时算作"),
    "inspection_issue_day": later("检查表下发在首月"),
    "inspection_self_check_day": later("自查截止在末月"),
    "inspection_visit_day": later("检查截止在次月"),
    "inspection_feedback_days": later("检查后反馈"),
    "rectify_days": later("整改时限"),
    "verify_days": later("整改后验证"),
    "inspectors_least": later("检查人最少"),
    "spot_checks_least": later("每季度抽查最少"),
    "spot_check_size": later("抽查样本"),
    "secretary_lectures": later("书记每年讲党课"),
    "excellent_share_parts": later("“优秀”一般不超过"),
    "ballots_least": later("显示测评结果至少"),
    "publicity_days": later("公示不少于"),
    "deeds_longest": later("事迹材料最长"),
    "absence_most": later("缺席超过就不评星"),
}
_UNITS = {
    "year": later("年"),
    "month": later("个月"),
    "week": later("周"),
    "day": later("天"),
    "minute": later("分钟"),
    "person": later("名"),
    "character": later("字"),
    "hour": later("学时"),
    "percent": "%",
    "step": later("份"),
    "monthday": later("日"),
    "working_day": later("个工作日"),
    "time": later("次"),
    "sample": later("人（件）"),
    "part": later("分之一"),
    "ballot": later("张有效票"),
}
_FLAG = "flag"
_TAGS = {
    "verified": later("已核对原文"),
    "from memory": later("待核对"),
    "program": later("程序约定"),
}


class RulesPage(QWidget):
    """The numbers that the program goes by, with their sources."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        del desk
        box = column(gap=10, parent=self)
        box.addWidget(
            Note(
                _("检查和提醒按下面的规则进行；按事情发生的日期选用当时有效的版本。标“待核对”的请对照原文。")
            )
        )
        table = SimpleTable([_("规则"), _("现行"), _("起"), _("核对"), _("依据")])
        table.setAccessibleName(_("规则"))
        table.setMinimumHeight(px(320))
        book, today = shipped_rules(), clock.today()
        rows = []
        for rule_id in dict.fromkeys(rule.id for rule in book.rules):
            rule = book.at(rule_id, today)
            rows.append(
                (
                    _(_RULE_WORDS[rule.id]),
                    _value(rule),
                    rule.effective_from.strftime("%Y.%m.%d"),
                    _(_TAGS[rule.tag]),
                    rule.source,
                )
            )
        table.show_rows(rows)
        box.addWidget(table, 1)


def _value(rule: Rule) -> str:
    """A number with its unit; a rule that only holds or not says so."""
    if rule.unit == _FLAG:
        return _("是") if rule.value else _("否")
    return f"{rule.value} {_(_UNITS[rule.unit])}"
