#!/bin/sh
# docxtpl 0.20.2. {%p if %} … {%p endif %} around all that a table cell says is natural, and leaves the cell without any
# paragraph when false; every w:tc must end in one, and Word calls the file damaged. A {%tr for %} over nothing leaves
# a table without rows, and its grid is emptied too.
# Seen: <w:tc><w:tcPr/></w:tc>, and <w:tbl><w:tblPr/><w:tblGrid/></w:tbl>.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check docxtpl==0.20.2 python-docx==1.2.0 jinja2==3.1.6
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - <<'PY'
import io, re, zipfile

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docxtpl import DocxTemplate


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


def rendered(file, **data):
    template, out = DocxTemplate(file), io.BytesIO()
    template.render(data)
    template.save(out)
    return body(out)


def table(*rows):
    cells = ("".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in row) for row in rows)
    rows = "".join(f"<w:tr><w:tc><w:tcPr/>{cell}</w:tc></w:tr>" for cell in cells)
    return f"<w:tbl {nsdecls('w')}><w:tblPr/><w:tblGrid><w:gridCol w:w='100'/></w:tblGrid>{rows}</w:tbl>"


cell = rendered(docx(table(["{%p if a %}", "x", "{%p endif %}"])), a=False)
rows = rendered(docx(table(["{%tr for x in xs %}"], ["{{ x }}"], ["{%tr endfor %}"])), xs=[])
seen = ["<w:tc><w:tcPr/></w:tc>" in cell, "<w:tbl><w:tblPr/><w:tblGrid/></w:tbl>" in rows]
print(seen)
raise SystemExit(seen != [True, True])
PY
