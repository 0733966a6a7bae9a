"""Schema 6: a letter knows the commit that changed it last, for the search index. Frozen."""

STATEMENTS = ("""ALTER TABLE "letter" ADD COLUMN "changed" INTEGER NOT NULL DEFAULT 0""",)
