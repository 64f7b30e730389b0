"""The nine kinds of meetings that ship: their forms, dictionaries and samples, as a clerk meets them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

import pytest

from branchdesk.domain.meetings.counting_heads import heads_of, reconcile
from branchdesk.domain.meetings.elections import ElectionResult
from branchdesk.domain.meetings.model import (
    Attendance,
    Candidate,
    Meeting,
    MeetingState,
    Presence,
    Vote,
    VoteKind,
)
from branchdesk.domain.meetings.votes import Verdict, judge
from branchdesk.findings import Finding, Severity
from branchdesk.forms.activities import shipped_activities
from branchdesk.forms.dictionaries import Dictionary, Entry, shipped_dictionaries
from branchdesk.forms.field_types import Field, Surroundings
from branchdesk.forms.language import Form, FormTable, shipped_form, shipped_kinds, visible_fields
from branchdesk.forms.rules import shipped_rules
from branchdesk.forms.samples import Sample, shipped_sample
from branchdesk.forms.time_spans import span_of

TODAY = date(2026, 11, 21)
KINDS = [kind for kind in shipped_kinds() if kind.startswith("meeting.")]
BOOKS = [kind for kind in KINDS if kind != "meeting.talk"]
NAMES = (
    *("周建国", "李敏", "陈志远", "王秀兰", "赵立新", "孙晓燕", "刘洋", "黄文博", "吴桂芳", "郑海涛"),
    *("何静", "马俊杰", "朱玉梅", "胡强", "林雪", "高峰", "梁志强", "谢婷", "宋伟", "唐丽华", "韩磊"),
    *("冯秀英", "邓超群", "曹雨桐"),
)
GUESTS = ("潘晓东", "蒋雯", "许文清")
MEMBERS = Dictionary(
    "member", "党员", "Members", "", "", open=False, entries=tuple(Entry(f"u{n}", n) for n in NAMES)
)
AROUND = Surroundings({**shipped_dictionaries(), "member": MEMBERS}, TODAY)
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def sample_of(kind: str) -> Sample:
    sample = shipped_sample(kind)
    assert sample is not None, kind
    return sample


def tables_of(form: Form) -> list[FormTable]:
    return [table for table in form.tables if table.holds == "lines"]


def spoken_of(form: Form) -> Iterator[tuple[str, str]]:
    """Every label of a form with its English twin."""
    yield form.title, form.title_en
    yield from ((section.label, section.label_en) for section in form.sections)
    yield from ((table.label, table.label_en) for table in form.tables)
    yield from ((signature.label, signature.label_en) for signature in form.signatures)
    for field in fields_of(form):
        yield field.label, field.label_en
        yield from ((choice.label, choice.label_en) for choice in field.choices)


def fields_of(form: Form) -> list[Field]:
    """The fields of a form and of the lines of its tables."""
    return [*form.fields, *(field for table in form.tables for field in table.fields)]


def findings_on(fields: list[Field], typed: Mapping[str, str]) -> list[Finding]:
    """What reading and checking of typed values finds, and required fields that are empty."""
    found: list[Finding] = []
    for field in fields:
        reading = field.type.read(field, typed.get(field.id, ""), AROUND)
        found += reading.findings
        if reading.value is not None:
            found += field.type.check(field, reading.value, AROUND)
        elif field.required:
            found.append(Finding("required", Severity.WARN, field.label, field.id))
    return found


def texts_of(sample: Sample) -> str:
    """Everything a sample says, one piece a line."""
    rows = (*sample.attendance, *sample.agenda, *sample.passages, *sample.votes, *sample.decisions)
    own = [text for lines in sample.lines.values() for line in lines for text in line.values()]
    return "\n".join((*sample.values.values(), *own, *(str(value) for row in rows for value in row.values())))


def meeting_of(kind: str) -> Meeting:
    """The sample as a meeting, as far as counting needs it."""
    attendance = tuple(
        Attendance(uid=row["name"], **{**row, "presence": Presence(row["presence"])})
        for row in sample_of(kind).attendance
    )
    return Meeting("m", kind, 1, "o", attendance=attendance)


def votes_of(kind: str) -> list[Vote]:
    votes = []
    for place, row in enumerate(sample_of(kind).votes):
        plain = {key: value for key, value in row.items() if key not in {"agenda", "kind", "candidates"}}
        candidates = tuple(Candidate(uid=one["name"], **one) for one in row.get("candidates", ()))
        votes.append(Vote(uid=f"v{place}", kind=VoteKind(row["kind"]), candidates=candidates, **plain))
    return votes


def judged(kind: str, vote: Vote) -> Verdict | ElectionResult:
    held = span_of(sample_of(kind).values["held"])
    assert held is not None
    return judge(
        vote,
        heads_of(meeting_of(kind)),
        shipped_rules(),
        held.day,
        of_committee=kind == "meeting.committee",
    )


# ---- the forms


def test_every_activity_that_is_counted_has_a_form_of_its_own() -> None:
    counted = [activity for kind in KINDS for activity in counts_of(kind)]
    assert sorted(counted) == sorted({rule.id for rule in shipped_activities()})


def counts_of(kind: str) -> tuple[str, ...]:
    meeting = shipped_form(kind).meeting
    assert meeting is not None
    return meeting.counts


@pytest.mark.parametrize("kind", KINDS)
def test_a_meeting_tells_when_and_where_it_was_and_who_led_it(kind: str) -> None:
    form = shipped_form(kind)
    assert form.subject == "meeting"
    for role in ("when", "place", "chair", "topic"):
        assert form.by_role(role) is not None, role
    assert {section.phase for section in form.sections} == {"before", "held", "after"}
    assert all(form.in_section(section.id) or form.tables_in(section.id) for section in form.sections)


@pytest.mark.parametrize("kind", BOOKS)
def test_minutes_have_a_recorder_attendance_guests_speeches_and_evidence(kind: str) -> None:
    form = shipped_form(kind)
    assert form.by_role("recorder") is not None
    assert form.table_of("attendance") is not None
    assert form.table_of("passages") is not None
    assert form.tables_by_id["guests"].by_id["capacity"].dictionary == "guest_capacity"
    assert {"photos", "sign_in_files"} <= {field.id for field in form.slots}
    figures = {field.figure for field in form.fields if field.figure}
    assert {
        f"attendance.{one}" for one in ("expected", "present", "leave", "absent", "absent_names")
    } <= figures
    assert [one.who for one in form.signatures][:1] == ["chair"]
    assert "recorder" in [one.who for one in form.signatures]


def test_only_the_assembly_and_the_committee_vote() -> None:
    voting = {kind for kind in KINDS if shipped_form(kind).table_of("votes") is not None}
    assert voting == {"meeting.assembly", "meeting.committee"}
    assert "one_person_per_vote" in shipped_form("meeting.assembly").checks


def test_those_present_sign_the_minutes_of_the_committee() -> None:
    assert [one.who for one in shipped_form("meeting.committee").signatures] == [
        *("chair", "recorder", "present"),
    ]


def test_both_sign_the_record_of_a_talk_which_has_neither_attendance_nor_agenda_nor_votes() -> None:
    form = shipped_form("meeting.talk")
    assert form.meeting is not None
    assert (form.meeting.layout, form.meeting.expected) == ("talk", "chosen")
    assert form.tables == ()
    assert [one.who for one in form.signatures] == ["chair", "person"]


@pytest.mark.parametrize("kind", BOOKS)
def test_the_head_of_the_minutes_stands_in_the_order_of_the_minute_book(kind: str) -> None:
    paper = shipped_form(kind).paper
    assert paper is not None
    assert paper.title.endswith("记录")
    assert paper.head_widths == (22, 58, 22, 58)
    cells = [cell.field for row in paper.rows for cell in row.cells if cell.field]
    order = ("held", "place", "chair", "recorder", "expected", "present", "absent_names", "guests")
    assert [cell for cell in cells if cell in order] == [*order]
    labels = ["".join(cell.label.split()) for row in paper.rows for cell in row.cells if cell.label]
    assert labels[:4] == ["时间", "地点", "主持人", "记录人"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_label_is_short_and_has_its_english(kind: str) -> None:
    for label, english in spoken_of(shipped_form(kind)):
        assert CHINESE.search(label), label
        assert len(label) <= 12, label
        assert english.isascii(), english
        assert len(english) <= 32, english


@pytest.mark.parametrize("kind", KINDS)
def test_help_is_a_sentence_in_both_languages(kind: str) -> None:
    form = shipped_form(kind)
    helps = [(field.help, field.help_en) for field in fields_of(form)]
    for help_text, english in (*helps, *((table.help, table.help_en) for table in form.tables)):
        assert not help_text or help_text.endswith("。"), help_text
        assert not english or english.endswith("."), english


@pytest.mark.parametrize("kind", KINDS)
def test_minutes_are_kept_for_thirty_years_and_those_with_resolutions_for_ever(kind: str) -> None:
    form = shipped_form(kind)
    assert form.retention == ("permanent" if kind == "meeting.assembly" else "30")
    assert form.archive == ("评议考核" if kind == "meeting.appraisal" else "组织生活")
    assert form.blank == "无"


@pytest.mark.parametrize(
    ("kind", "filled", "asked"),
    [
        ("theme_day", {"theme_form": "study volunteering"}, {"service_hours", "served"}),
        ("theme_day", {"theme_form": "visit"}, {"visited"}),
        ("theme_day", {"dues_collected": "1"}, {"dues_amount"}),
        ("theme_day", {"constitution_read": "1"}, {"constitution_part"}),
        ("lecture", {"lecturer_kind": "guest"}, {"lecturer_post"}),
        ("talk", {"follow_up": "一个月后回访"}, {"follow_due", "follow_result"}),
        ("assembly", {"superior_present": "1"}, {"superior_remarks"}),
        ("assembly", {"superior_present": "0"}, set()),
    ],
)
def test_some_fields_are_asked_only_when_others_call_for_them(
    kind: str, filled: Mapping[str, str], asked: set[str]
) -> None:
    form = shipped_form(f"meeting.{kind}")
    before = {field.id for field in visible_fields(form, {})}
    assert {field.id for field in visible_fields(form, filled)} - before == asked


def test_self_criticism_asks_for_nobody_else() -> None:
    table = shipped_form("meeting.life").tables_by_id["criticisms"]
    alone = {field.id for field in visible_fields(table, {"direction": "self"})}
    assert {field.id for field in visible_fields(table, {"direction": "other"})} - alone == {"criticised"}


def test_the_rectification_list_asks_what_the_superior_asks() -> None:
    table = shipped_form("meeting.life").tables_by_id["rectifications"]
    assert [field.label for field in table.fields] == [
        *("问题", "整改措施", "责任人", "时限", "完成情况", "验证人"),
    ]


# ---- the dictionaries


@pytest.mark.parametrize(
    ("name", "kinds"), [("meeting_state", MeetingState), ("presence", Presence), ("vote_kind", VoteKind)]
)
def test_the_codes_of_a_meeting_are_those_that_the_rules_know(
    name: str, kinds: type[MeetingState | Presence | VoteKind]
) -> None:
    assert list(shipped_dictionaries()[name].by_code) == [kind.value for kind in kinds]
    assert not shipped_dictionaries()[name].open


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("talk_kind", ["日常", "提醒", "入党前", "任前", "节前", "廉政", "心理"]),
        ("theme_form", ["学习", "议事", "志愿服务", "实践", "参观"]),
        ("appraisal_grade", ["优秀", "合格", "基本合格", "不合格"]),
        ("study_kind", ["集中培训", "党课", "三会", "主题党日", "网络学习", "自学"]),
    ],
)
def test_the_words_of_a_list_are_those_of_the_office(name: str, labels: list[str]) -> None:
    assert [entry.label for entry in shipped_dictionaries()[name].entries] == labels


@pytest.mark.parametrize(
    ("typed", "code"), [("到", "present"), ("√", "present"), ("假", "leave"), ("缺", "absent")]
)
def test_attendance_is_understood_as_sign_in_sheets_write_it(typed: str, code: str) -> None:
    assert shipped_dictionaries()["presence"].code_of(typed) == code


# ---- the samples


@pytest.mark.parametrize("kind", KINDS)
def test_a_sample_is_right_in_every_field_that_is_asked(kind: str) -> None:
    form, sample = shipped_form(kind), sample_of(kind)
    asked = visible_fields(form, sample.values)
    assert {*sample.values} <= {field.id for field in asked}
    assert findings_on(asked, sample.values) == []
    for table in tables_of(form):
        for line in sample.lines.get(table.id, ()):
            columns = visible_fields(table, line)
            assert {*line} <= {field.id for field in columns}
            assert findings_on(columns, line) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_sample_has_invented_people_and_no_number_of_anybody(kind: str) -> None:
    text = texts_of(sample_of(kind))
    assert re.search(r"\d{7,}", text) is None
    assert re.search(r"(?i)xx|××|某某|____", text) is None


@pytest.mark.parametrize("kind", BOOKS)
def test_a_sample_fills_its_minutes_with_people_who_were_there(kind: str) -> None:
    sample = sample_of(kind)
    attendance = {row["name"]: row["presence"] for row in sample.attendance}
    assert {*attendance} <= {*NAMES}
    there = {name for name, presence in attendance.items() if presence == "present"}
    guests = {line["guest_name"] for line in sample.lines.get("guests", ())}
    assert guests <= {*GUESTS, *NAMES}
    assert not guests & {*attendance}
    speakers = {row["speaker"] for row in sample.passages if "speaker" in row}
    assert len(speakers) >= 4
    assert speakers <= there | guests
    assert {sample.values["chair"], sample.values["recorder"]} <= there
    assert sample.values["chair"] != sample.values["recorder"]
    assert all("reason" in row for row in sample.attendance if row["presence"] != "present")


@pytest.mark.parametrize("kind", BOOKS)
def test_a_sample_says_something_to_every_point_of_its_agenda(kind: str) -> None:
    sample = sample_of(kind)
    points = set(range(1, len(sample.agenda) + 1))
    assert {row["agenda"] for row in sample.passages if "agenda" in row} == points
    assert {row["agenda"] for row in (*sample.votes, *sample.decisions)} <= points
    assert bool(points) == (shipped_form(kind).table_of("agenda") is not None)
    long_texts = (sample.values.get(name, "") for name in ("study_content", "outline"))
    assert 300 <= sum(len(row["text"]) for row in sample.passages) + sum(map(len, long_texts)) <= 900


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_sample_decides_has_an_owner_and_a_day_after_the_meeting(kind: str) -> None:
    sample = sample_of(kind)
    held = span_of(sample.values["held"])
    assert held is not None
    assert held.day.year == 2026
    assert held.day <= TODAY
    assert held.minutes
    for row in sample.decisions:
        assert row["responsible"] in NAMES
        assert held.day <= date.fromisoformat(row["due_on"])
        assert not row.get("closed") or held.day <= date.fromisoformat(row["done_on"]) <= TODAY


@pytest.mark.parametrize("kind", BOOKS)
def test_the_heads_of_a_sample_reconcile(kind: str) -> None:
    assert reconcile(meeting_of(kind)) == []


def test_the_sample_of_an_assembly_has_the_heads_of_a_branch_of_twenty_four() -> None:
    heads = heads_of(meeting_of("meeting.assembly"))
    assert (heads.expected, heads.voters, heads.present, heads.present_voters) == (24, 22, 21, 20)
    assert (heads.leave, heads.absent, heads.written) == (2, 1, 1)


def test_the_sample_of_an_assembly_admits_one_person_and_elects_one() -> None:
    admission, election = (judged("meeting.assembly", vote) for vote in votes_of("meeting.assembly"))
    assert isinstance(admission, Verdict)
    assert (admission.valid, admission.passed, admission.findings) == (True, True, ())
    assert isinstance(election, ElectionResult)
    assert (election.valid, election.elected, election.findings) == (True, ("黄文博",), ())


def test_the_sample_of_a_committee_passes_what_it_votes_on() -> None:
    (vote,) = votes_of("meeting.committee")
    verdict = judged("meeting.committee", vote)
    assert isinstance(verdict, Verdict)
    assert (verdict.valid, verdict.passed, verdict.findings) == (True, True, ())


def test_the_grades_of_the_sample_of_an_appraisal_are_those_of_all_full_members() -> None:
    sample = sample_of("meeting.appraisal")
    heads = heads_of(meeting_of("meeting.appraisal"))
    graded = [int(line["people"]) for line in sample.lines["grades"]]
    assert sum(graded) == heads.voters
    assert sum(graded) + int(sample.values["ungraded"]) == heads.expected
    assert graded[0] <= heads.voters // 3
    assert len(sample.lines["grades"][0]["graded"].split("、")) == graded[0]
