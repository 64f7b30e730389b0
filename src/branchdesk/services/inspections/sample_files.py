"""Two files that stand as proof in the inspections of the sample: a page of text and a drawn picture."""

from __future__ import annotations

import struct
import zlib

from branchdesk.documents.model import Document, Heading, Paragraph
from branchdesk.documents.pdf import write_pdf
from branchdesk.domain.inspections.deadlines import Period

REPORT_NAME, PICTURE_NAME = "重点任务进展情况.pdf", "活动室.png"
_REPORT = (
    "本季度重点任务四项，已按分解表落实到人。",
    "一、数据质量核对：完成两轮抽查，差错当天更正。",
    "二、窗口服务：材料清单换成大字版，群众反映良好。",
    "三、社区共建：与滨江社区商定志愿服务安排。",
    "四、青年培养：传帮带结对名单已公布，每月检查一次。",
)
_WIDTH, _HEIGHT = 480, 320
_WALL, _FLOOR, _BOARD, _FRAME = b"\xf2\xee\xe6", b"\xb9\x9b\x7a", b"\xc8\x10\x2e", b"\x5a\x3a\x2a"
# Boxes of the picture in pixels: left, top, right, bottom and colour, the later ones in front.
_BOXES = ((0, 230, 480, 320, _FLOOR), (126, 46, 354, 174, _FRAME), (134, 54, 346, 166, _BOARD))


def report(period: Period) -> bytes:
    """How the tasks of a quarter went, as a PDF file of one page."""
    title = f"{period.shown()}重点任务进展情况"
    return write_pdf(Document(title, period.start, (Heading(title), *map(Paragraph, _REPORT))))


def picture() -> bytes:
    """A room with a board on its wall, as a PNG file."""
    rows = [bytearray(_WALL * _WIDTH) for _row in range(_HEIGHT)]
    for left, top, right, bottom, colour in _BOXES:
        for row in rows[top:bottom]:
            row[3 * left : 3 * right] = colour * (right - left)
    pixels = zlib.compress(b"".join(b"\0" + bytes(row) for row in rows), 9)
    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check
