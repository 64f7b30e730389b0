"""Photos of members: turned upright, cut to size, and read where a bad picture can do no harm."""

from __future__ import annotations

import io
from pathlib import Path

from branchdesk.errors import Problem
from branchdesk.i18n import _

_LONGEST_SIDE = 800
_MOST_PIXELS = 60_000_000
_LARGEST_FILE = 30 * 1024 * 1024
_QUALITY = 88


def trimmed_photo(path: Path) -> bytes:
    """The picture in a file as a JPEG of at most 800 pixels a side, upright.

    Raises Problem for a file that cannot be read, is too large, or is no picture.
    """
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise Problem(_("“{name}”太大，照片不要超过 30 MB。", name=path.name), _("请先压缩照片。"))
        content = path.read_bytes()
    except OSError as error:
        raise Problem(
            _("“{name}”打不开：{reason}。", name=path.name, reason=error.strerror or str(error)),
            _("请检查文件是否还在、是否正被其他程序占用。"),
        ) from error
    try:
        return _as_jpeg(content)
    except (OSError, ValueError, SyntaxError) as error:
        raise Problem(
            _("“{name}”不是能认出的照片。", name=path.name), _("请选择 JPG、PNG 或 BMP 格式的照片。")
        ) from error


def _as_jpeg(content: bytes) -> bytes:
    from PIL import Image, ImageOps  # noqa: PLC0415 - wanted only when a photo is added

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "BMP", "GIF", "WEBP")) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise ValueError("too many pixels")
            picture.draft("RGB", (_LONGEST_SIDE * 2, _LONGEST_SIDE * 2))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValueError("too many pixels") from error
    upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
