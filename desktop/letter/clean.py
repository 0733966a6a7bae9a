"""The text border: the one function every pasted, imported and exported text passes."""

import re

# C0 except tab and newline, DEL and C1, bidi controls and other formats nobody sees, U+FFFC,
# non-characters, surrogates, BOM.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufffc\ufffe\uffff\ud800-\udfff]"
)
_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_WHITE = re.compile(r"\s+")
_SIMPLE = (
    "對对關关於于復复覆复複复議议會会屆届號号辦办協协聯联繫系係系電电話话簽签發发類类別别開开現现將将經经員员們们貴贵單单縣县區区鄉乡鎮镇廳厅處处務务團团隊队國国業业與与兩两個个歡欢謝谢"
    "懇恳誠诚專专說说報报檔档檢检標标題题機机構构時时間间來来瀏浏覽览點点擊击錄录頁页導导網网備备權权屬属掃扫碼码當当連连鏈链黨党參参總总書书長长請请滿满見见願愿為为爲为領领負负責责傳传"
    "郵邮編编內内範范詞词廢废執执組组織织層层條条項项財财運运輸输產产資资環环農农醫医衛卫體体規规劃划稅税應应災灾陸陆銀银學学藝艺館馆園园場场臺台視视兒儿婦妇僑侨聲声還还後后樣样濟济監监"
    "訊讯該该給给過过從从進进達达廣广據据轉转認认實实顧顾訴诉徵征稱称識识態态狀状諒谅僅仅採采納纳銜衔問问義义優优眾众況况動动幾几嵐岚異异強强徑径揮挥換换無无術术楊杨欄栏橋桥樓楼沒没匯汇熱热確确礙碍"
    "筆笔簡简級级線线結结絡络統统綜综職职薦荐慮虑補补計计記记講讲論论設设訪访證证評评詢询詳详讀读調调謂谓謹谨質质載载輯辑邊边選选鑑鉴"
    "針针錯错鍵键門门閉闭聞闻閱阅隨随難难頂顶順顺頌颂饋馈並并併并裡里裏里圖图塊块審审戶户數数棟栋減减種种離离準准預预"
)
_WIDE = "".join(chr(n + 0xFEE0) + chr(n) for n in (*range(48, 58), *range(65, 91), *range(97, 123)))
# pairs: as written, as matched; half-width letters and digits, simplified characters
SAME_LETTERS = _SIMPLE + _WIDE
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
