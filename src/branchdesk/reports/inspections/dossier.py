"""迎检包: the proof of every line of an inspection in one file, with contents, bookmarks and stamps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from branchdesk.documents.joining import JoinedPart, JoinedTitle, join
from branchdesk.documents.layout import count_pages
from branchdesk.documents.model import Document
from branchdesk.documents.pdf import write_pdf
from branchdesk.domain.inspections.model import Indicator
from branchdesk.errors import Problem
from branchdesk.i18n import _
from branchdesk.jobs.progress import SILENT, Progress
from branchdesk.reports.inspections.dossier_pages import (
    NO_PAGE,
    PlacedLine,
    PlacedProof,
    contents_document,
    cover_document,
    ending_document,
    line_document,
    see_original_document,
)
from branchdesk.reports.inspections.dossier_proofs import (
    DossierLine,
    Key,
    ListedProof,
    Pages,
    dossier_lines,
    home_of,
    pages_of_proofs,
)
from branchdesk.reports.inspections.matter import InspectionMatter
from branchdesk.reports.inspections.papers import inspection_matter
from branchdesk.reports.inspections.sheet import sheet_document
from branchdesk.services.inspections.proofs import lines_without_proof
from branchdesk.services.open_branch import Branch
from branchdesk.whole_files import write_whole

_STAMP = "检查表"
_REGISTERED = "按名册登记"
_LONGEST_NAME = 24  # signs of the name of a file in a stamp
_NO_BRACES = str.maketrans("{}", "（）")
_PLACEHOLDER = "0000"  # of a page, as wide as any


@dataclass(frozen=True, slots=True)
class Dossier:
    """What came of it: pages, pieces of evidence, lines without any, and files that have no pages."""

    pages: int
    proofs: int
    without_proof: tuple[Indicator, ...]
    see_original: tuple[str, ...]


def write_dossier(branch: Branch, uid: str, path: Path, progress: Progress = SILENT) -> Dossier:
    """Write the dossier of an inspection to `path`, whole or not at all.

    Raises Problem where no line has any evidence, or the disk refuses, and Cancelled.
    """
    matter = inspection_matter(branch, uid)
    lines = dossier_lines(branch, matter)
    if not lines:
        raise Problem(
            _("这份检查表还没有任何佐证，不能生成迎检包。"), _("请先在各检查项下添加佐证，再生成。")
        )
    pages = pages_of_proofs(branch, matter, lines, progress.part(0.0, 0.6))
    binding = _Binding(matter, lines, pages, tuple(lines_without_proof(matter.sheet)))
    about = JoinedTitle(
        f"{matter.organisation}{matter.occasion}迎检材料", matter.made_on, matter.organisation
    )
    progress.step(0.6, _("正在编排目录和页码…"))
    content = join(binding.parts(), about, progress.part(0.7, 0.98))
    write_whole(path, content)
    return binding.outcome()


class _Binding:
    """The parts of a dossier in order; where everything stands is known once all parts are counted."""

    def __init__(
        self,
        matter: InspectionMatter,
        lines: Sequence[DossierLine],
        pages: Mapping[Key, Pages],
        missing: tuple[Indicator, ...],
    ) -> None:
        self._matter, self._lines, self._missing = matter, lines, missing
        self._pages = pages
        self._home = home_of(lines)
        self._proves: dict[Key, list[str]] = {}  # the numbers of all lines that it proves
        for line in lines:
            for proof in line.proofs:
                self._proves.setdefault(proof.key, []).append(line.indicator.number)
        self._originals = {
            proof.key: self._see_original(line, proof)
            for line in lines
            for proof in line.proofs
            if self._home[proof.key] is line and proof.kind == "file" and not pages[proof.key].count
        }
        self._sheet = sheet_document(matter)
        self._line_pages: dict[str, int] = {}  # by the id of the indicator
        self._proof_pages: dict[Key, int] = {}
        self._sheet_page, self._ending_page, self._last = 0, 0, 0
        self._place()

    def _see_original(self, line: DossierLine, proof: ListedProof) -> Document:
        return see_original_document(self._matter, line.indicator.number, proof, self._pages[proof.key].why)

    def _count(self, key: Key) -> int:
        """How many pages a piece takes."""
        return count_pages(self._originals[key]) if key in self._originals else self._pages[key].count

    def _place(self) -> None:
        """Find the page of everything; numbers do not change how many pages the lists take."""
        self._sheet_page = 1 + count_pages(self._cover()) + count_pages(self._contents())
        page = self._sheet_page + count_pages(self._sheet)
        for line in self._lines:
            self._line_pages[line.indicator.id] = page
            page += count_pages(self._heading(line))
            for proof in self._own(line):
                if self._count(proof.key):
                    self._proof_pages[proof.key] = page
                    page += self._count(proof.key)
        self._ending_page = page if self._missing else 0
        self._last = page - 1 + (count_pages(self._ending()) if self._missing else 0)

    def _own(self, line: DossierLine) -> list[ListedProof]:
        """The pieces that stand under a line itself."""
        return [proof for proof in line.proofs if self._home[proof.key] is line]

    # ---- pages of ours

    def _cover(self) -> Document:
        return cover_document(self._matter, len(self._home))

    def _contents(self) -> Document:
        placed = {
            line.indicator.id: PlacedLine(self._number(line), tuple(self._placed(line)))
            for line in self._lines
        }
        ending = str(self._ending_page or _PLACEHOLDER) if self._missing else ""
        return contents_document(self._matter, str(self._sheet_page or _PLACEHOLDER), placed, ending)

    def _number(self, line: DossierLine) -> str:
        return str(self._line_pages.get(line.indicator.id, _PLACEHOLDER))

    def _heading(self, line: DossierLine) -> Document:
        return line_document(self._matter, line, self._placed(line))

    def _ending(self) -> Document:
        return ending_document(self._matter, self._missing)

    def _placed(self, line: DossierLine) -> list[PlacedProof]:
        return [self._placed_proof(line, proof) for proof in line.proofs]

    def _placed_proof(self, line: DossierLine, proof: ListedProof) -> PlacedProof:
        """A piece with its page, or why it has none; a piece of another line says which one."""
        if proof.is_registered:
            return PlacedProof(proof, self._number(line), _REGISTERED)
        if not self._count(proof.key):
            return PlacedProof(proof, NO_PAGE, self._pages[proof.key].why)
        home = self._home[proof.key]
        remarks = (
            f"附在{home.indicator.number}" if home is not line else "",
            "见原件" if proof.key in self._originals else "",
            proof.remark,
        )
        page = str(self._proof_pages.get(proof.key, _PLACEHOLDER))
        return PlacedProof(proof, page, "；".join(remark for remark in remarks if remark))

    # ---- all parts

    def parts(self) -> list[JoinedPart]:
        """Everything in order, with bookmarks and stamps."""
        found = [
            JoinedPart(write_pdf(self._cover()), "封面"),
            JoinedPart(write_pdf(self._contents()), "目录", stamp=_stamp()),
            JoinedPart(write_pdf(self._sheet), self._matter.name, stamp=_stamp()),
        ]
        for line in self._lines:
            number = line.indicator.number
            bookmark = f"{number} {line.indicator.title}"
            found.append(JoinedPart(write_pdf(self._heading(line)), bookmark, stamp=_stamp(number)))
            found += [self._proof_part(proof) for proof in self._own(line) if self._count(proof.key)]
        if self._missing:
            found.append(JoinedPart(write_pdf(self._ending()), "没有佐证的检查项", stamp=_stamp()))
        return found

    def _proof_part(self, proof: ListedProof) -> JoinedPart:
        original = self._originals.get(proof.key)
        content = write_pdf(original) if original is not None else self._pages[proof.key].content
        named = proof.name if proof.kind == "file" else ""
        stamp = _stamp("、".join(self._proves[proof.key]), named, of_part=True)
        return JoinedPart(content, proof.title, level=2, stamp=stamp)

    def outcome(self) -> Dossier:
        """What is to be told of it."""
        named = {proof.key: proof.name for line in self._lines for proof in line.proofs}
        return Dossier(
            self._last, len(self._home), self._missing, tuple(named[key] for key in self._originals)
        )


def _stamp(numbers: str = "", name: str = "", *, of_part: bool = False) -> str:
    """What stands at the top right of a page: the lines it proves, its place in the piece and in the file.

    A file has its `name` there, since a photograph does not say what it is.
    """
    parts = [f"{_STAMP} {numbers}"] if numbers else []
    if name:
        short = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"
        parts.append(short.translate(_NO_BRACES))  # the stamp has places for numbers in braces
    if of_part:
        parts.append("第 {page} 页")
    return "　".join([*parts, "总第 {sheet} 页"])
