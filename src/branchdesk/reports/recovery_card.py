"""恢复卡: the key that opens a branch file when every password is forgotten, to be sealed in an envelope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from branchdesk.documents.model import (
    A5_PORTRAIT,
    NOTHING_RUNNING,
    Align,
    Cell,
    Document,
    Ends,
    Font,
    PageStyle,
    Paragraph,
    QrCode,
    Sheet,
    Signatures,
    Space,
    Style,
)
from branchdesk.i18n import _

# On A4 the card keeps the width it has on A5, so that it can be cut out or folded.
A4_CARD = PageStyle(210.0, 297.0, top=30.0, bottom=20.0, left=45.0, right=45.0)
_TITLE = Style(Font.HEADING, 22.0, 1.3, Align.CENTRE, after=2.0)
_BRANCH = Style(Font.BODY, 12.0, 1.35, Align.CENTRE, after=6.0, sizes=(12.0, 11.0, 10.0))
_LINE = Style(size=10.0, leading=1.4, after=4.0)
_GROUP = Style(Font.LABEL, 21.0, 1.2, Align.CENTRE, cells=True)
_PLACE = Style(Font.LABEL, 9.0, 1.2, Align.CENTRE)
_RULES = Style(size=10.5, leading=1.5, align=Align.JUSTIFY, sizes=(10.5, 10.0, 9.0))
_WIDTHS = (9.0, 51.0, 9.0, 51.0)
_ROW = 14.0
_CODE = 40.0
_CODE_HEIGHT = 58.0


@dataclass(frozen=True, slots=True)
class RecoveryCard:
    """What the card prints: `key` in groups parted by hyphens, as it was made; `made` is the date spelled."""

    branch: str
    key: str
    made_on: date
    made: str
    maker: str = ""


def recovery_card(card: RecoveryCard, page: PageStyle = A5_PORTRAIT) -> Document:
    """The card on A5 or, with A4_CARD, in the middle of an A4 sheet."""
    maker = _("制卡：{name}", name=card.maker) if card.maker else ""
    return Document(
        _("恢复卡"),
        card.made_on,
        (
            Paragraph(_("恢　复　卡"), _TITLE),
            Paragraph(card.branch, _BRANCH),
            Ends(_("制卡日期：{day}", day=card.made), maker, _LINE),
            _key_grid(card.key),
            Space(1.0),
            _rules(card),
            Signatures((_("制卡人："), _("保管人（书记）："), _("领取日期："))),
        ),
        page=page,
        running=NOTHING_RUNNING,
    )


def _key_grid(key: str) -> Sheet:
    """The groups of the key in boxes, numbered, to be read out and typed one by one."""
    groups = key.split("-")
    rows = (len(groups) + 1) // 2
    cells = []
    for number in range(2 * rows):
        row, column = number % rows, number // rows * 2
        group = groups[number] if number < len(groups) else ""
        cells.append(Cell(row, column, str(number + 1) if group else "", style=_PLACE))
        cells.append(Cell(row, column + 1, group, style=_GROUP))
    return Sheet(_WIDTHS, (_ROW,) * rows, tuple(cells))


def _rules(card: RecoveryCard) -> Sheet:
    """The code beside what the keeper has to know."""
    rules = "\n".join(
        (
            _("1. 忘记口令时，凭本卡可以打开“{branch}”的支部文件，请像公章一样保管。", branch=card.branch),
            _("2. 请装入信封，封口盖章，由党组织书记保管，不与电脑放在一处，不拍照、不上传。"),
            _("3. 换发新卡以后，旧卡作废，应当面销毁。"),
            _("4. 密钥只有数字和大写字母，没有 I、L、O、U：圆的是数字零，竖的是数字一。横线可以不输。"),
        )
    )
    side = sum(_WIDTHS)
    return Sheet(
        (_CODE + 6.0, side - _CODE - 6.0),
        (_CODE_HEIGHT,),
        (Cell(0, 0, QrCode(card.key, _CODE)), Cell(0, 1, rules, style=_RULES)),
        ruled=False,
    )
