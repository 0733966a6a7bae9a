"""Schema 8: the 会办 units of a letter, the 批注 and the journal of what came home. Frozen."""

STATEMENTS = (
    """CREATE TABLE "assignment" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "letter_id" INTEGER NOT NULL,
        "key" VARCHAR(255) NOT NULL,
        "position" INTEGER NOT NULL,
        "unit" TEXT NOT NULL,
        "role" VARCHAR(255) NOT NULL,
        "contact" TEXT NOT NULL,
        "due_on" DATE,
        "sent_on" DATE,
        "returned_on" DATE,
        FOREIGN KEY ("letter_id") REFERENCES "letter" ("id") ON DELETE CASCADE
    )""",
    'CREATE INDEX "assignment_letter_id" ON "assignment" ("letter_id")',
    'CREATE UNIQUE INDEX "assignment_key" ON "assignment" ("key")',
    """CREATE INDEX "assignment_twice" ON "assignment" ("letter_id", "key", "position", "unit",
        "role", "contact", "due_on", "sent_on", "returned_on") WHERE "id" > 0""",
    """CREATE TABLE "assignmentsuggestion" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "assignment_id" INTEGER NOT NULL,
        "suggestion_id" INTEGER NOT NULL,
        "position" INTEGER NOT NULL,
        FOREIGN KEY ("assignment_id") REFERENCES "assignment" ("id") ON DELETE CASCADE,
        FOREIGN KEY ("suggestion_id") REFERENCES "suggestion" ("id") ON DELETE CASCADE
    )""",
    """CREATE INDEX "assignmentsuggestion_suggestion_id"
        ON "assignmentsuggestion" ("suggestion_id")""",
    """CREATE UNIQUE INDEX "assignmentsuggestion_assignment_id_suggestion_id"
        ON "assignmentsuggestion" ("assignment_id", "suggestion_id")""",
    """CREATE INDEX "assignmentsuggestion_twice" ON "assignmentsuggestion"
        ("assignment_id", "suggestion_id", "position") WHERE "id" > 0""",
    """CREATE TABLE "note" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "letter_id" INTEGER NOT NULL,
        "key" VARCHAR(255) NOT NULL,
        "position" INTEGER NOT NULL,
        "place" VARCHAR(255) NOT NULL,
        "text" TEXT NOT NULL,
        "author" TEXT NOT NULL,
        "at" VARCHAR(255) NOT NULL,
        "quoted" TEXT NOT NULL,
        "done" INTEGER NOT NULL,
        FOREIGN KEY ("letter_id") REFERENCES "letter" ("id") ON DELETE CASCADE
    )""",
    'CREATE INDEX "note_letter_id" ON "note" ("letter_id")',
    'CREATE UNIQUE INDEX "note_key" ON "note" ("key")',
    """CREATE INDEX "note_twice" ON "note" ("letter_id", "key", "position", "place", "text",
        "author", "at", "quoted", "done") WHERE "id" > 0""",
    """CREATE TABLE "returned" (
        "id" INTEGER NOT NULL PRIMARY KEY,
        "letter_id" INTEGER NOT NULL,
        "export_id" INTEGER,
        "received_at" DATETIME NOT NULL,
        "sha256" VARCHAR(255) NOT NULL,
        "file_name" TEXT NOT NULL,
        "author" TEXT NOT NULL,
        FOREIGN KEY ("letter_id") REFERENCES "letter" ("id") ON DELETE CASCADE,
        FOREIGN KEY ("export_id") REFERENCES "export" ("id") ON DELETE SET NULL
    )""",
    'CREATE INDEX "returned_letter_id" ON "returned" ("letter_id")',
    'CREATE INDEX "returned_export_id" ON "returned" ("export_id")',
    """CREATE INDEX "returned_twice" ON "returned" ("letter_id", "export_id", "received_at",
        "sha256", "file_name", "author") WHERE "id" > 0""",
)
