"""What a user would write instead: for each family's file, load the YAML and render each document with docxtpl.

    python -m bench.plain_loop WORKSPACE OUT FAMILY…

Two processes share the families. The data that each template needs are handed to the loop for nothing, made by hopdocs
before the clock starts, and so are start and imports; counted is loading the YAML (with PyYAML's C loader) and opening,
rendering and saving each document. The answer is one line of JSON: seconds and documents.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

from bench.one_document import save_with_docxtpl
from bench.samples import sample_documents
from hopdocs.sources.config import parse_config

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.synchronize import Barrier

PROCESSES: Final = 2


def loop(workspace: Path, out: Path, names: Sequence[str], start: Barrier, answers: Any) -> None:
    """One process's share."""
    config = parse_config((workspace / "config.yaml").read_bytes(), "config.yaml").config
    files = [workspace / "families" / name for name in names]
    documents = [[item for item in sample_documents(file.read_bytes(), config) if item.is_begun] for file in files]
    save_with_docxtpl(documents[0][0], out / f"warm-{names[0]}.docx")
    made = 0
    start.wait()
    begun = time.perf_counter()
    for file, wanted in zip(files, documents, strict=True):
        yaml.load(file.read_bytes(), yaml.CSafeLoader)
        folder = out / file.stem
        folder.mkdir()
        for document in wanted:
            save_with_docxtpl(document, folder / f"{document.stem}.docx")
            made += 1
    answers.put((time.perf_counter() - begun, made))


def run(workspace: Path, out: Path, names: Sequence[str]) -> tuple[float, int]:
    """Seconds until the last process is done, and how many documents they made."""
    context = multiprocessing.get_context("spawn")
    start, answers = context.Barrier(PROCESSES), context.Queue()
    processes = [
        context.Process(target=loop, args=(workspace, out, names[share::PROCESSES], start, answers))
        for share in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    found = [answers.get(timeout=600) for _ in processes]
    for process in processes:
        process.join()
    return max(seconds for seconds, _ in found), sum(made for _, made in found)


if __name__ == "__main__":
    seconds, made = run(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
    sys.stdout.write(json.dumps({"seconds": seconds, "documents": made}) + "\n")
