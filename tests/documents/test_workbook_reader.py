"""Which kind of file it is, told by its content; and what is said where it is none."""

from __future__ import annotations

import errno
import os
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from branchdesk.documents import workbook_reader
from branchdesk.documents.workbook_cells import Format
from branchdesk.errors import Problem
from support.workbook_parts import read_here, sheet_xml, workbook_parts, write_package

SAMPLES = Path(__file__).parent.parent / "data" / "workbooks"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refused(path: Path) -> Problem:
    with pytest.raises(Problem) as caught:
        read_here(path)
    assert path.name in caught.value.sentence
    return caught.value


@pytest.mark.parametrize(
    ("sample", "name", "expected"),
    [
        ("plain.xlsx", "名册.et", Format.XLSX),
        ("plain.xlsx", "名册.xls", Format.XLSX),
        ("title_and_unit_libreoffice.xls", "名册.et", Format.XLS),
        ("title_and_unit_libreoffice.xls", "名册.xlsx", Format.XLS),
        ("gb18030.csv", "名册.xls", Format.CSV),
        ("excel_unicode.txt", "名册", Format.CSV),
    ],
)
def test_the_kind_is_told_by_the_content_and_never_by_the_name(
    tmp_path: Path, sample: str, name: str, expected: Format
) -> None:
    path = tmp_path / name
    path.write_bytes((SAMPLES / sample).read_bytes())
    assert read_here(path).format is expected


def in_utf_16(text: str) -> bytes:
    return text.encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "sentence", "advice"),
    [
        (b"", "是空文件", ".xlsx"),
        (b"<html><table><tr><td>\xd0\xd5\xc3\xfb</td></tr></table>", "网页（HTML）", "另存为"),
        (b'\xef\xbb\xbf  <!DOCTYPE html>\n<html lang="zh">', "网页（HTML）", "另存为"),
        (b"<!-- exported --><Table border=1>", "网页（HTML）", "另存为"),
        (in_utf_16("\ufeff<html><body>"), "网页（HTML）", "另存为"),
        (
            b"From: x\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n",
            "网页（HTML）",
            "另存为",
        ),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "2003 版的 XML 表格",
            "另存为",
        ),
        (b"%PDF-1.7\n", "是 PDF", "Excel 表格"),
        (b"\x89PNG\r\n\x1a\n", "是图片", "Excel 表格"),
        (b"{\\rtf1}", "是 Word 文档", "复制到"),
        (b"Rar!\x1a\x07", "是压缩包", "解压"),
        (OLE, "没有能读取的工作表", "另存为"),
        (OLE + in_utf_16("WordDocument"), "是 Word 文档", "复制到"),
        (OLE + in_utf_16("EncryptedPackage"), "有打开密码", "去掉打开密码"),
        (OLE + in_utf_16("Workbook"), "已损坏", "另存"),
    ],
)
def test_a_file_of_another_kind_is_called_by_its_name(
    tmp_path: Path, content: bytes, sentence: str, advice: str
) -> None:
    path = tmp_path / "花名册.xls"
    path.write_bytes(content)
    problem = refused(path)
    assert sentence in problem.sentence
    assert advice in problem.advice


@pytest.mark.parametrize("name", ["password_libreoffice.xlsx", "password_libreoffice.xls"])
def test_a_workbook_with_a_password_says_so(name: str) -> None:
    problem = refused(SAMPLES / "refused" / name)
    assert "有打开密码" in problem.sentence
    assert "去掉打开密码" in problem.advice


@pytest.mark.parametrize(
    ("target", "extra", "sentence"),
    [
        ("word/document.xml", {}, "是 Word 文档"),
        ("xl/workbook.bin", {}, "二进制工作簿（.xlsb）"),
        (
            "",
            {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"},
            "（.ods）",
        ),
        ("", {"名册.xlsx": "x"}, "是压缩包"),
    ],
)
def test_a_package_of_another_kind_is_called_by_its_name(
    tmp_path: Path, target: str, extra: dict[str, str], sentence: str
) -> None:
    parts: dict[str, str | bytes] = {**extra}
    if target:
        parts["_rels/.rels"] = str(workbook_parts("")["_rels/.rels"]).replace("xl/workbook.xml", target)
        parts[target] = "x"
    assert sentence in refused(write_package(tmp_path / "文件.xlsx", parts)).sentence


def test_the_lock_that_excel_leaves_is_not_the_workbook(tmp_path: Path) -> None:
    path = tmp_path / "~$名册.xlsx"
    path.write_bytes(b"\x05Admin" + bytes(159))
    assert "临时文件" in refused(path).sentence


@pytest.mark.parametrize("seed", range(8))
def test_random_bytes_are_no_workbook(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "随机.xlsx"
    path.write_bytes(b"\x01" + random.Random(seed).randbytes(5_000))
    assert "认不出它的格式" in refused(path).sentence


def test_a_workbook_without_content_says_so(tmp_path: Path) -> None:
    path = write_package(
        tmp_path / "空.xlsx", workbook_parts(sheet_xml('<row r="9"><c r="A9" s="0"/></row>'))
    )
    assert "所有工作表都是空的" in refused(path).sentence


def test_a_file_beyond_all_measure_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "大.csv"
    path.write_bytes(b"a,b\n" * 100)
    monkeypatch.setattr(workbook_reader, "MOST_FILE_BYTES", 100)
    assert "太大" in refused(path).sentence


# ---- what the system refuses


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    assert "找不到" in refused(tmp_path / "没有.xlsx").sentence


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert "是文件夹" in refused(tmp_path).sentence


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(b"x")
    path.chmod(0)
    assert "正被别的程序使用，或不允许读取" in refused(path).sentence


def failing(number: int) -> Callable[..., Any]:
    def fail(*_arguments: object, **_named: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.EACCES, "正被别的程序使用，或不允许读取"),
        (errno.EBUSY, "正被别的程序使用，或不允许读取"),
        (errno.EIO, "磁盘或 U 盘可能有问题"),
    ],
)
def test_what_the_disk_says_becomes_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str
) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(b"x")
    monkeypatch.setattr(Path, "open", failing(number))
    assert sentence in refused(path).sentence
