"""The places of a case as the window calls them: 建议1、2的答复, 建议3的补充说明, 标题, 案由."""

from desktop import terms
from desktop.letter.model import Case

DISCLOSURE = "disclosure"  # the source of its line, as `paper.places` calls it
GENERAL, LETTER = "总的说明", "函件"
_FACTS = {"proposal_number": "编号", "session": "届次", "subject": "案由", "proposers": "提案人"}
_OTHERS = {DISCLOSURE: "公开属性", "lead_unit": "主办单位"}


def place_name(case: Case, place: str) -> str:
    """What a place is called: the key of a reply or of a paragraph, "<suggestion key>.text",
    ".elaboration", "<proposal key>.subject" and the like, or a field's name; 函件 where it is none
    of these any more."""
    key, _, part = place.partition(".")
    labels = {suggestion.key: suggestion.label for suggestion in case.suggestions()}
    if key in labels:
        return f"建议{labels[key]}" + "的补充说明" * (part == "elaboration")
    for reply in case.replies:
        if reply.key == key or any(paragraph.key == key for paragraph in reply.paragraphs):
            named = "、".join(labels[suggestion] for suggestion in reply.suggestions)
            return f"建议{named}的答复" if named else GENERAL
    return terms.FIELDS.get(place) or _OTHERS.get(place) or _FACTS.get(part, LETTER)
