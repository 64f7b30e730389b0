"""The first run: found the branch, password and card, import, backup place, done (ux 2.7)."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from branchdesk.domain.short_names import proposed_short_name
from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.reports.papers import quick_paper
from branchdesk.services import branches
from branchdesk.services.branches import Founding
from branchdesk.services.open_branch import Branch
from branchdesk.settings import Settings
from branchdesk.ui.entry.place import CardScroll, StepFoot
from branchdesk.ui.printing import PrintDialog
from branchdesk.ui.recovery_card import RecoveryCardBox
from branchdesk.ui.widgets.buttons import button
from branchdesk.ui.widgets.choices import Choice
from branchdesk.ui.widgets.layouts import Flow, column, form_rows
from branchdesk.ui.widgets.passwords import PasswordLine
from branchdesk.ui.widgets.stepper import Stepper
from branchdesk.ui.widgets.texts import Elide, Note, Words

FOUND, SECURE, FILL, KEEP, READY = range(5)
# Behind the label of a field that must not stay empty.
_REQUIRED = " *"


class FoundingPage(QWidget):
    """Five steps.

    `founding_requested` tells what to found, the clerk and the password, and wants an answer
    by `take_branch`; `finished` tells the branch, how to begin (import or empty) and where backups go.

    `draft_changed` tells what was typed, so that a start after an interruption goes on from there.
    """

    founding_requested = Signal(object, str, str)
    finished = Signal(object, str, object)
    sample_requested = Signal()
    restore_requested = Signal()
    open_requested = Signal()
    draft_changed = Signal(dict)

    def __init__(self, draft: dict[str, Any]) -> None:
        super().__init__()
        self.branch: Branch | None = None
        self.stepper = Stepper([_("建立支部"), _("设置口令"), _("名册"), _("备份位置"), _("完成")])
        foot = StepFoot()
        self.banner, self.next = foot.banner, foot.next
        self._foot = foot
        self.step = FOUND
        self._fields: dict[str, QLineEdit] = {}
        self._pages = (
            self._found_page(draft),
            self._secure_page(draft),
            self._fill_page(),
            self._keep_page(),
            self._ready_page(),
        )
        content = QWidget()
        inside = column(gap=12, parent=content)
        inside.addWidget(Words(_("欢迎使用支部台账"), "title"))
        inside.addWidget(self.stepper)
        for page in self._pages:
            inside.addWidget(page, 1)
        self._scroll = CardScroll(content)
        box = column(gap=0, parent=self)
        box.addWidget(self._scroll, 1)
        box.addWidget(foot)
        foot.back.clicked.connect(self._go_back)
        foot.next.clicked.connect(self._go_on)
        # Where the clerk goes on, and where what is wrong can be mended.
        self._starts: dict[int, QWidget] = {
            FOUND: self._fields["full_name"],
            SECURE: self._fields["clerk"],
            FILL: self.by_import,
        }
        self._wrong: QWidget = self.next
        self._proposed = proposed_short_name(self._fields["full_name"].text())
        self._fields["full_name"].textEdited.connect(self._propose_short_name)
        self._show_step(FOUND)

    # ---- pages

    def _line(
        self, form: QFormLayout, key: str, label: str, hint: str, draft: dict[str, Any], mark: str = ""
    ) -> None:
        line = QLineEdit(str(draft.get(key, "")))
        line.setAccessibleName(label)
        line.setPlaceholderText(hint)
        line.setObjectName(f"founding_{key}")
        line.editingFinished.connect(self._tell_draft)
        self._fields[key] = line
        form.addRow(f"{label}{mark}", line)

    def _found_page(self, draft: dict[str, Any]) -> QWidget:
        page = QWidget()
        box = column(gap=12, parent=page)
        form = form_rows()
        self._line(
            form, "full_name", _("党组织全称"), _("如 中共滨江市经济信息中心支部委员会"), draft, _REQUIRED
        )
        self._line(form, "short_name", _("简称"), _("如 信息中心支部"), draft)
        self.kind = Choice()
        self.kind.setAccessibleName(_("组织类别"))
        kinds = (
            ("branch", _("党支部")),
            ("general_branch", _("党总支")),
            ("committee", _("基层党委")),
            ("joint_branch", _("联合党支部")),
        )
        for value, label in kinds:
            self.kind.addItem(label, value)
        self.kind.setCurrentIndex(max(0, self.kind.findData(draft.get("kind"))))
        form.addRow(_("组织类别"), self.kind)
        self._line(form, "superior_name", _("上级党组织"), _("可不填"), draft)
        self._line(form, "code", _("组织代码"), _("上级分配的代码，可不填"), draft)
        self._line(form, "secretary_name", _("书记"), _("可不填"), draft)
        self._line(form, "groups", _("党小组"), _("用、隔开，没有就空着"), draft)
        box.addLayout(form)
        others = QWidget()
        flow = Flow(others)
        flow.addWidget(Words(_("或者："), "second"))
        for text, signal, name in (
            (_("打开已有的支部文件"), self.open_requested, "open_existing"),
            (_("从备份恢复"), self.restore_requested, "restore_backup"),
            (_("先看看示例支部"), self.sample_requested, "open_sample"),
        ):
            flow.addWidget(button(text, signal.emit, look="link", name=name))
        box.addWidget(others)
        box.addStretch(1)
        return page

    def _secure_page(self, draft: dict[str, Any]) -> QWidget:
        page = QWidget()
        box = column(gap=12, parent=page)
        self._secret = QWidget()
        inside = column(gap=12, parent=self._secret)
        inside.addWidget(Words(_("设置口令"), "heading"))
        inside.addWidget(
            Note(_("数据库用这个口令加密。口令只有您知道，程序没有后门；忘了口令又没有恢复卡，数据打不开。"))
        )
        form = form_rows()
        self._line(form, "clerk", _("您的姓名"), _("显示在修改记录里"), draft)
        self.password = PasswordLine(_("口令"), strength=True)
        self.again = PasswordLine(_("再输一次"))
        form.addRow(_("口令") + _REQUIRED, self.password)
        form.addRow(_("再输一次") + _REQUIRED, self.again)
        inside.addLayout(form)
        box.addWidget(self._secret)
        self.card: RecoveryCardBox | None = None
        self._card_place = column()
        box.addLayout(self._card_place)
        box.addStretch(1)
        return page

    def _fill_page(self) -> QWidget:
        page = QWidget()
        box = column(gap=10, parent=page)
        box.addWidget(Words(_("名册从哪里来"), "heading"))
        self.by_import = QRadioButton(_("导入 Excel 名册（推荐）"))
        self.by_import.setChecked(True)
        self.empty = QRadioButton(_("先空着，以后再录"))
        box.addWidget(self.by_import)
        box.addWidget(
            Note(_("去年的花名册拿来就能用：自动认出列，先看一遍再导入，不对可以整批撤销。"), "hint")
        )
        box.addWidget(self.empty)
        box.addStretch(1)
        return page

    def _keep_page(self) -> QWidget:
        page = QWidget()
        box = column(gap=10, parent=page)
        box.addWidget(Words(_("备份放在哪里"), "heading"))
        box.addWidget(Note(_("最好是另一个磁盘，或者一直插着的 U 盘。程序会自动备份，电脑坏了也能找回来。")))
        self.place = Elide("")
        box.addWidget(self.place)
        line = QWidget()
        flow = Flow(line)
        flow.addWidget(button(_("换一个文件夹"), self._choose_place, icon_name="folder", name="choose_place"))
        box.addWidget(line)
        box.addStretch(1)
        return page

    def _ready_page(self) -> QWidget:
        page = QWidget()
        box = column(gap=10, parent=page)
        box.addWidget(Words(_("可以开始了"), "heading"))
        box.addWidget(Note(_("打一张速查卡贴在屏幕旁边：常用的按键和五件常做的事都在上面。")))
        line = QWidget()
        flow = Flow(line)
        show = partial(_show_quick_card, self)
        flow.addWidget(button(_("打印速查卡"), show, icon_name="printer", name="print_quick_card"))
        box.addWidget(line)
        box.addWidget(Note(_("本程序只用于一般办公记录（非涉密），不联网。"), "hint"))
        box.addStretch(1)
        return page

    # ---- steps

    def begin(self) -> None:
        """The page has come to the front: put the focus where work begins."""
        self._starts.get(self.step, self.next).setFocus()

    def _show_step(self, step: int) -> None:
        self.step = step
        # Unlike a stack, a column gives no room to pages that are not shown.
        for place, page in enumerate(self._pages):
            page.setVisible(place == step)
        self.stepper.show_step(step)
        self.banner.say("info", "")
        self._foot.back.setVisible(step == SECURE and self.branch is None)
        self._foot.hint.setText(_("第 {n} 步，共 5 步", n=step + 1))
        labels = {
            FOUND: _("下一步：设置口令"),
            SECURE: _("建立并生成恢复卡") if self.branch is None else _("下一步：名册"),
            FILL: _("下一步：备份位置"),
            KEEP: _("下一步：完成"),
            READY: _("开始使用"),
        }
        self.next.setText(labels[step])
        self.next.setAccessibleName(labels[step])
        self._scroll.go_to_top()
        self.begin()

    def _go_back(self) -> None:
        self._show_step(self.step - 1)

    def _go_on(self) -> None:
        step = self.step
        self._wrong = self.next
        try:
            if step == FOUND:
                self._check_founding()
            elif step == SECURE and self.branch is None:
                self._ask_founding()
                return
            elif step == SECURE:
                self._check_card()
        except Problem as problem:
            self.banner.say("err", str(problem))
            self._wrong.setFocus()
            self._scroll.ensureWidgetVisible(self._wrong)
            return
        if step == READY:
            how = "import" if self.by_import.isChecked() else "empty"
            self.finished.emit(self.branch, how, Path(self.place.text()))
            return
        self._show_step(step + 1)

    def _check_founding(self) -> None:
        founding = self._founding()
        self._wrong = self._fields["groups" if founding.full_name.strip() else "full_name"]
        problem = branches.founding_problem(founding)
        if problem is not None:
            raise problem

    def _founding(self) -> Founding:
        texts = {key: line.text() for key, line in self._fields.items()}
        groups = [name for name in texts["groups"].replace("，", "、").replace(",", "、").split("、") if name]
        return Founding(
            full_name=texts["full_name"],
            short_name=texts["short_name"],
            kind=str(self.kind.currentData()),
            code=texts["code"],
            superior_name=texts["superior_name"],
            secretary_name=texts["secretary_name"],
            groups=groups,
        )

    def _ask_founding(self) -> None:
        self._wrong = self.password
        branches.check_password(self.password.text())
        self._wrong = self.again
        branches.check_password(self.password.text(), self.again.text())
        clerk = self._fields["clerk"].text()
        self.founding_requested.emit(self._founding(), clerk, self.password.text())

    def _check_card(self) -> None:
        if self.card is not None and not self.card.done.isChecked():
            self._wrong = self.card.done
            raise Problem(_("请先打印恢复卡，或抄写并核对，再打上勾。"), _("忘了口令时只有它能打开数据。"))

    def take_branch(self, branch: Branch, key: str) -> None:
        """The branch was founded: show its recovery card and wait until it was printed."""
        self.branch = branch
        self._secret.hide()
        self.card = RecoveryCardBox(branch, key)
        self._card_place.addWidget(self.card)
        self._starts[SECURE] = self.card.findChild(QPushButton, "print_card") or self.next
        self.place.setText(str(Settings().backup_folder(branch.path)))
        self._show_step(SECURE)

    def _choose_place(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("备份放在哪里"), self.place.text())
        if chosen:
            self.place.setText(chosen)

    def _propose_short_name(self, full_name: str) -> None:
        """Write the short name that the full one suggests, until the clerk writes another."""
        line = self._fields["short_name"]
        if line.text() in {"", self._proposed}:
            self._proposed = proposed_short_name(full_name)
            line.setText(self._proposed)

    def _tell_draft(self) -> None:
        draft = {key: line.text() for key, line in self._fields.items()}
        self.draft_changed.emit({**draft, "kind": self.kind.currentData()})


def _show_quick_card(page: QWidget, _checked: object = None) -> None:
    """The card for beside the screen, ready to be printed."""
    PrintDialog(_("速查卡"), quick_paper, page).open()
