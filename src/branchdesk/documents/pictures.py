"""Pictures made fit for paper: upright, in grey or RGB, no larger than needed, without what cameras note."""

from __future__ import annotations

import io
import warnings
import zlib
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from branchdesk.errors import Problem
from branchdesk.i18n import _

_FORMATS = ("JPEG", "PNG")
_MOST_PIXELS = 60_000_000  # the largest phone cameras of today; more is a bomb or a poster
_DPI = 300
_QUALITY = 90


@dataclass(frozen=True, slots=True)
class PaperPicture:
    """A picture as PDF keeps it: `filter` names how `content` is packed."""

    width: int
    height: int
    is_grey: bool
    filter: str
    content: bytes


def prepare_picture(content: bytes, box_width: float, box_height: float) -> PaperPicture:
    """A picture for a box of so many points, at most 300 dots per inch.

    Raises Problem for what is no JPEG or PNG, is damaged, or has more than 60 million pixels.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
                return _prepare(image, content, (box_width, box_height))
    except UnidentifiedImageError as error:
        raise Problem(_("照片不是 JPEG 或 PNG 格式。"), _("请把照片另存为 JPEG 再导入。")) from error
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except (OSError, ValueError, SyntaxError, zlib.error) as error:
        raise Problem(_("照片文件已损坏，无法打印。"), _("请换一张照片，或重新导出后再导入。")) from error


def picture_file(content: bytes, box_width: float, box_height: float) -> tuple[str, bytes, float]:
    """A picture for a box as a file: its kind (jpeg or png), its bytes, and its width over its height.

    Raises Problem as prepare_picture does.
    """
    picture = prepare_picture(content, box_width, box_height)
    shape = picture.width / picture.height
    if picture.filter == "DCTDecode":
        return "jpeg", picture.content, shape
    size = (picture.width, picture.height)
    drawn = Image.frombytes("L" if picture.is_grey else "RGB", size, zlib.decompress(picture.content))
    file = io.BytesIO()
    drawn.save(file, "PNG")
    return "png", file.getvalue(), shape


def _too_large() -> Problem:
    return Problem(
        _("照片超过 {n} 百万像素，无法打印。", n=_MOST_PIXELS // 1_000_000), _("请先把照片缩小再导入。")
    )


def _prepare(image: Image.Image, content: bytes, box: tuple[float, float]) -> PaperPicture:
    if image.width * image.height > _MOST_PIXELS:
        raise _too_large()
    scale = _scale(image, box)
    if image.format == "JPEG" and image.mode in {"L", "RGB"} and scale >= 0.5 and not image.getexif():
        image.load()  # a damaged file must not reach the paper
        return PaperPicture(image.width, image.height, image.mode == "L", "DCTDecode", content)
    drawn = _flat(ImageOps.exif_transpose(image))
    scale = _scale(drawn, box)
    if scale < 1:
        drawn = drawn.resize((max(1, round(drawn.width * scale)), max(1, round(drawn.height * scale))))
    is_grey = drawn.mode == "L"
    if image.format == "JPEG":
        packed = io.BytesIO()
        drawn.save(packed, "JPEG", quality=_QUALITY)
        return PaperPicture(drawn.width, drawn.height, is_grey, "DCTDecode", packed.getvalue())
    return PaperPicture(drawn.width, drawn.height, is_grey, "FlateDecode", zlib.compress(drawn.tobytes(), 6))


def _scale(image: Image.Image, box: tuple[float, float]) -> float:
    """What brings the picture to 300 dots per inch in a box of so many points."""
    return min(box[0] / image.width, box[1] / image.height) * _DPI / 72


def _flat(image: Image.Image) -> Image.Image:
    """The picture in grey or RGB; what is transparent becomes white, as paper is."""
    if image.mode in {"L", "RGB"} and "transparency" not in image.info:
        return image
    if image.mode in {"1", "I", "F", "I;16"}:
        return image.convert("L")
    if image.mode in {"CMYK", "YCbCr", "LAB", "HSV"}:
        return image.convert("RGB")
    layered = image.convert("RGBA")
    paper = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(paper, layered).convert("RGB")
