#!/bin/sh
# LibreOffice 7.4.7.2, Word file to PDF. A table whose shade comes from its style is painted once more than one whose
# cells bear the shade: the table as a whole on each of its pages, and its cells over that in the same colour. And the
# style is worked out anew for each cell and paragraph: ten tables of 30 cells take a warm LibreOffice 1.3 to 1.4 times
# the processor's time of the same pages with borders, margins and shades in the tables themselves.
# Seen: {'fills': {'style': 615, 'cells': 600}, 'style costs more': True}
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check python-docx==1.2.0 pypdf==7.1.1
cd "$dir"
"$dir/venv/bin/python" -W ignore - <<'PY'
from docx import Document
from docx.oxml import parse_xml

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
EDGES = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="9FB8BF"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
ROOM = "".join(f'<w:{edge} w:w="60" w:type="dxa"/>' for edge in ("top", "left", "bottom", "right"))
LOOKS = f"<w:tblBorders>{EDGES}</w:tblBorders>"
MARGINS = f"<w:tblCellMar>{ROOM}</w:tblCellMar>"
SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="E9F1F3"/>'
STYLE = (
    f'<w:style {W} w:type="table" w:customStyle="1" w:styleId="Boks"><w:name w:val="Boks"/>'
    f"<w:tblPr>{LOOKS}{MARGINS}</w:tblPr><w:tcPr>{SHADE}</w:tcPr></w:style>"
)


def table(rows, *, styled):
    shade = "" if styled else SHADE
    words = "<w:p><w:r><w:t>Ord</w:t></w:r></w:p>"
    cell = f'<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/>{shade}</w:tcPr>{words}</w:tc>'
    named = '<w:tblStyle w:val="Boks"/>' if styled else ""
    return (
        f'<w:tbl {W}><w:tblPr>{named}<w:tblW w:w="9000" w:type="dxa"/>{LOOKS if not styled else ""}'
        f'<w:tblLayout w:type="fixed"/>{MARGINS if not styled else ""}<w:tblLook w:val="0600"/></w:tblPr>'
        f'<w:tblGrid>{"<w:gridCol w:w=%s/>" % chr(34).join(["", "3000", ""]) * 3}</w:tblGrid>'
        + f"<w:tr>{cell * 3}</w:tr>" * rows
        + "</w:tbl>"
    )


for name, styled in (("style", True), ("cells", False)):
    document = Document()
    document.styles.element.append(parse_xml(STYLE))
    body = document.element.body
    for _ in range(10):
        document.add_paragraph("Før")
        body.insert(len(body) - 1, parse_xml(table(10, styled=styled)))
    document.add_paragraph("Efter")
    document.save(f"{name}.docx")
PY
cat >"$dir/warm.py" <<'PY'
import json, subprocess, sys, time
from pathlib import Path
from statistics import median

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

here = Path.cwd()
program = Path("/usr/lib/libreoffice/program/soffice.bin")
# Once beforehand, since a LibreOffice with a new profile ends and wants to be started again.
subprocess.run([program.with_name("soffice"), f"-env:UserInstallation={(here / 'profile').as_uri()}", "--headless",
                "--convert-to", "pdf", "style.docx"], check=True, capture_output=True, timeout=300)
pipe = f"finding{here.name}"
office = subprocess.Popen([program, f"-env:UserInstallation={(here / 'profile').as_uri()}", "--headless", "--norestore",
                           f"--accept=pipe,name={pipe};urp;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
for _ in range(600):
    try:
        context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        break
    except NoConnectException:
        time.sleep(0.1)
desktop = context.ServiceManager.createInstance("com.sun.star.frame.Desktop")
clock = (~office.pid << 3) | 2  # the processor's time of all its threads: clock_getcpuclockid(3)


def convert(name):
    begun = time.clock_gettime(clock)
    document = desktop.loadComponentFromURL((here / f"{name}.docx").as_uri(), "_blank", 0,
                                            (PropertyValue("Hidden", 0, True, 0),))
    document.storeToURL((here / f"{name}.pdf").as_uri(), (PropertyValue("FilterName", 0, "writer_pdf_Export", 0),))
    document.close(True)
    return time.clock_gettime(clock) - begun


names = ("style", "cells")
seconds = [{name: convert(name) for name in names} for _ in range(9)][2:]
office.kill()
print(json.dumps({name: median(one[name] for one in seconds) for name in names}))
PY
costs=$(/usr/bin/python3 "$dir/warm.py")
COSTS=$costs "$dir/venv/bin/python" -W ignore - <<'PY'
import json, os, re

from pypdf import PdfReader

costs = json.loads(os.environ["COSTS"])
pages = {name: PdfReader(f"{name}.pdf").pages for name in costs}
fills = {
    name: sum(len(re.findall(rb" re\s+f\*", page.get_contents().get_data())) for page in one)
    for name, one in pages.items()
}
seen = {"fills": fills, "style costs more": costs["style"] > 1.2 * costs["cells"]}
print(seen, {name: f"{cost * 1000:.0f} ms" for name, cost in costs.items()})
assert seen == {"fills": {"style": 615, "cells": 600}, "style costs more": True}, seen
PY
