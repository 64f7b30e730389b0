"""What stands above the headings of a sheet: its title, who filled it in, and as of when (domain 13.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from branchdesk.domain.sheet_grid import GridRow

_FILLED = "(?:填报|填表|上报|报送|制表|编制|统计)?"
_UNIT_LABEL = _FILLED + r"(?:单位|党组织|党支部|支部|党总支|党委)(?:名称|全称)?(?:\((?:盖章|公章|章)\))?\s*:"
_DAY_LABEL = "(?:填报|填表|上报|报送|制表|编制|统计|截止|截至)?(?:时间|日期|年月)\\s*:"
_UNIT = re.compile(_UNIT_LABEL + r"\s*(?P<value>.*)", re.DOTALL)
_DAY = re.compile(_DAY_LABEL + r"\s*(?P<value>.*)", re.DOTALL)
_ANY_LABEL = re.compile(rf"{_UNIT_LABEL}|{_DAY_LABEL}|[^\s:]{{2,8}}:|\s{{3,}}")
_DATE = r"(?:\d{4}|[〇○零一二三四五六七八九]{4})\s*(?:年|[.\-/])\s*\S{0,12}"
_UP_TO = re.compile(rf"截[至止]到?\s*(?P<value>{_DATE})")
_IN_BRACKETS = re.compile(rf"\((?P<value>{_DATE}?)\)")
_ENDS = " \t\n\u3000,，;；。"
_BRACKETS = "()（）"
_HALF_WIDTH = {sign: sign - 0xFEE0 for sign in range(0xFF01, 0xFF5F)} | {0x3000: " ", ord("\n"): " "}
_ORGANISATION = re.compile(r"党支部|支部|党总支|总支|党委|党组织|党小组|委员会")
_PLAIN_SHEET = re.compile(
    r"(sheet|工作表|表|表格)\s*\(?\d*\)?|.*(汇总|合计|总表|花名册|名册|在册|台账|名单|登记表|信息|统计|说明|填表|模板|样表|示例|字典|代码).*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Titles:
    """What the rows above the headings say, as they say it; empty where they do not."""

    title: str = ""
    unit: str = ""
    as_of: str = ""


def read_titles(rows: Sequence[GridRow]) -> Titles:
    """The title, the unit that filled in the sheet, and the time, from the rows above the headings."""
    title = unit = as_of = ""
    for row in rows:
        texts = [text.strip() for text in row.texts if text]
        unit = unit or _after(_UNIT, texts)
        as_of = as_of or _after(_DAY, texts) or _day_within(texts)
        if texts and not any(_ANY_LABEL.match(_plain(text)) for text in texts):
            title = title or texts[0]
    return Titles(title, unit, as_of)


def _plain(text: str) -> str:
    """A text with half-width brackets, colons and digits; each sign stays in its place."""
    return text.translate(_HALF_WIDTH)


def _day_within(texts: Sequence[str]) -> str:
    """A day that stands inside a title: 截至2026年9月30日, （2026年）."""
    for text in texts:
        found = _UP_TO.search(_plain(text)) or _IN_BRACKETS.search(_plain(text))
        if found:
            return text[found.start("value") : found.end("value")].strip(_ENDS + _BRACKETS)
    return ""


def _after(label: re.Pattern[str], texts: Sequence[str]) -> str:
    """What follows a label, in its cell or, where nothing does, in the next."""
    for place, text in enumerate(texts):
        plain = _plain(text)
        found = label.search(plain)
        if found is None:
            continue
        start = found.start("value")
        end = _ANY_LABEL.search(plain, start)
        value = text[start : end.start() if end else None].strip(_ENDS)
        if value or end or place + 1 == len(texts) or _ANY_LABEL.match(_plain(texts[place + 1])):
            return value
        return texts[place + 1]
    return ""


def names_organisation(sheet: str, *, among_several: bool) -> bool:
    """Whether the name of a sheet may be the name of an organisation.

    Where several sheets are built alike, any name that is not a plain one may be: 机关, 后勤, 离退休.
    """
    if _ORGANISATION.search(sheet):
        return True
    return among_several and not _PLAIN_SHEET.fullmatch(sheet.strip())
