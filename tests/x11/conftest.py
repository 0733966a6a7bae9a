"""A screen and a desk at it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.x11.desk import Desk
from tests.x11.screen import a_screen, tools_missing


@pytest.fixture
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A fresh user's desktop of 1366×768 pixels; the test starts the program on it.

    Another size: `@pytest.mark.parametrize("desk", ["1093x614"], indirect=True)`.
    """
    if sys.platform != "linux":
        pytest.skip("an X server and fcitx5 are there on Linux only")
    if missing := tools_missing():
        pytest.skip(f"{', '.join(missing)} not installed: `make setup` installs it")
    size = getattr(request, "param", "1366x768")
    with a_screen(tmp_path / "screen", size) as screen:
        here = Desk(screen)
        try:
            yield here
        finally:
            here.stop()
