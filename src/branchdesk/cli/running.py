"""Runs a command and sees to it that every end of it has a sentence and an exit code."""

from __future__ import annotations

import logging
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence

from branchdesk import paths
from branchdesk.cli.console import complain, ready_streams, warn
from branchdesk.cli.endings import MEANINGS, Ending
from branchdesk.cli.help_page import PROGRAM
from branchdesk.cli.parsing import WrongUsage, parse, wanted_language
from branchdesk.errors import Problem
from branchdesk.i18n import _, speak
from branchdesk.jobs.progress import Cancelled
from branchdesk.log import note_fault, start_log
from branchdesk.settings import load_settings

_log = logging.getLogger(__name__)


def run(argv: Sequence[str]) -> int:
    """Carry out the command in `argv`; returns the exit code. Nothing is raised."""

    def work() -> int:
        start_log()
        speak(wanted_language(argv, load_settings().language))
        asked = parse(argv)
        return _work_of(asked.command)(asked)

    return _ended(work)


def demonstrate() -> int:
    """Do the work on the sample branch, for where no window can open; returns the exit code."""

    def work() -> int:
        start_log()
        speak(load_settings().language)
        from branchdesk.cli.demonstration import show_sample_work  # noqa: PLC0415 - heavy, as below

        return show_sample_work()

    return _ended(work)


def _work_of(command: str) -> Callable[[Namespace], Ending]:
    """What carries out a command.

    Each command imports only what it needs: the help must not wait for SQL, fonts and workbooks.
    """
    work: Mapping[str, Callable[[Namespace], Ending]]
    match command:
        case "create" | "people":
            from branchdesk.cli import founding  # noqa: PLC0415

            work = {"create": founding.create, "people": founding.list_people}
        case "import-roster":
            from branchdesk.cli import roster_import  # noqa: PLC0415

            work = {"import-roster": roster_import.import_roster}
        case "print" | "export-roster":
            from branchdesk.cli import papers  # noqa: PLC0415

            work = {"print": papers.print_paper, "export-roster": papers.export_roster}
        case "meetings" | "meeting" | "print-meeting" | "print-volume":
            from branchdesk.cli import meetings  # noqa: PLC0415

            work = {
                "meetings": meetings.list_meetings,
                "meeting": meetings.show_meeting,
                "print-meeting": meetings.print_meeting,
                "print-volume": meetings.print_volume,
            }
        case "inspections" | "inspection" | "print-inspection" | "print-ledger" | "dossier" | "fill-template":
            from branchdesk.cli import inspections  # noqa: PLC0415

            work = {
                "inspections": inspections.list_inspections,
                "inspection": inspections.show_inspection,
                "print-inspection": inspections.print_inspection,
                "print-ledger": inspections.print_ledger,
                "dossier": inspections.write_proofs,
                "fill-template": inspections.fill_workbook,
            }
        case "check-form" | "render-form":
            from branchdesk.cli import forms  # noqa: PLC0415

            work = {"check-form": forms.check_form, "render-form": forms.render_form}
        case "backup" | "restore":
            from branchdesk.cli import safekeeping  # noqa: PLC0415

            work = {"backup": safekeeping.back_up, "restore": safekeeping.restore}
        case "check" | "history":
            from branchdesk.cli import examination, history  # noqa: PLC0415

            work = {"check": examination.check, "history": history.show_history}
        case _:
            work = _work_on_members()
    return work[command]


def _work_on_members() -> Mapping[str, Callable[[Namespace], Ending]]:
    """What carries out the commands of daily records, points and evaluations."""
    from branchdesk.cli import daily, evaluations, points  # noqa: PLC0415

    return {
        "daily": daily.list_daily,
        "print-daily": daily.print_daily,
        "points": points.list_points,
        "print-points": points.print_points,
        "evaluations": evaluations.list_evaluations,
        "evaluation": evaluations.show_evaluation,
        "print-evaluation": evaluations.print_evaluation,
    }


def _ended(work: Callable[[], int]) -> int:
    """The exit code of some work; whatever stops it is told in a sentence."""
    ready_streams()
    try:
        return int(work())
    except SystemExit:  # the help or the version was shown
        return Ending.FINE
    except (Cancelled, KeyboardInterrupt):
        warn("")
        warn(_("已停止，什么都没有改动。"))
        return Ending.STOPPED
    except Exception as stopped:  # noqa: BLE001 - the one place where a command's bug ends (design 7)
        return _told(stopped)


def _told(stopped: Exception) -> Ending:
    """How a command ends that was stopped, after its sentence was told."""
    match stopped:
        case WrongUsage():
            page = " ".join(part for part in (PROGRAM, stopped.command, "--help") if part)
            complain(Problem(stopped.sentence, _("写法见 {page}", page=page)))
            return Ending.USAGE
        case Problem():
            complain(stopped)
            return Ending.PROBLEM
        case OSError():
            note_fault(_log, "a command failed", stopped)
            complain(_refused_by_system(stopped))
            return Ending.PROBLEM
        case _:
            note_fault(_log, "a command failed", stopped)
            log = str(paths.log_folder() / "branchdesk.log")
            advice = _("请把 {log} 交给维护人员；里面没有党员信息。", log=log)
            complain(Problem(_(MEANINGS[Ending.BUG]), advice))
            return Ending.BUG


def _refused_by_system(error: OSError) -> Problem:
    reason = error.strerror or str(error)
    if error.filename:
        sentence = _("系统没有允许用“{path}”：{reason}。", path=str(error.filename), reason=reason)
    else:
        sentence = _("系统没有允许这一步：{reason}。", reason=reason)
    return Problem(sentence, _("请核对文件名和权限，看看磁盘或 U 盘是否还在。"))
