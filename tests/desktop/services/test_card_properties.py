"""Any mix of deeds on the cards keeps the case whole: keys, paragraphs, labels, invariants."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from db.enums import Outcome
from desktop.letter import case_file
from desktop.letter.model import Case, Paragraph
from desktop.services import paragraphs, replies, suggestions
from tests.cases import plain_case

DEEDS = ["add", "cut", "group", "order", "pull", "move", "merge", "split", "shift", "general"]
DEEDS += ["drop_suggestion", "drop_reply", "edit", "mark", "divide"]
PICKED = st.integers(0, 40)
STEPS = st.lists(st.tuples(st.sampled_from(DEEDS), PICKED, PICKED, PICKED), min_size=8, max_size=30)
TEXTS = ["", "甲。", "乙丙。", "已完成。", "第二半"]


def held(case: Case) -> dict[str, Paragraph]:
    """Every paragraph by its key; what a join may change is left out."""
    return {p.key: replace(p, runs_on=False) for reply in case.replies for p in reply.paragraphs}


def deed(case: Case, what: str, a: int, b: int, c: int) -> tuple[Case, set[str]]:
    """The case after one deed on parts picked by numbers, and the paragraphs it was about."""
    if not case.replies:  # its last suggestion went
        return suggestions.add_suggestion(case, "新的建议，可以拆开。"), set()
    asked = [s.key for s in case.suggestions()] or ["nokeyhere"]
    key, reply = asked[a % len(asked)], case.replies[b % len(case.replies)]
    step = 1 if c % 2 else -1
    simple = {
        "add": lambda: suggestions.add_suggestion(case, "新的建议，可以拆开。"),
        "cut": lambda: suggestions.split_suggestion(case, key, c % 12),
        "group": lambda: suggestions.group_suggestion(case, key, reply.key),
        "order": lambda: suggestions.group_suggestion(case, key, reply.key, c % 5),
        "pull": lambda: suggestions.pull_out(case, key),
        "move": lambda: suggestions.move_suggestion(case, key, step),
        "merge": lambda: replies.merge_into_previous(case, reply.key),
        "split": lambda: replies.split_reply(case, reply.key),
        "shift": lambda: replies.move_reply(case, reply.key, step),
        "general": lambda: replies.add_general(case),
    }
    if what in simple:
        return simple[what](), set()
    if what == "drop_suggestion":
        home = suggestions.reply_of(case, key)
        alone = home.paragraphs if home and len(home.suggestions) == 1 else ()
        return suggestions.remove_suggestion(case, key), {p.key for p in alone}
    if what == "drop_reply" and len(case.replies) > 1:
        return replies.remove_reply(case, reply.key), {p.key for p in reply.paragraphs}
    before = reply.paragraphs
    if not before:
        return case, set()
    first = a % len(before)
    last = min(first + c % 3, len(before) - 1)
    about = {p.key for p in before[first : last + 1]}
    if what == "mark":
        after = paragraphs.mark(before, first, last, [*Outcome, None][c % 5])
    elif what == "divide":
        after = paragraphs.divide(before, first, c % 12)
    else:
        old = [p.text for p in before[first : last + 1]]
        after = paragraphs.after_edit(before, first, last, new_texts(old, a, c))
    return replies.with_paragraphs(case, reply.key, after), about


def new_texts(old: list[str], a: int, c: int) -> list[str]:
    """Enter, join, moved, replaced."""
    whole = "".join(old)
    return [
        [whole[: c % (len(whole) + 1)], whole[c % (len(whole) + 1) :]],
        [whole],
        [*reversed(old), old[0]],
        [*old, TEXTS[a % 5]],
        [TEXTS[a % 5], *old[1:]],
    ][c % 5]


@settings(deadline=None)
@given(STEPS)
def test_any_mix_of_deeds_keeps_the_case_whole(steps: list[tuple[str, int, int, int]]) -> None:
    case = plain_case(suggestions=3)
    for what, a, b, c in steps:
        if not case.replies:
            break
        after, about = deed(case, what, a, b, c)
        case_file.check(after)  # invariants and keys
        was, now = held(case), held(after)
        assert {k: v for k, v in was.items() if k not in about} == {
            k: now.get(k) for k in was if k not in about
        }, what
        names = {s.key: s.label for s in case.suggestions()}
        kept = {s.key: s.label for s in after.suggestions() if s.key in names}
        assert kept.items() <= names.items()
        if not what.startswith("drop"):
            assert kept == names
            assert about or {*now} == {*was}
        assert all(v.text == now[k].text for k, v in was.items() if k in now and what == "mark")
        case = after
