"""Schema 3: a deleted case rests in the 回收站. Frozen."""

STATEMENTS = ("""ALTER TABLE "letter" ADD COLUMN "deleted_at" DATETIME""",)
