"""Schema 4: a library has a key of its own and counts its commits (see `db.mark`). Frozen."""

STATEMENTS = (
    """CREATE TABLE "library" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "key" VARCHAR(255) NOT NULL,
        "commits" INTEGER NOT NULL
    )""",
    """INSERT INTO "library" ("key", "commits") VALUES (lower(hex(randomblob(8))), 0)""",
)
