"""The two ways to go wrong: a Problem is the world's doing, anything else is ours."""

from __future__ import annotations

from branchdesk.i18n import joined


class Problem(Exception):
    """What the world or the clerk did that stops the work: a calm sentence and the way out.

    `sentence` says what happened and where, `advice` how to mend it; both in the language of the window.
    """

    def __init__(self, sentence: str, advice: str = "") -> None:
        super().__init__(sentence, advice)
        self.sentence = sentence
        self.advice = advice

    def __str__(self) -> str:
        return joined(self.sentence, self.advice)
