"""Chromium by its own protocol, over a pipe: keys are pressed and pages printed as a person would."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, Final

from tests.work import PATIENCE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_KEYS: Final = {"Tab": 9, "Enter": 13, "ArrowDown": 40, "ArrowUp": 38}
_LOOK_SECONDS: Final = 0.02
_LOOK_OFTEN: Final = "new Promise((done) => setTimeout(done))"


@dataclass
class Browser:
    """One tab. `session` is the protocol's name for it."""

    orders: IO[bytes]
    answers: IO[bytes]
    session: str = ""
    number: int = 0
    _rest: bytes = field(default=b"")

    def order(self, method: str, **params: Any) -> dict[str, Any]:
        """Have something done, and wait for the answer to it."""
        self.number += 1
        order = {"id": self.number, "method": method, "params": params}
        if self.session:
            order["sessionId"] = self.session
        self.orders.write(json.dumps(order).encode() + b"\0")
        self.orders.flush()
        while True:
            said = self._next()
            if said.get("id") == self.number:
                assert "error" not in said, said
                result: dict[str, Any] = said["result"]
                return result

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            more = os.read(self.answers.fileno(), 65536)
            assert more, "the browser went away"
            self._rest += more
        said, _, self._rest = self._rest.partition(b"\0")
        found: dict[str, Any] = json.loads(said)
        return found

    def ask(self, script: str) -> Any:
        """What a script in the page comes to."""
        return self.order("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)["result"].get(
            "value"
        )

    def open(self, page: Path, mark: str = "") -> None:
        """Go to a page that lies on the disk."""
        self.visit(f"{page.as_uri()}{mark}")

    def visit(self, address: str) -> None:
        """Go to a page anywhere."""
        self.order("Page.navigate", url="about:blank")  # or a mark alone would load nothing anew
        self.order("Page.navigate", url=address)
        self.wait_for("document.readyState === 'complete' && location.protocol !== 'about:'")

    def wait_for(self, script: str) -> None:
        """Until a script in the page comes to something. That may be another page by then: nothing is awaited in it."""
        while not self.order("Runtime.evaluate", expression=script, returnByValue=True)["result"].get("value"):
            time.sleep(_LOOK_SECONDS)

    def press(self, key: str) -> None:
        """One key, down and up."""
        for what in ("rawKeyDown", "keyUp"):
            self.order("Input.dispatchKeyEvent", type=what, key=key, code=key, windowsVirtualKeyCode=_KEYS[key])
        self.ask(_LOOK_OFTEN)

    def print(self) -> bytes:
        """The page on paper."""
        return base64.b64decode(self.order("Page.printToPDF", preferCSSPageSize=True)["data"])


@contextmanager
def open_browser(folder: Path) -> Iterator[Browser]:
    """A browser with an empty profile in `folder`, ended with the block."""
    order_end, orders = os.pipe()
    answers, answer_end = os.pipe()
    command = (
        f"exec chromium --headless --no-sandbox --disable-gpu --remote-debugging-pipe --user-data-dir='{folder}' "
        f"about:blank 3<&{order_end} 4>&{answer_end} 2>/dev/null"
    )
    process = subprocess.Popen(["bash", "-c", command], pass_fds=(order_end, answer_end), stdout=subprocess.DEVNULL)
    os.close(order_end)
    os.close(answer_end)
    with os.fdopen(orders, "wb") as writing, os.fdopen(answers, "rb") as reading:
        browser = Browser(writing, reading)
        try:
            target = browser.order("Target.createTarget", url="about:blank")["targetId"]
            browser.session = browser.order("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            yield browser
        finally:
            process.terminate()
            process.wait(PATIENCE_SECONDS)
