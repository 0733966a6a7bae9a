"""涉密 tripwire: a secrecy mark (密级标志) in what comes in is refused before anything is written.

A mark is what a classified document bears (GB/T 9704—2012, 7.2.2): a level with a star and perhaps
a term (机密★1年), a level alone on its line, perhaps with the urgency beside it, or 密级：机密. The
words themselves in a sentence (保守国家秘密, 商业秘密, 秘密级) are no mark.
"""

import re
from collections import Counter
from collections.abc import Iterator

from desktop.errors import InputError
from desktop.letter.clean import clean_text
from desktop.letter.model import Case

_ALWAYS = "密"  # no mark is without it, and few texts have it
_GAP = r"[ \t\u00a0\u3000]*+"  # never given back: a long gap costs no more than its length
_LEVEL = rf"[绝絕机機秘祕]{_GAP}密"
_NUMBER = "[0-9０-９〇一二三四五六七八九十]++"
_TERM = rf"(?:(?:{_NUMBER}{_GAP}(?:年|个?月|日|天){_GAP})+前?|长{_GAP}期|(?:解密|启用)前)"
_WITH_STAR = rf"(?:级?{_GAP}[★☆⭐](?:{_GAP}{_TERM})?|{_GAP}[*＊]{_GAP}{_TERM})"
_FOOTNOTE_LIKE = rf"(?<![\u3400-\u9fff*＊]){_LEVEL}{_GAP}[*＊](?![*＊])"  # not 商业秘密*
_AMONG_OTHERS = rf"(?!级?{_GAP}[、，,/／或和及与以])"  # 密级：绝密、机密、秘密三级
_DECLARED = rf"密{_GAP}级{_GAP}[:：]{_GAP}{_LEVEL}(?:{_WITH_STAR}|{_AMONG_OTHERS})"
_URGENCY = rf"(?:[特加平]{_GAP}急)?"
_SERIAL = rf"(?:[0-9０-９]{{6}}{_GAP})?"  # 份号
_ALONE = rf"^{_GAP}{_SERIAL}[【〔（(\[]?{_URGENCY}{_GAP}{_LEVEL}{_GAP}{_URGENCY}[】〕）)\]]?{_GAP}$"
_WRITTEN = f"{_DECLARED}|{_LEVEL}{_WITH_STAR}|{_FOOTNOTE_LIKE}"
_TYPED = re.compile(_WRITTEN)
_MARK = re.compile(f"{_WRITTEN}|{_ALONE}", re.MULTILINE)


def marked(text: str) -> str:
    """The first secrecy mark in `text`, without the white around it; empty where there is none."""
    return next(_marks(text), "")


def entering(before: Case, after: Case) -> str:
    """The secrecy mark that comes in when `before` becomes `after`; empty where none does.

    One that `before` has already, from an older library, may be worked on until it is gone. A level
    alone on its line may be the beginning of a sentence, 机密文件……: it is none yet. Looks into
    what differs, so that it may be asked at every key.
    """
    if not any(any(_marks(text, _TYPED)) for text in texts(after, before)):
        return ""
    had, has = (
        Counter(mark for text in texts(case) for mark in _marks(text, _TYPED))
        for case in (before, after)
    )
    return next(iter(has - had)) if has.total() > had.total() else ""


def refuse(*entered: str) -> None:
    """Raise `InputError` where one of the texts that are to come in bears a secrecy mark."""
    if mark := next(filter(None, map(marked, entered)), ""):
        raise InputError(sentence(mark))


def sentence(mark: str) -> str:
    """What the handler reads where `mark` was about to come in."""
    return (
        f"这里出现了密级标志“{mark}”，没有录入，其余内容没有改动；"
        "涉密信息不得录入本程序，请按保密规定另行处理。"
    )


def texts(record: object, known: object = None) -> Iterator[str]:
    """Every text of a record of `desktop.letter.model`, but for the parts `known` has as well."""
    if record is known:
        return
    if isinstance(record, str):
        yield record
    elif isinstance(record, tuple):
        same = set(map(id, known)) if isinstance(known, tuple) else set()
        for part in record:
            if id(part) not in same:
                yield from texts(part)
    else:
        for name in getattr(record, "__dataclass_fields__", ()):
            yield from texts(getattr(record, name), getattr(known, name, None))


def _marks(text: str, mark: re.Pattern[str] = _MARK) -> Iterator[str]:
    if _ALWAYS in text:
        yield from (match.group().strip() for match in mark.finditer(clean_text(text)))
