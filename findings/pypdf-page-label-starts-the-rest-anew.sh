#!/bin/sh
# pypdf 7.1.1. set_page_label takes a first and a last page. The pages after the last are numbered from 1 again, so that a
# document with a Roman-numbered part in its middle has two pages 1; to have the plain numbers go on, they need a
# range with a start of their own.
# Seen: ['1', '2', 'i', 'ii', '1'] for pages 3 and 4 of 5; the last with start=5: ['1', '2', 'i', 'ii', '5']
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


def labels(*ranges):
    writer = PdfWriter()
    for _ in range(5):
        writer.add_blank_page(100, 100)
    for first, last, how in ranges:
        writer.set_page_label(first, last, **how)
    return written(writer).page_labels


roman = (2, 3, {"style": "/r"})
seen = [labels(roman), labels(roman, (4, 4, {"style": "/D", "start": 5}))]
print(seen)
raise SystemExit(seen != [['1', '2', 'i', 'ii', '1'], ['1', '2', 'i', 'ii', '5']])
PY
