"""The words of the evaluations of an invented branch. Always Chinese, as on paper."""

from __future__ import annotations

APPRAISAL_HEAD = {
    "notice": "滨江机关工委通知",
    "scheme": "集中学习两次，开展谈心谈话，征求服务对象意见，再召开党员大会自评、互评和测评。",
    "meeting_ref": "党员大会",
    "place": "三楼会议室",
    "decided_at": "支部委员会会议",
    "channel": "单位公开栏",
    "opinions_to": "支部组织委员",
    "objections": "公示期内没有收到反映。",
    "report_course": "应参加评议的党员全部参加，按准备、自评、互评、测评、评定、反馈、公示的步骤进行。",
    "report_problems": "理论学习不够系统，深入窗口调研不够多。",
    "report_measures": "每月集中学习一次，支委每季度到窗口值班一天。",
    "report_use": "评为优秀的给予表扬；评为基本合格的由支委谈话帮助。",
}
SECRETARY_HEAD = {
    "meeting_ref": "党员大会",
    "place": "三楼会议室",
    "duty": "落实“三会一课”，组织主题党日十二次，完成数据平台升级任务。",
    "integrity": "遵守中央八项规定精神，没有违规情况。",
    "problems": "对年轻党员的谈心谈话不够经常。",
    "causes": "抓业务多，抓思想工作的时间安排不够。",
    "intentions": "每月与两名党员谈心，支部工作和业务工作一起部署。",
}
RECTIFICATION = (
    {"problem": "谈心谈话不够经常", "measure": "每月与两名党员谈心并记录", "responsible": "周建国"},
    {
        "problem": "党小组活动形式单一",
        "measure": "每季度由一个党小组承办主题党日",
        "responsible": "各党小组组长",
    },
)
OPINION = "能够参加组织生活，但是多次没有按时完成党小组交办的任务。"
LOWER_REASON = "全年多次未按时完成党小组交办的任务，支委会研究后评定。"
IMPROVEMENT = "按时完成交办任务，每季度向党小组汇报一次。"
DEEDS = (
    "全年在服务窗口值班 46 天，主动承担数据平台升级，组织三次业务培训，带动全组按期完成任务。",
    "牵头整理三年的办事档案，改进查询办法，群众查询时间由半天缩短到十分钟。",
    "坚持每周走访服务对象，收集意见 38 条，办结 36 条，其余两条已经列入计划。",
)
TARGETS = ("平台升级按期上线", "窗口材料一次告知", "年度数据核查", "服务对象回访")
