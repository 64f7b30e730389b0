"""What stands under the lines of a dossier, and the pages of each piece of evidence.

A piece stands once, under the line that it proves best; other lines refer to its page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePath

from branchdesk.documents.joining import ForeignFile, take_in_all
from branchdesk.documents.layout import count_pages
from branchdesk.documents.model import Document
from branchdesk.documents.pdf import write_pdf
from branchdesk.domain.inspections.model import Indicator, ProofSlot
from branchdesk.errors import Problem
from branchdesk.i18n import _, speaking_chinese
from branchdesk.jobs.progress import SILENT, Progress
from branchdesk.reports.inspections.fact_words import days_spelled, tight
from branchdesk.reports.inspections.matter import InspectionMatter
from branchdesk.reports.inspections.papers import issue_paper, spot_check_paper
from branchdesk.reports.inspections.wording import evidence_title
from branchdesk.reports.meetings.papers import meeting_paper
from branchdesk.reports.papers import RosterChoice, roster_paper
from branchdesk.services.inspections.issue_lists import issue_list
from branchdesk.services.inspections.proofs import content_of, proofs_of
from branchdesk.services.inspections.spot_checks import spot_check_list
from branchdesk.services.meetings.reading import meeting, meeting_list
from branchdesk.services.open_branch import Branch

_SHOWN = {".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".webp"}
_MEETING, _SPOT_CHECK, _ISSUE, _FILE, _ROSTER = "meeting", "spot_check", "issue", "file", "roster"
_ROSTER_FACT = "roster.faults"  # what the whole roster answers, so that the roster proves it
_CAME = re.compile(r"(.+)（(应到\d+人，实到\d+人)）")
_REGISTERED = {"member", "organisation"}
# What inspectors compare with the files; numbers and addresses of people are no part of a bundle.
_ROSTER_COLUMNS = (
    *("name", "sex", "ethnic", "born_on", "education"),
    *("category", "admitted_on", "confirmed_on", "group"),
)
_NOT_ON_PAPER = "这件佐证不能印成页面，请看原件。"
_SEE_ORIGINAL = "请看原件。"
_GONE = "这件佐证现在已经不在台账里。"

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ListedProof:
    """A piece of evidence under a line; `kind` is how its pages are made, empty for what has none.

    `name` is that of the file, where it is one; `remark` is what is to be said of it, `by_hand` whether
    somebody put it there.
    """

    key: Key
    title: str
    name: str
    slot: ProofSlot
    on: str = ""
    kind: str = ""
    remark: str = ""
    by_hand: bool = False

    @property
    def is_registered(self) -> bool:
        """Whether it is what the roster says of somebody: the list under the line is all there is to show."""
        return not self.kind and self.key[0] in _REGISTERED


@dataclass(frozen=True, slots=True)
class DossierLine:
    """A line of the inspection with its evidence, in order; `looked_at` counts what is wanting as well."""

    indicator: Indicator
    proofs: tuple[ListedProof, ...]
    looked_at: int = 0


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a piece as a PDF, and how many; `why` says why there are none to show."""

    content: bytes = b""
    count: int = 0
    why: str = ""


def dossier_lines(branch: Branch, matter: InspectionMatter) -> list[DossierLine]:
    """The lines that have evidence; what the records only show to be wanting is none."""
    kinds = _kinds(branch)
    found = []
    for indicator in matter.indicators():
        proofs = _with_files(branch, _listed(matter, indicator, kinds))
        if proofs:
            looked_at = len(proofs_of(matter.sheet, indicator.id))
            found.append(DossierLine(indicator, tuple(proofs), looked_at))
    return found


def _kinds(branch: Branch) -> Mapping[Key, str]:
    """How the pages of everything in the file are made that has pages of our own."""
    kinds: dict[Key, str] = {("record", row.uid): _MEETING for row in meeting_list(branch)}
    kinds |= {("record", row.uid): _SPOT_CHECK for row in spot_check_list(branch)}
    return kinds | {("issue", row.uid): _ISSUE for row in issue_list(branch)}


def _listed(
    matter: InspectionMatter, indicator: Indicator, kinds: Mapping[Key, str]
) -> Iterator[ListedProof]:
    for one in proofs_of(matter.sheet, indicator.id):
        if not one.proves:
            continue
        evidence = one.evidence
        key = (evidence.entity, evidence.uid)
        kind = _FILE if evidence.entity == "attachment" else kinds.get(key, "")
        if evidence.entity == "organisation" and any(rule.fact == _ROSTER_FACT for rule in indicator.rules):
            key, kind = (_ROSTER, evidence.uid), _ROSTER
        title, came = _parted(evidence_title(one))
        yield ListedProof(
            key,
            title,
            evidence.title,
            one.slot,
            evidence.on,
            kind,
            remark="；".join(part for part in (came, tight(days_spelled(evidence.lacking))) if part),
            by_hand=not one.is_automatic,
        )


def _parted(title: str) -> tuple[str, str]:
    """The title of a meeting, and how many came where that stands behind it: a remark in lists."""
    found = _CAME.fullmatch(title)
    return (found[1], found[2]) if found else (title, "")


def _with_files(branch: Branch, proofs: Iterable[ListedProof]) -> list[ListedProof]:
    """The evidence with the files of its meetings, each piece once."""
    found: dict[Key, ListedProof] = {}
    for one in proofs:
        found.setdefault(one.key, one)
        for file in meeting(branch, one.key[1]).files if one.kind == _MEETING else ():
            key = ("attachment", file.uid)
            title = f"{one.title}：{file.name}"
            found.setdefault(key, replace(one, key=key, title=title, name=file.name, kind=_FILE, remark=""))
    return list(found.values())


def home_of(lines: Sequence[DossierLine]) -> dict[Key, DossierLine]:
    """The line under which each piece stands: where somebody put it, else the one that looks at the least.

    So the minutes of a committee stand where its meetings are counted, not where all attendance is.
    """
    found: dict[Key, tuple[tuple[bool, int], DossierLine]] = {}
    for line in lines:
        for proof in line.proofs:
            rank = (not proof.by_hand, line.looked_at)
            if proof.key not in found or rank < found[proof.key][0]:
                found[proof.key] = (rank, line)
    return {key: line for key, (_rank, line) in found.items()}


def pages_of_proofs(
    branch: Branch, matter: InspectionMatter, lines: Sequence[DossierLine], progress: Progress = SILENT
) -> dict[Key, Pages]:
    """The pages of every piece, in the order in which they first stand. Raises Cancelled."""
    pieces = {one.key: one for line in lines for one in line.proofs}
    found: dict[Key, Pages] = {}
    ours = [one for one in pieces.values() if one.kind != _FILE]
    for one in progress.part(0.0, 0.6).over(ours, len(ours), _("正在整理会议记录等佐证…")):
        found[one.key] = _own_pages(branch, matter, one)
    files = [one for one in pieces.values() if one.kind == _FILE]
    found |= _foreign_pages(branch, files, progress.part(0.6, 1.0))
    return found


def _own_pages(branch: Branch, matter: InspectionMatter, one: ListedProof) -> Pages:
    """The pages that we make ourselves; of what left the file only the word that it did."""
    if one.is_registered:
        return Pages()
    try:
        document = _own_paper(branch, matter, one)
    except Problem as problem:  # nobody is on the roster of that day any more
        return Pages(why=problem.sentence)
    if document is None:
        return Pages(why=_GONE)
    return Pages(write_pdf(document), count_pages(document))


def _own_paper(branch: Branch, matter: InspectionMatter, one: ListedProof) -> Document | None:
    uid = one.key[1]
    match one.kind:
        case "meeting":
            return meeting_paper(branch, uid, "minutes")
        case "spot_check":
            return spot_check_paper(branch, uid)
        case "issue":
            return issue_paper(branch, uid, "slip")
        case "roster":
            day = min(matter.sheet.period.end, matter.made_on)
            return roster_paper(branch, RosterChoice(uid, day, _ROSTER_COLUMNS))
        case _:
            return None


def _foreign_pages(branch: Branch, files: Sequence[ListedProof], progress: Progress) -> dict[Key, Pages]:
    """The pages of attached files; what is no PDF and no picture has none, and says why."""
    shown = [one for one in files if PurePath(one.name).suffix.lower() in _SHOWN]
    found = {one.key: Pages(why=_NOT_ON_PAPER) for one in files}
    wanted = [ForeignFile(one.name, partial(_content, branch, one.key[1])) for one in shown]
    with speaking_chinese():
        for one, taken in zip(shown, take_in_all(wanted, progress), strict=True):
            if isinstance(taken, Problem):
                found[one.key] = Pages(why=f"{taken.sentence}{_SEE_ORIGINAL}")
            else:
                found[one.key] = Pages(taken.content, taken.pages)
    return found


def _content(branch: Branch, file: str) -> bytes:
    return content_of(branch, file)[1]
