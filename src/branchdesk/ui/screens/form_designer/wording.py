"""What the words of the form language are called by clerks."""

from __future__ import annotations

from collections.abc import Mapping

from branchdesk.forms.declarations import INDICATOR, Form
from branchdesk.forms.fields import Field
from branchdesk.forms.parts import (
    BUCKET,
    COLUMN,
    DIMENSIONS,
    FIELD,
    GRADES,
    GROUP,
    PARTS,
    PROCEDURES,
    SECTION,
    SIGNATURE,
    STEPS,
    TABLE,
    Part,
    part_of,
)
from branchdesk.forms.point_words import PointRuleWords
from branchdesk.forms.scheme_edits import rows_of
from branchdesk.i18n import _, _n, later

TYPES: Mapping[str, str] = {
    "text": later("一行文字"),
    "long_text": later("多行文字"),
    "date": later("日期"),
    "time_span": later("起止时间"),
    "choice": later("选一项"),
    "choices": later("可选几项"),
    "yes_no": later("是或否"),
    "member": later("一名党员"),
    "members": later("几名党员"),
    "person_name": later("姓名"),
    "organisation": later("党组织"),
    "number": later("整数"),
    "hours": later("学时"),
    "money": later("金额"),
    "phone": later("电话"),
    "id_number": later("身份证号"),
    "attachments": later("附件"),
    "computed": later("自动得出"),
    "signature": later("手写签名"),
    "indicator": later("检查项"),
}
ROLES: Mapping[str, str] = {
    "when": later("开会时间"),
    "place": later("开会地点"),
    "chair": later("主持人"),
    "recorder": later("记录人"),
    "topic": later("会议名称或主题"),
    "lecturer": later("讲课人"),
    "hours": later("学时"),
}
INSPECTION_ROLES: Mapping[str, str] = {
    "secretary": later("党支部书记"),
    "leader": later("检查组组长"),
    "inspectors": later("检查人"),
    "inspected_on": later("检查日期"),
}
PREFILLS: Mapping[str, str] = {
    "organisation.name": later("本支部全称"),
    "organisation.secretary": later("本支部书记"),
    "clerk.name": later("现在使用的人"),
    "meeting.usual_place": later("上次开会的地点"),
    "meeting.usual_chair": later("上次的主持人"),
    "meeting.usual_recorder": later("上次的记录人"),
    "today": later("今天"),
}
FIGURES: Mapping[str, str] = {
    "attendance.expected": later("应到人数"),
    "attendance.voters": later("应到会有表决权的人数"),
    "attendance.present": later("实到人数"),
    "attendance.present_voters": later("实到会有表决权的人数"),
    "attendance.leave": later("请假人数"),
    "attendance.absent": later("缺席人数"),
    "attendance.absent_names": later("缺席人员及原因"),
    "attendance.rate": later("到会率"),
    "agenda.numbered": later("编号的议题"),
    "duration.minutes": later("会议时长（分钟）"),
    "votes.summary": later("表决结果"),
    "decisions.numbered": later("编号的决议"),
    "files.names": later("附件名称"),
    "meeting.number": later("本年第几次"),
    "organisation.name": later("党组织全称"),
}
SIGNERS: Mapping[str, str] = {
    "chair": later("主持人"),
    "recorder": later("记录人"),
    "secretary": later("书记"),
    "present": later("到会人员"),
    "person": later("本人"),
    "other": later("其他人"),
}
PHASES: Mapping[str, str] = {"before": later("会前"), "held": later("会上"), "after": later("会后")}
EXPECTED: Mapping[str, str] = {
    "members": later("全体党员"),
    "committee": later("支委会委员"),
    "group": later("党小组党员"),
    "chosen": later("每次指定的人"),
}
STUDY_KINDS: Mapping[str, str] = {
    "meeting": later("会议"),
    "training": later("集中培训"),
    "lecture": later("党课"),
    "theme_day": later("主题党日"),
}
RETENTIONS: Mapping[str, str] = {"permanent": later("永久"), "30": later("30年"), "10": later("10年")}
DEDUCTIONS: Mapping[str, str] = {
    "per_time": later("每次"),
    "per_percent": later("按百分比"),
    "missing": later("每缺一次"),
    "manual": later("酌情扣分"),
}
FACTS: Mapping[str, str] = {
    "assembly.missing": later("缺开的党员大会"),
    "assembly.undecided": later("没有议题或决议的党员大会"),
    "committee.missing": later("缺开的支委会"),
    "group.missing": later("缺开的党小组会"),
    "theme_day.missing": later("缺开的主题党日"),
    "theme_day.without_plan": later("没有方案的主题党日"),
    "lecture.missing": later("缺讲的党课"),
    "lecture.secretary_missing": later("书记没有讲的党课"),
    "study.missing": later("缺开的集中学习"),
    "study.faults": later("学习记录缺的要素"),
    "talk.missing": later("缺的谈心谈话"),
    "attendance.rate": later("到会率"),
    "attendance.leave_without_reason": later("没有写事由的请假"),
    "minutes.faults": later("会议记录缺的要素"),
    "study_hours.rate": later("学时达成率"),
    "roster.faults": later("名册的错漏"),
    "term.overdue": later("届满未换届"),
    "posts.vacant": later("空缺的支委职务"),
    "groups.without_leader": later("没有组长的党小组"),
    "life.overdue": later("组织生活会逾期的整改"),
    "problems.open": later("上一期没有销号的问题"),
}
LINE_KINDS: Mapping[str, str] = {
    "score": later("计分"),
    "bonus": later("加分"),
    "veto": later("只作一票否决"),
}
PERIOD_WORDS: Mapping[str, str] = {
    "month": later("每月"),
    "quarter": later("每季度"),
    "half": later("每半年"),
    "year": later("每年"),
}
HOLDS: Mapping[str, str] = {
    "agenda": later("会议议程"),
    "attendance": later("会议签到"),
    "passages": later("会议内容"),
    "votes": later("会议表决"),
    "decisions": later("会议决议"),
    "lines": later("自己的表格"),
}
POINT_FACTS: Mapping[str, str] = {
    "attendance.present": later("到会的会议"),
    "attendance.absent": later("无故缺席的会议"),
    "study.hours": later("学时台账的学时"),
}
POINT_LISTS: Mapping[str, str] = {
    "duty": later("共性清单（人人要做到）"),
    "claim": later("个性清单（各人认领）"),
}
PART_SOURCES: Mapping[str, str] = {
    "self": later("本人自评"),
    "mutual": later("党员互评"),
    "committee": later("支部评"),
    "superior": later("上级评"),
    "ballot": later("测评票"),
    "mass": later("群众评议"),
    "points": later("双积分"),
    "attendance": later("到会记录"),
    "typed": later("考核录入"),
}
MISSING_WORDS: Mapping[str, str] = {
    "excluded": later("不算这一项，其余折算"),
    "zero": later("按 0 分算"),
}
TIE_WORDS: Mapping[str, str] = {"shared": later("名次并列"), "ordered": later("按名单先后排")}
QUOTA_BASE_WORDS: Mapping[str, str] = {
    "graded": later("评等次的人"),
    "taking_part": later("参加评议的人"),
}
DISQUALIFIER_WORDS: Mapping[str, str] = {
    "discipline": later("处分还在影响期"),
    "appraisal_below_qualified": later("上次评议在合格以下"),
    "absence_over": later("缺席组织生活太多"),
}
PUBLICITY_WORDS: Mapping[str, str] = {"publicity_days": later("公示，按规定的工作日")}
GROUP_WORDS: Mapping[str, str] = {
    STEPS: later("评议步骤"),
    PARTS: later("计分项目"),
    GRADES: later("等次"),
    PROCEDURES: later("等次的后续"),
    DIMENSIONS: later("评星维度"),
}
_KINDS: Mapping[str, str] = {
    SECTION: later("部分"),
    FIELD: later("栏目"),
    TABLE: later("表格"),
    COLUMN: later("表格的列"),
    SIGNATURE: later("签名处"),
    BUCKET: later("一类积分"),
}


def kind_word(form: Form, part: Part) -> str:
    """What a part is: the type of a field, the points of a line, what a table holds, else its kind."""
    found = part_of(form, part)
    if isinstance(found, PointRuleWords):
        return _rate(found)
    if isinstance(found, Field):
        return _worth(found) if found.type.name == INDICATOR else _(TYPES[found.type.name])
    if part.kind == TABLE:
        return _(HOLDS[form.tables_by_id[part.id].holds])
    if part.kind == GROUP and form.evaluation is not None:
        return _n("{n} 项", len(rows_of(form.evaluation, part.id)))
    return _(_KINDS[part.kind]) if part.kind in _KINDS else _("整个表单")


def _rate(rule: PointRuleWords) -> str:
    """What a rule of points gives for each unit, or takes off."""
    unit, points = rule.unit_shown(), f"{abs(rule.points).normalize():f}"
    if rule.points < 0:
        return _("每{unit}扣 {n} 分", unit=unit, n=points)
    return _("每{unit} {n} 分", unit=unit, n=points)


def _worth(line: Field) -> str:
    """What a line of an inspection counts for."""
    if line.points is None:
        return _("一票否决")
    points = f"{line.points.normalize():f}"
    return _("加 {n} 分", n=points) if line.bonus else _("{n} 分", n=points)


def name_of(form: Form, part: Part) -> str:
    """What a part is called, with the number of a line or rule; the title of the form for the form itself."""
    found = part_of(form, part)
    if part.kind == GROUP:
        return _(GROUP_WORDS[part.id])
    if isinstance(found, Field | PointRuleWords) and found.number:
        return f"{found.number} {found.shown()}"
    return found.shown() if found is not None else form.shown()
