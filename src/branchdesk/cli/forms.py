"""`check-form` and `render-form`: a form file is tried before anybody fills it in."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from branchdesk.cli.console import complain, long_work, say
from branchdesk.cli.endings import Ending
from branchdesk.cli.outputs import check_free, write_document
from branchdesk.errors import Problem
from branchdesk.forms.form_reading import read_form_text
from branchdesk.forms.language import Form
from branchdesk.forms.samples import Sample, read_sample, shipped_sample
from branchdesk.forms.shelf import shipped_shelf
from branchdesk.forms.toml_files import FormMistake, TomlFile
from branchdesk.i18n import _, _n, listed
from branchdesk.paths import form_folder
from branchdesk.reports.form_papers import form_sample_paper
from branchdesk.services.forms import check_form_text

_ENDING = ".toml"


def check_form(asked: Namespace) -> Ending:
    """Say what is wrong with a form, each mistake with its key and reason."""
    text = _text_of(asked.form)
    problems = check_form_text(text)
    for problem in problems:
        complain(problem)
    if problems:
        return Ending.PROBLEM
    form = read_form_text(text, asked.form)
    say(
        _n(
            "“{title}”（{kind} 第 {version} 版）没有错误，共 {n} 个项目。",
            len(form.fields),
            title=form.shown(),
            kind=form.kind,
            version=form.version,
        )
    )
    return Ending.FINE


def render_form(asked: Namespace) -> Ending:
    """Print a form, filled with its sample or blank."""
    check_free(asked.output, force=asked.force)
    form, sample = _form_and_sample(asked.form)
    with long_work() as progress:
        document = form_sample_paper(form, None if asked.blank else sample)
        return write_document(document, asked.output, progress)


def _text_of(named: str) -> str:
    """The text of a form file. Raises Problem for one that cannot be read."""
    path = Path(named)
    if path.suffix != _ENDING:
        path = form_folder(named, "form.toml")
        if not path.is_file():
            raise _unknown(named)
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        advice = _("请用记事本另存为 UTF-8 编码，再试一次。")
        raise Problem(_("“{path}”不是 UTF-8 编码的文本。", path=str(path)), advice) from error


def _form_and_sample(named: str) -> tuple[Form, Sample | None]:
    """A form and its sample, which lies beside it. Raises Problem for one that is wrong or unknown."""
    if not named.endswith(_ENDING):
        if named not in shipped_shelf().kinds():
            raise _unknown(named)
        return shipped_shelf().form(named), shipped_sample(named)
    text = _text_of(named)
    problems = check_form_text(text)
    if problems:
        raise problems[0]
    form = read_form_text(text, named)
    beside = Path(named).with_name("sample.toml")
    try:
        return form, read_sample(TomlFile(beside), form) if beside.is_file() else None
    except FormMistake as mistake:
        raise mistake.problem() from mistake


def _unknown(named: str) -> Problem:
    kinds = listed(shipped_shelf().kinds())
    return Problem(_("没有代号是“{name}”的表单。", name=named), _("现有：{names}。", names=kinds))
