"""`check-form` and `render-form`: a form file is tried before anybody fills it in."""

from __future__ import annotations

from argparse import Namespace

from branchdesk.cli.console import complain, long_work, say
from branchdesk.cli.endings import Ending
from branchdesk.cli.outputs import check_free, write_document
from branchdesk.forms.shelf import read_form_text
from branchdesk.i18n import _n
from branchdesk.reports.meetings.papers import form_sample_paper
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
