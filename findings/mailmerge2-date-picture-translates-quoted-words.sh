#!/bin/sh
# docx-mailmerge2 1.0.3. In a date picture (\@), words in single quotes are literal text. They are taken for picture letters
# as well: the d of 'den' becomes the day, and the quotes are printed. Without a picture a date is printed month first.
# Seen: for \@ "d. MMMM 'den' yyyy" and 4 May 2026: 4. May '4en' 2026; without a picture: 05/04/26.
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


def text(file):
    return "".join(re.findall("<w:t(?: [^>]*)?>([^<]*)</w:t>", body(file)))


from datetime import date

day = date(2026, 5, 4)
seen = [text(merged(field(i), a=day)) for i in ("MERGEFIELD a \\@ \"d. MMMM 'den' yyyy\"", "MERGEFIELD a")]
print(seen)
raise SystemExit(seen != ["4. May '4en' 2026", "05/04/26"])
PY
