"""Photos of members: upright, small, and never a danger."""

from __future__ import annotations

import io
import random
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from branchdesk.errors import Problem
from branchdesk.services import photos
from branchdesk.services.photos import trimmed_photo
from support.problems import refused


def picture(kind: str, size: tuple[int, int] = (600, 1200), mode: str = "RGB") -> bytes:
    """A picture that is red above and blue below."""
    image = Image.new(mode, size, "red" if mode != "L" else 30)
    image.paste("blue" if mode != "L" else 200, (0, size[1] // 2, *size))
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


def trimmed(path: Path, content: bytes) -> Image.Image:
    """The trimmed photo of a file with this content."""
    path.write_bytes(content)
    return Image.open(io.BytesIO(trimmed_photo(path)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP", "GIF", "WEBP"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_picture_of_any_usual_kind_becomes_a_small_jpeg(tmp_path: Path, kind: str, mode: str) -> None:
    photo = trimmed(tmp_path / "photo", picture(kind, mode=mode))
    assert (photo.format, photo.mode, photo.size) == ("JPEG", "RGB", (400, 800))


def test_a_small_picture_is_not_blown_up(tmp_path: Path) -> None:
    assert trimmed(tmp_path / "photo", picture("PNG", (30, 40))).size == (30, 40)


def test_a_photo_taken_with_the_camera_on_its_side_is_turned_upright(tmp_path: Path) -> None:
    image = Image.open(io.BytesIO(picture("JPEG", (1200, 600))))
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    photo = trimmed(tmp_path / "photo.jpg", out.getvalue())
    assert photo.size == (400, 800)
    assert not photo.getexif()


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"])
def test_what_is_no_picture_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "照片.jpg").write_bytes(content)
    with refused("“照片.jpg”不是能认出的照片", "JPG、PNG 或 BMP"):
        trimmed_photo(tmp_path / "照片.jpg")


def _png_header(width: int, height: int) -> bytes:
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 0) + b"IDAT" + bytes(4)


@pytest.mark.parametrize("side", [8_000, 9_000, 12_000, 60_000])
def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_unpacked(
    tmp_path: Path, side: int
) -> None:
    (tmp_path / "bomb.png").write_bytes(_png_header(side, side))
    with refused("bomb.png", "不是能认出的照片"):
        trimmed_photo(tmp_path / "bomb.png")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP", "GIF", "WEBP"])
def test_a_damaged_picture_is_refused_or_shown_as_far_as_it_goes_but_never_crashes(
    tmp_path: Path, kind: str
) -> None:
    whole, chance = picture(kind, (60, 80)), random.Random(kind)
    path = tmp_path / "photo"
    for _damage in range(60):
        content = bytearray(whole[: chance.randrange(len(whole) // 2, len(whole) + 1)])
        for _place in range(chance.randrange(4)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(content)
        try:
            assert trimmed_photo(path).startswith(b"\xff\xd8")
        except Problem:
            continue


def test_a_file_that_is_gone_or_too_large_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with refused("“没有.jpg”打不开", "是否还在"):
        trimmed_photo(tmp_path / "没有.jpg")
    monkeypatch.setattr(photos, "_LARGEST_FILE", 10)
    (tmp_path / "大.jpg").write_bytes(bytes(11))
    with refused("“大.jpg”太大", "压缩"):
        trimmed_photo(tmp_path / "大.jpg")
