"""Pages and type of the papers of meetings: the minute book, and official papers (GB/T 9704-2012)."""

from __future__ import annotations

from dataclasses import replace

from branchdesk.documents.model import (
    Align,
    Font,
    PageStyle,
    Running,
    Style,
)

# The minute book: 160 mm of type, bound at the left.
BOOK_PAGE = PageStyle(210.0, 297.0, top=25.0, bottom=22.0, left=28.0, right=22.0, mirrored=True)
BOOK_WIDTH = BOOK_PAGE.width - BOOK_PAGE.left - BOOK_PAGE.right
BOOK_FOOT = "— {page} —"
BOOK_RUNNING = Running(foot=BOOK_FOOT, outer_foot=True)

TITLE = Style(Font.HEADING, 20.0, 1.35, Align.CENTRE, after=3.0, sizes=(20.0, 18.0, 16.0))
SUBTITLE = Style(Font.BODY, 12.0, 1.4, Align.CENTRE, after=6.0)
AGENDA_HEADING = Style(Font.HEADING, 12.0, 1.8, Align.JUSTIFY, first_indent=2.0, before=2.0)
TEXT = Style(Font.BODY, 12.0, 1.8, Align.JUSTIFY, first_indent=2.0)
LISTED = replace(TEXT, first_indent=0.0)
TABLE_HEADING = replace(AGENDA_HEADING, first_indent=0.0, align=Align.CENTRE)
LISTED_HEADING = replace(LISTED, font=Font.HEADING, before=4.0, after=2.0)
LONGEST_HEADING = 100  # characters that stay whole above what follows
SMALL_NOTE = Style(Font.BODY, 9.0, 1.5, before=8.0)
SIGNED = Style(Font.BODY, 12.0, 1.6, before=22.0)

# Official papers: 28 characters of 16 pt on 156 mm, 22 lines on 225 mm.
OFFICIAL_PAGE = PageStyle(210.0, 297.0, top=37.0, bottom=35.0, left=28.0, right=26.0, mirrored=True)
OFFICIAL_RUNNING = Running(foot=BOOK_FOOT, outer_foot=True, style=Style(size=14.0, leading=1.3))
_POINTS = 72 / 25.4  # in a millimetre
_LINE = 225.0 / 22 * _POINTS / 16.0  # in sizes
_PITCH = 156.0 / 28 * _POINTS - 16.0
OFFICIAL_TITLE = Style(Font.STRONG, 22.0, _LINE * 16.0 / 22.0, Align.CENTRE)
OFFICIAL_TEXT = Style(Font.BODY, 16.0, _LINE, Align.JUSTIFY, first_indent=2.0, pitch=_PITCH)
OFFICIAL_HEADING = replace(OFFICIAL_TEXT, font=Font.HEADING)
OFFICIAL_LINE = replace(OFFICIAL_TEXT, first_indent=0.0, align=Align.LEFT)
OFFICIAL_CENTRED = replace(OFFICIAL_LINE, align=Align.CENTRE)
OFFICIAL_SIGNED = Style(Font.BODY, 16.0, _LINE, Align.RIGHT, pitch=_PITCH)
OFFICIAL_CELL = 156.0 / 28  # millimetres
