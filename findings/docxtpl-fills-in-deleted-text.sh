#!/bin/sh
# docxtpl 0.20.2. A variable that somebody deleted with track changes on is still asked for, and its value is written into
# the letter as deleted text: not on the page, but in the file, one click away from being back. Whoever deleted it
# took the value out of the letter, as far as the screen shows.
# Seen: {'child', 'cpr'} asked for; <w:delText>HEMMELIGT</w:delText> in the result.
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


template = docx(paragraph(
    "<w:r><w:t>{{ child }}</w:t></w:r>"
    "<w:del w:id='1' w:author='x'><w:r><w:delText>{{ cpr }}</w:delText></w:r></w:del>"))
asked = DocxTemplate(template).get_undeclared_template_variables()
template.seek(0)
seen = [sorted(asked), "<w:delText>HEMMELIGT</w:delText>" in rendered(template, child="Nadira", cpr="HEMMELIGT")]
print(seen)
raise SystemExit(seen != [["child", "cpr"], True])
PY
