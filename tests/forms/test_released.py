"""A released form never changes: its hash stands in the list."""

from __future__ import annotations

from pathlib import Path

import pytest

from branchdesk.forms.released import changed_forms, hash_of, line_of, read_released
from branchdesk.forms.shelf import shipped_shelf
from branchdesk.forms.toml_files import FormMistake, TomlFile, TomlText
from branchdesk.paths import form_folder

CONTENT = b'kind = "log.daily"\nversion = 2\n'


def folder_of(place: Path, released: str) -> Path:
    (place / "log.daily" / "older").mkdir(parents=True)
    (place / "log.daily" / "form.toml").write_bytes(CONTENT)
    (place / "log.daily" / "older" / "1.toml").write_bytes(CONTENT.replace(b"2", b"1"))
    (place / "released.toml").write_text(released, encoding="utf-8")
    return place


def test_forms_as_they_were_released_are_in_order(tmp_path: Path) -> None:
    released = line_of("log.daily", 2, CONTENT) + line_of("log.daily", 1, CONTENT.replace(b"2", b"1"))
    folder = folder_of(tmp_path, released)
    assert changed_forms(folder) == []
    (folder / "log.daily" / "form.toml").write_bytes(CONTENT.replace(b"\n", b"\r\n"))
    assert changed_forms(folder) == [], "line ends of Windows are no change"


def test_a_released_form_that_was_changed_is_named(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, line_of("log.daily", 2, CONTENT + b"x = 1\n"))
    (mistake,) = changed_forms(folder)
    assert str(mistake) == "log.daily: version: 第 2 版已经发布，内容不能再改；请改成新的一版。"
    assert mistake.problem().sentence == (
        "表单“log.daily”的“version”有误：第 2 版已经发布，内容不能再改；请改成新的一版。"
    )


@pytest.mark.parametrize(("kind", "version"), [("log.daily", 3), ("log.gone", 1)])
def test_a_released_form_that_is_gone_is_named(tmp_path: Path, kind: str, version: int) -> None:
    (mistake,) = changed_forms(folder_of(tmp_path, line_of(kind, version, CONTENT)))
    assert str(mistake) == f"{kind}: version: 第 {version} 版已经发布，却找不到了。"


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        (line_of("a.b", 1, b"") * 2, "form[2].version: “a.b 1”出现了两次。"),
        (line_of("a.b", 1, b"").replace("sha256", "sha1"), "form[1].sha256: 没有写。"),
        (line_of("a.b", 1, b"") + 'who = "x"\n', "form[1].who: 这里没有这一项"),
        ('[[form]]\nkind = "a.b"\nversion = 1\nsha256 = "abc"\n', "form[1].sha256: “abc”的写法不对"),
        ("title = 1\n", "title: 这里没有这一项"),
    ],
)
def test_a_mistake_in_the_list_is_named(text: str, mistake: str) -> None:
    with pytest.raises(FormMistake) as caught:
        read_released(TomlText(text, "released.toml"))
    assert mistake in str(caught.value)


def test_no_released_form_of_the_program_has_changed() -> None:
    assert [str(mistake) for mistake in changed_forms(form_folder())] == []


def test_every_form_of_the_program_is_released() -> None:
    released = read_released(TomlFile(form_folder("released.toml")))
    shelf, missing = shipped_shelf(), ""
    for kind in sorted(shelf.kinds()):
        for version in shelf.versions(kind):
            if (kind, version) not in released:
                older = form_folder(kind, "older", f"{version}.toml")
                path = older if older.is_file() else form_folder(kind, "form.toml")
                missing += "\n" + line_of(kind, version, path.read_bytes())
    assert not missing, f"add to forms/released.toml:\n{missing}"


def test_the_hash_is_that_of_the_text() -> None:
    assert hash_of(b"a\r\nb\n") == hash_of(b"a\nb\n")
    assert hash_of(b"a\nb\n") != hash_of(b"a\nb")
