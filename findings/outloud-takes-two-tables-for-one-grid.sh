#!/bin/sh
# outloud 0.2.1 (a screen reader's view of a PDF, checked) on files of WeasyPrint 70.0 (pango must be there). All ruled
# lines of a page are one grid to it: a page with one tagged table is in order, and with two of the same, a heading
# between them, the words of both are said to stand in "a ruled grid that no Table covers" (TBL-014), however far the
# tables are apart. Each is a Table in the tags, with heads and cells. A plan with a table for each goal is warned of on
# nearly every page, and a grid that truly has no tags is lost among the warnings.
# Seen: one table: nothing; two on a page: ['TBL-014']; the second on a page of its own: nothing
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install -q --disable-pip-version-check outloud==0.2.1 weasyprint==70.0 pikepdf==10.18.0
cd "$dir"
LC_ALL=C.UTF-8 PATH="$dir/venv/bin:$PATH" "$dir/venv/bin/python" -W ignore - <<'PY'
import json, subprocess

import pikepdf, weasyprint

TABLE = (
    '<table><thead><tr><th scope="col">Hvem</th><th scope="col">Hvornår</th></tr></thead>'
    "<tbody><tr><td>Nadira</td><td>mandag</td></tr><tr><td>Tariq</td><td>tirsdag</td></tr></tbody></table>"
)
CSS = "table {border-collapse: collapse} td, th {border: 1pt solid black; padding: 3pt} .next {break-before: page}"


def tables_in(element):
    if isinstance(element, pikepdf.Array):
        return sum(map(tables_in, element))
    if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
        return 0
    return (element.S == "/Table") + tables_in(element.get("/K", pikepdf.Array()))


def told(body):
    html = f'<html lang="da"><head><title>Plan</title><style>{CSS}</style></head><body><h1>Plan</h1>{body}</body></html>'
    weasyprint.HTML(string=html).write_pdf("it.pdf", pdf_variant="pdf/ua-1", pdf_tags=True)
    command = ["outloud", "it.pdf", "--json", "it.json", "--fail-on", "never"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    rules = [item["rule"] for item in json.load(open("it.json"))["results"][0]["findings"]]
    with pikepdf.open("it.pdf") as pdf:
        return tables_in(pdf.Root.StructTreeRoot.K), rules


found = [
    told(TABLE),
    told(f"{TABLE}<h2>Igen</h2>{TABLE}"),
    told(f'{TABLE}<h2 class="next">Igen</h2>{TABLE}'),
]
print(*found)
raise SystemExit(found != [(1, []), (2, ["TBL-014"]), (2, [])])
PY
