"""How a library can refuse to open. The sentences a handler reads are the services'."""


class StoreError(Exception):
    """The library file cannot be used as it is; nothing of it was changed."""


class InUseError(StoreError):
    """Another program holds the library."""


class ReadOnlyError(StoreError):
    """The file or its folder cannot be written."""


class DamagedError(StoreError):
    """The file is empty, cut off, no SQLite file, or its pages or references are broken."""


class DiskError(StoreError):
    """The disk is full or fails while the library is written."""


class MissingError(StoreError):
    """The file is gone but what lies beside a library is still there, or there is none at all."""


class BehindError(StoreError):
    """The library lacks commits it once had: its log was removed, or an older file lies there."""


class UpgradeError(StoreError):
    """The library could not be backed up or brought to the present schema."""


class ForeignError(StoreError):
    """A SQLite file of another program."""


class NewerError(StoreError):
    """The library was written by a newer version of the program."""
