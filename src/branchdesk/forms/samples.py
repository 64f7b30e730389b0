"""Samples: one filled form per kind, with invented people, for previews, tests and the form designer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from branchdesk.forms.declarations import Form
from branchdesk.forms.language import shipped_form
from branchdesk.forms.toml_files import TomlFile, TomlTable, unknown_word
from branchdesk.forms.words import (
    ANSWER_KEYS,
    BATCH_KEYS,
    BLANK_VOTES,
    CANDIDATE_KEYS,
    COUNT_KEY,
    POINT_ENTRY_KEYS,
    SAMPLE_KEYS,
    SCORE_KEY,
    STAR_KEYS,
    SUBJECT_KEYS,
    VOTES_KEY,
)
from branchdesk.paths import form_folder

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Sample:
    """What a sample says: the values of the fields as typed texts, rows of the real tables, own lines.

    Rows have the keys of the plain values of a meeting with texts, whole numbers and flags;
    `agenda` names an agenda item by its title or its number from 1, a vote has its `candidates` as rows.
    `answers` has by indicator what was written on the line, as typed texts with `words.ANSWER_KEYS` and
    `count_` with the id of a rule; `entries` are those of a ledger of points, with `words.POINT_ENTRY_KEYS`.
    Of an evaluation there are the `subjects` with `words.SUBJECT_KEYS`, their scores and votes, the heads of
    one `batch` of ballots with `words.BATCH_KEYS`, and the `stars` with `words.STAR_KEYS` and their scores.
    """

    values: Mapping[str, str]
    attendance: tuple[Row, ...] = ()
    agenda: tuple[Row, ...] = ()
    passages: tuple[Row, ...] = ()
    votes: tuple[Row, ...] = ()
    decisions: tuple[Row, ...] = ()
    lines: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    entries: tuple[Mapping[str, str], ...] = ()
    subjects: tuple[Mapping[str, str], ...] = ()
    batch: Mapping[str, str] = field(default_factory=dict)
    stars: tuple[Mapping[str, str], ...] = ()


def read_sample(file: TomlTable, form: Form) -> Sample:
    """The sample in a TOML file for `form`; a FormMistake names what the form does not have."""
    values = file.table("values")
    stored = tuple(one.id for one in form.fields if one.type.is_stored)
    rows = {name: tuple(_row(row, keys) for row in file.rows(name)) for name, keys in SAMPLE_KEYS.items()}
    sample = Sample(
        values=_texts(values, stored) if values is not None else {},
        lines=_lines(file, form),
        answers=_answers(file, form),
        entries=_entries(file, form),
        subjects=_subjects(file, form),
        batch=_batch(file, form),
        stars=_stars(file, form),
        **rows,
    )
    file.done()
    return sample


def _lines(file: TomlTable, form: Form) -> dict[str, tuple[Mapping[str, str], ...]]:
    outer = file.table("lines")
    if outer is None:
        return {}
    known = tuple(table.id for table in form.tables if table.holds == "lines")
    lines: dict[str, tuple[Mapping[str, str], ...]] = {}
    for name in outer.written():
        if name not in known:
            outer.refuse(name, unknown_word(name, known))
        columns = tuple(form.tables_by_id[name].by_id)
        lines[name] = tuple(_texts(row, columns) for row in outer.rows(name))
    return lines


def _answers(file: TomlTable, form: Form) -> dict[str, Mapping[str, str]]:
    """What was written on the lines of an inspection, by indicator."""
    outer = file.table("answers")
    if outer is None:
        return {}
    asked = {indicator.id: indicator for indicator in form.indicators}
    _refuse_unknown(outer, tuple(asked))
    answers: dict[str, Mapping[str, str]] = {}
    for name in outer.written():
        counts = tuple(f"{COUNT_KEY}{rule.id}" for rule in asked[name].deduct)
        row = outer.table(name)
        answers[name] = _texts(row, (*ANSWER_KEYS, *counts)) if row is not None else {}
    return answers


def _entries(file: TomlTable, form: Form) -> tuple[Mapping[str, str], ...]:
    """The entries of a ledger of points, each of a rule that the scheme has."""
    known = tuple(rule.id for rule in form.points.rules) if form.points is not None else ()
    entries = []
    for row in file.rows("entries"):
        entry = _texts(row, POINT_ENTRY_KEYS)
        if entry.get("rule") not in known:
            row.refuse("rule", unknown_word(entry.get("rule", ""), known))
        entries.append(entry)
    return tuple(entries)


def _subjects(file: TomlTable, form: Form) -> tuple[Mapping[str, str], ...]:
    """Who is evaluated, with a decision, scores and votes that the scheme knows."""
    words = form.evaluation
    codes = tuple(grade.code for grade in words.grades) if words is not None else ()
    votes = tuple(f"{VOTES_KEY}{code}" for code in (*codes, BLANK_VOTES))
    known = (*SUBJECT_KEYS, *_score_keys(form), *votes) if words is not None else ()
    subjects = []
    for row in file.rows("subjects"):
        subject = _texts(row, known)
        if subject.get("grade", "") not in {"", *codes}:
            row.refuse("grade", unknown_word(subject["grade"], codes))
        subjects.append(subject)
    return tuple(subjects)


def _batch(file: TomlTable, form: Form) -> Mapping[str, str]:
    """The heads of a batch of ballots."""
    row = file.table("batch")
    if row is None:
        return {}
    words = form.evaluation
    counted = words is not None and any(step.ballots for step in words.steps)
    return _texts(row, BATCH_KEYS if counted else ())


def _stars(file: TomlTable, form: Form) -> tuple[Mapping[str, str], ...]:
    """The stars that somebody asked for, each in a dimension that the scheme has."""
    known = tuple(one.id for one in form.evaluation.dimensions) if form.evaluation is not None else ()
    stars = []
    for row in file.rows("stars"):
        star = _texts(row, (*STAR_KEYS, *_score_keys(form)))
        if star.get("dimension") not in known:
            row.refuse("dimension", unknown_word(star.get("dimension", ""), known))
        stars.append(star)
    return tuple(stars)


def _score_keys(form: Form) -> tuple[str, ...]:
    parts = form.evaluation.parts if form.evaluation is not None else ()
    return tuple(f"{SCORE_KEY}{part.id}" for part in parts)


def _texts(row: TomlTable, known: tuple[str, ...]) -> dict[str, str]:
    """Values as they would be typed; numbers, days and flags may stand without quotes."""
    _refuse_unknown(row, known)
    return {key: _typed(row.value(key)) for key in row.written()}


def _typed(value: object) -> str:
    """A value of TOML as a clerk would type it."""
    if isinstance(value, bool):
        return "1" if value else "0"
    return value.isoformat() if isinstance(value, date) else str(value)


def _row(row: TomlTable, known: tuple[str, ...]) -> Row:
    """One row of a real table: texts, whole numbers, flags, and days as ISO texts."""
    _refuse_unknown(row, known)
    read: dict[str, Any] = {}
    for key in row.written():
        if key == "candidates":
            read[key] = tuple(_row(candidate, CANDIDATE_KEYS) for candidate in row.rows(key))
        else:
            value = row.value(key)
            read[key] = value.isoformat() if isinstance(value, date) else value
    return read


def _refuse_unknown(row: TomlTable, known: tuple[str, ...]) -> None:
    for key in row.written():
        if key not in known:
            row.refuse(key, unknown_word(key, known))


@cache
def shipped_sample(kind: str) -> Sample | None:
    """The sample of a shipped kind; None where it has none."""
    path = form_folder(kind, "sample.toml")
    return read_sample(TomlFile(path), shipped_form(kind)) if path.is_file() else None
