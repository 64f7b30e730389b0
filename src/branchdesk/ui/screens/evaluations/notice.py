"""The banner of an evaluation: what there is to look at, the gravest first, one at a time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from branchdesk.findings import Finding, Severity
from branchdesk.i18n import _, joined
from branchdesk.ui.widgets.messages import Banner

_TONES = {Severity.NOTE: "info", Severity.WARN: "warn", Severity.ERROR: "err"}


class FindingNotice(Banner):
    """Shows one finding of several.

    `all_wanted` asks for the list of them all, `place_wanted` for what the only one is about.
    """

    all_wanted = Signal()
    place_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.findings: tuple[Finding, ...] = ()
        self._place = 0
        self.pressed.connect(self._ask)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show the gravest of the findings that warn; mere notes stay in the list."""
        wanted = tuple(sorted((one for one in findings if one.severity > Severity.NOTE), key=_weight))
        if wanted != self.findings:
            self._place = 0
        self.findings = wanted
        self._show()

    def step(self, *, backwards: bool) -> Finding | None:
        """Show the next finding, or the one before; None where there is none."""
        if not self.findings:
            return None
        self._place = (self._place + (-1 if backwards else 1)) % len(self.findings)
        self._show()
        return self.findings[self._place]

    def _ask(self) -> None:
        if len(self.findings) > 1:
            self.all_wanted.emit()
        elif self.findings:
            self.place_wanted.emit(self.findings[0])

    def _show(self) -> None:
        if not self.findings:
            self.say("info", "")
            return
        one, count = self.findings[self._place], len(self.findings)
        more = _("（{n}/{count}，F8 看下一条）", n=self._place + 1, count=count) if count > 1 else ""
        self.say(_TONES[one.severity], joined(one.sentence, more), _("看全部") if count > 1 else _("去看"))
        self.setToolTip(one.rule)


def _weight(finding: Finding) -> int:
    return -finding.severity
