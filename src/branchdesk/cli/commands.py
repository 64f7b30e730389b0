"""The table of commands: what each is for and what may be written behind it."""

from __future__ import annotations

from pathlib import Path

from branchdesk.cli.arguments import (
    Argument,
    Command,
    read_category,
    read_count,
    read_day,
    read_folder,
    read_month,
    read_year,
)
from branchdesk.cli.paper_choices import (
    DAILY_PAPERS,
    EVALUATION_PAPERS,
    INSPECTION_PAPERS,
    MEETING_PAPERS,
    POINTS_PAPERS,
)
from branchdesk.i18n import Language, later

_FOLDER = Argument(("folder",), later("支部文件所在的文件夹"), later("支部文件夹"), read_folder)
_PERSON = Argument(
    ("--person",), later("由谁打开；不写就是唯一的、或第一位使用人"), later("姓名"), default=""
)
_PASSWORD_FILE = Argument(
    ("--password-file",), later("第一行是口令的文件；不写就从键盘输入"), later("文件"), Path
)
_FORCE = Argument(("--force",), later("已有的同名文件也照写，原来的会被替换"))
_ON = Argument(("--on",), later("截至哪一天，如 2026.06.29；不写就是今天"), later("日期"), read_day)
_PLACE = Argument(
    ("--place",),
    later("只要这个支部或党小组；有重名时写成“支部/小组”"),
    later("名称"),
    default="",
)
_ORDER = Argument(
    ("--order",),
    later("怎样排"),
    later("次序"),
    choices={
        "posts": later("按党内职务"),
        "pinyin": later("按姓名拼音"),
        "strokes": later("按姓氏笔画"),
        "entered": later("按录入先后"),
    },
)
_MASKED = Argument(("--masked",), later("证号和电话只露头尾"))
_OUTPUT = Argument(("-o", "--output"), later("写到哪个文件"), later("文件"), Path, required=True)
_YEAR = Argument(("--year",), later("哪一年，如 2026；不写就是今年"), later("年份"), read_year)
_MEETING = Argument(
    ("meeting",),
    later("哪一次会议：列表第一栏的编号，如 2026-支部党员大会-4"),
    later("会议编号"),
)
_FORM = Argument(("form",), later("表单文件，或程序自带表单的代号"), later("表单"))

_INSPECTION = Argument(
    ("inspection",),
    later("哪一份检查表：列表第一栏的编号，如 2026-党建工作检查表-3"),
    later("检查表编号"),
)
_EVALUATION = Argument(
    ("evaluation",),
    later("哪一次评议：列表第一栏的编号，如 2026-民主评议党员-1"),
    later("评议编号"),
)
_ANY_OUTPUT = Argument(
    ("-o", "--output"),
    later("写到哪个文件；以 .docx 结尾就写成 Word，以 .xlsx 结尾就写成 Excel"),
    later("文件"),
    Path,
    required=True,
)

COMMANDS = (
    Command(
        "create",
        later("建立新的支部文件"),
        (
            _FOLDER,
            Argument(("--name",), later("党组织全称，与印章一致"), later("全称"), required=True),
            Argument(("--short",), later("简称"), later("简称"), default=""),
            Argument(("--code",), later("组织代码"), later("代码"), default=""),
            Argument(("--superior",), later("上级党组织的名称"), later("名称"), default=""),
            Argument(("--secretary",), later("书记姓名"), later("姓名"), default=""),
            Argument(("--group",), later("党小组，可以写几个"), later("名称"), several=True),
            Argument(("--clerk",), later("您的姓名，以后由您打开"), later("姓名"), required=True),
            Argument(("--card",), later("把恢复卡写成 PDF；不写就把密钥显示一次"), later("文件"), Path),
            _PASSWORD_FILE,
            _FORCE,
        ),
        later("恢复卡是忘记口令时唯一的钥匙，请打印后封存，由书记保管。"),
    ),
    Command(
        "import-roster",
        later("导入名册（Excel、WPS 或 CSV）"),
        (
            _FOLDER,
            Argument(("workbook",), later("名册文件；不会被改动"), later("名册文件"), Path),
            Argument(("--dry-run",), later("只看一遍，什么都不写")),
            Argument(("--refused",), later("把没有导入的行连同原因写成 Excel"), later("文件"), Path),
            Argument(
                ("--category",), later("没有写明类别的新党员算哪一类"), later("人员类别"), read_category
            ),
            Argument(
                ("--doubtful",),
                later("分不清是不是同一个人的行怎么办；不写就先留下并列出来"),
                later("办法"),
                choices={"new": later("当作新党员导入"), "skip": later("不导入，也不再提")},
            ),
            Argument(("--place",), later("表里没有写明支部的人放到哪个支部"), later("支部"), default=""),
            Argument(("--hidden-rows",), later("隐藏的行也导入")),
            Argument(("--damaged-numbers",), later("证号损失末位的行也导入，证号先空着")),
            _PERSON,
            _PASSWORD_FILE,
            _FORCE,
        ),
        later("整批导入是一步，可以在窗口的“修改记录”里一次撤销；导入前先自动备份。"),
    ),
    Command(
        "print",
        later("把名册或党员登记表写成 PDF"),
        (
            Argument(
                ("paper",),
                later("打印哪一种"),
                later("材料"),
                choices={"roster": later("党员名册"), "member": later("党员登记表")},
            ),
            _FOLDER,
            Argument(("-o", "--output"), later("写到哪个文件"), later("文件"), Path, required=True),
            _ON,
            _PLACE,
            _ORDER,
            Argument(("--name",), later("只要这些人的登记表，可以写几个"), later("姓名"), several=True),
            _MASKED,
            _PERSON,
            _PASSWORD_FILE,
            _FORCE,
        ),
    ),
    Command(
        "export-roster",
        later("把名册写成 Excel"),
        (
            _FOLDER,
            Argument(("-o", "--output"), later("写到哪个文件"), later("文件"), Path, required=True),
            _ON,
            _PLACE,
            _ORDER,
            _MASKED,
            _PERSON,
            _PASSWORD_FILE,
            _FORCE,
        ),
    ),
    Command(
        "meetings",
        later("列出一年的会议与活动，以及开够了没有"),
        (
            _FOLDER,
            _YEAR,
            _PLACE,
            Argument(("--kind",), later("只要这一种，如 支部党员大会"), later("会议类型"), default=""),
            Argument(("--counts",), later("再列出每种会议应开、已开和还缺几次")),
            _PERSON,
            _PASSWORD_FILE,
        ),
    ),
    Command("meeting", later("看一次会议的记录"), (_FOLDER, _MEETING, _PLACE, _PERSON, _PASSWORD_FILE)),
    Command(
        "print-meeting",
        later("把一次会议的材料写成 PDF 或 Word"),
        (
            _FOLDER,
            _MEETING,
            Argument(
                ("--paper",),
                later("打印哪一种；不写就是会议记录"),
                later("材料"),
                choices=MEETING_PAPERS,
                default="minutes",
            ),
            Argument(
                ("-o", "--output"),
                later("写到哪个文件；以 .docx 结尾就写成 Word"),
                later("文件"),
                Path,
                required=True,
            ),
            _PLACE,
            _PERSON,
            _PASSWORD_FILE,
            _FORCE,
        ),
    ),
    Command(
        "print-volume",
        later("把一年的会议记录装订成一册 PDF"),
        (_FOLDER, _OUTPUT, _YEAR, _PLACE, _PERSON, _PASSWORD_FILE, _FORCE),
        later("有封面、目录、全部记录、出勤汇总和附件清单，页码从头排到尾。"),
    ),
    Command(
        "inspections",
        later("列出一年的检查表，以及还没有销号的问题"),
        (
            _FOLDER,
            _YEAR,
            _PLACE,
            Argument(("--issues",), later("再列出没有销号的问题，包括以前年度的")),
            _PERSON,
            _PASSWORD_FILE,
        ),
    ),
    Command(
        "inspection",
        later("看一份检查表的得分和问题"),
        (_FOLDER, _INSPECTION, _PLACE, _PERSON, _PASSWORD_FILE),
    ),
    Command(
        "print-inspection",
        later("把一份检查表写成 PDF、Word 或 Excel"),
        (
            _FOLDER,
            _INSPECTION,
            Argument(
                ("--paper",),
                later("打印哪一种；不写就是检查表"),
                later("材料"),
                choices=INSPECTION_PAPERS,
                default="sheet",
            ),
            _ANY_OUTPUT,
            _PLACE,
            _PERSON,
            _PASSWORD_FILE,
            _FORCE,
        ),
    ),
    Command(
        "print-ledger",
        later("把问题整改台账写成 PDF、Word 或 Excel"),
        (
            _FOLDER,
            _ANY_OUTPUT,
            Argument(("--year",), later("只要哪一年的；不写就是全部"), later("年份"), read_year),
            Argument(("--open",), later("只要没有销号的")),
            _PLACE,
            _PERSON,
            _PASSWORD_FILE,
            _FORCE,
        ),
    ),
    Command(
        "dossier",
        later("把一份检查表的全部佐证装订成迎检包 PDF"),
        (_FOLDER, _INSPECTION, _OUTPUT, _PLACE, _PERSON, _PASSWORD_FILE, _FORCE),
        later("每份佐证排在它的检查项下，有目录和书签；没有佐证的检查项会列出来。"),
    ),
    Command(
        "fill-template",
        later("用一份检查表填写上级的 Excel 表格"),
        (
            _FOLDER,
            Argument(("template",), later("上级表格的名称，在窗口里添加过的"), later("上级表格")),
            _INSPECTION,
            _OUTPUT,
            _PLACE,
            _PERSON,
            _PASSWORD_FILE,
            _FORCE,
        ),
        later("只填写设置过的格子，合并单元格、公式和打印区域都不动。"),
    ),
    Command(
        "points",
        later("列出一年的党员积分，或者一名党员的积分是怎样来的"),
        (
            _FOLDER,
            _YEAR,
            _PLACE,
            Argument(("--name",), later("只要这些人，并逐笔说明，可以写几个"), later("姓名"), several=True),
            _PERSON,
            _PASSWORD_FILE,
        ),
    ),
    Command(
        "print-points",
        later("把积分的材料写成 PDF、Word 或 Excel"),
        (
            _FOLDER,
            Argument(
                ("--paper",),
                later("打印哪一种；不写就是公示表"),
                later("材料"),
                choices=POINTS_PAPERS,
                default="publicity",
            ),
            _ANY_OUTPUT,
            _YEAR,
            Argument(("--month",), later("公示哪个月；不写就是最近过完的一个月"), later("月份"), read_month),
            Argument(("--name",), later("只要这些人的明细，可以写几个"), later("姓名"), several=True),
            _PLACE,
            _PERSON,
            _PASSWORD_FILE,
            _FORCE,
        ),
        later("公示表和积分兑换台账可以写成 Excel；台账的 Excel 里有全年的积分明细。"),
    ),
    Command(
        "evaluations",
        later("列出一年的民主评议、星级评选和考核"),
        (_FOLDER, _YEAR, _PLACE, _PERSON, _PASSWORD_FILE),
    ),
    Command(
        "evaluation",
        later("看一次评议的步骤、票数、得分和等次"),
        (_FOLDER, _EVALUATION, _PLACE, _PERSON, _PASSWORD_FILE),
        later("有效票不足规定张数的批次不列票数。"),
    ),
    Command(
        "print-evaluation",
        later("把一次评议的材料写成 PDF、Word 或 Excel"),
        (
            _FOLDER,
            _EVALUATION,
            Argument(
                ("--paper",),
                later("打印哪一种；不写就是情况表"),
                later("材料"),
                choices=EVALUATION_PAPERS,
                default="form",
            ),
            _ANY_OUTPUT,
            Argument(("--name",), later("只要这个人的"), later("姓名"), default=""),
            Argument(("--batch",), later("只要这一批测评票的"), later("批次"), default=""),
            _PLACE,
            _PERSON,
            _PASSWORD_FILE,
            _FORCE,
        ),
        later("写成 Excel 时，票数、得分、等次和步骤都在一个文件里，不用写是哪一种材料。"),
    ),
    Command(
        "daily",
        later("列出一年的日常表现写实，或者一名党员写了什么"),
        (
            _FOLDER,
            _YEAR,
            Argument(("--month",), later("哪个月，和姓名一起写"), later("月份"), read_month),
            Argument(("--name",), later("只要这些人，可以写几个"), later("姓名"), several=True),
            _PLACE,
            _PERSON,
            _PASSWORD_FILE,
        ),
    ),
    Command(
        "print-daily",
        later("把日常表现写实写成 PDF、Word 或 Excel"),
        (
            _FOLDER,
            Argument(
                ("--paper",),
                later("打印哪一种；不写就是月度写实表"),
                later("材料"),
                choices=DAILY_PAPERS,
                default="month",
            ),
            _ANY_OUTPUT,
            _YEAR,
            Argument(("--month",), later("哪个月；不写就是最近过完的一个月"), later("月份"), read_month),
            Argument(("--name",), later("只要这些人的，可以写几个"), later("姓名"), several=True),
            _PLACE,
            _PERSON,
            _PASSWORD_FILE,
            _FORCE,
        ),
        later("写成 Excel 时，全年的统计和每个月的写实都在一个文件里。"),
    ),
    Command(
        "check-form",
        later("检查一个表单文件写得对不对"),
        (_FORM,),
        later("有错时说出在哪一项、错在哪里；没有错就说有几个项目。"),
    ),
    Command(
        "render-form",
        later("用样例把一个表单印成 PDF 看看"),
        (
            _FORM,
            _OUTPUT,
            Argument(("--blank",), later("不填样例，印成空白表")),
            _FORCE,
        ),
    ),
    Command(
        "backup",
        later("做一份备份并核对"),
        (
            _FOLDER,
            Argument(
                ("--to",), later("备份放在哪个文件夹；不写就放在平时的地方"), later("文件夹"), read_folder
            ),
            _PERSON,
            _PASSWORD_FILE,
        ),
    ),
    Command(
        "restore",
        later("从备份恢复到一个文件夹"),
        (
            Argument(("backup",), later("备份文件（.bdbak）"), later("备份文件"), Path),
            Argument(("folder",), later("恢复到哪个文件夹"), later("文件夹"), read_folder),
            _PERSON,
            _PASSWORD_FILE,
            Argument(("--force",), later("文件夹里已有文件也恢复，原来的支部文件改名留在旁边")),
        ),
        later("口令是做备份那时候的口令。"),
    ),
    Command(
        "check",
        later("检查支部文件是否完好，有多少要核对的"),
        (
            _FOLDER,
            Argument(("--findings",), later("把要核对的一条一条列出来")),
            _PERSON,
            _PASSWORD_FILE,
        ),
    ),
    Command(
        "history",
        later("看修改记录"),
        (
            _FOLDER,
            Argument(("--member",), later("只看这名党员的"), later("姓名"), default=""),
            Argument(("--limit",), later("最多看几条"), later("条数"), read_count, default=200),
            _PERSON,
            _PASSWORD_FILE,
        ),
        later("最近的在最上面；证号和电话只露头尾。"),
    ),
    Command("people", later("看谁可以打开这个支部文件（不用口令）"), (_FOLDER,)),
)

HELP = Argument(("-h", "--help"), later("显示这份说明"))
VERSION = Argument(("--version",), later("显示程序的版本"))
LANGUAGE = Argument(
    ("--language",),
    later("用哪种语言说话；不写就和窗口一样"),
    later("语言"),
    choices={Language.CHINESE.value: later("中文"), Language.ENGLISH.value: later("英文")},
)
