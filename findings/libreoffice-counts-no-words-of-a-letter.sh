#!/bin/sh
# LibreOffice 7.4.7.2, Word file to PDF without a window. Of the results that Word stored, MERGEREC's (which letter of
# a merge this is) is not printed, MERGESEQ's beside it is; NUMWORDS is counted anew, before there are words: 0. TITLE
# is taken from the file's properties although another title was stored, AUTHOR keeps what was stored.
# Seen: ['brev', 'nr. 4', 'ord 0', 'titel Ny', 'af gemt']
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check python-docx==1.2.0 pypdf==7.1.1
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - <<'PY'
import subprocess
from pathlib import Path

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf import PdfReader


def paragraph(before, code, stored):
    """A line with one field, as Word saves it after it was last brought up to date."""
    mark = "<w:r><w:fldChar w:fldCharType='%s'/></w:r>"
    text = "<w:r><w:t xml:space='preserve'>%s</w:t></w:r>"
    instruction = f"<w:r><w:instrText xml:space='preserve'> {code} </w:instrText></w:r>"
    field = mark % "begin" + instruction + mark % "separate" + text % stored + mark % "end"
    return parse_xml(f"<w:p {nsdecls('w')}>{text % before}{field}</w:p>")


LINES = (("brev ", "MERGEREC", "3"), ("nr. ", "MERGESEQ", "4"), ("ord ", "NUMWORDS", "9"))
document = Document()
document.core_properties.title, document.core_properties.author = "Ny", "Ny"
for line in (*LINES, ("titel ", "TITLE", "gemt"), ("af ", "AUTHOR", "gemt")):
    document.element.body.insert(len(document.element.body) - 1, paragraph(*line))
document.save("letter.docx")
profile = f"-env:UserInstallation=file://{Path.cwd()}/profile"
command = ["soffice", profile, "--headless", "--convert-to", "pdf", "letter.docx"]
subprocess.run(command, check=True, capture_output=True, timeout=120)
seen = [line.strip() for page in PdfReader("letter.pdf").pages for line in page.extract_text().splitlines()]
print(seen)
raise SystemExit(seen != ["brev", "nr. 4", "ord 0", "titel Ny", "af gemt"])
PY
