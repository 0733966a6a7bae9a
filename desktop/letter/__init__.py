"""What a letter is: case → `Letter` → blocks → Word, and Word or text → case.

stdlib, python-docx and lxml only; of ours `db.enums` and `desktop.errors`. No Qt, no peewee.

Out:  model → compose (with a wording) → narrative | result_list (blocks) → writer (.docx)
Home: walk → page (what a file shows) → home (with our carriers, or the case that left:
      regions → places → matching → rebuilding) → model, or without them
      page → segments → dissection (head, tail, findings) → anatomy → letter_reader → model
"""
