"""Schema 5: what stands in a row stands in an index as well (see `db.models`). Frozen."""

_COLUMNS = {
    "office": "full_name short_name own_word region_word document_prefix contact_name"
    " contact_phone ours",
    "proposal": "key kind proposal_number session subject",
    "proposer": "proposal_id position name body",
    "suggestion": "proposal_id key position label text elaboration",
    "letter": "key kind form wording head layout sealed office_id lead_unit category_scheme"
    " category_grade disclosure_kind disclosure_reason issued_on issued_by deleted_at",
    "letterproposal": "letter_id proposal_id position",
    "letterfield": "letter_id name state text",
    "reply": "letter_id key position",
    "replysuggestion": "reply_id suggestion_id position",
    "paragraph": "reply_id key position text outcome runs_on level",
    "revision": "letter_id made_at reason sha256 name",
    "export": "letter_id revision_id made_at file_name final",
    "exportedreply": "export_id reply_key sha256",
}
STATEMENTS = tuple(
    f'CREATE INDEX "{table}_twice" ON "{table}" ('
    + ", ".join(f'"{column}"' for column in columns.split())
    + ') WHERE "id" > 0'
    for table, columns in _COLUMNS.items()
)
