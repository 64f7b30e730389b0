"""What the form designer writes reads back as the same form."""

from __future__ import annotations

import string
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchdesk.forms.declarations import (
    Form,
    FormTable,
    MeetingWords,
    PaperCell,
    PaperRow,
    PaperWords,
    Section,
    Signature,
)
from branchdesk.forms.dictionaries import Entry
from branchdesk.forms.field_types import FIELD_TYPES
from branchdesk.forms.fields import Condition, Deduction, Field, Slot
from branchdesk.forms.language import read_form_text, shipped_form, shipped_kinds
from branchdesk.forms.spelling import hidden_characters
from branchdesk.forms.toml_files import FormMistake
from branchdesk.forms.writing import write_form


def field_of(name: str, type_name: str, *, section: str = "basic", **more: object) -> Field:
    plain = Field(
        name,
        FIELD_TYPES[type_name],
        f"{name}栏",
        f"The {name}",
        section,
        dictionary=FIELD_TYPES[type_name].dictionary,
    )
    return replace(plain, **more)  # type: ignore[arg-type]  # any of the fields


EVERYTHING = Form(
    kind="meeting.everything",
    version=4,
    title="全部“词语”的\\表",
    title_en='All "words"',
    subject="meeting",
    period="year",
    sections=(
        Section("basic", "基本", "Basics", "before"),
        Section("rest", "其余", "Rest", hidden=True),
    ),
    fields=(
        field_of("held", "time_span", role="when", required=True, in_list=True, future=True, width=12),
        field_of("chair", "member", role="chair", prefill="meeting.usual_chair"),
        field_of("sex", "choice", dictionary="sex", default="1", aliases=("男女",)),
        field_of(
            "mood",
            "choices",
            choices=(Entry("good", "好", "Good"), Entry("bad", "坏", "Bad")),
            only_if=Condition("sex", ("1", "2")),
        ),
        field_of("note", "long_text", only_if=Condition("mood"), max_length=4000, private=True),
        field_of("heads", "computed", figure="attendance.present", section="rest"),
        field_of("photos", "attachments", slot=Slot(5, ("jpg", "png"))),
        field_of("papers", "attachments", slot=Slot()),
        field_of("signed", "signature", help="签名。", help_en="Sign."),
        field_of("standing", "text", source="standing", read_only=True, hidden=True),
        field_of(
            "score",
            "number",
            least=0,
            most=10,
            points=Decimal("2.5"),
            deduct=Deduction("per_time", Decimal("0.5"), Decimal(2), Decimal(2)),
            veto=True,
            not_applicable=True,
        ),
        field_of("other", "money", points=Decimal(100), deduct=Deduction("manual", Decimal(1))),
    ),
    checks=("quorum", "date_in_term"),
    tables=(
        FormTable("agenda", "议题", "Agenda", "basic", "agenda", "编号。", "Numbered."),
        FormTable(
            "guests",
            "列席",
            "Guests",
            "basic",
            fields=(
                field_of("who", "text", section=""),
                field_of("since", "date", section="", only_if=Condition("who")),
            ),
        ),
    ),
    signatures=(Signature("chair", "主持人", "Chair", "chair"),),
    blank="无",
    archive="组织生活",
    retention="30",
    meeting=MeetingWords(("assembly",), "committee", True, "meeting", "talk"),
    paper=PaperWords(
        "会议记录",
        (40, 120),
        (
            PaperRow((PaperCell(label="时间"), PaperCell(field="held"))),
            PaperRow((PaperCell(figure="votes.summary", columns=2),)),
        ),
    ),
)

BARE = Form("a.b", 1, "空表", "Empty", "none", "none", (), (), ())


def again(form: Form) -> Form:
    return read_form_text(write_form(form), form.kind)


@pytest.mark.parametrize("kind", shipped_kinds())
def test_every_shipped_form_reads_back_equal(kind: str) -> None:
    assert again(shipped_form(kind)) == shipped_form(kind)


def test_a_form_with_every_word_reads_back_equal() -> None:
    assert again(EVERYTHING) == EVERYTHING


def test_a_form_with_nothing_in_it_reads_back_equal() -> None:
    assert again(BARE) == BARE
    assert "meeting" not in write_form(BARE)


@given(st.text(min_size=1, max_size=40).filter(lambda text: text.strip()))
def test_every_text_reads_back_equal_or_is_refused_for_what_nobody_sees(text: str) -> None:
    titled = replace(BARE, title=text, blank=text)
    if hidden_characters(text) or set(text) & set("\n\r\t"):
        with pytest.raises(FormMistake, match="title: 里面有看不见的字符或换行"):
            again(titled)
    else:
        assert again(titled) == titled


@given(
    st.decimals(Decimal("0.01"), Decimal(1000), places=2),
    st.integers(-1000, 1000),
    st.text(string.ascii_lowercase, min_size=1, max_size=8),
)
def test_numbers_and_lists_read_back_equal(points: Decimal, least: int, suffix: str) -> None:
    scored = field_of("score", "number", section="rest", points=points, least=least)
    slot = field_of("photos", "attachments", section="rest", slot=Slot(1, (suffix,)))
    form = replace(BARE, sections=EVERYTHING.sections[1:], fields=(scored, slot))
    assert again(form) == form


def test_words_that_would_hold_anyway_are_left_out() -> None:
    text = write_form(shipped_form("member.file"))
    assert "required = false" not in text
    assert "max_length = 200\n" not in text
