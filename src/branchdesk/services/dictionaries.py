"""The branch's own words in dictionaries that may be extended."""

from __future__ import annotations

from branchdesk.errors import Problem
from branchdesk.forms.dictionaries import Dictionary, shipped_dictionaries
from branchdesk.i18n import _
from branchdesk.storage import dictionaries as questions
from branchdesk.storage.branch import Branch
from branchdesk.storage.changes import Changes
from branchdesk.storage.tables import dictionary_entry
from branchdesk.uids import new_uid

_LONGEST_WORD = 30


def dictionaries(branch: Branch) -> list[Dictionary]:
    """The dictionaries that members and organisations use, with the branch's own words."""
    with branch.read() as connection:
        known = questions.vocabulary(connection)
    return [known[name] for name in shipped_dictionaries()]


def add_word(branch: Branch, dictionary: str, word: str, english: str = "") -> Changes:
    """Add a word of the branch's own. Raises Problem for an empty, long or known word, or a closed list."""
    label = word.strip()
    with branch.read() as connection:
        known = questions.vocabulary(connection)[dictionary]
    if not known.open:
        raise Problem(
            _("“{name}”按国家标准编码，不能自己增加。", name=known.title), _("请从已有的内容里选。")
        )
    if not label or len(label) > _LONGEST_WORD:
        raise Problem(_("请填写 1 到 {n} 个字的名称。", n=_LONGEST_WORD))
    if known.code_of(label) is not None:
        raise Problem(_("“{name}”里已经有“{word}”。", name=known.title, word=label))
    values = {
        "dictionary": dictionary,
        "code": f"own_{new_uid()}",
        "label": label,
        "label_en": english.strip(),
    }
    with branch.change(_("字典“{name}”增加“{word}”", name=known.title, word=label)) as change:
        change.insert(dictionary_entry, values)
    return change.result
