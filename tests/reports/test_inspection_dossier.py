"""迎检包: every proof stands under its line, and one that is taken out takes exactly its pages with it."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from branchdesk.documents.docx import write_docx
from branchdesk.documents.model import Document
from branchdesk.documents.pdf import write_pdf
from branchdesk.domain.inspections.model import Indicator, ProofSlot
from branchdesk.errors import Problem
from branchdesk.jobs.progress import Cancelled, Progress
from branchdesk.reports.inspections.dossier import Dossier, write_dossier
from branchdesk.reports.inspections.papers import issue_paper
from branchdesk.services import attachments
from branchdesk.services.inspections import issue_files, issues, proofs, reading, spot_checks
from branchdesk.services.meetings.life import reopen as reopen_meeting
from branchdesk.services.meetings.planning import remove_meetings
from branchdesk.storage.branch import Branch
from documents.pdfa_checks import without_space
from services.meetings.scenes import House, settle
from support.branches import SettableClock
from support.papers import pages_of
from support.quarter_sheets import begun, fed_back, line_of, problem

PICTURE = "阵地照片.jpg"
PLAN = "学习计划.docx"
BROKEN = "扫描件.pdf"
_NEXT = r"(?=\d|[A-J]\d|没有佐证|序号|总第|$)"  # what may follow a page number in the contents
_DAY = r"(\d{4}\.\d\d\.\d\d)?"  # between a piece and its page


def photo() -> bytes:
    """A small photograph."""
    file = io.BytesIO()
    Image.new("RGB", (400, 300), "darkred").save(file, "JPEG")
    return file.getvalue()


@dataclass
class Scene:
    """An inspection with all sorts of proof, and the uids of what is taken out of it."""

    branch: Branch
    uid: str
    assembly: str
    committee: str
    issue: str

    def write(self, path: Path) -> tuple[Dossier, list[str]]:
        """The dossier and the texts of its pages without spaces."""
        found = write_dossier(self.branch, self.uid, path)
        return found, [without_space(page) for page in pages_of(path.read_bytes())]

    def line(self, number: str) -> str:
        """The id of a line."""
        return line_of(reading.sheet(self.branch, self.uid), number)

    def attach(self, number: str, name: str, content: bytes) -> str:
        """Put a file under a line; the uid of the proof."""
        slot = ProofSlot.RECORD
        return proofs.attach_proof_content(self.branch, self.uid, self.line(number), slot, name, content).line


@pytest.fixture
def scene(branch: Branch, the_clock: SettableClock) -> Scene:
    """A third quarter with an assembly, a committee, a photo, a plan nobody can print, a problem."""
    the_clock.set(2026, 11, 21)
    house: House = settle(branch)
    assembly = house.finalised("2026.9.17 15:00-16:40")
    attachments.add_content(branch, assembly, "签到表.jpg", photo(), entity="record", role="sign_in_files")
    committee = house.plan("meeting.committee", "2026.8.10 9:00-10:00", topic="研究学习计划", place="会议室")
    uid = begun(branch, number=3)
    found = problem(branch, uid)
    made = Scene(branch, uid, assembly, committee, found)
    made.attach("A5", PICTURE, photo())
    made.attach("B1", PLAN, write_docx(Document("计划", date(2026, 7, 1), ())))
    made.attach("B1", BROKEN, b"%PDF-1.7\nbroken")
    proofs.add_proof(branch, uid, made.line("B1"), ProofSlot.PLAN, "record", committee)
    proofs.add_proof(branch, uid, made.line("G4"), ProofSlot.CHECK, "issue", found)
    return made


@dataclass(frozen=True)
class Whole:
    """The dossier of the scene: the file, what was told of it, the texts of its pages, and its lines."""

    path: Path
    told: Dossier
    pages: list[str]
    indicators: tuple[Indicator, ...]


_WRITTEN: list[Whole] = []


@pytest.fixture
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """The dossier of the scene for tests that only read it: it is written once for all of them."""
    if not _WRITTEN:
        scene: Scene = request.getfixturevalue("scene")
        path = tmp_path_factory.mktemp("dossier") / "迎检包.pdf"
        told, pages = scene.write(path)
        _WRITTEN.append(Whole(path, told, pages, reading.sheet(scene.branch, scene.uid).scheme.indicators))
    return _WRITTEN[0]


def headings(pages: list[str]) -> dict[str, int]:
    """The page, from 0, on which the heading of each line stands."""
    found = {}
    for place, page in enumerate(pages):
        stamp = re.search(r"检查表([A-J]\d)总第\d+页", page)
        if stamp:
            found[stamp[1]] = place
    return found


def bookmarks(path: Path) -> list[tuple[int, str, int]]:
    """Level, title and page, from 0, of every bookmark."""
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        found: list[tuple[int, str, int]] = []
        pages = [page.obj.objgen for page in pdf.pages]

        def walk(items: list[pikepdf.OutlineItem], level: int) -> None:
            for item in items:
                place = item.destination[0] if item.destination is not None else None  # type: ignore[index]
                found.append((level, str(item.title), pages.index(place.objgen)))  # type: ignore[union-attr]
                walk(item.children, level + 1)

        walk(outline.root, 1)
    return found


def test_every_proof_stands_under_its_line_in_the_order_of_the_form(whole: Whole) -> None:
    path, told, pages = whole.path, whole.told, whole.pages
    assert told.pages == len(pages)
    found = headings(pages)
    numbers = [one.number for one in whole.indicators]
    assert list(found) == [number for number in numbers if number in found]
    assert {"A5", "B1", "C1", "G4"} <= set(found)
    marks = bookmarks(path)
    lines = [(title.split(" ")[0], page) for level, title, page in marks if level == 1]
    assert [(number, page) for number, page in lines if number in found] == list(found.items())
    home = ""
    for level, title, page in marks:
        if level == 1:
            home = title.split(" ")[0]
            continue
        assert re.search(rf"检查表[A-J\d、]*{home}.*第1页总第{page + 1}页", pages[page]), title
    titles = [title for level, title, _page in marks if level == 2]
    assert PICTURE in titles
    assert any(title.endswith("：签到表.jpg") for title in titles), "the files of a meeting come with it"


def test_the_contents_give_the_page_on_which_everything_stands(whole: Whole) -> None:
    path, pages = whole.path, whole.pages
    contents = "".join(page for page in pages[1:4] if "目录" in page or "检查项目和佐证" in page)
    for level, title, page in bookmarks(path):
        if level == 2:
            assert re.search(rf"{re.escape(without_space(title))}{_DAY}{page + 1}{_NEXT}", contents), title
    for number, place in headings(pages).items():
        assert re.search(rf"{number}\D.*?{place + 1}{_NEXT}", contents)
    for place, text in enumerate(pages[1:], start=2):
        assert f"总第{place}页" in text


def test_what_has_no_pages_says_where_the_original_is(whole: Whole) -> None:
    told, pages = whole.told, whole.pages
    assert told.see_original == (PLAN, BROKEN)
    (page,) = [page for page in pages if "见原件" in page and PLAN in page and "原件所在" in page]
    assert "支部台账“2026年第三季度党建工作检查表”B1的佐证附件。" in page
    (broken,) = [page for page in pages if "原件所在" in page and BROKEN in page]
    assert "已损坏" in broken


def test_lines_without_proof_are_listed_at_the_end(whole: Whole) -> None:
    told, pages = whole.told, whole.pages
    missing = {one.number for one in told.without_proof}
    assert {"D1", "E1"} <= missing
    assert not missing & {"A5", "B1", "C1", "G4"}
    last = pages[-1]
    assert "没有佐证的检查项" in last
    for number in missing:
        assert number in last
    assert "A5阵地" not in last


def test_the_contents_name_every_line_that_has_points(whole: Whole) -> None:
    told, pages = whole.told, whole.pages
    contents = "".join(page for page in pages[1:4] if "检查项目和佐证" in page)
    ending = len(pages)
    for one in whole.indicators:
        if one.points is not None and not one.bonus:
            assert f"{one.number}{without_space(one.title)}" in contents
    for one in told.without_proof:
        title = re.escape(without_space(one.title))
        assert re.search(rf"{one.number}{title}[\d.]*?0{ending}{_NEXT}", contents), one.number


def test_the_roster_stands_under_its_line_and_tells_no_numbers_of_people(whole: Whole) -> None:
    pages = whole.pages
    (roster,) = [page for page in pages if "党员名册" in page and "截至日期" in page]
    assert "检查表A4" in roster
    assert "截至日期：2026年9月30日" in roster
    assert "身份证" not in roster
    heading = headings(pages)["A4"]
    assert pages[heading + 1] == roster


def test_what_the_roster_says_of_people_stands_on_the_page_of_its_line(whole: Whole) -> None:
    pages = whole.pages
    place = headings(pages)["A2"]
    assert re.search(rf"书记.*记录{place + 1}按名册登记", pages[place])


def test_minutes_that_lack_something_are_evidence_all_the_same(whole: Whole) -> None:
    pages = whole.pages
    heading = pages[headings(pages)["C5"]]
    assert re.search(r"附在C1；应到\d+人，实到\d+人", heading)
    (minutes,) = [page for page in pages if "支部党员大会会议记录" in page[:80]]
    assert re.search(r"检查表[A-J\d、]*C5", minutes)


def test_a_photograph_says_what_it_is(scene: Scene, tmp_path: Path) -> None:
    long = f"{'长' * 40}{{sheet}}.jpg"
    scene.attach("A5", long, photo())
    _told, pages = scene.write(tmp_path / "d.pdf")
    assert any(re.fullmatch(rf"检查表A5{PICTURE}第1页总第\d+页", page) for page in pages)
    assert any(re.fullmatch(r"检查表A5长{24}…第1页总第\d+页", page) for page in pages)


def test_taking_out_one_record_takes_out_exactly_its_pages(scene: Scene, tmp_path: Path) -> None:
    before = scene.write(tmp_path / "before.pdf")[1]
    slip = [
        without_space(page) for page in pages_of(write_pdf(issue_paper(scene.branch, scene.issue, "slip")))
    ]
    issues.remove_issues(scene.branch, [scene.issue], "重复登记")
    after = scene.write(tmp_path / "after.pdf")[1]
    assert len(before) - len(after) == len(slip)
    unstamped = [
        [re.sub(r"(检查表[A-J\d、]*.{0,20}?)?(第\d+页)?总第\d+页", "", page) for page in pages]
        for pages in (before, after)
    ]
    gone = [page for page in unstamped[0] if page not in unstamped[1]]
    assert any("整改验证单" in page for page in gone)
    changed = [page for page in gone if "整改验证单" not in page]
    for page in changed:
        assert re.search(r"目录|检查项目和佐证|佐证清单|迎检材料|已附|没有佐证的检查项|检查内容", page), page[
            :80
        ]


def test_a_meeting_that_is_removed_leaves_all_its_lines(scene: Scene, tmp_path: Path) -> None:
    before = scene.write(tmp_path / "before.pdf")[1]
    assert any("支部党员大会会议记录" in page for page in before)
    reopen_meeting(scene.branch, scene.assembly, "记错")
    remove_meetings(scene.branch, [scene.assembly], "记错")
    after = scene.write(tmp_path / "after.pdf")[1]
    assert not any("支部党员大会会议记录" in page for page in after)
    assert "C1" not in headings(after)
    assert any("支部委员会会议记录" in page for page in after)
    assert len([page for page in after if PICTURE in page]) == len(
        [page for page in before if PICTURE in page]
    )


def test_a_piece_that_proves_several_lines_stands_once_and_is_referred_to(
    scene: Scene, tmp_path: Path
) -> None:
    proofs.add_proof(scene.branch, scene.uid, scene.line("B2"), ProofSlot.PLAN, "record", scene.committee)
    _told, pages = scene.write(tmp_path / "d.pdf")
    places = [place for place, page in enumerate(pages) if "支部委员会会议记录" in page[:60]]
    assert len(places) == 1
    stamp = re.search(r"检查表([A-J\d、]+)第1页", pages[places[0]])
    assert stamp is not None
    assert {"B1", "B2"} <= set(stamp[1].split("、"))
    heading = pages[headings(pages)["B1"]] + pages[headings(pages)["B2"]]
    assert "附在" in heading
    assert heading.count(str(places[0] + 1)) >= 2


def test_a_spot_check_and_a_signed_inspection_are_proof_as_well(scene: Scene, tmp_path: Path) -> None:
    drawn = spot_checks.draw_spot_check(
        scene.branch, reading.inspection(scene.branch, scene.uid).organisation, "members", 2, seed=1
    )
    proofs.add_proof(scene.branch, scene.uid, scene.line("E2"), ProofSlot.CHECK, "record", drawn.uid)
    _told, pages = scene.write(tmp_path / "d.pdf")
    assert any("随机抽查表" in page and "检查表E2" in page for page in pages)


def test_a_signed_dossier_says_which_record_left_the_file(
    branch: Branch, the_clock: SettableClock, tmp_path: Path
) -> None:
    the_clock.set(2026, 11, 21)
    house = settle(branch)
    assembly = house.finalised("2026.9.17 15:00-16:40")
    uid = fed_back(branch, number=3)
    reopen_meeting(branch, assembly, "记错")
    remove_meetings(branch, [assembly], "记错")
    path = tmp_path / "d.pdf"
    write_dossier(branch, uid, path)
    pages = [without_space(page) for page in pages_of(path.read_bytes())]
    assert "已经不在台账里" in pages[headings(pages)["C1"]]
    assert not any("支部党员大会会议记录" in page for page in pages)


def test_equal_inspections_give_equal_files(scene: Scene, tmp_path: Path) -> None:
    for name in ("a", "b"):
        scene.write(tmp_path / f"{name}.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_without_any_proof_there_is_no_dossier(
    branch: Branch, the_clock: SettableClock, tmp_path: Path
) -> None:
    the_clock.set(2026, 11, 21)
    uid = begun(branch, "inspection.small", number=3)
    with pytest.raises(Problem) as refused:
        write_dossier(branch, uid, tmp_path / "d.pdf")
    assert refused.value.advice
    assert list(tmp_path.glob("d.pdf*")) == []


def test_a_cancelled_dossier_leaves_no_file(scene: Scene, tmp_path: Path) -> None:
    progress = Progress(lambda share, _sentence: progress.cancel() if share > 0.3 else None)
    with pytest.raises(Cancelled):
        write_dossier(scene.branch, scene.uid, tmp_path / "d.pdf", progress)
    assert list(tmp_path.glob("d.pdf*")) == []
    assert issue_files.issue_files(scene.branch, scene.issue) == []
