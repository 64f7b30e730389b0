"""民主评议党员登记表: one page for each member, to be signed and put into the member's file (domain 6.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from branchdesk.documents.model import Block, Cell, Document, Ends, Paragraph, Running, Sheet, Text
from branchdesk.domain.evaluations.model import Subject
from branchdesk.reports.evaluations.matter import EvaluationMatter, PersonFacts
from branchdesk.reports.evaluations.page_styles import (
    FORM_LABEL,
    FORM_LINE,
    FORM_NAME,
    FORM_TEXT,
    FORM_TITLE,
    FORM_VALUE,
)
from branchdesk.reports.evaluations.wording import day_or_pen, hidden_sentence
from branchdesk.reports.meetings.wording import without_stop
from branchdesk.reports.roster import padded_name

_WIDTHS = (21.0, 38.0, 22.0, 24.0, 24.0, 36.0)
_FACT, _VOTES, _OPINION = 10.0, 15.0, 40.0
_SIGN = "（签字）：　　　　　　　　　　"
_DAY = "年　　　月　　　日"
_SEALED = ("（盖章）　　 ", _DAY)
_SELF = 60.0


def registration_document(matter: EvaluationMatter, subjects: Sequence[Subject]) -> Document:
    """The form of each of the subjects."""
    blocks: list[Block] = []
    for one in subjects:
        blocks += _page(matter, one)
    whose = f"{subjects[0].name}" if len(subjects) == 1 else ""
    return Document(
        f"{whose}{_title(matter)}",
        matter.made_on,
        tuple(blocks),
        page=matter.form_page,
        author=matter.organisation,
        running=Running(foot=""),
        watermark=matter.watermark,
    )


def _title(matter: EvaluationMatter) -> str:
    return f"{matter.name}登记表"


def _page(matter: EvaluationMatter, subject: Subject) -> Iterator[Block]:
    yield matter.leaf(subject.name)
    yield Paragraph(_title(matter), FORM_TITLE, keep_with_next=True)
    line = Ends(f"所在党支部：{matter.branch_name}", f"{matter.year} 年度", FORM_LINE, keep_with_next=True)
    yield line
    whose = f"姓名：{subject.name}　　所在党支部：{matter.branch_name}"
    yield Sheet(_WIDTHS, _heights(matter), tuple(_cells(matter, subject)), f"{_title(matter)}附页", whose)


def _heights(matter: EvaluationMatter) -> tuple[float, ...]:
    grades = len(matter.scheme.grades)
    return (*(_FACT,) * 4, _SELF, 30.0, *((_VOTES,) if grades else ()), _OPINION, 29.0, 25.0)


def _cells(matter: EvaluationMatter, subject: Subject) -> Iterator[Cell]:
    yield from _facts(matter, subject)
    row = 4
    yield from _box(row, "个　人\n自　评", _self_text(matter, subject), (f"本人{_SIGN}", _DAY))
    yield from _box(row + 1, "党　员\n互　评\n意　见", "", (f"党小组组长{_SIGN}", _DAY))
    yield from _votes(matter, subject, row + 2)
    opinion = _opinion(matter, subject)
    yield from _box(row + 3, "党支部\n评　定\n意　见", opinion, (f"党支部书记{_SIGN}", _DAY))
    yield from _box(row + 4, "上　级\n党组织\n意　见", "", _SEALED)
    yield from _box(row + 5, "本　人\n意　见", "", (f"本人{_SIGN}", day_or_pen(subject.told_on).strip()))


def _facts(matter: EvaluationMatter, subject: Subject) -> Iterator[Cell]:
    """Who it is, in four rows."""
    facts = matter.facts(subject)

    def pair(row: int, column: int, label: str, text: str, columns: int = 1) -> Iterator[Cell]:
        yield Cell(row, column, label, style=FORM_LABEL)
        yield Cell(row, column + 1, text, columns=columns, style=FORM_VALUE, called="".join(label.split()))

    yield Cell(0, 0, "姓　名", style=FORM_LABEL)
    yield Cell(0, 1, padded_name(subject.name), style=FORM_NAME, called="姓名")
    yield from pair(0, 2, "性　别", facts.sex)
    yield from pair(0, 4, "民　族", facts.ethnic)
    yield from pair(1, 0, "出生年月", facts.born)
    yield from pair(1, 2, "学　历", facts.education)
    yield from pair(1, 4, "入党时间", facts.admitted)
    yield from pair(2, 0, "党小组", subject.group)
    yield from pair(2, 2, "类　别", matter.category(subject))
    yield from pair(2, 4, "党内职务", _posts(matter, facts))
    yield from pair(3, 0, "单位职务", facts.employer, 5)


def _posts(matter: EvaluationMatter, facts: PersonFacts) -> str:
    """The posts; 无 only where the roster of that day knows anybody's at all, else room for the pen."""
    known = any(one.posts for one in matter.people.values())
    return facts.posts or ("无" if known else "")


def _box(row: int, label: str, text: Text, foot: tuple[str, ...]) -> Iterator[Cell]:
    yield Cell(row, 0, label, style=FORM_LABEL)
    called = "".join(label.split())
    yield Cell(row, 1, text, columns=5, style=FORM_TEXT, at_top=True, called=called, foot=foot)


def _self_text(matter: EvaluationMatter, subject: Subject) -> str:
    """What the member said of himself, where it was entered."""
    own = {one.id for one in matter.scheme.parts if one.source == "self"}
    notes = [one.note for one in matter.evaluation.scores_of(subject.uid) if one.part in own and one.note]
    return "\n".join(notes)


def _votes(matter: EvaluationMatter, subject: Subject, row: int) -> Iterator[Cell]:
    """The votes for each grade; for the pen before ballots are counted."""
    yield Cell(row, 0, "民　主\n测　评", style=FORM_LABEL)
    yield Cell(row, 1, _votes_text(matter, subject), columns=5, style=FORM_VALUE)


def _votes_text(matter: EvaluationMatter, subject: Subject) -> str:
    if not subject.needs_grade:
        return f"不参加测评：{subject.why_not or '按规定不评定等次'}"
    found = matter.votes(subject)
    if found is None and matter.sheet.together.counted:
        return hidden_sentence(matter)
    valid = matter.sheet.together.valid if found is not None else "　　"
    votes = [
        f"{one.title} {found.counts.get(one.code, 0) if found is not None else '　　'} 票"
        for one in matter.scheme.grades
    ]
    blank = [f"未评 {found.blank} 票"] if found is not None and found.blank else []
    return f"有效票 {valid} 张，其中：\n{'　'.join([*votes, *blank])}"


def _opinion(matter: EvaluationMatter, subject: Subject) -> str:
    """What the branch says of the member: its opinion, the grade, and what is to become better."""
    said = [f"{without_stop(subject.opinion)}。" if subject.opinion else ""]
    if not subject.needs_grade:
        said.append(f"{without_stop(subject.why_not) or '按规定不评定等次'}。")
    elif subject.grade:
        said.append(f"经研究，评定为“{matter.grade_title(subject.grade)}”等次。")
    if subject.improvement:
        said.append(f"改进方向：{without_stop(subject.improvement)}。")
    return "\n".join(text for text in said if text)
