"""`check`: whether a branch file is whole, and what in it wants a look."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence

from branchdesk.cli.console import complain, long_work, say, warn
from branchdesk.cli.endings import Ending
from branchdesk.cli.opening import opened
from branchdesk.domain.members import State
from branchdesk.errors import Problem
from branchdesk.findings import Finding
from branchdesk.forms.language import Form
from branchdesk.i18n import _, _n
from branchdesk.services import backups
from branchdesk.services.integrity import Integrity, Part, check_integrity
from branchdesk.services.member_edits import member_form
from branchdesk.services.open_branch import ROLE_NAMES, Branch
from branchdesk.services.organisations import organisation_file, organisation_tree, profile_form
from branchdesk.services.rosters import Place, Roster


def check(asked: Namespace) -> Ending:
    """Look at every page of the file, the journal, attachments and findings; nothing is changed."""
    with opened(asked) as branch, long_work() as progress:
        person = branch.person
        say(_("{title}（{folder}）", title=backups.title_of(branch), folder=str(branch.path)))
        say(_("打开的人：{name}（{role}）", name=person.name, role=_(ROLE_NAMES[person.role])))
        ending = max(
            _tell_integrity(check_integrity(branch, progress)),
            _noting(lambda: _look_at_members(branch, each=asked.findings)),
            _noting(lambda: _look_at_organisations(branch, each=asked.findings)),
        )
        _tell_backups(branch)
        say(_("检查完了，没有发现问题。") if ending is Ending.FINE else _("检查完了，有要核对的，见上面。"))
        return ending


def _noting(look: Callable[[], Ending]) -> Ending:
    """How a look ends; a problem that it meets is told, and the other looks go on."""
    try:
        return look()
    except Problem as problem:
        complain(problem)
        return Ending.LOOK


def _tell_integrity(found: Integrity) -> Ending:
    """Each part of the file with what is wrong with it, or that it is whole."""
    attachments = _n("照片和附件：{n} 个，都打得开。", found.attachments)
    if not found.attachments:
        attachments = _("照片和附件：没有。")
    whole = {
        Part.DATABASE: _n("数据库：{n} KB 逐页核对过，没有损坏的地方。", max(1, found.size // 1024)),
        Part.JOURNAL: _n("修改记录：共 {n} 步，环环相扣，没有断。", found.changes),
        Part.ATTACHMENTS: attachments,
    }
    for part, sentence in whole.items():
        findings = found.of(part)
        for finding in findings:
            warn(finding.sentence)
        if not findings:
            say(sentence)
    if found.of(Part.DATABASE) or found.of(Part.JOURNAL):
        warn(_("请不要继续录入，先从较早的备份恢复到另一个文件夹，对照核对。"))
    return Ending.LOOK if found.findings else Ending.FINE


def _look_at_members(branch: Branch, *, each: bool) -> Ending:
    """Count the members and those with something to mend."""
    roster = Roster(branch)
    roster.choose(Place(states=tuple(State)))
    everybody = len(roster)
    say(_n("党员：共 {n} 名，其中 {marked} 名有要核对的地方。", everybody, marked=roster.findings))
    form = member_form()
    for index in roster.indexes_with_findings() if each else ():
        row = roster.row(index)
        if row is not None:
            _tell(row.values["name"] or "", roster.remarks(row), form)
    return Ending.LOOK if roster.findings else Ending.FINE


def _tell(name: str, findings: Sequence[Finding], form: Form) -> None:
    """Findings of a record, each with the field that it is about."""
    for finding in findings:
        field = form.by_id.get(finding.field)
        where = _("{name} {field}", name=name, field=field.shown()) if field else name
        say(_("　{where}：{sentence}", where=where, sentence=finding.sentence))


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
