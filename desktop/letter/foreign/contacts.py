"""The contact block (附注): whom to ask, and the phone that belongs to that person.

33 of 91 letters have one, in a dozen wordings, before or after the signature. A leader (主管领导)
is named beside the one who handled it (承办人、联系人), and the phone may stand before the name.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.letter.foreign.anatomy import Fact, Found
from desktop.letter.foreign.view import View

_PHONE = re.compile(
    r"(?<![\d*])(?:1[3-9]\d{9}"
    r"|(?:（0\d{2,3}）|0\d{2,3})[—–－\-]*[\d*]{7,8}(?:[转\-—]\d{1,5})?"
    r"|\d{3,4}[—–－\-]+[\d*]{6,8}|\d[\d*]{5,12}[\d*](?:[转\-—]\d{1,5})?)"
)
_WHO = (
    r"(?:联系|联络|答复|承办|经办|办理|具体|责任|负责)人|(?:承办|经办)(?=[：；])"
    r"|领导人?|科长|局长|主任|人员|姓名"
)
_WHERE = r"联系单位|承办单位|办理单位|经办单位|答复单位|单位|股室|科室|处室|部门|机构"
_PHONES = r"电话|手机|联系方式|联系号码|热线|座机"
_OTHER = r"职务|邮政编码|邮编|地址|传真|邮箱|E-?mail|签字|签名|手机短信"
_KIND = rf"(?:{_WHO}|{_WHERE}|{_PHONES}|{_OTHER})"
_BEFORE = (
    r"(?:主管|分管|具体|直接|承办|经办|办理|主办|会办|协办|联系|责任|单位|办公|提案|建议|移动|固定)"
)
_LABEL = re.compile(
    rf"{_BEFORE}{{0,3}}{_KIND}(?:姓名|员)?"
    rf"(?:[及和与、/（]?(?:联系|办公)?(?:{_PHONES}|{_WHO}|职务|姓名)[）]?){{0,2}}(?:号码)?[：；]"
)
_LINE = re.compile(rf"[（〔]?[\u4e00-\u9fff、/]{{0,8}}?{_LABEL.pattern}")
_NOTE = re.compile(r"[（〔].{0,60}(?:联系人|联系电话|联系方式|承办人|经办人|电话).{0,200}[）〕]。?")
_NAME_PHONE = re.compile(rf"[\u4e00-\u9fff·*]{{2,15}}(?:{_PHONE.pattern})|(?:{_PHONE.pattern})")
_LEADS = re.compile(r"领导|负责人|责任人|主管|分管")
_HAS_PHONE = re.compile(_PHONES)
_HAS_PERSON = re.compile(rf"{_WHO}|姓名|股室|科室")
_SIGNS = re.compile(r"(?:联系|承办|办理|经办|答复|主办)单位：")
_OFFICE = re.compile(r".*(?:股|科|室|处|办|中心|局|部|委|队)(?=[\u4e00-\u9fff·*]{2,4}$)")
_IS_OFFICE = re.compile(r"(?:股|科|室|处|办|中心|局|部|委|队|司)$")
_NAME = re.compile(r"[\u3400-\u9fff*·]{2,15}")
_TITLES = re.compile(r"(?:先生|女士|同志)$")


@dataclass
class _Person:
    name: Found
    leads: bool
    phone: Found | None = None


def is_contact(view: View) -> bool:
    """Whether a line of the tail is of the contact block."""
    text = view.text
    return bool(_LINE.match(text[:80]) or (text[:1] in "（〔" and _NOTE.fullmatch(text[:300])))


def names_one(view: View) -> bool:
    """Whether a sentence says whom to ask: 请与我局联系，联系人：某某，电话：…"""
    return bool(_LABEL.search(view.text) and _PHONE.search(view.text))


def goes_on(view: View) -> bool:
    """Whether a line after a bare label (联系人及电话：) is what it labels."""
    return bool(_NAME_PHONE.fullmatch(view.text[:40]))


def signing_body(view: View) -> tuple[int, int] | None:
    """The unit in a line such as 承办单位：某某局, which stands for a signature that is missing."""
    match = _SIGNS.match(view.text)
    if not match:
        return None
    rest = re.match(r"[^，。；：\d]+", view.text[match.end() :])
    return (match.end(), match.end() + rest.end()) if rest else None


def contact_of(views: Sequence[View]) -> Iterator[Found]:
    """The handling person and the phone that belongs to it, either may be missing."""
    people: list[_Person] = []
    spare: list[Found] = []
    for label, view, start, end in _entries(views):
        phone = _phone(view, start, end) if _HAS_PHONE.search(label) or _is_who(label) else None
        name = _name(view, start, end) if _is_who(label) else None
        if name:
            people.append(_Person(name, bool(_LEADS.search(label))))
        if phone and people and not people[-1].phone:
            people[-1].phone = phone
        elif phone:
            spare.append(phone)
    handlers = [person for person in people if not person.leads] or people
    if handlers:
        yield handlers[-1].name
    chosen = handlers[-1].phone if handlers else None
    if phone := chosen or next(iter(spare), None):
        yield phone


def _is_who(label: str) -> bool:
    return bool(_HAS_PERSON.search(label)) and not label.endswith(("单位：", "单位；"))


def _entries(views: Sequence[View]) -> Iterator[tuple[str, View, int, int]]:
    """Each label with the place of its value; what follows a bare label on its own line too."""
    label = ""
    for view in views:
        labels = list(_LABEL.finditer(view.text))
        first = labels[0].start() if labels else len(view.text)
        if first and label:
            yield label, view, 0, first
        elif first and not labels:
            yield "联系人电话", view, 0, first
        ends = [match.start() for match in labels[1:]] + [len(view.text)]
        for match, end in zip(labels, ends, strict=False):
            label = match[0]
            yield label, view, match.end(), end


def _phone(view: View, start: int, end: int) -> Found | None:
    match = _PHONE.search(view.text, start, end)
    if not match:
        return None
    return Found(Fact.CONTACT_PHONE, view.printed(*match.span()), *view.span(*match.span()))


def _name(view: View, start: int, end: int) -> Found | None:
    """The name in a value: behind the office, before the phone."""
    for match in _NAME.finditer(view.text, start, end):
        first, after = match.span()
        if office := _OFFICE.match(view.text, first, after):
            first = office.end()
        title = _TITLES.search(view.text[first:after])
        if title and title.start() > 1:  # but 李先生 has no other name here
            after = first + title.start()
        if not _IS_OFFICE.search(view.text[first:after]):
            return Found(Fact.CONTACT_NAME, view.plain(first, after), *view.span(first, after))
    return None
