"""Which form a year's points are counted by."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from branchdesk import clock
from branchdesk.errors import Problem
from branchdesk.forms.declarations import Form
from branchdesk.i18n import _
from branchdesk.storage.points import scheme_entered
from branchdesk.storage.records import form_at_hand, shelf_of


def scheme_form(connection: Connection, organisation: str, year: int) -> Form:
    """The form of the scheme by which an organisation counts the points of a year.

    It is of the kind that the year's entries were made under, without any the one made here, received from
    above or shipped, whichever comes first. Its version is the one in force when the year began; once the
    year is over, the highest that was entered under, so that what was published is never counted otherwise.
    Raises Problem where that form cannot be read.
    """
    shelf = shelf_of(connection)
    first = date(year, 1, 1)
    entered = scheme_entered(connection, organisation, year)
    if entered is None:
        return _first_of(shelf.point_schemes(first))
    kind, version = entered
    known = {form.kind: form for form in shelf.point_schemes(first)}
    if year < clock.today().year or kind not in known:
        return form_at_hand(shelf, kind, version)
    return known[kind]


def _first_of(forms: list[Form]) -> Form:
    if not forms:
        raise Problem(_("没有可以使用的积分办法。"), _("请在“表单设计”里查看积分办法的表单。"))
    return forms[0]
