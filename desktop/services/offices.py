"""Our office (本单位), whose facts a new case begins with."""

from dataclasses import fields

from db import models
from desktop.letter.model import Office
from desktop.services import secrecy
from desktop.services.library import writing
from desktop.services.records import drop_idle_offices, office_row


def our_office() -> Office | None:
    """Our office; None as long as nobody has said which it is."""
    row = models.Office.get_or_none(models.Office.ours)
    if row is None:
        return None
    return Office(**{fact.name: getattr(row, fact.name) for fact in fields(Office)})


def set_our_office(office: Office) -> None:
    """Make `office` ours from now on; the cases there are keep the facts they have.

    Raises `InputError` where a fact bears a secrecy mark (密级标志).
    """
    secrecy.refuse(*secrecy.texts(office))
    with writing():
        row = office_row(office)
        models.Office.update(ours=models.Office.id == row.id).execute()
        drop_idle_offices()
