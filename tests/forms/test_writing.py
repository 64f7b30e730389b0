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
    GradeWords,
    InspectionWords,
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
        field_of("score", "number", least=0, most=10),
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

INSPECTED = Form(
    "inspection.everything",
    2,
    "检查",
    "Inspection",
    "organisation",
    "half",
    sections=(Section("head", "表头", "Head"), Section("lines", "一、组织", "1. Organisation")),
    fields=(
        field_of("boss", "person_name", section="head", role="secretary"),
        field_of(
            "a1",
            "indicator",
            section="lines",
            number="A1",
            points=Decimal("2.5"),
            post="书记",
            proof="记录",
            proof_en="Record",
            help="缺 1 次扣 0.5 分。",
            help_en="Half a point each.",
            veto=True,
            not_applicable=True,
            deduct=(
                Deduction("late", "missing", Decimal("0.5"), "缺", "Late", Decimal(2), Decimal(2)),
                Deduction(
                    "below",
                    "per_percent",
                    Decimal(1),
                    "低",
                    "Below",
                    target=Decimal(90),
                    fact="attendance.rate",
                ),
            ),
        ),
        field_of("a2", "indicator", section="lines", number="A2", points=Decimal(3), bonus=True),
        field_of("a3", "indicator", section="lines", number="A3", veto=True),
    ),
    checks=(),
    inspection=InspectionWords(
        (GradeWords("good", "好", "Good", Decimal("79.5")), GradeWords("bad", "差", "Bad", Decimal(0))),
        Decimal("2.5"),
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


def test_an_inspection_with_every_word_reads_back_equal() -> None:
    assert again(INSPECTED) == INSPECTED
    assert "target = 100" not in write_form(INSPECTED)


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
    bounded = field_of("score", "number", section="lines", least=least)
    line = field_of("b1", "indicator", section="lines", number="B1", points=points)
    slot = field_of("photos", "attachments", section="lines", slot=Slot(1, (suffix,)))
    form = replace(INSPECTED, fields=(bounded, line, slot))
    assert again(form) == form


def test_words_that_would_hold_anyway_are_left_out() -> None:
    text = write_form(shipped_form("member.file"))
    assert "required = false" not in text
    assert "max_length = 200\n" not in text
