#!/bin/sh
# python-docx 1.2.0, mammoth 1.13.0 and docx2python 3.7.1. A sentence moved with track changes on stands in the file twice, where it
# was (moveFrom) and where it is (moveTo). python-docx reads it never, mammoth once, docx2python twice, though it
# leaves out deleted text rightly.
# Seen: [' x ', 'x flyttet', 'flyttet x flyttet']
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check python-docx==1.2.0 mammoth==1.13.0 docx2python==3.7.1
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - <<'PY'
import io

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls


def paragraph(inner):
    return f"<w:p {nsdecls('w')}>{inner}</w:p>"


def docx(*blocks):
    document, file = Document(), io.BytesIO()
    for block in blocks:
        document.element.body.insert(len(document.element.body) - 1, parse_xml(block))
    document.save(file)
    file.seek(0)
    return file


import mammoth
from docx2python import docx2python


def readings(inner):
    file = docx(paragraph(inner))
    one = Document(file).paragraphs[0].text
    file.seek(0)
    two = mammoth.extract_raw_text(file).value.strip()
    file.seek(0)
    with docx2python(file) as read:
        return [one, two, read.text.strip()]


run = "<w:r><w:t xml:space='preserve'>%s</w:t></w:r>"
seen = readings(
    "<w:moveFrom w:id='1' w:author='x'>" + run % "flyttet" + "</w:moveFrom>" + run % " x "
    + "<w:moveTo w:id='2' w:author='x'>" + run % "flyttet" + "</w:moveTo>"
    + "<w:del w:id='3' w:author='x'><w:r><w:delText>slettet</w:delText></w:r></w:del>")
print(seen)
raise SystemExit(seen != [" x ", "x flyttet", "flyttet x flyttet"])
PY
