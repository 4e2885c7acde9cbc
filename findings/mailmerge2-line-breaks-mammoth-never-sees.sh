#!/bin/sh
# docx-mailmerge2 1.0.3 with mammoth 1.13.0 and docx2python 3.7.1. A line break in a merged value is written as w:cr, a valid
# break that Word and python-docx know. mammoth and docx2python drop it, and an address becomes one word; the same
# break as w:br is kept.
# Seen: Mosevej 12 + 9999 Vesterlyng -> 'Mosevej 129999 Vesterlyng' in both.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check docx-mailmerge2==1.0.3 python-docx==1.2.0 mammoth==1.13.0 docx2python==3.7.1
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - <<'PY'
import io, re, zipfile

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from mailmerge import MailMerge


def paragraph(inner):
    return f"<w:p {nsdecls('w')}>{inner}</w:p>"


def docx(*blocks):
    document, file = Document(), io.BytesIO()
    for block in blocks:
        document.element.body.insert(len(document.element.body) - 1, parse_xml(block))
    document.save(file)
    file.seek(0)
    return file


def body(file):
    xml = zipfile.ZipFile(file).read("word/document.xml").decode()
    return re.search("<w:body>(.*?)<w:sectPr", xml, re.S).group(1)


def field(instruction):
    char = "<w:r><w:fldChar w:fldCharType='%s'/></w:r>"
    return (
        char % "begin" + f"<w:r><w:instrText xml:space='preserve'> {instruction} </w:instrText></w:r>" + char % "separate"
        + "<w:r><w:t>«a»</w:t></w:r>" + char % "end")


def merged(inner, **data):
    out = io.BytesIO()
    with MailMerge(docx(paragraph(inner))) as merge:
        merge.merge(**data)
        merge.write(out)
    return out


import mammoth
from docx2python import docx2python

file = merged(field("MERGEFIELD a"), a="Mosevej 12\n9999 Vesterlyng")
wire = "<w:cr/>" in body(file)
file.seek(0)
whole = Document(file).paragraphs[0].text
file.seek(0)
raw = mammoth.extract_raw_text(file).value.strip()
file.seek(0)
with docx2python(file) as read:
    seen = [wire, whole, raw, read.text.strip()]
print(seen)
raise SystemExit(seen != [True, "Mosevej 12\n9999 Vesterlyng", "Mosevej 129999 Vesterlyng", "Mosevej 129999 Vesterlyng"])
PY
