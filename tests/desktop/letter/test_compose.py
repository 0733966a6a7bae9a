"""Case → Letter: what the wordings compose, and the three states of a field."""

from dataclasses import replace
from datetime import date

import pytest

from db.enums import LetterKind, ProposalKind
from desktop.errors import ComposeError
from desktop.letter.compose import FIELD_NAMES, compose, composed_text, freeze
from desktop.letter.model import ABSENT, COMPOSED, Case, Fields, Issue, Paragraph, Proposer, own
from desktop.letter.wording import fill, load_wording
from tests.cases import WORDINGS, plain_case
from tests.conftest import TODAY


def with_proposers(case: Case, *proposers: Proposer) -> Case:
    return replace(case, proposals=(replace(case.proposals[0], proposers=proposers),))


@pytest.mark.parametrize(
    ("proposers", "house", "standard"),
    [
        ((Proposer("周明远"),), "尊敬的周明远委员：", "周明远委员："),
        ((Proposer("周明远"), Proposer("何静")), "尊敬的周明远、何静委员：", "周明远、何静委员："),
        ((Proposer("民进某区总支", True),), "民进某区总支：", "民进某区总支："),
        (
            (Proposer("周明远"), Proposer("民进某区总支", True)),
            "尊敬的周明远委员、民进某区总支：",
            "周明远委员、民进某区总支：",
        ),
    ],
)
def test_salutation(proposers: tuple[Proposer, ...], house: str, standard: str) -> None:
    case = with_proposers(plain_case(), *proposers)
    assert compose(case, TODAY).salutation == house
    assert compose(replace(case, wording="standard"), TODAY).salutation == standard


def test_a_joint_proposal_is_answered_to_every_proposer() -> None:
    names = [f"代表{chr(0x4E00 + n)}" for n in range(10)]
    case = with_proposers(plain_case(), *map(Proposer, names))
    assert all(name in compose(case, TODAY).salutation for name in names)
    assert "感谢你们" in compose(case, TODAY).closing[0]


def test_the_peoples_congress_has_its_own_words() -> None:
    case = plain_case()
    case = replace(case, proposals=(replace(case.proposals[0], kind=ProposalKind.NPC),))
    letter = compose(case, TODAY)
    assert letter.salutation == "尊敬的周明远代表："
    assert "第2025118号建议" in "".join(letter.title)
    assert "提案" not in "".join((*letter.title, *letter.opening))


@pytest.mark.parametrize("wording", WORDINGS)
def test_missing_facts_leave_no_hole(wording: str) -> None:
    bare = replace(plain_case().proposals[0], proposal_number="", session="")
    for proposal in (bare, replace(bare, subject="", proposers=())):
        letter = compose(plain_case(wording=wording, proposals=(proposal,)), TODAY)
        text = "".join((*letter.title, letter.salutation, *letter.opening, *letter.closing))
        assert "第号" not in text
        assert "（）" not in text
        assert "《》" not in text
        assert letter.opening


def test_a_subject_that_names_a_law_is_quoted_not_bracketed() -> None:
    proposal = replace(plain_case().proposals[0], subject="关于修订《某区绿化办法》的建议")
    opening = compose(plain_case(proposals=(proposal,)), TODAY).opening[0]
    assert "“关于修订《某区绿化办法》的建议”" in opening


def test_an_opinion_goes_to_the_lead_unit() -> None:
    case = plain_case(kind=LetterKind.OPINION)
    with pytest.raises(ComposeError, match="主办单位"):
        compose(case, TODAY)
    letter = compose(replace(case, lead_unit="区民政局"), TODAY)
    assert letter.salutation == "区民政局："
    assert "会办意见" in "".join(letter.title)
    assert "答复" not in "".join((*letter.title, *letter.opening))


@pytest.mark.parametrize("name", FIELD_NAMES)
def test_every_field_has_three_states(name: str) -> None:
    case = plain_case(fields=replace(Fields(contact=COMPOSED), **{name: own("自己写的话")}))
    shown = getattr(compose(case, TODAY), name)
    assert shown in ("自己写的话", ("自己写的话",))
    absent = replace(case, fields=replace(case.fields, **{name: ABSENT}))
    assert not getattr(compose(absent, TODAY), name)
    back = replace(case, fields=replace(case.fields, **{name: COMPOSED}))
    assert "".join(getattr(compose(back, TODAY), name)) == composed_text(back, name, TODAY).replace(
        "\n", ""
    )


def test_own_title_breaks_are_kept() -> None:
    case = plain_case(fields=Fields(title=own("某局对于\n2025118号提案的答复")))
    assert compose(case, TODAY).title == ("某局对于", "2025118号提案的答复")


def test_the_date_waits_for_the_issue() -> None:
    case = plain_case()
    assert compose(case, TODAY).date == "2025年　月　日"
    assert compose(freeze(case, Issue(date(2025, 9, 5))), TODAY).date == "2025年9月5日"


def test_what_is_issued_no_longer_changes_with_the_profile() -> None:
    issued = freeze(plain_case(), Issue(TODAY, "赵某"))
    renamed = replace(issued, office=replace(issued.office, full_name="别的局", own_word="我委"))
    before, after = compose(issued, TODAY), compose(renamed, date(2030, 1, 1))
    for name in FIELD_NAMES:
        assert getattr(before, name) == getattr(after, name)


def test_two_proposals_share_a_letter() -> None:
    first = plain_case().proposals[0]
    second = replace(
        first, key="second22", proposal_number="2025119", subject="关于别的事的提案", suggestions=()
    )
    letter = compose(plain_case(proposals=(first, second)), TODAY)
    assert "第2025118、2025119号" in letter.opening[0]
    assert "《关于别的事的提案》" in letter.opening[0]


@pytest.mark.parametrize("name", ["", "nope", "../house", "house.toml"])
def test_an_unknown_wording_is_named(name: str) -> None:
    with pytest.raises(ComposeError, match="行文写法"):
        load_wording(name)


def test_patterns() -> None:
    assert fill("a[b{x}]c{y}", {"y": "1"}) == "ac1"
    assert fill("a[b{x}]c{y}", {"x": "2", "y": "1"}) == "ab2c1"


def test_blank_paragraphs_are_never_printed() -> None:
    case = plain_case()
    first, second, general = case.replies
    blank = Paragraph("blank234", " \u3000")
    with_one = replace(first, paragraphs=(first.paragraphs[0], blank, first.paragraphs[1]))
    case = replace(
        case,
        replies=(
            with_one,
            replace(second, paragraphs=(blank,)),
            replace(general, paragraphs=(blank,)),
        ),
    )
    letter = compose(case, TODAY)
    assert letter.sections[0].reply == first
    assert letter.sections[1].reply == replace(second, paragraphs=())
    assert letter.general is None
    assert letter.case == case
