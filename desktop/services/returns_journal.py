"""The journal of returned files (来稿): which was taken in, when; so that none comes in twice."""

from datetime import datetime

from peewee import fn

from db import models
from desktop.services.library import writing
from desktop.services.loading import letter_of


def known(key: str, sha256: str) -> datetime | None:
    """When the file with this digest was last taken into the case, or None where it never was."""
    row = models.Returned
    received: datetime | None = (
        row.select(fn.MAX(row.received_at))
        .where(row.letter == letter_of(key), row.sha256 == sha256)
        .scalar()
    )
    return received


def enter(key: str, sha256: str, file_name: str, author: str, export_id: int | None = None) -> None:
    """Note that this file was taken into the case; `export_id` names the one it goes back to.

    For services: in their transaction, or in one of its own. Raises `LibraryError`.
    """
    with writing():
        models.Returned.create(
            letter=letter_of(key),
            export=export_id,
            received_at=datetime.now(),
            sha256=sha256,
            file_name=file_name,
            author=author,
        )
