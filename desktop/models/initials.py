"""拼音首字母: does “zmy” find 周明远? Every reading counts (单 曾 解 are surnames)."""

from functools import cache


def matches(text: str, query: str) -> bool:
    """Whether `query` stands in `text`, as written or as initials of successive characters."""
    query = query.strip().lower()
    if query in text.lower():
        return True
    if not query.isascii() or not query.isalnum():
        return False
    spelled = [_initials(character) for character in text]
    last = len(spelled) - len(query)
    return any(
        all(letter in spelled[start + n] for n, letter in enumerate(query))
        for start in range(last + 1)
    )


@cache
def _initials(character: str) -> frozenset[str]:
    if character.isascii():
        return frozenset(character.lower())
    from pypinyin import Style, pinyin  # 0.1 s: on the first letter typed

    (readings,) = pinyin(character, style=Style.FIRST_LETTER, heteronym=True) or [[]]
    return frozenset(readings)
