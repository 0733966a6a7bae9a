"""What published letters bring along from the page they stood on: menus, counters, footers."""

import re

from desktop.letter.view import View

# Whole short lines only: every pattern begins at the line's first character.
_FOOT = re.compile(
    r"〔?(?:扫一扫|扫码|打印|关闭|上一[条篇页]|下一[条篇页]|分享|返回|责任编辑|（责任编辑|编辑：|收藏|版权|"
    r"(?:主办|承办)(?:单位)?：.*(?:版权|人民政府|网|办公室)|网站|友情链接|网址|ICP|.{0,20}ICP备|.{0,20}公网安备|"
    r"地址：|您访问的|随便看|相关(?:链接|文章|信息|阅读|新闻|稿件|附件|解读)|字体|×$|用户登录|robots$|无障碍|"
    r"联系我们|关于我们|微信|微博|Copyright|COPYRIGHT|技术支持|当前页面|回到顶部|TOP$|收起|纠错|我要纠错|"
    r"网友评论|附件下载|政府网站|点击(?:量|数|次数)?：|(?:浏览|访问)(?:量|次数)?：|建议使用|本站|"
    r"信息来源：|文章来源：|来源：|发布(?:日期|时间|机构|单位)：)"
)
_FOOT_LONGEST = 160
_CRUMBS = re.compile(
    r"(?:您?的?(?:当前)?(?:所在|访问)?的?(?:位置|栏目|页面)|您(?:现在|当前)|网站首页|首页|：首页)"
)
_CRUMB_MARKS = re.compile(r"[>》»＞→›/\\-]")
APPENDIX = re.compile(
    r"附：?\d*[.、．]?.{0,4}(?:标题|题目|原文|案由)|附：?(?:提案|建议|议案|原建议|原提案)|"
    r"(?:提案|建议|议案)(?:原文|内容)：?$|(?:附：?)\d+[.．]"
)


def is_foot(view: View) -> bool:
    """Whether the line is of a page's foot: what follows it there is not the letter's."""
    return len(view.text) <= _FOOT_LONGEST and bool(_FOOT.match(view.text))


def is_crumbs(view: View) -> bool:
    """Whether the line says where on a site one is (您的位置：首页 > 政务公开)."""
    text = view.text[:_FOOT_LONGEST]
    return bool(_CRUMBS.search(text[:14]) and _CRUMB_MARKS.search(text))


def is_appendix(view: View) -> bool:
    """Whether here begins the proposal (提案原文) that was put under its answer."""
    return bool(APPENDIX.match(view.text))
