"""What a body's name (机关名称) looks like, wherever a letter bears one."""

import re

_ORGAN = re.compile(
    r"[\u3400-\u9fffA-Za-z（）()·\d]{1,40}"
    r"(?:局|委|委员会|办|办公室|厅|部|院|中心|政府|公司|处|所|站(?<!网站)|(?<!社)会|队|社|校|学院|大学|行|街道|镇|乡|"
    r"联|集团|馆|园|组|署|台|分局|指挥部|司|厂|庭|协|局机关)(?:（(?:盖|公|印|签)?章）)?"
)
_NOT_ORGAN = re.compile(
    r".*(?:文件|[，。；：！？、《》“”])|.*(?:进一步|努力|希望|感谢|敬礼)|[第一二三四五六七八九十\d]+[、．.（）]"
)


def is_organ(text: str) -> bool:
    """Whether `text`, as it is matched, is a body's name and nothing else."""
    return bool(_ORGAN.fullmatch(text[:60])) and not _NOT_ORGAN.match(text)
