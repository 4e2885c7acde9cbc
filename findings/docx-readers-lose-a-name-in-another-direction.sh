#!/bin/sh
# python-docx 1.2.0, mammoth 1.13.0 and docx2python 3.7.1. Word wraps a name in another direction into w:dir or w:bdo. The first two
# pass over both elements with all that is in them, warning of nothing; only docx2python reads the name.
# The same for a short merge field (w:fldSimple): its text is gone in the first two.
# Seen: ['Kære ', 'Kære', 'Kære نادرة'] and ['Kære ', 'Kære', 'Kære Nadira']
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


hello = "<w:r><w:t xml:space='preserve'>Kære </w:t></w:r>"
seen = [
    readings(hello + "<w:dir w:val='rtl'><w:r><w:t>نادرة</w:t></w:r></w:dir>"),
    readings(hello + "<w:fldSimple w:instr=' MERGEFIELD a '><w:r><w:t>Nadira</w:t></w:r></w:fldSimple>"),
]
print(seen)
raise SystemExit(seen != [["Kære ", "Kære", "Kære نادرة"], ["Kære ", "Kære", "Kære Nadira"]])
PY
