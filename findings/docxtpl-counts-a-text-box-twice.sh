#!/bin/sh
# docxtpl 0.20.2. Word saves each text box twice, once for itself and once for old programs (mc:AlternateContent). Jinja
# runs through both: a counter in a text box counts twice, and the number after it is one too high for every reader.
# Seen: 1 in the box, 2 in its twin, 3 in the paragraph after it; the reader of the letter sees 1 and 3.
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


step = "{% set n.i = n.i + 1 %}{{ n.i }}"
box = f"<w:txbxContent><w:p><w:r><w:t>{step}</w:t></w:r></w:p></w:txbxContent>"
spaces = (
    " xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' xmlns:v='urn:schemas-microsoft-com:vml'"
    " xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'")
template = docx(
    paragraph("<w:r><w:t>{% set n = namespace(i=0) %}</w:t></w:r>"),
    paragraph(
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>" + box + "</wps:txbx></w:drawing>"
        "</mc:Choice><mc:Fallback><w:pict><v:textbox>" + box + "</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>").replace("<w:p ", f"<w:p{spaces} ", 1),
    paragraph(f"<w:r><w:t>{step}</w:t></w:r>"))
seen = re.findall("<w:t[^>]*>([0-9])</w:t>", rendered(template))
print(seen)
raise SystemExit(seen != ["1", "2", "3"])
PY
