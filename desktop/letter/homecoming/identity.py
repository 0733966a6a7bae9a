"""Who a returned file (来稿) is: by its carriers, and by what its head says where they are gone."""

from collections.abc import Sequence

from db.enums import LetterKind
from desktop.letter import carriers
from desktop.letter.clean import clean_text
from desktop.letter.foreign.facts import number_of
from desktop.letter.foreign.head_reader import title_of
from desktop.letter.foreign.segments import Segment, segments_of
from desktop.letter.homecoming.returned import FileKind, Identity
from desktop.letter.pages.package import Package
from desktop.letter.pages.page import Page

_HEAD = 40  # lines at the head of a page that tell its title and number


def identify(page: Page) -> Identity:
    """Who the file of `page` says it is; whatever is left of its carriers is used."""
    lines = [line for line in page.lines if line.text.strip()]
    texts = tuple(line.text for line in lines)
    head = segments_of("\n".join(texts[:_HEAD]), lines[:_HEAD])
    title, _ = title_of(head)
    said = carriers.properties(page.package) if page.package else {}
    carried = carriers.find(page.package) if page.package else None
    case = carried.case if carried else None
    return Identity(
        _kind(said, carried),
        case_key=case.key if case else "",
        assignment=said.get("fuhan.pack", ""),
        state=said.get("fuhan.state", ""),
        sha256=carriers.digests(said),
        suggestions=tuple(s.key for s in case.suggestions()) if case else (),
        printed=carriers.printed_of(said),
        case=carried.case if carried and not carried.masked else None,
        numbers=_numbers([*title, *head]),
        title="".join(segment.printed for segment in title),
        lines=texts,
        author=last_author(page.package) if page.package else "",
    )


def last_author(package: Package) -> str:
    """Who saved the file last, as its properties say."""
    root = package.xml("docProps/core.xml")
    found = None if root is None else root.find("{*}lastModifiedBy")
    return "" if found is None else clean_text(found.text or "").strip()


def _kind(said: dict[str, str], carried: carriers.Carried | None) -> FileKind:
    if "fuhan.pack" in said:
        return FileKind.PACK
    if carried:
        opinion = carried.case.kind is LetterKind.OPINION
        return FileKind.OPINION if opinion else FileKind.LETTER
    return FileKind.LETTER if "fuhan.state" in said else FileKind.UNKNOWN


def _numbers(segments: Sequence[Segment]) -> tuple[str, ...]:
    """提案编号, of the first line that names one."""
    found = next(filter(None, (number_of(segment.view) for segment in segments)), None)
    return tuple(found[0].split("、")) if found else ()
