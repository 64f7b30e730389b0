"""Every sentence is Chinese in the source, has its English beside it, and keeps its places (design 7)."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from conventions.house import ROOT, name_of, python_files, tree_of

FOLDER = ROOT / "resources" / "i18n" / "en" / "LC_MESSAGES"
CATALOGUE, COMPILED = FOLDER / "branchdesk.po", FOLDER / "branchdesk.mo"
MARKS = {"_", "_n", "later"}
HAN = re.compile(r"[\u3400-\u9fff]")
SENTENCE = re.compile(r"[\u3400-\u9fff]{4,}")
WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
# What clerks in China call by its Latin name: programs, kinds of files, keys, units, and letters as such.
LATIN = {
    *(
        "Excel",
        "WPS",
        "Word",
        "PDF",
        "HTML",
        "XML",
        "DTD",
        "OpenDocument",
        "Qt",
        "Apache",
        "Linux",
        "Windows",
    ),
    *("JPG", "JPEG", "PNG", "BMP", "CSV", "USB", "UUID", "KB", "MB", "GB", "fcitx", "ibus", "D-Bus", "SHA"),
    *("xlsx", "xlsm", "xls", "xlsb", "et", "csv", "ods", "pdf", "docx", "txt", "jpg", "jpeg", "png", "bmp"),
    *("bdbak", "branchdesk", "BranchDesk", "ID", "A-Z", "a-z", "UTF", "GBK"),
    *(
        "Ctrl",
        "Shift",
        "Alt",
        "Win",
        "Enter",
        "Esc",
        "Tab",
        "Home",
        "End",
        "PageUp",
        "PageDown",
        "Delete",
        "Backspace",
        "F",
    ),
}
# The words of the form language, which mistakes in a form name as they stand in its file.
FORM_LANGUAGE = {
    *("subject", "meeting", "role", "when", "holds", "lines", "label", "field", "figure", "points"),
    *("dictionary", "choices", "default", "prefill", "filled", "is", "min", "true", "false", "TOML"),
    *("organisation", "inspection", "indicator", "type", "veto", "not", "applicable"),
    *("ballots", "grades", "decision", "decides", "numerator", "full", "at", "least"),
}
ROOM_OF_FORMS = "src/branchdesk/forms/"
# The first groups of a new branch are stored under these names, whatever the language of the window.
NAMES = re.compile(r"(?:第[一二三]党小组、?)+")
# What is stored in minutes or stands on official paper is Chinese in every language of the window; so is
# the sample branch with its people, papers and meetings.
ON_PAPER = (
    "src/branchdesk/services/sample.py",
    *(
        f"src/branchdesk/services/inspections/{name}.py"
        for name in ("sample_answers", "sample_files", "template_proposal")
    ),
    *(
        f"src/branchdesk/services/meetings/{name}.py"
        for name in ("figures", "phrases", "planning", "sample_topics", "sample_year")
    ),
    *(
        f"src/branchdesk/services/evaluations/{name}.py"
        for name in ("paper_words", "sample_evaluations", "sample_texts")
    ),
    "src/branchdesk/services/daily/sample_daily.py",
    "src/branchdesk/services/points/sample_points.py",
    "src/branchdesk/ui/screens/meetings/attendance_section.py",
)
ROOMS_OF_SENTENCES = tuple(
    f"src/branchdesk/{room}/" for room in ("ui", "services", "storage", "jobs", "exchange")
)


@dataclass(frozen=True)
class Call:
    """One place in the source where a sentence is marked."""

    where: str
    mark: str
    sentence: str | None
    written: str
    places: frozenset[str | None]


@cache
def calls() -> tuple[Call, ...]:
    found = []
    for path in python_files("src"):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
                first = node.args[0] if node.args else None
                literal = isinstance(first, ast.Constant) and isinstance(first.value, str)
                found.append(
                    Call(
                        f"{name_of(path)}:{node.lineno}",
                        node.func.id,
                        str(first.value) if literal and isinstance(first, ast.Constant) else None,
                        type(first).__name__,
                        frozenset(keyword.arg for keyword in node.keywords),
                    )
                )
    return tuple(found)


def sentences() -> Iterator[tuple[Call, str]]:
    return ((call, call.sentence) for call in calls() if call.sentence is not None)


def places_of(sentence: str) -> set[str]:
    return {place for _text, place, _form, _kind in string.Formatter().parse(sentence) if place is not None}


def bare(sentence: str) -> str:
    """A sentence without its places."""
    return re.sub(r"\{[^}]*\}", "", sentence)


# ---- the Chinese


def test_a_sentence_is_one_literal_so_that_it_can_be_collected() -> None:
    pieced = {"JoinedStr", "BinOp", "IfExp", "Call", "NoneType"}
    wrong = [
        call.where
        for call in calls()
        if call.sentence is None and (call.mark != "_" or call.written in pieced)
    ]
    assert wrong == []


def test_no_english_word_stands_in_a_chinese_sentence() -> None:
    strange = {
        word: call.where
        for call, one in sentences()
        for word in WORD.findall(bare(one))
        if word not in LATIN
        and len(word) > 1
        and not (call.where.startswith(ROOM_OF_FORMS) and word in FORM_LANGUAGE)
    }
    assert strange == {}


def test_every_place_is_named_and_filled_where_the_sentence_is_said() -> None:
    wrong = []
    for call, sentence in sentences():
        if call.mark == "later" or None in call.places:
            continue
        given = call.places | ({"n"} if call.mark == "_n" else set())
        if places_of(sentence) != given or (call.mark == "_n" and "{n}" not in sentence):
            wrong.append(f"{call.where}: {sentence}")
    assert wrong == []


def test_no_sentence_for_clerks_stands_in_the_source_unmarked() -> None:
    wrong = []
    for path in python_files("src"):
        if not name_of(path).startswith(ROOMS_OF_SENTENCES) or name_of(path) in ON_PAPER:
            continue
        marked: set[int] = set()
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {*MARKS, "choose"}:
                marked |= {id(one) for one in ast.walk(node)}
            elif isinstance(node, ast.Expr):
                marked.add(id(node.value))
        wrong += [
            f"{name_of(path)}:{node.lineno}: {node.value}"
            for node in ast.walk(tree_of(path))
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and SENTENCE.search(node.value)
            and not NAMES.fullmatch(node.value)
            and id(node) not in marked
        ]
    assert wrong == []


# ---- the English


@pytest.fixture(scope="module")
def english() -> Catalog:
    """The English catalogue."""
    assert CATALOGUE.is_file(), f"{name_of(CATALOGUE)} has not been made yet"
    with CATALOGUE.open("rb") as stream:
        return read_po(stream, locale="en", abort_invalid=True)


def translations(catalogue: Catalog) -> dict[str, tuple[str, ...]]:
    """The English of each sentence: one text, or two for one that counts."""
    found: dict[str, tuple[str, ...]] = {}
    for message in catalogue:
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            found[key] = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return found


def test_every_sentence_has_its_english(english: Catalog) -> None:
    known = translations(english)
    missing = sorted({one for _call, one in sentences() if not all(known.get(one, ("",)))})
    assert missing == []


def test_no_english_is_left_over_or_doubtful(english: Catalog) -> None:
    said = {one for _call, one in sentences()}
    assert sorted(set(translations(english)) - said) == []
    assert [message.id for message in english if message.fuzzy and message.id] == []
    assert list(english.obsolete) == []


def test_the_english_has_the_places_of_the_chinese(english: Catalog) -> None:
    wrong = []
    for chinese, texts in translations(english).items():
        for place, text in enumerate(texts):
            missing = places_of(chinese) - places_of(text)
            # "1 member added" may be written without the number.
            allowed = {"n"} if len(texts) > 1 and place == 0 else set()
            if missing - allowed or places_of(text) - places_of(chinese):
                wrong.append(f"{chinese} | {text}")
    assert wrong == []


def test_the_english_holds_no_chinese(english: Catalog) -> None:
    """Names of papers and terms in quotation marks may stay as they are printed."""
    quoted = re.compile(r"[“《(（][^”》)）]*[”》)）]")
    wrong = [
        f"{chinese} | {text}"
        for chinese, texts in translations(english).items()
        for text in texts
        if HAN.search(quoted.sub("", text))
    ]
    assert wrong == []


def test_a_sentence_that_counts_has_one_and_many(english: Catalog) -> None:
    counted = {one for call, one in sentences() if call.mark == "_n"}
    forms = {chinese: len(texts) for chinese, texts in translations(english).items()}
    assert {one: forms.get(one) for one in counted if forms.get(one) != 2} == {}
    plain = {one for call, one in sentences() if call.mark != "_n"} - counted
    assert {one: forms.get(one) for one in plain if forms.get(one, 1) != 1} == {}


def compiled(path: Path) -> Catalog:
    assert path.is_file(), f"{name_of(path)} has not been made yet"
    with path.open("rb") as stream:
        return read_mo(stream)


def test_what_the_program_reads_is_the_catalogue(english: Catalog) -> None:
    assert translations(compiled(COMPILED)) == translations(english)
