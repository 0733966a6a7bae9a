"""Reports of our own mistakes: where in the program, never what a letter says."""

import os
import tempfile
import traceback
from datetime import datetime
from pathlib import Path

from desktop import __version__


def write_report(error: BaseException) -> Path:
    """Write type and places of `error` (no message: it may quote a letter); returns the file."""
    lines = [f"复函 {__version__}  {datetime.now():%Y-%m-%d %H:%M:%S}\n"]
    cause: BaseException | None = error
    while cause is not None:
        lines += [f"{type(cause).__name__}\n", *traceback.format_tb(cause.__traceback__)]
        cause = cause.__cause__ or cause.__context__
    handle, path = tempfile.mkstemp(prefix="fuhan-", suffix=".txt")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.writelines(lines)
    return Path(path)
