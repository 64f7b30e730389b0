"""Work in a process of its own: to be killed, to run out of disk, or to be somebody without rights."""

from __future__ import annotations

import multiprocessing
import os
import sys
import traceback
from collections.abc import Callable
from functools import cache
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

import pytest

from branchdesk.errors import Problem
from branchdesk.storage import keyring

CHEAP_COST = {"memory": 64, "passes": 1, "lanes": 1}
NOBODY = 65_534
_METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
_CONTEXT: Any = multiprocessing.get_context(_METHOD)


@cache
def _serve() -> None:
    """Start the server that children are forked from; it has loaded the program, so they start in no time."""
    if _METHOD != "forkserver":
        return
    _CONTEXT.set_forkserver_preload(["support.branches", "support.warm"])
    known = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)
    try:
        forkserver.ensure_running()
    finally:
        os.environ.pop("PYTHONPATH")
        if known is not None:
            os.environ["PYTHONPATH"] = known


def _run(pipe: Connection, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    keyring._COST.update(CHEAP_COST)
    try:
        pipe.send(("answer", work(pipe, *arguments)))
    except Problem as problem:
        pipe.send(("problem", problem.sentence, problem.advice))
    except BaseException:
        pipe.send(("bug", traceback.format_exc()))
        raise


def start(work: Callable[..., Any], *arguments: Any) -> tuple[BaseProcess, Connection]:
    """Start `work(pipe, *arguments)` in a child; returns the process and our end of the pipe."""
    _serve()
    here, there = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=_run, args=(there, work, arguments), daemon=True)
    process.start()
    there.close()
    return process, here


def in_child(work: Callable[..., Any], *arguments: Any) -> Any:
    """What `work(pipe, *arguments)` answers in a child; a Problem there is a Problem here."""
    process, pipe = start(work, *arguments)
    kind, *rest = pipe.recv()
    process.join()
    process.close()
    pipe.close()
    if kind == "problem":
        raise Problem(*rest)
    assert kind == "answer", rest[0]
    return rest[0]


def as_nobody() -> None:
    """Go on without the rights of an administrator, for whom no folder is read-only."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


needs_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has neither of these limits")
