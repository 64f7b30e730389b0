"""Who holds the posts that a form of inspection names as responsible for its lines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from branchdesk.domain.committee import posts_on
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.i18n import listed
from branchdesk.storage import members, organisations
from branchdesk.storage.branch import Branch


def holders_of(branch: Branch, organisation: str, day: date, posts: Iterable[str]) -> dict[str, str]:
    """The names of those who hold each of `posts`, written as forms write them, on a day.

    Posts that nobody holds are left out, and words that are none, as 各支委. Where nobody is known to hold
    one on that day, those count of whom nobody knows since when, as in the facts.
    """
    words = shipped_dictionaries()["post"]
    codes = {post: code for post in posts if (code := words.code_of(post))}
    if not codes:
        return {}
    with branch.read() as connection:
        seats = [one for _uid, one in organisations.posts(connection) if one.organisation == organisation]
        names = {uid: name for uid, name, _number in members.members_by_name(connection)}
    held = posts_on(seats, day)
    held = held or [one for one in seats if one.since is None and one.until is None]
    found = {}
    for post, code in codes.items():
        people = dict.fromkeys(names[one.member] for one in held if one.code == code and one.member in names)
        if people:
            found[post] = listed(people)
    return found
