"""The ways in which clerks write dates and names, as the sample workbooks hold them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

DATES: tuple[tuple[Any, str | None, str], ...] = (
    ("1998.07", None, "年.月"),
    ("199807", None, "六位文字"),
    (199807, None, "六位数字"),
    ("1998-7-1", None, "年-月-日"),
    ("1998年7月", None, "年月"),
    ("1998年7月1日", None, "年月日"),
    (35977, None, "Excel序号"),
    (date(1998, 7, 1), "yyyy/m/d", "日期单元格"),
    (date(1998, 7, 1), 'yyyy"年"m"月"', "只显示年月的日期单元格"),
    (date(1998, 7, 1), "yyyy.mm", "只显示年月的日期单元格，用点"),
    ("二〇〇八年十一月", None, "汉字"),
    ("92.7.1", None, "两位年份"),
    (2024.1, None, "数字2024.1"),
    (2024.1, "0.00", "数字，显示为2024.10"),
    ("2024.10", None, "文字2024.10"),
    ("1998/7/1", None, "年/月/日"),
    ("19980701", None, "八位文字"),
    (19980701, None, "八位数字"),
    ("1998", None, "只有年"),
    ("6.29", None, "没有年份"),
    ("1998.13", None, "没有13月"),
    ("1998.2.30", None, "没有30日"),
    ("１９９８．０７", None, "全角"),
    ("1998.07.00", None, "日为00"),
    ("不详", None, "不是日期"),
    (datetime(1998, 7, 1, 9, 30), "yyyy-mm-dd hh:mm", "带时间"),  # noqa: DTZ001
    (None, None, "空白"),
)

NAMES = (
    *(
        "王　明",
        "王明",
        "王 明",
        " 王明 ",
        "欧阳　娜娜",
        "阿卜杜拉·买买提",
        "阿卜杜拉•买买提",
        "阿卜杜拉．买买提",
    ),
    *("䶮志强", "张彧", "𠮷田远", "㛃玉", "李\u200b敏", "赵\n立新", "刘洋（小）", "ＬＩ ＷＥＩ"),
)
