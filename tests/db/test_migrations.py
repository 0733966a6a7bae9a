"""The frozen steps make the tables the models want, all or nothing."""

from pathlib import Path

import peewee
import pytest

from db import migrations
from db.errors import DamagedError
from db.migrations import SCHEMA, STEPS, migrate
from db.models import MODELS, Proposal, Suggestion


def tables(database: peewee.SqliteDatabase) -> dict[str, list[str]]:
    """Each table and index as its statement, white space aside."""
    rows = database.execute_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {name: sql.replace("( ", "(").split() for name, sql in rows.fetchall()}


def test_the_steps_make_what_the_models_want() -> None:
    wanted = peewee.SqliteDatabase(":memory:")
    with wanted.bind_ctx(MODELS):
        wanted.create_tables(MODELS)
    made = peewee.SqliteDatabase(":memory:")
    migrate(made)

    def squeezed(database: peewee.SqliteDatabase) -> dict[str, str]:
        return {name: "".join(words) for name, words in tables(database).items()}

    assert squeezed(made) == squeezed(wanted)


def test_the_steps_that_have_landed_never_change() -> None:
    """A step in the field is history: a change is a new step. Add a line here with each one."""
    import hashlib

    digests = [hashlib.sha256("\n".join(step).encode()).hexdigest()[:16] for step in STEPS]
    assert digests == [
        "ebf94f10d529c369",
        "44634c4a24b1c6f5",
        "85670f89518f509d",
        "294f4ca64be27b21",
        "39ec54df9f944214",
        "3c948e830ec14db7",
        "af3662e58f661e4c",
        "35fff0be67426606",
        "249f767ebed2b622",
    ]


# one row of every table as schema 1 had them; parents first
FULL_CASE = (
    "INSERT INTO office VALUES (1, '某局', '局', '我局', '我区', '某函', '李某', '123')",
    "INSERT INTO letter VALUES (1, 'letter22', 'reply', 'narrative', 'house', 'letter', 'nominal',"
    " 1, 1, '', 'shenzhen', 'B', 'closed', '理由', '2025-09-05', '张某')",
    "INSERT INTO proposal VALUES (1, 'proposal', 'cppcc', '2025118', '七届二次', '案由')",
    "INSERT INTO proposer VALUES (1, 1, 0, '周明远', 0)",
    "INSERT INTO suggestion VALUES (1, 1, 'suggest2', 0, '1', '建议', '说明')",
    "INSERT INTO letterproposal VALUES (1, 1, 1, 0)",
    "INSERT INTO letterfield VALUES (1, 1, 'title', 'own', '标题')",
    "INSERT INTO reply VALUES (1, 1, 'replyone', 0)",
    "INSERT INTO replysuggestion VALUES (1, 1, 1, 0)",
    "INSERT INTO paragraph VALUES (1, 1, 'paragra2', 0, '答复', 'done', 0, 0)",
    "INSERT INTO revision VALUES (1, 1, '2025-09-05 08:00:00', 'import', '{}', 'digest')",
    "INSERT INTO export VALUES (1, 1, 1, '2025-09-05 09:00:00', 'a.docx', 0)",
    "INSERT INTO exportedreply VALUES (1, 1, 'replyone', 'digest')",
)


def test_a_library_of_schema_1_keeps_every_row(tmp_path: Path) -> None:
    database = peewee.SqliteDatabase(tmp_path / "a.db", pragmas={"foreign_keys": 1})
    for statement in (*STEPS[0], *FULL_CASE, "PRAGMA user_version=1"):
        database.execute_sql(statement)

    def rows() -> dict[str, list[tuple[object, ...]]]:
        names = database.get_tables()
        return {n: database.execute_sql(f"SELECT * FROM {n}").fetchall() for n in names}

    before = rows()
    assert all(len(found) == 1 for found in before.values())
    migrate(database)
    after = rows()
    added = {"office": (0,), "revision": ("",), "letter": (None, 0)}
    added |= {"proposal": ("",), "suggestion": ("",)}
    for name, (row,) in before.items():
        assert after[name] == [row + added.get(name, ())], name
    assert database.pragma("user_version") == SCHEMA
    assert not database.execute_sql("PRAGMA foreign_key_check").fetchall()


@pytest.fixture
def filled(tmp_path: Path) -> peewee.SqliteDatabase:
    database = peewee.SqliteDatabase(tmp_path / "a.db", pragmas={"foreign_keys": 1})
    migrate(database)
    database.bind(MODELS)
    for number in range(50):
        proposal = Proposal.create(
            key=f"p{number}", kind="cppcc", proposal_number=str(number), session="", subject=""
        )
        Suggestion.create(
            proposal=proposal, key=f"s{number}", position=0, label="1", text="", elaboration=""
        )
    return database


REBUILD = (
    "CREATE TABLE proposal2 AS SELECT * FROM proposal",
    "DROP TABLE proposal",
    "ALTER TABLE proposal2 RENAME TO proposal",
)


def test_a_step_that_rebuilds_a_table_keeps_the_children(
    filled: peewee.SqliteDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = (*REBUILD, "CREATE UNIQUE INDEX proposal_id ON proposal (id)")
    monkeypatch.setattr(migrations, "STEPS", (*STEPS, step))
    monkeypatch.setattr(migrations, "SCHEMA", SCHEMA + 1)
    migrate(filled)
    assert Suggestion.select().count() == 50
    assert filled.pragma("user_version") == SCHEMA + 1
    assert filled.pragma("foreign_keys") == 1


@pytest.mark.parametrize("bad", ["CREATE TABLE proposal (a)", "DELETE FROM proposal"])
def test_a_step_that_fails_changes_nothing(
    filled: peewee.SqliteDatabase, monkeypatch: pytest.MonkeyPatch, bad: str
) -> None:
    before = tables(filled)
    monkeypatch.setattr(migrations, "STEPS", (*STEPS, ("CREATE TABLE extra (a)", bad)))
    monkeypatch.setattr(migrations, "SCHEMA", SCHEMA + 1)
    with pytest.raises((peewee.OperationalError, DamagedError)):
        migrate(filled)
    assert tables(filled) == before
    assert filled.pragma("user_version") == SCHEMA
    assert Proposal.select().count() == 50
