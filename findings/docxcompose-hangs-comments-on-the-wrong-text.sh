#!/bin/sh
# docxcompose 2.2.0 with python-docx 1.2.0, which writes comments since that version. A document appended brings its comment
# marks along, but not the comments. If the first document has comments of its own, which start at 0 as well, its
# comment now hangs on both texts; otherwise the mark refers to nothing (no comments part at all).
# Seen: marks 0 and 0, one comment (the first one's); alone: one mark, no part.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check docxcompose==2.2.0 python-docx==1.2.0
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - <<'PY'
import io, re, zipfile

from docx import Document


def body(file):
    xml = zipfile.ZipFile(file).read("word/document.xml").decode()
    return re.search("<w:body>(.*?)<w:sectPr", xml, re.S).group(1)


from docxcompose.composer import Composer


def document(text, comment):
    made = Document()
    added = made.add_paragraph(text)
    if comment:
        made.add_comment(added.runs, text=comment, author="x")
    return made


def joined(first):
    composer, out = Composer(first), io.BytesIO()
    composer.append(document("plan", "Er det rigtigt?"))
    composer.doc.save(out)
    parts = zipfile.ZipFile(out)
    comments = parts.read("word/comments.xml").decode() if "word/comments.xml" in parts.namelist() else ""
    return [re.findall('commentReference w:id="([0-9]+)"', body(out)), re.findall("<w:t>([^<]*)</w:t>", comments)]


seen = [joined(document("brev", "Send den")), joined(document("brev", None))]
print(seen)
raise SystemExit(seen != [[["0", "0"], ["Send den"]], [["0"], []]])
PY
