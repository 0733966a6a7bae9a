"""LibreOffice driven as by hand. For Debian's own Python, which has its bindings (python3-uno)."""

import os
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.uno import Exception as UnoException

FILTERS = {"docx": "MS Word 2007 XML", "doc": "MS Word 97", "odt": "writer8"}
PATIENCE_S = 120


def values(**named):
    """Named arguments as UNO wants them."""
    return tuple(PropertyValue(name, 0, value, 0) for name, value in named.items())


class Office:
    """One office process without a window, with a profile of its own."""

    def __init__(self, profile):
        """Start it and wait until it answers."""
        pipe = f"fuhan{os.getpid()}"
        command = ["soffice", f"-env:UserInstallation={Path(profile).resolve().as_uri()}"]
        command += ["--headless", "--norestore", "--nologo", f"--accept=pipe,name={pipe};urp;"]
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(
            command, stdin=quiet, stdout=quiet, stderr=quiet, env={**os.environ, "TZ": "UTC"}
        )
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext(
            "com.sun.star.bridge.UnoUrlResolver", local
        )
        until = time.monotonic() + PATIENCE_S
        while True:  # no event tells that it listens
            try:
                address = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
                self.context = resolver.resolve(address)
                break
            except NoConnectException:
                if time.monotonic() > until or self.process.poll() not in (None, 81):
                    raise
                time.sleep(0.1)
        self.desktop = self.service("com.sun.star.frame.Desktop")
        self.dispatcher = self.service("com.sun.star.frame.DispatchHelper")

    def service(self, name):
        """A service of the office by its name."""
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def sign_as(self, author):
        """Whoever works now: the name tracked changes and the file's properties get."""
        provider = self.service("com.sun.star.configuration.ConfigurationProvider")
        node = values(nodepath="/org.openoffice.UserProfile/Data")
        access = provider.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationUpdateAccess", node
        )
        access.setPropertyValue("givenname", author)
        access.setPropertyValue("sn", "")
        access.commitChanges()

    def open(self, path):
        """The document of a file."""
        url = uno.systemPathToFileUrl(str(path))
        return self.desktop.loadComponentFromURL(url, "_blank", 0, ())

    def save(self, document, path):
        """`document` as what the file's name says."""
        kind = FILTERS[Path(path).suffix[1:]]
        document.storeToURL(uno.systemPathToFileUrl(str(path)), values(FilterName=kind))

    def press(self, document, command, **arguments):
        """A key or a menu entry, in an open document."""
        frame = document.CurrentController.Frame
        self.dispatcher.executeDispatch(frame, f".uno:{command}", "", 0, values(**arguments))

    def end(self):
        """Close it for good."""
        with suppress(UnoException):  # it may have crashed
            self.desktop.terminate()
        self.process.wait(PATIENCE_S)
