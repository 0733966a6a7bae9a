"""What a handler can do: one module a noun, one function an action, one transaction. No Qt.

Functions take and return plain values, cases and the frozen rows of `rows`; peewee's records never
leave this folder.
"""
