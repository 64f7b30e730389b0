"""The box in which a clerk tries whether Chinese can be typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from branchdesk.ui.input_method.detection import InputMethod, Kind
from branchdesk.ui.input_method.installation import install_bridge
from branchdesk.ui.input_method.self_test import InputSelfTestBox
from support.fcitx_stand_in import FcitxStandIn, own_bus


def _commit(line: QLineEdit, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(line, event)


def _trial(box: InputSelfTestBox) -> QLineEdit:
    line = box.findChild(QLineEdit, "input_trial")
    assert line is not None
    return line


def _text(box: InputSelfTestBox, name: str) -> str:
    label = box.findChild(QLabel, name)
    assert label is not None
    return label.text()


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with own_bus(tmp_path) as (address, _bus):
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.delenv("DISPLAY", raising=False)
        yield address


def test_han_characters_from_the_input_method_pass(qtbot: QtBot) -> None:
    box = InputSelfTestBox(InputMethod(Kind.SYSTEM), None)
    qtbot.addWidget(box)
    assert _text(box, "input_verdict") == "还没有收到汉字。"
    _commit(_trial(box), "张")
    assert box.has_passed
    assert _text(box, "input_verdict").startswith("✓")


def test_letters_and_pasted_characters_do_not_pass(qtbot: QtBot) -> None:
    box = InputSelfTestBox(InputMethod(Kind.SYSTEM), None)
    qtbot.addWidget(box)
    _trial(box).setText("张三")
    _commit(_trial(box), "，")
    assert not box.has_passed


@pytest.mark.parametrize(
    ("kind", "standing", "advice"),
    [
        (Kind.NONE, "没有运行 fcitx 或 ibus", "请先启动系统的输入法"),
        (Kind.IBUS, "由 ibus 提供", "请按 Ctrl+空格"),
        (Kind.SYSTEM, "由操作系统提供", "Win+空格"),
    ],
)
def test_letters_alone_bring_the_advice_that_fits(
    qtbot: QtBot, kind: Kind, standing: str, advice: str
) -> None:
    box = InputSelfTestBox(InputMethod(kind), None)
    qtbot.addWidget(box)
    QTest.keyClicks(_trial(box), "zhang")
    assert standing in _text(box, "input_standing")
    assert "只收到了字母" in _text(box, "input_verdict")
    assert advice in _text(box, "input_verdict")


def test_the_box_follows_fcitx_as_it_comes_and_goes(qtbot: QtBot, qapp: QApplication, bus: str) -> None:
    bridge = install_bridge(qapp, InputMethod(Kind.FCITX5))
    assert bridge is not None
    box = InputSelfTestBox(InputMethod(Kind.FCITX5), bridge)
    qtbot.addWidget(box)
    qtbot.waitUntil(lambda: "没有运行" in _text(box, "input_standing"))
    QTest.keyClicks(_trial(box), "abc")
    assert "重新启动系统的输入法" in _text(box, "input_verdict")
    fcitx = FcitxStandIn(bus, 5)
    qtbot.waitUntil(lambda: "已连接 fcitx 5" in _text(box, "input_standing"))
    assert "请按 Ctrl+空格" in _text(box, "input_verdict")
    fcitx.die()
    qtbot.waitUntil(lambda: "没有运行" in _text(box, "input_standing"))
    bridge.close()


def test_a_bridge_is_built_only_for_fcitx(qapp: QApplication) -> None:
    assert install_bridge(qapp, InputMethod(Kind.IBUS)) is None
    assert install_bridge(qapp, InputMethod(Kind.SYSTEM)) is None


def test_the_variables_are_given_back_when_qt_has_read_them(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    environ = {"QT_IM_MODULE": "ibus"}
    monkeypatch.setattr("branchdesk.ui.input_method.installation.os.environ", environ)
    install_bridge(qapp, InputMethod(Kind.IBUS, (("QT_IM_MODULE", "fcitx"), ("QT_IM_MODULES", None))))
    assert environ == {"QT_IM_MODULE": "fcitx"}
