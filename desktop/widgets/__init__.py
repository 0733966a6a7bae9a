"""Reusable parts of the window that know no word of the office: looks, icons, fields, messages."""
