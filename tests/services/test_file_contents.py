"""A file is what its name says, or it is no attachment."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from branchdesk.services.file_contents import kind_of, refuse_disguised, refuse_disguised_file
from support.problems import refused


def package(*names: str) -> bytes:
    """A zip file with these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in names:
            packed.writestr(name, "x")
    return out.getvalue()


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("通知.PDF", b"%PDF-1.7\n"),
        ("通知.pdf", b"printed by x\n%PDF-1.4"),
        ("照片.jpg", b"\xff\xd8\xff\xe0"),
        ("照片.jpeg", b"\xff\xd8\xff\xe1"),
        ("照片.png", b"\x89PNG\r\n\x1a\n.."),
        ("照片.webp", b"RIFF....WEBPVP8 "),
        ("扫描.tif", b"II*\0...."),
        ("讲稿.docx", package("[Content_Types].xml", "word/document.xml")),
        ("名册.xlsx", package("[Content_Types].xml", "xl/workbook.xml")),
        ("公文.ofd", package("OFD.xml", "Doc_0/Document.xml")),
        ("讲稿.doc", _OLE),
        ("讲稿.wps", _OLE),
        ("材料.zip", package("a.txt")),
        ("空.zip", b"PK\x05\x06" + b"\0" * 18),
        ("录像.mp4", b"\0\0\0\x18ftypmp42"),
        ("录音.mp3", b"ID3\x04"),
        ("录音.wav", b"RIFF....WAVEfmt "),
        ("说明.txt", "说明".encode("gb18030")),
        ("说明.txt", "说明".encode("utf-16")),
        ("别的.dat", b""),
        ("没有后缀", b"anything"),
    ],
)
def test_a_file_that_is_what_its_name_says_is_taken(tmp_path: Path, name: str, content: bytes) -> None:
    refuse_disguised(name, content)
    path = tmp_path / name
    path.write_bytes(content)
    refuse_disguised_file(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("通知.pdf", b"\xff\xd8\xff\xe0"),
        ("照片.jpg", b"%PDF-1.7"),
        ("照片.png", b"<html>"),
        ("照片.webp", b"RIFF....WAVE"),
        ("讲稿.docx", package("[Content_Types].xml", "xl/workbook.xml")),
        ("讲稿.docx", b"PK\x03\x04 half of a file"),
        ("讲稿.docx", _OLE),
        ("说明.txt", b"a\0b"),
        ("录像.mp4", b"RIFF....AVI "),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    with refused(f"“{name}”的内容不是 {kind_of(name).upper()} 文件，没有添加", "改过后缀"):
        refuse_disguised(name, content)
    path = tmp_path / name
    path.write_bytes(content)
    with refused(f"“{name}”的内容不是"):
        refuse_disguised_file(path)


@pytest.mark.parametrize("content", [b"MZ\x90\0", b"\x7fELF\x02", b"#!/bin/sh\n"])
def test_programs_are_refused_whatever_they_are_called(content: bytes) -> None:
    for name in ("安装.exe", "照片.jpg", "没有后缀"):
        with refused("程序文件，不能作附件"):
            refuse_disguised(name, content)


def test_an_empty_file_of_a_known_kind_and_one_that_is_gone_are_refused(tmp_path: Path) -> None:
    (tmp_path / "空.pdf").write_bytes(b"")
    with refused("是空文件"):
        refuse_disguised_file(tmp_path / "空.pdf")
    with refused("打不开"):
        refuse_disguised_file(tmp_path / "没有.pdf")
