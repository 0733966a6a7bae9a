"""Whether a folder lies on a network drive, where saving ends when the connection does."""

import re
import sys
from pathlib import Path, PureWindowsPath

from PySide6.QtCore import QStorageInfo

DRIVE_REMOTE = 4  # of GetDriveTypeW
_KINDS = re.compile(
    r"(fuse\.)?(9p|afpfs|afs|beegfs|ceph|cifs|davfs2?|glusterfs|gvfsd-fuse|lustre|ncpfs|nfs\d?"
    r"|rclone|s3fs|smb\d?|smbfs|sshfs|webdav)"
)


def on_network(file_system: str, source: str = "", *, path: str = "", drive: int = 0) -> bool:
    """Whether these are of a network drive: the type of a file system (`nfs4`, `fuse.sshfs`), what
    is mounted (`//server/share`), the absolute `path` as Windows writes it, its kind of `drive`
    (GetDriveTypeW)."""
    mounted = file_system == "fuse" and "://" in source  # davfs2 calls itself no more than that
    known = _KINDS.fullmatch(file_system.lower())
    return bool(known) or mounted or drive == DRIVE_REMOTE or _is_share(path)


def lies_on_network(folder: Path) -> bool:
    """Whether `folder`, which exists, does."""
    place = QStorageInfo(str(folder.absolute()))
    told = (place.fileSystemType(), place.device())
    kind, source = (bytes(said.data()).decode("utf-8", "replace") for said in told)
    if sys.platform != "win32":
        return on_network(kind, source)
    import ctypes

    path = str(folder.absolute())
    drive = ctypes.windll.kernel32.GetDriveTypeW(PureWindowsPath(path).drive + "\\")
    return on_network(kind, source, path=path, drive=drive)


def _is_share(path: str) -> bool:
    r"""\\server\share\…, \\?\UNC\server\share\…, but not \\?\C:\… nor \\.\…"""
    drive = PureWindowsPath(path).drive.replace("/", "\\")
    return drive.startswith("\\\\") and (
        drive[2:4] not in ("?\\", ".\\") or drive[4:8].upper() == "UNC\\"
    )
