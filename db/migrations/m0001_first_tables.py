"""Schema 1: the tables of data-model.md. Frozen: a later change is a later step."""

STATEMENTS = (
    """CREATE TABLE "office" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "full_name" TEXT NOT NULL,
        "short_name" TEXT NOT NULL,
        "own_word" TEXT NOT NULL,
        "region_word" TEXT NOT NULL,
        "document_prefix" TEXT NOT NULL,
        "contact_name" TEXT NOT NULL,
        "contact_phone" TEXT NOT NULL
    )""",
    """CREATE TABLE "letter" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "key" VARCHAR(255) NOT NULL,
        "kind" VARCHAR(255) NOT NULL,
        "form" VARCHAR(255) NOT NULL,
        "wording" VARCHAR(255) NOT NULL,
        "head" VARCHAR(255) NOT NULL,
        "layout" VARCHAR(255) NOT NULL,
        "sealed" INTEGER NOT NULL,
        "office_id" INTEGER NOT NULL,
        "lead_unit" TEXT NOT NULL,
        "category_scheme" VARCHAR(255),
        "category_grade" VARCHAR(255),
        "disclosure_kind" VARCHAR(255),
        "disclosure_reason" TEXT NOT NULL,
        "issued_on" DATE,
        "issued_by" TEXT NOT NULL,
        FOREIGN KEY ("office_id") REFERENCES "office" ("id") ON DELETE RESTRICT
    )""",
    'CREATE UNIQUE INDEX "letter_key" ON "letter" ("key")',
    'CREATE INDEX "letter_office_id" ON "letter" ("office_id")',
    """CREATE TABLE "revision" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "letter_id" INTEGER NOT NULL,
        "made_at" DATETIME NOT NULL,
        "reason" VARCHAR(255) NOT NULL,
        "case_file" TEXT NOT NULL,
        "sha256" VARCHAR(255) NOT NULL,
        FOREIGN KEY ("letter_id") REFERENCES "letter" ("id") ON DELETE CASCADE
    )""",
    'CREATE INDEX "revision_letter_id" ON "revision" ("letter_id")',
    """CREATE TABLE "export" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "letter_id" INTEGER NOT NULL,
        "revision_id" INTEGER NOT NULL,
        "made_at" DATETIME NOT NULL,
        "file_name" TEXT NOT NULL,
        "final" INTEGER NOT NULL,
        FOREIGN KEY ("letter_id") REFERENCES "letter" ("id") ON DELETE CASCADE,
        FOREIGN KEY ("revision_id") REFERENCES "revision" ("id")
    )""",
    'CREATE INDEX "export_letter_id" ON "export" ("letter_id")',
    'CREATE INDEX "export_revision_id" ON "export" ("revision_id")',
    """CREATE TABLE "exportedreply" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "export_id" INTEGER NOT NULL,
        "reply_key" VARCHAR(255) NOT NULL,
        "sha256" VARCHAR(255) NOT NULL,
        FOREIGN KEY ("export_id") REFERENCES "export" ("id") ON DELETE CASCADE
    )""",
    'CREATE INDEX "exportedreply_export_id" ON "exportedreply" ("export_id")',
    """CREATE TABLE "letterfield" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "letter_id" INTEGER NOT NULL,
        "name" VARCHAR(255) NOT NULL,
        "state" VARCHAR(255) NOT NULL,
        "text" TEXT NOT NULL,
        FOREIGN KEY ("letter_id") REFERENCES "letter" ("id") ON DELETE CASCADE
    )""",
    'CREATE UNIQUE INDEX "letterfield_letter_id_name" ON "letterfield" ("letter_id", "name")',
    """CREATE TABLE "proposal" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "key" VARCHAR(255) NOT NULL,
        "kind" VARCHAR(255) NOT NULL,
        "proposal_number" VARCHAR(255) NOT NULL,
        "session" TEXT NOT NULL,
        "subject" TEXT NOT NULL
    )""",
    'CREATE UNIQUE INDEX "proposal_key" ON "proposal" ("key")',
    'CREATE INDEX "proposal_proposal_number" ON "proposal" ("proposal_number")',
    """CREATE TABLE "letterproposal" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "letter_id" INTEGER NOT NULL,
        "proposal_id" INTEGER NOT NULL,
        "position" INTEGER NOT NULL,
        FOREIGN KEY ("letter_id") REFERENCES "letter" ("id") ON DELETE CASCADE,
        FOREIGN KEY ("proposal_id") REFERENCES "proposal" ("id") ON DELETE RESTRICT
    )""",
    'CREATE INDEX "letterproposal_proposal_id" ON "letterproposal" ("proposal_id")',
    'CREATE UNIQUE INDEX "letterproposal_letter_id_proposal_id" '
    'ON "letterproposal" ("letter_id", "proposal_id")',
    """CREATE TABLE "reply" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "letter_id" INTEGER NOT NULL,
        "key" VARCHAR(255) NOT NULL,
        "position" INTEGER NOT NULL,
        FOREIGN KEY ("letter_id") REFERENCES "letter" ("id") ON DELETE CASCADE
    )""",
    'CREATE INDEX "reply_letter_id" ON "reply" ("letter_id")',
    'CREATE UNIQUE INDEX "reply_key" ON "reply" ("key")',
    """CREATE TABLE "paragraph" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "reply_id" INTEGER NOT NULL,
        "key" VARCHAR(255) NOT NULL,
        "position" INTEGER NOT NULL,
        "text" TEXT NOT NULL,
        "outcome" VARCHAR(255),
        "runs_on" INTEGER NOT NULL,
        "level" INTEGER NOT NULL,
        FOREIGN KEY ("reply_id") REFERENCES "reply" ("id") ON DELETE CASCADE
    )""",
    'CREATE INDEX "paragraph_reply_id" ON "paragraph" ("reply_id")',
    'CREATE UNIQUE INDEX "paragraph_key" ON "paragraph" ("key")',
    """CREATE TABLE "proposer" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "proposal_id" INTEGER NOT NULL,
        "position" INTEGER NOT NULL,
        "name" TEXT NOT NULL,
        "body" INTEGER NOT NULL,
        FOREIGN KEY ("proposal_id") REFERENCES "proposal" ("id") ON DELETE CASCADE
    )""",
    'CREATE INDEX "proposer_proposal_id" ON "proposer" ("proposal_id")',
    """CREATE TABLE "suggestion" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "proposal_id" INTEGER NOT NULL,
        "key" VARCHAR(255) NOT NULL,
        "position" INTEGER NOT NULL,
        "label" TEXT NOT NULL,
        "text" TEXT NOT NULL,
        "elaboration" TEXT NOT NULL,
        FOREIGN KEY ("proposal_id") REFERENCES "proposal" ("id") ON DELETE CASCADE
    )""",
    'CREATE INDEX "suggestion_proposal_id" ON "suggestion" ("proposal_id")',
    'CREATE UNIQUE INDEX "suggestion_key" ON "suggestion" ("key")',
    """CREATE TABLE "replysuggestion" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "reply_id" INTEGER NOT NULL,
        "suggestion_id" INTEGER NOT NULL,
        "position" INTEGER NOT NULL,
        FOREIGN KEY ("reply_id") REFERENCES "reply" ("id") ON DELETE CASCADE,
        FOREIGN KEY ("suggestion_id") REFERENCES "suggestion" ("id") ON DELETE CASCADE
    )""",
    'CREATE INDEX "replysuggestion_suggestion_id" ON "replysuggestion" ("suggestion_id")',
    'CREATE UNIQUE INDEX "replysuggestion_reply_id_suggestion_id" '
    'ON "replysuggestion" ("reply_id", "suggestion_id")',
)
