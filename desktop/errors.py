"""What can go wrong, in two families.

`FuhanError` is the world's doing (a file, a disk, an input, a choice): its message is one Chinese
sentence for the handler that says what happened, what is safe, what to do. Everything else that is
raised is a mistake of ours and is mapped in one place, `desktop.__main__`.
"""


class FuhanError(Exception):
    """An expected failure; `str(error)` is the sentence shown to the handler."""


class InputError(FuhanError):
    """What came in (file, text, case file) cannot be used."""


class ComposeError(FuhanError):
    """A case cannot be printed in the form asked for."""


class LibraryError(FuhanError):
    """The library (文库) refuses: a case exists, is unknown, ambiguous, or the file is in use."""


class OutputError(FuhanError):
    """A file could not be written; what stood there before still stands."""
