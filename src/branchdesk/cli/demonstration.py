"""What the program does where no window can open: its main work on the sample branch, and a list of files."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from branchdesk import clock
from branchdesk.cli.console import display_width, long_work, padded, say
from branchdesk.cli.endings import Ending
from branchdesk.cli.outputs import page_count, size
from branchdesk.documents.docx import write_docx
from branchdesk.documents.model import Document
from branchdesk.documents.pdf import write_pdf
from branchdesk.errors import Problem
from branchdesk.i18n import Language, _, _n, spoken
from branchdesk.jobs.progress import Progress
from branchdesk.reports import papers
from branchdesk.reports.inspections.dossier import write_dossier
from branchdesk.reports.inspections.papers import inspection_paper, inspection_workbook, ledger_paper
from branchdesk.reports.meetings.papers import meeting_paper, meetings_workbook, volume_paper
from branchdesk.services import backups, sample
from branchdesk.services.history import check_chain
from branchdesk.services.inspections.sample_quarter import sample_inspections
from branchdesk.services.meetings import sample_year
from branchdesk.services.meetings.reading import MeetingQuery, meeting_list
from branchdesk.services.open_branch import Branch
from branchdesk.services.organisations import root_of
from branchdesk.services.rosters import roster_on
from branchdesk.whole_files import write_whole

_NO_DISPLAY = "There is no display, so no window can open; the same work is done on a sample branch instead."
_OUTPUT = "output"
_BACKUP = "sample.bdbak"
_DOSSIER = "dossier.pdf"


@dataclass(frozen=True)
class _Written:
    """One file and what is in it, in a few words."""

    path: Path
    contents: str


def show_sample_work() -> Ending:
    """Import, papers, workbook, backup and restore on the sample branch; every file is listed with its size.

    The files lie in `output` below the current folder, else in a temporary one, always under the same
    names. Raises Problem where neither can be written.
    """
    say(_("这里没有显示屏，窗口打不开；下面在示例支部上办同样的事。"))
    if spoken() is Language.CHINESE:
        say(_NO_DISPLAY)  # whoever set up this machine may not read Chinese
    say()
    with long_work() as progress, _sample_branch() as (place, folder, branch, key):
        say(_("示例名册：{result}", result=sample.import_sample(branch, progress.part(0.0, 0.3)).sentence()))
        held = sample_year.sample_meetings(branch, clock.today().year)
        say(_n("示例会议：一年 {n} 次。", len(held)))
        inspected = sample_inspections(branch)
        say(_("示例检查表：上季度已检查，本季度正在自查。"))
        contents = _papers(branch, key, inspected.finished, progress.part(0.4, 0.8))
        contents |= _dossier(branch, inspected.running, folder, progress.part(0.8, 1.0))
        # Whoever stopped so far finds nothing written; what follows is done whole.
        written = []
        for name, (content, words) in contents.items():
            write_whole(place / name, content)
            written.append(_Written(place / name, words))
        written.append(_backup_that_was_tried(branch, place / _BACKUP, folder / "restored"))
    say()
    say(_("写好的文件："))
    width = max(display_width(str(one.path)) for one in written)
    for one in written:
        say(f"  {padded(str(one.path), width)}  {size(one.path.stat().st_size):>8}  {one.contents}")
    say()
    say(_("人名和号码都是编的。全部命令见 {page}", page="branchdesk --help"))
    return Ending.FINE


@contextmanager
def _sample_branch() -> Iterator[tuple[Path, Path, Branch, str]]:
    """Where files go, a folder that is gone afterwards, and in it an empty sample branch with its key."""
    place, temporary, branch, key = _founded()
    with temporary:
        try:
            yield place, Path(temporary.name), branch, key
        finally:
            branch.close()


def _founded() -> tuple[Path, tempfile.TemporaryDirectory[str], Branch, str]:
    """A sample branch in the first place that takes one; a network share or a read-only disk does not."""
    try:
        return _founded_in(Path.cwd() / _OUTPUT)
    except (OSError, Problem):
        return _founded_in(Path(tempfile.mkdtemp(prefix="branchdesk-")))


def _founded_in(place: Path) -> tuple[Path, tempfile.TemporaryDirectory[str], Branch, str]:
    place.mkdir(exist_ok=True)
    temporary = tempfile.TemporaryDirectory(prefix="branch-", dir=place)
    try:
        branch, key = sample.found_sample(Path(temporary.name) / "sample")
    except BaseException:
        temporary.cleanup()
        raise
    return place, temporary, branch, key


def _papers(branch: Branch, key: str, inspected: str, progress: Progress) -> dict[str, tuple[bytes, str]]:
    """The papers of the branch and of an inspection by file name: the bytes, and what is in them."""
    choice = papers.RosterChoice()
    uids = [row.uid for row in roster_on(branch, clock.today()).rows]
    progress.step(0.0, _("正在排印…"))
    documents = {
        "roster.pdf": (papers.roster_paper(branch, choice), _("党员名册")),
        "member-sheets.pdf": (papers.sheets_paper(branch, uids), _("党员登记表")),
        "history.pdf": (papers.history_paper(branch, uids[0]), _("一名党员的修改记录")),
        "recovery-card.pdf": (papers.card_paper(branch, key), _("恢复卡")),
    }
    documents |= _meeting_papers(branch)
    documents |= {
        "inspection.pdf": (inspection_paper(branch, inspected, "sheet"), _("季度检查表")),
        "ledger.pdf": (ledger_paper(branch), _("问题整改台账")),
    }
    found = {}
    for name, (document, title) in progress.over(documents.items(), len(documents), _("正在排印…")):
        content = write_pdf(document)
        found[name] = content, _n("{title}，{n} 页", page_count(content), title=title)
    found["minutes.docx"] = write_docx(documents["minutes.pdf"][0]), _("会议记录，Word 和 WPS 可以打开")
    workbook = papers.roster_workbook(branch, choice)
    found["roster.xlsx"] = workbook, _n("党员名册，{n} 人", len(uids))
    found["meetings.xlsx"] = meetings_workbook(branch), _("会议一览表")
    found["inspection.xlsx"] = inspection_workbook(branch, inspected), _("季度检查表")
    return found


def _dossier(
    branch: Branch, inspected: str, folder: Path, progress: Progress
) -> dict[str, tuple[bytes, str]]:
    """The evidence of an inspection, bound by way of a temporary folder."""
    path = folder / _DOSSIER
    made = write_dossier(branch, inspected, path, progress)
    words = _n("迎检包，{n} 页，佐证 {proofs} 份", made.pages, proofs=made.proofs)
    return {_DOSSIER: (path.read_bytes(), words)}


def _meeting_papers(branch: Branch) -> dict[str, tuple[Document, str]]:
    """The papers of the first assembly of the year, and the volume of the year."""
    year = clock.today().year
    rows = meeting_list(branch, MeetingQuery(year=year, kind="meeting.assembly"))
    uid = rows[-1].uid
    return {
        "minutes.pdf": (meeting_paper(branch, uid, "minutes"), _("支部党员大会的会议记录")),
        "sign-in.pdf": (meeting_paper(branch, uid, "sign_in"), _("签到表")),
        "volume.pdf": (volume_paper(branch, root_of(branch), year), _("一年的会议记录")),
    }


def _backup_that_was_tried(branch: Branch, target: Path, folder: Path) -> _Written:
    """A backup from which the branch was brought back once, to be sure. Raises Problem where that fails."""
    backups.carry_away(branch, target)
    restored = backups.bring_back(target, folder, branch.person.uid, sample.PASSWORD)
    try:
        report = check_chain(restored.branch)
        people = len(roster_on(restored.branch, clock.today()).rows)
    finally:
        restored.branch.close()
    if report.broken_at is not None or people != restored.manifest.members or restored.missing_attachments:
        raise Problem(_("示例备份恢复后对不上。"), _("请重新安装程序；仍不行时请联系维护人员。"))
    say(_n("备份恢复了一遍：党员 {n} 名，修改记录 {changes} 步，都对得上。", people, changes=report.changes))
    return _Written(target, _("备份，口令 {password}", password=sample.PASSWORD))
