"""Schema 9: what is to be looked at in paragraphs taken over. Frozen."""

STATEMENTS = (
    """CREATE TABLE "reuse" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "letter_id" INTEGER NOT NULL,
        "paragraph" VARCHAR(255) NOT NULL,
        "source" TEXT NOT NULL,
        "outcome" VARCHAR(255),
        "words" TEXT NOT NULL,
        FOREIGN KEY ("letter_id") REFERENCES "letter" ("id") ON DELETE CASCADE
    )""",
    'CREATE INDEX "reuse_letter_id" ON "reuse" ("letter_id")',
    'CREATE UNIQUE INDEX "reuse_paragraph" ON "reuse" ("paragraph")',
    'CREATE INDEX "reuse_twice" ON "reuse" ("letter_id", "paragraph", "source", "outcome", "words")'
    ' WHERE "id" > 0',
)
