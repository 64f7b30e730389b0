"""What the records say to the questions of a form, remembered until the records change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from weakref import WeakKeyDictionary

from branchdesk.domain.inspections.model import Fact, Inspection
from branchdesk.forms.language import Form
from branchdesk.i18n import spoken
from branchdesk.services.inspections.facts import answer_facts
from branchdesk.services.inspections.schemes import fact_names
from branchdesk.services.inspections.sheets import period_of_form
from branchdesk.storage.branch import Branch
from branchdesk.storage.journal import chain_head

_Head = tuple[int, str]  # number and hash of the newest change
_Asked = tuple[_Head, tuple[object, ...]]  # when and what
_MOST = 8  # answers that are kept for one open file: the quarter at hand and those it is compared with
_KEPT: WeakKeyDictionary[Branch, dict[_Asked, Mapping[str, Fact]]] = WeakKeyDictionary()


def facts_for(branch: Branch, form: Form, one: Inspection, today: date) -> Mapping[str, Fact]:
    """What the records say now to the questions that a form asks about the period of an inspection.

    A window asks again after each key; as long as nothing but answers was written since, what the records say
    is the same.
    """
    period, names = period_of_form(form, one), tuple(fact_names(form))
    asked: _Asked = (_head(branch), (one.organisation, period, names, today, spoken()))
    kept = _KEPT.get(branch, {})
    found = kept.get(asked)
    if found is None:
        found = answer_facts(branch, one.organisation, period, names, today)
        newer = {key: held for key, held in kept.items() if key[0] == asked[0]}
        _KEPT[branch] = dict([*newer.items(), (asked, found)][-_MOST:])
    return found


def carry_over(branch: Branch, seq: int) -> None:
    """Go on remembering after change `seq`, in which nothing but answers to inspections was written.

    Where something else was written before or after it, the records are asked again.
    """
    head, kept = _head(branch), _KEPT.get(branch, {})
    if head[0] == seq:
        _KEPT[branch] = {(head, what): held for (then, what), held in kept.items() if then[0] == seq - 1}


def _head(branch: Branch) -> _Head:
    with branch.read() as connection:
        return chain_head(connection)
