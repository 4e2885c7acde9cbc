#!/bin/sh
# docxtpl 0.20.2. Word types curly quotes, so docxtpl makes them straight inside {{ }}; also within a text literal, where
# they are what the letter should say. Danish low quotes are left, so that a quoted word ends up with one of each kind.
# Seen: for {{ "Pias’ plan, „Ny start“" }} and an undeclared default: Pias' plan with a straight apostrophe, and in the
# single-quoted literal '„Ny start“' the low quote beside a straight one: „Ny start".
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
    paragraph("""<w:r><w:t>{{ x or "Pias’ plan" }}</w:t></w:r>"""),
    paragraph("""<w:r><w:t>{{ x or '„Ny start“' }}</w:t></w:r>"""),
    paragraph("""<w:r><w:t>„Ny start“ og Pias’ plan</w:t></w:r>"""))
seen = re.findall("<w:t[^>]*>([^<]*)</w:t>", rendered(template))
print(seen)
raise SystemExit(seen != ["Pias' plan", '„Ny start"', "„Ny start“ og Pias’ plan"])
PY
