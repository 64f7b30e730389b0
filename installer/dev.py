"""Set up, run and test BranchDesk from a checkout, with nothing but Python's standard library.

python3 installer/dev.py run [-- arguments]     set up, then open the program
python3 installer/dev.py test [-- arguments]    set up, then run the tests
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "branchdesk-set-up"
LOCKS = {"run": ROOT / "locks" / "run.txt", "test": ROOT / "locks" / "test.txt"}
ON_WINDOWS = os.name == "nt"

# Shared libraries that Qt loads at run time, and the Debian package of each.
LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libcups.so.2": "libcups2",
}

# Programs that the tests talk to, and the Debian package of each.
PROGRAMS = {"dbus-daemon": "dbus-daemon"}
# Parts of LibreOffice, in which the tests open what we write, and the Debian package of each.
OFFICE_PARTS = {"libswlo.so": "libreoffice-writer-nogui", "libsclo.so": "libreoffice-calc-nogui"}


def say(text: str) -> None:
    """Tell the person what happens; progress goes to the error stream."""
    print(text, file=sys.stderr, flush=True)


def run_checked(command: list[str]) -> None:
    """Run a step of the set-up and stop with its exit code when it fails."""
    result = subprocess.run(command, check=False)
    if result.returncode:
        say(f"这一步没有成功，退出码 {result.returncode}：{' '.join(command)}")
        raise SystemExit(result.returncode)


def can_load(library: str) -> bool:
    """Whether the loader of this system finds `library`."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def office_has(part: str) -> bool:
    """Whether the LibreOffice of this system has a part, such as the one for workbooks."""
    program = shutil.which("soffice")
    return program is not None and (Path(program).resolve().parent / part).exists()


def install_packages(packages: list[str]) -> None:
    """Install Debian packages when we may, else name the line to type."""
    line = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if shutil.which("apt-get") and os.geteuid() == 0:
        say("正在安装系统组件：" + " ".join(packages))
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "update", "-qq"], line):
            result = subprocess.run(command, check=False, env=environment, stdout=subprocess.DEVNULL)
            if result.returncode:
                say(f"系统组件没有装上，退出码 {result.returncode}：{' '.join(command)}")
                return
        return
    say("这台电脑缺少系统组件，请让管理员执行：\n  sudo " + " ".join(line))


def provide_packages(purpose: str) -> None:
    """Make sure that Qt's shared libraries and what the tests talk to are there; on Linux only."""
    if not sys.platform.startswith("linux"):
        return
    missing = [package for library, package in LIBRARIES.items() if not can_load(library)]
    if purpose == "test":
        missing += [package for program, package in PROGRAMS.items() if not shutil.which(program)]
        missing += [package for part, package in OFFICE_PARTS.items() if not office_has(part)]
    if missing:
        install_packages(missing)


def python_of(environment: Path) -> Path:
    """The interpreter inside a virtual environment."""
    return environment / ("Scripts/python.exe" if ON_WINDOWS else "bin/python")


def fingerprint(purpose: str) -> str:
    """What the environment must agree with to be used again."""
    digest = hashlib.sha256(f"{purpose} {sys.version} {ENVIRONMENT}".encode())
    for path in (LOCKS[purpose], ROOT / "pyproject.toml"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def create_environment() -> None:
    """A new virtual environment; Debian leaves half a one behind where python3-venv is missing."""
    command = [sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)]
    if subprocess.run(command, check=False, capture_output=True).returncode == 0:
        return
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    if shutil.which("apt-get"):
        install_packages(["python3-venv"])
    run_checked(command)


def set_up(purpose: str) -> Path:
    """An environment that fits the lock of `purpose`; returns its interpreter."""
    wanted = fingerprint(purpose)
    python = python_of(ENVIRONMENT)
    if STAMP.is_file() and wanted in STAMP.read_text(encoding="ascii").split():
        return python
    if not STAMP.is_file():
        say("正在准备运行环境（第一次约需一分钟）…")
        create_environment()
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "-qq"]
    say("正在安装程序组件…")
    run_checked([*pip, "install", "--require-hashes", "--only-binary=:all:", "-r", str(LOCKS[purpose])])
    run_checked([*pip, "install", "--no-deps", "--no-build-isolation", "-e", str(ROOT)])
    known = STAMP.read_text(encoding="ascii").split() if STAMP.is_file() else []
    kept = [line for line in known if purpose == "test" or line == wanted]
    STAMP.write_text("\n".join([*kept, wanted]) + "\n", encoding="ascii")
    return python


def main(arguments: list[str]) -> int:
    """Set up for the first word of `arguments` and start it."""
    parser = argparse.ArgumentParser(description="Set up, run and test BranchDesk.")
    parser.add_argument("purpose", choices=sorted(LOCKS))
    own, rest = (arguments, [])
    if "--" in arguments:
        cut = arguments.index("--")
        own, rest = arguments[:cut], arguments[cut + 1 :]
    purpose = parser.parse_args(own).purpose
    provide_packages(purpose)
    python = set_up(purpose)
    command = {"run": ["branchdesk"], "test": ["pytest", "-n", "auto"]}[purpose]
    return subprocess.run([str(python), "-m", *command, *rest], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
