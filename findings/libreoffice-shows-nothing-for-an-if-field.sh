#!/bin/sh
# LibreOffice 7.4.7.2, Word file to PDF. The result that Word stored for an IF field is thrown away, and nothing stands in
# its place, whether the condition holds or not; for a QUOTE field the stored result is printed. As plain text the same
# LibreOffice gives the IF fields' stored results. A letter merged in Word or by a program is short of them as PDF.
# Seen: PDF ['[]', '[]', '[svar]'], text ['[svar]', '[svar]', '[svar]']
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


def field(code, result):
    char = "<w:r><w:fldChar w:fldCharType='%s'/></w:r>"
    if not code.startswith("<"):
        code = f"<w:r><w:instrText xml:space='preserve'> {code} </w:instrText></w:r>"
    return char % "begin" + code + char % "separate" + run(result) + char % "end"


codes = ('IF "ja" = "ja" "Ja tak" "Nej tak"', "IF 1 = 2 Ja Nej", 'QUOTE "svar"')
file = docx(*(paragraph(run("[") + field(code, "svar") + run("]")) for code in codes))
converted(file)
converted(file, "txt:Text (encoded):UTF8")
seen = [shown(), Path("letter.txt").read_text("utf-8-sig").split()]
print(seen)
raise SystemExit(seen != [["[]", "[]", "[svar]"], ["[svar]", "[svar]", "[svar]"]])
PY
