"""Short keys of cases, proposals, suggestions, replies and paragraphs.

A key is eight characters, a letter first, so it never looks like a proposal number and may stand in
a Word bookmark name. A person's deed makes one at random; an import derives it from place and text,
so that the same text read twice gives the same bytes.
"""

import hashlib
import secrets

_LETTERS = "abcdefghijkmnpqrstuvwxyz"
_ALPHABET = _LETTERS + "23456789"
LENGTH = 8


def new_key() -> str:
    """A random key, for what a person made."""
    return _spell(secrets.randbits(64))


def derived_key(*parts: str) -> str:
    """The key of an imported part; `parts` are its place and its text."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    return _spell(int.from_bytes(digest[:8], "big"))


def _spell(number: int) -> str:
    number, first = divmod(number, len(_LETTERS))
    spelled = _LETTERS[first]
    for _ in range(LENGTH - 1):
        number, rest = divmod(number, len(_ALPHABET))
        spelled += _ALPHABET[rest]
    return spelled
