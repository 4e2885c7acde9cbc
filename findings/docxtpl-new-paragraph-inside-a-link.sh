#!/bin/sh
# docxtpl 0.20.2. A bell character in a value (documented: a new paragraph) is right in a plain run. In a run that stands in
# a link or a content control, the paragraph is not split around it: the second lands inside the first, which no Word
# file may have (w:p in w:p).
# Seen: <w:hyperlink>…</w:hyperlink><w:p>…</w:p></w:p>, in the content control the same.
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


def nested(inner):
    xml = rendered(docx(paragraph(inner)), a="x\ay")
    depth = deepest = 0
    for tag in re.findall("<w:p[ >]|</w:p>", xml):
        depth += -1 if tag == "</w:p>" else 1
        deepest = max(depth, deepest)
    return deepest > 1


run = "<w:r><w:t>{{ a }}</w:t></w:r>"
seen = {
    "plain": nested(run),
    "link": nested(f"<w:hyperlink w:anchor='b'>{run}</w:hyperlink>"),
    "control": nested(f"<w:sdt><w:sdtContent>{run}</w:sdtContent></w:sdt>"),
}
print(seen)
raise SystemExit(seen != {"plain": False, "link": True, "control": True})
PY
