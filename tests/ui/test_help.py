"""The manual: both languages hold the same chapters, and call everything as the screen does."""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from babel.messages.pofile import read_po
from PySide6.QtCore import QUrl

from branchdesk import paths
from branchdesk.domain.filters import Kind, read_filter
from branchdesk.i18n import Language, speak
from branchdesk.settings import Settings
from branchdesk.ui.commands import COMMANDS
from branchdesk.ui.menus import keys_of
from branchdesk.ui.screens.catalog import SCREENS
from branchdesk.ui.screens.help import CHAPTERS, HelpDialog, chapter_text, chapter_title
from branchdesk.ui.screens.search import fitting_commands
from conventions.house import ROOT
from support.stage import Stage

CHINESE, ENGLISH = Language.CHINESE, Language.ENGLISH
LEAST_LETTERS = 500
TAG = re.compile(r"<[^>]*>")
LINK = re.compile(r'<a href="([^"]*)">')
# What the screen says stands between these marks; what somebody types or says, in quotation marks.
NAME = {CHINESE: re.compile("「(.+?)」"), ENGLISH: re.compile("<i>(.+?)</i>")}
# Curly quotation marks and apostrophes are as wide as a character in the program's fonts.
NO_ENGLISH = re.compile(r"[\u3400-\u9fff\u3001-\u3011\uff01-\uff5e\u2018-\u201f]")
STRAIGHT = str.maketrans("‘’“”", "''\"\"")
ENGLISH_SENTENCE = re.compile(r"[A-Za-z]{2,}(?:,? [A-Za-z]{2,}){2,}")
KEY = re.compile(r"(?:Ctrl|Alt|Shift)\+(?:Ctrl\+|Shift\+)?(?:[A-Z][a-z]+|[A-Z0-9;=↑↓-])|\bF\d+")
ARROWS = {"Down": "↓", "Up": "↑"}
SHOWN_KEY = re.compile("|".join(ARROWS))

every_chapter = pytest.mark.parametrize("chapter", CHAPTERS)
both = pytest.mark.parametrize("language", Language)


@cache
def written(chapter: str, language: Language) -> str:
    """A chapter as it lies in its file."""
    return paths.resource("help", language.value, f"{chapter}.html").read_text(encoding="utf-8")


def words(chapter: str, language: Language) -> str:
    """A chapter without its tags."""
    return TAG.sub(" ", written(chapter, language))


def names(chapter: str, language: Language) -> list[str]:
    """What a chapter says that the screen says."""
    return sorted(set(NAME[language].findall(written(chapter, language))))


# ---- what the screen says


@cache
def sentences() -> dict[str, tuple[str, ...]]:
    """Every sentence of the program with its English: one text, or two for one that counts."""
    path = paths.resource("i18n", "en", "LC_MESSAGES", "branchdesk.po")
    with path.open("rb") as stream:
        catalogue = read_po(stream, locale="en", abort_invalid=True)
    found: dict[str, tuple[str, ...]] = {}
    for message in catalogue:
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            texts = (message.string,) if isinstance(message.string, str) else message.string
            found[key] = tuple(text.translate(STRAIGHT) for text in texts or () if text)
    return found


def labels_in(table: Any) -> Iterator[tuple[str, str]]:
    """The labels of a form or dictionary with their English."""
    if isinstance(table, dict):
        if "label" in table:
            yield table["label"], table.get("label_en", "")
        table = list(table.values())
    if isinstance(table, list):
        for part in table:
            yield from labels_in(part)


@cache
def labels() -> dict[str, tuple[str, ...]]:
    """Every label of the forms and dictionaries; the same word may be two things in English."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((ROOT / "forms").rglob("*.toml")):
        for label, english in labels_in(tomllib.loads(path.read_text(encoding="utf-8"))):
            found[label] = (*found.get(label, ()), english)
    return found


@cache
def shape(sentence: str, count: str = r"(?P<n>\d+)") -> re.Pattern[str]:
    """What a sentence looks like once its places are filled; `count` is what stands in its {n}."""
    parts = []
    for text, place, _form, _kind in string.Formatter().parse(sentence):
        parts.append(re.escape(text))
        if place is not None:
            again = count.startswith("(?P<n>") and count in parts
            parts.append("(?P=n)" if place == "n" and again else count if place == "n" else ".+")
    return re.compile("".join(parts))


def filled(name: str) -> Iterator[tuple[str, str]]:
    """The sentences that say a name when their places are filled, with the number in them."""
    for sentence in sentences():
        # A sentence of hardly anything but places could say everything.
        if (
            "{" in sentence
            and len(re.findall(r"[\u3400-\u9fff]", sentence)) > 1
            and (found := shape(sentence).fullmatch(name))
        ):
            yield sentence, found.groupdict().get("n") or ""


def on_screen(name: str) -> bool:
    """Whether the program says a Chinese name anywhere."""
    return name in sentences() or name in labels() or any(filled(name))


def in_english(name: str) -> list[re.Pattern[str]]:
    """What the English screen says for a Chinese name."""
    texts = [*sentences().get(name, ()), *labels().get(name, ())]
    if texts:
        return [re.compile(re.escape(text)) for text in texts]
    return [shape(text, count) for sentence, count in filled(name) for text in sentences()[sentence]]


# ---- the chapters


@both
def test_every_chapter_has_its_file_and_no_file_is_left_over(language: Language) -> None:
    files = {path.stem for path in paths.resource("help", language.value).iterdir()}
    assert files == set(CHAPTERS)


@both
@every_chapter
def test_a_chapter_is_whole(chapter: str, language: Language) -> None:
    text = written(chapter, language)
    assert len(words(chapter, language)) > LEAST_LETTERS
    assert text.startswith("<!doctype html>")
    assert text.rstrip().endswith("</body></html>")
    assert text.count("<h1>") == 1
    assert text.count("<h2>") > 1
    speak(language)
    assert f"<title>{chapter_title(chapter)}</title>" in text


@every_chapter
def test_a_chapter_has_the_same_shape_in_both_languages(chapter: str) -> None:
    chinese, english = (TAG.findall(written(chapter, language)) for language in (CHINESE, ENGLISH))
    assert [tag.replace("zh-CN", "en-GB") for tag in chinese] == [
        tag for tag in english if tag not in {"<i>", "</i>"}
    ]


@both
@every_chapter
def test_no_link_leads_nowhere(chapter: str, language: Language) -> None:
    assert set(LINK.findall(written(chapter, language))) <= set(CHAPTERS) - {chapter}


@both
@every_chapter
def test_quotation_marks_come_in_pairs(chapter: str, language: Language) -> None:
    text = words(chapter, language)
    assert [text.count(left) - text.count(right) for left, right in ("“”", "「」", "（）", "()")] == [0] * 4
    assert text.count('"') % 2 == 0


@every_chapter
def test_the_english_chapters_hold_no_chinese(chapter: str) -> None:
    assert NO_ENGLISH.findall(written(chapter, ENGLISH)) == []


@every_chapter
def test_the_chinese_chapters_hold_no_english_sentence(chapter: str) -> None:
    assert ENGLISH_SENTENCE.findall(words(chapter, CHINESE)) == []


@every_chapter
def test_everything_is_called_as_the_screen_calls_it(chapter: str) -> None:
    assert [name for name in names(chapter, CHINESE) if not on_screen(name)] == []


@every_chapter
def test_the_english_calls_everything_as_the_english_screen_does(chapter: str) -> None:
    said = names(chapter, ENGLISH)
    wanted = {name: in_english(name) for name in names(chapter, CHINESE)}
    unsaid = [
        (name, [one.pattern for one in english])
        for name, english in wanted.items()
        if not any(one.fullmatch(text) for one in english for text in said)
    ]
    assert unsaid == []
    known = [one for english in wanted.values() for one in english]
    assert [text for text in said if not any(one.fullmatch(text) for one in known)] == []


# ---- what the manual says to type


@pytest.mark.parametrize(
    ("chapter", "language", "typed"),
    [
        *(("start", CHINESE, typed) for typed in ("备份", "打印", "字号")),
        *(("start", ENGLISH, typed) for typed in ("back up", "print", "text")),
        ("backup", CHINESE, "整份带走"),
        ("backup", ENGLISH, "carry"),
    ],
)
def test_the_search_finds_what_the_manual_says_to_type(chapter: str, language: Language, typed: str) -> None:
    speak(language)
    assert re.search(f'["“]{typed}["”]', words(chapter, language))
    assert fitting_commands(typed)


@pytest.mark.parametrize(("language", "typed"), [(CHINESE, ("空", "非空")), (ENGLISH, ("empty", "filled"))])
def test_the_filters_understand_what_the_manual_says_to_type(
    language: Language, typed: tuple[str, str]
) -> None:
    text = written("roster", language)
    assert all(f"<td>{one}</td>" in text for one in typed)
    filters = [read_filter(one) for one in typed]
    assert [one and one.kind for one in filters] == [Kind.EMPTY, Kind.FILLED]


# ---- the keys


def keys_in(text: str) -> set[str]:
    """The keys that a text names, arrows as arrows."""
    return set(KEY.findall(SHOWN_KEY.sub(lambda found: ARROWS[found[0]], text)))


@both
def test_the_sheet_of_keys_has_every_command_with_keys(language: Language) -> None:
    speak(language)
    text = chapter_text("keys")
    assert "<!--" not in text
    missing = [
        command.label for command in COMMANDS if command.keys and f"<b>{keys_of(command)}</b>" not in text
    ]
    assert missing == []


@both
def test_every_key_that_the_manual_names_stands_on_the_sheet_of_keys(language: Language) -> None:
    speak(language)
    known = keys_in(TAG.sub(" ", chapter_text("keys")))
    strange = {chapter: keys_in(words(chapter, language)) - known for chapter in CHAPTERS}
    assert {chapter: keys for chapter, keys in strange.items() if keys} == {}


@every_chapter
def test_both_languages_name_the_same_keys(chapter: str) -> None:
    assert keys_in(words(chapter, CHINESE)) == keys_in(words(chapter, ENGLISH))


# ---- the window of the manual


def opened(stage: Stage) -> HelpDialog:
    """The manual as F1 opens it."""
    stage.window.open_help()
    return stage.dialog(HelpDialog)


def test_f1_opens_the_chapter_of_the_screen_in_front(stage: Stage) -> None:
    stage.open()
    for screen in SCREENS:
        page = stage.go(screen.key)
        dialog = opened(stage)
        assert page.help_topic in CHAPTERS
        assert dialog.list.count() == len(CHAPTERS)
        assert dialog.list.currentItem().text() == chapter_title(page.help_topic)
        assert chapter_title(page.help_topic) in dialog.text.toPlainText()
        dialog.reject()


@both
def test_the_manual_speaks_the_language_of_the_window(stage: Stage, language: Language) -> None:
    stage.open(Settings(language=language))
    dialog = opened(stage)
    titles = [dialog.list.item(place).text() for place in range(dialog.list.count())]
    assert titles == [re.findall("<h1>(.*)</h1>", written(chapter, language))[0] for chapter in CHAPTERS]


def test_searching_leaves_the_chapters_that_hold_the_words(stage: Stage) -> None:
    stage.open()
    dialog = opened(stage)
    dialog.line.setText("U 盘交书记保管")
    assert [dialog.list.item(place).text() for place in range(dialog.list.count())] == [
        chapter_title("backup")
    ]
    assert dialog.text.textCursor().selectedText() == "U 盘交书记保管"
    dialog.line.clear()
    assert dialog.list.count() == len(CHAPTERS)


def test_a_link_opens_its_chapter(stage: Stage) -> None:
    stage.open()
    dialog = opened(stage)
    dialog.text.anchorClicked.emit(QUrl("safety"))
    assert dialog.list.currentItem().text() == chapter_title("safety")
    assert chapter_title("safety") in dialog.text.toPlainText()
