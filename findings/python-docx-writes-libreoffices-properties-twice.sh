#!/bin/sh
# python-docx 1.2.0 on a Word file that LibreOffice 7.4.7.2 saved. LibreOffice spells the relation to the core properties
# in its own way, so python-docx does not find them: the title reads "Word Document" instead of the file's own, and saving
# writes a second part of the same name into the package, which then holds docProps/core.xml twice.
# Seen: title 'Word Document'; docProps/core.xml 1 time before, 2 times after
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check python-docx==1.2.0
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - <<'PY'
import subprocess
import zipfile
from pathlib import Path

from docx import Document

document = Document()
document.core_properties.title = "Familieplan"
document.add_paragraph("Hej")
document.save("letter.docx")
profile = f"-env:UserInstallation=file://{Path.cwd()}/profile"
command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", "saved", "letter.docx"]
subprocess.run(command, check=True, capture_output=True, timeout=120)


def core_parts(path):
    return zipfile.ZipFile(path).namelist().count("docProps/core.xml")


opened = Document("saved/letter.docx")
title = opened.core_properties.title
opened.save("again.docx")
seen = (title, core_parts("saved/letter.docx"), core_parts("again.docx"))
print(seen)
raise SystemExit(seen != ("Word Document", 1, 2))
PY
