#!/bin/sh
# pygls 2.1.1. An editor opens a file under the address that it chose (Language Server Protocol 3.17, DocumentUri), with
# blanks and letters such as "æ" percent-encoded. pygls keeps its text under the address decoded, so that looking into
# `workspace.text_documents` for the one which the editor sent finds nothing, while `get_text_document` finds it; a server
# that looks there follows everything that is typed, until somebody's folder has a blank in its name.
# Seen: of four addresses the two without anything to decode are found.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check pygls==2.1.1 lsprotocol==2025.0.0
cd "$dir"
"$dir/venv/bin/python" - <<'PY'
from lsprotocol.types import TextDocumentItem
from pygls.workspace import Workspace

addresses = ["file:///w/a.yaml", "file:///w/a%20b.yaml", "file:///w/bj%C3%A6lke.yaml", "file:///w/a-b.yaml"]
workspace = Workspace(None)
seen = []
for address in addresses:
    workspace.put_text_document(TextDocumentItem(address, "yaml", 1, "x\n"))
    whole = workspace.get_text_document(address).source
    seen.append((address in workspace.text_documents, whole))
print(seen, sorted(workspace.text_documents))
raise SystemExit(seen != [(True, "x\n"), (False, "x\n"), (False, "x\n"), (True, "x\n")])
PY
