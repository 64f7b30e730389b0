"""Started without words and without a display, the program shows its work on the sample branch."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from branchdesk.cli import demonstrate
from branchdesk.services import backups, sample
from cli.terminal import cells_of
from documents.pdfa_checks import faults_of, pages_of, text_of

FILES = [
    "roster.pdf",
    "member-sheets.pdf",
    "history.pdf",
    "recovery-card.pdf",
    "minutes.pdf",
    "sign-in.pdf",
    "volume.pdf",
    "inspection.pdf",
    "ledger.pdf",
    "minutes.docx",
    "roster.xlsx",
    "meetings.xlsx",
    "inspection.xlsx",
    "dossier.pdf",
    "sample.bdbak",
]
PAPERS = [name for name in FILES if name.endswith(".pdf") and name != "dossier.pdf"]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, which is empty."""
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def told(out: str) -> dict[str, tuple[str, str]]:
    """The files that were listed, each with its size and its contents."""
    rows = re.findall(r"^  (\S+) +(\d[\d.]* [KM]B)  (.+)$", out, re.MULTILINE)
    return {Path(path).name: (size, words) for path, size, words in rows}


def test_the_main_work_is_done_and_every_file_is_listed_with_its_size_and_pages(
    desk: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert demonstrate() == 0
    said = capsys.readouterr()
    assert said.err == ""
    lines = said.out.splitlines()
    assert lines[0] == "这里没有显示屏，窗口打不开；下面在示例支部上办同样的事。"
    assert lines[1].isascii(), "one line for who does not read Chinese"
    assert lines[3] == "示例名册：新增 24 人，更新 0 人，没有变化 0 人。"
    assert lines[4] == "示例会议：一年 60 次。"
    assert lines[5] == "示例检查表：上季度已检查，本季度正在自查。"
    listed = told(said.out)
    output = desk / "output"
    assert list(listed) == FILES
    assert sorted(path.name for path in output.iterdir()) == sorted(FILES), "and nothing else is left behind"
    for name in PAPERS:
        written = (output / name).read_bytes()
        assert listed[name][1].endswith(f"，{pages_of(written)} 页")
        assert faults_of(written) == []
    assert "周建国" in text_of((output / "roster.pdf").read_bytes())
    assert "支部党员大会会议记录" in text_of((output / "minutes.pdf").read_bytes())
    assert "党建工作检查表" in text_of((output / "inspection.pdf").read_bytes())
    assert "整改台账" in text_of((output / "ledger.pdf").read_bytes())
    bound = pages_of((output / "dossier.pdf").read_bytes())
    assert listed["dossier.pdf"][1].startswith(f"迎检包，{bound} 页，佐证 ")
    assert len([row for row in cells_of(output / "meetings.xlsx") if row[0].isdigit()]) == 60
    assert len([row for row in cells_of(output / "roster.xlsx") if row[0].isdigit()]) == 24
    assert listed["sample.bdbak"][1].endswith(sample.PASSWORD)
    manifest, people = backups.look_into(output / "sample.bdbak")
    restored = backups.bring_back(output / "sample.bdbak", tmp_path / "back", people[0].uid, sample.PASSWORD)
    assert (manifest.members, restored.missing_attachments) == (24, 0)


def test_the_files_of_an_earlier_run_are_replaced_and_no_others(desk: Path) -> None:
    own = desk / "output" / "mine.txt"
    own.parent.mkdir()
    own.write_text("mine", encoding="utf-8")
    (desk / "output" / "roster.pdf").write_bytes(b"of the first run")
    assert demonstrate() == 0
    assert own.read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in own.parent.iterdir()) == sorted([*FILES, "mine.txt"])
    assert pages_of((desk / "output" / "roster.pdf").read_bytes()) == 2


@pytest.mark.thorough
def test_where_the_folder_cannot_be_used_the_files_go_to_a_temporary_one(
    desk: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk / "output").write_text("a file stands where the folder should be", encoding="utf-8")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    assert demonstrate() == 0
    out = capsys.readouterr().out
    assert list(told(out)) == FILES
    (folder,) = (tmp_path / "temporary").glob("branchdesk-*")
    assert str(folder / "roster.pdf") in out
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    assert [path.name for path in desk.iterdir()] == ["output"]


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there is always a display")
def test_the_program_started_without_a_display_does_it_and_ends_well(desk: Path) -> None:
    environment = {**os.environ, "HOME": str(desk / "home"), "PYTHONIOENCODING": "utf-8"}
    for name in list(environment):
        if name in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"} or name.startswith("XDG_"):
            del environment[name]
    done = subprocess.run(
        [sys.executable, "-m", "branchdesk"],
        cwd=desk,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert list(told(done.stdout)) == FILES
    assert all((desk / "output" / name).stat().st_size for name in FILES)
