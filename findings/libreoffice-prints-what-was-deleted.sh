#!/bin/sh
# LibreOffice 7.4.7.2 with docxtpl 0.20.2. Text deleted with track changes on is printed in the PDF, struck out, beside what
# replaced it; a PDF's text has no strikes, so a screen reader says both. With a template that is filled in by docxtpl,
# this is also where a variable shows that somebody deleted from the letter.
# Seen: Mødet er den 3. december10. december
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check python-docx==1.2.0 pypdf==7.1.1 docxtpl==0.20.2 jinja2==3.1.6
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - <<'PY'
import io, subprocess
from pathlib import Path

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls


def paragraph(inner):
    return f"<w:p {nsdecls('w')}>{inner}</w:p>"


def docx(*blocks):
    document, file = Document(), io.BytesIO()
    for block in blocks:
        document.element.body.insert(len(document.element.body) - 1, parse_xml(block))
    document.save(file)
    file.seek(0)
    return file


from pypdf import PdfReader


def converted(file, target="pdf"):
    Path("letter.docx").write_bytes(file.getvalue())
    profile = f"-env:UserInstallation=file://{Path.cwd()}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", target, "letter.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def pages():
    return PdfReader("letter.pdf").pages


def shown():
    return [line.strip() for page in pages() for line in page.extract_text().splitlines()]


def run(text, formatting=""):
    return f"<w:r>{formatting}<w:t xml:space='preserve'>{text}</w:t></w:r>"


from docxtpl import DocxTemplate

template = DocxTemplate(docx(paragraph(
    run("Mødet er den ")
    + "<w:del w:id='1' w:author='x'><w:r><w:delText>{{ before }}</w:delText></w:r></w:del>"
    + "<w:ins w:id='2' w:author='x'>" + run("{{ day }}") + "</w:ins>")))
template.render({"before": "3. december", "day": "10. december"})
file = io.BytesIO()
template.save(file)
converted(file)
seen = shown()
print(seen)
raise SystemExit(seen != ["Mødet er den 3. december10. december"])
PY
