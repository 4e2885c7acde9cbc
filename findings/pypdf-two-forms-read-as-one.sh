#!/bin/sh
# pypdf 7.1.1. Two filled-in forms made from one template are appended. Both fields stay in the file, under one full name, which
# the PDF standard allows to one field only; read back with pypdf, only the last answer is there. Nothing is merged or
# renamed, and nothing warned of.
# Seen: two fields with the name consent, values ja and nej; read: {'consent': 'nej'}
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check pypdf==7.1.1 reportlab==5.1.0
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - <<'PY'
import io

from pypdf import PdfReader, PdfWriter


def written(writer):
    file = io.BytesIO()
    writer.write(file)
    file.seek(0)
    return PdfReader(file)


def appended(*readers):
    writer = PdfWriter()
    for reader in readers:
        writer.append(reader)
    return written(writer)


from reportlab.pdfgen.canvas import Canvas


def form(answer):
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.acroForm.textfield(name="consent", value=answer, x=50, y=700)
    canvas.showPage()
    canvas.save()
    file.seek(0)
    return PdfReader(file)


bound = appended(form("ja"), form("nej"))
fields = [field.get_object() for field in bound.trailer["/Root"]["/AcroForm"]["/Fields"]]
seen = [[(str(f["/T"]), str(f["/V"])) for f in fields], bound.get_form_text_fields()]
print(seen)
raise SystemExit(seen != [[("consent", "ja"), ("consent", "nej")], {"consent": "nej"}])
PY
