"""What Postfix asks others: may this one be taken (a policy service), and is this password right (a login service).

Both speak Postfix's and Dovecot's own line protocols (SMTPD_POLICY_README; Dovecot's auth protocol 1.1), so that a test
decides in the middle of a real transaction.
"""

from __future__ import annotations

import base64
import socketserver
import threading
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

WELCOME: Final = "DUNNO"
"""The answer that leaves the decision to the rules after it."""


class LineService:
    """A server on loopback with a thread a connection."""

    def __init__(self, port: int) -> None:
        service = self

        class Talk(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                service.talk(self)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", port), Talk, bind_and_activate=False)
        self._server.allow_reuse_address = True
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def talk(self, line: socketserver.StreamRequestHandler) -> None:
        raise NotImplementedError

    def __enter__(self) -> Self:
        self._server.server_bind()
        self._server.server_activate()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class Policy(LineService):
    """`rule` gets Postfix's question (`protocol_state`, `recipient`, …) and gives an access(5) action."""

    def __init__(self, port: int) -> None:
        super().__init__(port)
        self.rule: Callable[[Mapping[str, str]], str] = lambda _question: WELCOME

    def talk(self, line: socketserver.StreamRequestHandler) -> None:
        question: dict[str, str] = {}
        for raw in line.rfile:
            name, sign, value = raw.decode("utf-8", "replace").rstrip("\n").partition("=")
            if sign:
                question[name] = value
                continue
            answer = self.rule(question)
            question = {}
            try:
                line.wfile.write(f"action={answer}\n\n".encode())
            except OSError:
                return


class Accounts(LineService):
    """Knows one user and one password."""

    def __init__(self, port: int, user: str, password: str) -> None:
        super().__init__(port)
        self._right = f"\0{user}\0{password}".encode()
        self._user = user
        self.refused = 0
        self.let_in = 0

    def talk(self, line: socketserver.StreamRequestHandler) -> None:
        line.wfile.write(
            b"VERSION\t1\t1\nMECH\tPLAIN\tplaintext\nSPID\t1\nCUID\t1\nCOOKIE\t00112233445566778899aabbccddeeff\nDONE\n"
        )
        for raw in line.rfile:
            verb, _, rest = raw.decode().rstrip("\n").partition("\t")
            if verb != "AUTH":
                continue
            number, *fields = rest.split("\t")
            given = next((field.removeprefix("resp=") for field in fields if field.startswith("resp=")), "")
            if base64.b64decode(given) == self._right:
                self.let_in += 1
                line.wfile.write(f"OK\t{number}\tuser={self._user}\n".encode())
            else:
                self.refused += 1
                line.wfile.write(f"FAIL\t{number}\tuser={self._user}\n".encode())
