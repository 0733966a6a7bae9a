"""Accept and reject every tracked change in real LibreOffice, as a person does in its menu.

Run by Debian's own Python with a folder and files: each FILE.docx is saved into the folder as
FILE-accepted.docx and FILE-rejected.docx.
"""

import sys
from pathlib import Path

from tests.office import Office

DEEDS = {"accepted": "AcceptAllTrackedChanges", "rejected": "RejectAllTrackedChanges"}


def main(folder, *files):
    """Both deeds on each file."""
    folder = Path(folder)
    office = Office(folder / "profile")
    try:
        for file in map(Path, files):
            for name, deed in DEEDS.items():
                document = office.open(file)
                office.press(document, deed)
                office.save(document, folder / f"{file.stem}-{name}.docx")
                document.close(True)
    finally:
        office.end()


if __name__ == "__main__":
    main(*sys.argv[1:])
