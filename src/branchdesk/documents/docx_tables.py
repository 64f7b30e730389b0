"""Tables of a Word document (ISO/IEC 29500-1, 17.4): rosters, ruled sheets and boxes with a label.

Widths stand in the grid and in every cell, since programs differ in which of them they believe; the layout
is fixed. Heights are least heights, so that nothing is cut where a program breaks a line elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from branchdesk.documents.bars import BAR_INK, BETWEEN, bar_share, set_bars
from branchdesk.documents.columns import PAD_X, fit_columns
from branchdesk.documents.docx_text import WordParagraph, text_paragraphs, text_run, twips
from branchdesk.documents.fonts import width
from branchdesk.documents.lines import BLANKS
from branchdesk.documents.model import Align, Bars, Cell, Entry, Font, Picture, QrCode, Style, Table
from branchdesk.documents.setting import Setting, set_text
from branchdesk.documents.sheet_grid import FOOT, PAD, SheetGrid
from branchdesk.documents.sheets import ENTRY_LABEL, FOOT_INSET, SEE
from branchdesk.documents.surface import MM, PALE, Box
from branchdesk.documents.tables import LEADING
from branchdesk.documents.tables import PAD_Y as TABLE_PAD_Y
from branchdesk.jobs.progress import Progress

_HAIR, _THIN, _THICK, _FRAME = 0.25, 0.5, 1.0, 4.0  # rules in points
_EASE = 0.5  # points that cells are wider inside than in the PDF, for what programs round
_TALL = 0.7  # of a page: higher rows may be parted
_PROGRESS_EVERY = 200
_REMEMBERED = 16_384  # cells
_STEPS = 50  # of a bar
_WIDER_FIGURES = 1.35  # than ours, in fonts that stand in for them

Drawing = Callable[[Picture | QrCode, Box], WordParagraph]


def _table(
    widths: Sequence[float],
    rows: str,
    pads: tuple[float, float],
    *,
    outer: float = _THICK,
    inner: float = _THIN,
    centred: bool = False,
) -> str:
    """A table of fixed layout; `pads` are the spaces beside and above the texts, rules of 0 are none."""
    sides = {"top": outer, "left": outer, "bottom": outer, "right": outer, "insideH": inner, "insideV": inner}
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="{round(thick * 8)}" w:space="0" w:color="000000"/>'
        for side, thick in sides.items()
        if thick
    )
    beside = pads[0] - _EASE
    spaces = {"top": pads[1], "left": beside, "bottom": pads[1], "right": beside}
    margins = "".join(f'<w:{side} w:w="{twips(space)}" w:type="dxa"/>' for side, space in spaces.items())
    grid = "".join(f'<w:gridCol w:w="{size}"/>' for size in grid_widths(widths))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(grid_widths(widths))}" w:type="dxa"/>'
        f'<w:jc w:val="{"center" if centred else "left"}"/><w:tblInd w:w="0" w:type="dxa"/>'
        f"<w:tblBorders>{rules}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def grid_widths(widths: Sequence[float]) -> list[int]:
    """Widths in twips whose sum is that of the exact widths."""
    edges = [0]
    total = 0.0
    for each in widths:
        total += each
        edges.append(twips(total))
    return [after - before for before, after in pairwise(edges)]


def _row(cells: str, height: float, *, whole: bool = True, head: bool = False) -> str:
    properties = "<w:cantSplit/>" * whole + "<w:tblHeader/>" * head
    if height:
        properties = f'{properties}<w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


def _cell(
    content: str,
    wide: int,
    *,
    span: int = 1,
    merge: str = "",
    shaded: bool = False,
    middle: bool = True,
    shade: float = PALE,
) -> str:
    properties = f'<w:tcW w:w="{wide}" w:type="dxa"/>'
    if span > 1:
        properties += f'<w:gridSpan w:val="{span}"/>'
    properties += merge
    if shaded:
        ink = f"{round(shade * 255):02X}" * 3
        properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{ink}"/>'
    properties += '<w:vAlign w:val="center"/>' * middle
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


class _RosterCells:
    """The cells of a table whose head is repeated; those that come again and again are written once."""

    def __init__(self, table: Table, measure: float) -> None:
        self._table = table
        self._size, self.widths = fit_columns(table, measure)
        self._sizes = grid_widths(self.widths)
        self.cell = lru_cache(maxsize=_REMEMBERED)(self._set_cell)

    def _set_cell(self, column: int, text: str, font: Font, *, keep: bool) -> tuple[str, float]:
        """A cell and the height of its text in points; `keep` ties it to the next row."""
        is_head = font is Font.HEADING
        align = Align.CENTRE if is_head else self._table.columns[column].align
        style = Style(font, self._size, LEADING, align)
        setting = set_text(text.strip("\n"), style, self.widths[column] - 2 * PAD_X)
        paragraphs = text_paragraphs(text.strip("\n"), setting)
        for paragraph in paragraphs:
            paragraph.keep_next = keep
        content = "".join(paragraph.xml() for paragraph in paragraphs)
        shaded = is_head and self._table.shaded_head
        return _cell(content, self._sizes[column], shaded=shaded), setting.height


def roster_table(table: Table, measure: float, most: float, progress: Progress, *, keep_end: bool) -> str:
    """A table whose head is repeated; `keep_end` ties its last rows to what follows."""
    cells, least = _RosterCells(table, measure), table.least_height * MM
    labels = [cells.cell(at, one.label, Font.HEADING, keep=True)[0] for at, one in enumerate(table.columns)]
    rows = [_row("".join(labels), least, head=True)]
    last = len(table.rows) - 1
    for number, row in enumerate(table.rows or [("",) * len(table.columns)]):
        if number % _PROGRESS_EVERY == 0:
            progress.step(number / max(1, len(table.rows)))
        keep = number == 0 < last or (keep_end and number >= last - 1)
        found = [cells.cell(column, text, Font.BODY, keep=keep) for column, text in enumerate(row)]
        whole = max(height for _content, height in found) < most * _TALL
        rows.append(_row("".join(content for content, _height in found), least, whole=whole))
    return _table(cells.widths, "".join(rows), (PAD_X, TABLE_PAD_Y))


def bars_table(block: Bars, measure: float, *, keep_end: bool) -> str:
    """A chart as a table: label, a bar of shaded cells, text; `keep_end` ties it to what follows."""
    layout = set_bars(block, measure)
    # Figures stand on one line whatever fonts there are; the bars give way.
    label, text = layout.label_width + BETWEEN, layout.text_width * _WIDER_FIGURES + BETWEEN
    widths = [label, *[(measure - label - text) / _STEPS] * _STEPS, text]
    sizes = grid_widths(widths)
    rows = []
    for number, bar in enumerate(block.bars):
        keep = number < len(block.bars) - 1 or keep_end
        named = text_paragraphs(bar.label, layout.labels[number])
        said = text_paragraphs(bar.text, layout.texts[number])
        for paragraph in named + said:
            paragraph.keep_next = keep
        filled = round(bar_share(bar) * _STEPS)
        parts = ((filled, sizes[1 : filled + 1], True), (_STEPS - filled, sizes[filled + 1 : -1], False))
        cells = [_cell("".join(one.xml() for one in named), sizes[0])]
        cells += [
            _cell(WordParagraph("").xml(), sum(part), span=span, shaded=shaded, shade=BAR_INK)
            for span, part, shaded in parts
            if span
        ]
        cells.append(_cell("".join(one.xml() for one in said), sizes[-1]))
        rows.append(_row("".join(cells), layout.height(number)))
    return _table(widths, "".join(rows), (BETWEEN / 2, 0.0), inner=_HAIR, outer=_HAIR)


def sheet_table(grid: SheetGrid, drawing: Drawing) -> str:
    """A ruled sheet: joined cells span columns and go on over rows."""
    sheet = grid.sheet
    owners = {
        (row, column): number
        for number, cell in enumerate(sheet.cells)
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }
    widths = [after - before for before, after in pairwise(grid.xs)]
    sizes = grid_widths(widths)
    rows = []
    for row, (top, bottom) in enumerate(pairwise(grid.ys)):
        cells, column = [], 0
        while column < len(sizes):
            number = owners.get((row, column))
            if number is None:
                cells.append(_cell(WordParagraph("").xml(), sizes[column]))
                column += 1
                continue
            cell = sheet.cells[number]
            wide = sum(sizes[column : column + cell.columns])
            cells.append(_sheet_cell(grid, number, row, wide, drawing))
            column += cell.columns
        rows.append(_row("".join(cells), bottom - top))
    rules = {} if sheet.ruled else {"outer": 0.0, "inner": 0.0}
    if sheet.framed:
        rules = {"outer": _FRAME, "inner": 0.0}
    return _table(widths, "".join(rows), (PAD, 0.0), centred=grid.inset > PAD, **rules)


def _sheet_cell(grid: SheetGrid, number: int, row: int, wide: int, drawing: Drawing) -> str:
    cell, text = grid.sheet.cells[number], grid.texts[number]
    merge = ""
    if cell.rows > 1:
        merge = '<w:vMerge w:val="restart"/>' if row == cell.row else "<w:vMerge/>"
    if row > cell.row:
        return _cell(WordParagraph("").xml(), wide, span=cell.columns, merge=merge)
    box = grid.box(cell)
    if isinstance(cell.content, Picture | QrCode):
        paragraphs = [drawing(cell.content, box)]
    elif text is not None:
        paragraphs = _cell_text(cell, box, *text)
    # A sheet is never parted between pages: each of its rows stays with the next one.
    for paragraph in paragraphs:
        paragraph.keep_next = row + cell.rows < len(grid.sheet.heights)
    content = "".join(paragraph.xml() for paragraph in paragraphs)
    middle = not (cell.at_top or cell.foot)
    return _cell(content, wide, span=cell.columns, merge=merge, middle=middle)


def _cell_text(cell: Cell, box: Box, setting: Setting, stay: int) -> list[WordParagraph]:
    """The text of a cell, the note where the rest stands, and the lines at its foot."""
    found = (
        text_paragraphs(cell.content, setting, end=stay)
        if not isinstance(cell.content, Picture | QrCode)
        else []
    )
    count = stay
    if stay < len(setting.lines):
        note = text_run(SEE, Font.BODY, setting.size)
        found.append(WordParagraph(note, setting.line_height, Align.RIGHT if stay else Align.CENTRE))
        count += 1
    if cell.at_top or cell.foot:
        found[0].before = PAD if cell.at_top else 0.0
    if cell.foot:
        line = FOOT.size * FOOT.leading
        spare = box.height - PAD - count * setting.line_height - len(cell.foot) * line - PAD
        for number, text in enumerate(cell.foot):
            said = text.rstrip(BLANKS)  # programs drop blanks at the end of a line
            kept = width(text[len(said) :], FOOT.font, FOOT.size)
            run = text_run(said, FOOT.font, FOOT.size)
            found.append(WordParagraph(run, line, Align.RIGHT, right=FOOT_INSET - PAD + kept))
            found[-1].before = max(0.0, spare - 2.0) if number == 0 else 0.0
    return found


def entry_table(entries: Sequence[Entry], measure: float) -> str:
    """Boxes one below the other; a text flows on over as many pages as it needs."""
    label_width = entries[0].label_width * MM
    widths = [label_width, measure - label_width]
    sizes = grid_widths(widths)
    rows = "".join(_row("".join(_entry_cells(entry, widths, sizes)), 0.0, whole=False) for entry in entries)
    return _table(widths, rows, (PAD, PAD), outer=0.75)


def _entry_cells(entry: Entry, widths: Sequence[float], sizes: Sequence[int]) -> Iterator[str]:
    label_style = Style(ENTRY_LABEL.font, entry.style.size, ENTRY_LABEL.leading, Align.CENTRE)
    label = set_text(entry.label, label_style, widths[0] - PAD)
    text = set_text(entry.text, entry.style, widths[1] - 2 * PAD)
    narrow = "".join(one.xml() for one in text_paragraphs(entry.label, label))
    yield _cell(narrow, sizes[0])
    yield _cell("".join(one.xml() for one in text_paragraphs(entry.text, text)), sizes[1], middle=False)
