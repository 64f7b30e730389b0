"""A form on the way to its next version: every edit can be taken back, and the draft survives a power cut."""

from __future__ import annotations

from dataclasses import dataclass

from branchdesk.forms.language import Form, read_form_text
from branchdesk.forms.toml_files import FormMistake
from branchdesk.forms.writing import write_form
from branchdesk.services.open_branch import Branch

_KEY = "form:"
_MOST_STEPS = 200


@dataclass(frozen=True)
class KeptDraft:
    """A draft as the branch file keeps it: the form in its last readable state, and when it was kept."""

    form: Form
    saved_at: int


def kept_drafts(branch: Branch) -> dict[str, KeptDraft]:
    """The drafts of forms of this person, by kind; one that cannot be read any more is left out."""
    kept = {}
    for key, (saved_at, content) in branch.drafts().items():
        form = _readable(content) if key.startswith(_KEY) else None
        if form is not None:
            kept[form.kind] = KeptDraft(form, saved_at)
    return kept


def _readable(content: dict[str, str]) -> Form | None:
    for text in (content.get("text", ""), content.get("readable", "")):
        try:
            return read_form_text(text, _KEY)
        except FormMistake:
            continue
    return None


class DesignerDraft:
    """The states of a form while it is designed. `released` is the version before it, None for a new kind."""

    def __init__(self, branch: Branch, form: Form, released: Form | None) -> None:
        self._branch = branch
        self.released = released
        self._states = [form]
        self._place = 0
        self._last_readable = write_form(form)

    @property
    def form(self) -> Form:
        """The form as it stands."""
        return self._states[self._place]

    def take(self, form: Form) -> bool:
        """Make `form` the present state and keep it; False where it is the same."""
        if form == self.form:
            return False
        self._states[self._place + 1 :] = [form]
        del self._states[: max(0, len(self._states) - _MOST_STEPS)]
        self._place = len(self._states) - 1
        self.keep()
        return True

    @property
    def can_undo(self) -> bool:
        """Whether there is a state before the present one."""
        return self._place > 0

    @property
    def can_redo(self) -> bool:
        """Whether a state was taken back."""
        return self._place + 1 < len(self._states)

    def undo(self) -> bool:
        """Go back one state; False where there is none."""
        return self._step(-1)

    def redo(self) -> bool:
        """Go forward again; False where nothing was taken back."""
        return self._step(1)

    def _step(self, step: int) -> bool:
        if not 0 <= self._place + step < len(self._states):
            return False
        self._place += step
        self.keep()
        return True

    def keep(self) -> None:
        """Write the draft into the branch file, with the last state that can be read for sure."""
        text = write_form(self.form)
        try:
            read_form_text(text, self.form.kind)
        except FormMistake:
            pass
        else:
            self._last_readable = text
        key = f"{_KEY}{self.form.kind}"
        self._branch.keep_draft(key, {"text": text, "readable": self._last_readable})

    def drop(self) -> None:
        """Forget the draft."""
        self._branch.drop_draft(f"{_KEY}{self.form.kind}")
