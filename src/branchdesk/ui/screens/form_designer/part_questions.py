"""What the designer asks about the form itself, its sections, tables and places to sign."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from branchdesk.forms.activities import shipped_activities
from branchdesk.forms.declarations import (
    INDICATOR,
    FormTable,
    MeetingWords,
    PaperWords,
    Section,
    Signature,
)
from branchdesk.forms.dictionaries import Entry
from branchdesk.forms.editing import change_part
from branchdesk.forms.language import Field, Form
from branchdesk.forms.parts import GROUP, THE_FORM, Part, part_of
from branchdesk.forms.point_words import BucketWords, PointRuleWords
from branchdesk.i18n import _, choose
from branchdesk.ui.screens.form_designer.field_questions import field_questions
from branchdesk.ui.screens.form_designer.indicator_questions import indicator_questions, inspection_questions
from branchdesk.ui.screens.form_designer.point_questions import bucket_questions, point_rule_questions
from branchdesk.ui.screens.form_designer.questions import (
    Change,
    Question,
    ask,
    ask_help,
    ask_labels,
    ask_one,
    ask_text,
    ask_word,
)
from branchdesk.ui.screens.form_designer.scheme_questions import evaluation_questions, group_questions
from branchdesk.ui.screens.form_designer.wording import EXPECTED, PHASES, RETENTIONS, SIGNERS, STUDY_KINDS

_WIDE = 20


def questions_about(form: Form, part: Part) -> list[Question]:
    """What can be said of a part; nothing of one that is not there."""
    found = part_of(form, part)
    match found:
        case Field():
            lines = found.type.name == INDICATOR
            return indicator_questions(part, found) if lines else field_questions(form, part, found)
        case Section() | FormTable() | Signature():
            return _around_fields(form, part, found)
        case BucketWords():
            return bucket_questions(form, part, found)
        case PointRuleWords():
            return point_rule_questions(form, part, found)
        case _:
            return _whole(form, part)


def _whole(form: Form, part: Part) -> list[Question]:
    """What can be said of the form itself, or of a group of its scheme."""
    if part.kind == GROUP and form.evaluation is not None:
        return group_questions(form.evaluation, part.id)
    return _form(form) if part == THE_FORM else []


def _around_fields(form: Form, part: Part, found: Section | FormTable | Signature) -> list[Question]:
    match found:
        case Section():
            return _section(form, part, found)
        case FormTable():
            return _table(part, found)
        case Signature():
            return [
                *ask_labels(part, found.label, found.label_en),
                ask_one("who", _("谁来签"), found.who, SIGNERS, _needed(part, "who")),
            ]


def _needed(part: Part, name: str) -> Change:
    """The change of a word that cannot be left out."""
    return lambda form, answer: change_part(form, part, **{name: answer}) if answer else form


def _section(form: Form, part: Part, section: Section) -> list[Question]:
    asked = ask_labels(part, section.label, section.label_en)
    if form.meeting is not None:
        asked.append(ask_one("phase", _("什么时候填"), section.phase, PHASES, _needed(part, "phase")))
    return asked


def _table(part: Part, table: FormTable) -> list[Question]:
    return [*ask_labels(part, table.label, table.label_en), *ask_help(part, table.help, table.help_en)]


def _form(form: Form) -> list[Question]:
    asked = [
        ask_text(THE_FORM, "title", _("表单名称"), form.title, required=True),
        ask_text(THE_FORM, "title_en", _("英文名称"), form.title_en, required=True),
    ]
    if form.paper is not None:
        asked.append(_paper_title(form.paper))
    if form.meeting is not None:
        asked += _meeting(form.meeting)
    if form.inspection is not None:
        asked += inspection_questions(form, form.inspection)
    if form.evaluation is not None:
        asked += evaluation_questions(form.evaluation)
    if form.points is None:  # whose papers have no boxes to fill in
        asked.append(_blank(form))
    asked.append(ask_text(THE_FORM, "archive", _("归档类目"), form.archive))
    asked.append(ask_word(THE_FORM, "retention", _("保管期限"), form.retention, RETENTIONS))
    return asked


def _blank(form: Form) -> Question:
    words, hint = {"无": "无", "／": "／"}, _("不选就什么也不印。")
    return ask_word(THE_FORM, "blank", _("空着的格子印"), form.blank, words, help_words=hint)


def _paper_title(paper: PaperWords) -> Question:
    def change(form: Form, answer: str | None) -> Form:
        if form.paper is None or not answer:
            return form
        return change_part(form, THE_FORM, paper=replace(form.paper, title=answer))

    return ask("paper_title", "text", _("纸面标题"), paper.title, change, width=_WIDE, required=True)


def _meeting(meeting: MeetingWords) -> list[Question]:
    """Who is expected, which duties such a meeting fulfils, whether there are votes."""

    def setter(change: Callable[[MeetingWords, str | None], MeetingWords]) -> Change:
        def changed(form: Form, answer: str | None) -> Form:
            if form.meeting is None:
                return form
            return change_part(form, THE_FORM, meeting=change(form.meeting, answer))

        return changed

    duties = tuple(Entry(rule.id, choose(rule.label, rule.label_en)) for rule in shipped_activities())
    codes = {duty.code for duty in duties}
    return [
        ask_one(
            "expected",
            _("谁应当到会"),
            meeting.expected,
            EXPECTED,
            setter(lambda now, answer: replace(now, expected=answer or now.expected)),
        ),
        ask(
            "votes",
            "yes_no",
            _("会上有表决"),
            "1" if meeting.votes else "0",
            setter(lambda now, answer: replace(now, votes=answer == "1")),
        ),
        ask(
            "counts",
            "choices",
            _("算作哪些活动"),
            " ".join(meeting.counts),
            setter(
                lambda now, answer: replace(
                    now, counts=tuple(code for code in (answer or "").split() if code in codes)
                )
            ),
            choices=duties,
            width=_WIDE,
            help=_("统计次数时，开一次算每样一次。"),
        ),
        ask_one(
            "study_hours",
            _("学时记作"),
            meeting.study_hours,
            STUDY_KINDS,
            setter(lambda now, answer: replace(now, study_hours=answer or "")),
            help_words=_("不选就不记学时。"),
        ),
    ]
