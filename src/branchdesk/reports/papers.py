"""The papers of a branch: the services are asked, and what they answer becomes a document.

Rosters and member sheets are handed in: they are Chinese whatever language the window speaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from branchdesk import clock
from branchdesk.documents.model import Align, Document
from branchdesk.domain.identity import masked_identity
from branchdesk.errors import Problem
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.language import Field
from branchdesk.i18n import _, speaking_chinese
from branchdesk.jobs.progress import SILENT, Progress
from branchdesk.partial_dates import PartialDate
from branchdesk.reports.history import FieldChange, History, HistoryEntry, history_document
from branchdesk.reports.member_sheet import MemberSheet, SheetPolicy, empty_boxes, member_sheets
from branchdesk.reports.quick_card import QuickCard, quick_card
from branchdesk.reports.recovery_card import RecoveryCard, recovery_card
from branchdesk.reports.roster import Holds, Roster, RosterColumn, RosterTotals, roster_document
from branchdesk.services import attachments, members
from branchdesk.services.history import HistoryLine, record_history
from branchdesk.services.member_edits import member_form
from branchdesk.services.open_branch import Branch
from branchdesk.services.organisations import organisation_tree
from branchdesk.services.rosters import RosterOnDay, RosterRow, roster_on

# What the usual paper roster shows.
PAPER_COLUMNS = (
    "name",
    "sex",
    "ethnic",
    "born_on",
    "id_number",
    "education",
    "category",
    "admitted_on",
    "confirmed_on",
    "group",
    "posts",
    "employer",
    "mobile",
)
_HOLDS = {
    "name": Holds.NAME,
    "sex": Holds.WORD,
    "ethnic": Holds.WORD,
    "education": Holds.WORD,
    "id_number": Holds.ID_NUMBER,
    "employer": Holds.TEXT,
    "home_address": Holds.TEXT,
}
_HOLDS_TYPE = {
    "date": Holds.DATE,
    "money": Holds.MONEY,
    "phone": Holds.PHONE,
    "long_text": Holds.TEXT,
    "number": Holds.NUMBER,
}


@dataclass(frozen=True)
class RosterChoice:
    """What a roster is to show: whose, as of which day, which columns, in which order, and how."""

    place: str | None = None
    day: date | None = None
    columns: tuple[str, ...] = PAPER_COLUMNS
    order: str = "posts"
    masked: bool = False
    padded_names: bool = True
    draft: bool = False


def _spelled(day: date) -> str:
    return PartialDate.of(day).spelled()


def _shown(field: Field, value: str | None, vocabulary: Vocabulary, *, hide: bool) -> str:
    with speaking_chinese():
        text = field.type.show(field, value, vocabulary)
    return masked_identity(text) if hide and field.private else text


@dataclass(frozen=True)
class _NumberedRows:
    """Rows of a roster as texts with their number, made as they are walked."""

    rows: Sequence[RosterRow]
    fields: Sequence[Field]
    vocabulary: Vocabulary
    masked: bool

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, row: object) -> bool:
        return any(row == made for made in self)

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        for number, row in enumerate(self.rows, start=1):
            yield (
                str(number),
                *(
                    _shown(field, row.values.get(field.id), self.vocabulary, hide=self.masked)
                    for field in self.fields
                ),
            )


def _place_name(branch: Branch, place: str | None, day: date) -> tuple[str, str]:
    """Full name of the organisation for the title, and the name of the group behind it."""
    tree = organisation_tree(branch, day)
    version = tree.get(place) or tree.roots()[0]
    if version.kind == "group" and version.parent:
        return tree[version.parent].full_name, version.full_name
    return version.full_name, ""


def _fields(branch: Branch, choice: RosterChoice, day: date) -> list[Field]:
    """The columns of a roster; where it spans several branches, the branch stands before the group."""
    form = member_form()
    fields = [form.by_id[field_id] for field_id in choice.columns]
    tree = organisation_tree(branch, day)
    inside = tree.below(choice.place) if choice.place and choice.place in tree else tree.walk()
    if sum(version.kind.is_branch for version in inside) > 1 and "organisation" not in choice.columns:
        place = choice.columns.index("group") if "group" in choice.columns else len(fields)
        fields.insert(place, replace(form.by_id["organisation"], label="所在党支部"))
    return fields


def roster_paper(branch: Branch, choice: RosterChoice) -> Document:
    """The roster of an organisation or group as of a day, naming the branches where it holds several.

    Raises Problem where nobody is on it.
    """
    day = choice.day or clock.today()
    found = roster_on(branch, day, choice.place, choice.order)
    if not found.rows:
        raise Problem(
            _("{day} 这一天名册里没有党员。", day=_spelled(day)), _("请换一个日期，或选另一个支部。")
        )
    fields = _fields(branch, choice, day)
    organisation, group = _place_name(branch, choice.place, day)
    columns = [RosterColumn("序号", Holds.NUMBER)]
    columns += [
        RosterColumn(field.label, _HOLDS.get(field.id) or _HOLDS_TYPE.get(field.type.name, Holds.WORDS))
        for field in fields
    ]
    counts = found.counts
    return roster_document(
        Roster(
            organisation=organisation + group,
            reported_by=organisation,
            as_of=_spelled(day),
            made_on=clock.today(),
            columns=tuple(columns),
            rows=_NumberedRows(found.rows, fields, found.around.vocabulary, choice.masked),
            totals=RosterTotals(
                counts.total, counts.full, counts.probationary, counts.women, counts.minority
            ),
            notes=_notes(found),
            padded_names=choice.padded_names,
            draft=choice.draft,
        )
    )


def _notes(found: RosterOnDay) -> tuple[str, ...]:
    if not found.undated:
        return ()
    return (f"注：其中 {found.undated} 名党员没有填写入党日期和转入日期，按一直在册统计。",)


# Boxes of the sheet that take their text from one field.
_SHEET_FIELDS = {
    "name": "name",
    "sex": "sex",
    "ethnic": "ethnic",
    "native_place": "native_place",
    "birth_place": "birth_place",
    "category": "category",
    "health": "health",
    "former_name": "former_name",
    "id_number": "id_number",
    "marriage": "marriage",
    "fulltime_school": "fulltime_school",
    "parttime_school": "parttime_school",
    "professional_title": "professional_title",
    "posts": "posts",
    "address": "home_address",
    "phone": "mobile",
    "introducers": "introducers",
    "admitted_at": "admitted_at",
    "resume": "resume",
    "family": "family",
    "note": "note",
}
_SHEET_DATES = {"admitted": "admitted_on", "confirmed": "confirmed_on"}
# 出生年月 and 参加工作时间 are asked to the month.
_SHEET_MONTHS = {"born": "born_on", "worked_since": "worked_since"}


def sheets_paper(
    branch: Branch, uids: Iterable[str], policy: SheetPolicy | None = None, progress: Progress = SILENT
) -> Document:
    """The sheets of members, one after the other. Raises Problem for none, or a damaged photo."""
    wanted = list(uids)
    vocabulary = members.vocabulary_of(branch)
    tree = organisation_tree(branch)
    sheets = []
    for uid in progress.over(wanted, len(wanted), _("正在准备登记表…")):
        file = members.member_file(branch, uid)
        if file is not None:
            place = tree.get(file.standing.organisation)
            sheet = _sheet(file, place.full_name if place else "", vocabulary)
            sheets.append(replace(sheet, photo=attachments.photo_of(branch, uid)))
    if not sheets:
        raise Problem(_("没有可以打印的党员。"), _("请先在名册里选中党员。"))
    today = clock.today()
    return member_sheets(sheets, today, _spelled(today), policy)


@dataclass(frozen=True)
class UnfilledBoxes:
    """Who has boxes on his sheet that nobody has filled in, and what they are called there."""

    uid: str
    name: str
    labels: tuple[str, ...]


def unfilled_boxes(branch: Branch, uids: Iterable[str], progress: Progress = SILENT) -> list[UnfilledBoxes]:
    """The members whose sheets would be printed with empty boxes, in the order in which they are given.

    Places to sign, and boxes in which 无 stands for nothing, are not among them.
    """
    wanted = list(uids)
    vocabulary = members.vocabulary_of(branch)
    found = []
    for uid in progress.over(wanted, len(wanted), _("正在准备登记表…")):
        file = members.member_file(branch, uid)
        labels = empty_boxes(_sheet(file, "", vocabulary)) if file is not None else ()
        if file is not None and labels:
            found.append(UnfilledBoxes(uid, file.name, labels))
    return found


def _sheet(file: members.MemberFile, organisation: str, vocabulary: Vocabulary) -> MemberSheet:
    """The sheet of a member, without the photograph."""
    form = member_form()

    def shown(field_id: str) -> str:
        return _shown(form.by_id[field_id], file.values.get(field_id), vocabulary, hide=False)

    def spelled(field_id: str) -> str:
        day = PartialDate.read(file.values.get(field_id))
        return day.spelled() if day else shown(field_id)

    def month(field_id: str) -> str:
        day = PartialDate.read(file.values.get(field_id))
        return PartialDate(day.year, day.month).spelled() if day else shown(field_id)

    def joined(*field_ids: str, by: str = "、") -> str:
        return by.join(text for text in map(shown, field_ids) if text)

    texts: Mapping[str, str] = {
        **{box: shown(field_id) for box, field_id in _SHEET_FIELDS.items()},
        **{box: spelled(field_id) for box, field_id in _SHEET_DATES.items()},
        **{box: month(field_id) for box, field_id in _SHEET_MONTHS.items()},
        "fulltime_degree": joined("fulltime_education", "fulltime_degree") or joined("education", "degree"),
        "parttime_degree": joined("parttime_education", "parttime_degree"),
        "employer": shown("employer") or joined("department", "position", by=""),
        "honours": joined("party_honours", "other_honours", by="\n"),
    }
    return MemberSheet(organisation=organisation, photo=None, **texts)


def history_paper(branch: Branch, uid: str, *, masked: bool = True) -> Document:
    """The history of one member's file."""
    file = members.member_file(branch, uid)
    if file is None:
        raise Problem(_("这名党员在回收站里。"), _("请先恢复，再打印。"))
    entries: dict[int, list[HistoryLine]] = {}
    for line in record_history(branch, uid):
        entries.setdefault(line.seq, []).append(line)
    today = clock.today()
    return history_document(
        History(
            subject=file.name,
            organisation=_place_name(branch, None, today)[0],
            until=_spelled(today),
            made_on=today,
            entries=tuple(
                HistoryEntry(
                    lines[0].at.strftime("%Y.%m.%d %H:%M"),
                    lines[0].who,
                    lines[0].source,
                    tuple(_field_change(line, masked=masked) for line in lines),
                )
                for lines in entries.values()
            ),
        )
    )


def _field_change(line: HistoryLine, *, masked: bool) -> FieldChange:
    hide = masked and line.private
    before, after = ((masked_identity(text) if hide else text) or "—" for text in (line.before, line.after))
    return FieldChange(line.field, before, after)


def card_paper(branch: Branch, key: str) -> Document:
    """The recovery card of a branch."""
    today = clock.today()
    name, _group = _place_name(branch, None, today)
    return recovery_card(RecoveryCard(name, key, today, _spelled(today), branch.person.name))


def quick_paper() -> Document:
    """The card that hangs beside the screen: keys and everyday tasks."""
    keys = (
        ("Ctrl+K", _("搜人、搜会议、搜功能")),
        ("Ctrl+Z / Ctrl+Y", _("撤销 / 恢复")),
        ("Ctrl+C / Ctrl+V", _("复制 / 粘贴（可从 Excel、WPS 粘贴）")),
        ("Ctrl+D", _("向下填充")),
        ("Ctrl+;", _("填今天的日期")),
        ("F2", _("编辑单元格")),
        ("F4", _("打开、收起明细")),
        ("F6", _("换到下一个窗格")),
        ("F8", _("下一个问题")),
        ("F11", _("专注：只留表格")),
        ("Ctrl+F", _("筛选本页")),
        ("Ctrl+N", _("新建")),
        ("Ctrl+P", _("打印")),
        ("Ctrl+= / Ctrl+-", _("放大 / 缩小字号")),
        ("Ctrl+L", _("锁定")),
        ("1 / 2 / 3", _("签到：到会 / 请假 / 缺席")),
        ("F7 / F9 / F12", _("记录里插入常用语 / 发言人 / 表决")),
        ("F1", _("帮助")),
    )
    tasks = (
        (_("导入名册"), _("“党员名册”右上角点“导入 Excel”，选去年的表，核对后导入；不对可以整批撤销。")),
        (_("改一处"), _("点中单元格直接输入，按回车；改错了按 Ctrl+Z。每次修改都有记录，可以找回。")),
        (_("打印"), _("名册点“打印名册”；登记表在右侧明细里点“打印登记表”。先看预览，再打印或存成 PDF。")),
        (_("备份"), _("程序会自动备份；点左下角的备份时间可以马上再备一份。U 盘上也放一份最稳妥。")),
        (_("忘了口令"), _("开机画面点“用恢复卡打开”，输入恢复卡上的密钥，设新口令，打印新卡。")),
    )
    note = _("支部台账 · 本机离线使用 · 只用于非涉密的一般办公记录")
    return quick_card(QuickCard(clock.today(), keys, tasks, note))


def roster_workbook(branch: Branch, choice: RosterChoice, progress: Progress = SILENT) -> bytes:
    """The roster as a workbook; every cell is text, so that numbers keep all their digits."""
    day = choice.day or clock.today()
    found = roster_on(branch, day, choice.place, choice.order)
    fields = _fields(branch, choice, day)
    organisation, group = _place_name(branch, choice.place, day)
    left = {"long_text", "text"}
    # openpyxl is slow to import, and wanted only here.
    from branchdesk.documents.xlsx import TableColumn, WorkbookTable, write_xlsx  # noqa: PLC0415

    columns = [TableColumn("序号")]
    columns += [
        TableColumn(
            field.label,
            align=Align.LEFT if field.type.name in left and field.width > 9 else Align.CENTRE,
        )
        for field in fields
    ]
    counts = found.counts
    totals = RosterTotals(counts.total, counts.full, counts.probationary, counts.women, counts.minority)
    table = WorkbookTable(
        name="党员名册",
        columns=tuple(columns),
        rows=_NumberedRows(found.rows, fields, found.around.vocabulary, choice.masked),
        title=f"{organisation}{group}党员名册",
        above=(f"填报单位：{organisation}　　截至日期：{_spelled(day)}",),
        below=(totals.sentence(), *_notes(found)),
    )
    return write_xlsx([table], clock.today(), branch.person.name, progress)


def paper_name(kind: str, *parts: str) -> str:
    """A file name that every system can hold: kind and parts joined, without the signs systems refuse."""
    text = "_".join(part for part in (*parts, kind) if part)
    cleaned = "".join("" if sign in '\\/:*?"<>|' else sign for sign in text)
    while len(cleaned.encode()) > _LONGEST_NAME:
        cleaned = cleaned[:-1]
    return cleaned.strip(" .") or kind


_LONGEST_NAME = 90
