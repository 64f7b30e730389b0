"""Photographs made fit for paper."""

from __future__ import annotations

import io
import zlib

import pytest
from PIL import Image

from branchdesk.documents.pictures import PaperPicture, prepare_picture
from support.problems import refused

ORIENTATION = 0x0112
LARGE = 1000.0  # points


def packed(image: Image.Image, kind: str = "JPEG", **more: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **more)
    return file.getvalue()


def opened(picture: PaperPicture) -> Image.Image:
    assert picture.filter == "DCTDecode"
    return Image.open(io.BytesIO(picture.content))


def halves(size: tuple[int, int] = (40, 80)) -> Image.Image:
    """White, with a red upper half."""
    image = Image.new("RGB", size, "white")
    image.paste((200, 0, 0), (0, 0, size[0], size[1] // 2))
    return image


def test_a_plain_photograph_is_kept_as_it_is() -> None:
    content = packed(halves())
    assert prepare_picture(content, 10.0, 20.0) == PaperPicture(
        width=40, height=80, is_grey=False, filter="DCTDecode", content=content
    )


def test_a_photograph_taken_on_its_side_stands_upright() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # has to be turned clockwise
    picture = prepare_picture(packed(halves((80, 40)), exif=exif), 20.0, 40.0)
    assert (picture.width, picture.height) == (40, 80)
    upright = opened(picture)
    left, right = upright.getpixel((5, 40)), upright.getpixel((35, 40))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert min(left) > 200
    assert max(right[1:]) < 60


def test_what_a_camera_notes_does_not_reach_the_paper() -> None:
    exif = Image.Exif()
    exif[0x010F] = "camera of a member"
    picture = prepare_picture(packed(halves(), exif=exif), 20.0, 40.0)
    assert b"camera of a member" not in picture.content
    assert (picture.width, picture.height) == (40, 80)


def test_a_huge_photograph_is_brought_to_the_resolution_of_print() -> None:
    content = packed(halves((3000, 4000)))
    picture = prepare_picture(content, 35 / 25.4 * 72, 49 / 25.4 * 72)
    assert picture.width == round(35 / 25.4 * 300)
    assert len(picture.content) < len(content)


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_other_colours_become_rgb_and_grey_stays_grey(mode: str) -> None:
    picture = prepare_picture(packed(halves().convert(mode)), LARGE, LARGE)
    assert picture.is_grey == (mode == "L")
    assert opened(picture).mode == ("L" if mode == "L" else "RGB")


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "1", "I;16"])
def test_a_drawing_without_background_stands_on_white(mode: str) -> None:
    image = Image.new("RGBA", (8, 8), (0, 0, 0, 0)) if mode in {"RGBA", "LA"} else Image.new("L", (8, 8), 255)
    picture = prepare_picture(packed(image.convert(mode), "PNG"), LARGE, LARGE)
    assert picture.filter == "FlateDecode"
    assert (picture.width, picture.height) == (8, 8)


def test_transparent_parts_become_white() -> None:
    picture = prepare_picture(packed(Image.new("RGBA", (2, 2), (9, 9, 9, 0)), "PNG"), LARGE, LARGE)
    assert zlib.decompress(picture.content) == b"\xff" * 12


def test_what_is_no_picture_is_refused() -> None:
    with refused("照片不是 JPEG 或 PNG 格式。"):
        prepare_picture(b"%PDF-1.7", 10.0, 10.0)
    with refused("照片不是 JPEG 或 PNG 格式。"):
        prepare_picture(packed(halves(), "GIF"), 10.0, 10.0)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_damaged_photograph_is_refused(kind: str) -> None:
    content = packed(Image.effect_noise((200, 200), 90), kind)
    with refused("照片文件已损坏"):
        prepare_picture(content[: len(content) // 2], 10.0, 10.0)


def test_a_picture_of_too_many_points_is_refused_unread() -> None:
    image = Image.new("1", (30_000, 30_000))
    with refused("60 百万像素"):
        prepare_picture(packed(image, "PNG"), 10.0, 10.0)
