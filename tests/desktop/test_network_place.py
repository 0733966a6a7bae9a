"""Which places lie on a network, by what the system tells of them."""

from pathlib import Path

import pytest

from desktop.network_place import DRIVE_REMOTE, lies_on_network, on_network

FIXED = 3


@pytest.mark.parametrize(
    "kind",
    ["nfs", "nfs4", "cifs", "CIFS", "smb3", "9p", "davfs", "fuse.sshfs", "fuse.gvfsd-fuse"],
)
def test_file_systems_of_a_network(kind: str) -> None:
    assert on_network(kind)


@pytest.mark.parametrize(
    "kind",
    [
        "ext4",
        "xfs",
        "btrfs",
        "tmpfs",
        "overlay",
        "fuseblk",
        "fuse",
        "NTFS",
        "exfat",
        "nfsd-like",
        "",
    ],
)
def test_file_systems_of_this_computer(kind: str) -> None:
    assert not on_network(kind, "/dev/sda1")


def test_davfs2_shows_itself_by_what_is_mounted() -> None:
    assert on_network("fuse", "https://server/dav")


@pytest.mark.parametrize(
    ("path", "drive", "network"),
    [
        (r"\\server\share\复函", 0, True),
        ("//server/share/复函", 0, True),
        (r"\\?\UNC\server\share\复函", 0, True),
        (r"Z:\复函", DRIVE_REMOTE, True),
        (r"C:\复函", FIXED, False),
        (r"\\?\C:\复函", FIXED, False),
        (r"\\.\C:\复函", FIXED, False),
    ],
)
def test_windows(path: str, drive: int, network: bool) -> None:
    assert on_network("NTFS", path=path, drive=drive) is network


def test_what_is_mounted_here_is_asked(tmp_path: Path) -> None:
    assert not lies_on_network(tmp_path)
