"""Pages and type of the papers of evaluations; tables and texts are set as in the papers of inspections."""

from __future__ import annotations

from dataclasses import replace

from branchdesk.documents.model import LABEL_CELL, LONG_CELL, VALUE_CELL, Align, Font, PageStyle, Style
from branchdesk.reports.inspections.page_styles import SIGNED as _SIGNED

# A form of one page for a file, bound at the left.
FORM_PAGE = PageStyle(210.0, 297.0, top=20.0, bottom=16.0, left=25.0, right=20.0)
FORM_WIDTH = FORM_PAGE.width - FORM_PAGE.left - FORM_PAGE.right
FORM_TITLE = Style(Font.HEADING, 20.0, 1.3, Align.CENTRE, after=4.0, sizes=(20.0, 18.0, 16.0, 14.0))
FORM_LINE = Style(size=10.5, leading=1.4, after=3.0)
FORM_LABEL = replace(LABEL_CELL, size=11.0, leading=1.35, sizes=(11.0, 10.0, 9.0))
FORM_VALUE = replace(VALUE_CELL, size=11.5, leading=1.35, sizes=(11.5, 10.5, 9.5, 8.5))
FORM_NAME = replace(FORM_VALUE, font=Font.STRONG, size=13.0, sizes=(13.0, 11.5, 10.0))
FORM_TEXT = replace(LONG_CELL, size=11.5, leading=1.5, hangs=False, sizes=(11.5, 10.5, 10.0, 9.5))
FORM_DEEDS = replace(FORM_TEXT, leading=1.4, sizes=(11.5, 11.0, 10.5, 10.0, 9.5))
FORM_SMALL = replace(FORM_TEXT, size=10.0, leading=1.4, sizes=(10.0, 9.5, 9.0))
FORM_HEAD = replace(VALUE_CELL, font=Font.HEADING, size=10.5, sizes=(10.5, 9.5, 8.5))
FORM_FIGURE = replace(VALUE_CELL, size=12.0, sizes=(12.0, 11.0, 10.0))

# Tables that are signed.
TABLE_SIZES = (11.0, 10.5, 10.0, 9.5)
SIGNED = replace(_SIGNED, before=16.0)

# Ballots: for voters of sixty and more, read without glasses if need be.
BALLOT_PAGE = PageStyle(210.0, 297.0, top=14.0, bottom=14.0, left=22.0, right=18.0)
BALLOT_WIDTH = BALLOT_PAGE.width - BALLOT_PAGE.left - BALLOT_PAGE.right
BALLOT_TITLE = Style(Font.HEADING, 20.0, 1.35, Align.CENTRE, after=3.0, sizes=(20.0, 18.0, 16.0, 14.0))
BALLOT_LINE = Style(size=11.0, leading=1.45, after=2.0)
BALLOT_HEAD = Style(Font.HEADING, 13.0, 1.2, Align.CENTRE, sizes=(13.0, 12.0, 11.0, 10.0))
BALLOT_NAME = replace(VALUE_CELL, size=16.0, leading=1.25, sizes=(16.0, 14.0, 12.0, 10.0))
BALLOT_NUMBER = replace(VALUE_CELL, size=12.0, sizes=(12.0, 10.0))
BALLOT_NOTE = Style(size=12.0, leading=1.4, align=Align.JUSTIFY, before=4.0)
CUT_LINE = Style(Font.LABEL, 8.0, 1.2, Align.CENTRE, before=5.0, after=5.0)

# What stands on a desk or hangs on a wall.
PLAQUE_PAGE = PageStyle(297.0, 210.0, top=12.0, bottom=12.0, left=12.0, right=12.0)
PLAQUE_TITLE = Style(
    Font.HEADING,
    108.0,
    1.15,
    Align.CENTRE,
    sizes=(108.0, 100.0, 88.0, 80.0, 72.0, 64.0, 56.0, 48.0, 40.0),
)
PLAQUE_ABOVE = Style(Font.HEADING, 44.0, 1.2, Align.CENTRE, sizes=(44.0, 40.0, 36.0, 32.0, 28.0))
PLAQUE_NAME = Style(Font.STRONG, 64.0, 1.25, Align.CENTRE, sizes=(64.0, 56.0, 46.0, 40.0, 34.0, 28.0, 24.0))
PLAQUE_LINE = Style(Font.BODY, 26.0, 1.3, Align.CENTRE, sizes=(26.0, 24.0, 22.0, 20.0, 18.0, 16.0, 14.0))
CARD_PAGE = PageStyle(210.0, 297.0, top=8.0, bottom=7.0, left=10.0, right=10.0)
CARD_ABOVE = Style(Font.HEADING, 28.0, 1.2, Align.CENTRE, sizes=(28.0, 24.0, 20.0))
CARD_NAME = Style(Font.HEADING, 84.0, 1.1, Align.CENTRE, sizes=(84.0, 72.0, 60.0, 48.0, 40.0, 32.0))
CARD_LINE = Style(Font.BODY, 18.0, 1.25, Align.CENTRE, sizes=(18.0, 16.0, 14.0, 12.0))
CARD_FOLD = Style(Font.LABEL, 8.0, 1.2, Align.CENTRE)
