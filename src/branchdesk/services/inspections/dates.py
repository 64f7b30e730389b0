"""Days as clerks type them, for the dates that stand outside any form."""

from __future__ import annotations

from branchdesk import clock
from branchdesk.errors import Problem
from branchdesk.forms.date_spelling import read_date
from branchdesk.i18n import _


def read_day(text: str, what: str) -> str:
    """The ISO day that `text` spells; empty for an empty text. `what` names the date in sentences.

    Raises Problem for what is no date, and for one that is known to the month or year only.
    """
    if not text.strip():
        return ""
    reading = read_date(text, clock.today(), typed=True)
    if reading.value is None:
        raise Problem(
            _("{what}没有保存：{reason}", what=what, reason=reading.error),
            _("请写成 2026.11.24 这样的日期。"),
        )
    if not reading.value.is_full:
        raise Problem(
            _("{what}只写到了{part}，没有保存。", what=what, part=reading.value.shown()),
            _("请写到哪一天，如 2026.11.24。"),
        )
    return reading.value.written()
