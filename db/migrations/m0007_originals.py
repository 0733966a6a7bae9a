"""Schema 7: a proposal keeps its original, a suggestion where it stands in it. Frozen."""

STATEMENTS = (
    """ALTER TABLE "proposal" ADD COLUMN "original" TEXT NOT NULL DEFAULT ''""",
    """ALTER TABLE "suggestion" ADD COLUMN "spans" TEXT NOT NULL DEFAULT ''""",
    'DROP INDEX "proposal_twice"',
    'CREATE INDEX "proposal_twice" ON "proposal" ("key", "kind", "proposal_number", "session",'
    ' "subject", "original") WHERE "id" > 0',
    'DROP INDEX "suggestion_twice"',
    'CREATE INDEX "suggestion_twice" ON "suggestion" ("proposal_id", "key", "position", "label",'
    ' "text", "elaboration", "spans") WHERE "id" > 0',
)
