"""Step 3: every row with its verdict; texts can be put right in place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QWidget
from typing_extensions import override

from branchdesk.findings import Finding, Severity, gravest
from branchdesk.i18n import _, _n, joined, listed
from branchdesk.services.member_edits import member_form
from branchdesk.services.roster_import import ImportPlan, PlannedRow, Verdict
from branchdesk.ui.grid.model import Cell, Column, Edit, GridTableModel
from branchdesk.ui.grid.view import GridView
from branchdesk.ui.widgets.buttons import Segments
from branchdesk.ui.widgets.choices import Choice
from branchdesk.ui.widgets.layouts import Flow, column
from branchdesk.ui.widgets.messages import Banner
from branchdesk.ui.widgets.texts import Words

_DECISION, _SHEET = "verdict", "sheet"
FixKey = tuple[int, int, str]


def verdict_words() -> dict[Verdict, str]:
    """The words for verdicts, in the language in use."""
    return {
        Verdict.NEW: _("新增"),
        Verdict.UPDATE: _("更新"),
        Verdict.SAME: _("没有变化"),
        Verdict.REFUSED: _("不导入"),
    }


class PlanTableModel(GridTableModel):
    """The planned rows as a grid. `fixed` tells texts put right, `decided` what is to become of rows."""

    # Qt empties a dict whose keys are no texts, so the type is not named.
    fixed = Signal(object)
    decided = Signal(object)

    def __init__(self, plan: ImportPlan, rows: Sequence[PlannedRow], parent: QObject | None = None) -> None:
        form = member_form()
        used = {field_id for choice in plan.choices if choice.wanted for field_id in choice.mapping.values()}
        self._fields = [field for field in form.fields if field.id in used]
        self._rows = rows
        self._plan = plan
        words = verdict_words()
        self._several = sum(choice.wanted for choice in plan.choices) > 1
        lead = [Column(_DECISION, _("处理方式"), 7, words=tuple(words.values()))]
        if self._several:
            lead.insert(0, Column(_SHEET, _("工作表"), 8, read_only=True))
        self._lead = len(lead)
        shown = [
            Column(field.id, field.shown(), field.width, latin=field.type.latin) for field in self._fields
        ]
        super().__init__([*lead, *shown], parent)

    @override
    def records(self) -> int:
        return len(self._rows)

    @override
    def row_label(self, row: int) -> str:
        return str(self._rows[row].number)

    @property
    def lead(self) -> int:
        """How many columns stand before those of the roster."""
        return self._lead

    @override
    def cell(self, row: int, column: int) -> Cell:
        planned = self._rows[row]
        if column == self._lead - 1:
            words = verdict_words()[planned.verdict]
            if planned.verdict is Verdict.REFUSED:
                return Cell(words, words, Severity.ERROR, planned.reason)
            # What is to be checked about a column that the sheet does not have is said here.
            shown = {field.id for field in self._fields}
            worst = gravest([one for one in planned.findings if one.field not in shown])
            return Cell(words, words, worst.severity if worst else None, worst.sentence if worst else "")
        if column < self._lead:
            name = self._plan.choices[planned.sheet].sheet.name
            return Cell(name, name)
        field = self._fields[column - self._lead]
        text = planned.texts.get(field.id, "")
        found = [finding for finding in planned.findings if finding.field == field.id]
        worst = gravest(found)
        return Cell(text, text, worst.severity if worst else None, worst.sentence if worst else "")

    @override
    def write(self, edits: Sequence[Edit]) -> None:
        fixes: dict[FixKey, str] = {}
        decisions: dict[tuple[int, int], Verdict] = {}
        by_word = {word: verdict for verdict, word in verdict_words().items()}
        for edit in edits:
            if self.is_new(edit.row):
                continue
            planned = self._rows[edit.row]
            if edit.column == self._lead - 1 and edit.text in by_word:
                decisions[planned.place] = by_word[edit.text]
            elif edit.column >= self._lead:
                field_id = self._fields[edit.column - self._lead].id
                fixes[planned.sheet, planned.number, field_id] = edit.text
        if fixes:
            self.fixed.emit(fixes)
        if decisions:
            self.decided.emit(decisions)


class ProblemsPage(QWidget):
    """The counts of a dry run, what can be decided for all rows, and the rows themselves."""

    fixed = Signal(object)
    decided = Signal(object)
    options_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._plan: ImportPlan | None = None
        box = column(gap=8, parent=self)
        self.banner = Banner()
        self.banner.pressed.connect(self.next_finding)
        box.addWidget(self.banner)
        self.tools = QWidget()
        flow = Flow(self.tools, gap=10)
        self.shown = Segments([("problems", _("只看要核对的")), ("all", _("全部"))], "problems")
        self.shown.chosen.connect(self._show_rows)
        self.category = Choice()
        self.category.setAccessibleName(_("没写明的一律按"))
        for label, value in ((_("请选择"), None), (_("正式党员"), "full"), (_("预备党员"), "probationary")):
            self.category.addItem(label, value)
        self.hidden_rows = QCheckBox(_("隐藏的行也导入"))
        self.damaged = QCheckBox(_("证号损失的也导入，证号先空着"))
        self.groups = QCheckBox(_("没有的党小组一起设立"))
        self.groups.setChecked(True)
        self._category_label = Words(_("没写明的一律按"), "second")
        choices = (self._category_label, self.category, self.hidden_rows, self.damaged, self.groups)
        for widget in (self.shown, *choices):
            flow.addWidget(widget)
        box.addWidget(self.tools)
        self.grid = GridView(filters=False)
        self.grid.setAccessibleName(_("要导入的行"))
        box.addWidget(self.grid, 1)
        for tick in (self.hidden_rows, self.damaged, self.groups):
            tick.toggled.connect(self.options_changed)
        self.category.currentIndexChanged.connect(self.options_changed)

    def show_plan(self, plan: ImportPlan) -> None:
        """Show a plan; the first time all rows where there is nothing to look at."""
        first = self._plan is None
        self._plan = plan
        self.hidden_rows.setVisible(plan.hidden > 0)
        self.hidden_rows.setText(_n("隐藏的 {n} 行也导入", plan.hidden))
        self.damaged.setVisible(any("damaged_number" in _codes(row.findings) for row in plan.rows))
        names = listed(plan.new_groups[:3])
        self.groups.setText(_("一起设立 {groups}", groups=names) if names else _("没有的党小组一起设立"))
        self.groups.setVisible(bool(names) or not self.groups.isChecked())
        unclear = any(not (row.value("category") or row.value("confirmed_on")) for row in plan.rows)
        for widget in (self._category_label, self.category):
            widget.setVisible(unclear)
        if first and not plan.with_findings:
            self.shown.choose("all")
        self._show_rows()

    def summary(self) -> str:
        """What the import would do."""
        if self._plan is None:
            return ""
        counts = self._plan.counts()
        return _(
            "新增 {new} · 更新 {update} · 没有变化 {same} · 不导入 {refused}",
            new=counts[Verdict.NEW],
            update=counts[Verdict.UPDATE],
            same=counts[Verdict.SAME],
            refused=counts[Verdict.REFUSED],
        )

    def reset(self) -> None:
        """Forget the last plan; another file was chosen."""
        self._plan = None

    def _show_rows(self) -> None:
        plan = self._plan
        if plan is None:
            return
        here = self.grid.currentIndex() if self.grid.model() is not None else None
        place = (here.row(), here.column()) if here is not None and here.isValid() else (0, 0)
        rows = plan.with_findings if self.shown.current == "problems" else plan.rows
        model = PlanTableModel(plan, rows, self)
        model.fixed.connect(self.fixed)
        model.decided.connect(self.decided)
        self.grid.show_model(model, model.lead + 1)
        if rows:
            self.grid.setCurrentIndex(model.index(min(place[0], len(rows) - 1), place[1]))
        self._say(plan)

    def _say(self, plan: ImportPlan) -> None:
        wrong = [row for row in plan.rows if row.verdict is Verdict.REFUSED]
        if self.category.isVisibleTo(self) and self.category.currentData() is None and wrong:
            sentence = _n("表里没有写明正式党员还是预备党员，{n} 行暂不导入。", len(wrong))
            way = _("请在下面选一种，个别不同的导入以后再改。")
            self.banner.say("warn", joined(sentence, way), _("下一个问题 F8"))
            return
        if wrong:
            row = wrong[0]
            sentence = _("第 {row} 行不导入：{reason}", row=row.number, reason=row.reason)
            more = _n("共 {n} 行不导入。", len(wrong)) if len(wrong) > 1 else ""
            self.banner.say("err", joined(sentence, more), _("下一个问题 F8"))
        elif not (plan.counts()[Verdict.NEW] or plan.counts()[Verdict.UPDATE]):
            self.banner.say("info", _n("没有要导入的内容，{n} 行都和名册一样。", len(plan.rows)))
        elif plan.with_findings:
            count = len(plan.with_findings)
            sentence = _n("{n} 行有需要核对的地方，可以现在改，也可以导入以后再改。", count)
            self.banner.say("warn", sentence, _("下一个问题 F8"))
        else:
            self.banner.say("ok", _("没有发现问题，可以导入。"))

    def next_finding(self) -> None:
        """Go to the next cell with something to say."""
        model = self.grid.model()
        if not isinstance(model, PlanTableModel):
            return
        cells = [
            (row, place)
            for row in range(model.records())
            for place in range(len(model.columns))
            if model.cell(row, place).severity is not None
        ]
        if not cells:
            return
        here = (self.grid.currentIndex().row(), self.grid.currentIndex().column())
        target = next((cell for cell in cells if cell > here), cells[0])
        self.grid.setCurrentIndex(model.index(*target))
        self.grid.setFocus()
        self.banner.say("warn", model.cell(*target).sentence, _("下一个问题 F8"))


def _codes(findings: Sequence[Finding]) -> set[str]:
    return {finding.code for finding in findings}
