"""One LibreOffice and the hand that drives it, as a process of its own. Not imported by hopdocs: run as a script.

It runs in the Python that LibreOffice's `uno` module belongs to (Debian's /usr/bin/python3), which is another one
than hopdocs', so it uses the standard library alone and nothing newer than Python 3.9.

    uno_worker.py PROGRAM FOLDER SOCKET…

A line of JSON comes in on standard input for each document, and one goes out on standard output. When standard
input closes, because the parent is done or dead, everything ends, even in the middle of a document: the reading thread
kills LibreOffice, removes the folder (it may hold a family's letter), the sockets, and then its own process group.
"""

from __future__ import annotations

import ctypes
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uno  # type: ignore[import-not-found]  # it belongs to another Python
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]
from com.sun.star.lang import Locale  # type: ignore[import-not-found]

if TYPE_CHECKING:
    from collections.abc import Callable

CONNECT_SECONDS = 60
POLL_SECONDS = 0.05
RESTART_CODES = (79, 81)
"""LibreOffice's own "start me again", after it has set up a new profile."""
PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
C_LIBRARY = ctypes.CDLL(None)
"""Loaded before any thread starts, since `die_with_parent` runs between fork and exec."""
SYMBOLS = "[\u2190-\u2bff\U0001f000-\U0001faff]+[\ufe0e\ufe0f\u200d]*"
"""Arrows, boxes, signs and emoji: what fonts for text lack (Unicode's blocks of symbols)."""
NO_UPDATE = 0
NEVER_EXECUTE = 0

SETTINGS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("/org.openoffice.Office.Common/Misc", "UseLocking", "false"),
    ("/org.openoffice.Office.Common/Save/Document", "AutoSave", "false"),
    ("/org.openoffice.Office.Java/VirtualMachine", "Enable", "false"),
    ("/org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "2"),
    ("/org.openoffice.Office.Writer/Content/Update", "Chart", "false"),
    ("/org.openoffice.Setup/L10N", "ooSetupSystemLocale", "da-DK"),
    ("/org.openoffice.Office.Linguistic/General", "DefaultLocale", "da-DK"),
    ("/org.openoffice.Office.Linguistic/SpellChecking", "IsSpellAuto", "false"),
    ("/org.openoffice.Office.Linguistic/GrammarChecking", "IsAutoCheck", "false"),
    ("/org.openoffice.Office.Writer/AutoFunction/Completion", "Enable", "false"),
    ("/org.openoffice.Office.Writer/AutoFunction/Completion", "CollectWords", "false"),
)
"""No links followed, no macros, no active content, Danish: whatever the documents ask for.

And nothing is done for a writer who is not there: no words collected to complete others, no spelling looked through.
"""


def write_profile(profile: Path) -> None:
    """A profile with these settings and nothing else."""
    items = [
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in SETTINGS
    ]
    user = profile / "user"
    user.mkdir(parents=True, exist_ok=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n' + "\n".join(items) + "\n</oor:items>\n",
        encoding="utf-8",
    )


def die_with_parent() -> None:
    """Ask the kernel to end LibreOffice when this process ends, however it ends (Linux; prctl(2))."""
    if sys.platform == "linux":
        C_LIBRARY.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def leave_network() -> None:
    """Besides, take the network away, where the kernel lets us (unshare(2)): root may, others in a user namespace.

    Its settings forbid LibreOffice to fetch anything; this holds even where it does not heed them. The pipe that it
    is driven through is a file and works on. Where namespaces are not to be had, the settings stand alone.
    """
    die_with_parent()
    if sys.platform != "linux" or C_LIBRARY.unshare(CLONE_NEWNET) == 0:
        return
    user, group = os.getuid(), os.getgid()
    if C_LIBRARY.unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0:
        for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
            Path("/proc/self", name).write_text(text, encoding="ascii")


def start_office(program: str, profile: Path, pipe: str) -> subprocess.Popen[bytes]:
    """Start LibreOffice with a pipe to talk through: no port, so nobody else on the machine can."""
    try:
        return start_program(program, profile, pipe, leave_network)
    except subprocess.SubprocessError:  # half a namespace is worse than none
        return start_program(program, profile, pipe, die_with_parent)


def start_program(program: str, profile: Path, pipe: str, prepare: Callable[[], None]) -> subprocess.Popen[bytes]:
    """The process itself, prepared between fork and exec."""
    return subprocess.Popen(  # noqa: S603 - no shell; the function only asks the kernel for a signal
        [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--invisible",
            "--nodefault",
            "--norestore",
            "--nologo",
            "--nolockcheck",
            "--nofirststartwizard",
            f"--accept=pipe,name={pipe};urp;",
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=prepare,  # noqa: PLW1509 - system calls and writes to /proc, no locks
        cwd=str(profile),
    )


def connect(program: str, profile: Path, offices: list[subprocess.Popen[bytes]]) -> tuple[subprocess.Popen[bytes], Any]:
    """A running LibreOffice, noted in `offices`, and its desktop."""
    pipe = profile.parent.name
    office = start_office(program, profile, pipe)
    offices.append(office)
    resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    deadline = time.monotonic() + CONNECT_SECONDS
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return office, context.ServiceManager.createInstance("com.sun.star.frame.Desktop")
        except NoConnectException:
            code = office.poll()
            if code in RESTART_CODES:
                office = start_office(program, profile, pipe)
                offices.append(office)
            elif code is not None:
                raise RuntimeError(f"soffice ended with {code}") from None
            if time.monotonic() > deadline:
                raise RuntimeError("soffice did not answer") from None
            time.sleep(POLL_SECONDS)


def properties(**values: object) -> tuple[Any, ...]:
    """Named values as UNO wants them."""
    return tuple(PropertyValue(name, 0, value, 0) for name, value in values.items())


def convert(desktop: Any, request: dict[str, Any]) -> None:
    """Make the PDF of one DOCX, and be done with it."""
    make_pdf(desktop, request).close(True)  # noqa: FBT003 - UNO takes no names


def make_pdf(desktop: Any, request: dict[str, Any]) -> Any:
    """Load a DOCX, mark it up, and store it as tagged PDF; the document is still to be closed.

    `links` and `symbols` say whether the document may have any: to look for them costs a tenth of a conversion.
    """
    document = desktop.loadComponentFromURL(
        Path(request["source"]).as_uri(),
        "_blank",
        0,
        properties(
            Hidden=True,
            HiddenForConversion=True,  # no tool bars either, nor anything else around it
            ReadOnly=True,
            FilterName="Office Open XML Text",  # as "MS Word 2007 XML", but nobody looks for macros of its own
            UpdateDocMode=NO_UPDATE,
            MacroExecutionMode=NEVER_EXECUTE,
            Silent=True,
        ),
    )
    if document is None:
        raise RuntimeError("LibreOffice could not read the document")
    try:
        described = document.DocumentProperties
        language = described.Language
        if not language.Language:
            language = Locale("da", "DK", "")
        described.Title, described.Language = request["title"], language
        if document.CharLocale != language:  # setting it, even to what it is, has every line broken anew
            document.createInstance("com.sun.star.text.Defaults").CharLocale = language
        if request.get("links", True):
            name_links(document)
        if request.get("symbols", True):
            part_symbols(document)
        options = uno.Any(
            "[]com.sun.star.beans.PropertyValue",
            properties(
                UseTaggedPDF=True,
                PDFUACompliance=True,
                ExportBookmarks=True,
                DisplayPDFDocumentTitle=True,
                ExportFormFields=False,
                ExportNotes=False,
                ExportNotesPages=False,
                EmbedStandardFonts=True,
                ReduceImageResolution=False,
            ),
        )
        document.storeToURL(
            Path(request["target"]).as_uri(), properties(FilterName="writer_pdf_Export", FilterData=options)
        )
    except BaseException:
        document.close(True)  # noqa: FBT003 - as above
        raise
    return document


def name_links(document: Any) -> None:
    """Call each link by its words, which a program that reads aloud then says (ISO 14289-1, 7.18.5).

    LibreOffice 7.4 does so by itself; 25.2 says a link's name, which is what Word calls a screen tip, and mostly empty.
    """
    search = document.createSearchDescriptor()
    search.ValueSearch = False  # whatever the link leads to
    search.setSearchAttributes(properties(HyperLinkURL=""))
    links = document.findAll(search)
    for link in map(links.getByIndex, range(links.getCount())):
        if not link.HyperLinkName:
            link.HyperLinkName = link.String


def part_symbols(document: Any) -> None:
    """Keep each symbol where it stands among the words when they are read aloud: a box to tick comes before its "Ja".

    What a letter's own font lacks is drawn after the rest of its stretch of text, and the order of drawing is the order
    of reading. A stretch ends where its properties do; this one changes nothing that is seen.
    """
    search = document.createSearchDescriptor()
    search.SearchRegularExpression = True
    search.SearchString = SYMBOLS
    symbols = document.findAll(search)
    for symbol in map(symbols.getByIndex, range(symbols.getCount())):
        symbol.CharAutoKerning = not symbol.CharAutoKerning


def resident_bytes(process: subprocess.Popen[bytes]) -> int:
    """How much memory LibreOffice holds; 0 if the system does not tell."""
    try:
        pages = Path(f"/proc/{process.pid}/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def read_requests(
    requests: queue.Queue[dict[str, Any]], offices: list[subprocess.Popen[bytes]], folder: Path, sockets: list[Path]
) -> None:
    """Hand on what comes in; when nothing more can come, end everything at once."""
    for line in sys.stdin:
        requests.put(json.loads(line))
    for office in offices:
        office.kill()
        office.wait()
    shutil.rmtree(folder, ignore_errors=True)
    for left in sockets:
        left.unlink(missing_ok=True)
    os.killpg(0, signal.SIGKILL)


def answer(**fields: object) -> None:
    """One line out."""
    sys.stdout.write(json.dumps(fields) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Serve until standard input closes."""
    program, folder, *sockets = sys.argv[1], *map(Path, sys.argv[2:])
    requests: queue.Queue[dict[str, Any]] = queue.Queue()
    offices: list[subprocess.Popen[bytes]] = []
    reader = threading.Thread(target=read_requests, args=(requests, offices, folder, sockets), daemon=True)
    reader.start()
    try:
        serve(program, folder / "profile", requests, offices)
    finally:  # a LibreOffice that is killed under our hands must not end us before everything is cleared away
        reader.join()


def serve(
    program: str, profile: Path, requests: queue.Queue[dict[str, Any]], offices: list[subprocess.Popen[bytes]]
) -> None:
    """Start LibreOffice, and make what comes in."""
    write_profile(profile)
    try:
        office, desktop = connect(program, profile, offices)
    except Exception as err:  # noqa: BLE001 - UNO raises its own kinds
        answer(ready=False, reason=str(err))
        return
    answer(ready=True, process=office.pid)
    while True:
        request = requests.get()
        try:
            document = make_pdf(desktop, request)
        except Exception as err:  # noqa: BLE001 - as above
            answer(done=False, reason=f"{type(err).__name__}: {err}"[:300])
            continue
        answer(done=True, resident=resident_bytes(office))
        try:
            document.close(True)  # noqa: FBT003 - UNO takes no names; the parent works on the PDF meanwhile
        except Exception:  # noqa: BLE001 - as above
            os.close(sys.stdout.fileno())  # by which the parent sees that this worker is of no more use
            return


if __name__ == "__main__":
    main()
