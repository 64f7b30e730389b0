"""Field types that name people of the roster: one member, or several."""

from __future__ import annotations

import re

from typing_extensions import override

from branchdesk.findings import Finding
from branchdesk.forms.dictionaries import Dictionary, Entry, Vocabulary
from branchdesk.forms.fields import SEPARATORS, Field, FieldType, Surroundings, Understood, warn
from branchdesk.forms.person_refs import PersonRef, read_people, write_people
from branchdesk.forms.spelling import half_width, person_name, without_spaces
from branchdesk.i18n import _, listed

_UID = re.compile("[0-9a-f]{32}")  # those who have left are in no list of members any more


def name_of(entry: Entry) -> str:
    """The name of a member in the list of members, without what tells namesakes apart."""
    return entry.label.partition("（")[0]


def _named(name: str, members: Dictionary | None) -> list[Entry]:
    """The members whom a name may mean: by the whole label if one fits, else by the name alone."""
    if members is None:
        return []
    labels = [entry for entry in members.entries if half_width(entry.label) == half_width(name)]
    return labels or [entry for entry in members.entries if name_of(entry) == name]


class Members(FieldType):
    """Several members, stored as 姓名@uid joined by 、 so that a name stays as it was written."""

    name = "members"
    dictionary = "member"
    single = False

    @override
    def understand(self, field: Field, plain: str, around: Surroundings) -> Understood:
        members = around.vocabulary.get(self.dictionary)
        names = [name for part in SEPARATORS.split(plain) for name in self._names(part, members)]
        people = dict.fromkeys(self._meant(name, members) for name in names)
        return Understood(write_people(people) or plain)

    @staticmethod
    def _names(part: str, members: Dictionary | None) -> list[str]:
        """The names between two separators: one, or several with gaps between them, some of them known."""
        whole, pieces = person_name(part), part.split()
        if not _named(whole, members) and any(_named(one, members) for one in pieces):
            return pieces
        return [whole] if whole else []

    @staticmethod
    def _meant(name: str, members: Dictionary | None) -> PersonRef:
        """The person of one name; without a uid where nobody or more than one member has it."""
        by_uid = members.by_code if members is not None else {}
        bare, _at, uid = name.partition("@")
        if bare and (uid in by_uid or _UID.fullmatch(uid)):
            return PersonRef(bare, uid)
        candidates = [by_uid[name]] if name in by_uid else _named(name, members)
        if len(candidates) == 1:
            return PersonRef(name_of(candidates[0]), candidates[0].code)
        return PersonRef(name.replace("@", "＠"))

    @override
    def check(self, field: Field, value: str, around: Surroundings) -> tuple[Finding, ...]:
        people = read_people(value)
        if self.single and len(people) > 1:
            return warn(field, "one_person", _("这里只填一个人，写了 {n} 个。", n=len(people)))
        members = around.vocabulary.get(self.dictionary)
        if members is None:
            return ()
        return tuple(
            finding
            for person in people
            if person.uid is None
            for finding in warn(field, "not_in_roster", self._doubt(person.name, members))
        )

    @staticmethod
    def _doubt(name: str, members: Dictionary) -> str:
        """Why a name is not joined to a member."""
        namesakes = _named(name, members)
        if len(namesakes) > 1:
            labels = listed(entry.label for entry in namesakes)
            return _(
                "叫“{name}”的有 {n} 人（{labels}），请选一人。", name=name, n=len(namesakes), labels=labels
            )
        if namesakes:
            return _("“{name}”还没有对上党员名册里的人，请重新选一次。", name=name)
        return _("党员名册里没有“{name}”，只记下姓名，请核对。", name=name)

    @override
    def show(self, field: Field, value: str | None, vocabulary: Vocabulary) -> str:
        people = read_people(value)
        return listed(person.name for person in people) if people else without_spaces(value or "")


class Member(Members):
    """One member, stored as 姓名@uid."""

    name = "member"
    single = True
