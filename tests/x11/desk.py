"""A handler's two hands at the program: keys, the mouse, an input method, and eyes to find things.

Every key and click goes through the X server (xdotool), every Chinese character through fcitx5.
"""

import json
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.x11.screen import Screen, stop, wait_until

ROOT = Path(__file__).parents[2]
PAPER = "函件的预览"
MOST_TABS = 60
MOST_TURNS = 12  # of the wheel, from one end of a page to the other
NOTCHES = 90  # of the wheel, over all pages of a preview
LEGIBLE = 10  # pixels of a line of the paper
ENOUGH = 16  # pixels of a thing's height that must be seen to read and click it
STEPS = 8  # moves of a drag; Qt starts one after a few pixels, and targets need a move of their own


@dataclass(frozen=True)
class Thing:
    """Something on the screen: its visible rectangle in pixels, and how it stands."""

    name: str
    x: int
    y: int
    width: int
    height: int
    visible: bool
    enabled: bool
    focus: bool
    text: str

    @property
    def middle(self) -> tuple[int, int]:
        """Where one would click."""
        return self.x + self.width // 2, self.y + self.height // 2


class Desk:
    """The program running on `screen`, and what a handler does to it."""

    def __init__(self, screen: Screen, name: str = "program") -> None:
        """`name` tells the programs of one screen apart."""
        self.screen = screen
        self._name = name
        self._socket = screen.folder / f"{name}.probe"
        self._program: subprocess.Popen[bytes] | None = None
        self._phrases: list[str] = []

    def start(self, *arguments: object, module: str = "desktop", **environment: str) -> None:
        """Start `python -m module arguments…` and wait until its event loop turns."""
        command = [sys.executable, "-m", "tests.x11.probe", self._socket, module, *arguments]
        self._socket.unlink(missing_ok=True)
        with self._log.open("a") as log:
            self._program = subprocess.Popen(
                [str(part) for part in command],
                cwd=ROOT,
                env={**self.screen.environment, **environment},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_until(lambda: self._socket.exists() or self.ended, "the program to start", 30)
        assert not self.ended, self.said
        self.idle()

    @property
    def _log(self) -> Path:
        return self.screen.folder / f"{self._name}.log"

    @property
    def ended(self) -> bool:
        """Whether the program is no longer running."""
        return self._program is None or self._program.poll() is not None

    @property
    def said(self) -> str:
        """What the program printed."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def close(self, keys: str) -> None:
        """Press the keys that close the program, and wait until it has gone."""
        self.screen.run("xdotool", "key", keys)
        self._wait_ended()

    def terminate(self) -> None:
        """SIGTERM, as at the end of a desktop session; wait until the program has gone."""
        assert self._program
        self._program.terminate()
        self._wait_ended()

    def kill(self) -> None:
        """SIGKILL: the program cannot do anything any more."""
        assert self._program
        self._program.kill()
        self._wait_ended()

    def _wait_ended(self) -> None:
        wait_until(lambda: self.ended, "the program to end")

    def stop(self) -> None:
        """End the program with SIGTERM, and with SIGKILL where that does not help."""
        if self._program:
            stop(self._program)
            self._program = None

    # -- eyes

    def ask(self, request: str) -> Any:
        """The probe's answer to one line."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(15)
            connection.connect(str(self._socket))
            connection.sendall(f"{request}\n".encode())
            with connection.makefile(encoding="utf-8") as answer:
                said = json.loads(answer.readline())
        assert not isinstance(said, dict), said["error"]
        return said

    def where(self, name: str) -> list[Thing]:
        """Everything visible called `name` (else: with `name` in its name), in no order."""
        return [thing for thing in (Thing(**t) for t in self.ask(f"where {name}")) if thing.visible]

    def there(self, name: str) -> bool:
        """Whether something is called `name`, in view or scrolled out of it."""
        return bool(self.ask(f"where {name}"))

    def wait_for(self, name: str, nth: int = 0, **state: Any) -> Thing:
        """The `nth` thing called `name`, top to bottom, once it is there and stands as `state`.

        `state` names fields of Thing: `wait_for("答复", text="已会同…")`.
        """
        found: list[Thing] = []

        def there() -> bool:
            found[:] = sorted(self.where(name), key=lambda thing: (thing.y, thing.x))
            return len(found) > nth and all(
                getattr(found[nth], field) == value for field, value in state.items()
            )

        try:
            wait_until(there, f"“{name}” {state or ''}")
        except AssertionError as error:
            self.screenshot(self.screen.folder / "in-vain.png")
            seen = f"there was {found}, see {self.screen.folder}/in-vain.png"
            raise AssertionError(f"{error}; {seen}; {self.said}") from None
        return found[nth]

    def wait_in_view(self, name: str) -> None:
        """Wait until so much of `name` can be seen that it can be read."""
        wait_until(
            lambda: any(t.height >= ENOUGH for t in self.where(name)), f"the sight of {name}"
        )

    def wait_gone(self, name: str) -> None:
        """Wait until nothing visible is called `name`."""
        wait_until(lambda: not self.where(name), f"“{name}” to go")

    def focus(self) -> str:
        """The name of the widget that has the keyboard."""
        return str(self.ask("focus"))

    def text(self, name: str) -> str:
        """The text of the one thing called `name`."""
        (text,) = self.ask(f"text {name}")
        return str(text)

    def caret(self) -> tuple[str, str]:
        """The name of the field that has the keyboard, and its words before the caret."""
        name, before = self.ask("caret")
        return name, before

    def printed(self, words: str) -> list[Thing]:
        """Where the preview prints `words`: what can be seen of it, line by line."""
        return [
            thing for thing in (Thing(**t) for t in self.ask(f"printed {words}")) if thing.visible
        ]

    def idle(self) -> None:
        """Wait until the program has done what it had to do."""
        self.ask("idle")

    def screenshot(self, path: Path) -> None:
        """The whole screen as a picture."""
        assert self.ask(f"shot {path}")

    # -- the keyboard

    def key(self, *keys: str) -> None:
        """Press keys one after the other, as xdotool names them: `ctrl+n`, `Return`, `F7`."""
        self._do("key", "--delay", "15", *keys)

    def tab_to(self, name: str, back: bool = False) -> None:
        """Tab, or Shift+Tab, until what is called `name` has the keyboard."""
        passed = []
        while self.focus() != name:
            passed.append(self.focus())
            assert len(passed) < MOST_TABS, f"no Tab leads to “{name}”: {passed}"
            self.key("shift+Tab" if back else "Tab")

    def type(self, text: str) -> None:
        """Type plain ASCII with the input method off."""
        self.chinese(False)
        self._do("type", "--delay", "8", text)

    def type_pinyin(self, letters: str, pick: str = "space") -> None:
        """Type `letters` in 拼音 and pick a candidate: the first with the space bar."""
        self.chinese(True)
        self._do("type", "--delay", "15", letters)
        self.key(pick)

    def type_hanzi(self, text: str) -> None:
        """Let the input method commit `text`, whole, by a quick phrase (快捷短语)."""
        if text not in self._phrases:
            self._phrases.append(text)
            lines = [f"{_code(i)} {phrase}\n" for i, phrase in enumerate(self._phrases)]
            self.screen.phrases.write_text("".join(lines), encoding="utf-8")
            self._reload_phrases()
        self.chinese(True)
        self.key("semicolon", *_code(self._phrases.index(text)), "space")

    def chinese(self, on: bool) -> None:
        """Turn 拼音 on or off with Ctrl+Space, as a handler does; needs a field in focus."""
        wanted = "2" if on else "1"

        def right() -> bool:
            return self.screen.run("fcitx5-remote") == wanted

        if not right():
            self.key("ctrl+space")
            wait_until(right, f"fcitx5 to be {'on' if on else 'off'}")

    def _reload_phrases(self) -> None:
        from jeepney import DBusAddress, new_method_call
        from jeepney.io.blocking import open_dbus_connection

        controller = DBusAddress("/controller", "org.fcitx.Fcitx5", "org.fcitx.Fcitx.Controller1")
        call = new_method_call(controller, "ReloadAddonConfig", "s", ("quickphrase",))
        address = self.screen.environment["DBUS_SESSION_BUS_ADDRESS"]
        with open_dbus_connection(address) as connection:
            reply = connection.send_and_get_reply(call, timeout=5)
        assert reply.header.message_type.name == "method_return", reply.body

    # -- the mouse

    def click(self, name: str, nth: int = 0, button: int = 1, times: int = 1) -> None:
        """Click in the middle of the `nth` thing called `name`, once it is there and enabled."""
        x, y = map(str, self.wait_for(name, nth, enabled=True).middle)
        again = ("--repeat", str(times), "--delay", "40")
        self._do("mousemove", x, y, "click", *again, str(button))

    def double_click(self, name: str, nth: int = 0) -> None:
        """Double-click the `nth` thing called `name`."""
        self.click(name, nth, times=2)

    def right_click(self, name: str, nth: int = 0) -> None:
        """Right-click the `nth` thing called `name`."""
        self.click(name, nth, button=3)

    def click_at(self, x: int, y: int, button: int = 1) -> None:
        """Click at a place of the screen."""
        self._do("mousemove", str(x), str(y), "click", str(button))

    def click_paper(self, words: str) -> None:
        """Turn the pages of the preview until they show `words`, and click before the first."""
        self.scroll(PAPER, -NOTCHES)
        for _ in range(0, NOTCHES, 3):
            if found := [t for t in self.printed(words) if t.height >= LEGIBLE]:
                self.click_at(found[0].x + 2, found[0].middle[1])
                return
            self.scroll(PAPER, 3)
        raise AssertionError(f"the preview prints no “{words}”: {self.ask('paper')}")

    def reach(self, name: str, nth: int = 0) -> Thing:
        """Turn the wheel over the middle of the screen, down and up, until `name` is in view."""
        x, y = map(int, self.screen.run("xdotool", "getdisplaygeometry").split())
        for turn in [3] * MOST_TURNS + [-3] * 2 * MOST_TURNS:
            found = sorted(self.where(name), key=lambda thing: (thing.y, thing.x))
            if len(found) > nth and found[nth].height >= ENOUGH:
                return found[nth]
            self.turn_wheel((x * 3 // 5, y * 3 // 5), turn)
        self.screenshot(self.screen.folder / "in-vain.png")
        raise AssertionError(
            f"the wheel does not bring “{name}”, see {self.screen.folder}/in-vain.png"
        )

    def drag(self, from_name: str, to: str | tuple[int, int]) -> None:
        """Take what is called `from_name` by its middle and drop it on `to`: a name or a place."""
        start = self.wait_for(from_name).middle
        end = self.wait_for(to).middle if isinstance(to, str) else to
        moves: list[str] = []
        for step in range(1, STEPS + 1):
            for a, b in zip(start, end, strict=True):
                moves.append(str(a + (b - a) * step // STEPS))
        path = [
            word
            for x, y in zip(moves[::2], moves[1::2], strict=True)
            for word in ("mousemove", x, y, "sleep", "0.03")
        ]
        press = ("mousemove", str(start[0]), str(start[1]), "mousedown", "1", "sleep", "0.03")
        self._do(*press, *path, "mouseup", "1")

    def scroll(self, name: str, notches: int) -> None:
        """Turn the wheel over `name`: down by `notches`, up where negative."""
        self.turn_wheel(self.wait_for(name).middle, notches)

    def turn_wheel(self, place: tuple[int, int], notches: int, held: str = "") -> None:
        """Turn the wheel at a place of the screen, down or up, a key `held` meanwhile."""
        button = "5" if notches > 0 else "4"
        wheel = ("click", "--repeat", str(abs(notches)), "--delay", "5", button)
        if held:
            wheel = ("keydown", held, *wheel, "keyup", held)
        self._do("mousemove", *map(str, place), *wheel)

    def _do(self, *words: str) -> None:
        self.screen.run("xdotool", *words)
        if not self.ended:
            self.idle()


def _code(number: int) -> str:
    """Letters no other code begins with, nor any of fcitx5's own: zqaa, zqab, …"""
    return "zq" + chr(ord("a") + number // 26) + chr(ord("a") + number % 26)
