"""The program is killed in the middle of a sentence; the handler starts it and goes on typing."""

import time

from desktop.mistakes import KILLED
from tests.x11.desk import Desk
from tests.x11.test_coming_and_going import ANSWER, REPLY, begin, write_a_case

BEFORE, AFTER = ANSWER[:7], ANSWER[7:]
HANZI, LATIN = "市政管理处、", "GB/T 9704"


def go_into_the_sentence(desk: Desk) -> None:
    """After the first words of a reply that is on disk."""
    begin(desk)
    write_a_case(desk)
    desk.key("ctrl+s")
    desk.key("Home", *["Right"] * len(BEFORE))


def go_on(desk: Desk, before: str) -> None:
    """Start it, and type at once: no click, no Tab, nothing but letters."""
    desk.start()
    desk.wait_for(REPLY, text=before + AFTER, focus=True)
    desk.wait_for(KILLED)
    desk.wait_in_view(before + AFTER)
    desk.type_hanzi("接着写，")
    desk.type("then")
    desk.wait_for(REPLY, text=f"{before}接着写，then{AFTER}")
    desk.close("ctrl+q")
    desk.start()
    desk.wait_for(REPLY, text=f"{before}接着写，then{AFTER}", focus=True)
    assert not desk.there(KILLED), "it is told once"
    assert desk.said == "", "the program complains of nothing"


def test_killed_after_the_last_key_it_goes_on_in_the_middle_of_the_sentence(desk: Desk) -> None:
    go_into_the_sentence(desk)
    desk.type_hanzi(HANZI)
    desk.type(LATIN)
    desk.wait_for(REPLY, text=BEFORE + HANZI + LATIN + AFTER)
    time.sleep(1.2)
    desk.kill()
    go_on(desk, BEFORE + HANZI + LATIN)


def test_killed_at_the_last_key_only_the_last_second_is_missing(desk: Desk) -> None:
    go_into_the_sentence(desk)
    desk.type_hanzi(HANZI)
    desk.wait_for(REPLY, text=BEFORE + HANZI + AFTER)
    time.sleep(1.2)
    desk.type(LATIN)
    desk.kill()
    desk.start()
    kept = desk.text(REPLY)[len(BEFORE + HANZI) : -len(AFTER)]
    assert LATIN.startswith(kept)
    desk.kill()
    go_on(desk, BEFORE + HANZI + kept)
