"""From cells to what is stored: what Excel did to a value is named, never guessed away (H2, H3)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from branchdesk.documents.workbook_cells import Cell, Kind
from branchdesk.domain.sheet_contents import Sense, leaves_open
from branchdesk.findings import Finding, Severity
from branchdesk.forms.field_types import Surroundings
from branchdesk.forms.language import Field
from branchdesk.i18n import _
from branchdesk.services.member_edits import ReadField, member_form, read_field

DAMAGED = "damaged_number"
_MOST_DIGITS = 15  # Excel keeps so many digits of a number and writes zeros for the rest
_COMBINED = re.compile(r"(.+?)[（(/／](.+?)[)）]?")
_FILLERS = {"无", "—", "——", "-", "--", "/", "\\", "暂无", "没有"}  # what clerks put so that no box is empty
_MOST_REMEMBERED = 50_000


class CellReader:
    """Reads cells of fields; each distinct cell of a field is understood once."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self._form = member_form()
        self._known: dict[tuple[str, Cell], tuple[str, ReadField | None]] = {}

    def read(self, field_id: str, cell: Cell) -> tuple[str, ReadField | None]:
        """The text of a cell and what it means; None for a blank one."""
        key = (field_id, cell)
        found = self._known.get(key)
        if found is None:
            found = self._read(self._form.by_id[field_id], cell)
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            self._known[key] = found
        return found

    def sense(self, field_id: str, text: str) -> Sense:
        """What a text comes to in a field: to choose between two columns for it."""
        _text, read = self.read(field_id, Cell(text, Kind.TEXT))
        if read is None:
            return Sense.OPEN
        return Sense.VALUE if read.understood and read.value else Sense.NONE

    def _read(self, field: Field, cell: Cell) -> tuple[str, ReadField | None]:
        text = cell.text.strip()
        if not text or (text in _FILLERS and not self._is_word(field, text)) or leaves_open(field.id, text):
            return text, None
        if cell.kind is Kind.ERROR:
            sentence = _("原表这一格是公式错误“{text}”，没有导入。", text=text)
            return text, _nothing(field, "formula_error", sentence)
        if field.type.name == "id_number" and _is_damaged(cell):
            sentence = _("号码在 Excel 中已损失末位，请在原表把这一列改为“文本”后重新填写。")
            return cell.raw or text, _nothing(field, DAMAGED, sentence)
        return text, read_field(field, text, self.around)

    def _is_word(self, field: Field, text: str) -> bool:
        """Whether a dictionary really has a word like 无."""
        return bool(field.dictionary) and self.around.vocabulary[field.dictionary].code_of(text) is not None


def _is_damaged(cell: Cell) -> bool:
    """Whether an identity number went through a number of Excel."""
    if cell.kind is Kind.NUMBER:
        return cell.whole_digits >= _MOST_DIGITS
    return "E+" in cell.text.upper()


def _nothing(field: Field, code: str, sentence: str) -> ReadField:
    finding = Finding(code, Severity.ERROR, sentence, field.id)
    return ReadField(field, None, understood=False, findings=(finding,))


def split_degree(texts: Mapping[str, str], around: Surroundings) -> dict[str, str]:
    """Education and degree from one column that holds both: 大学(学士) → 大学, 学士.

    研究生（硕士） is a word of its own for the education; it says the degree all the same.
    """
    text = texts.get("education", "")
    match = _COMBINED.fullmatch(text)
    words = around.vocabulary
    if match is None or texts.get("degree"):
        return {}
    education, degree = match[1].strip(), match[2].strip()
    if words["education"].code_of(text) is not None:
        education = text
    if words["education"].code_of(education) is None or words["degree"].code_of(degree) is None:
        return {}
    return {"education": education, "degree": degree}
