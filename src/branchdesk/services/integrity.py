"""Looking at a whole branch file: the database, the journal and the attachments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from branchdesk.errors import Problem
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _, _n
from branchdesk.jobs.progress import SILENT, Progress
from branchdesk.services.history import check_chain
from branchdesk.storage import integrity as questions
from branchdesk.storage.attachments import load_content
from branchdesk.storage.branch import Branch
from branchdesk.storage.tables import issue, member, record, sheet_template

_WITH_NAMES = {table.name for table in (member, record, issue, sheet_template)}


class Part(StrEnum):
    """The parts of a branch file; the codes of what is found wrong with them."""

    DATABASE = "database"
    JOURNAL = "journal"
    ATTACHMENTS = "attachments"


@dataclass(frozen=True)
class Integrity:
    """What was looked at, and what is wrong with it.

    `size` is that of the database in bytes; `changes` and `attachments` are counted as far as they could be
    read.
    """

    size: int
    changes: int
    attachments: int
    findings: tuple[Finding, ...]

    def of(self, part: Part) -> list[Finding]:
        """What is wrong with one part; nothing where it is whole."""
        return [finding for finding in self.findings if finding.code == part]


def check_integrity(branch: Branch, progress: Progress = SILENT) -> Integrity:
    """Look at every page of the database, every step of the journal and every attachment; nothing is changed.

    What cannot be read is a finding too, and the other parts are still looked at.
    """
    progress.step(0.0, _("正在核对数据库…"))
    size, findings = _look_at_database(branch)
    progress.step(0.4, _("正在核对修改记录…"))
    changes, broken = _look_at_journal(branch)
    attachments, missing = _look_at_attachments(branch, progress.part(0.6, 1.0))
    return Integrity(size, changes, attachments, (*findings, *broken, *missing))


def _finding(part: Part, sentence: str) -> Finding:
    return Finding(part, Severity.ERROR, sentence)


def _look_at_database(branch: Branch) -> tuple[int, list[Finding]]:
    try:
        report = questions.look_at_database(branch)
    except Problem as problem:
        return 0, [_finding(Part.DATABASE, problem.sentence)]
    sentences = (
        (report.damaged, _n("数据库：有 {n} 页损坏，读不出来。", report.damaged)),
        (report.faults, _n("数据库：内部结构有 {n} 处不对。", report.faults)),
        (report.dangling, _n("数据库：有 {n} 条内容指向已经不存在的内容。", report.dangling)),
    )
    return report.size, [_finding(Part.DATABASE, sentence) for wrong, sentence in sentences if wrong]


def _look_at_journal(branch: Branch) -> tuple[int, list[Finding]]:
    try:
        report = check_chain(branch)
    except Problem as problem:
        return 0, [_finding(Part.JOURNAL, problem.sentence)]
    if report.broken_at is None:
        return report.changes, []
    sentence = _("修改记录：第 {seq} 步对不上，文件可能被别的程序改过。", seq=report.broken_at)
    return report.changes, [_finding(Part.JOURNAL, sentence)]


def _look_at_attachments(branch: Branch, progress: Progress) -> tuple[int, list[Finding]]:
    """Open every attachment and compare its content with the hash that was noted; equal ones once."""
    try:
        with branch.read() as connection:
            rows = questions.attachments_with_owners(connection)
    except Problem as problem:
        return 0, [_finding(Part.ATTACHMENTS, problem.sentence)]
    told: dict[tuple[str, str], str] = {}
    findings = []
    for row in progress.over(rows, len(rows), _("正在核对附件…")):
        content = (row["blob"], row["sha256"])
        if content not in told:
            told[content] = _reason_against(branch, *content)
        if told[content]:
            sentence = _("{name}：{sentence}", name=_name_of(row), sentence=told[content])
            findings.append(_finding(Part.ATTACHMENTS, sentence))
    return len(rows), findings


def _reason_against(branch: Branch, blob: str, sha256: str) -> str:
    """Why an attachment cannot be opened; empty where it can."""
    try:
        load_content(branch, blob, sha256)
    except Problem as problem:
        return problem.sentence
    return ""


def _name_of(row: Mapping[str, Any]) -> str:
    if row["entity"] in _WITH_NAMES:
        return _("{person} 的附件“{name}”", person=row["owner"] or "", name=row["name"])
    return _("导入时存下的原文件“{name}”", name=row["name"])
