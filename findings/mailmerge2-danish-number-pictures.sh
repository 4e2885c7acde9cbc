#!/bin/sh
# docx-mailmerge2 1.0.3. A Danish Word writes number pictures (\#) with a comma for decimals, a dot for thousands, and text
# such as a currency in front. Read as American ones, they do not fail: they print other amounts. The dot of "kr." even
# is taken for the decimal point. Numbers that come as text, as from CSV, ignore the picture.
# Seen for 1234.5: "0,00" -> 1,234; "#.##0,00" -> 1,234.50000; for 5: "kr. 0" -> kr5 0; for the text 7: "00" -> 7.
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


cases = [("0,00", 1234.5), ("#.##0,00", 1234.5), ("kr. 0", 5), ("00", "7"), ("00", 7)]
seen = [text(merged(field(f'MERGEFIELD a \\# "{picture}"'), a=value)) for picture, value in cases]
print(seen)
raise SystemExit(seen != ["1,234", "1,234.50000", "kr5 0", "7", "07"])
PY
