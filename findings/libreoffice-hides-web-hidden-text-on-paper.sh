#!/bin/sh
# LibreOffice 7.4.7.2, Word file to PDF. w:webHidden hides text in Word's web view only; on paper it is there. LibreOffice hides
# it on paper, like w:vanish; as plain text the same LibreOffice gives both.
# Seen: PDF '[]' for both; text '[findes]' and '[skjult]'.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check python-docx==1.2.0 pypdf==7.1.1
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


file = docx(
    paragraph(run("[") + run("findes", "<w:rPr><w:webHidden/></w:rPr>") + run("]")),
    paragraph(run("[") + run("skjult", "<w:rPr><w:vanish/></w:rPr>") + run("]")))
converted(file)
converted(file, "txt:Text (encoded):UTF8")
seen = [shown(), Path("letter.txt").read_text("utf-8-sig").split()]
print(seen)
raise SystemExit(seen != [["[]", "[]"], ["[findes]", "[skjult]"]])
PY
