"""Everything the window can do by name: one list for menus, keys, the search box and the sheet of keys."""

from __future__ import annotations

from dataclasses import dataclass

from branchdesk.i18n import later

FILE, EDIT, VIEW, RECORD, REPORTS, TOOLS, HELP = (
    later("文件"),
    later("编辑"),
    later("视图"),
    later("记录"),
    later("报表"),
    later("工具"),
    later("帮助"),
)
MENUS = (FILE, EDIT, VIEW, RECORD, REPORTS, TOOLS, HELP)


@dataclass(frozen=True)
class Command:
    """One thing to do.

    `does` is `screen:` with a screen and perhaps a target, or a method of the screen in front (`page.`), the
    window, the desk, the looks or the keeper of backups (`safe.`); a leading `-` asks it to go backwards.
    `keys` are its shortcuts.
    """

    menu: str
    label: str
    does: str
    keys: tuple[str, ...] = ()
    writes: bool = False


COMMANDS = (
    Command(FILE, later("立即备份"), "safe.back_up_now"),
    Command(FILE, later("整份带走…"), "safe.carry_away"),
    Command(FILE, later("从备份恢复…"), "window.leave_for_restore"),
    Command(FILE, later("打开另一个支部…"), "window.leave_for_another"),
    Command(FILE, later("锁定"), "window.lock", ("Ctrl+L",)),
    Command(FILE, later("退出"), "window.close", ("Ctrl+Q",)),
    Command(EDIT, later("撤销"), "desk.undo", ("Ctrl+Z",), writes=True),
    Command(EDIT, later("恢复"), "desk.redo", ("Ctrl+Y", "Ctrl+Shift+Z"), writes=True),
    Command(EDIT, later("本页筛选"), "page.find_here", ("Ctrl+F",)),
    Command(EDIT, later("搜人、会议、功能"), "screen:search", ("Ctrl+K",)),
    Command(EDIT, later("保存"), "window.say_saved", ("Ctrl+S",)),
    Command(VIEW, later("放大字号"), "looks.larger", ("Ctrl+=", "Ctrl++")),
    Command(VIEW, later("缩小字号"), "looks.smaller", ("Ctrl+-",)),
    Command(VIEW, later("标准字号"), "looks.standard", ("Ctrl+0",)),
    Command(VIEW, later("明细窗格"), "page.toggle_details", ("F4",)),
    Command(VIEW, later("专注（只留表格）"), "page.toggle_focus", ("F11",)),
    Command(VIEW, later("刷新"), "page.refresh", ("F5",)),
    Command(VIEW, later("下一个窗格"), "page.next_pane", ("F6",)),
    Command(VIEW, later("上一个窗格"), "-page.next_pane", ("Shift+F6",)),
    Command(RECORD, later("新建"), "page.begin_new", ("Ctrl+N",), writes=True),
    Command(RECORD, later("新建会议…"), "screen:meetings:new", writes=True),
    Command(RECORD, later("新建检查表…"), "screen:inspections:new", writes=True),
    Command(RECORD, later("新建评议…"), "screen:evaluations:new_evaluation", writes=True),
    Command(RECORD, later("民主评议和考核：评分"), "screen:evaluations:scores"),
    Command(RECORD, later("民主评议：录票、计票"), "screen:evaluations:ballots"),
    Command(RECORD, later("民主评议：评定等次"), "screen:evaluations:grades"),
    Command(RECORD, later("积分加一笔…"), "screen:evaluations:new", writes=True),
    Command(RECORD, later("自动记分…"), "screen:evaluations:automatic", writes=True),
    Command(RECORD, later("双积分明细"), "screen:evaluations:points"),
    Command(RECORD, later("日常写实"), "screen:evaluations:daily"),
    Command(RECORD, later("积分兑换"), "screen:evaluations:exchange"),
    Command(RECORD, later("登记变动…"), "page.record_event", writes=True),
    Command(RECORD, later("移到回收站…"), "page.delete_selected", writes=True),
    Command(RECORD, later("下一个问题"), "page.next_finding", ("F8",)),
    Command(RECORD, later("上一个问题"), "-page.next_finding", ("Shift+F8",)),
    Command(RECORD, later("下一条"), "page.step_record", ("Alt+Down",)),
    Command(RECORD, later("上一条"), "-page.step_record", ("Alt+Up",)),
    Command(REPORTS, later("打印"), "page.print_here", ("Ctrl+P",)),
    Command(REPORTS, later("打印党员名册"), "screen:print_roster"),
    Command(REPORTS, later("打印全部登记表"), "screen:print_sheet"),
    Command(REPORTS, later("导出名册到 Excel"), "screen:roster_export"),
    Command(REPORTS, later("打印本年会议记录册"), "screen:print_volume"),
    Command(REPORTS, later("导出会议台账到 Excel"), "screen:meetings_export"),
    Command(REPORTS, later("打印问题台账"), "screen:print_ledger"),
    Command(REPORTS, later("导出问题台账到 Excel"), "screen:ledger_export"),
    Command(REPORTS, later("打印党员积分公示表"), "screen:print_points"),
    Command(REPORTS, later("导出党员积分到 Excel"), "screen:points_export"),
    Command(REPORTS, later("打印日常表现写实表"), "screen:print_daily"),
    Command(REPORTS, later("导出日常写实到 Excel"), "screen:daily_export"),
    Command(TOOLS, later("导入 Excel 名册"), "screen:roster_import", writes=True),
    Command(TOOLS, later("表单设计"), "screen:form_designer"),
    Command(TOOLS, later("设置"), "screen:settings"),
    Command(TOOLS, later("回收站"), "screen:recycle_bin"),
    Command(TOOLS, later("输入法自检"), "screen:settings:input"),
    Command(HELP, later("帮助手册"), "window.open_help", ("F1",)),
    Command(HELP, later("快捷键表"), "screen:help:keys"),
    Command(HELP, later("导出诊断信息…"), "screen:diagnosis"),
    Command(HELP, later("关于"), "screen:about"),
)
