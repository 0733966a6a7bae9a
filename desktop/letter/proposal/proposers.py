"""The names a line gives: who proposed (提案人、领衔代表、附议人), a person or a body."""

import re
from collections.abc import Iterator

from desktop.letter.clean import for_matching, without_white

BODY_END = (  # of a body's name
    "(?:党|派|界|界别|委员会|专委会|总支|支部|支社|基层委|[省市区县州]委会?|工委|联合会|工商联|商会|协会|学会|妇联"
    "|团委|总工会|联络组|小组|委员组|代表团|代表组|民革|民盟|民建|民进|农工|致公|九三|台盟|科协|侨联|台联|文联)"
)
_BODY = re.compile(f"{BODY_END}$|^(?:民革|民盟|民建|民进|农工党|致公党|九三学社|台盟|中共)")
_MEMBER = "(?:市|区|县|省|州)?(?:政协委员|人大代表|委员|代表)"
_ASIDE = re.compile(
    r"（[^（）]{0,40}）|等\s?[\d一二三四五六七八九十]{0,3}\s?[名位人]?(?=$|委员|代表|，|、|\s)"
)
_BETWEEN = re.compile(rf"[、，；/\n]|(?<=[\u4e00-\u9fff]){_MEMBER}(?:[、，；\s]|$)")
_NAME = re.compile(r"[\u3400-\u9fff·]{2,25}")
_PERSON = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{1,10}(?:·[\u3400-\u9fff]{1,10}){1,3}")
_NOBODY = re.compile(
    r"(?:集体|个人|联名|委员|党派|界别)?(?:提案|建议|议案)[表书]?$|^无$|^(?:详见|见附|附后|同上|略)|^[是否]$|(?:现状|背景|情况|问题|原因|内容|理由|分析)$"
)
_CALLED = re.compile(
    rf"(.{{0,20}}?)(?:政协委员|人大代表|委员|代表)[：\s]\s*(.+)|(.{{2,60}}?){_MEMBER}"
)
_AFTER_NAMES = re.compile(r"(?<![、，,\s])\s+(?![、，,\s])")
_LONGEST = 200


def is_body(name: str) -> bool:
    """Whether a proposer of this name is a body (界别、党派), not a person."""
    return bool(_BODY.search(name))


def names_of(value: str) -> list[str]:
    """The names in the value of a form's field, or in a by-line, without 委员 and asides.

    In a flattened text the matter itself follows the names, behind a blank.
    """
    if "。" in value:
        value = _AFTER_NAMES.split(value, maxsplit=1)[0]
    matched = _ASIDE.sub("", for_matching(value[:_LONGEST])).strip(" \u3000\t。：")
    found = (name for part in _BETWEEN.split(matched) for name in _apart(part.split()))
    return [name for name in found if _NAME.fullmatch(name) and not _NOBODY.search(name)]


def names_in_signature(line: str) -> list[str]:
    """Whom a line of its own under the title or at the end names: 市政协委员 林岚, a body; or none.

    A bare name is a person's where it has at most four characters.
    """
    matched = for_matching(line[:_LONGEST]).strip(" \u3000\t（）。")
    if re.search("[。！？《》“”]", matched) or re.match("尊敬的|各位|首页|关于", matched):
        return []
    if called := _CALLED.fullmatch(matched):
        names = names_of(called[2] or called[3])
        return names if all(_PERSON.fullmatch(name) or is_body(name) for name in names) else []
    bare = without_white(matched)
    if len(bare) <= 25 and is_body(bare) and _NAME.fullmatch(bare):
        return [bare]
    if _NOBODY.search(bare) or "、" in line:
        return []
    return [bare] if len(bare) <= 4 and _PERSON.fullmatch(bare) else []


def _apart(pieces: list[str]) -> Iterator[str]:
    """Names set apart by blanks alone; a blank may stand in a name (何 静)."""
    if len(pieces) > 1 and all(len(piece) == 1 for piece in pieces):
        yield "".join(pieces)
        return
    waiting = ""
    for piece in pieces:
        if len(piece) == 1 and not waiting:
            waiting = piece
        else:
            yield waiting + piece
            waiting = ""
