"""Renders one template many times with docx-mailmerge2. Stands alone: hopdocs is not here.

    mailmerge_program.py TEMPLATE DATA.json FOLDER

Each line on standard input is a number of documents to make; the answer is how many seconds they took.
"""

import json
import sys
import time
from pathlib import Path

from mailmerge import MailMerge  # type: ignore[import-not-found]  # it has an environment of its own

template, data_file, folder = sys.argv[1:]
data = json.loads(Path(data_file).read_text(encoding="utf-8"))
rows = data.pop("rows")
made = 0
for line in sys.stdin:
    begun = time.perf_counter()
    for _ in range(int(line)):
        made += 1
        with MailMerge(template) as document:
            document.merge(**data)
            document.merge_rows("what", rows)
            document.write(f"{folder}/{made}.docx")
    sys.stdout.write(f"{time.perf_counter() - begun}\n")
    sys.stdout.flush()
