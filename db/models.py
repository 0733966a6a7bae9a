"""The tables of a library, as data-model.md has them. Rows never leave the services.

Each class is one table of `db.migrations`; `tests/db/test_migrations.py` holds the two together.
"""

from typing import Any

from peewee import (
    SQL,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)


class Record(Model):
    """What all tables share; `db.connection` binds them to the open library."""

    id: Any


class SpansField(TextField):
    """Stretches of a text, pairs of characters' places, as “12-40 41-80”."""

    def db_value(self, value: tuple[tuple[int, int], ...]) -> str:
        """As it is stored."""
        return " ".join(f"{start}-{end}" for start, end in value)

    def python_value(self, value: str) -> tuple[tuple[int, int], ...]:
        """As it was; `ValueError` where it holds anything else."""
        pairs = (pair.split("-") for pair in value.split())
        return tuple((int(start), int(end)) for start, end in pairs)


class Library(Record):
    """The one row that says which library this is and counts its commits (see `db.mark`)."""

    key = CharField()
    commits = IntegerField()


class Office(Record):
    """A bureau as cases know it; one may be ours, the one a new case begins with."""

    full_name = TextField()
    short_name = TextField()
    own_word = TextField()
    region_word = TextField()
    document_prefix = TextField()
    contact_name = TextField()
    contact_phone = TextField()
    ours = BooleanField(default=False, constraints=[SQL("DEFAULT 0")])


class Proposal(Record):
    """提案 or 人大建议."""

    key = CharField(unique=True)
    kind = CharField()
    proposal_number = CharField(index=True)
    session = TextField()
    subject = TextField()
    original = TextField(default="", constraints=[SQL("DEFAULT ''")])


class Proposer(Record):
    """提案人, in order; the first leads."""

    proposal = ForeignKeyField(Proposal, backref="proposers", on_delete="CASCADE")
    position = IntegerField()
    name = TextField()
    body = BooleanField()


class Suggestion(Record):
    """建议, in the proposer's order."""

    proposal = ForeignKeyField(Proposal, backref="suggestions", on_delete="CASCADE")
    key = CharField(unique=True)
    position = IntegerField()
    label = TextField()
    text = TextField()
    elaboration = TextField()
    spans = SpansField(default=(), constraints=[SQL("DEFAULT ''")])  # in the proposal's original


class Letter(Record):
    """The letter of a case; its key is the case's."""

    key = CharField(unique=True)
    kind = CharField()
    form = CharField()
    wording = CharField()
    head = CharField()
    layout = CharField()
    sealed = BooleanField()
    office = ForeignKeyField(Office, backref="letters", on_delete="RESTRICT")
    lead_unit = TextField()
    category_scheme = CharField(null=True)
    category_grade = CharField(null=True)
    disclosure_kind = CharField(null=True)
    disclosure_reason = TextField(default="")
    issued_on = DateField(null=True)
    issued_by = TextField(default="")
    deleted_at = DateTimeField(null=True)  # since when it rests in the 回收站
    # the commit that changed it last (`db.mark`), so that the search index knows what to read anew
    changed = IntegerField(default=0, constraints=[SQL("DEFAULT 0")])


class LetterProposal(Record):
    """Which proposals a letter answers, in order (“第13、53号” is one letter to two)."""

    letter = ForeignKeyField(Letter, backref="links", on_delete="CASCADE", index=False)
    proposal = ForeignKeyField(Proposal, backref="links", on_delete="RESTRICT")
    position = IntegerField()

    class Meta:
        """One link a pair; the index serves the foreign key as well."""

        indexes = ((("letter", "proposal"), True),)


class LetterField(Record):
    """A field of the letter that is own text, absent, or frozen; one without a row is composed."""

    letter = ForeignKeyField(Letter, backref="fields", on_delete="CASCADE", index=False)
    name = CharField()
    state = CharField()
    text = TextField()

    class Meta:
        """One row a field; the index serves the foreign key as well."""

        indexes = ((("letter", "name"), True),)


class Reply(Record):
    """答复, in order; without suggestions it is the general one."""

    letter = ForeignKeyField(Letter, backref="replies", on_delete="CASCADE")
    key = CharField(unique=True)
    position = IntegerField()


class ReplySuggestion(Record):
    """Which suggestions a reply answers, in order."""

    reply = ForeignKeyField(Reply, backref="links", on_delete="CASCADE", index=False)
    suggestion = ForeignKeyField(Suggestion, backref="links", on_delete="CASCADE")
    position = IntegerField()

    class Meta:
        """One link a pair; the index serves the foreign key as well."""

        indexes = ((("reply", "suggestion"), True),)


class Paragraph(Record):
    """A paragraph of a reply with its outcome, run-on and level."""

    reply = ForeignKeyField(Reply, backref="paragraphs", on_delete="CASCADE")
    key = CharField(unique=True)
    position = IntegerField()
    text = TextField()
    outcome = CharField(null=True)
    runs_on = BooleanField()
    level = IntegerField()


class Assignment(Record):
    """分工: a unit's part in answering, in the handler's order."""

    letter = ForeignKeyField(Letter, backref="assignments", on_delete="CASCADE")
    key = CharField(unique=True)
    position = IntegerField()
    unit = TextField()
    role = CharField()
    contact = TextField()
    due_on = DateField(null=True)
    sent_on = DateField(null=True)
    returned_on = DateField(null=True)


class AssignmentSuggestion(Record):
    """Which suggestions a unit is asked about, in order."""

    assignment = ForeignKeyField(Assignment, backref="links", on_delete="CASCADE", index=False)
    suggestion = ForeignKeyField(Suggestion, backref="assignments", on_delete="CASCADE")
    position = IntegerField()

    class Meta:
        """One link a pair; the index serves the foreign key as well."""

        indexes = ((("assignment", "suggestion"), True),)


class Note(Record):
    """批注 that came home with a returned file, in its order."""

    letter = ForeignKeyField(Letter, backref="notes", on_delete="CASCADE")
    key = CharField(unique=True)
    position = IntegerField()
    place = CharField()
    text = TextField()
    author = TextField()
    at = CharField()
    quoted = TextField()
    done = BooleanField()


class Reuse(Record):
    """取用: where the words of a paragraph came from, what they were marked with there, and which
    of them are still to be looked at (JSON). The paragraph's row comes and goes with its reply, so
    it is named by its key."""

    letter = ForeignKeyField(Letter, backref="reuses", on_delete="CASCADE")
    paragraph = CharField(unique=True)
    source = TextField()
    outcome = CharField(null=True)
    words = TextField()


class Revision(Record):
    """A state (版本) of a case: its whole case file, why it was kept, and the name it was given."""

    letter = ForeignKeyField(Letter, backref="revisions", on_delete="CASCADE")
    made_at = DateTimeField()
    reason = CharField()
    case_file = TextField()
    sha256 = CharField()
    name = TextField(default="", constraints=[SQL("DEFAULT ''")])


class Export(Record):
    """The export journal: which state left, when, as which file."""

    letter = ForeignKeyField(Letter, backref="exports", on_delete="CASCADE")
    revision = ForeignKeyField(Revision, backref="exports")
    made_at = DateTimeField()
    file_name = TextField()
    final = BooleanField()


class ExportedReply(Record):
    """The digest of one reply as it left."""

    export = ForeignKeyField(Export, backref="replies", on_delete="CASCADE")
    reply_key = CharField()
    sha256 = CharField()


class Returned(Record):
    """The journal of files taken in (来稿): its digest, who saved it last, the export it goes back
    to where that is known."""

    letter = ForeignKeyField(Letter, backref="returned", on_delete="CASCADE")
    export = ForeignKeyField(Export, backref="returned", null=True, on_delete="SET NULL")
    received_at = DateTimeField()
    sha256 = CharField()
    file_name = TextField()
    author = TextField()


MODELS = (
    Library,
    Office,
    Proposal,
    Proposer,
    Suggestion,
    Letter,
    LetterProposal,
    LetterField,
    Reply,
    ReplySuggestion,
    Paragraph,
    Assignment,
    AssignmentSuggestion,
    Note,
    Reuse,
    Revision,
    Export,
    ExportedReply,
    Returned,
)

# What stands in a row stands once more in an index that no query uses. SQLite compares the two at
# every start: a byte that the disk changed is noticed even where it left the file well-formed. The
# words of a state (版本) have a digest instead; what counts commits is written too often.
for _model in MODELS[1:]:
    _columns = [
        field
        for field in _model._meta.sorted_fields[1:]
        if field.name not in ("case_file", "changed")
    ]
    _model.add_index(*_columns, name=f"{_model._meta.table_name}_twice", where=SQL('"id" > 0'))
