"""What a forking server loads once so that its children need not: forms, words, readings of names."""

from __future__ import annotations

from branchdesk.domain.name_search import fit
from branchdesk.domain.names import pinyin_key, stroke_key
from branchdesk.forms.dictionaries import shipped_dictionaries
from branchdesk.forms.rules import shipped_rules
from branchdesk.services import backups, organisations
from branchdesk.services.member_edits import member_form
from branchdesk.storage import derived

LOADED = (
    member_form(),
    organisations.profile_form(),
    shipped_dictionaries(),
    shipped_rules(),
    pinyin_key("李明"),
    stroke_key("李明"),
    fit("lm", "李明"),
    derived.edition(),
    backups,
)
