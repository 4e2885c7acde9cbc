#!/bin/sh
# pypdf 7.1.1. Two documents made from one template have the same named destinations. Appended one after the other, only the
# first one's is kept; what in the second document points to the name leads into the first document.
# Seen: the link on the second document's first page (page 3 of 4) leads to page 2, not 4.
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


from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, TextStringObject


def document():
    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    writer.add_blank_page(100, 100)
    writer.add_named_destination("maal", 1)
    link = DictionaryObject({
        NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Link"),
        NameObject("/Rect"): ArrayObject([FloatObject(n) for n in (1, 1, 50, 50)]),
        NameObject("/A"): DictionaryObject({
            NameObject("/S"): NameObject("/GoTo"), NameObject("/D"): TextStringObject("maal")}),
    })
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(link)])
    return written(writer)


bound = appended(document(), document())
names = {str(name): bound.get_destination_page_number(place) + 1 for name, place in bound.named_destinations.items()}
seen = [[number + 1, names[str(link.get_object()["/A"]["/D"])]]
        for number, page in enumerate(bound.pages) for link in page.get("/Annots", [])]
print(seen)
raise SystemExit(seen != [[1, 2], [3, 2]])
PY
