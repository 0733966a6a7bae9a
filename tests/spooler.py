"""A spooler as libcups sees it: one printer, of both sides, on a socket that is a file.

It speaks as much IPP (RFC 8010) as Qt's printing asks for, and keeps the jobs it is sent.
"""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path

NAME = "duplex-printer"
_OPERATION, _JOB, _END, _PRINTER = 1, 2, 3, 4
_INTEGER, _BOOLEAN, _ENUM, _TEXT, _KEYWORD, _URI, _CHARSET, _LANGUAGE, _MIME, _NAME = (
    *(0x21, 0x22, 0x23, 0x41, 0x44, 0x45, 0x47, 0x48, 0x49, 0x42),
)
_CREATE_JOB, _SEND_DOCUMENT, _PRINT_JOB = 5, 6, 2
_URI_OF_PRINTER = f"ipp://localhost/printers/{NAME}"
_PPD = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "TEST.PPD"
*Product: "(Test)"
*Manufacturer: "Test"
*ModelName: "Test"
*ShortNickName: "Test"
*NickName: "Test"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: False
*DefaultColorSpace: Gray
*FileSystem: False
*Throughput: "1"
*LandscapeOrientation: Plus90
*TTRasterizer: Type42
*OpenUI *PageSize: PickOne
*DefaultPageSize: A4
*PageSize A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*DefaultPageRegion: A4
*PageRegion A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4: "12 12 583 830"
*DefaultPaperDimension: A4
*PaperDimension A4: "595 842"
*OpenUI *Duplex: PickOne
*DefaultDuplex: DuplexNoTumble
*Duplex None: "<</Duplex false>>setpagedevice"
*Duplex DuplexNoTumble: "<</Duplex true/Tumble false>>setpagedevice"
*Duplex DuplexTumble: "<</Duplex true/Tumble true>>setpagedevice"
*CloseUI: *Duplex
*DefaultResolution: 600dpi
*DefaultFont: Courier
*Font Courier: Standard "(1.0)" Standard ROM
"""


@dataclass
class Spool:
    """What was sent: the attributes of each job by name, and its file."""

    jobs: list[dict[str, str]] = field(default_factory=list)
    files: list[bytes] = field(default_factory=list)


@contextmanager
def spooler(socket: Path) -> Iterator[Spool]:
    """A spooler listening on `socket`: give it to a process as CUPS_SERVER."""
    spool = Spool()

    class Bound(_Handler):
        sent_to = spool

    with socketserver.ThreadingUnixStreamServer(str(socket), Bound) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield spool
        server.shutdown()


class _Handler(BaseHTTPRequestHandler):
    sent_to: Spool
    protocol_version = "HTTP/1.1"

    def address_string(self) -> str:
        return "a file"

    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""

    def do_GET(self) -> None:
        self._answer(_PPD.encode(), "application/vnd.cups-ppd")

    def do_POST(self) -> None:
        body = self._body()
        version, operation, request = struct.unpack_from(">HHI", body)
        attributes, rest = _read(body)
        if operation in (_CREATE_JOB, _PRINT_JOB):
            self.sent_to.jobs.append(attributes)
        if operation in (_SEND_DOCUMENT, _PRINT_JOB):
            self.sent_to.files.append(rest)
        head = struct.pack(">HHI", version, 0, request) + bytes([_OPERATION])
        head += _said(_CHARSET, "attributes-charset", "utf-8")
        head += _said(_LANGUAGE, "attributes-natural-language", "en")
        self._answer(head + _told(operation) + bytes([_END]), "application/ipp")

    def _body(self) -> bytes:
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = []
        while size := int(self.rfile.readline(), 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def _answer(self, data: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def _told(operation: int) -> bytes:
    """Of the job that was made, or of the printer."""
    if operation in (_CREATE_JOB, _PRINT_JOB, _SEND_DOCUMENT):
        return bytes([_JOB]) + _said(_INTEGER, "job-id", 1) + _said(_ENUM, "job-state", 5)
    return (
        bytes([_PRINTER])
        + _said(_NAME, "printer-name", NAME)
        + _said(_URI, "printer-uri-supported", _URI_OF_PRINTER)
        + _said(_URI, "device-uri", "file:///dev/null")
        + _said(_TEXT, "printer-info", "二楼文印室")
        + _said(_TEXT, "printer-location", "203")
        + _said(_TEXT, "printer-make-and-model", "Test")
        + _said(_ENUM, "printer-type", 0x1014)  # black, both sides, default
        + _said(_ENUM, "printer-state", 3)
        + _said(_KEYWORD, "printer-state-reasons", "none")
        + _said(_BOOLEAN, "printer-is-accepting-jobs", True)
        + _said(_BOOLEAN, "printer-is-shared", False)
        + _said(_MIME, "document-format-supported", "application/pdf")
    )


def _said(kind: int, name: str, value: str | int | bool) -> bytes:
    """An attribute as IPP writes it."""
    data = value.encode() if isinstance(value, str) else struct.pack(">i", value)
    if isinstance(value, bool):
        data = bytes([value])
    return struct.pack(">BH", kind, len(name)) + name.encode() + struct.pack(">H", len(data)) + data


def _read(body: bytes) -> tuple[dict[str, str], bytes]:
    """The attributes of a request as texts, and the document after them."""
    found: dict[str, str] = {}
    place, last = 8, ""
    while body[place] != _END:
        if body[place] < 0x10:  # a group begins
            place += 1
            continue
        kind, length = struct.unpack_from(">BH", body, place)
        last = body[place + 3 : place + 3 + length].decode() or last
        place += 3 + length
        (length,) = struct.unpack_from(">H", body, place)
        data = body[place + 2 : place + 2 + length]
        place += 2 + length
        number = kind in (_INTEGER, _ENUM) and length == 4
        text = str(struct.unpack(">i", data)[0]) if number else data.decode("utf-8", "replace")
        found[last] = f"{found[last]},{text}" if last in found else text
    return found, body[place + 1 :]
