"""Which input method is meant on a desktop, and what Qt is told about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from branchdesk.ui.input_method.detection import Kind, prepare_environment


def _processes(folder: Path, *programs: str) -> Path:
    for number, program in enumerate(("bash", *programs), start=100):
        (folder / str(number)).mkdir()
        (folder / str(number) / "comm").write_text(f"{program}\n", encoding="utf-8")
    (folder / "999").mkdir()  # a process that ended while we looked
    (folder / "version").write_text("Linux\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("programs", "environ", "kind", "module"),
    [
        ((), {}, Kind.NONE, None),
        (("ibus-daemon",), {}, Kind.IBUS, "ibus"),
        (("fcitx5",), {}, Kind.FCITX5, "compose"),
        (("fcitx",), {}, Kind.FCITX4, "compose"),
        (("fcitx", "fcitx5"), {}, Kind.FCITX5, "compose"),
        (("ibus-daemon", "fcitx"), {}, Kind.IBUS, "ibus"),
        (("ibus-daemon", "fcitx"), {"XMODIFIERS": "@im=fcitx"}, Kind.FCITX4, "compose"),
        (("ibus-daemon",), {"XMODIFIERS": "@im=fcitx"}, Kind.IBUS, "ibus"),
        ((), {"GTK_IM_MODULE": "fcitx"}, Kind.FCITX5, "compose"),
        (
            ("fcitx5",),
            {"QT_IM_MODULES": "wayland;fcitx;ibus", "QT_IM_MODULE": "fcitx"},
            Kind.FCITX5,
            "compose",
        ),
    ],
)
def test_the_running_input_method_is_found_in_the_order_of_the_design(
    tmp_path: Path, programs: tuple[str, ...], environ: dict[str, str], kind: Kind, module: str | None
) -> None:
    method = prepare_environment(environ, platform="linux", processes=_processes(tmp_path, *programs))
    assert method.kind is kind
    assert environ.get("QT_IM_MODULE") == module
    assert "QT_IM_MODULES" not in environ


def test_programs_that_we_start_get_the_variables_as_they_were(tmp_path: Path) -> None:
    environ = {"QT_IM_MODULE": "fcitx", "LANG": "zh_CN.UTF-8"}
    method = prepare_environment(environ, platform="linux", processes=_processes(tmp_path, "fcitx5"))
    method.give_back(environ)
    assert environ == {"QT_IM_MODULE": "fcitx", "LANG": "zh_CN.UTF-8"}


def test_a_variable_that_was_not_there_is_gone_again(tmp_path: Path) -> None:
    environ: dict[str, str] = {}
    prepare_environment(environ, platform="linux", processes=_processes(tmp_path, "fcitx")).give_back(environ)
    assert environ == {}


def test_windows_is_left_alone() -> None:
    environ = {"QT_IM_MODULE": "odd"}
    method = prepare_environment(environ, platform="win32", processes=Path("nowhere"))
    assert method.kind is Kind.SYSTEM
    assert not method.is_fcitx
    assert environ == {"QT_IM_MODULE": "odd"}


def test_work_without_a_screen_asks_for_no_input_method(tmp_path: Path) -> None:
    environ = {"QT_QPA_PLATFORM": "offscreen", "XMODIFIERS": "@im=fcitx"}
    method = prepare_environment(environ, platform="linux", processes=_processes(tmp_path, "fcitx"))
    assert method.kind is Kind.NONE
    assert "QT_IM_MODULE" not in environ


def test_a_computer_that_hides_its_processes_has_no_input_method(tmp_path: Path) -> None:
    assert prepare_environment({}, platform="linux", processes=tmp_path / "none").kind is Kind.NONE
