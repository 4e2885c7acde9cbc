#!/bin/sh
# LibreOffice 7.4.7.2, Word file to tagged PDF that calls itself PDF/UA. A picture with a description gets a Figure that
# holds nothing: its pixels lie in an artifact, which a reader of tags passes over. Of a picture that is there as SVG
# beside its PNG, as Word writes it (svgBlip), the PNG is drawn. Where the SVG is the picture itself, it is drawn as
# vectors, as an artifact too. So what is said of a picture is tied to nothing on the page.
# Seen: {'beside': {'images': 1, 'figures': [('En streg', 0)]}, 'in its place': {'images': 0, 'figures': [('En streg', 0)]}}
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check python-docx==1.2.0 pypdf==7.1.1
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - <<'PY'
import io, struct, subprocess, zipfile, zlib
from pathlib import Path

from docx import Document
from docx.shared import Mm
from pypdf import PdfReader

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40mm" height="20mm" viewBox="0 0 40 20">'
    b'<path d="M2 18 L38 2" stroke="#1b5161" stroke-width="1" fill="none"/></svg>'
)
BESIDE = (
    '<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="rIdSvg"/></a:ext></a:extLst>'
)


def png(width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x1b\x51\x61" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def word_file(name, *, in_its_place):
    document, file = Document(), io.BytesIO()
    document.add_paragraph("Sådan er det gået.")
    shape = document.add_picture(io.BytesIO(png(40, 20)), width=Mm(40))
    shape._inline.docPr.set("descr", "En streg")
    document.save(file)
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(name, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            if part == "word/_rels/document.xml.rels":
                link = (
                    b'<Relationship Id="rIdSvg" Target="media/streg.svg" '
                    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/>'
                )
                data = data.replace(b"</Relationships>", link + b"</Relationships>")
            elif part == "[Content_Types].xml":
                kind = b'<Default Extension="svg" ContentType="image/svg+xml"/>'
                data = data.replace(b"<Default ", kind + b"<Default ", 1)
            elif part == "word/document.xml":
                text = data.decode()
                start = text.index("<a:blip ")
                end = text.index(">", start) + 1
                blip = text[start:end]
                other = (
                    '<a:blip r:embed="rIdSvg"/>' if in_its_place else blip.removesuffix("/>") + f">{BESIDE}</a:blip>"
                )
                data = text.replace(blip, other).encode()
            new.writestr(part, data)
        new.writestr("word/media/streg.svg", SVG)


def read(name):
    options = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},"PDFUACompliance":{"type":"boolean","value":"true"}}'
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{Path.cwd()}/profile", "--headless", "--convert-to", options, name],
        check=True, capture_output=True, timeout=300,
    )
    reader = PdfReader(Path(name).with_suffix(".pdf"))
    images = len(reader.pages[0].images)
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            kids = node.get("/K", [])
            kids = kids if isinstance(kids, list) else [kids]
            if node.get("/S") == "/Figure":
                found.append((str(node.get("/Alt")), sum(isinstance(kid.get_object(), int) for kid in kids)))
            waiting += [kid for kid in kids if not isinstance(kid, int)]
    return {"images": images, "figures": found}


seen = {}
for name, in_its_place in (("beside", False), ("in its place", True)):
    file = name.replace(" ", "-") + ".docx"
    word_file(file, in_its_place=in_its_place)
    seen[name] = read(file)
print(seen)
assert seen == {
    "beside": {"images": 1, "figures": [("En streg", 0)]},
    "in its place": {"images": 0, "figures": [("En streg", 0)]},
}, seen
PY
