"""The shelf of forms: those that ship, those received from above and those made here, in this order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from pathlib import Path

from branchdesk.forms.activities import shipped_activities
from branchdesk.forms.declarations import Form
from branchdesk.forms.form_reading import read_form, read_form_text
from branchdesk.forms.toml_files import FormMistake, TomlFile
from branchdesk.forms.words import SUBJECTS
from branchdesk.i18n import _
from branchdesk.paths import form_folder

SHIPPED, RECEIVED, HERE = "shipped", "received", "here"
_ORIGINS = (RECEIVED, HERE)
_NEARNESS = (SHIPPED, RECEIVED, HERE)


@dataclass(frozen=True, slots=True)
class StoredForm:
    """A released form that a branch file keeps: its TOML, where it comes from, the day it takes effect."""

    kind: str
    version: int
    origin: str
    content: str
    effective_from: date | None = None

    @property
    def name(self) -> str:
        """What mistakes call it."""
        return f"{self.kind}/{self.version}"


@dataclass(frozen=True, slots=True)
class _Place:
    """One version of a kind on the shelf, not read yet."""

    origin: str
    source: Path | StoredForm
    effective_from: date | None = None


class Shelf:
    """All forms by kind and version.

    Of one kind and version that ships and is stored as well, the shipped one counts, then the received one.
    """

    def __init__(self, more: Sequence[StoredForm] = ()) -> None:
        self._places: dict[str, dict[int, _Place]] = {
            kind: dict(versions) for kind, versions in _shipped_places().items()
        }
        for stored in sorted(more, key=lambda form: _ORIGINS.index(form.origin)):
            place = _Place(stored.origin, stored, stored.effective_from)
            self._places.setdefault(stored.kind, {}).setdefault(stored.version, place)

    def form(self, kind: str, version: int | None = None, on: date | None = None) -> Form:
        """A form in one version, or its newest: of all, or of those in force `on` a day.

        Raises KeyError for a kind or version that no place has, FormMistake where its text is wrong. Where
        every version takes effect only after the day, the first one stands in, by analogy.
        """
        number = self._newest(kind, on) if version is None else version
        return _read(kind, number, self._places[kind][number])

    def _newest(self, kind: str, on: date | None) -> int:
        places = self._places[kind]
        in_force = [
            version
            for version, place in places.items()
            if on is None or place.effective_from is None or place.effective_from <= on
        ]
        return max(in_force) if in_force else min(places)

    def versions(self, kind: str) -> list[int]:
        """The versions of a kind, oldest first; none for a kind that no place has."""
        return sorted(self._places.get(kind, {}))

    def origin(self, kind: str, version: int | None = None) -> str:
        """Where a form comes from: shipped, received or here. KeyError if unknown."""
        return self._places[kind][self._newest(kind, None) if version is None else version].origin

    def kinds(self, subject: str | None = None, on: date | None = None) -> list[str]:
        """The kinds whose newest form can be read, in the order of `newest`."""
        return [form.kind for form in self.newest(on) if subject in {None, form.subject}]

    def newest(self, on: date | None = None) -> list[Form]:
        """The newest readable form of each kind: by subject, meetings as clerks name them, then by kind."""
        forms = [form for kind in self._places for form in self._readable(kind, on)]
        return sorted(forms, key=_rank)

    def inspections(self, on: date | None = None) -> list[Form]:
        """The newest readable forms that are inspections, the shipped ones first."""
        found = [form for form in self.newest(on) if form.inspection is not None]
        return sorted(found, key=lambda form: self.origin(form.kind) != SHIPPED)

    def point_schemes(self, on: date | None = None) -> list[Form]:
        """The newest readable forms that are points schemes, those made here first, the shipped ones last."""
        found = [form for form in self.newest(on) if form.points is not None]
        return sorted(found, key=lambda form: -_NEARNESS.index(self.origin(form.kind)))

    def evaluation_kinds(self, on: date | None = None) -> list[Form]:
        """The newest readable forms that are schemes of evaluation, the shipped ones first."""
        found = [form for form in self.newest(on) if form.evaluation is not None]
        return sorted(found, key=lambda form: self.origin(form.kind) != SHIPPED)

    def _readable(self, kind: str, on: date | None) -> list[Form]:
        try:
            return [self.form(kind, on=on)]
        except FormMistake:
            return []

    @cached_property
    def mistakes(self) -> tuple[FormMistake, ...]:
        """What is wrong with the forms that cannot be read, in the order of kinds and versions."""
        found = []
        for kind in sorted(self._places):
            for version in self.versions(kind):
                try:
                    self.form(kind, version)
                except FormMistake as mistake:
                    found.append(mistake)
        return tuple(found)


@lru_cache(maxsize=1024)
def _read(kind: str, version: int, place: _Place) -> Form:
    """The form of one place, refused where it is not the one that it is kept as."""
    source = place.source
    if isinstance(source, StoredForm):
        name, form = source.name, read_form_text(source.content, source.name)
    else:
        name, form = "/".join(source.parts[-2:]), read_form(TomlFile(source))
    if form.kind != kind:
        raise FormMistake(
            name, "kind", _("写的是“{found}”，这里应该是“{kind}”。", found=form.kind, kind=kind)
        )
    if form.version != version:
        reason = _("写的是 {found}，这里应该是 {version}。", found=form.version, version=version)
        raise FormMistake(name, "version", reason)
    return form


def _rank(form: Form) -> tuple[int, int, str]:
    activities = [rule.id for rule in shipped_activities()]
    counts = form.meeting.counts if form.meeting is not None else ()
    first = min((activities.index(activity) for activity in counts), default=len(activities))
    return SUBJECTS.index(form.subject), first, form.kind


@cache
def _shipped_places() -> dict[str, dict[int, _Place]]:
    """The shipped kinds with their versions: the newest one in `form.toml`, the others in `older`."""
    places: dict[str, dict[int, _Place]] = {}
    for path in sorted(form_folder().glob("*/form.toml")):
        newest = TomlFile(path).number("version")
        older = {int(one.stem): one for one in path.parent.glob("older/*.toml")}
        sources = {**older, newest: path}
        places[path.parent.name] = {version: _Place(SHIPPED, sources[version]) for version in sorted(sources)}
    return places


@cache
def shipped_shelf() -> Shelf:
    """The shelf of the forms that ship with the program, and no others."""
    return Shelf()
