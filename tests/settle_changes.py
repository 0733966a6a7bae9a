"""Accept and reject every tracked change in real LibreOffice, as a person does in its menu.

Run by Debian's own Python, which has LibreOffice's bindings (python3-uno), with a folder and files:
each FILE.docx is saved into the folder as FILE-accepted.docx and FILE-rejected.docx.
"""

import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

DEEDS = {"accepted": ".uno:AcceptAllTrackedChanges", "rejected": ".uno:RejectAllTrackedChanges"}
PATIENCE_S = 60


def named(**values):
    """What LibreOffice takes as named arguments."""
    return tuple(PropertyValue(name, 0, value, 0) for name, value in values.items())


def connected(pipe, office):
    """The running office's component context, once it answers."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    address = f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return resolver.resolve(address)
        except NoConnectException:
            if time.monotonic() > until or office.poll() is not None:
                raise
            time.sleep(0.1)  # the pipe tells nobody when it opens


def settle(context, folder, files):
    """Both deeds on each of `files`."""
    make = context.ServiceManager.createInstanceWithContext
    desktop = make("com.sun.star.frame.Desktop", context)
    dispatcher = make("com.sun.star.frame.DispatchHelper", context)
    for file in files:
        for name, deed in DEEDS.items():
            document = desktop.loadComponentFromURL(file.as_uri(), "_blank", 0, named(Hidden=True))
            frame = document.CurrentController.Frame
            dispatcher.executeDispatch(frame, deed, "", 0, ())
            target = folder / f"{file.stem}-{name}.docx"
            document.storeToURL(target.as_uri(), named(FilterName="MS Word 2007 XML"))
            document.close(True)
    desktop.terminate()


def main(folder, *files):
    """Start an office of its own, and end it."""
    folder = Path(folder).resolve()
    pipe = f"fuhan-{folder.name}"
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    office = subprocess.Popen([*command, f"--accept=pipe,name={pipe};urp;"])
    try:
        settle(connected(pipe, office), folder, [Path(file).resolve() for file in files])
        office.wait(PATIENCE_S)
    finally:
        office.kill()


if __name__ == "__main__":
    main(*sys.argv[1:])
