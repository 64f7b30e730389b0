"""Packages that somebody has tampered with: each is refused with a sentence, before it does any harm."""

from __future__ import annotations

import io
import random
import struct
import tracemalloc
import warnings
import zipfile
from pathlib import Path

import pytest

from branchdesk.documents import workbook_package
from branchdesk.errors import Problem
from support.workbook_parts import is_read_or_refused, read_here, sheet_xml, workbook_parts, write_package

ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>'
BOMB, DAMAGED, LARGE = "展开后大得不正常", "已损坏", "太大"
DECLARED, ENCRYPTED = "不该有的声明（DTD）", "有打开密码"


def refused(path: Path) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(Problem) as caught:
        read_here(path)
    assert f"“{path.name}”" in caught.value.sentence
    assert caught.value.advice
    return caught.value.sentence


def with_sheet(path: Path, sheet: str | bytes) -> Path:
    return write_package(path, workbook_parts(sheet))


def test_a_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    """A cell of 400 MB in a file of some kilobytes; what is said of its size is what the directory says."""
    sheet = sheet_xml(f'<row r="1"><c r="A1" t="str"><v>{"x" * (1 << 20)}</v></c></row>')
    path = with_sheet(tmp_path / "bomb.xlsx", sheet)
    said, true = struct.pack("<L", 400 << 20), struct.pack("<L", len(sheet))
    path.write_bytes(path.read_bytes().replace(true, said))
    assert path.stat().st_size < 10_000
    tracemalloc.start()
    assert BOMB in refused(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1 << 20


def test_a_bomb_that_claims_to_be_small_is_not_unpacked_beyond_its_claim(tmp_path: Path) -> None:
    sheet = sheet_xml(f'<row r="1"><c r="A1" t="str"><v>{"x" * (30 << 20)}</v></c></row>')
    path = with_sheet(tmp_path / "bomb.xlsx", sheet)
    said, true = struct.pack("<L", 1_000), struct.pack("<L", len(sheet))
    path.write_bytes(path.read_bytes().replace(true, said))
    tracemalloc.start()
    assert DAMAGED in refused(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 << 20


def test_the_sizes_of_all_parts_together_and_their_number_are_limited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = with_sheet(tmp_path / "many.xlsx", sheet_xml(ROW))
    monkeypatch.setattr(workbook_package, "MOST_PARTS", 3)
    assert BOMB in refused(path)
    monkeypatch.setattr(workbook_package, "MOST_PARTS", 5_000)
    monkeypatch.setattr(workbook_package, "MOST_BYTES", 300)
    assert BOMB in refused(path)
    monkeypatch.setattr(workbook_package, "MOST_BYTES", 1 << 30)
    monkeypatch.setattr(workbook_package, "MOST_PART_BYTES", 100)
    assert LARGE in refused(path)


def test_a_part_that_is_longer_or_shorter_than_it_says_is_refused(tmp_path: Path) -> None:
    path = with_sheet(tmp_path / "lying.xlsx", sheet_xml(ROW + " " * 5_000))
    content = path.read_bytes()
    true_size = len(sheet_xml(ROW + " " * 5_000).encode())
    for lie in (true_size - 3_000, true_size + 3_000):
        path.write_bytes(content.replace(struct.pack("<L", true_size), struct.pack("<L", lie)))
        assert DAMAGED in refused(path)


def test_parts_of_one_name_are_refused_whatever_their_case(tmp_path: Path) -> None:
    for name in ("xl/worksheets/sheet1.xml", "XL/worksheets/SHEET1.xml"):
        path = with_sheet(tmp_path / "twice.xlsx", sheet_xml(ROW))
        with warnings.catch_warnings(), zipfile.ZipFile(path, "a") as package:
            warnings.simplefilter("ignore")
            package.writestr(name, sheet_xml(""))
        assert DAMAGED in refused(path)


@pytest.mark.parametrize(
    "name", ["../evil.xml", "/evil.xml", "C:/evil.xml", "xl\\evil.xml", "xl/../../evil.xml"]
)
def test_parts_that_point_out_of_the_package_are_refused(tmp_path: Path, name: str) -> None:
    path = write_package(tmp_path / "slip.xlsx", {**workbook_parts(sheet_xml(ROW)), name: "x"})
    assert DAMAGED in refused(path)


def test_parts_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    path = with_sheet(tmp_path / "overlap.xlsx", sheet_xml(ROW))
    content = bytearray(path.read_bytes())
    places = []
    place = content.find(b"PK\x01\x02")
    while place >= 0:
        places.append(place)
        place = content.find(b"PK\x01\x02", place + 4)
    # The directory says that two parts begin at the same place.
    content[places[1] + 42 : places[1] + 46] = content[places[2] + 42 : places[2] + 46]
    path.write_bytes(bytes(content))
    assert BOMB in refused(path)


def test_a_package_with_a_password_of_its_own_says_so(tmp_path: Path) -> None:
    path = with_sheet(tmp_path / "locked.xlsx", sheet_xml(ROW))
    content = bytearray(path.read_bytes())
    place = content.find(b"PK\x01\x02")
    content[place + 8] |= 1
    path.write_bytes(bytes(content))
    assert ENCRYPTED in refused(path)


def test_a_way_of_packing_that_no_table_program_uses_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lzma.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as package:
        for name, content in workbook_parts(sheet_xml(ROW)).items():
            package.writestr(name, content)
    assert DAMAGED in refused(path)


def test_entities_that_grow_without_end_are_refused_at_their_declaration(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    sheet = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>' + sheet_xml(
        '<row r="1"><c r="A1"><v>&l9;</v></c></row>'
    )
    assert DECLARED in refused(with_sheet(tmp_path / "laughs.xlsx", sheet))


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"]
)
def test_no_part_may_ask_for_a_file_from_outside(tmp_path: Path, part: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    parts = workbook_parts(sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>'))
    parts[part] = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>{parts[part]!s}'
    assert DECLARED in refused(write_package(tmp_path / "xxe.xlsx", parts))


def test_a_plain_document_type_is_refused_too(tmp_path: Path) -> None:
    sheet = '<!DOCTYPE worksheet SYSTEM "http://example.invalid/x.dtd">' + sheet_xml(ROW)
    assert DECLARED in refused(with_sheet(tmp_path / "dtd.xlsx", sheet))


def test_a_text_of_hundreds_of_megabytes_is_cut_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "giant.xlsx"
    parts = workbook_parts("")
    start, end = sheet_xml('<row r="1"><c r="A1" t="str"><v>|</v></c></row>').split("|")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in parts.items():
            if not name.endswith("sheet1.xml"):
                package.writestr(name, content)
        with package.open("xl/worksheets/sheet1.xml", "w") as stream:
            stream.write(start.encode())
            noise = random.Random(7).randbytes(1 << 16).hex().encode()
            for _block in range(40):
                stream.write(noise)
            stream.write(end.encode())
    tracemalloc.start()
    workbook = read_here(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(workbook.sheets[0].rows[0].cells[0].text) == 32_767
    assert peak < 3 << 20


def test_a_tag_without_end_is_given_up(tmp_path: Path) -> None:
    noise = random.Random(7).randbytes(3 << 20).hex()
    assert DAMAGED in refused(with_sheet(tmp_path / "tag.xlsx", sheet_xml(f'<row r="1" x="{noise}"/>')))


def test_a_package_that_was_cut_short_is_damaged_wherever_it_ends(tmp_path: Path) -> None:
    content = with_sheet(tmp_path / "cut.xlsx", sheet_xml(ROW)).read_bytes()
    for length in range(4, len(content), 97):
        path = tmp_path / "cut.xlsx"
        path.write_bytes(content[:length])
        assert DAMAGED in refused(path)


@pytest.mark.parametrize("seed", range(40))
def test_bytes_turned_over_never_do_more_than_make_it_unreadable(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(with_sheet(tmp_path / "turned.xlsx", sheet_xml(ROW)).read_bytes())
    for _turn in range(chance.randint(1, 12)):
        content[chance.randrange(4, len(content))] = chance.randrange(256)
    path = tmp_path / "turned.xlsx"
    path.write_bytes(bytes(content))
    assert is_read_or_refused(path)


def test_a_directory_entry_for_a_folder_is_no_part(tmp_path: Path) -> None:
    path = with_sheet(tmp_path / "folder.xlsx", sheet_xml(ROW))
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/", b"")
    assert read_here(path).sheets[0].rows[0].cells[0].text == "甲"


def test_an_empty_package_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "empty.zip"
    stream = io.BytesIO()
    zipfile.ZipFile(stream, "w").close()
    path.write_bytes(stream.getvalue())
    assert "压缩包" in refused(path)
