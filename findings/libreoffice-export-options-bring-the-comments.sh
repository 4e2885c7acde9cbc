#!/bin/sh
# LibreOffice 7.4.7.2, Word file to PDF on the command line. Without options the PDF has no comments. With any option at
# all, be it bookmarks or PDF/UA, Word's comments come along as notes that every reader of the letter can open, unless
# ExportNotes is turned off by name: giving one option changes another.
# Seen: no options: []; ExportBookmarks: ['Send den ikke']; with ExportNotes false too: []
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


from pypdf import PdfReader


def converted(file, target="pdf"):
    Path("letter.docx").write_bytes(file.getvalue())
    profile = f"-env:UserInstallation=file://{Path.cwd()}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", target, "letter.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def pages():
    return PdfReader("letter.pdf").pages


document, file = Document(), io.BytesIO()
document.add_comment(document.add_paragraph("Brev").runs, text="Send den ikke", author="x")
document.save(file)
bookmarks = '"ExportBookmarks":{"type":"boolean","value":"true"}'
none = '"ExportNotes":{"type":"boolean","value":"false"}'
seen = []
for options in ("", bookmarks, f"{bookmarks},{none}"):
    converted(file, "pdf:writer_pdf_Export:{%s}" % options if options else "pdf")
    notes = [note.get_object() for page in pages() for note in page.get("/Annots", [])]
    seen.append([str(note["/Contents"]) for note in notes if note["/Subtype"] == "/Text"])
print(seen)
raise SystemExit(seen != [[], ["Send den ikke"], []])
PY
