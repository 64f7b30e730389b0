"""What may lie in the repository: nothing of anybody's machine, nobody's number, no giants."""

from __future__ import annotations

import re
import zipfile
from datetime import date

import pytest

from branchdesk.domain.identity import read_identity
from conventions.house import ROOT, name_of, project_files, text_files

MOST_BYTES = 12_000_000
# Pieced together, so that this file does not hold what it looks for.
HOSTS = re.compile(
    "|".join(
        (
            "py" + r"pi\.(?:org|python)",
            "python" + "hosted",
            "npm" + r"js\.",
            "conda" + r"\.",
            "crates" + r"\.io",
            "arti" + "factory",
            r"(?:extra-)?index" + "-url",
            "trusted" + "-host",
            "find" + "-links",
            r"registry" + r"\.[a-z]",
            r"mirrors?" + r"\.[a-z]+\.",
        )
    ),
    re.IGNORECASE,
)
HOMES = re.compile(
    "|".join(("/home" + r"/(?!clerk/)[a-z]", "/Users" + "/[A-Za-z]", "/root" + "/", r"[A-Z]:\\Users" + r"\\"))
)
NUMBER = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{16}[\dXx](?![0-9A-Za-z])")
SAMPLE_REGION = "999999"
OFFICE = {".xlsx", ".docx", ".xlsm", ".ods"}


def is_real_looking(number: str) -> bool:
    """Whether a number could belong to somebody alive."""
    read = read_identity(number.upper())
    return read.born is not None and read.born <= date(2026, 12, 31) and not number.startswith(SAMPLE_REGION)


def hits(pattern: re.Pattern[str]) -> list[str]:
    return [f"{name_of(path)}: {found[0]}" for path, text in text_files() for found in pattern.finditer(text)]


def test_no_file_names_a_registry() -> None:
    assert hits(HOSTS) == []


def test_no_file_names_the_home_of_a_person() -> None:
    """The sample clerk of the tests is nobody."""
    assert hits(HOMES) == []


def test_no_text_holds_a_number_that_could_be_somebodys() -> None:
    found = [
        f"{name_of(path)}: {match[0]}"
        for path, text in text_files()
        if "locks" not in path.parts
        for match in NUMBER.finditer(text)
        if is_real_looking(match[0])
    ]
    assert found == []


def test_no_workbook_holds_a_number_that_could_be_somebodys() -> None:
    found = []
    for path in project_files():
        if path.suffix in OFFICE and zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as package:
                parts = [name for name in package.namelist() if name.endswith(".xml")]
                texts = [package.read(part).decode("utf-8", "replace") for part in parts]
            numbers = {match[0] for text in texts for match in NUMBER.finditer(text)}
            found += [f"{name_of(path)}: {number}" for number in numbers if is_real_looking(number)]
    assert found == []


def test_no_file_is_a_giant() -> None:
    assert {
        name_of(path): path.stat().st_size for path in project_files() if path.stat().st_size > MOST_BYTES
    } == {}


def test_names_of_files_are_plain_and_differ_in_more_than_case() -> None:
    names = [name_of(path) for path in project_files()]
    assert [name for name in names if not name.isascii() or " " in name] == []
    assert len({name.casefold() for name in names}) == len(names)


@pytest.mark.parametrize("name", ["run.txt", "test.txt"])
def test_a_lock_pins_every_package_by_version_and_hash_and_names_no_host(name: str) -> None:
    text = (ROOT / "locks" / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "@" not in text
    requirements = [
        line for line in text.replace("\\\n", " ").splitlines() if line and not line.startswith("#")
    ]
    assert len(requirements) > 10
    assert [
        line.split()[0] for line in requirements if "==" not in line or "--hash=sha256:" not in line
    ] == []


def test_the_licences_are_here() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    fonts = ROOT / "resources" / "fonts"
    licences = list(fonts.glob("LICENSE-*"))
    assert licences, "no licence beside the fonts"
    assert any("SIL OPEN FONT LICENSE" in path.read_text(encoding="utf-8").upper() for path in licences)
    assert (ROOT / "resources" / "icons" / "LICENSE").is_file()
