"""What does not add up in a batch of ballots, in words (domain 6.1).

Handed out = come back + not come back; come back = valid + spoiled; the votes on each subject = valid.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from branchdesk.domain.evaluations.ballots import is_same_counter, votes_of
from branchdesk.domain.evaluations.model import BLANK, Batch, Pass, Scheme
from branchdesk.domain.names import same_name_key
from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _, later

_NO_NAMES: Mapping[str, str] = MappingProxyType({})
_ORDINALS = {1: later("第一遍"), 2: later("第二遍")}


def heads(batch: Batch, names: Mapping[str, str] = _NO_NAMES, scheme: Scheme | None = None) -> list[Finding]:
    """What does not add up in the figures of a batch and of its passes; differences are not among it.

    `names` are those of the subjects on the ballot by uid: each must then be counted, and nobody else. With a
    scheme, choices must be its grades. The field of a finding is a head of the batch or the uid of a subject.
    """
    return [
        *_heads(batch),
        *(found for one in sorted(batch.passes, key=_number) for found in _pass(batch, one, names, scheme)),
        *_counters(batch),
    ]


def _number(one: Pass) -> int:
    return one.number


def _heads(batch: Batch) -> Iterator[Finding]:
    figures = {
        "issued": (batch.issued, _("发出")),
        "returned": (batch.returned, _("收回")),
        "spoiled": (batch.spoiled, _("废票")),
    }
    for field, (figure, title) in figures.items():
        if figure is None and batch.passes:
            yield _error("head_missing", _("还没有填写{head}张数。", head=title), field)
        if figure is not None and figure < 0:
            yield _error(
                "head_negative", _("{head}不能是负数，这里写了 {n} 张。", head=title, n=figure), field
            )
    if batch.not_returned is not None and batch.not_returned < 0:
        sentence = _(
            "收回 {returned} 张，比发出的 {issued} 张还多，请核对。",
            returned=batch.returned,
            issued=batch.issued,
        )
        yield _error("more_returned", sentence, "returned")
    if batch.valid is not None and batch.valid < 0:
        sentence = _(
            "废票 {spoiled} 张，比收回的 {returned} 张还多，请核对。",
            spoiled=batch.spoiled,
            returned=batch.returned,
        )
        yield _error("more_spoiled", sentence, "spoiled")


def _pass(batch: Batch, counting: Pass, names: Mapping[str, str], scheme: Scheme | None) -> Iterator[Finding]:
    ordinal = pass_title(counting.number)
    if batch.valid is not None and counting.ballots != batch.valid:
        sentence = _(
            "{ordinal}录入有效票 {n} 张，收回 {returned} 张减去废票 {spoiled} 张应为 {valid} 张，请核对。",
            ordinal=ordinal,
            n=counting.ballots,
            returned=batch.returned,
            spoiled=batch.spoiled,
            valid=batch.valid,
        )
        yield _error("ballots_differ", sentence, "returned")
    votes = votes_of(counting)
    for subject in [*names, *sorted(votes.keys() - names.keys())]:
        name = names.get(subject, "")
        if names and not name:
            sentence = _("{ordinal}有一行不在这张测评票上，请核对。", ordinal=ordinal)
            yield _error("not_on_ballot", sentence, subject)
            continue
        yield from _row(counting, subject, name, votes.get(subject, {}), scheme)


def _row(
    counting: Pass, subject: str, name: str, votes: Mapping[str, int], scheme: Scheme | None
) -> Iterator[Finding]:
    ordinal = pass_title(counting.number)
    total = sum(votes.values())
    if any(number < 0 for number in votes.values()):
        sentence = _("{ordinal}{name}的票数不能是负数。", ordinal=ordinal, name=name)
        yield _error("votes_negative", sentence, subject)
    if total != counting.ballots:
        sentence = _(
            "{ordinal}{name}的各档票数合计 {total} 张，应与有效票 {n} 张相等，请核对。",
            ordinal=ordinal,
            name=name,
            total=total,
            n=counting.ballots,
        )
        yield _error("sum_differs", sentence, subject)
    if scheme is not None and votes.keys() - {one.code for one in scheme.grades} - {BLANK}:
        sentence = _("{ordinal}{name}有现行办法里没有的档次，请核对。", ordinal=ordinal, name=name)
        yield _error("no_such_grade", sentence, subject)


def _counters(batch: Batch) -> Iterator[Finding]:
    for one in sorted(batch.passes, key=_number):
        if not same_name_key(one.counter):
            sentence = _("{ordinal}还没有填写计票人。", ordinal=pass_title(one.number))
            yield _error("no_counter", sentence, "counter")
    first, second = batch.counting(1), batch.counting(2)
    if (
        first is None
        or second is None
        or not same_name_key(first.counter)
        or not same_name_key(second.counter)
    ):
        return
    if is_same_counter(first.counter, second.counter):
        sentence = _("两遍都由{name}录入，第二遍应由另一个人录入。", name=second.counter.strip())
        yield _error("same_counter", sentence, "counter")


def pass_title(number: int) -> str:
    """What a sentence calls a pass, in the language in use."""
    return _(_ORDINALS[number])


def _error(code: str, sentence: str, field: str) -> Finding:
    return Finding(code, Severity.ERROR, sentence, field)
