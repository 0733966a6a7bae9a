"""The title's lines: split by meaning, in 梯形 or 菱形, at most 20 characters (GB/T 9704 7.3.1)."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

LIMIT = 20
LONGEST = 400  # beyond this no title has a shape
_WHOLE = re.compile(r"《[^《》]*》|“[^“”]*”|第?[A-Za-z0-9〔〕、]+号?|\d+|[A-Za-z]+")
_GOOD_AFTER = ("会议", "关于", "对于", "》", "局", "号提案", "号建议", "委员会", "的")
_BAD_START = "，。、；：！？）》」』】〕”’的和与及"


@lru_cache(maxsize=64)
def break_title(title: str, names: tuple[str, ...] = ()) -> tuple[str, ...]:
    """`title` in lines; nothing inside 《》, “”, a number or one of `names` is split unless it is
    longer than a line by itself. An empty title has no lines.
    """
    if not title:
        return ()
    if len(title) <= LIMIT:
        return (title,)
    allowed = _allowed(title, names)
    if len(title) > LONGEST:
        return _filled(title, allowed)

    @cache
    def best(start: int, width: int) -> tuple[float, tuple[int, ...]]:
        """Cost and ends of the lines from `start`; `width` is the length of the line before."""
        found: tuple[float, tuple[int, ...]] = (float("inf"), ())
        for end in range(start + 1, min(len(title), start + LIMIT) + 1):
            if end < len(title) and end not in allowed:
                continue
            cost = _cost(title, start, end, width)
            if end < len(title):
                rest, ends = best(end, end - start)
                cost, ends = cost + rest, (end, *ends)
            else:
                ends = (end,)
            found = min(found, (cost, ends))
        return found

    ends = best(0, 0)[1]
    return tuple(title[a:b] for a, b in zip((0, *ends), ends, strict=False))


def _filled(title: str, allowed: set[int]) -> tuple[str, ...]:
    """Lines as long as they may be."""
    lines, start = [], 0
    while start < len(title):
        end = min(len(title), start + LIMIT)
        if end < len(title):
            end = max((n for n in range(start + 1, end + 1) if n in allowed), default=end)
        lines.append(title[start:end])
        start = end
    return tuple(lines)


def _allowed(title: str, names: Iterable[str]) -> set[int]:
    spans = [match.span() for match in _WHOLE.finditer(title)]
    for name in filter(None, names):
        spans += [match.span() for match in re.finditer(re.escape(name), title)]
    inside = {n for start, end in spans if end - start <= LIMIT for n in range(start + 1, end)}
    return {n for n in range(1, len(title)) if n not in inside and title[n] not in _BAD_START}


def _cost(title: str, start: int, end: int, width: int) -> float:
    """Few lines, of about one length, ended where the sense pauses, no short last line."""
    length = end - start
    cost = 30.0
    if width:
        cost += (length - width) ** 2 * 0.6 + (4 if length == width else 0)
    if end < len(title) and not title[start:end].endswith(_GOOD_AFTER):
        cost += 40
    if end == len(title) and length < 4:
        cost += 60
    return cost
