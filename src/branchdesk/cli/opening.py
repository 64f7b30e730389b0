"""Opening a branch from the command line: who it is, and the password, which is never an argument."""

from __future__ import annotations

import getpass
import warnings
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from branchdesk.domain.names import same_name_key
from branchdesk.errors import Problem
from branchdesk.i18n import _, listed
from branchdesk.services import branches
from branchdesk.services.open_branch import Branch, Person

_LONGEST_LINE = 4_096


@contextmanager
def opened(asked: Namespace) -> Iterator[Branch]:
    """The branch of a command, opened by the person that it names, and closed again.

    Raises Problem where there is none, nobody of that name, or the password is wrong.
    """
    person = chosen_person(branches.people_of(asked.folder), asked.person)
    password = password_for(asked.password_file, _("{name} 的口令：", name=person.name))
    branch = branches.unlock(asked.folder, person.uid, password)
    try:
        yield branch
    finally:
        branch.close()


def chosen_person(people: Sequence[Person], name: str) -> Person:
    """The person of that name; without a name the first. Raises Problem where nobody is called so."""
    if not people:
        raise Problem(_("这个支部文件里没有能用口令打开的人。"), _("请在窗口里用恢复卡打开。"))
    wanted = same_name_key(name)
    found = [person for person in people if not wanted or same_name_key(person.name) == wanted]
    if not found:
        names = listed(person.name for person in people)
        raise Problem(_("没有叫“{name}”的使用人。", name=name), _("可以打开它的人：{names}。", names=names))
    return found[0]


def password_for(file: Path | None, prompt: str) -> str:
    """The password: the first line of `file`, else what is typed without being shown.

    Raises Problem for a file that is missing, empty or no text, and where nobody can type.
    """
    return _typed(prompt) if file is None else _first_line(file)


def new_password(file: Path | None) -> str:
    """The password for a new branch; a typed one is asked for twice.

    Raises Problem for a weak one, one that is not the same twice, and as `password_for` does.
    """
    password = password_for(file, _("给自己定一个口令："))
    branches.check_password(password, password if file else _typed(_("再输一遍：")))
    return password


def _typed(prompt: str) -> str:
    with warnings.catch_warnings():
        # Rather no password at all than one that everybody can read on the screen.
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(prompt)
        except (getpass.GetPassWarning, EOFError):
            raise Problem(
                _("这里没有键盘可以输入口令。"),
                _("请在终端里运行，或用 {option} 指明一个第一行是口令的文件。", option="--password-file"),
            ) from None


def _first_line(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            line = stream.readline(_LONGEST_LINE)
        password = line.decode("utf-8-sig").rstrip("\r\n")
    except FileNotFoundError as error:
        raise Problem(
            _("没有找到口令文件“{file}”。", file=str(file)), _("请核对文件名，并确认您有权读它。")
        ) from error
    except OSError as error:
        raise Problem(
            _("口令文件“{file}”打不开：{reason}。", file=str(file), reason=error.strerror or str(error)),
            _("请核对文件名，并确认您有权读它。"),
        ) from error
    except UnicodeDecodeError as error:
        raise Problem(
            _("口令文件“{file}”不是纯文本。", file=str(file)),
            _("请用记事本另存为 UTF-8 编码的文本，第一行只写口令。"),
        ) from error
    if not password:
        raise Problem(_("口令文件“{file}”的第一行是空的。", file=str(file)), _("请把口令写在第一行。"))
    return password
