#!/bin/sh
# pygls 2.1.1. The Language Server Protocol ends a line at \n, \r\n or \r and nowhere else (3.17, Text Documents); pygls
# takes str.splitlines(), which also ends one at U+2028, U+0085, a form feed and more. A sentence pasted from a web page
# or a PDF brings such a sign along, and from then on every change that an editor sends below it lands one line too high:
# the server goes on with another text than the person sees. With whole texts instead of changes (Full) it cannot happen.
# Seen: the editor replaces the "c" of its second line; pygls replaces the "b" behind the sign on its first.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check pygls==2.1.1 lsprotocol==2025.0.0
cd "$dir"
"$dir/venv/bin/python" - <<'PY'
from lsprotocol.types import Position, Range, TextDocumentContentChangePartial
from pygls.workspace import TextDocument

seen = []
for sign in ("\u2028", "\x85", "\x0c", " "):
    document = TextDocument("file:///x.yaml", f"a{sign}b\nc\n")
    second_line = Range(Position(1, 0), Position(1, 1))
    document.apply_change(TextDocumentContentChangePartial(range=second_line, text="X"))
    seen.append(document.source)
print(seen)
wanted = ["a\u2028X\nc\n", "a\x85X\nc\n", "a\x0cX\nc\n", "a b\nX\n"]
raise SystemExit(seen != wanted)
PY
