"""What published letters bring along from the page they stood on: menus, counters, footers."""

import re

from desktop.letter.foreign.view import View

# Whole short lines only: every pattern begins at the line's first character.
_FOOT = re.compile(
    r"[〔×]*(?:扫一扫|扫码|打印(?:$|本|正文|此|关闭|〕)|关闭(?:$|窗口|〕)|上一[条篇页]|下一[条篇页]|"
    r"分享(?:到|至|：|$)|返回(?:顶部|首页|列表|$)|责任编辑|（责任编辑|编辑：|收藏(?:$|本)|版权(?:所有|声明)|"
    r"(?:主办|承办)(?:单位：.*(?:版权|网|备案)|：)|网站(?:地图|标识|声明|首页|支持|管理|找错)|"
    r"友情链接|网址：|ICP|[^。]{0,20}(?:ICP备|公网安备)|地址：|邮箱：|您访问的|随便看|"
    r"相关(?:链接|文章|信息|阅读|新闻|稿件|附件|解读|推荐)|字体：|用户登录|robots$|无障碍(?:$|浏览|阅读)|"
    r"联系我们|关于我们|微信(?:$|扫|公众|朋友)|微博$|Copyright|COPYRIGHT|技术支持|当前页面|回到顶部|TOP$|"
    r"收起$|我要纠错|纠错$|网友评论|附件下载|政府网站|点击(?:量|数|次数)?：|(?:浏览|访问)(?:量|次数)?：|"
    r"建议使用IE|本站|(?:信息|文章)?来源：|发布(?:日期|时间|机构|单位)：|×$)"
)
_FOOT_LONGEST = 160
_CRUMBS = re.compile(
    r"(?:您?的?(?:当前)?(?:所在|访问)?的?(?:位置|栏目|页面)|您(?:现在|当前)|网站首页|首页|：首页)"
)
_CRUMB_MARKS = re.compile(r"[>》»＞→›/\\-]")
_PAPER = r"(?:原?(?:提案|建议|议案))"
_APPENDIX = re.compile(
    rf"附件?：?(?:\d+[.．、])?(?:标题|题目|案由|{_PAPER}(?:原文|原件|内容|正文)?：?$)|"
    rf"{_PAPER}(?:原文|原件|正文)：?$"
)


def is_foot(view: View) -> bool:
    """Whether the line is of a page's foot: what follows it there is not the letter's."""
    return len(view.text) <= _FOOT_LONGEST and bool(_FOOT.match(view.text))


def is_crumbs(view: View) -> bool:
    """Whether the line says where on a site one is (您的位置：首页 > 政务公开)."""
    short = len(view.text) <= _FOOT_LONGEST
    return short and bool(_CRUMBS.search(view.text[:14]) and _CRUMB_MARKS.search(view.text))


def is_appendix(view: View) -> bool:
    """Whether here begins the proposal (提案原文) that was put under its answer."""
    return bool(_APPENDIX.match(view.text))
