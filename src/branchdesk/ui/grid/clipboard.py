"""Blocks of cells as Excel, WPS and LibreOffice put them on the clipboard."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from html.parser import HTMLParser

from typing_extensions import override

Block = list[list[str]]


def read_tsv(text: str) -> Block:
    """The cells of tab-parted text; a cell in quotes may hold tabs, line breaks and doubled quotes."""
    rows: Block = [[]]
    cell: list[str] = []
    quoted = False
    place = 0
    text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    while place < len(text):
        char = text[place]
        if quoted:
            if char == '"' and text[place + 1 : place + 2] == '"':
                cell.append('"')
                place += 1
            elif char == '"':
                quoted = False
            else:
                cell.append(char)
        elif char == '"' and not cell and _closes(text, place):
            quoted = True
        elif char in "\t\n":
            rows[-1].append("".join(cell))
            cell = []
            if char == "\n":
                rows.append([])
        else:
            cell.append(char)
        place += 1
    rows[-1].append("".join(cell))
    return rows


def _closes(text: str, start: int) -> bool:
    """Whether a quote that opens a cell is closed before a tab, a line end or the end of the text."""
    place = start + 1
    while (place := text.find('"', place)) >= 0:
        if text[place + 1 : place + 2] == '"':
            place += 2
            continue
        return text[place + 1 : place + 2] in {"", "\t", "\n"}
    return False


class _TableReader(HTMLParser):
    """Collects the cells of the first table in a piece of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: Block = []
        self.has_table = False
        self._cell: list[str] | None = None
        self._span = 1
        self._covered: dict[int, int] = {}
        self._skip = 0

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.has_table = True
        elif tag in {"style", "script"}:
            self._skip += 1
        elif tag == "tr":
            self.rows.append([])
            self._fill_covered()
        elif tag in {"td", "th"} and self.rows:
            values = dict(attrs)
            self._cell = []
            self._span = _number(values.get("colspan"))
            self._down = _number(values.get("rowspan"))
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag in {"style", "script"}:
            self._skip -= 1
        elif tag in {"td", "th"} and self._cell is not None:
            lines = "".join(self._cell).split("\n")
            text = "\n".join(" ".join(line.split()) for line in lines).strip()
            row = self.rows[-1]
            for number in range(self._span):
                if self._down > 1:
                    self._covered[len(row)] = self._down
                row.append("" if number else text)
            self._cell = None
            self._fill_covered()

    def _fill_covered(self) -> None:
        """Leave room for cells that reach down from rows above."""
        row = self.rows[-1]
        while (down := self._covered.get(len(row), 1)) > 1 and self._cell is None:
            if down > 1:
                self._covered[len(row)] = down - 1
            row.append("")

    @override
    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._skip:
            self._cell.append(data.replace("\xa0", " ").replace("\n", " ").replace("\r", ""))


def _number(text: str | None) -> int:
    return min(int(text), 1000) if text and text.isdecimal() and int(text) else 1


def read_html(html: str) -> Block:
    """The cells of the first table in a piece of HTML; empty where there is none."""
    reader = _TableReader()
    reader.feed(html)
    reader.close()
    return [row for row in reader.rows if row] if reader.has_table else []


def read_clipboard(html: str, text: str) -> Block:
    """The block on the clipboard: the table in the HTML where there is one, else the tab-parted text."""
    block = read_html(html) if html else []
    return block or (read_tsv(text) if text else [])


def write_tsv(block: Sequence[Sequence[str]]) -> str:
    """A block as tab-parted text that Excel reads back unchanged."""
    return "\r\n".join("\t".join(_quoted(cell) for cell in row) for row in block)


def _quoted(cell: str) -> str:
    if any(char in cell for char in '\t\n"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def write_html(block: Sequence[Sequence[str]]) -> str:
    """A block as a bordered table of texts, so that WPS and Word keep every digit."""
    style = "border:1px solid #000;mso-number-format:'\\@'"
    rows = "".join(
        "<tr>"
        + "".join(f'<td style="{style}">{escape(cell).replace(chr(10), "<br>")}</td>' for cell in row)
        + "</tr>"
        for row in block
    )
    return f'<meta charset="utf-8"><table style="border-collapse:collapse">{rows}</table>'
