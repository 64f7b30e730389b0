"""Field types for dates and for the time of a meeting."""

from __future__ import annotations

from datetime import time

from typing_extensions import override

from branchdesk.findings import Finding
from branchdesk.forms.date_spelling import read_date
from branchdesk.forms.dictionaries import Vocabulary
from branchdesk.forms.fields import Field, FieldType, Surroundings, Understood, error, warn
from branchdesk.forms.time_spans import TimeSpan, span_of
from branchdesk.forms.time_spelling import read_span
from branchdesk.i18n import _
from branchdesk.partial_dates import PartialDate

_DAWN = time(6)


class DateField(FieldType):
    """A date with its precision, stored as ISO 8601 reduced precision."""

    name = "date"

    @override
    def understand(self, field: Field, plain: str, around: Surroundings) -> Understood:
        reading = read_date(plain, around.today, typed=around.typed)
        if reading.value is None:
            return Understood(plain)
        doubt = warn(field, "date_doubt", reading.doubt) if reading.doubt else ()
        return Understood(reading.value.written(), doubt)

    @override
    def check(self, field: Field, value: str, around: Surroundings) -> tuple[Finding, ...]:
        when = PartialDate.read(value)
        if when is None:
            reading = read_date(value, around.today)
            return error(field, "date", reading.error or _("请重新输入这个日期。"))
        if when.first_day() > around.today and not field.future:
            return warn(field, "future", _("{date} 还没有到，请核对。", date=when.shown()))
        return ()

    @override
    def show(self, field: Field, value: str | None, vocabulary: Vocabulary) -> str:
        when = PartialDate.read(value)
        return when.shown() if when else value or ""

    @override
    def spelled(self, field: Field, value: str | None, vocabulary: Vocabulary) -> str:
        when = PartialDate.read(value)
        return when.spelled() if when else value or ""


class TimeSpanField(FieldType):
    """The time of a meeting: its day, and the clock times of beginning and end as far as known."""

    name = "time_span"

    @override
    def understand(self, field: Field, plain: str, around: Surroundings) -> Understood:
        reading = read_span(plain, around.today, typed=around.typed)
        if reading.value is None:
            return Understood(plain)
        doubts = tuple(finding for doubt in reading.doubts for finding in warn(field, "date_doubt", doubt))
        return Understood(reading.value, doubts)

    @override
    def check(self, field: Field, value: str, around: Surroundings) -> tuple[Finding, ...]:
        span = span_of(value)
        if span is not None:
            return self._check_span(field, span, around)
        if PartialDate.read(value) is not None:
            return error(field, "time_span", _("没有写是哪一天，请补上日期。"))
        reading = read_span(value, around.today)
        return error(field, "time_span", reading.error or _("请重新输入这个时间。"))

    @staticmethod
    def _check_span(field: Field, span: TimeSpan, around: Surroundings) -> tuple[Finding, ...]:
        if span.start is not None and span.end is not None and span.end <= span.start:
            sentence = _(
                "结束时间 {end:%H:%M} 不在开始时间 {start:%H:%M} 之后。", end=span.end, start=span.start
            )
            return error(field, "time_span_order", sentence)
        findings: tuple[Finding, ...] = ()
        if span.day > around.today and not field.future:
            day = PartialDate.of(span.day)
            findings += warn(field, "future", _("{date} 还没有到，请核对。", date=day.shown()))
        if span.start is not None and span.start < _DAWN:
            sentence = _("{start:%H:%M} 是凌晨，请核对是不是下午。", start=span.start)
            findings += warn(field, "before_dawn", sentence)
        return findings

    @override
    def show(self, field: Field, value: str | None, vocabulary: Vocabulary) -> str:
        span, when = span_of(value), PartialDate.read(value)
        if span is None:
            return when.shown() if when else value or ""
        return span.shown()

    @override
    def spelled(self, field: Field, value: str | None, vocabulary: Vocabulary) -> str:
        span, when = span_of(value), PartialDate.read(value)
        if span is None:
            return when.spelled() if when else value or ""
        return span.spelled()
