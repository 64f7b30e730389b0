"""Joining our papers with PDFs and pictures of others: what shows stays, what could act does not."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops

from branchdesk.documents import joining
from branchdesk.documents.joining import (
    JOINING_LIMITS,
    ForeignFile,
    ForeignPages,
    JoinedPart,
    JoinedTitle,
    join,
    take_in,
    take_in_all,
)
from branchdesk.documents.model import A4_LANDSCAPE, Document, Paragraph
from branchdesk.documents.pdf import write_pdf
from branchdesk.errors import Problem
from branchdesk.jobs.fenced import Limits
from branchdesk.jobs.progress import Cancelled, Progress
from documents.foreign_files import (
    ARROW,
    arrow_page,
    chained_pdf,
    dangerous_pdf,
    inherited_pdf,
    locked_pdf,
    pdf_of,
    picture,
    sealed_pdf,
    written,
)
from documents.pdfa_checks import pypdfium2, text_of

DAY = date(2026, 12, 31)
ABOUT = JoinedTitle("2026年第四季度迎检材料 A&B", DAY, "中共阳光区机关第一支部委员会")


def drawn(pdf: bytes, page: int = 0) -> Image.Image:
    """A page as a reader shows it, a dot for each point."""
    with pypdfium2.PdfDocument(pdf) as file:
        found: Image.Image = file[page].render(scale=1).to_pil().convert("RGB")
    return found


def same(one: Image.Image, other: Image.Image) -> bool:
    """Whether two pages look alike, but for the rounding of edges."""
    if one.size != other.size:
        return False
    wrong = ImageChops.difference(one, other).convert("L").point([0] * 97 + [255] * 159)
    return sum(wrong.histogram()[1:]) <= 30


def ours(*texts: str) -> bytes:
    return write_pdf(Document("页", DAY, tuple(Paragraph(text) for text in texts), A4_LANDSCAPE))


def outline_of(pdf: bytes) -> list[tuple[int, str, int]]:
    """The bookmarks: level, title, page from 0."""
    with pypdfium2.PdfDocument(pdf) as file:
        return [(one.level, one.get_title(), one.get_dest().get_index()) for one in file.get_toc()]


CASES: dict[str, dict[str, Any]] = {
    "plain": {},
    "90": {"Rotate": 90},
    "180": {"Rotate": 180},
    "270": {"Rotate": -90},
    "450": {"Rotate": 450},
    "crooked": {"Rotate": 45},
    "cropped": {"CropBox": [10, 10, 150, 280]},
    "cropped and turned": {"CropBox": [10, 10, 150, 280], "Rotate": 270},
    "cropped and upside down": {"CropBox": [10, 10, 150, 280], "Rotate": 180},
    "crop box outside": {"CropBox": [-50, -50, 150, 999]},
    "corners the other way": {"CropBox": [150, 280, 10, 10]},
    "corner not at the origin": {"MediaBox": [-50, 20, 150, 260]},
    "corner not at the origin and turned": {"MediaBox": [-50, 20, 150, 260], "Rotate": 90},
}


def case_page(case: str, **entries: Any) -> Dictionary:
    """A page as a case makes it."""
    wanted = {**CASES[case], **entries}
    return arrow_page(
        **{key: Array(value) if isinstance(value, list) else value for key, value in wanted.items()}
    )


@pytest.mark.parametrize("case", CASES)
def test_a_page_of_others_looks_as_it_did(case: str) -> None:
    content = pdf_of(case_page(case))
    taken = take_in("证明.pdf", content)
    assert (taken.name, taken.pages) == ("证明.pdf", 1)
    assert same(drawn(taken.content), drawn(content))
    with pikepdf.open(io.BytesIO(taken.content)) as pdf:
        assert "/Rotate" not in pdf.pages[0].obj
        assert [float(edge) for edge in pdf.pages[0].mediabox][:2] == [0, 0]


def test_a_crop_box_that_shows_nothing_is_ignored() -> None:
    content = pdf_of(arrow_page(CropBox=Array([900, 900, 950, 990])))
    assert same(drawn(take_in("a.pdf", content).content), drawn(pdf_of(arrow_page())))


def test_a_page_with_units_of_its_own_is_as_large_as_it_was() -> None:
    taken = take_in("大图.pdf", pdf_of(arrow_page(UserUnit=2)))
    with pikepdf.open(io.BytesIO(taken.content)) as pdf:
        assert [float(edge) for edge in pdf.pages[0].mediabox] == [0, 0, 400, 600]


def test_what_a_page_takes_from_the_tree_above_it_is_taken_along() -> None:
    content = inherited_pdf()
    taken = take_in("a.pdf", content)
    assert taken.pages == 2
    assert drawn(content).size == (300, 200)
    for page in range(2):
        assert same(drawn(taken.content, page), drawn(content, page))


def test_a_page_without_a_box_is_as_large_as_readers_show_it() -> None:
    with pikepdf.open(io.BytesIO(pdf_of(arrow_page()))) as pdf:
        del pdf.pages[0].obj.MediaBox
        content = written(pdf)
    assert same(drawn(take_in("a.pdf", content).content), drawn(content))


def test_seals_and_filled_fields_stay_visible_and_what_is_not_printed_does_not() -> None:
    content = sealed_pdf()
    page = drawn(take_in("盖章.pdf", content).content)
    assert page.getpixel((30, 180)) == (255, 0, 0)
    assert page.getpixel((170, 180)) == (255, 255, 255)


def test_nothing_that_acts_and_no_words_about_its_maker_come_along() -> None:
    content = dangerous_pdf()
    joined = join([JoinedPart(take_in("恶意.pdf", content).content)], ABOUT)
    assert same(drawn(joined), drawn(content))
    acting = {"JavaScript", "JS", "OpenAction", "AA", "A", "URI", "EF", "AcroForm", "XFA", "Annots", "OPI"}
    with pikepdf.open(io.BytesIO(joined)) as pdf:
        assert set(pdf.Root.keys()) == {"/Lang", "/Metadata", "/Pages", "/Type", "/ViewerPreferences"}
        for found in pdf.objects:
            said = set(words_in(found))
            assert not said & {f"/{word}" for word in acting}
            assert not any("evil" in word or "SECRET" in word for word in said)
            if found.objgen != pdf.Root.objgen:
                assert "/Metadata" not in set(found.keys() if isinstance(found, pikepdf.Dictionary) else ())
            if isinstance(found, pikepdf.Stream):
                assert b"SECRET" not in found.read_bytes()
                assert found.get("/Subtype") != Name("/PS") or not found.read_bytes()


def words_in(found: Any) -> Iterator[str]:
    """The keys and texts of an object, without those of others that it points to."""
    if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        for key in found.keys():  # noqa: SIM118 - to walk over a stream gives something else
            yield key
            child = found[key]
            if not getattr(child, "is_indirect", False):
                yield from words_in(child)
    elif isinstance(found, pikepdf.Array):
        for child in found:
            if not getattr(child, "is_indirect", False):
                yield from words_in(child)
    else:
        yield str(found)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("锁.pdf", locked_pdf("secret"), "“锁.pdf”有打开密码，读不出它的页面。"),
        ("不许印.pdf", locked_pdf("", may_print=False), "“不许印.pdf”的作者不允许打印它。"),
        ("坏.pdf", b"%PDF-1.7\nnothing", "“坏.pdf”已损坏，读不出它的页面。"),
        ("半个.pdf", pdf_of(arrow_page())[:200], "“半个.pdf”已损坏，读不出它的页面。"),
        ("空.pdf", pdf_of(), "“空.pdf”里一页也没有。"),
        ("计划.docx", b"PK\x03\x04 and so on", "“计划.docx”不是 PDF 或图片，并不进来。"),
        ("空的.jpg", b"", "“空的.jpg”不是 PDF 或图片，并不进来。"),
        ("断.jpg", picture("JPEG", (900, 600))[:2000], "“断.jpg”已损坏，读不出它的页面。"),
        ("断.png", picture("PNG", (900, 600))[:60], "“断.png”已损坏，读不出它的页面。"),
    ],
    ids=["password", "no print", "broken", "half", "no page", "office", "empty", "half jpeg", "half png"],
)
def test_what_cannot_be_joined_is_named_with_a_way_out(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(Problem) as caught:
        take_in(name, content)
    assert caught.value.sentence == sentence
    assert "打印" in caught.value.advice


def test_a_file_that_only_must_not_be_changed_can_be_joined() -> None:
    content = locked_pdf("")
    assert same(drawn(take_in("a.pdf", content).content), drawn(pdf_of(arrow_page())))


def test_a_bomb_and_a_page_that_unpacks_to_too_much_are_refused() -> None:
    zeros = pdf_of(arrow_page(), content=b"0 0 m\n" * (12 << 20))
    assert len(zeros) < 1 << 20
    with pytest.raises(Problem, match=r"炸\.pdf"):
        take_in("炸.pdf", zeros)


def test_a_chain_of_objects_that_would_end_the_program_ends_the_child() -> None:
    files = [
        ForeignFile("链.pdf", lambda: chained_pdf(20_000)),
        ForeignFile("好.pdf", lambda: chained_pdf(50)),
    ]
    refused, taken = take_in_all(files)
    assert isinstance(refused, Problem)
    assert refused.sentence == "“链.pdf”已损坏，读不出它的页面。"
    assert isinstance(taken, ForeignPages)


def test_too_large_files_and_too_many_pages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from branchdesk.documents import foreign_pages  # noqa: PLC0415 - only this test looks inside the child

    monkeypatch.setattr(foreign_pages, "MOST_BYTES", 100)
    with pytest.raises(Problem, match=r"“大\.pdf”有 0 MB，太大"):
        foreign_pages.cleaned("大.pdf", pdf_of(arrow_page()))
    monkeypatch.undo()
    monkeypatch.setattr(foreign_pages, "MOST_PAGES", 2)
    with pytest.raises(Problem, match=r"“厚\.pdf”有 3 页"):
        foreign_pages.cleaned("厚.pdf", pdf_of(*(arrow_page() for _page in range(3))))
    with pytest.raises(Problem, match=r"“厚\.tif”有 3 页"):
        foreign_pages.cleaned("厚.tif", picture("TIFF", frames=3))
    monkeypatch.setattr(foreign_pages, "_MOST_PIXELS", 2_000_000)
    with pytest.raises(Problem, match=r"图片“墙\.png”超过 2 百万像素"):
        foreign_pages.cleaned("墙.png", picture("PNG", (2000, 1001)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "BMP", "GIF", "WEBP"])
def test_a_picture_stands_in_the_middle_of_a_sheet_that_lies_as_the_picture_does(kind: str) -> None:
    page = drawn(take_in("现场.x", picture(kind)).content)
    assert page.size == (842, 596)
    left, right = page.getpixel((200, 300)), page.getpixel((600, 300))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[0] > 240
    assert left[1] < 20
    assert min(right) > 240
    assert page.getpixel((20, 300)) == (255, 255, 255)


def test_a_picture_that_a_camera_took_upright_stands_upright() -> None:
    page = drawn(take_in("手机.jpg", picture("JPEG", turned=True)).content)
    assert page.size == (596, 842)
    top, bottom = page.getpixel((300, 200)), page.getpixel((300, 600))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[1] < 20
    assert min(bottom) > 240


def test_a_scan_of_several_pages_keeps_them_all() -> None:
    assert take_in("传真.tif", picture("TIFF", frames=3)).pages == 3


@pytest.mark.parametrize("case", ["plain", "90", "180", "270"])
def test_a_stamp_stands_upright_at_the_visible_top_right(case: str) -> None:
    taken = take_in("证明.pdf", pdf_of(case_page(case, MediaBox=[0, 0, 400, 500])))
    joined = join([JoinedPart(taken.content, stamp="检查表 C1　第 {page} 页")], ABOUT)
    before, after = drawn(taken.content), drawn(joined)
    changed = ImageChops.difference(before, after).getbbox()
    assert changed is not None
    left, top, right, bottom = changed
    assert left > before.width / 2
    assert right > before.width - 20
    assert top < 20
    assert bottom < 40
    assert right - left > 3 * (bottom - top)
    assert "检查表C1第1页" in text_of(joined)


def test_a_stamp_on_a_page_that_draws_carelessly_stays_in_its_place() -> None:
    careless = pdf_of(arrow_page(), content=b"Q Q q 0.1 0 0 0.1 50 50 cm q BT " + ARROW)
    fair = join([JoinedPart(take_in("a.pdf", pdf_of(arrow_page(), content=b"")).content, stamp="C1")], ABOUT)
    joined = join([JoinedPart(take_in("a.pdf", careless).content, stamp="C1")], ABOUT)
    box = (150, 0, 200, 30)
    assert same(drawn(joined).crop(box), drawn(fair).crop(box))


def test_a_stamp_wider_than_its_page_is_made_smaller() -> None:
    text = "检查表 C1　第 {page} 页" * 4
    joined = join([JoinedPart(take_in("a.pdf", pdf_of(arrow_page())).content, stamp=text)], ABOUT)
    changed = ImageChops.difference(drawn(joined), drawn(pdf_of(arrow_page()))).getbbox()
    assert changed is not None
    assert changed[0] >= 10
    assert changed[2] <= 190


def test_stamps_count_pages_within_their_part_and_through_the_file() -> None:
    three = take_in("三页.pdf", pdf_of(*(arrow_page() for _page in range(3)))).content
    parts = [
        JoinedPart(ours("封面")),
        JoinedPart(three, stamp="C1 {page}/{pages} 总{sheet}"),
        JoinedPart(ours("尾")),
    ]
    said = text_of(join(parts, ABOUT))
    for text in ("C11/3总2", "C12/3总3", "C13/3总4", "封面", "尾"):
        assert text in said
    assert "总1" not in said


def test_bookmarks_are_a_tree_that_leads_to_the_first_page_of_each_part() -> None:
    two = take_in("两页.pdf", pdf_of(arrow_page(), arrow_page(Rotate=90))).content
    parts = [
        JoinedPart(ours("封面"), "封面"),
        JoinedPart(ours("C1"), "C1 按期召开支部党员大会"),
        JoinedPart(two, "证明一 𬀩", 2),
        JoinedPart(two),
        JoinedPart(two, "证明二", 2),
        JoinedPart(two, "里面", 4),
        JoinedPart(ours("C2"), "C2"),
        JoinedPart(two, "证明三", 2),
    ]
    assert outline_of(join(parts, ABOUT)) == [
        (0, "封面", 0),
        (0, "C1 按期召开支部党员大会", 1),
        (1, "证明一 𬀩", 2),
        (1, "证明二", 6),
        (2, "里面", 8),
        (0, "C2", 10),
        (1, "证明三", 11),
    ]


def test_the_file_says_what_it_is_and_claims_nothing() -> None:
    joined = join([JoinedPart(ours("一"))], ABOUT)
    with pikepdf.open(io.BytesIO(joined)) as pdf:
        assert str(pdf.docinfo[Name.Title]) == ABOUT.title
        assert str(pdf.docinfo[Name.Author]) == ABOUT.author
        assert "20261231" in str(pdf.docinfo[Name.CreationDate])
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == ABOUT.title
            assert not metadata.pdfa_status


def test_equal_parts_give_equal_bytes_and_every_font_is_inside() -> None:
    def once() -> bytes:
        taken = take_in("a.pdf", pdf_of(arrow_page())).content
        shot = take_in("b.jpg", picture("JPEG")).content
        return join([JoinedPart(ours("一"), "一"), JoinedPart(taken, stamp="C1"), JoinedPart(shot)], ABOUT)

    first = once()
    assert first == once()
    with pikepdf.open(io.BytesIO(first)) as pdf:
        fonts: list[Any] = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
        described = [one for one in fonts if one.get("/Type") == Name.FontDescriptor]
        assert described
        assert all("/FontFile2" in one for one in described)


def test_one_bad_file_spoils_no_other_and_answers_come_in_the_order_of_the_files() -> None:
    def lost() -> bytes:
        raise Problem("这个附件的文件不在了。", "请从备份恢复。")

    files = [
        ForeignFile("好.pdf", lambda: pdf_of(arrow_page())),
        ForeignFile("坏.pdf", lambda: b"%PDF-1.7"),
        ForeignFile("不在.pdf", lost),
        ForeignFile("图.jpg", lambda: picture("JPEG")),
    ]
    found = [one.sentence if isinstance(one, Problem) else one.name for one in take_in_all(files)]
    assert found == ["好.pdf", "“坏.pdf”已损坏，读不出它的页面。", "这个附件的文件不在了。", "图.jpg"]


def test_a_file_that_kills_the_child_is_named_and_the_rest_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "_TAKER", "documents_child:none")
    found = list(take_in_all([ForeignFile("一.pdf", lambda: b""), ForeignFile("二.pdf", lambda: b"")]))
    assert [one.sentence for one in found if isinstance(one, Problem)] == [
        "“一.pdf”已损坏，读不出它的页面。",
        "“二.pdf”已损坏，读不出它的页面。",
    ]


def test_a_file_that_takes_too_long_is_named() -> None:
    files = [ForeignFile("慢.pdf", lambda: pdf_of(arrow_page()))]
    (found,) = take_in_all(files, limits=Limits(wall_seconds=0.01))
    assert isinstance(found, Problem)
    assert found.sentence == "读“慢.pdf”超过了允许的时间或内存，已经停止。"


@pytest.mark.parametrize(
    "answer", [None, ["pages", 0, ""], ["pages", 1, "###"], ["pages", "1", ""], ["problem", "x"], 7]
)
def test_an_answer_that_is_none_is_not_believed(answer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def lie(*_asked: Any) -> Iterator[Any]:
        yield answer

    monkeypatch.setattr(joining, "stream_fenced", lie)
    (found,) = take_in_all([ForeignFile("谎.pdf", lambda: b"")])
    assert isinstance(found, Problem)
    assert "“谎.pdf”" in found.sentence


def test_a_child_that_answers_for_too_few_files_leaves_none_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(*_asked: Any) -> Iterator[Any]:
        yield from ()

    monkeypatch.setattr(joining, "stream_fenced", silent)
    found = list(take_in_all([ForeignFile(name, lambda: b"") for name in ("一", "二")]))
    assert len(found) == 2
    assert all(isinstance(one, Problem) for one in found)


def test_many_files_are_shared_among_children(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def note(_name: str, arguments: dict[str, Any], *_rest: Any) -> Iterator[Any]:
        asked.append(len(arguments["files"]))
        for _file in arguments["files"]:
            yield ["pages", 1, ""]

    monkeypatch.setattr(joining, "stream_fenced", note)
    files = [ForeignFile(str(number), lambda: bytes(3 << 20)) for number in range(20)]
    found = list(take_in_all(files))
    assert [one.name for one in found if isinstance(one, ForeignPages)] == [str(n) for n in range(20)]
    assert sum(asked) == 20
    assert max(asked) <= 8


def test_joining_and_taking_in_can_be_cancelled() -> None:
    stopped = Progress()
    stopped.cancel()
    with pytest.raises(Cancelled):
        take_in("a.pdf", pdf_of(arrow_page()), stopped)
    with pytest.raises(Cancelled):
        join([JoinedPart(ours("一"))], ABOUT, stopped)


def test_the_limits_are_those_of_a_small_office_computer() -> None:
    assert JOINING_LIMITS.memory_bytes <= 2 << 30
