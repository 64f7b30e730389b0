"""How a command ends: its exit code, and the sentence that explains it."""

from __future__ import annotations

from enum import IntEnum

from branchdesk.i18n import later


class Ending(IntEnum):
    """The exit codes of every command."""

    FINE = 0
    PROBLEM = 1
    USAGE = 2
    LOOK = 3
    BUG = 70
    STOPPED = 130


# What each exit code says, for the end of the help.
MEANINGS = {
    Ending.FINE: later("办完了，没有要核对的。"),
    Ending.PROBLEM: later("没有办成；原因和办法已经写在屏幕上。"),
    Ending.USAGE: later("命令写得不对，什么都没有做。"),
    Ending.LOOK: later("办完了，但有要核对的：存疑或没有导入的行、印不出的字、对不上的记录。"),
    Ending.BUG: later("程序自己出错了；已经保存的内容都在。"),
    Ending.STOPPED: later("按 Ctrl+C 停下了，什么都没有改动。"),
}
