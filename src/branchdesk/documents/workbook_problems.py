"""Why a file cannot be read as a workbook, and what the clerk can do about it."""

from __future__ import annotations

from enum import Enum

from branchdesk.errors import Problem
from branchdesk.i18n import _, later

_SAVE_AS = later("请用 Excel 或 WPS 打开它，选“另存为”，保存类型选“Excel 工作簿（*.xlsx）”，再导入新文件。")
_SAVE_AGAIN = later(
    "请在 Excel 或 WPS 里打开它，另存为一份新的 .xlsx 再试；打不开时请向发文件的人重新要一份。"
)
_FIND_TABLE = later("请选择 .xlsx、.xls、.et 或 .csv 的表格文件。")


class Reason(Enum):
    """The ways in which a file is not a workbook that can be read: a sentence and the way out."""

    NOTHING = later("“{name}”是空文件，里面什么也没有。"), _FIND_TABLE
    UNKNOWN = later("“{name}”不是表格文件，认不出它的格式。"), _FIND_TABLE
    DAMAGED = later("“{name}”已损坏，没有读完。"), _SAVE_AGAIN
    ENCRYPTED = (
        later("“{name}”有打开密码，读不了。"),
        later("请在 Excel 或 WPS 里用密码打开它，去掉打开密码后另存一份，再导入新文件。"),
    )
    BOMB = (
        later("“{name}”展开后大得不正常，可能被人做了手脚，没有读取。"),
        later("请不要使用这个文件，向发文件的人核实后重新要一份。"),
    )
    TOO_LARGE = (
        later("“{name}”太大，超过了能读取的限度。"),
        later("请在 Excel 或 WPS 里只留下需要的行和列，另存一份再试。"),
    )
    DECLARED = (
        later("“{name}”里有工作簿不该有的声明（DTD），可能被人做了手脚，没有读取。"),
        later("请不要使用这个文件，向发文件的人核实后重新要一份。"),
    )
    EMPTY = (
        later("“{name}”里没有内容，所有工作表都是空的。"),
        later("请核对是不是选错了文件；内容是图片时，程序读不出来。"),
    )
    MISSING = later("找不到“{name}”。"), later("文件可能被移走或改了名，U 盘可能已拔出；请重新选择。")
    FOLDER = later("“{name}”是文件夹，不是文件。"), later("请选择文件夹里的表格文件。")
    REFUSED = (
        later("“{name}”打不开：正被别的程序使用，或不允许读取。"),
        later("请先在 Excel 或 WPS 里关闭它再试；仍不行时，把它复制到桌面后再导入。"),
    )
    UNREADABLE = (
        later("“{name}”读不出来，磁盘或 U 盘可能有问题。"),
        later("请把文件复制到本机硬盘上再试。"),
    )
    LOCK_FILE = (
        later("“{name}”是 Excel 或 WPS 打开文件时留下的临时文件，不是表格本身。"),
        later("请选择名字前面没有“~$”的那个文件。"),
    )
    WEB_PAGE = later("“{name}”其实是网页（HTML），只是名字像表格。"), _SAVE_AS
    OLD_XML = later("“{name}”是 2003 版的 XML 表格，不能直接读取。"), _SAVE_AS
    OPEN_DOCUMENT = later("“{name}”是 OpenDocument 表格（.ods），不能直接读取。"), _SAVE_AS
    BINARY_BOOK = later("“{name}”是二进制工作簿（.xlsb），不能直接读取。"), _SAVE_AS
    OTHER_OFFICE = (
        later("“{name}”里没有能读取的工作表；它可能是旧版 WPS 表格、Word 文档或别的文档。"),
        _SAVE_AS,
    )
    WORD = (
        later("“{name}”是 Word 文档，不是表格。"),
        later("请把文档里的表格复制到 Excel 或 WPS 表格里，保存为 .xlsx 再导入。"),
    )
    PDF = later("“{name}”是 PDF，不是表格。"), later("请向发文件的人要 Excel 表格；扫描件和 PDF 不能导入。")
    PICTURE = later("“{name}”是图片，不是表格。"), later("请向发文件的人要 Excel 表格；图片不能导入。")
    ARCHIVE = later("“{name}”是压缩包。"), later("请先解压，再选择里面的表格文件。")
    QUOTES = (
        later("“{name}”第 {place} 行起的引号没有成对，后面的内容会连成一格。"),
        later("请用 Excel 或 WPS 打开这个文件，核对这一行，另存为 .xlsx 再导入。"),
    )

    @property
    def sentence(self) -> str:
        """What is wrong, before its places are filled."""
        return self.value[0]

    @property
    def advice(self) -> str:
        """What to do about it."""
        return self.value[1]


class Unreadable(Exception):
    """A reader gives up on a file; whoever knows the name of the file makes a Problem of it."""

    def __init__(self, reason: Reason, place: int = 0) -> None:
        super().__init__(reason, place)
        self.reason = reason
        self.place = place


def problem_of(reason: Reason, name: str, place: int = 0) -> Problem:
    """The Problem for the file called `name`; `place` is a line where the reason knows one."""
    return Problem(_(reason.sentence, name=name, place=place), _(reason.advice))
