"""Chinese input on Linux: which input method (输入法) sits on the session bus, and a way to it.

PySide6's wheels bring Qt's plugins for ibus and compose and none for fcitx, yet the desktops of
Kylin and UOS set QT_IM_MODULE=fcitx. So the session bus is asked, once, at start, who is there:

    fcitx5       speaks ibus' portal protocol: Qt's ibus plugin, told to use the portal
    ibus-daemon  Qt's ibus plugin
    fcitx4       speaks only its own protocol: `FcitxBridge` hands it the keys itself

No bus, a bus that does not answer, anything odd: nothing is changed and nothing is said.
"""

import os
import sys
import threading
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRectF, QSocketNotifier, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

PATIENCE = 0.2  # seconds for the whole talk with the bus before the window opens
KEY_PATIENCE = 0.3  # seconds fcitx4 may think about one key
WORKING = {"ibus", "compose"}  # what the wheels can load
PORTAL = "org.freedesktop.portal.Fcitx"
CONTEXT = "org.fcitx.Fcitx.InputContext1"
PREEDIT, FORMATTED_PREEDIT = 1 << 1, 1 << 4  # fcitx' capability flags
UNDERLINED = 1 << 3  # fcitx' text format flag

_found = ""
_before: dict[str, str | None] = {}


def prepare() -> str:
    """Choose the way to the input method; to be called before QApplication is made.

    Returns "fcitx5", "ibus", "fcitx4", or "" where nothing was found. Sets QT_IM_MODULE, and
    IBUS_USE_PORTAL for fcitx5, unless QT_IM_MODULE(S) names a plugin that PySide6 brings.
    """
    global _found
    _found = ""
    if sys.platform != "linux" or not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return ""
    _found = _who_is_there()
    if _found == "fcitx5":
        _set("IBUS_USE_PORTAL", "1")
    if _found in ("fcitx5", "ibus"):
        _set("IBUS_ENABLE_SYNC_MODE", "1")  # or a quick key overtakes one still asked about
    if _found in ("fcitx5", "ibus") and not _works(os.environ):
        _set("QT_IM_MODULE", "ibus")
        _set("QT_IM_MODULES", None)  # Qt ≥ 6.7 would read it first
    return _found


def found() -> str:
    """What `prepare` returned."""
    return _found


def install(app: QApplication) -> None:
    """Finish what `prepare` began; to be called once QApplication stands.

    Starts the bridge to fcitx4, and puts the environment back: what was set for this program must
    not reach Word or WPS when they are opened from here.
    """
    while _before:
        name, value = _before.popitem()
        _write(name, value)
    if _found == "fcitx4" and not _works(os.environ):
        FcitxBridge(app)


def _works(environment: Any) -> bool:
    modules = environment.get("QT_IM_MODULES") or environment.get("QT_IM_MODULE", "")
    return not WORKING.isdisjoint(modules.split(";"))


def _set(name: str, value: str | None) -> None:
    _before.setdefault(name, os.environ.get(name))
    _write(name, value)


def _write(name: str, value: str | None) -> None:
    if value is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = value


def _who_is_there() -> str:
    """The input method that owns a name on the session bus."""
    try:
        from jeepney.io import blocking  # type: ignore[import-untyped] # noqa: F401
    except ImportError:
        return ""
    names: list[str] = []
    # jeepney's own time limits do not cover its greeting, so the talk has a thread to itself
    talk = threading.Thread(target=_ask, args=(names,), name="session bus", daemon=True)
    talk.start()
    talk.join(PATIENCE)
    owned = set(names)
    if "org.fcitx.Fcitx5" in owned:
        return "fcitx5"
    if any(name == PORTAL or name.startswith("org.fcitx.Fcitx-") for name in owned):
        return "fcitx4"
    return "ibus" if owned & {"org.freedesktop.IBus", "org.freedesktop.portal.IBus"} else ""


def _ask(names: list[str]) -> None:
    from jeepney import message_bus  # type: ignore[import-untyped]
    from jeepney.io.blocking import Proxy, open_dbus_connection  # type: ignore[import-untyped]

    try:
        with open_dbus_connection(auth_timeout=PATIENCE) as connection:
            names += Proxy(message_bus, connection, timeout=PATIENCE).ListNames()[0]
    except Exception:  # whatever a strange bus does, the program starts
        return


class FcitxBridge(QObject):
    """fcitx4's missing Qt plugin: keys go to it over D-Bus, its text comes back as Qt's events.

    Watches the widget in focus. fcitx4 that stops answering is left alone: keys then type as they
    are.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._context: Any = None
        self._target: QWidget | None = None
        self._key: QKeyEvent | None = None  # the key fcitx4 is thinking about, or hands back
        self._preedit = ""
        self._handing_back = False
        try:
            self._open()
        except Exception:  # no portal, or a bus that fails: the program works without
            if connection := vars(self).get("_connection"):
                connection.close()
            return
        self._notifier = QSocketNotifier(
            self._connection.sock.fileno(), QSocketNotifier.Type.Read, self
        )
        self._notifier.activated.connect(self._read)
        app.focusObjectChanged.connect(self._focus_changed)
        self._focus_changed(app.focusObject())

    def _open(self) -> None:
        """Get an input context of our own, and listen to it."""
        from jeepney import DBusAddress, MatchRule, message_bus, new_method_call
        from jeepney.io.blocking import Proxy, open_dbus_connection

        self._connection = open_dbus_connection(auth_timeout=PATIENCE)
        for path in ("/org/freedesktop/portal/inputmethod", "/inputmethod"):
            method = DBusAddress(path, PORTAL, "org.fcitx.Fcitx.InputMethod1")
            who = [("program", "fuhan"), ("display", "x11:" + os.environ.get("DISPLAY", ""))]
            call = new_method_call(method, "CreateInputContext", "a(ss)", (who,))
            reply = self._connection.send_and_get_reply(call, timeout=PATIENCE)
            if reply.header.message_type.name == "method_return":
                break
        else:
            raise ConnectionError
        context = DBusAddress(reply.body[0], PORTAL, CONTEXT)
        rule = MatchRule(type="signal", interface=CONTEXT, path=context.object_path)
        Proxy(message_bus, self._connection, timeout=PATIENCE).AddMatch(rule)
        self._signals = self._connection.filter(rule, bufsize=1000).queue
        self._context = context
        self._call("SetCapability", "t", PREEDIT | FORMATTED_PREEDIT)

    def _call(self, method: str, signature: str | None = None, *body: object) -> Any:
        """Call fcitx4 and do what it says meanwhile; returns its answer's body or ()."""
        from jeepney import new_method_call

        if self._context is None:
            return ()
        message = new_method_call(self._context, method, signature, body)
        try:
            reply = self._connection.send_and_get_reply(message, timeout=KEY_PATIENCE)
        except (OSError, TimeoutError):
            self._leave()
            return ()
        self._obey()
        return reply.body

    def _leave(self) -> None:
        self._context = None
        self._notifier.setEnabled(False)
        self._connection.close()

    def _read(self) -> None:
        """Signals that came on their own, such as a candidate picked with the mouse."""
        try:
            while True:
                self._connection.recv_messages(timeout=0)
        except TimeoutError:
            self._obey()
        except OSError:
            self._leave()

    def _obey(self) -> None:
        from jeepney import HeaderFields

        while self._signals:
            message = self._signals.popleft()
            signal, body = message.header.fields[HeaderFields.member], message.body
            if signal == "CommitString":
                self._compose("", commit=body[0])
            elif signal == "UpdateFormattedPreedit":
                self._compose("".join(text for text, _ in body[0]), caret=body[1])
            elif signal == "ForwardKey":
                self._hand_back(*body)

    def _compose(self, preedit: str, *, commit: str = "", caret: int = 0) -> None:
        """Show `preedit` underlined at the caret, `caret` in UTF-8 bytes; insert `commit`."""
        self._preedit = preedit
        if self._target is None:
            return
        underlined = QTextCharFormat()
        underlined.setFontUnderline(True)
        before = len(preedit.encode()[:caret].decode(errors="ignore"))
        kind = QInputMethodEvent.AttributeType
        marks = [
            QInputMethodEvent.Attribute(kind.TextFormat, 0, len(preedit), underlined),
            QInputMethodEvent.Attribute(kind.Cursor, before, 1, None),
        ]
        event = QInputMethodEvent(preedit, marks if preedit else [])
        event.setCommitString(commit)
        QApplication.sendEvent(self._target, event)

    def _hand_back(self, symbol: int, _state: int, _is_release: bool) -> None:
        if self._target and self._key and symbol == self._key.nativeVirtualKey():
            self._handing_back = True
            QApplication.sendEvent(self._target, self._key.clone())
            self._handing_back = False

    def _focus_changed(self, focus: QObject | None) -> None:
        self._call("FocusOut")  # what it commits on leaving belongs to the widget that is left
        for old in self._watched():
            old.removeEventFilter(self)
        takes_text = isinstance(focus, QWidget) and focus.testAttribute(
            Qt.WidgetAttribute.WA_InputMethodEnabled
        )
        self._target = focus if takes_text else None  # type: ignore[assignment]
        self._preedit = ""
        for new in self._watched():
            new.installEventFilter(self)
        if self._target:
            self._target.destroyed.connect(self._forget)
            self._call("FocusIn")

    def _forget(self) -> None:
        self._target = None

    def _watched(self) -> list[QWidget]:
        if isinstance(self._target, QAbstractScrollArea):
            return [self._target, self._target.viewport()]
        return [self._target] if self._target else []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keys first go to fcitx4; a click ends the composition."""
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and self._preedit:
            event.accept()  # while composing, keys are fcitx4's, not the menu's
            return True
        if kind == QEvent.Type.MouseButtonPress and self._preedit:
            self._compose("", commit=self._preedit)
            self._call("Reset")
        if isinstance(event, QKeyEvent) and kind != QEvent.Type.ShortcutOverride:
            return watched is self._target and not self._handing_back and self._takes(event)
        return False

    def _takes(self, event: QKeyEvent) -> bool:
        """Whether fcitx4 keeps this key for itself."""
        self._key = event
        released = event.type() == QEvent.Type.KeyRelease
        symbol, code = event.nativeVirtualKey(), event.nativeScanCode()
        state = event.nativeModifiers()
        answer = self._call("ProcessKeyEvent", "uuubu", symbol, code, state, released, 0)
        self._key = None
        if not released:
            self._say_where()
        return bool(answer and answer[0])

    def _say_where(self) -> None:
        """Tell fcitx4 where the caret is: its candidates open there."""
        if self._target:
            caret = QRectF(
                self._target.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
            ).toRect()
            corner = self._target.mapToGlobal(caret.topLeft())
            self._call(
                "SetCursorRect", "iiii", corner.x(), corner.y(), caret.width(), caret.height()
            )
