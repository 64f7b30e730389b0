"""The page and type of daily records: one side each, bound at the left."""

from __future__ import annotations

from dataclasses import replace

from branchdesk.documents.model import Align, PageStyle
from branchdesk.reports.inspections.page_styles import FIGURE, HEAD, LABEL, TITLE, VALUE

DAILY_PAGE = PageStyle(210.0, 297.0, top=17.0, bottom=15.0, left=24.0, right=16.0)
DAILY_WIDTH = DAILY_PAGE.width - DAILY_PAGE.left - DAILY_PAGE.right

DAILY_TITLE = replace(TITLE, size=18.0)
DAILY_LABEL = replace(LABEL, size=10.5)
DAILY_HEAD = HEAD
DAILY_FIGURE = FIGURE
# The sizes of texts, the largest first.
TEXTS = tuple(replace(VALUE, size=size, leading=1.4) for size in (10.5, 10.0, 9.5, 9.0, 8.5))
SIGNED_PLACE = replace(VALUE, size=10.5)
REMARK = replace(VALUE, size=9.0, align=Align.LEFT)
