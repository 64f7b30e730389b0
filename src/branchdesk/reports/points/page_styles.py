"""Pages and type of the papers of points; tables and texts are set as in the papers of inspections."""

from __future__ import annotations

from dataclasses import replace

from branchdesk.documents.model import PageStyle
from branchdesk.reports.inspections.page_styles import FIGURE, LABEL, SECTION, SMALL, TEXT
from branchdesk.reports.inspections.page_styles import SIGNED as _SIGNED

# What hangs on a board or lies in a file by itself: equal margins.
POSTED_PAGE = PageStyle(210.0, 297.0, top=20.0, bottom=18.0, left=18.0, right=18.0)
POSTED_WIDTH = POSTED_PAGE.width - POSTED_PAGE.left - POSTED_PAGE.right
# The page of a member: as much as one side can hold, bound at the left.
MEMBER_PAGE = PageStyle(210.0, 297.0, top=14.0, bottom=14.0, left=22.0, right=15.0)
MEMBER_WIDTH = MEMBER_PAGE.width - MEMBER_PAGE.left - MEMBER_PAGE.right

SIGNED = replace(_SIGNED, before=16.0)
OPENING = replace(TEXT, leading=1.6, after=5.0)
# The table of a member's page, in the largest of these sizes in which it is one page.
LEDGERS = tuple(replace(SMALL, size=size, leading=1.25) for size in (8.5, 8.0, 7.5, 7.0))
LEDGER_FIGURE = replace(FIGURE, size=9.5)
BUCKET = replace(SECTION, size=9.5)
BUCKET_FIGURE = replace(LEDGER_FIGURE, font=SECTION.font)
TOTAL_FIGURE = replace(FIGURE, font=SECTION.font)
CLOSING_LABEL = replace(LABEL, size=9.5)
CLOSING = replace(SMALL, size=8.5, leading=1.35)
