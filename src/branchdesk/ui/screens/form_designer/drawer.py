"""Where drafts of forms come from: a copy of another form, or the next version of an own one."""

from __future__ import annotations

from dataclasses import replace

from branchdesk.forms.editing import retitle_paper
from branchdesk.services import forms
from branchdesk.services.open_branch import Branch
from branchdesk.ui.screens.form_designer.draft import DesignerDraft, kept_drafts
from branchdesk.ui.screens.form_designer.form_list import ListedForm, listed_forms


def forms_and_drafts(branch: Branch) -> list[ListedForm]:
    """Every form that clerks fill in, with the draft that is on its way."""
    return listed_forms(forms.shelf(branch), kept_drafts(branch))


def draft_of_copy(branch: Branch, model: ListedForm, title: str) -> DesignerDraft:
    """A draft of a new kind made from another form. Raises Problem for a title that will not do."""
    copied = forms.copy_form(branch, model.form.kind, _new_kind(branch, model), title)
    return DesignerDraft(branch, retitle_paper(copied, model.form.title), None)


def _new_kind(branch: Branch, model: ListedForm) -> str:
    """An id for the copy that no form and no draft has."""
    area = model.form.kind.partition(".")[0]
    taken = {one.form.kind for one in forms_and_drafts(branch)}
    number = 1
    while f"{area}.own_{number}" in taken:
        number += 1
    return f"{area}.own_{number}"


def draft_of_next(branch: Branch, own: ListedForm) -> DesignerDraft:
    """The draft of an own form: the kept one, else a new one; always for the version after the newest."""
    released = own.form if own.origin else None
    form = own.draft.form if own.draft is not None else own.form
    due = released.version + 1 if released is not None else 1
    return DesignerDraft(branch, replace(form, version=due), released)


def drop_draft(branch: Branch, own: ListedForm) -> None:
    """Forget the draft of a form; what was published stays."""
    DesignerDraft(branch, own.form, None).drop()
