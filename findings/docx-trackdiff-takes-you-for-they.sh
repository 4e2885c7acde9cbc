#!/bin/sh
# docx-trackdiff 1.0.0 (Word files as tracked changes). Paragraphs are compared in small letters, so a capital that went
# is no change: nothing is marked, the file shows the new text as if it had always stood there, and its verifier, which
# compares the same way, passes all seven checks. In Danish "De" is you and "de" is they. In a paragraph where another
# word changed as well, the capital is marked too.
# Seen: 'Kommer De ikke?' to 'Kommer de ikke?': 0 marks, 7 checks passed; with one more change: De, i dag; de, nu
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


def call(module, *names):
    command = [sys.executable, "-m", f"docx_trackdiff.{module}", *names]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def marked(old, new):
    for name, text in (("old.docx", old), ("new.docx", new)):
        document = Document()
        document.add_paragraph(text)
        document.save(name)
    call("compare", "old.docx", "new.docx", "both.docx", "--author", "x")
    body = Document("both.docx").element.body
    texts = (("w:del", "w:delText"), ("w:ins", "w:t"))
    words = [item.text for mark, text in texts for change in body.iter(qn(mark)) for item in change.iter(qn(text))]
    return words, call("verify", "both.docx", "old.docx", "new.docx").count("PASS")


alone = marked("Kommer De ikke?", "Kommer de ikke?")
beside = marked("Kommer De ikke i dag?", "Kommer de ikke nu?")
print(alone, beside)
raise SystemExit(alone != ([], 7) or beside != (["De", "i dag", "de", "nu"], 7))
PY
