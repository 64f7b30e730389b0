"""Reading .csv and .txt as programs and people in China save them."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from branchdesk.documents import workbook_intake
from branchdesk.documents.workbook_cells import Kind, NoteCode
from branchdesk.documents.workbook_csv import separator_of
from branchdesk.documents.workbook_reader import read_workbook
from branchdesk.errors import Problem
from branchdesk.jobs.progress import Progress
from support.workbook_parts import read_here, rows_here, texts_here

TEXT = "姓名,民族,住址\n周建国,汉族,胜利街道\n𠮷田,回族,䶮村\n"
ROWS = [["姓名", "民族", "住址"], ["周建国", "汉族", "胜利街道"], ["𠮷田", "回族", "䶮村"]]


def saved(folder: Path, content: bytes | str) -> Path:
    path = folder / "名册.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode("gb18030"),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace(",", "\t").encode("utf-16"),
        TEXT.replace(",", ";").encode(),
    ],
)
def test_every_encoding_and_separator_reads_alike(tmp_path: Path, content: bytes) -> None:
    assert texts_here(saved(tmp_path, content)) == ROWS


def test_a_sign_in_two_halves_at_the_edge_of_a_block_is_one_sign(tmp_path: Path) -> None:
    text = "x" + "汉字𠮷\n" * 40_000
    texts = texts_here(saved(tmp_path, text.encode("gb18030")))
    assert {row[0] for row in texts[1:]} == {"汉字𠮷"}


def test_line_breaks_quotes_and_separators_inside_a_cell_stay(tmp_path: Path) -> None:
    text = '姓名,住址\n李敏,"胜利街道""东""区,\n3栋2单元"\n王明,后街\n'
    assert texts_here(saved(tmp_path, text)) == [
        ["姓名", "住址"],
        ["李敏", '胜利街道"东"区,\n3栋2单元'],
        ["王明", "后街"],
    ]


def test_rows_count_as_excel_counts_them(tmp_path: Path) -> None:
    sheet = read_here(saved(tmp_path, '标题\n\n姓名,"住\n址"\n,\n李敏,x\n')).sheets[0]
    assert [row.number for row in sheet.rows] == [1, 3, 5]


def test_a_number_guarded_as_a_formula_is_its_text(tmp_path: Path) -> None:
    (row,) = rows_here(saved(tmp_path, '="00123","=""13900000001""",=1+1,9.99999E+17\n'))
    assert [cell.text for cell in row] == ["00123", "13900000001", "=1+1", "9.99999E+17"]
    assert {cell.kind for cell in row} == {Kind.TEXT}


@pytest.mark.parametrize(
    ("sample", "separator"),
    [
        ("党员名册\n填报单位：一支部\n姓名\t性别\t电话\n李敏\t女\t1,2\n", "\t"),
        ("姓名;住址\n李敏;东街,西街\n王明;东街\n", ";"),
        ("姓名,住址\n李敏,东;西\n", ","),
        ("姓名\n李敏\n", ","),
        ('姓名,住址\n李敏,"东街\n', ","),
    ],
)
def test_the_separator_is_the_one_that_makes_a_table(sample: str, separator: str) -> None:
    assert separator_of(sample) == separator


@pytest.mark.parametrize("text", ['姓名,住址\n李敏,"东街\n王明,西街\n', '姓名\n"李敏' + "x" * 70_000 + '"\n'])
def test_quotes_that_do_not_pair_are_named_by_their_row(tmp_path: Path, text: str) -> None:
    with pytest.raises(Problem, match="第 2 行起的引号没有成对"):
        read_here(saved(tmp_path, text))


def test_a_text_longer_than_any_cell_is_cut_and_named(tmp_path: Path) -> None:
    workbook = read_here(saved(tmp_path, "姓名,住址\n李敏," + "长" * 40_000 + "\n"))
    assert len(workbook.sheets[0].rows[1].cells[1].text) == 32_767
    assert [note.code for note in workbook.notes] == [NoteCode.LONG_CELL]


def test_more_columns_and_rows_than_are_taken_in_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_intake, "MOST_ROWS", 250)
    wide = ",".join(str(n) for n in range(300)) + "\n"
    workbook = read_here(saved(tmp_path, wide * 300))
    assert len(workbook.sheets[0].rows) == 250
    assert len(workbook.sheets[0].rows[0].cells) == 256
    assert [note.code for note in workbook.notes] == [NoteCode.COLUMNS, NoteCode.ROWS]


@pytest.mark.parametrize(
    "content", [b"\x00\x01\x02\x03" * 300, b"\xff\xfe" + b"\x00\xd8" * 50, b"\xef\xbb\xbf\xff\xff\xff"]
)
def test_bytes_that_are_no_text_are_no_table(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Problem, match="认不出它的格式"):
        read_here(saved(tmp_path, content))


def test_a_stray_control_sign_is_kept_for_the_checks(tmp_path: Path) -> None:
    text = "姓名,住址\n" + "李敏,东街\n" * 400 + "王\x00明,\u202e街\n"
    assert texts_here(saved(tmp_path, text))[-1] == ["王\x00明", "\u202e街"]


def test_progress_goes_on_with_the_bytes(tmp_path: Path) -> None:
    shares: list[float] = []
    path = saved(tmp_path, "姓名,住址\n" * 5_000)
    list(read_workbook(Progress(lambda share, _doing: shares.append(share)), str(path)))
    assert shares
    assert shares == sorted(shares)
    assert shares[-1] <= 1.0
