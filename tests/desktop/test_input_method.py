"""Who sits on the session bus, and that no bus, however odd, does harm.

fcitx5 itself is typed with in tests/x11. fcitx4 is played here by a program that speaks its
protocol; the bridge was tried by hand with the real one (Debian's 4.2.9.9 with its 拼音).
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop import input_method
from tests.x11.screen import a_bus, wait_until

linux = pytest.mark.skipif(sys.platform != "linux", reason="a session bus is there on Linux only")
SYNC = "IBUS_ENABLE_SYNC_MODE"  # without it quick keys overtake each other
NAMES = ("DBUS_SESSION_BUS_ADDRESS", "QT_IM_MODULE", "QT_IM_MODULES", "IBUS_USE_PORTAL", SYNC)
OWN = """
import sys
from jeepney import message_bus
from jeepney.io.blocking import Proxy, open_dbus_connection
connection = open_dbus_connection()
for name in sys.argv[1:]:
    Proxy(message_bus, connection).RequestName(name)
print("there", flush=True)
sys.stdin.read()
"""
# fcitx4 with a 拼音 that knows one character: a … space commits 啊
FCITX4 = """
from jeepney import (DBusAddress, HeaderFields, MessageType, message_bus, new_method_return,
                     new_signal)
from jeepney.io.blocking import Proxy, open_dbus_connection
connection = open_dbus_connection()
context = DBusAddress("/context", interface="org.fcitx.Fcitx.InputContext1")
def signal(name, signature, *body):
    connection.send(new_signal(context, name, signature, body))
for name in ("org.fcitx.Fcitx-0", "org.freedesktop.portal.Fcitx"):
    Proxy(message_bus, connection).RequestName(name)
print("there", flush=True)
preedit = ""
while True:
    call = connection.receive()
    if call.header.message_type is not MessageType.method_call:
        continue
    method = call.header.fields[HeaderFields.member]
    if method == "CreateInputContext":
        answer = ("oay", ("/context", b""))
    elif method == "ProcessKeyEvent":
        symbol, _, _, released, _ = call.body
        taken = not released and (symbol == ord("a") or bool(preedit) and symbol == ord(" "))
        if taken:
            if symbol == ord(" "):
                signal("CommitString", "s", preedit.replace("a", "啊"))
            preedit = preedit + "a" if symbol == ord("a") else ""
            signal("UpdateFormattedPreedit", "a(si)i", [(preedit, 0)] if preedit else [],
                   len(preedit))
        answer = ("b", (taken,))
    else:
        if method in ("FocusOut", "Reset"):
            preedit = ""
        answer = (None, ())
    connection.send(new_method_return(call, *answer))
"""


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A desktop that asks for fcitx, as Kylin and UOS do, and no bus."""
    before = {name: os.environ.get(name) for name in NAMES}
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QT_IM_MODULE", "fcitx")
    yield
    input_method._before.clear()
    for name in NAMES:  # what `prepare` set, monkeypatch knows nothing of
        os.environ.pop(name, None)
    os.environ.update({name: value for name, value in before.items() if value is not None})


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A real session bus with nobody on it."""
    with a_bus(tmp_path, dict(os.environ)) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield


@pytest.fixture
def owners(bus: None, request: pytest.FixtureRequest) -> Iterator[None]:  # noqa: ARG001
    """Somebody who owns the names of the parameter on the bus."""
    with subprocess.Popen(
        [sys.executable, "-c", OWN, *request.param],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline() == "there\n"
        yield
        process.stdin.close()


def chosen() -> dict[str, str]:
    return {name: os.environ[name] for name in NAMES[1:] if name in os.environ}


@linux
@pytest.mark.parametrize(
    ("owners", "found", "environment_then"),
    [
        (
            ["org.fcitx.Fcitx5", "org.freedesktop.portal.Fcitx", "org.freedesktop.portal.IBus"],
            "fcitx5",
            {"QT_IM_MODULE": "ibus", "IBUS_USE_PORTAL": "1", SYNC: "1"},
        ),
        (["org.freedesktop.IBus"], "ibus", {"QT_IM_MODULE": "ibus", SYNC: "1"}),
        (["org.fcitx.Fcitx-0"], "fcitx4", {"QT_IM_MODULE": "fcitx"}),
        (["org.example.Nobody"], "", {"QT_IM_MODULE": "fcitx"}),
    ],
    indirect=["owners"],
)
def test_who_is_there(owners: None, found: str, environment_then: dict[str, str]) -> None:  # noqa: ARG001
    assert input_method.prepare() == found
    assert chosen() == environment_then


@linux
@pytest.mark.parametrize("owners", [["org.fcitx.Fcitx5"]], indirect=True)
@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("QT_IM_MODULE", "compose", True),
        ("QT_IM_MODULES", "wayland;fcitx;ibus", True),
        ("QT_IM_MODULES", "wayland;fcitx", False),
        ("QT_IM_MODULE", "xim", False),
    ],
)
def test_what_the_user_set_and_works_stays(
    owners: None,  # noqa: ARG001
    name: str,
    value: str,
    kept: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(name, value)
    input_method.prepare()
    assert (os.environ.get(name) == value) == kept
    assert kept or chosen() == {"QT_IM_MODULE": "ibus", "IBUS_USE_PORTAL": "1", SYNC: "1"}


@linux
@pytest.mark.parametrize("owners", [["org.fcitx.Fcitx5"]], indirect=True)
@pytest.mark.usefixtures("owners")
def test_a_program_opened_from_here_gets_the_users_environment(qapp: QApplication) -> None:
    before = chosen()
    input_method.prepare()
    assert chosen() != before
    input_method.install(qapp)
    assert chosen() == before


@linux
@pytest.mark.parametrize("owners", [["org.fcitx.Fcitx-0"]], indirect=True)
def test_an_fcitx4_without_portal_does_no_harm(owners: None, qapp: QApplication) -> None:  # noqa: ARG001
    assert input_method.prepare() == "fcitx4"
    input_method.install(qapp)


@pytest.fixture
def fcitx4(bus: None) -> Iterator[None]:  # noqa: ARG001
    """A program on the bus that speaks fcitx4's protocol."""
    command = [sys.executable, "-c", FCITX4]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "there\n"
        yield
        process.terminate()


@linux
def test_the_bridge_to_fcitx4(fcitx4: None, qapp: QApplication, qtbot: QtBot) -> None:  # noqa: ARG001
    assert input_method.prepare() == "fcitx4"
    window, line = QWidget(), QLineEdit()
    qtbot.addWidget(window)
    editor = QTextEdit(window)
    window.setLayout(QVBoxLayout())
    window.layout().addWidget(editor)
    window.layout().addWidget(line)
    window.show()
    editor.setFocus()
    qtbot.waitUntil(lambda: qapp.focusObject() is editor)
    bridge = input_method.FcitxBridge(qapp)

    def press(*characters: str) -> None:
        for character in characters:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                symbol, none = ord(character), Qt.KeyboardModifier.NoModifier
                key = QKeyEvent(kind, symbol - 32, none, 38, symbol, 0, character)
                QApplication.sendEvent(qapp.focusObject(), key)

    def composing() -> str:
        return editor.textCursor().block().layout().preeditAreaText()

    press("a", "a")
    assert (editor.toPlainText(), composing()) == ("", "aa")
    press(" ")
    assert (editor.toPlainText(), composing()) == ("啊啊", "")
    press("x", "a")
    qtbot.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton)
    assert (editor.toPlainText(), composing()) == ("啊啊xa", ""), "a click keeps what was typed"
    line.setFocus()
    press("a", " ")
    assert (editor.toPlainText(), line.text()) == ("啊啊xa", "啊")
    bridge._leave()
    press("a")
    assert line.text() == "啊a", "without fcitx4, keys type as they are"
    bridge.deleteLater()


@pytest.mark.parametrize(
    "address", ["", "unix:path=/nowhere", "nonsense", "tcp:host=127.0.0.1,port=1", "autolaunch:"]
)
def test_no_bus_no_harm(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    assert input_method.prepare() == ""
    assert chosen() == {"QT_IM_MODULE": "fcitx"}


@linux
def test_a_bus_that_does_not_answer_costs_a_fifth_of_a_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(tmp_path / "bus"))
        silent.listen()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'bus'}")
        input_method.prepare()  # jeepney's import is not the bus's time
        began = time.monotonic()
        assert input_method.prepare() == ""
        assert time.monotonic() - began < input_method.PATIENCE + 0.1
    wait_until(lambda: not input_method_talks(), "the talk to end")


def input_method_talks() -> bool:
    import threading

    return any(thread.name == "session bus" for thread in threading.enumerate())
