#!/bin/sh
# docx-mailmerge2 1.0.3. Word writes a merge field in one of two ways. In the long way (fldChar) the formatting of the
# placeholder is kept; in the short one (fldSimple), with the same bold placeholder, it is dropped.
# Seen: bold in the long field, not in the short one.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check docx-mailmerge2==1.0.3 python-docx==1.2.0
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


run = "<w:r><w:rPr><w:b/></w:rPr>%s</w:r>"
short = "<w:fldSimple w:instr=' MERGEFIELD a '>" + run % "<w:t>«a»</w:t>" + "</w:fldSimple>"
long = field("MERGEFIELD a").replace("<w:r>", "<w:r><w:rPr><w:b/></w:rPr>")
seen = ["<w:b/>" in body(merged(field, a="x")) for field in (long, short)]
print(seen)
raise SystemExit(seen != [True, False])
PY
