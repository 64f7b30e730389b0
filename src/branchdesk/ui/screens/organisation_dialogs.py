"""The dialogs of the organisation screen: founding, renaming, dissolving, terms and posts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget
from typing_extensions import override

from branchdesk import clock
from branchdesk.domain.committee import Post
from branchdesk.domain.members import State
from branchdesk.domain.names import same_name_key
from branchdesk.domain.organisations import CHILDREN, OrganisationKind
from branchdesk.errors import Problem
from branchdesk.forms.date_spelling import read_date
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.i18n import _, choose
from branchdesk.partial_dates import PartialDate
from branchdesk.services import organisations
from branchdesk.services.members import vocabulary_of
from branchdesk.services.organisations import OrganisationFile
from branchdesk.services.rosters import PINYIN, Place, Roster, RosterRow
from branchdesk.ui.desk import Desk
from branchdesk.ui.dialogs import FormDialog
from branchdesk.ui.widgets.texts import Note

# Headings name the organisation.
_WIDTH = 540


class _OrganisationDialog(FormDialog):
    """A form about one organisation whose saving is one change."""

    def __init__(self, heading: str, verb: str, desk: Desk, file: OrganisationFile, parent: QWidget) -> None:
        super().__init__(heading, verb, parent, width=_WIDTH)
        self.desk = desk
        self.file = file

    def change(self) -> Callable[[], object]:
        """What saving stores. Raises Problem for what is typed wrongly."""
        raise NotImplementedError

    @override
    def act(self) -> None:
        self.desk.adopt(self.change()())


def _day(line: QLineEdit) -> PartialDate | None:
    """The date in a line; None for an empty one. Raises Problem for one that cannot be read."""
    if not line.text().strip():
        return None
    reading = read_date(line.text(), clock.today(), typed=True)
    if reading.value is None:
        raise Problem(reading.error)
    return reading.value


def _full_day(line: QLineEdit) -> date:
    """The full date in a line. Raises Problem where it is not known to the day."""
    found = _day(line)
    if found is None or not found.is_full:
        raise Problem(_("请写到哪一天，如 2026.06.29。"))
    return found.first_day()


class NewOrganisationDialog(_OrganisationDialog):
    """Founds an organisation or group below another."""

    def __init__(self, desk: Desk, file: OrganisationFile, parent: QWidget) -> None:
        super().__init__(_("在“{name}”下设立组织", name=file.name), _("设立"), desk, file, parent)
        self.setObjectName("new_organisation")
        shown = vocabulary_of(desk.branch)["org_kind"].shown
        kinds = [kind for kind in OrganisationKind if kind in CHILDREN[file.kind]]
        self.kind = self.box(_("类别"), [(shown(kind.value), kind) for kind in kinds])
        self.full_name = self.line(_("全称"), hint=_("党小组写“第一党小组”即可"))
        self.short_name = self.line(_("简称"), hint=_("可不填"))

    @override
    def change(self) -> Callable[[], object]:
        return partial(
            organisations.add_organisation,
            self.desk.branch,
            self.file.uid,
            OrganisationKind(self.kind.currentData()),
            self.full_name.text(),
            self.short_name.text(),
        )


class RenameDialog(_OrganisationDialog):
    """Gives an organisation another name from a day on."""

    def __init__(self, desk: Desk, file: OrganisationFile, parent: QWidget) -> None:
        super().__init__(_("{name} 更名", name=file.name), _("更名"), desk, file, parent)
        self.setObjectName("rename_organisation")
        self.body.insertWidget(
            0, Note(_("从这一天起用新名称；以前的名册仍印原来的名称。写错了的名称请直接在信息里改。"))
        )
        self.full_name = self.line(_("新的全称"), file.values.get("full_name") or "")
        self.short_name = self.line(_("新的简称"), file.values.get("short_name") or "")
        self.from_day = self.line(_("从哪天起"), PartialDate.of(clock.today()).shown())

    @override
    def change(self) -> Callable[[], object]:
        if not self.full_name.text().strip():
            raise Problem(_("请填写新的全称。"))
        return partial(
            organisations.rename_from,
            self.desk.branch,
            self.file.uid,
            self.full_name.text(),
            self.short_name.text(),
            _full_day(self.from_day),
        )


class DissolveDialog(_OrganisationDialog):
    """Ends an organisation on a day."""

    def __init__(self, desk: Desk, file: OrganisationFile, parent: QWidget) -> None:
        super().__init__(_("撤销 {name}", name=file.name), _("撤销组织"), desk, file, parent)
        self.setObjectName("dissolve_organisation")
        self.body.insertWidget(0, Note(_("撤销前请先把党员调到别的组织；以前的名册不受影响。")))
        self.on_day = self.line(_("撤销日期"), PartialDate.of(clock.today()).shown())

    @override
    def change(self) -> Callable[[], object]:
        return partial(organisations.dissolve, self.desk.branch, self.file.uid, _full_day(self.on_day))


class TermDialog(_OrganisationDialog):
    """Enters the election of a committee, or corrects a term."""

    def __init__(
        self, desk: Desk, file: OrganisationFile, parent: QWidget, term: Mapping[str, Any] | None = None
    ) -> None:
        heading = _("更正届次") if term else _("登记换届")
        super().__init__(f"{heading} · {file.name}", _("保存"), desk, file, parent)
        self.setObjectName("term")
        self._term = term
        shown = {key: _shown(term[key]) for key in ("elected_on", "due_on", "ended_on")} if term else {}
        self.number = self.line(_("届次"), (term or {}).get("number") or "", _("如 第三届"))
        self.elected = self.line(_("当选日期"), shown.get("elected_on", ""), _("如 2026.06.29"))
        if term:
            self.due = self.line(_("届满日期"), shown["due_on"])
            self.ended = self.line(_("结束日期"), shown["ended_on"])
            self.note = self.line(_("说明"), term["note"] or "", _("如 经批准延期"))

    @override
    def change(self) -> Callable[[], object]:
        term = self._term
        if term is None:
            return partial(
                organisations.begin_term,
                self.desk.branch,
                self.file.uid,
                self.number.text(),
                _full_day(self.elected),
            )
        values = {
            "number": self.number.text().strip() or None,
            "elected_on": _written(_day(self.elected)),
            "due_on": _written(_day(self.due)),
            "ended_on": _written(_day(self.ended)),
            "note": self.note.text().strip() or None,
        }
        return partial(organisations.set_term, self.desk.branch, term["uid"], values)


class PostDialog(_OrganisationDialog):
    """Enters that a member holds a post, or corrects and ends one."""

    def __init__(
        self, desk: Desk, file: OrganisationFile, parent: QWidget, held: tuple[str, Post] | None = None
    ) -> None:
        if held is None:
            heading, about = _("登记任职"), file.name
        else:
            names = organisations.names_of(desk.branch, [held[1].member])
            heading, about = _("更正任职"), names.get(held[1].member, "")
        super().__init__(f"{heading} · {about}", _("保存"), desk, file, parent)
        self.setObjectName("post")
        self._held = held
        vocabulary = vocabulary_of(desk.branch)
        self._people: list[tuple[str, str, str]] = []
        if held is None:
            self._people = _told_apart(_members(desk, file), vocabulary)
            self.member = self.box(_("姓名"), [(words, uid) for words, _name, uid in self._people])
            self._let_type(self.member)
        post = held[1] if held else None
        entries = [(entry.shown(), entry.code) for entry in vocabulary["post"].entries]
        self.code = self.box(_("职务"), entries, post.code if post else None)
        self.code.setPlaceholderText(_("请选择职务"))
        if post is None:
            self.code.setCurrentIndex(-1)
        self.since = self.line(_("任职日期"), _shown_date(post.since if post else None), _("如 2026.06.29"))
        self.until = self.line(_("卸任日期"), _shown_date(post.until if post else None), _("现任不填"))
        if held:
            self.add_button(_("删除这条"), self._remove, look="danger", name="remove", apart=True)

    @staticmethod
    def _let_type(box: QComboBox) -> None:
        """Let the clerk type a name; what fits is offered below and never chosen by itself."""
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.setCurrentIndex(-1)
        line, completer = box.lineEdit(), box.completer()
        if line is not None:
            line.setPlaceholderText(_("请选择或输入姓名"))
        if completer is not None:
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)

    def _member(self) -> str:
        """Who was chosen or typed. Raises Problem where that is nobody, or nobody knows who."""
        typed = self.member.currentText().strip()
        if not typed:
            raise Problem(_("请选择或输入姓名。"))
        if self.member.currentIndex() >= 0 and typed == self.member.itemText(self.member.currentIndex()):
            return str(self.member.currentData())
        key = same_name_key(typed)
        fitting = [uid for words, name, uid in self._people if key in map(same_name_key, (words, name))]
        if not fitting:
            raise Problem(_("名册里没有“{name}”。", name=typed), _("请从列表中选择。"))
        if len(fitting) > 1:
            raise Problem(_("名册里有 {n} 个“{name}”，请从列表中选择。", n=len(fitting), name=typed))
        return fitting[0]

    @override
    def change(self) -> Callable[[], object]:
        branch = self.desk.branch
        member = self._member() if self._held is None else ""
        if self.code.currentIndex() < 0:
            raise Problem(_("请选择职务。"))
        since, until = _day(self.since), _day(self.until)
        if since and until and until.surely_before(since):
            raise Problem(_("卸任日期早于任职日期。"))
        code = self.code.currentData()
        if self._held is not None:
            values = {"code": code, "since": _written(since), "until": _written(until)}
            return partial(organisations.set_post, branch, self._held[0], values)
        return partial(organisations.appoint, branch, self.file.uid, member, code, since, until)

    def _remove(self) -> None:
        if self._held is not None:
            self.desk.do(
                partial(organisations.remove_post, self.desk.branch, self._held[0]), _("记录已删除。")
            )
        self.accept()


def _members(desk: Desk, file: OrganisationFile) -> list[RosterRow]:
    """The members of an organisation by the sound of their names."""
    roster = Roster(desk.branch)
    roster.sort(PINYIN)
    roster.choose(Place(file.uid, (State.ACTIVE,)))
    return roster.rows(range(len(roster)))


def _told_apart(rows: Sequence[RosterRow], vocabulary: Vocabulary) -> list[tuple[str, str, str]]:
    """Words, name and uid of members; whoever has a namesake is told apart by what is known of him.

    No two words are the same.
    """
    names = Counter(same_name_key(row.values["name"] or "") for row in rows)
    seen: Counter[str] = Counter()
    people = []
    for row in rows:
        name = row.values["name"] or ""
        words = name
        if names[same_name_key(name)] > 1:
            facts = _facts(row, vocabulary)
            words = _("{name}（{facts}）", name=name, facts=facts) if facts else name
        seen[words] += 1
        if seen[words] > 1:
            words = _("{words}，第 {n} 人", words=words, n=seen[words])
        people.append((words, name, row.uid))
    return people


def _facts(row: RosterRow, vocabulary: Vocabulary) -> str:
    """Sex, month of birth and the end of the number, or else the group, as far as they are known."""
    values = row.values
    born, number = PartialDate.read(values["born_on"]), values["id_number"]
    group = vocabulary["group"].shown(values["group"])
    facts = [
        vocabulary["sex"].shown(values["sex"]),
        PartialDate(born.year, born.month).shown() if born else "",
        _("尾号 {tail}", tail=number[-4:]) if number else group,
    ]
    return choose("，", ", ").join(fact for fact in facts if fact)


def _shown(text: str | None) -> str:
    return _shown_date(PartialDate.read(text))


def _shown_date(day: PartialDate | None) -> str:
    return day.shown() if day else ""


def _written(day: PartialDate | None) -> str | None:
    return day.written() if day else None
