"""`import-roster`: every row is looked at, told, and written as one step, or left out with its reason."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from branchdesk.errors import Problem
from branchdesk.jobs.progress import Progress
from branchdesk.services import backups, branches, history, roster_import
from branchdesk.services.open_branch import Branch
from branchdesk.services.roster_import import ImportPlan, ImportResult
from branchdesk.storage.keyring import Role
from cli.committee import founded_committee
from cli.terminal import PLAIN, WORKBOOKS, Terminal, cells_of, written_workbook
from support.branches import add_one, unlocked
from support.contents import assert_sound, facts

TWICE = WORKBOOKS / "same_person_twice.xlsx"
FULL = ("--category", "正式党员")
HEAD = ("姓名", "身份证号", "人员类别", "入党时间")


def names_in(folder: Path) -> list[str]:
    """The names of the members of a closed branch, sorted."""
    branch = unlocked(folder)
    found = sorted(row["name"] for row in facts(branch)["member"].values())
    branch.close()
    return found


def test_a_roster_without_faults_comes_in_whole(terminal: Terminal, empty: Path) -> None:
    content = PLAIN.read_bytes()
    answer = terminal.as_clerk("import-roster", empty, PLAIN)
    assert (answer.code, answer.err) == (0, "")
    assert answer.lines == [
        "工作表“在册党员”：自动认出 18 列。",
        "  新增 12 人，更新 0 人，没有变化 0 人；存疑 0 行，不导入 0 行，跳过 0 行。",
        "新增 12 人，更新 0 人，没有变化 0 人。",
        f"原来的文件已加密存档；导入前已备份到 {empty.parent / 'branch-backups'}。",
    ]
    assert PLAIN.read_bytes() == content
    names = names_in(empty)
    assert len(names) == 12
    assert "褚文斌" in names
    assert_sound(unlocked(empty))


def test_the_whole_import_is_one_step_that_can_be_taken_back(terminal: Terminal, empty: Path) -> None:
    terminal.as_clerk("import-roster", empty, PLAIN)
    branch = unlocked(empty)
    newest = history.recent_changes(branch)[0]
    assert newest.label == "导入名册 plain.xlsx"
    branch.undo(newest.seq)
    assert [row for row in facts(branch)["member"].values() if not row.get("deleted_at")] == []


def test_a_backup_of_the_time_before_is_made_first(terminal: Terminal, empty: Path) -> None:
    terminal.as_clerk("import-roster", empty, PLAIN)
    (path,) = (empty.parent / "branch-backups").glob("*.bdbak")
    assert backups.look_into(path)[0].members == 0


def test_a_dry_run_tells_the_same_and_writes_nothing(terminal: Terminal, empty: Path) -> None:
    branch = unlocked(empty)
    before = facts(branch)
    branch.close()
    answer = terminal.as_clerk("import-roster", empty, PLAIN, "--dry-run")
    assert answer.code == 0
    assert answer.lines[1].strip().startswith("新增 12 人，")
    assert answer.lines[-1] == "这一遍只是看看，什么都没有改动。"
    assert not (empty.parent / "branch-backups").exists()
    branch = unlocked(empty)
    assert facts(branch) == before
    assert len(history.recent_changes(branch)) == 1


def test_a_second_import_of_the_same_roster_changes_nothing(terminal: Terminal, empty: Path) -> None:
    terminal.as_clerk("import-roster", empty, PLAIN)
    answer = terminal.as_clerk("import-roster", empty, PLAIN)
    assert answer.code == 0
    assert "没有变化 12 人" in answer.lines[1]
    assert answer.lines[-1] == "没有可以写入的行，名册没有改动。"


def test_a_changed_row_changes_the_member(terminal: Terminal, empty: Path) -> None:
    terminal.as_clerk("import-roster", empty, PLAIN)
    row = ("李敏", "999999197910051860", "正式党员", "2003.06.28", "13911112222")
    workbook = written_workbook(terminal.folder / "new.xlsx", [(*HEAD, "联系电话"), row])
    answer = terminal.as_clerk("import-roster", empty, workbook)
    assert answer.code == 0
    assert "新增 0 人，更新 1 人，没有变化 0 人" in answer.lines[1]
    mobiles = {one["name"]: one["mobile"] for one in facts(unlocked(empty))["member"].values()}
    assert mobiles["李敏"] == "13911112222"
    assert mobiles["周建国"] == "13900000001"


# ---- rows that are left out


def test_rows_are_refused_with_their_reason_and_the_option_that_would_let_them_in(
    terminal: Terminal, empty: Path
) -> None:
    answer = terminal.as_clerk("import-roster", empty, TWICE)
    assert answer.code == 3
    assert "    第 2–9 行：没有写明是正式党员还是预备党员。" in answer.lines
    assert answer.complaints == ["没有写明正式、预备的，可以用 --category 说明算哪一类。"]
    assert answer.lines[-1] == "没有可以写入的行，名册没有改动。"
    assert names_in(empty) == []


def test_refused_rows_are_written_with_their_reasons(terminal: Terminal, empty: Path) -> None:
    answer = terminal.as_clerk("import-roster", empty, TWICE, *FULL, "--refused", "没有导入.xlsx")
    assert answer.code == 3
    assert "没有导入的 2 行和原因已写成 没有导入.xlsx。" in answer.lines
    text = "\n".join("|".join(row) for row in cells_of(terminal.folder / "没有导入.xlsx"))
    assert "是同一个人" in text
    assert "999999197910051860" in text
    assert "与第 8 行同名" in text
    assert len(names_in(empty)) == 6


def test_the_list_is_written_once_the_import_has_gone_through(
    terminal: Terminal, empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_branch: Branch, _plan: ImportPlan, _progress: Progress) -> ImportResult:
        raise Problem("磁盘满了。")

    with monkeypatch.context() as patch:
        patch.setattr(roster_import, "apply_import", full)
        answer = terminal.as_clerk("import-roster", empty, TWICE, *FULL, "--refused", "没有导入.xlsx")
    assert (answer.code, answer.complaints[-1]) == (1, "磁盘满了。")
    assert not (terminal.folder / "没有导入.xlsx").exists(), "it would say that the others came in"
    answer = terminal.as_clerk("import-roster", empty, TWICE, *FULL, "--refused", "没有导入.xlsx")
    assert answer.lines[-1] == "没有导入的 2 行和原因已写成 没有导入.xlsx。"
    assert len(names_in(empty)) == 6


def test_a_dry_run_writes_the_list_too(terminal: Terminal, empty: Path) -> None:
    terminal.as_clerk("import-roster", empty, TWICE, *FULL, "--dry-run", "--refused", "没有导入.xlsx")
    assert (terminal.folder / "没有导入.xlsx").exists()
    assert names_in(empty) == []


def test_no_list_is_written_where_nothing_was_refused(terminal: Terminal, empty: Path) -> None:
    answer = terminal.as_clerk("import-roster", empty, PLAIN, "--refused", "none.xlsx")
    assert answer.code == 0
    assert "没有不导入的行，所以没有写 none.xlsx。" in answer.lines
    assert not (terminal.folder / "none.xlsx").exists()


def test_the_list_of_refused_rows_never_replaces_a_file_nor_the_roster_itself(
    terminal: Terminal, empty: Path
) -> None:
    own = terminal.folder / "roster.xlsx"
    own.write_bytes(TWICE.read_bytes())
    answer = terminal.as_clerk("import-roster", empty, own, "--refused", own)
    assert (answer.code, answer.complaints[0]) == (1, f"“{own}”已经存在，没有覆盖。")
    answer = terminal.as_clerk("import-roster", empty, own, "--refused", own, "--force")
    assert (answer.code, answer.complaints[0]) == (1, f"“{own}”就是要导入的名册。")
    assert own.read_bytes() == TWICE.read_bytes()


def test_a_row_that_may_be_somebody_known_is_left_out_and_listed(terminal: Terminal, empty: Path) -> None:
    answer = terminal.as_clerk("import-roster", empty, TWICE, *FULL)
    assert answer.code == 3
    assert "新增 6 人，更新 0 人，没有变化 0 人；存疑 1 行，不导入 1 行，跳过 0 行。" in answer.lines[1]
    place = answer.lines.index("  存疑、没有导入的行：")
    assert answer.lines[place + 1].startswith("    第 9 行（赵立新）：与第 8 行同名")
    assert answer.complaints == ["存疑的行，核对后可以用 --doubtful new 当作新党员导入。"]
    assert names_in(empty).count("赵立新") == 1


def test_doubtful_rows_come_in_as_new_members_where_the_clerk_says_so(
    terminal: Terminal, empty: Path
) -> None:
    answer = terminal.as_clerk("import-roster", empty, TWICE, *FULL, "--doubtful", "new")
    assert answer.code == 3, "the row with a number that another row has is still refused"
    assert "新增 7 人，更新 0 人，没有变化 0 人；存疑 0 行，不导入 1 行" in answer.lines[1]
    assert answer.complaints == []
    names = names_in(empty)
    assert names.count("赵立新") == 2
    assert names.count("李敏") == 1, "the same number is the same person, whatever the clerk says"


def test_doubtful_rows_are_not_spoken_of_again_where_the_clerk_skips_them(
    terminal: Terminal, empty: Path
) -> None:
    branch = unlocked(empty)
    add_one(branch, "赵立新", admitted_on="2008.11.03")
    branch.close()
    rows = [  # the first has something to look at besides the doubt: nobody knows when he was confirmed
        ("赵立新", "999999198211172131", "正式党员", "2008.11.03", None),
        ("李敏", "999999197910051860", "正式党员", "2003.06.28", "2004.06.28"),
    ]
    workbook = written_workbook(terminal.folder / "r.xlsx", [(*HEAD, "转正时间"), *rows])
    asked = terminal.as_clerk("import-roster", empty, workbook, "--dry-run")
    assert asked.code == 3
    assert "第 2 行（赵立新）：名册里已有同名的" in asked.out
    skipped = terminal.as_clerk("import-roster", empty, workbook, "--doubtful", "skip")
    assert (skipped.code, skipped.err) == (0, "")
    assert "存疑 1 行" in skipped.out
    assert "赵立新" not in skipped.out
    assert "要核对的内容" not in skipped.out
    assert names_in(empty) == ["李敏", "赵立新"]


def test_rows_with_damaged_numbers_come_in_without_the_number_where_the_clerk_says_so(
    terminal: Terminal, empty: Path
) -> None:
    workbook = WORKBOOKS / "damaged_numbers.xlsx"
    answer = terminal.as_clerk("import-roster", empty, workbook, *FULL)
    assert answer.code == 3
    assert "证号损失末位的，可以用 --damaged-numbers 导入，证号先空着。" in answer.complaints
    assert "赵立新" not in names_in(empty)
    answer = terminal.as_clerk("import-roster", empty, workbook, *FULL, "--damaged-numbers")
    assert not any("--damaged-numbers" in line for line in answer.complaints)
    found = [row for row in facts(unlocked(empty))["member"].values() if row["name"] == "赵立新"]
    assert [row.get("id_number") for row in found] == [None]


def test_hidden_rows_stay_out_until_they_are_asked_for(terminal: Terminal, empty: Path) -> None:
    workbook = WORKBOOKS / "hidden.xlsx"
    answer = terminal.as_clerk("import-roster", empty, workbook, *FULL, "--dry-run")
    assert answer.code == 3
    assert "隐藏的 2 行没有导入，可以用 --hidden-rows 一起导入。" in answer.complaints
    assert answer.lines[1].strip().startswith("新增 6 人，")
    answer = terminal.as_clerk("import-roster", empty, workbook, *FULL, "--hidden-rows", "--dry-run")
    assert answer.lines[1].strip().startswith("新增 8 人，")
    assert "--hidden-rows" not in answer.err


def test_one_hidden_row_is_enough_to_want_a_look(terminal: Terminal, empty: Path) -> None:
    path = terminal.folder / "r.xlsx"
    book = openpyxl.load_workbook(PLAIN)
    book.worksheets[0].row_dimensions[3].hidden = True
    book.save(path)
    book.close()
    answer = terminal.as_clerk("import-roster", empty, path, "--dry-run")
    assert answer.code == 3
    assert "新增 11 人" in answer.lines[1]
    assert terminal.as_clerk("import-roster", empty, path, "--dry-run", "--hidden-rows").code == 0


def test_where_there_are_several_branches_the_sheet_or_the_clerk_says_which(
    terminal: Terminal, tmp_path: Path
) -> None:
    made = founded_committee(tmp_path / "committee")
    made.branch.close()
    folder = made.branch.path
    answer = terminal.as_clerk("import-roster", folder, PLAIN, "--dry-run")
    assert answer.code == 3
    assert "    第 2–13 行：还没有选定放到哪个支部。" in answer.lines
    assert answer.complaints == ["没有写明支部的，可以用 --place 说明放到哪里。"]
    answer = terminal.as_clerk("import-roster", folder, PLAIN, "--place", "河东")
    assert answer.code == 0
    homes = {row.get("organisation_uid") for row in facts(unlocked(folder))["member_event"].values()}
    assert homes - {None} == {made.east}


# ---- what is no roster


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xlsx", b"%PDF-1.7 not a table", "“a.xlsx”是 PDF，不是表格。"),
        ("a.xls", b"<html><table><tr><td>x</td></tr></table></html>", "“a.xls”"),
        ("a.xlsx", b"PK\x03\x04 cut off", "“a.xlsx”"),
        ("a.xlsx", b"", "“a.xlsx”"),
        ("a.xlsx", None, "找不到“a.xlsx”。"),
        ("a.csv", "日期,地点\n6月,会议室\n".encode(), "“a.csv”里没有找到名册：没有一张表有“姓名”一列。"),
    ],
    ids=["PDF", "web page", "cut off", "empty", "missing", "another table"],
)
def test_a_file_that_is_no_roster_changes_nothing(
    terminal: Terminal, empty: Path, name: str, content: bytes | None, sentence: str
) -> None:
    if content is not None:
        (terminal.folder / name).write_bytes(content)
    answer = terminal.as_clerk("import-roster", empty, name)
    assert (answer.code, answer.out) == (1, "")
    assert answer.complaints[0].startswith(sentence)
    assert len(answer.complaints) == 2, "there is a way out"
    assert len(history.recent_changes(unlocked(empty))) == 1


def test_a_workbook_with_a_password_is_refused_with_the_way_out(terminal: Terminal, empty: Path) -> None:
    answer = terminal.as_clerk("import-roster", empty, WORKBOOKS / "refused" / "password_libreoffice.xlsx")
    assert answer.code == 1
    assert "打开密码" in answer.complaints[0]


def test_somebody_who_may_only_look_imports_nothing(terminal: Terminal, empty: Path) -> None:
    branch = unlocked(empty)
    branches.add_person(branch, "周建国", Role.VIEWER, "shu-ji-ban-2026", "shu-ji-ban-2026")
    branch.close()
    own = terminal.password_file("shu-ji-ban-2026")
    answer = terminal.run("import-roster", empty, PLAIN, "--person", "周建国", "--password-file", own)
    assert answer.code == 1
    assert len(answer.complaints) == 2
    assert names_in(empty) == []
