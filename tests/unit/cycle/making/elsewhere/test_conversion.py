"""PDFs made on another machine, and here where that one does not."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any

import pytest

from hopdocs.cycle.making.elsewhere import work
from hopdocs.cycle.making.elsewhere.conversion import FarConverter
from hopdocs.cycle.making.elsewhere.identity import Identity
from hopdocs.cycle.making.elsewhere.place import Elsewhere
from hopdocs.errors import ConverterFault
from hopdocs.rendering.pdf.worker_pool import DocumentFault
from tests.unit.cycle.test_run_pdf import FakeConverter
from tests.work import PATIENCE_SECONDS

US = Identity("1", "3", "same", "LibreOffice", "probe")


class Bench(work.Bench):
    """A worker with a LibreOffice of its own."""

    def __init__(self, converter: FakeConverter, identity: Identity = US) -> None:
        super().__init__()
        self._converter = converter  # type: ignore[assignment]
        self._identities = {True: identity}


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> FakeConverter:
    converter = FakeConverter()
    monkeypatch.setattr(work, "BENCH", Bench(converter))
    return converter


def far(executor: Executor, own: FakeConverter, slots: int = 1, patience_seconds: float = 60) -> FarConverter:
    there = Elsewhere(executor, lambda: slots, words=US, pdf=US, patience_seconds=patience_seconds)
    return FarConverter(there, own)


def test_a_pdf_is_made_where_the_work_goes(there: FakeConverter) -> None:
    own = FakeConverter()
    with ThreadPoolExecutor(1) as executor:
        assert far(executor, own).convert(b"word", "Brev") == b"%PDF-1.7 Brev 4"
    assert (there.converted, own.converted) == (["Brev"], [])


def test_what_libreoffice_says_of_a_document_there_holds_here(there: FakeConverter) -> None:
    there.fault = DocumentFault("HD333", title="Brev", reason="no")
    own = FakeConverter()
    with ThreadPoolExecutor(1) as executor, pytest.raises(DocumentFault) as raised:
        far(executor, own).convert(b"word", "Brev")
    assert raised.value.params["reason"] == "no"
    assert own.converted == []


def test_a_libreoffice_that_does_not_start_there_is_not_what_the_document_suffers(there: FakeConverter) -> None:
    there.fault = ConverterFault("HD332", reason="no room")
    own = FakeConverter()
    with ThreadPoolExecutor(1) as executor:
        assert far(executor, own).convert(b"word", "Brev") == b"%PDF-1.7 Brev 4"
    assert own.converted == ["Brev"]


def test_another_libreoffice_makes_nothing_for_us(monkeypatch: pytest.MonkeyPatch) -> None:
    other, own = FakeConverter(), FakeConverter()
    monkeypatch.setattr(work, "BENCH", Bench(other, Identity("1", "3", "same", "LibreOffice of another year", "probe")))
    with ThreadPoolExecutor(1) as executor:
        far(executor, own).convert(b"word", "Brev")
    assert (other.converted, own.converted) == ([], ["Brev"])


def test_where_nobody_is_nobody_is_asked(there: FakeConverter) -> None:
    own = FakeConverter()
    with ThreadPoolExecutor(1) as executor:
        converter = far(executor, own, slots=0)
        converter.convert(b"word", "Brev")
        assert converter.size == own.size
    assert (there.converted, own.converted) == ([], ["Brev"])


class Silent(Executor):
    """Takes everything, and never answers."""

    def __init__(self) -> None:
        self.given: list[Future[Any]] = []
        self.is_asked = threading.Event()

    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        self.given.append(Future())
        self.is_asked.set()
        return self.given[-1]


def test_an_answer_that_does_not_come_is_not_waited_for_for_ever() -> None:
    own, silent = FakeConverter(), Silent()
    assert far(silent, own, patience_seconds=0.01).convert(b"word", "Brev")
    assert own.converted == ["Brev"]
    assert silent.given[0].cancelled()


def test_patience_begins_when_something_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    far_away = Elsewhere(Silent(), lambda: 1, words=US, pdf=US, patience_seconds=90)
    asked = far_away.submit(work.convert_document)
    assert asked is not None
    assert asked.until == 190.0
    now[0] = 200.0
    assert far_away.wait(asked) is None
    assert asked.future.cancelled()


def test_whoever_waits_is_let_go_when_somebody_asks_to_stop() -> None:
    own, silent = FakeConverter(), Silent()
    converter = far(silent, own, patience_seconds=PATIENCE_SECONDS)
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(converter.convert, b"word", "Brev")
        assert silent.is_asked.wait(PATIENCE_SECONDS)
        converter.interrupt()
        with pytest.raises(ConverterFault):
            waiting.result()
    assert own.converted == []


def test_a_stop_as_something_is_handed_over_is_not_missed() -> None:
    own = FakeConverter()

    class Stopped(Silent):
        def submit(self, *given: Any, **more: Any) -> Future[Any]:
            converter.interrupt()
            return super().submit(*given, **more)

    converter = far(Stopped(), own, patience_seconds=PATIENCE_SECONDS)
    began = time.monotonic()
    with pytest.raises(ConverterFault):
        converter.convert(b"word", "Brev")
    assert time.monotonic() - began < PATIENCE_SECONDS
    assert own.converted == []
