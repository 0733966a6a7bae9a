"""The parts of a letter that is being imported, as its original shows them."""

from desktop.letter.foreign.anatomy import Anatomy, Mark, Part
from desktop.views.original_text import Stretch

PART_WORDS = {
    Part.CATEGORY: "类别",
    Part.DISCLOSURE: "公开",
    Part.DOCUMENT_NUMBER: "文号",
    Part.ISSUED_BY: "签发人",
    Part.TITLE: "标题",
    Part.SALUTATION: "称谓",
    Part.OPENING: "开头",
    Part.BODY: "正文",
    Part.CLOSING: "结尾",
    Part.ATTACHMENTS: "附件",
    Part.SIGNATURE: "署名",
    Part.DATE: "日期",
    Part.CONTACT: "联系",
    Part.COPIES: "抄送",
    Part.LEFT_OUT: "不读入",
}
HEAD = (Part.TITLE, Part.SALUTATION, Part.OPENING)


def stretches_of(anatomy: Anatomy) -> list[Stretch]:
    """Every mark with its word: the head in one colour, the foot in another."""
    return [_stretch(mark) for mark in anatomy.marks]


def _stretch(mark: Mark) -> Stretch:
    word, place = PART_WORDS[mark.part], (mark.start, mark.end)
    if mark.part is Part.LEFT_OUT:
        return Stretch(*place, word, "line", struck=True)
    if mark.part is Part.BODY:
        return Stretch(*place, word, "strong_line")
    if mark.part in HEAD:
        return Stretch(*place, word, "accent", "accent_soft")
    return Stretch(*place, word, "pending", "pending_soft")
