"""The corpus of returns (来稿): what colleagues do to a letter, and whether it comes home.

Scenarios are made by real LibreOffice and by XML as Word and WPS write it, go several ways home,
with all, half and none of their carriers, and are measured against what was done. All of it:
`make returns`; a part: tests/returns/test_returns.py.
"""
