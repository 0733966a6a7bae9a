"""A desktop of its own: an X server, a window manager, a session bus and fcitx5 with 拼音."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TOOLS = ("Xvfb", "openbox", "dbus-daemon", "fcitx5", "xdotool")
PATIENCE = 15.0  # seconds anything on the screen may take

# No service files: nothing is started behind our back, so nothing is left behind either.
_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={socket}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>
"""
_FCITX = {
    "profile": "[Groups/0]\nName=Default\nDefault Layout=us\nDefaultIM=pinyin\n"
    "[Groups/0/Items/0]\nName=keyboard-us\nLayout=\n[Groups/0/Items/1]\nName=pinyin\nLayout=\n"
    "[GroupOrder]\n0=Default\n",
    "config": "[Hotkey/TriggerKeys]\n0=Control+space\n"
    "[Behavior]\nActiveByDefault=True\nShareInputState=All\nShowInputMethodInformation=False\n",
    "conf/pinyin.conf": "FirstRun=False\nCloudPinyinEnabled=False\n",
}
# Only what typing needs: no cloud, no tray, no windows of its own.
_ADDONS = "keyboard,pinyin,punctuation,pinyinhelper,quickphrase,xcb,dbus,dbusfrontend,ibusfrontend"
_OPENBOX = """<openbox_config xmlns="http://openbox.org/3.4/rc">
<focus><focusNew>yes</focusNew><focusLast>yes</focusLast></focus><placement><policy>Smart</policy></placement>
<mouse><context name="Client"><mousebind button="Left" action="Press">
<action name="Focus"/><action name="Raise"/></mousebind></context></mouse></openbox_config>
"""


@dataclass(frozen=True)
class Screen:
    """A running desktop: `environment` is what a program on it gets."""

    environment: dict[str, str]
    folder: Path

    @property
    def phrases(self) -> Path:
        """fcitx5's quick phrases (快捷短语): one `code text` a line."""
        return self.folder / "data/fcitx5/data/quickphrase.d/test.mb"

    def run(self, *command: str) -> str:
        """What `command`, run on this screen, printed; fails with its complaint."""
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=PATIENCE
        )
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        return done.stdout.strip()


def tools_missing() -> list[str]:
    """The programs this machine lacks."""
    return [tool for tool in TOOLS if not shutil.which(tool)]


def wait_until(done: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    """Ask again and again whether it is `done`; after `patience` seconds fail naming `what`."""
    end = time.monotonic() + patience
    while not done():
        assert time.monotonic() < end, f"waited {patience:.0f} s in vain for {what}"
        time.sleep(0.02)


@contextmanager
def a_screen(folder: Path, size: str = "1366x768") -> Iterator[Screen]:
    """A desktop of `size` pixels whose every file lies in `folder`; ends all it began."""
    environment = _environment(folder)
    _write_settings(folder)
    with ExitStack() as running:

        def start(*command: str, **inherited: Any) -> None:
            running.enter_context(_running(command, environment, folder, **inherited))

        display, number = os.pipe()
        with os.fdopen(display) as answer:
            screen = ("-screen", "0", f"{size}x24", "-dpi", "96", "-nolisten", "tcp")
            start("Xvfb", "-displayfd", str(number), *screen, pass_fds=(number,))
            os.close(number)
            environment["DISPLAY"] = f":{answer.readline().strip()}"
        address = running.enter_context(a_bus(folder, environment))
        environment["DBUS_SESSION_BUS_ADDRESS"] = address
        start("openbox", "--config-file", str(folder / "openbox.xml"), "--sm-disable")
        start("fcitx5", "--disable=all", f"--enable={_ADDONS}")
        wait_until(lambda: _quietly("fcitx5-remote", environment), "fcitx5")
        yield Screen(environment, folder)


@contextmanager
def a_bus(folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """A session bus with nobody on it; yields its address."""
    (folder / "bus.conf").write_text(_BUS.format(socket=folder / "bus"))
    command = ("dbus-daemon", f"--config-file={folder / 'bus.conf'}", "--nofork")
    with _running(command, environment, folder):
        wait_until((folder / "bus").exists, "the session bus")
        yield f"unix:path={folder / 'bus'}"


def _environment(folder: Path) -> dict[str, str]:
    """A fresh user's, with nothing of the one who runs the tests but the path."""
    for name in ("home", "run", "config", "data", "cache"):
        (folder / name).mkdir(parents=True, mode=0o700)
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "HOME": str(folder / "home"),
        "XDG_RUNTIME_DIR": str(folder / "run"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "QT_IM_MODULE": "fcitx",  # as the desktops set it
    }


def _write_settings(folder: Path) -> None:
    (folder / "openbox.xml").write_text(_OPENBOX)
    (folder / "data/fcitx5/data/quickphrase.d").mkdir(parents=True)
    for name, text in _FCITX.items():
        path = folder / "config/fcitx5" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


@contextmanager
def _running(
    command: tuple[str, ...],
    environment: dict[str, str],
    folder: Path,
    pass_fds: tuple[int, ...] = (),
) -> Iterator[None]:
    """`command` in a process group of its own, all of which ends with the block."""
    with (folder / f"{command[0]}.log").open("w") as log:
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=pass_fds,
            start_new_session=True,
        )
    try:
        yield
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End `process` and its children: politely, then not."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            os.killpg(process.pid, number)
            try:
                process.wait(3)
            except subprocess.TimeoutExpired:
                continue
    process.wait()


def _quietly(command: str, environment: dict[str, str]) -> str:
    done = subprocess.run([command], env=environment, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""
