#!/bin/sh
# docx-trackdiff 1.0.0 (Word files as tracked changes). A table's last cell says another word. The old word is marked as
# deleted in a paragraph of its own below the table, and the cell holds the new one alone. Who rejects the changes gets
# an empty cell and a stray word, and not the old file. Its own verifier passes all seven checks, among them
# "reject-all == OLD": it compares one paragraph after the other, wherever they stand.
# Seen: in the table ['onkel'] inserted and nothing deleted, below it ['far'] deleted; 7 checks passed
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check python-docx==1.2.0 docx-trackdiff==1.0.0
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - <<'PY'
import subprocess, sys

from docx import Document
from docx.oxml.ns import qn


def save(name, role):
    document = Document()
    document.add_paragraph("Familien")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Bo", role
    document.add_paragraph("Slut")
    document.save(name)


def call(module, *names):
    command = [sys.executable, "-m", f"docx_trackdiff.{module}", *names]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def texts(element, mark, text):
    return [item.text for change in element.iter(qn(mark)) for item in change.iter(qn(text))]


save("old.docx", "far")
save("new.docx", "onkel")
call("compare", "old.docx", "new.docx", "both.docx", "--author", "x")
passed = call("verify", "both.docx", "old.docx", "new.docx").count("PASS")
document = Document("both.docx")
table = document.tables[0]._tbl
below = table.getnext()
seen = (texts(table, "w:ins", "w:t"), texts(table, "w:del", "w:delText"), texts(below, "w:del", "w:delText"), passed)
print(seen)
raise SystemExit(seen != (["onkel"], [], ["far"], 7))
PY
