"""The editor of each field type; a test fails where one is missing."""

from __future__ import annotations

from collections.abc import Callable

from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.language import Field
from branchdesk.ui.fields.base import FieldEditor, LineEditor
from branchdesk.ui.fields.choosing import ChoiceEditor, ChoicesEditor, YesNoEditor
from branchdesk.ui.fields.dates import DateEditor, TimeSpanEditor
from branchdesk.ui.fields.figures import FigureLabel, IndicatorLabel, SignatureLabel
from branchdesk.ui.fields.files import AttachmentsEditor
from branchdesk.ui.fields.people import MemberEditor, MembersEditor
from branchdesk.ui.fields.texts import LongTextEditor, NumberEditor

FIELD_EDITORS: dict[str, Callable[[Field, Vocabulary], FieldEditor]] = {
    "text": LineEditor,
    "person_name": LineEditor,
    "long_text": LongTextEditor,
    "date": DateEditor,
    "time_span": TimeSpanEditor,
    "choice": ChoiceEditor,
    "choices": ChoicesEditor,
    "organisation": ChoiceEditor,
    "member": MemberEditor,
    "members": MembersEditor,
    "yes_no": YesNoEditor,
    "number": NumberEditor,
    "money": NumberEditor,
    "hours": NumberEditor,
    "phone": LineEditor,
    "id_number": LineEditor,
    "attachments": AttachmentsEditor,
    "signature": SignatureLabel,
    "computed": FigureLabel,
    "indicator": IndicatorLabel,
}


def field_editor(field: Field, vocabulary: Vocabulary) -> FieldEditor:
    """The widget for a field."""
    made = FIELD_EDITORS[field.type.name](field, vocabulary)
    made.setObjectName(f"field_{field.id}")
    return made


__all__ = ["FIELD_EDITORS", "DateEditor", "FieldEditor", "field_editor"]
