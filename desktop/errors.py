"""What can go wrong, in two families.

`FuhanError` is the world's doing (a file, a disk, an input, a choice): its message is one Chinese
sentence for the handler that says what happened, what is safe, what to do. Everything else that is
raised is a mistake of ours and is mapped in one place, `desktop.__main__`.

The narrower classes are for those who ask on: a window its question, the command line its option.
"""


class FuhanError(Exception):
    """An expected failure; `str(error)` is the sentence shown to the handler."""


class InputError(FuhanError):
    """What came in (file, text, case file) cannot be used."""


class ComposeError(FuhanError):
    """A case cannot be printed in the form asked for."""


class UnnamedOfficeError(ComposeError):
    """The red letterhead wants the office's full name, which is not filled in."""


class IssuedOtherwiseError(ComposeError):
    """An issued case (定稿) was asked for as a final copy in other settings."""


class LibraryError(FuhanError):
    """The library (文库) refuses: a case exists, is unknown, ambiguous, or the file is in use."""


class PlaceError(LibraryError):
    """No library can be kept in this folder; another one can."""


class RescueError(LibraryError):
    """The library cannot be opened as it lies there; a backup can be brought back."""


class BehindError(RescueError):
    """The library lacks commits it once had; the handler may take it as it is."""


class UnknownCaseError(LibraryError):
    """No case goes by this number or key."""


class DeletedCaseError(LibraryError):
    """The case rests in the 回收站; it can be brought back."""


class SeveralCasesError(LibraryError):
    """Several cases go by this number."""


class ExistsError(LibraryError):
    """The case that comes in is in the library already, under `key`; or, where it is not the
    `same`, another one of its number is. `fixed`: it is 定稿 and cannot be replaced."""

    def __init__(self, sentence: str, key: str, *, same: bool = True, fixed: bool = False) -> None:
        super().__init__(sentence)
        self.key, self.same, self.fixed = key, same, fixed


class OwnCaseError(LibraryError):
    """What was to be written can only become a case of its own beside the one that is there."""


class OwnPackError(OwnCaseError):
    """What was to come in as a new case is a 会办包 of ours, which is taken in as a return."""


class OutputError(FuhanError):
    """A file could not be written; what stood there before still stands."""


class TargetExistsError(OutputError):
    """A file of this name exists and was not to be overwritten."""
