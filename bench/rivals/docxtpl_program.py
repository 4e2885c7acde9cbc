"""Renders one template many times with whichever `docxtpl` this Python has. Stands alone: hopdocs is not here.

    docxtpl_program.py TEMPLATE DATA.json FOLDER

Each line on standard input is a number of documents to make; the answer is how many seconds they took.
"""

import json
import sys
import time
from pathlib import Path

from docxtpl import DocxTemplate

template, data_file, folder = sys.argv[1:]
data = json.loads(Path(data_file).read_text(encoding="utf-8"))
made = 0
for line in sys.stdin:
    begun = time.perf_counter()
    for _ in range(int(line)):
        made += 1
        document = DocxTemplate(template)
        document.render(data, autoescape=True)
        document.save(f"{folder}/{made}.docx")
    sys.stdout.write(f"{time.perf_counter() - begun}\n")
    sys.stdout.flush()
