"""Importing a roster of 30 columns: read, understood, judged and written, against reading and bare inserts.

Each import runs in a process of its own, all kinds in turns, in a fresh branch; processor time with the child
that reads the workbook. The limit reads with python-calamine and puts the same texts into the same
encrypted file, with three events for each member and a journal row for everything, by three statements in
one transaction. It checks nothing and derives nothing.
"""

from __future__ import annotations

import importlib
import json
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.measuring import Measurement, cheap_keys, child, cpu, in_turns, most_memory, place, shown
from branchdesk.services import roster_import
from branchdesk.services.member_edits import member_form
from branchdesk.services.roster_import import ImportOptions, Verdict
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import canonical
from branchdesk.storage.tables import member
from branchdesk.uids import new_uid
from support.branches import founded, identity_number, sample_people

_ROUNDS = 3
_WARMING, _USUAL, _MANY = 50, 10_000, 30_000
_FIRST_DAY = date(1950, 1, 1)


def _row(number: int, person: dict[str, str]) -> dict[str, str]:
    """A member as a clerk's workbook has them: every fiftieth number is wrong, every thirtieth date odd."""
    born = _FIRST_DAY + timedelta(days=number % 18_000)
    identity = identity_number(born, number // 18_000)
    wrong = identity[:-1] + ("1" if identity[-1] != "1" else "2")
    year = int(person["admitted_on"][:4])
    return {
        "name": person["name"],
        "sex": "女" if number // 18_000 % 2 == 0 else "男",
        "id_number": wrong if number % 50 == 0 else identity,
        "born_on": f"{born:%Y.%m.%d}",
        "ethnic": person["ethnic"],
        "native_place": ("河北保定", "山东济南", "四川成都")[number % 3],
        "marriage": ("已婚", "未婚")[number % 2],
        "health": "健康",
        "category": person["category"],
        "admitted_on": "不详" if number % 30 == 0 else person["admitted_on"],
        "confirmed_on": person.get("confirmed_on", ""),
        "group": person["group"],
        "applied_on": f"{year - 2}年{number % 12 + 1}月",
        "introducers": "王建国、李红",
        "file_place": "乡党委",
        "application_no": f"{number:08}",
        "dues_monthly": person["dues_monthly"],
        "dues_paid_to": "2026.10",
        "education": person["education"],
        "degree": "",
        "fulltime_school": "阳光区第一中学",
        "major": ("会计", "农学", "机械")[number % 3],
        "graduated_on": f"{year - 1}.07",
        "department": person["department"],
        "position": ("科员", "副科长", "科长")[number % 3],
        "worked_since": f"{year - 1}-08",
        "staff_number": f"G{number:06}",
        "mobile": person["mobile"],
        "home_address": f"阳光区青石镇河西村{number % 500 + 1}号",
        "note": "",
    }


def make_workbook(path: Path, rows: int) -> None:
    """A roster with the headings of the form."""
    form = member_form()
    people = [_row(number, person) for number, person in enumerate(sample_people(rows))]
    with importlib.import_module("xlsxwriter").Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("在册")
        sheet.write_row(0, 0, [form.by_id[field].label for field in people[0]])
        for number, person in enumerate(people, start=1):
            for column, text in enumerate(person.values()):
                if text:
                    sheet.write_string(number, column, text)


# ---- what runs in processes of their own


def ours(branch: Branch, path: Path) -> dict[str, float]:
    """The whole import as the screen does it; processor seconds when each step was done."""
    began = cpu()
    source = roster_import.open_source(path)
    choices = roster_import.propose(branch, source)
    read = cpu()
    plan = roster_import.plan_import(branch, source, choices, ImportOptions(category="full"))
    planned = cpu()
    result = roster_import.apply_import(branch, plan)
    done = cpu()
    rows = sum(plan.counts().values())
    return {
        "all": done - began,
        "read": read - began,
        "plan": planned - read,
        "write": done - planned,
        "written": result.counts[Verdict.NEW] / rows,
        "findings": len(plan.with_findings) / rows,
    }


def limit(branch: Branch, path: Path) -> dict[str, float]:
    """Reading and bare inserts of the same members, their events and a journal row for each."""
    began = cpu()
    book = importlib.import_module("python_calamine").CalamineWorkbook.from_path(path)
    _headings, *rows = book.get_sheet_by_index(0).to_python()
    fields = list(_row(0, sample_people(1)[0]))
    kept = [name for name in fields if name in member.c]
    people: list[list[str]] = []
    events: list[list[str]] = []
    journal: list[list[str]] = []
    for row in rows:
        texts = dict(zip(fields, row, strict=True))
        uid = new_uid()
        stored = {"uid": uid, **{name: texts[name] for name in kept}}
        people.append(list(stored.values()))
        journal.append(["member", uid, uid, canonical(stored)])
        for kind in ("arrived", "admitted", "confirmed"):
            event = {
                "uid": new_uid(),
                "member_uid": uid,
                "kind": kind,
                "on_date": texts.get(f"{kind}_on", ""),
            }
            events.append([*event.values(), "2026-01-01"])
            journal.append(["member_event", event["uid"], uid, canonical(event)])
    with branch.raw() as connection:
        connection.execute("BEGIN IMMEDIATE")
        _insert(connection, "member", ["uid", *kept], people)
        _insert(connection, "member_event", ["uid", "member_uid", "kind", "on_date", "entered_on"], events)
        columns = ["entity", "row_uid", "owner_uid", "after", "change_seq", "op"]
        _insert(connection, "change_row", columns, [[*row, 1, "insert"] for row in journal])
        connection.execute("COMMIT")
    return {"all": cpu() - began}


def _insert(connection: Any, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    places = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 - our own names
    connection.executemany(statement, rows)


def openpyxl(_branch: Branch, path: Path) -> dict[str, float]:
    """The usual reader alone."""
    began = cpu()
    book = importlib.import_module("openpyxl").load_workbook(path, read_only=True, data_only=True)
    for _row_of_cells in book.worksheets[0].iter_rows(values_only=True):
        pass
    book.close()
    return {"all": cpu() - began}


_KINDS: dict[str, Callable[[Branch, Path], dict[str, float]]] = {
    "ours": ours,
    "limit": limit,
    "openpyxl": openpyxl,
}


def _measured(kind: str, folder: Path, rows: int) -> dict[str, float]:
    cheap_keys()
    with tempfile.TemporaryDirectory() as name:
        for round_ in ("warming", "counting"):
            branch = founded(Path(name, round_))
            path = folder / f"{_WARMING if round_ == 'warming' else rows}.xlsx"
            answer = _KINDS[kind](branch, path)
            branch.close()
    return {**answer, "memory": most_memory()}


# ---- the table


def measure() -> list[Measurement]:
    """The import as a whole and by step, and how memory grows."""
    for rows in (_WARMING, _USUAL, _MANY):
        make_workbook(place() / f"{rows}.xlsx", rows)

    def one(kind: str, rows: int = _USUAL) -> dict[str, float]:
        found: dict[str, float] = child(
            "benchmarks.bench_import", kind, str(place()), str(rows), home=place()
        )
        return found

    found: dict[str, list[Any]] = in_turns({kind: partial(one, kind) for kind in _KINDS}, _ROUNDS)
    many = {kind: one(kind, _MANY) for kind in ("ours", "limit")}

    def median(kind: str, step: str = "all") -> float:
        return statistics.median(float(answer[step]) for answer in found[kind])

    bare = median("limit")
    written, marked = (median("ours", share) for share in ("written", "findings"))
    steps = ", ".join(f"{step} {median('ours', step) / bare:.2f}" for step in ("read", "plan", "write"))
    grown = (many["ours"]["memory"] - median("ours", "memory")) / (_MANY - _USUAL) * 1000
    return [
        Measurement(
            f"import of 10,000 × 30 ({written:.0%} written, {marked:.0%} with findings) / limit",
            median("ours") / bare,
            "≤ 3",
            f"{shown(median('ours'))} / {shown(bare)}; {steps}",
        ),
        Measurement("import of 10,000 × 30 / openpyxl reading alone", median("ours") / median("openpyxl")),
        Measurement(
            "import of 30,000 / 10,000 rows",
            many["ours"]["all"] / median("ours"),
            "≤ 3.3",
            shown(many["ours"]["all"]),
        ),
        Measurement(
            "memory per 1,000 imported rows: MB",
            grown,
            "",
            f"{median('ours', 'memory'):.0f} MB at 10,000, {many['ours']['memory']:.0f} MB at 30,000 rows; "
            f"limit {many['limit']['memory']:.0f} MB",
        ),
    ]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measured(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))) + "\n")
