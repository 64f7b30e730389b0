"""Forms are found by kind, version and day: shipped first, then received, then made here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from branchdesk.forms import shelf as shelf_module
from branchdesk.forms.language import shipped_form, shipped_kinds
from branchdesk.forms.shelf import HERE, RECEIVED, SHIPPED, Shelf, StoredForm, shipped_shelf
from branchdesk.forms.toml_files import FormMistake

FIRST, SECOND = date(2026, 1, 1), date(2027, 1, 1)


def content(kind: str, version: int, title: str, subject: str = "none") -> str:
    return (
        f'kind = "{kind}"\nversion = {version}\ntitle = "{title}"\ntitle_en = "T"\n'
        f'subject = "{subject}"\nperiod = "none"\n'
    )


def stored(
    version: int,
    origin: str = HERE,
    title: str = "本地表",
    kind: str = "log.daily",
    effective_from: date | None = None,
) -> StoredForm:
    return StoredForm(kind, version, origin, content(kind, version, title), effective_from)


def test_the_shipped_shelf_has_what_ships() -> None:
    shelf = shipped_shelf()
    assert sorted(shelf.kinds()) == shipped_kinds()
    assert shelf.form("member.file") == shipped_form("member.file")
    assert shelf.form("member.file", 1) is shelf.form("member.file")
    assert shelf.versions("member.file") == [1]
    assert shelf.origin("member.file") == SHIPPED
    assert shelf.mistakes == ()
    assert shipped_shelf() is shelf


def test_meetings_stand_in_the_order_in_which_clerks_name_them() -> None:
    assert shipped_shelf().kinds("meeting") == [
        "meeting.assembly",
        "meeting.committee",
        "meeting.group",
        "meeting.lecture",
        "meeting.theme_day",
        "meeting.life",
        "meeting.appraisal",
        "meeting.talk",
        "meeting.study",
    ]


INSPECTION = """kind = "inspection.own_1"
version = 1
title = "月检"
title_en = "Monthly"
subject = "organisation"
period = "month"
[inspection]
grades = [{ code = "all", label = "全部", label_en = "All", at_least = 0 }]
[[section]]
id = "lines"
label = "一、组织"
label_en = "1. Organisation"
[[field]]
id = "a1"
type = "indicator"
number = "A1"
label = "按时开会"
label_en = "Meetings in time"
section = "lines"
points = 100
"""


def test_inspections_are_the_forms_with_lines_that_score_those_of_others_behind_the_shipped_ones() -> None:
    assert [form.kind for form in shipped_shelf().inspections()] == ["inspection.quarter", "inspection.small"]
    own = StoredForm("inspection.own_1", 1, HERE, INSPECTION, SECOND)
    kinds = ["inspection.quarter", "inspection.small", "inspection.own_1"]
    assert [form.kind for form in Shelf([own, stored(1)]).inspections()] == kinds
    assert [form.kind for form in Shelf([own]).inspections(FIRST)] == kinds, "the first one stands in"


def test_own_forms_join_the_shipped_ones() -> None:
    shelf = Shelf([stored(1), stored(1, kind="log.other")])
    assert shelf.kinds("none") == ["log.daily", "log.other"]
    assert shelf.form("log.daily").title == "本地表"
    assert shelf.origin("log.daily", 1) == HERE
    assert shelf.form("member.file") == shipped_form("member.file")
    assert "log.daily" not in shipped_shelf().kinds()


def test_of_the_same_version_the_shipped_then_the_received_one_counts() -> None:
    shelf = Shelf([stored(1, HERE, "这里"), stored(1, RECEIVED, "上级"), stored(2, HERE, "这里")])
    assert (shelf.form("log.daily", 1).title, shelf.form("log.daily", 2).title) == ("上级", "这里")
    assert (shelf.origin("log.daily", 1), shelf.origin("log.daily")) == (RECEIVED, HERE)
    fake = StoredForm("member.file", 1, RECEIVED, content("member.file", 1, "假表", "member"))
    assert Shelf([fake]).form("member.file", 1).title == "党员信息"


def test_the_newest_version_in_force_on_a_day_counts() -> None:
    shelf = Shelf([stored(3, effective_from=SECOND), stored(2, effective_from=FIRST)])
    assert shelf.versions("log.daily") == [2, 3]
    assert shelf.form("log.daily").version == 3
    assert shelf.form("log.daily", on=date(2026, 12, 31)).version == 2
    assert shelf.form("log.daily", on=SECOND).version == 3
    assert shelf.form("log.daily", on=date(2020, 1, 1)).version == 2, "the first stands in before it holds"
    assert shelf.form("log.daily", 3, on=FIRST).version == 3, "a version that is named is that version"
    assert [form.version for form in shelf.newest(FIRST) if form.kind == "log.daily"] == [2]


@pytest.mark.parametrize(("kind", "version"), [("log.gone", None), ("log.gone", 1), ("log.daily", 9)])
def test_a_form_that_no_place_has_is_a_key_error(kind: str, version: int | None) -> None:
    with pytest.raises(KeyError):
        Shelf([stored(1)]).form(kind, version)
    assert Shelf([stored(1)]).versions("log.gone") == []


@pytest.mark.parametrize(
    ("kept", "mistake"),
    [
        (
            StoredForm("log.daily", 1, HERE, content("log.other", 1, "表")),
            "log.daily/1: kind: 写的是“log.other”，这里应该是“log.daily”。",
        ),
        (
            StoredForm("log.daily", 2, HERE, content("log.daily", 1, "表")),
            "log.daily/2: version: 写的是 1，这里应该是 2。",
        ),
        (
            StoredForm("log.daily", 2, RECEIVED, content("log.daily", 2, "表") + "glow = 1\n"),
            "log.daily/2: glow: 这里没有这一项，请检查拼写。",
        ),
    ],
)
def test_a_kept_form_that_is_wrong_is_named_and_left_out_of_the_list(kept: StoredForm, mistake: str) -> None:
    shelf = Shelf([kept])
    with pytest.raises(FormMistake) as caught:
        shelf.form("log.daily", kept.version)
    assert str(caught.value) == mistake
    assert "log.daily" not in shelf.kinds()
    assert [str(one) for one in shelf.mistakes] == [mistake]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of forms in which one kind ships in its third version."""
    place = tmp_path / "log.daily"
    (place / "older").mkdir(parents=True)
    (place / "form.toml").write_text(content("log.daily", 3, "新表"), encoding="utf-8")
    (place / "older" / "1.toml").write_text(content("log.daily", 1, "旧表"), encoding="utf-8")
    monkeypatch.setattr(shelf_module, "form_folder", tmp_path.joinpath)
    shelf_module._shipped_places.cache_clear()
    yield place
    shelf_module._shipped_places.cache_clear()


def test_older_versions_of_a_shipped_form_stay_on_the_shelf(folder: Path) -> None:
    shelf = Shelf([stored(2, RECEIVED, "上级表"), stored(1, RECEIVED, "假表")])
    assert shelf.versions("log.daily") == [1, 2, 3]
    assert [shelf.form("log.daily", version).title for version in (1, 2, 3)] == ["旧表", "上级表", "新表"]
    assert shelf.form("log.daily").title == "新表"
    assert folder.name == "log.daily"


def test_an_older_file_that_holds_another_version_is_named(folder: Path) -> None:
    (folder / "older" / "2.toml").write_text(content("log.daily", 1, "旧表"), encoding="utf-8")
    assert [str(one) for one in Shelf().mistakes] == ["older/2.toml: version: 写的是 1，这里应该是 2。"]
