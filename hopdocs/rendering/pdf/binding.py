"""The process that forks for each plan and binds it there, under limits; run as a module, never imported by the parent.

The plan is cloned, not appended, so that its tags stay; the sector plans come behind it, as `attached` reads them. The
mark of PDF/UA is taken off, since the foreign pages came without tags, and the outline says which those are.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import resource
import signal
import socket
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from pypdf import PdfReader, PdfWriter
from pypdf.errors import LimitReachedError, PyPdfError
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)

from hopdocs.rendering.pdf.attached.objects import add_object, dictionary_of, make_stream
from hopdocs.rendering.pdf.attached.protection import LockedError, ProtectedError
from hopdocs.rendering.pdf.attached.reading import TooManyPagesError, read_attachment
from hopdocs.rendering.pdf.attached.stand_ins import StandInError
from hopdocs.rendering.pdf.attached.tags.tagging import PlanTags, name_limits
from hopdocs.rendering.pdf.binder import mark_exit
from hopdocs.rendering.pdf.bundle import PROGRESS
from hopdocs.rendering.pdf.stamps import stamp_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from io import BufferedRWPair

    from hopdocs.rendering.pdf.attached.reading import ReadAttachment

MOST_HEADINGS: Final = 10_000
"""More than any plan has: then its outline is a loop."""


@dataclass
class BoundFile:
    """The file that grows: the plan, and behind it what is bound to it."""

    writer: PdfWriter
    most_pages: int

    @classmethod
    def start(cls, plan: bytes, most_pages: int) -> BoundFile:
        """The plan's own file, tags and all."""
        return cls(PdfWriter(clone_from=PdfReader(BytesIO(plan))), most_pages)

    def add(self, data: bytes) -> tuple[int, ReadAttachment]:
        """Put an attachment behind what there is, once it has been read through by itself; also its first page."""
        read = read_attachment(data, self.most_pages)
        first = len(self.writer.pages)
        self.writer.append(PdfReader(BytesIO(read.pdf)), import_outline=False)
        return first, read


def outline_plan(writer: PdfWriter, entries: list[tuple[str, int]]) -> None:
    """One entry for the plan, which takes in the headings it had, and one for each attachment."""
    old = dictionary_of(writer.root_object.get("/Outlines"))
    root = DictionaryObject({NameObject("/Type"): NameObject("/Outlines")})
    root_reference = add_object(writer, root)
    items = []
    for title, page in entries:
        target = ArrayObject([writer.pages[page].indirect_reference or NullObject(), NameObject("/Fit")])
        item = DictionaryObject({NameObject("/Title"): TextStringObject(title), NameObject("/Dest"): target})
        item[NameObject("/Parent")] = root_reference
        items.append((item, add_object(writer, item)))
    for (item, reference), (following, next_reference) in pairwise(items):
        item[NameObject("/Next")], following[NameObject("/Prev")] = next_reference, reference
    root[NameObject("/First")], root[NameObject("/Last")] = items[0][1], items[-1][1]
    root[NameObject("/Count")] = NumberObject(len(items))
    writer.root_object[NameObject("/Outlines")] = root_reference
    _take_in_headings(old, *items[0])


def _take_in_headings(old: DictionaryObject, item: DictionaryObject, reference: IndirectObject) -> None:
    if "/First" not in old or "/Last" not in old:
        return
    count = 0
    heading: DictionaryObject | None = dictionary_of(old["/First"])
    while heading is not None and count < MOST_HEADINGS:
        heading[NameObject("/Parent")] = reference
        count += 1
        heading = dictionary_of(heading["/Next"]) if "/Next" in heading else None
    item[NameObject("/First")], item[NameObject("/Last")] = old.raw_get("/First"), old.raw_get("/Last")
    item[NameObject("/Count")] = NumberObject(-count)


def describe_file(writer: PdfWriter, title: str, identity: bytes) -> None:
    """Title and identifier; the mark of PDF/UA goes, with the metadata that bore it."""
    writer.pdf_header = "%PDF-1.7"
    writer.add_metadata({"/Title": title, "/Producer": "hopdocs"})
    text = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt>'
        f'<rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>'
        "<dc:language><rdf:Bag><rdf:li>da-DK</rdf:li></rdf:Bag></dc:language></rdf:Description>"
        '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    )
    metadata = make_stream(text.encode())
    metadata[NameObject("/Type")] = NameObject("/Metadata")
    metadata[NameObject("/Subtype")] = NameObject("/XML")
    root = writer.root_object
    root[NameObject("/Metadata")] = add_object(writer, metadata)
    root[NameObject("/Lang")] = TextStringObject("da-DK")
    root[NameObject("/PageMode")] = NameObject("/UseOutlines")
    preferences = DictionaryObject(dictionary_of(root.get("/ViewerPreferences")))
    preferences[NameObject("/DisplayDocTitle")] = BooleanObject(True)  # noqa: FBT003 - by position only
    root[NameObject("/ViewerPreferences")] = preferences
    writer._ID = ArrayObject([ByteStringObject(identity), ByteStringObject(identity)])  # noqa: SLF001 - pypdf's own is random


def bind(
    request: dict[str, Any], files: list[bytes], tell_progress: Callable[[int], None]
) -> tuple[bytes, int, list[tuple[int, str, dict[str, str]]]]:
    """The bound file, its pages, and what is missing of the attachments or otherwise in them, by their index.

    The index of each attachment is told before it is read, and after the last that of the largest that is bound, which
    is to blame for what ends it from there on; -1 where none is.
    """
    plan, attachments = files[0], files[1:]
    bound = BoundFile.start(plan, request["limits"]["most_attachment_pages"])
    tags = PlanTags.find(bound.writer)
    entries = [(str(request["titles"][0]), 0)]
    faults: list[tuple[int, str, dict[str, str]]] = []
    sizes = {-1: -1}
    for index, data in enumerate(attachments):
        tell_progress(index)
        try:
            first, read = bound.add(data)
        except LockedError:
            faults.append((index, "HD340", {}))
        except ProtectedError:
            faults.append((index, "HD343", {}))
        except StandInError as err:
            faults.append((index, err.code, err.params))
        except (TooManyPagesError, LimitReachedError, MemoryError) as err:
            faults.append((index, "HD342", {"reason": str(err) or type(err).__name__}))
        except Exception as err:  # noqa: BLE001 - a broken PDF can lead pypdf anywhere
            faults.append((index, "HD341", {"reason": f"{type(err).__name__}: {err}"[:200]}))
        else:
            sizes[index] = len(read.pdf)
            title = str(request["titles"][index + 1])
            limits = name_limits(read.kinds)
            entries.append((f"{title} ({limits})" if limits else title, first))
            faults += [(index, code, params) for code, params in read.notes]
            if tags is not None:
                tags.add(read, first, title)
    tell_progress(max(sizes, key=sizes.__getitem__))
    if tags is not None:
        tags.settle()
    stamp_pages(bound.writer)
    outline_plan(bound.writer, entries)
    identity = hashlib.sha256(json.dumps([request["title"], entries]).encode() + b"".join(files)).digest()[:16]
    describe_file(bound.writer, str(request["title"]), identity)
    stream = BytesIO()
    bound.writer.write(stream)
    return stream.getvalue(), len(bound.writer.pages), faults


def serve(connection: BufferedRWPair) -> None:
    """Read the request and the files, bind under the request's limits, write the result."""
    request = json.loads(connection.readline())
    files = [connection.read(size) for size in request["sizes"]]
    limits = request["limits"]
    for kind, most in (
        (resource.RLIMIT_AS, limits["memory_bytes"]),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    seconds = limits["cpu_seconds"]
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))  # at the first SIGXCPU, which nobody else sends
    signal.setitimer(signal.ITIMER_REAL, limits["wall_seconds"])  # SIGALRM ends a process that has no handler for it

    def tell_progress(index: int) -> None:
        connection.write(b"%s%d\n" % (PROGRESS, index))
        connection.flush()

    try:
        pdf, pages, faults = bind(request, files, tell_progress)
    except PyPdfError as err:
        connection.write(json.dumps({"refused": f"{type(err).__name__}: {err}"[:200]}).encode() + b"\n")
    else:
        connection.write(json.dumps({"pages": pages, "faults": faults}).encode() + b"\n" + pdf)
    connection.flush()


def keep(connection: socket.socket) -> None:
    """Have one plan bound by a fork that its limits may end, and say last how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    fork = os.fork()
    if not fork:
        with _ending(), connection.makefile("rwb") as stream:
            serve(stream)
    _, status = os.waitpid(fork, 0)
    connection.sendall(mark_exit(os.waitstatus_to_exitcode(status)))


def main() -> None:
    """Wait with everything read; for each connection that comes through standard input, fork. Ends when that closes."""
    control = socket.socket(fileno=sys.stdin.fileno())
    gc.freeze()  # what is here stays, and no fork need look at it again
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how a keeper ends
    while True:
        _, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not descriptors:
            return
        with socket.socket(fileno=descriptors[0]) as connection:
            if not os.fork():
                with _ending():
                    control.close()
                    keep(connection)


@contextmanager
def _ending() -> Iterator[None]:
    """A fork ends here, whatever happens in it: what stands behind it is another process's work."""
    code = 1
    try:
        yield
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
