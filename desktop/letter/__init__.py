"""What a letter is: case → `Letter` → blocks → Word, and Word or text → case.

stdlib, python-docx and lxml only; of ours `db.enums` and `desktop.errors`. No Qt, no peewee.

Out:  model → compose (with a wording) → narrative | result_list (blocks) → sheet → writer (.docx)
In:   `reader`, the one door: `pages` (what a file shows), then
      `homecoming`  a file of ours that others changed: regions → places → matching → rebuilding
      `foreign`     a letter others wrote: segments → dissection → anatomy → letter_reader
      `proposal`    a proposal's original: lines → suggestions → cutting
"""
