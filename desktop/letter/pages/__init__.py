"""WHAT A FILE SHOWS: a .docx or a text, looked at before it is believed → its lines (页面)."""
