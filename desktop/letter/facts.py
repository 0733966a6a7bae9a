"""The small facts a letter's lines tell: who, which proposal, which session; what a line is.

Every function works on one line or on the joined opening; none looks at the page. Wordings and
counts are reply-conventions.md 3.
"""

import re

from db.enums import ProposalKind
from desktop.letter.model import Category, Office, Proposal, Proposer
from desktop.letter.numerals import parse_date

_HALF_TO_FULL = str.maketrans(",:;()!?", "，：；（）！？")
_LOOKED_AT = 2000
_SALUTATION = re.compile(r"(尊敬的)?[^。；？！《》“”]{2,120}：?")
_NUMBER = re.compile(r"第?[（(]?([A-Za-z]?\d{1,8}(?:、[A-Za-z]?\d{1,8})*)[）)]?号")
_NUMBERED = re.compile(r"(?<![〕\]\d])" + _NUMBER.pattern + r"(?=.{0,2}(?:提案|建议|议案))")
_PRINTED_NUMBER = re.compile(r"第[（(]?([A-Za-z]?\d{1,8}(?:、[A-Za-z]?\d{1,8})*)[）)]?号")
_NUMERAL = r"[一二三四五六七八九十\d]{1,3}"
_SESSION = re.compile(
    rf"[\u4e00-\u9fff]{{0,30}}?第?{_NUMERAL}届(?:[\u4e00-\u9fff]{{0,12}}?)第?{_NUMERAL}次(?:全体)?会议"
)
_BEFORE_SESSION = re.compile(r".*(?:关于|对于|答复|办理|提出|你们在|您在|贵单位在|对|在)")
_SUBJECT = re.compile(r"《((?:[^《》]|《[^《》]*》)*)》")
_QUOTED_SUBJECT = re.compile(r"“(关于[^“”]*(?:“[^“”]*”[^“”]*)*)”")
_BARE_SUBJECT = re.compile(r"(关于[^，。；：]{2,80}?的(?:建议|提案|议案))")
_DOCUMENT_NUMBER = re.compile(r"[\u4e00-\u9fffA-Za-z]{1,20}[〔\[（(【]\d{4}[〕\]）)】]第?\d{0,5}号")
_DATE_BLANK = re.compile(r"\d{4}年\d{0,2}月\d{0,2}日")
_CATEGORY = re.compile(r"(?:办理结果|办复|办理)?类别：([A-D甲乙丙])")
_OWN = re.compile(r"我(局|委|办|院|厅|部|会|中心|街道|大队|支队)")
_CLOSING = re.compile(
    r"(再次|衷心|诚挚|诚恳|最后|非常|十分)*(地)?(感谢|欢迎|恳请)|专此|特此|此复|以上(意见|答复|情况)|希望(您|你们)|敬请"
)
_NOTE = re.compile(r"（.*(联系人|联系电话|联系方式|公开).*）|(联系人|联系电话|公开属性)：.*")
_BODY_NAME = re.compile(
    r"(委员会|总支|支部|联合会|工商联|界别?|区委|市委|县委|省委|小组|工委|总工会|妇联|团委)$"
)
_OPENING_END = re.compile(r"如下[：。:]?$")
_ATTACHMENT = re.compile(r"附件[：:]")
_ATTACHMENT_NUMBER = re.compile(r"(附件[：:])?[\s　]*(\d{1,2}[.．、]\s*)?")


def full_width(text: str) -> str:
    """`text` without white space and with full-width marks, for matching only.

    No more than its first 2,000 characters: whatever tells a line is there, and no pattern here
    may take long over a text made to be slow.
    """
    return re.sub(r"\s", "", text[:_LOOKED_AT]).translate(_HALF_TO_FULL)


def is_salutation(text: str) -> bool:
    """称谓: 尊敬的…委员：, 某某等N名代表：, or a body's name before a colon."""
    matched = full_width(text)
    if not _SALUTATION.fullmatch(matched) or _OPENING_END.search(matched):
        return False
    named = re.search(r"(委员|代表)(们)?(，?您好|，?你们好)?[：！]?$", matched)
    return bool(named) or (matched.endswith("：") and not _ATTACHMENT.match(matched))


def is_opening(text: str) -> bool:
    """The paragraph that says what was received and ends in “…如下”."""
    return bool(_OPENING_END.search(full_width(text)))


def is_document_number(text: str) -> bool:
    """发文字号, such as 福环提函〔2024〕27号."""
    return bool(_DOCUMENT_NUMBER.fullmatch(full_width(text).translate(str.maketrans("（）", "()"))))


def category_of(text: str) -> Category | None:
    """The 办理结果类别 a line of the head consists of."""
    match = _CATEGORY.fullmatch(full_width(text))
    if not match:
        return None
    return Category("shenzhen" if match[1].isascii() else "jiayibing", match[1])


def is_date(text: str) -> bool:
    """成文日期, or the place where it is still to be filled in."""
    return parse_date(text) is not None or bool(_DATE_BLANK.fullmatch(re.sub(r"\s", "", text)))


def is_signature(text: str) -> bool:
    """A line that can be an organ's name: no mark of a sentence in it."""
    return not re.search(r"[。，；：！？、《》]", full_width(text))


def is_note(text: str) -> bool:
    """附注: contact or 公开属性."""
    return bool(_NOTE.fullmatch(full_width(text)))


def is_closing(text: str) -> bool:
    """A paragraph that thanks, hopes or ends by formula."""
    return bool(_CLOSING.match(full_width(text)))


def is_attachment(text: str) -> bool:
    """The first line of the 附件说明."""
    return bool(_ATTACHMENT.match(text.strip()))


def attachment_name(text: str) -> str:
    """The name in a line of the 附件说明."""
    return _ATTACHMENT_NUMBER.sub("", text, count=1)


def is_opinion(title: str, opening: str) -> bool:
    """会办意见, written to the lead unit, and no reply to a proposer."""
    return bool(re.search(r"(会办|协办)意见", title + opening[-30:]))


def lead_unit_of(salutation: str) -> str:
    """The addressee of an opinion."""
    return full_width(salutation).rstrip("：")


def subject_of(opening: str) -> str:
    """案由: inside 《》, inside “”, or bare up to 的建议."""
    for pattern in (_SUBJECT, _QUOTED_SUBJECT, _BARE_SUBJECT):
        for match in pattern.finditer(opening[:_LOOKED_AT]):
            return match[1]
    return ""


def proposals_of(title: str, salutation: str, opening: str) -> tuple[Proposal, ...]:
    """The proposals a letter answers, one for each number it names; keys are still empty."""
    kind = _kind(title, salutation, opening)
    first = Proposal(
        key="",
        kind=kind,
        session=_session(opening) or _session(title),
        subject=subject_of(opening) or subject_of(title),
        proposers=_proposers(salutation),
    )
    numbers = (_number(title) or _number(opening) or "").split("、")
    return tuple(
        Proposal(
            "",
            kind,
            number,
            first.session,
            first.subject if n == 0 else "",
            first.proposers if n == 0 else (),
        )
        for n, number in enumerate(numbers)
    )


def office_of(signature: list[str], document_number: str, everything: str) -> Office:
    """The bureau that signed, with the word it uses for itself."""
    name = re.sub(r"\s", "", signature[0]) if signature else ""
    word = _OWN.search(everything)
    prefix = re.split(r"[〔\[（(【]", document_number)[0].strip()
    return Office(full_name=name, own_word=word[0] if word else "我局", document_prefix=prefix)


def _kind(title: str, salutation: str, opening: str) -> ProposalKind:
    text = full_width(title + salutation + opening)
    if "提案" in text or "委员" in full_width(salutation):
        return ProposalKind.CPPCC
    return ProposalKind.NPC if "代表" in text or "人大" in text else ProposalKind.CPPCC


def _number(text: str) -> str | None:
    matched = full_width(text)
    without_names = _SUBJECT.sub("", matched)
    for pattern in (_NUMBERED, _PRINTED_NUMBER):
        match = pattern.search(without_names)
        if match:
            return match[1]
    return None


def _session(text: str) -> str:
    match = _SESSION.search(_SUBJECT.sub("", full_width(text)))
    return _BEFORE_SESSION.sub("", match[0]) if match else ""


def _proposers(salutation: str) -> tuple[Proposer, ...]:
    text = re.sub(r"^尊敬的|[：！]$|，?(您|你们)好$", "", full_width(salutation).rstrip("：！"))
    text = re.sub(r"等\d+(名|位)(?=委员|代表|$)", "", text)
    names = [re.sub(r"(委员|代表)(们)?$", "", name) for name in text.split("、")]
    return tuple(Proposer(name, bool(_BODY_NAME.search(name))) for name in names if name)
