"""The text border: the one function every pasted, imported and exported text passes."""

import re

from db.same_letters import SAME_LETTERS

# C0 except tab and newline, DEL and C1, bidi controls and other formats nobody sees, U+FFFC,
# non-characters, surrogates, BOM.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufffc\ufffe\uffff\ud800-\udfff]"
)
_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_WHITE = re.compile(r"\s+")
_PAIRS = SAME_LETTERS + ",，:：;；(（)）!！?？．.﹒.︰：﹕：[【]】［【］】"
_ONE_BY_ONE = str.maketrans(_PAIRS[::2], _PAIRS[1::2])


def clean_text(text: str) -> str:
    """`text` without characters that Word, XML or a reader's eye cannot bear.

    Vertical tab, form feed and the other line ends become a newline; U+3000, private-use and
    rare characters beyond the BMP stay.
    """
    return _FORBIDDEN.sub("", _NEWLINES.sub("\n", text))


def without_white(text: str) -> str:
    """`text` with all white space dropped, for comparing what two pages say."""
    return _WHITE.sub("", text)


def for_matching(text: str) -> str:
    """`text`, each character in its place, with full-width marks and plain digits.

    For matching only: what is kept of a text is cut out of the text itself. The traditional
    characters the genre's words are made of are simplified.
    """
    return text.translate(_ONE_BY_ONE)
