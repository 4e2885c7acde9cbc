#!/bin/sh
# docxtpl 0.20.2. Ctrl+Shift+hyphen in Word gives an element of its own, not a character. Inside {{ }} it vanishes with
# all other markup, so that "total (non-breaking hyphen) 1" is no difference and no error but the name total1. A tab
# inside a text literal vanishes the same way.
# Seen: the value of total1; "x" + tab + "y" printed as xy.
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


def rendered(file, **data):
    template, out = DocxTemplate(file), io.BytesIO()
    template.render(data)
    template.save(out)
    return body(out)


template = docx(
    paragraph("<w:r><w:t>{{ total</w:t><w:noBreakHyphen/><w:t>1 }}</w:t></w:r>"),
    paragraph("""<w:r><w:t>{{ "x</w:t><w:tab/><w:t>y" }}</w:t></w:r>"""))
seen = re.findall("<w:t[^>]*>([^<]*)</w:t>", rendered(template, total=5, total1="another value"))
print(seen)
raise SystemExit(seen != ["another value", "xy"])
PY
