"""A read letter as JSON with short keys, the exchange format of `fuhan read FILE --json`.

Texts are as printed, stripped; names and bodies without inner blanks; dates ISO; null where
nothing was found (未识别). `left_out` lists what of the file is no part of the letter, and why.
"""

from desktop.letter.foreign.anatomy import Anatomy, Fact, Part


def letter_json(anatomy: Anatomy) -> dict[str, object]:
    """The fields of a read letter, ready for `json.dumps`."""

    def value(fact: Fact) -> str | None:
        return anatomy.value(fact) or None

    def text(part: Part) -> str | None:
        return "\n".join(anatomy.texts(part)) or None

    count = anatomy.value(Fact.ADDRESSEE_COUNT)
    contact = {"name": value(Fact.CONTACT_NAME), "phone": value(Fact.CONTACT_PHONE)}
    numbers = anatomy.values(Fact.NUMBER)
    fields: dict[str, object] = {
        "kind": anatomy.kind.value,
        "title": "".join("".join(anatomy.texts(Part.TITLE)).split()) or None,
        "session": value(Fact.SESSION),
        "number": value(Fact.NUMBER),
        "subject": value(Fact.SUBJECT),
        "addressees": anatomy.values(Fact.ADDRESSEE),
        "addressee_count": int(count) if count else None,
        "salutation": text(Part.SALUTATION),
        "opening": text(Part.OPENING),
        "body": anatomy.texts(Part.BODY),
        "closing": anatomy.texts(Part.CLOSING),
        "signed_by": anatomy.values(Fact.SIGNED_BY),
        "date": value(Fact.DATE),
        "category": value(Fact.CATEGORY),
        "disclosure": value(Fact.DISCLOSURE),
        "document_number": value(Fact.DOCUMENT_NUMBER),
        "contact": contact if any(contact.values()) else None,
        "issued_by_person": value(Fact.ISSUED_BY),
        "copies": anatomy.values(Fact.COPY),
        "is_reply": anatomy.is_reply,
        "proposers": anatomy.values(Fact.PROPOSER),
        "left_out": [{"why": why, "text": text} for why, text in anatomy.left_out()],
    }
    if len(numbers) > 1:
        fields["number_conflict"] = numbers
    if anatomy.flattened:
        fields["flattened"] = True
    return fields
