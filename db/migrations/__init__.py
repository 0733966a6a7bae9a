"""The schema's history: one frozen module of plain SQL a step, listed here by hand.

Nothing is introspected and no step imports a model: models change, history does not. peewee's own
table rebuilds delete child rows under foreign keys, so a step is SQL of ours.
"""

from collections.abc import Callable

from peewee import SqliteDatabase

from db.errors import DamagedError
from db.migrations import (
    m0001_first_tables,
    m0002_names_and_our_office,
    m0003_deleted_cases,
    m0004_commit_counter,
    m0005_words_twice,
    m0006_letter_changed,
    m0007_originals,
    m0008_co_handling,
    m0009_reuses,
)

STEPS: tuple[tuple[str, ...], ...] = (
    m0001_first_tables.STATEMENTS,
    m0002_names_and_our_office.STATEMENTS,
    m0003_deleted_cases.STATEMENTS,
    m0004_commit_counter.STATEMENTS,
    m0005_words_twice.STATEMENTS,
    m0006_letter_changed.STATEMENTS,
    m0007_originals.STATEMENTS,
    m0008_co_handling.STATEMENTS,
    m0009_reuses.STATEMENTS,
)
SCHEMA = len(STEPS)


def migrate(database: SqliteDatabase, on_step: Callable[[int], None] = lambda _: None) -> None:
    """Bring `database` to `SCHEMA` in one transaction, or leave it as it was.

    Foreign keys are off while steps run and are all checked before the commit; `on_step` hears the
    number of each step before it runs.
    """
    version: int = database.pragma("user_version")
    if version == SCHEMA:
        return
    database.pragma("foreign_keys", 0)
    try:
        with database.atomic("IMMEDIATE"):
            for number in range(version, SCHEMA):
                on_step(number + 1)
                for statement in STEPS[number]:
                    database.execute_sql(statement)
            database.pragma("user_version", SCHEMA)
            if database.execute_sql("PRAGMA foreign_key_check").fetchone():
                raise DamagedError("references broken by a migration")
    finally:
        database.pragma("foreign_keys", 1)
