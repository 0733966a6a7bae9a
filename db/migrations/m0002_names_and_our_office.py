"""Schema 2: a state (版本) can bear a name, and one office is ours. Frozen."""

STATEMENTS = (
    """ALTER TABLE "office" ADD COLUMN "ours" INTEGER NOT NULL DEFAULT 0""",
    """ALTER TABLE "revision" ADD COLUMN "name" TEXT NOT NULL DEFAULT ''""",
)
