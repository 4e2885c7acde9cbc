#!/bin/sh
# jubarte-redlines 0.14.0 (Word files as tracked changes). A space that became a non-breaking one is no change: nothing
# is marked, and reject_revisions, which its guide gives as the way back to the original, returns the new text. A tab
# that became a space, two spaces that became one and a soft hyphen that went are all marked and come back.
# Seen: marks 0 and rejected 'kl.\xa010.00' for a non-breaking space; marks and the old text for the others
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check python-docx==1.2.0 jubarte-redlines==0.14.0
cd "$dir"
LC_ALL=C "$dir/venv/bin/python" -W ignore - <<'PY'
import io

from docx import Document
from jubarte_redlines import compare_documents, get_revisions, reject_revisions


def docx(text):
    document, file = Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(file)
    return file.getvalue()


def compared(old, new):
    both = compare_documents(docx(old), docx(new), author="x")
    (paragraph,) = Document(io.BytesIO(reject_revisions(both))).paragraphs
    return len(get_revisions(both)), paragraph.text


space = compared("kl. 10.00", "kl.\u00a010.00")
others = {old: compared(old, new) for old, new in (("a\tb", "a b"), ("a  b", "a b"), ("a\u00adb", "ab"))}
print(space, others)
are_marked = all(count > 0 and text == old for old, (count, text) in others.items())
raise SystemExit(space != (0, "kl.\u00a010.00") or not are_marked)
PY
