"""Whether a file is what its name says, told from its content and never by running or opening it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from branchdesk.errors import Problem
from branchdesk.i18n import _

HEAD = 1024  # bytes that are enough to tell
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"


def _begins(*signs: bytes) -> Callable[[bytes], bool]:
    def fits(head: bytes) -> bool:
        return head.startswith(signs)

    return fits


def _is_pdf(head: bytes) -> bool:
    return b"%PDF-" in head  # some programs write a line before it


def _is_riff(word: bytes) -> Callable[[bytes], bool]:
    def fits(head: bytes) -> bool:
        return head.startswith(b"RIFF") and head[8:12] == word

    return fits


def _is_movie(head: bytes) -> bool:
    return head[4:8] == b"ftyp"


def _is_text(head: bytes) -> bool:
    return b"\0" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff"))


_JPEG = _begins(b"\xff\xd8\xff")
_TIFF = _begins(b"II*\0", b"MM\0*")
_PACKED = _begins(_ZIP)
_OFFICE = _begins(_ZIP, _OLE)
# What a file of each ending begins with; endings that stand here not are not looked at.
_SIGNS: Mapping[str, Callable[[bytes], bool]] = {
    "pdf": _is_pdf,
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "png": _begins(b"\x89PNG\r\n\x1a\n"),
    "gif": _begins(b"GIF8"),
    "bmp": _begins(b"BM"),
    "webp": _is_riff(b"WEBP"),
    "tif": _TIFF,
    "tiff": _TIFF,
    "docx": _PACKED,
    "xlsx": _PACKED,
    "pptx": _PACKED,
    "ofd": _PACKED,
    "zip": _begins(_ZIP, _EMPTY_ZIP),
    "doc": _OFFICE,
    "xls": _OFFICE,
    "ppt": _OFFICE,
    "wps": _OFFICE,
    "et": _OFFICE,
    "dps": _OFFICE,
    "rar": _begins(b"Rar!\x1a\x07"),
    "7z": _begins(b"7z\xbc\xaf\x27\x1c"),
    "mp4": _is_movie,
    "mov": _is_movie,
    "mp3": _begins(b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
    "wav": _is_riff(b"WAVE"),
    "txt": _is_text,
    "csv": _is_text,
}
# What lies in the package that an Office file is.
_PARTS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/", "ofd": "OFD.xml"}
# Programs are no attachments, whatever they are called.
_PROGRAMS = _begins(b"MZ", b"\x7fELF", b"#!")


def kind_of(name: str) -> str:
    """The ending of a file name in small letters, without its dot."""
    return Path(name).suffix.lower().lstrip(".")


def refuse_disguised_file(path: Path) -> None:
    """Raise Problem for a file that is not what its name says, or that cannot be read."""
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD)
            _refuse(path.name, head)
            _refuse_package(path.name, stream)
    except OSError as error:
        raise Problem(
            _("“{name}”打不开：{reason}。", name=path.name, reason=error.strerror or str(error)),
            _("请检查文件是否还在、是否正被其他程序占用。"),
        ) from error


def refuse_disguised(name: str, content: bytes) -> None:
    """Raise Problem for content that is not what `name` says."""
    _refuse(name, content[:HEAD])
    _refuse_package(name, io.BytesIO(content))


def _refuse(name: str, head: bytes) -> None:
    fits = _SIGNS.get(kind_of(name))
    if _PROGRAMS(head):
        raise Problem(_("“{name}”是程序文件，不能作附件。", name=name), _("请选择照片、扫描件或文档。"))
    if fits is None:
        return
    if not head:
        raise Problem(_("“{name}”是空文件，没有添加。", name=name), _("请检查原来的文件，再添加一次。"))
    if not fits(head):
        raise _disguised(name)


def _refuse_package(name: str, stream: io.BufferedIOBase) -> None:
    part = _PARTS.get(kind_of(name))
    if part is None:
        return
    try:
        with zipfile.ZipFile(stream) as package:
            inside = any(entry.startswith(part) for entry in package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _disguised(name) from error
    if not inside:
        raise _disguised(name)


def _disguised(name: str) -> Problem:
    return Problem(
        _("“{name}”的内容不是 {kind} 文件，没有添加。", name=name, kind=kind_of(name).upper()),
        _("文件可能损坏了或改过后缀；请打开看一看，另存为正确的格式再添加。"),
    )
