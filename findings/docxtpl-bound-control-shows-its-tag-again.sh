#!/bin/sh
# docxtpl 0.20.2 with LibreOffice 7.4.7.2: a content control that is mapped to Word's Company property, as the cover
# pages of Word have it, is filled in and shows its tag again when the letter is opened or printed. docxtpl fills in the
# text and some core properties; LibreOffice puts the mapped property over the text, and Company stands in another part
# that is never filled in. A mapping to the title shows the title, whatever was rendered in the control.
# Seen: Word file ['Sagsakter', 'Ternevang Kommune', 'Havnegade 2'], PDF ['Brev', '{{ kommune }}', 'Havnegade 2']
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check docxtpl==0.20.2 pypdf==7.1.1
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - <<'PY'
import subprocess, zipfile
from pathlib import Path

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docxtpl import DocxTemplate
from pypdf import PdfReader

CORE, MORE = "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}", "{6668398D-A668-4E3E-A5EB-62B293D839F1}"
PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
TITLE = (
    "xmlns:a='http://purl.org/dc/elements/1.1/'"
    " xmlns:b='http://schemas.openxmlformats.org/package/2006/metadata/core-properties'"
)


def control(mapping, text):
    """A paragraph with one control, mapped or not."""
    return parse_xml(
        f"<w:p {nsdecls('w')}><w:sdt><w:sdtPr>{mapping}<w:text/></w:sdtPr>"
        f"<w:sdtContent><w:r><w:t>{text}</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )


def mapped(prefixes, path, store):
    return f'<w:dataBinding w:prefixMappings="{prefixes}" w:xpath="{path}" w:storeItemID="{store}"/>'


document = Document()
document.core_properties.title = "Brev"
for block in (
    control(mapped(TITLE, "/b:coreProperties[1]/a:title[1]", CORE), "{{ emne }}"),
    control(mapped(f"xmlns:a='{PROPERTIES}'", "/a:Properties[1]/a:Company[1]", MORE), "{{ kommune }}"),
    control("", "{{ adresse }}"),
):
    document.element.body.insert(len(document.element.body) - 1, block)
document.save("plain.docx")
with zipfile.ZipFile("plain.docx") as old, zipfile.ZipFile("template.docx", "w") as new:
    for name in old.namelist():
        data = old.read(name)
        if name == "docProps/app.xml":  # as Word saves what was typed in the control
            data = f'<Properties xmlns="{PROPERTIES}"><Company>{{{{ kommune }}}}</Company></Properties>'.encode()
        new.writestr(name, data)

template = DocxTemplate("template.docx")
template.render({"emne": "Sagsakter", "kommune": "Ternevang Kommune", "adresse": "Havnegade 2"})
template.save("letter.docx")
body = Document("letter.docx").element.body
word = ["".join(node.text for node in part.iter() if node.tag.endswith("}t")) for part in body if part.tag.endswith("}p")]

profile = f"-env:UserInstallation=file://{Path.cwd()}/profile"
command = ["soffice", profile, "--headless", "--convert-to", "pdf", "letter.docx"]
subprocess.run(command, check=True, capture_output=True, timeout=120)
pdf = [line for page in PdfReader("letter.pdf").pages for line in page.extract_text().splitlines()]
print("Word file", word)
print("PDF", pdf)
expected = ["Sagsakter", "Ternevang Kommune", "Havnegade 2"], ["Brev", "{{ kommune }}", "Havnegade 2"]
raise SystemExit((word, pdf) != expected)
PY
