#!/bin/sh
# pypdf 7.1.1. append is documented as bringing all pages of a document. Of a single one appended to nothing, the pages' own
# labels, the attachments, the language and the title are gone, with no warning; its outline is kept. clone_from keeps
# all. So a bound plan of one document is not what that document was.
# Seen: appended [['1', '2'], [], None, None, ['Plan']], cloned [['i', 'ii'], ['bilag.txt'], 'da-DK', 'Plan', ['Plan']]
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check pypdf==7.1.1
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


from pypdf.generic import NameObject, TextStringObject

plan = PdfWriter()
for _ in range(2):
    plan.add_blank_page(100, 100)
plan.set_page_label(0, 1, style="/r")
plan.add_attachment("bilag.txt", b"bilag")
plan.add_metadata({"/Title": "Plan"})
plan.add_outline_item("Plan", 0)
plan.root_object[NameObject("/Lang")] = TextStringObject("da-DK")
plan = written(plan)


def told(reader):
    root = reader.trailer["/Root"]
    outline = [item.title for item in reader.outline]
    return [reader.page_labels, list(reader.attachments), root.get("/Lang"), reader.metadata.title, outline]


seen = [told(appended(plan)), told(written(PdfWriter(clone_from=plan)))]
print(seen)
raise SystemExit(seen != [[['1', '2'], [], None, None, ['Plan']], [['i', 'ii'], ['bilag.txt'], 'da-DK', 'Plan', ['Plan']]])
PY
