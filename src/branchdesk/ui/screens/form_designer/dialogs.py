"""What is asked before a form is copied and before a version is published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from branchdesk import clock
from branchdesk.errors import Problem
from branchdesk.forms.date_spelling import read_date
from branchdesk.forms.language import Form
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate
from branchdesk.services import forms
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import FormDialog
from branchdesk.ui.widgets.texts import Note


class CopyFormDialog(FormDialog):
    """Asks what the copy of a form is called."""

    def __init__(self, form: Form, on_title: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(_("复制“{form}”", form=form.shown()), _("复制"), parent)
        self.setObjectName("copy_form_dialog")
        self._on_title = on_title
        self.body.insertWidget(
            0, Note(_("复制出来的表单归本支部使用，改好后发布；原来的表单不变。"), "second")
        )
        self.title = self.line(_("新表单的名称"), hint=_("如 支部学习会"))

    @override
    def act(self) -> None:
        title = self.title.text().strip()
        if not title:
            raise Problem(_("请给新表单起个名称。"))
        self._on_title(title)


class PublishFormDialog(FormDialog):
    """Explains what publishing means and asks from which day the version is used."""

    def __init__(
        self, desk: Desk, form: Form, text: str, on_published: Callable[[], object], parent: QWidget
    ) -> None:
        super().__init__(_("发布“{form}”第 {n} 版", form=form.shown(), n=form.version), _("发布"), parent)
        self.setObjectName("publish_form_dialog")
        self._desk = desk
        self._form = form
        self._text = text
        self._on_published = on_published
        self.body.insertWidget(0, Note(_meaning(form)))
        self.body.insertWidget(1, Note(_("发布过的版本不能再改；以后要改，就再发布下一版。"), "hint"))
        today = PartialDate.of(clock.today()).shown()
        self.since = self.line(_("从哪天起使用"), today, _("如 2026.12.01"))

    @override
    def act(self) -> None:
        changes = forms.publish_form(self._desk.branch, self._text, self._day())
        self._desk.do(lambda: changes, _("“{form}”已发布。", form=self._form.shown()))
        self._on_published()

    def _day(self) -> date:
        reading = read_date(self.since.text(), clock.today(), typed=True)
        if reading.value is None:
            raise Problem(reading.error)
        if not reading.value.is_full:
            raise Problem(_("请写明是哪一天。"))
        return reading.value.first_day()


def _meaning(form: Form) -> str:
    """What publishing a form means for the records."""
    if form.points is not None:
        return _("发布以后，今年还没有记过分的，就按它记分；已经记过分的，从明年起按它记。")
    if form.version == 1:
        return _("发布后就可以用它新建记录。")
    return _("发布后新建的记录用这一版；以前的记录仍按原来的版本显示和打印，一个字也不变。")
