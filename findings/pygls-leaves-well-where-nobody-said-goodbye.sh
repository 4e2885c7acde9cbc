#!/bin/sh
# pygls 2.1.1. An editor that sends `exit` without `shutdown` before it is to see exit code 1 (LSP 3.17, Exit
# Notification). pygls works the 1 out and calls sys.exit with it, and its own start_io catches that and returns, so that
# the process ends with 0 unless the program looks for itself whether `shutdown` came.
# Seen: 0 without `shutdown`, and 0 with it.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check pygls==2.1.1 lsprotocol==2025.0.0
cd "$dir"
cat > server.py <<'PY'
from pygls.lsp.server import LanguageServer

LanguageServer("x", "1").start_io()
PY
cat > editor.py <<'PY'
import json
import subprocess
import sys


def message(**parts: object) -> bytes:
    body = json.dumps({"jsonrpc": "2.0", **parts}).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


hello = message(id=1, method="initialize", params={"processId": None, "rootUri": None, "capabilities": {}})
goodbye, end = message(id=2, method="shutdown"), message(method="exit")
seen = [
    subprocess.run([sys.executable, "server.py"], input=said, capture_output=True, timeout=60).returncode
    for said in (hello + end, hello + goodbye + end)
]
print(seen)
raise SystemExit(seen != [0, 0])
PY
"$dir/venv/bin/python" editor.py
