"""What is wrong with a draft, in sentences that name the part as the clerk called it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from branchdesk.forms.language import Form, read_form_text
from branchdesk.forms.parts import COLUMN, FIELD, SECTION, SIGNATURE, TABLE, THE_FORM, Part
from branchdesk.forms.toml_files import FormMistake
from branchdesk.forms.writing import write_form
from branchdesk.i18n import _
from branchdesk.services.forms import unknown_names
from branchdesk.ui.screens.form_designer.wording import name_of

_PLACE = re.compile(r"(section|field|table|signature)\[(\d+)\](?:\.field\[(\d+)\])?")


@dataclass(frozen=True)
class DraftMistake:
    """One thing that keeps a draft from being published, and the part where it is mended."""

    part: Part
    sentence: str


def mistakes_of(form: Form) -> list[DraftMistake]:
    """What is wrong with a draft, the first mistake of its language before all others."""
    try:
        read_form_text(write_form(form), form.kind)
    except FormMistake as mistake:
        part = part_at(form, mistake.key)
        return [DraftMistake(part, _said(form, part, mistake))]
    return [DraftMistake(THE_FORM, str(problem)) for problem in unknown_names(form)]


def _said(form: Form, part: Part, mistake: FormMistake) -> str:
    if part == THE_FORM:
        return mistake.reason
    return _("“{part}”：{reason}", part=name_of(form, part) or _("没有名称的一栏"), reason=mistake.reason)


def part_at(form: Form, key: str) -> Part:
    """The part that a key of the form file means; the whole form for any other."""
    found = _PLACE.match(key)
    if found is None:
        return THE_FORM
    place = int(found[2]) - 1
    if found[1] == TABLE:
        table = form.tables[place]
        if found[3]:
            return Part(COLUMN, table.fields[int(found[3]) - 1].id, table.id)
        return Part(TABLE, table.id)
    ids = {
        SECTION: [one.id for one in form.sections],
        FIELD: [one.id for one in form.fields],
        SIGNATURE: [one.id for one in form.signatures],
    }
    return Part(found[1], ids[found[1]][place])
