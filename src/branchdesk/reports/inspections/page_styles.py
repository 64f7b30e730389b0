"""Pages and type of the papers of inspections."""

from __future__ import annotations

from dataclasses import replace

from branchdesk.documents.model import Align, Font, PageStyle, Style

# The sheet itself: landscape, so that a line of it is read in one glance.
SHEET_PAGE = PageStyle(297.0, 210.0, top=15.0, bottom=15.0, left=15.0, right=15.0)
SHEET_WIDTH = SHEET_PAGE.width - SHEET_PAGE.left - SHEET_PAGE.right

# Papers that are read and filed: portrait, bound at the left.
FILE_PAGE = PageStyle(210.0, 297.0, top=22.0, bottom=20.0, left=25.0, right=20.0, mirrored=True)
FILE_WIDTH = FILE_PAGE.width - FILE_PAGE.left - FILE_PAGE.right

TITLE = Style(Font.HEADING, 18.0, 1.35, Align.CENTRE, after=5.0, sizes=(18.0, 16.0, 14.0))
FILE_TITLE = Style(Font.HEADING, 20.0, 1.35, Align.CENTRE, after=3.0, sizes=(20.0, 18.0, 16.0))
SUBTITLE = Style(Font.BODY, 12.0, 1.4, Align.CENTRE, after=6.0)
LINE = Style(size=10.5, leading=1.5, after=3.0)
TEXT = Style(Font.BODY, 12.0, 1.7, Align.JUSTIFY, first_indent=2.0)
HEADING = Style(Font.HEADING, 12.0, 1.7, Align.JUSTIFY, before=4.0, after=2.0)
NOTE = Style(size=9.0, leading=1.45, align=Align.JUSTIFY, before=2.0)
SIGNED = Style(Font.BODY, 12.0, 1.6, before=20.0)

# The cells of ruled tables.
CELL = Style(Font.BODY, 9.5, 1.3, Align.CENTRE)
WORDS = replace(CELL, align=Align.LEFT)
SMALL = replace(WORDS, size=8.5, leading=1.3)
FIGURE = replace(CELL, size=10.5)
HEAD = replace(CELL, font=Font.HEADING)
SECTION = replace(WORDS, font=Font.HEADING, size=10.0)
SECTION_FIGURE = replace(FIGURE, font=Font.HEADING)
LABEL = replace(CELL, size=10.0)
VALUE = replace(WORDS, size=10.0)
