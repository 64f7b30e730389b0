"""A report on a bug holds where it happened and nothing that a clerk has typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from branchdesk import log
from branchdesk.forms.field_types import FIELD_TYPES
from branchdesk.ui.bug_report import diagnosis, report_of
from branchdesk.ui.fields.editors import FIELD_EDITORS
from support.stage import Stage

pytestmark = pytest.mark.usefixtures("qapp")
SECRET = "周建国 999999196803120117"


def broken(typed: str) -> None:
    """Fails as a program fails: with what it was working on in the message."""
    try:
        int(typed)
    except ValueError as cause:
        raise RuntimeError(f"cannot store {typed}") from cause


def bug() -> RuntimeError:
    with pytest.raises(RuntimeError) as caught:
        broken(SECRET)
    return caught.value


def test_a_report_names_the_place_and_the_kinds_of_the_faults() -> None:
    report = report_of(bug())
    assert "RuntimeError < ValueError" in report
    assert f"{Path(__file__).name}:" in report
    assert "broken" in report
    assert diagnosis().splitlines()[0] in report


def test_a_report_holds_nothing_that_was_typed(home: Path) -> None:
    log.start_log()
    assert SECRET not in report_of(bug())
    assert "周建国" not in report_of(bug())
    assert str(home) not in report_of(bug())


def test_a_fault_in_a_command_is_told_calmly_and_the_work_goes_on(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    window = stage.open()

    def fail(_progress: object) -> None:
        broken(SECRET)

    window.jobs.run("正在试", fail, lambda _result: None)
    stage.wait_for_jobs()
    stage.wait(lambda: any(one.objectName() == "bug" for one in stage.application.topLevelWidgets()))
    stage.close_dialogs()
    assert len(stage.roster().roster) == 24
    assert "a job failed: RuntimeError < ValueError" in caplog.text
    assert "周建国" not in caplog.text


def test_every_field_type_has_an_editor() -> None:
    assert set(FIELD_EDITORS) == set(FIELD_TYPES)
