"""The forms of a branch file: looking at them, copying one, checking and publishing one made here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from branchdesk import clock
from branchdesk.domain.checks import CHECKS
from branchdesk.domain.meetings.quality import QUALITY_CHECKS
from branchdesk.errors import Problem
from branchdesk.forms.language import Form, read_form_text
from branchdesk.forms.shelf import HERE, SHIPPED, Shelf
from branchdesk.forms.spelling import cleaned
from branchdesk.forms.toml_files import FormMistake
from branchdesk.forms.writing import write_form
from branchdesk.i18n import _, listed
from branchdesk.storage import records
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import Changes
from branchdesk.storage.tables import form_definition

MEETING = "meeting"
_UNNAMED = "form.toml"
_OWN = "own_"  # no kind that ships or comes from above is named so: one kind can never mean two forms


def shelf(branch: Branch) -> Shelf:
    """Every form that this file can fill: shipped, received from above, made here."""
    with branch.read() as connection:
        return records.shelf_of(connection)


def check_form_text(text: str, name: str = _UNNAMED) -> list[Problem]:
    """What is wrong with the text of a form: the first mistake of its language, else every unknown name."""
    if not text.isascii() and text.encode("utf-8", "ignore").decode() != text:
        sentence = _("表单“{form}”里有不能保存的字符。", form=name)
        return [Problem(sentence, _("请把乱码的字删去，重新输入。"))]
    try:
        form = read_form_text(text, name)
    except FormMistake as mistake:
        return [mistake.problem()]
    return unknown_names(form)


def unknown_names(form: Form) -> list[Problem]:
    """The checks that a form names and that this program does not have."""
    known = QUALITY_CHECKS if form.subject == MEETING else CHECKS
    return [_unknown(form, "checks", name, known) for name in form.checks if name not in known]


def _unknown(form: Form, key: str, name: str, known: Iterable[str]) -> Problem:
    return Problem(
        _("表单“{form}”的“{key}”写了“{name}”，程序不认识。", form=form.kind, key=key, name=name),
        _("可以写的有：{names}。", names=listed(known)),
    )


def publish_form(branch: Branch, text: str, effective_from: date | None = None) -> Changes:
    """Publish a form that was made here, for use from a day on; a published version never changes.

    Raises Problem for a text that is wrong, a kind that ships with the program or is named like one, and a
    version that is there already or does not follow the newest one.
    """
    problems = check_form_text(text)
    if problems:
        raise problems[0]
    form = read_form_text(text, _UNNAMED)
    known = shelf(branch)
    versions = known.versions(form.kind)
    if versions and known.origin(form.kind, versions[0]) == SHIPPED:
        raise Problem(
            _("“{kind}”是程序自带的表单，不能在这里另发新版本。", kind=form.kind),
            _("请复制一份，换一个编号再发布。"),
        )
    if not form.kind.partition(".")[2].startswith(_OWN):
        raise Problem(
            _("“{kind}”不是本支部自己的表单编号。", kind=form.kind),
            _(
                "自己的表单编号在点后面以 {start} 开头，如 {example}。",
                start=_OWN,
                example=f"meeting.{_OWN}1",
            ),
        )
    _refuse_version(form, versions)
    row = {
        "kind": form.kind,
        "version": form.version,
        "origin": HERE,
        "content": text,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "effective_from": effective_from.isoformat() if effective_from else None,
        "published_on": clock.today().isoformat(),
    }
    with branch.change(_("发布表单 {form} 第 {n} 版", form=form.shown(), n=form.version)) as change:
        change.insert(form_definition, row)
    return change.result


def _refuse_version(form: Form, versions: list[int]) -> None:
    due = versions[-1] + 1 if versions else 1
    if form.version in versions:
        raise Problem(
            _("“{form}”第 {n} 版已经发布，不能再改。", form=form.shown(), n=form.version),
            _("请把版本改为 {n}，作为新版本发布。", n=due),
        )
    if form.version != due:
        raise Problem(
            _(
                "“{form}”的下一个版本应是第 {due} 版，这里写的是第 {n} 版。",
                form=form.shown(),
                due=due,
                n=form.version,
            ),
            _("请把版本改为 {n}。", n=due),
        )


def copy_form(branch: Branch, kind: str, new_kind: str, title: str) -> Form:
    """A form to begin with, made from another one: the same parts under a kind and title of its own.

    Nothing is stored until it is published. Raises Problem for an empty title and a kind that there is
    already or that no form can have.
    """
    known = shelf(branch)
    if known.versions(new_kind):
        raise Problem(_("已经有编号为“{kind}”的表单。", kind=new_kind), _("请换一个编号。"))
    name = " ".join(cleaned(title).split())
    if not name:
        raise Problem(_("请给表单起个名字。"), _("如“支部学习会记录”。"))
    model = known.form(kind)
    copied = replace(model, kind=new_kind, version=1, title=name, title_en=name)
    try:
        return read_form_text(write_form(copied), new_kind)
    except FormMistake as mistake:
        raise mistake.problem() from mistake
