"""A process that is killed (kill -9) right before its n-th step, of those that change the disk."""

import os
import signal
from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

import pytest

Step = tuple[Any, str]  # where a function stands, and its name
DISK: Sequence[Step] = ((os, "replace"), (os, "link"), (os, "fsync"), (os, "mkdir"))

needs_kill = pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGKILL and no fork")


def kill_at_every_step(
    action: Callable[[], object], check: Callable[[int], None], steps: Sequence[Step] = DISK
) -> int:
    """Do `action` in a process killed before its 1st of `steps`, its 2nd …; `check` after each.

    Returns how many kills there were before it came to its end.
    """
    for number in count():
        ended = _killed(action, number, steps)
        check(number)
        if ended:
            return number
    raise AssertionError


def _killed(action: Callable[[], object], number: int, steps: Sequence[Step]) -> bool:
    """Whether `action` ended before it was killed."""
    child = os.fork()
    if child == 0:
        try:
            passed = count()
            for place, name in steps:
                _arm(place, name, passed, number)
            action()
            os._exit(0)
        finally:  # an error of the action's own
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the action failed"
    return not os.WIFSIGNALED(status)


def _arm(place: Any, name: str, passed: Any, number: int) -> None:
    for_real = getattr(place, name)

    def step(*arguments: Any, **settings: Any) -> Any:
        if next(passed) == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return for_real(*arguments, **settings)

    setattr(place, name, step)
