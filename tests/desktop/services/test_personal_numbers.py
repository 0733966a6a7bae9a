"""手机号 and 身份证号 in a text, and the numbers that only look like one."""

import re

import pytest

from desktop.services.personal_numbers import identities, mobiles
from tests.conftest import TODAY

MOBILES = {
    "联系电话13800000000。": "13800000000",
    "手机138-0000-0000": "138-0000-0000",
    "手机 138 0000 0000，": "138 0000 0000",
    "手机138　0000　0000": "138　0000　0000",
    "1380-000-0000": "1380-000-0000",
    "139—0000—0000": "139—0000—0000",
    "+86 13900000000": "+86 13900000000",
    "+86-139-0000-0000": "+86-139-0000-0000",
    "008613900000000转": "008613900000000",
    "８６１３９００００００００": "８６１３９００００００００",
    "１３８００００００００": "１３８００００００００",
    "1３8０0000000": "1３8０0000000",
}
NO_MOBILES = (
    "12800000000",
    "1380000000",
    "138000000001",
    "0138000000001",
    "6222 1380 0000 0000",
    "A13800000000",
    "13800000000B",
    "投入13800000000元",
    "13800000000.5",
    "0.13800000000",
    "13,800,000,000",
    "1985-1990-2000",
    "0755-83000000",
    "11010519491231002X",
)
IDENTITIES = {
    "身份证11010519491231002X。": "11010519491231002X",
    "11010519491231002x": "11010519491231002x",
    "110105 19491231 002X": "110105 19491231 002X",
    "１１０１０５１９４９１２３１００２Ｘ": "１１０１０５１９４９１２３１００２Ｘ",
    "旧证130503670401001": "130503670401001",
}
NO_IDENTITIES = (
    "110105194912310021",  # the check fails
    "110105194913310025",  # no such month
    "91110105194912310X",  # 统一社会信用代码 has other letters too
    "01010519491231002X",
    "111010519491231002X",
    "130503671301001",
    "130503670431001",  # no 31 April
    "202511231234567",
)


@pytest.mark.parametrize("text", MOBILES)
def test_a_mobile_is_found_as_it_stands(text: str) -> None:
    (number,) = mobiles(text)
    assert text[number.start : number.end] == MOBILES[text]
    assert re.fullmatch(r"13[89]0{8}", number.digits)


@pytest.mark.parametrize("text", NO_MOBILES)
def test_what_is_no_mobile(text: str) -> None:
    assert not list(mobiles(text))


@pytest.mark.parametrize("text", IDENTITIES)
def test_an_identity_is_found_as_it_stands(text: str) -> None:
    (number,) = identities(text, TODAY)
    assert text[number.start : number.end] == IDENTITIES[text]
    assert not list(mobiles(text))


@pytest.mark.parametrize("text", NO_IDENTITIES)
def test_what_is_no_identity(text: str) -> None:
    assert not list(identities(text, TODAY))


def test_two_in_one_text() -> None:
    text = "13800000000、13900000000，11010519491231002X"
    assert [n.digits for n in mobiles(text)] == ["13800000000", "13900000000"]
    assert len(list(identities(text, TODAY))) == 1


def test_a_long_text_of_digits_takes_no_time() -> None:
    """Neither pattern goes back and forth over what it has read."""
    for text in ("138 " * 20_000, "1" * 60_000, "138-0000-" * 10_000, "110105 " * 10_000):
        assert not list(mobiles(text))
        assert not list(identities(text, TODAY))
