"""DOCX to PDF by warm LibreOffice workers: tagged, titled, in Danish, the same bytes each time.

A worker is one LibreOffice with a profile of its own and the script that drives it (`uno_worker.py`), together one
process group. It is trusted when it has converted a probe, and replaced when it has grown, hung, died, or done its
number of documents.
"""

from __future__ import annotations

import hashlib
import json
import os
import queue
import selectors
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import asdict
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from hopdocs.errors import ConverterFault
from hopdocs.rendering.pdf.copy_to_convert.preparing import CopyToConvert, prepare_copy
from hopdocs.rendering.pdf.office import Office, find_office
from hopdocs.rendering.pdf.probe import make_probe
from hopdocs.rendering.pdf.settled_bytes import settle_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

START_SECONDS: Final = 90.0
TIME_LIMIT_SECONDS: Final = 60.0
DOCUMENTS_PER_WORKER: Final = 400
"""A new one costs as much as ten documents. LibreOffice 7.4 grows to 230 MB over its first 200, and to 237 over 800."""
MOST_RESIDENT_BYTES: Final = 700 * 1024 * 1024
CLOSE_SECONDS: Final = 5.0
TRIES: Final = 2
LEAST_PDF_BYTES: Final = 500
CONVERSION: Final = "3"
"""Raised where hopdocs makes other bytes of the same Word file than before: then every PDF is made again."""
SOCKET_FOLDER: Final = Path("/tmp")  # noqa: S108 - LibreOffice's own, whatever it is told (sal/osl/unx/pipe.cxx)
PRELOADED: Final = ("libjemalloc.so.2", "libeatmydata.so")
"""An allocator with which LibreOffice makes the same PDF in a sixth less of its time, and what keeps it from waiting
for the disk three times a document: nothing of its folder lasts. The loader goes on without one that is not there."""


class DocumentFault(ConverterFault):
    """LibreOffice has read the document, and says no: it will say so again."""


class PdfConverter:
    """A pool of warm workers. Use as a context manager; `convert` may be called from several threads at once."""

    def __init__(
        self,
        *,
        workers: int | None = None,
        time_limit_seconds: float = TIME_LIMIT_SECONDS,
        documents_per_worker: int = DOCUMENTS_PER_WORKER,
        most_resident_bytes: int = MOST_RESIDENT_BYTES,
        office: Office | None = None,
    ) -> None:
        self._office = office
        self._size = workers or min(os.cpu_count() or 1, 2)
        self._time_limit_seconds = time_limit_seconds
        self._documents_per_worker = documents_per_worker
        self._most_resident_bytes = most_resident_bytes
        self._slots: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        self._workers: set[_Worker] = set()
        self._lock = threading.Lock()
        self._is_closed = False
        self._interrupts = 0
        for _ in range(self._size):
            self._slots.put(None)

    @property
    def size(self) -> int:
        """How many documents are converted at a time."""
        return self._size

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End every worker and what it started."""
        with self._lock:
            self._is_closed = True
            workers = list(self._workers)
            self._workers.clear()
        for worker in workers:
            worker.hang_up()
        for worker in workers:
            worker.end()

    def interrupt(self) -> None:
        """Break off what is being converted: whoever waits for it gets a ConverterFault, and may ask again."""
        with self._lock:
            self._interrupts += 1
            workers = list(self._workers)
        for worker in workers:
            if worker.is_busy:
                worker.kill()

    def warm_up(self) -> None:
        """Start every worker now, rather than with its first document; raises ConverterFault."""
        threads = [threading.Thread(target=self._warm_one, daemon=True) for _ in range(self._size - 1)]
        for thread in threads:
            thread.start()
        worker = self._take(self._interrupts)
        for thread in threads:
            thread.join()
        self._slots.put(worker)

    def convert(self, docx: bytes, title: str) -> bytes:
        """The PDF of a document; its dates are those of the document's properties.

        Raises ConverterFault: HD330 and HD331 where LibreOffice or its Python is missing, HD332 where it does not
        start, HD333 where two fresh tries gave no PDF of this document: a DocumentFault if LibreOffice said so itself.
        """
        reason, kind, interrupts = "", ConverterFault, self._interrupts
        prepared = prepare_copy(docx)
        for _ in range(TRIES):
            worker = self._take(interrupts)
            if not self._begin(worker, interrupts):
                self._give_back(worker)
                reason, kind = "broken off", ConverterFault
                break
            try:
                if worker.is_fresh:
                    worker.convert(prepared, title, self._time_limit_seconds)
                pdf = worker.convert(prepared, title, self._time_limit_seconds)
            except _WorkerError as err:
                reason, kind = str(err), DocumentFault if isinstance(err, _Refusal) else ConverterFault
                self._discard(worker)
                self._slots.put(None)
                if interrupts != self._interrupts:
                    break
                continue
            except BaseException:
                self._discard(worker)
                self._slots.put(None)
                raise
            self._give_back(worker)
            return settle_bytes(pdf, docx)
        raise kind("HD333", title=title, reason=reason)

    def _begin(self, worker: _Worker, interrupts: int) -> bool:
        """Whether the document is still wanted: if so, from here on an interrupt ends the worker."""
        with self._lock:
            worker.is_busy = interrupts == self._interrupts
            return worker.is_busy

    def _take(self, interrupts: int) -> _Worker:
        """A worker that is alive, waiting for one when all are at work."""
        worker = self._slots.get()
        try:
            if worker is not None and not worker.is_alive():
                self._discard(worker)
                worker = None
            return worker or self._start(interrupts)
        except BaseException:
            self._slots.put(None)
            raise

    def _start(self, interrupts: int) -> _Worker:
        office = self._office or find_office()
        reason = ""
        for _ in range(TRIES):
            try:
                worker = _Worker(office)
            except OSError as err:  # no room for its folder, or no right to start it
                raise ConverterFault("HD332", reason=err.strerror or type(err).__name__) from err
            with self._lock:
                if self._is_closed or interrupts != self._interrupts:
                    worker.end()
                    raise ConverterFault("HD332", reason="closed" if self._is_closed else "broken off")
                self._workers.add(worker)
            try:
                worker.prove(START_SECONDS)
            except _WorkerError as err:
                reason = str(err)
                self._discard(worker)
                if interrupts != self._interrupts:
                    break
            except BaseException:
                self._discard(worker)
                raise
            else:
                return worker
        raise ConverterFault("HD332", reason=reason)

    def _give_back(self, worker: _Worker) -> None:
        worker.is_busy = False
        is_worn = worker.documents >= self._documents_per_worker or worker.resident_bytes > self._most_resident_bytes
        if is_worn:
            self._discard(worker)
        self._slots.put(None if is_worn else worker)

    def _discard(self, worker: _Worker) -> None:
        with self._lock:
            self._workers.discard(worker)
        worker.end()

    def _warm_one(self) -> None:
        with suppress(ConverterFault):  # the caller's own start tells
            worker = self._take(self._interrupts)
            self._slots.put(worker)


class _WorkerError(Exception):
    """This worker is of no more use."""


class _Refusal(_WorkerError):
    """It is, and said itself why it makes no PDF of this document."""


class _Worker:
    """One LibreOffice and its driver, as a process group."""

    def __init__(self, office: Office) -> None:
        self.documents = 0
        self.resident_bytes = 0
        self.is_busy = True
        self._folder = Path(tempfile.mkdtemp(prefix="hopdocs-pdf-"))
        self._sockets = name_sockets(self._folder)
        script = resources.files("hopdocs.rendering.pdf") / "uno_worker.py"
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own script, no shell
                [
                    str(office.python),
                    "-I",
                    str(script),
                    str(office.program),
                    str(self._folder),
                    *map(str, self._sockets),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                cwd=self._folder,
                env=worker_environment(os.environ, self._folder),
            )
        except OSError:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        self._unread = b""

    @property
    def is_fresh(self) -> bool:
        """Whether it has made no document yet. The first one is made twice, and the second counts.

        LibreOffice 7.4, starting under load, broke the pages of its first document otherwise than those of the same
        document later: twice in some two hundred starts, and never in a thousand documents after the first.
        """
        return self.documents == 0

    def is_alive(self) -> bool:
        """Whether its driver still runs."""
        return self._process.poll() is None

    def prove(self, time_limit_seconds: float) -> None:
        """Wait until it is ready, and convert a small document."""
        deadline = time.monotonic() + time_limit_seconds
        answer = self._read_answer(deadline)
        if not answer.get("ready"):
            raise _WorkerError(str(answer.get("reason", "")))
        self.convert(prepare_copy(make_probe()), "hopdocs", deadline - time.monotonic())
        self.documents = 0
        self.is_busy = False

    def convert(self, copy: CopyToConvert, title: str, time_limit_seconds: float) -> bytes:
        """LibreOffice's own PDF."""
        source, target = self._folder / "document.docx", self._folder / "document.pdf"
        try:
            source.write_bytes(copy.data)
            request = {"source": str(source), "target": str(target), "title": title, **asdict(copy.needs)}
            self._send(json.dumps(request).encode() + b"\n")
            answer = self._read_answer(time.monotonic() + time_limit_seconds)
            if not answer.get("done"):
                raise _Refusal(str(answer.get("reason", "")))
            pdf = target.read_bytes()
        except OSError as err:
            raise _WorkerError(str(err)) from err
        finally:
            for left in (source, target):
                left.unlink(missing_ok=True)
        self.documents += 1
        resident = answer.get("resident", 0)
        self.resident_bytes = resident if isinstance(resident, int) else 0
        if len(pdf) < LEAST_PDF_BYTES or not pdf.startswith(b"%PDF-") or b"%%EOF" not in pdf[-64:]:
            raise _WorkerError("no PDF came out")
        return pdf

    def hang_up(self) -> None:
        """Close its input: it ends by itself."""
        if self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()

    def kill(self) -> None:
        """Now, whatever it is at; who waits for its answer hears that it died."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> None:
        """Gone, with everything that it started."""
        self.hang_up()
        try:
            self._process.wait(CLOSE_SECONDS)
        except subprocess.TimeoutExpired:
            pass
        finally:
            self.kill()
            self._process.wait()
            if self._process.stdout is not None:
                self._process.stdout.close()
            shutil.rmtree(self._folder, ignore_errors=True)
            for left in self._sockets:
                left.unlink(missing_ok=True)

    def _send(self, line: bytes) -> None:
        if self._process.stdin is None:
            raise _WorkerError("closed")
        try:
            self._process.stdin.write(line)
            self._process.stdin.flush()
        except (OSError, ValueError) as err:
            raise _WorkerError("the worker died") from err

    def _read_answer(self, deadline: float) -> dict[str, object]:
        """One line of JSON, in time."""
        if self._process.stdout is None:
            raise _WorkerError("closed")
        descriptor = self._process.stdout.fileno()
        with selectors.DefaultSelector() as selector:
            selector.register(descriptor, selectors.EVENT_READ)
            while b"\n" not in self._unread:
                if not selector.select(max(deadline - time.monotonic(), 0)):
                    raise _WorkerError("took too long")
                came = os.read(descriptor, 65536)
                if not came:
                    raise _WorkerError("the worker died")
                self._unread += came
        line, self._unread = self._unread.split(b"\n", 1)
        answer = json.loads(line)
        return answer if isinstance(answer, dict) else {}


def version() -> str:
    """What a PDF depends on beside its Word file, for fingerprints; raises ConverterFault without LibreOffice."""
    return f"{find_office().version}, conversion {CONVERSION}"


def missing() -> ConverterFault | None:
    """Why no PDF can be made on this machine, or None."""
    try:
        find_office()
    except ConverterFault as err:
        return err
    return None


def name_sockets(folder: Path) -> tuple[Path, ...]:
    """What a LibreOffice that is killed leaves behind: the pipe it is driven through, and its mark on the profile.

    The pipe is named after the folder; the mark is the MD5 of the profile's address in UTF-16, byte by byte in
    hexadecimal without leading zeros (desktop/source/app/officeipcthread.cxx).
    """
    address = (folder / "profile").as_uri().encode("utf-16-le")
    mark = "".join(f"{byte:x}" for byte in hashlib.md5(address, usedforsecurity=False).digest())
    start = f"OSL_PIPE_{os.getuid()}_"
    return tuple(SOCKET_FOLDER / f"{start}{name}" for name in (folder.name, f"SingleOfficeIPC_{mark}"))


def worker_environment(inherited: Mapping[str, str], folder: Path) -> dict[str, str]:
    """What LibreOffice is told of the machine: nothing that would show in a document, no proxies, no secrets."""
    return {
        "PATH": inherited.get("PATH", os.defpath),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "SAL_USE_VCLPLUGIN": "svp",
        "SAL_DISABLE_OPENCL": "1",
        "LD_PRELOAD": " ".join(PRELOADED),
    }
