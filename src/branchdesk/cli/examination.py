"""`check`: whether a branch file is whole, and what in it wants a look."""

from __future__ import annotations

import tempfile
from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from branchdesk.cli.console import complain, long_work, say, warn
from branchdesk.cli.endings import Ending
from branchdesk.cli.opening import opened
from branchdesk.domain.members import State
from branchdesk.errors import Problem
from branchdesk.findings import Finding
from branchdesk.forms.language import Form
from branchdesk.i18n import _, _n
from branchdesk.jobs.progress import Progress
from branchdesk.services import attachments, backups
from branchdesk.services.history import check_chain
from branchdesk.services.member_edits import member_form
from branchdesk.services.members import member_file
from branchdesk.services.open_branch import ROLE_NAMES, Branch
from branchdesk.services.organisations import organisation_file, organisation_tree, profile_form
from branchdesk.services.rosters import Place, Roster

_TRIAL = "trial.bdbak"


def check(asked: Namespace) -> Ending:
    """Look at the journal, every page of the file, attachments and findings; nothing is changed."""
    with opened(asked) as branch, long_work() as progress:
        person = branch.person
        say(_("{title}（{folder}）", title=backups.title_of(branch), folder=str(branch.path)))
        say(_("打开的人：{name}（{role}）", name=person.name, role=_(ROLE_NAMES[person.role])))
        progress.step(0.0, _("正在核对修改记录…"))
        endings = [
            _noting(lambda: _look_at_journal(branch)),
            _noting(lambda: _look_at_file(branch, progress.part(0.2, 0.6))),
            _noting(lambda: _look_at_members(branch, progress.part(0.6, 0.9), each=asked.findings)),
            _noting(lambda: _look_at_organisations(branch, each=asked.findings)),
        ]
        _tell_backups(branch)
        ending = max(endings)
        say(_("检查完了，没有发现问题。") if ending is Ending.FINE else _("检查完了，有要核对的，见上面。"))
        return ending


def _noting(look: Callable[[], Ending]) -> Ending:
    """How a look ends; a problem that it meets is told, and the other looks go on."""
    try:
        return look()
    except Problem as problem:
        complain(problem)
        return Ending.LOOK


def _look_at_journal(branch: Branch) -> Ending:
    report = check_chain(branch)
    if report.broken_at is None:
        say(_n("修改记录：共 {n} 步，环环相扣，没有断。", report.changes))
        return Ending.FINE
    warn(_("修改记录：第 {seq} 步对不上，文件可能被别的程序改过。", seq=report.broken_at))
    warn(_("请不要继续录入，先从较早的备份恢复到另一个文件夹，对照核对。"))
    return Ending.LOOK


def _look_at_file(branch: Branch, progress: Progress) -> Ending:
    """Try every page of the file on a copy, as a backup does; the copy is thrown away."""
    with tempfile.TemporaryDirectory(prefix="branchdesk-") as folder:
        trial = backups.carry_away(branch, Path(folder) / _TRIAL, progress)
        size = trial.manifest.size
    say(_n("数据库：{n} KB 逐页核对过，没有损坏的地方。", max(1, size // 1024)))
    return Ending.FINE


def _look_at_members(branch: Branch, progress: Progress, *, each: bool) -> Ending:
    """Count the members and their findings, and open every photo and file of theirs."""
    roster = Roster(branch)
    roster.choose(Place(states=tuple(State)))
    everybody = len(roster)
    say(_n("党员：共 {n} 名，其中 {marked} 名有要核对的地方。", everybody, marked=roster.findings))
    form = member_form()
    for index in roster.indexes_with_findings() if each else ():
        row = roster.row(index)
        if row is not None:
            _tell(row.values["name"] or "", roster.remarks(row), form)
    uids = [row.uid for row in roster.rows(range(everybody))]
    ending = _look_at_attachments(branch, uids, progress)
    return Ending.LOOK if roster.findings else ending


def _tell(name: str, findings: Sequence[Finding], form: Form) -> None:
    """Findings of a record, each with the field that it is about."""
    for finding in findings:
        field = form.by_id.get(finding.field)
        where = _("{name} {field}", name=name, field=field.shown()) if field else name
        say(_("　{where}：{sentence}", where=where, sentence=finding.sentence))


def _look_at_attachments(branch: Branch, uids: Sequence[str], progress: Progress) -> Ending:
    count, ending = 0, Ending.FINE
    for uid in progress.over(uids, len(uids), _("正在核对附件…")):
        file = member_file(branch, uid)
        for row in file.attachments if file else ():
            count += 1
            try:
                attachments.read_attachment(branch, row)
            except Problem as problem:
                name = _("{person} 的附件“{name}”", person=file.name if file else "", name=row["name"])
                warn(_("{name}：{sentence}", name=name, sentence=problem.sentence))
                ending = Ending.LOOK
    if not count:
        say(_("党员的照片和附件：没有。"))
    elif ending is Ending.FINE:
        say(_n("党员的照片和附件：{n} 个，都打得开。", count))
    return ending


def _look_at_organisations(branch: Branch, *, each: bool) -> Ending:
    form, count = profile_form(), 0
    for version in organisation_tree(branch).walk():
        findings = organisation_file(branch, version.organisation).findings
        count += len(findings)
        if each:
            _tell(version.name, findings, form)
    say(_n("党组织：有 {n} 处要核对。", count) if count else _("党组织：没有要核对的。"))
    return Ending.LOOK if count else Ending.FINE


def _tell_backups(branch: Branch) -> None:
    status = backups.backup_status(branch)
    if status.made is None:
        say(_("备份：还没有备份过。"))
        return
    made = status.made.strftime("%Y.%m.%d %H:%M")
    changed = _("，之后又有修改") if status.changed_since else _("，之后没有修改")
    say(_("备份：最近一次是 {made}，放在 {place}{changed}。", made=made, place=status.place, changed=changed))
