"""Ten million rows of expenses and contacts: `hopdocs candidates` against the same ranking in pandas."""

from __future__ import annotations

import csv
import hashlib
import hmac
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from bench.commands import hopdocs_command
from bench.figure import Figure, at_least, at_most
from bench.memory import PeakMemory
from bench.rivals.installation import PROGRAMS
from bench.table import format_seconds
from bench.workspaces import Standing, write_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

COSTS: Final = 7_000_000
CONTACTS: Final = 3_000_000
TOP: Final = 50
_ROUNDS: Final = 3
_PEOPLE_A_ROW: Final = 35
"""A person has so many rows of expenses: two services a month for a year and a half."""
_MB: Final = 1_000_000
_KEY: Final = "a key for the benchmark alone, of nobody: 0123456789"


def measure() -> Iterator[Figure]:
    """Seconds and memory of both; that they come to the same list is looked at first."""
    with tempfile.TemporaryDirectory(prefix="hopdocs-bench-") as name:
        folder = Path(name)
        write_workspace(folder / "workspace", 0, Standing())
        costs, contacts = write_extracts(folder, COSTS, CONTACTS)
        ours: list[tuple[float, int]] = []
        theirs: list[tuple[float, int]] = []
        for _ in range(_ROUNDS):
            ours.append(_time(_our_command(folder, costs, contacts), folder))
            theirs.append(_time(_their_command(costs, contacts), folder))
        check_same(folder, (folder / "said").read_text("utf-8"))
    seconds, their_seconds = (median(it for it, _ in each) for each in (ours, theirs))
    peak, their_peak = (max(it for _, it in each) / _MB for each in (ours, theirs))
    size = f"{COSTS + CONTACTS:,} rows"
    note = f"{COSTS:,} rows of expenses and {CONTACTS:,} of contacts; whole processes, {_ROUNDS} turns"
    told = format_seconds(seconds), format_seconds(their_seconds)
    yield Figure(f"candidates of {size}, by pandas", *told, their_seconds / seconds, "×", at_least(5), (note,))
    yield Figure(f"candidates of {size}, seconds", told[0], told[1], seconds, "s", at_most(10))
    yield Figure(f"candidates of {size}, memory", f"{peak:.0f} MB", f"{their_peak:.0f} MB", peak, "MB", at_most(1000))


def write_extracts(folder: Path, costs: int, contacts: int) -> tuple[Path, Path]:
    """Two extracts with the same people, the same each time. Their numbers have days that no month has."""
    import duckdb  # noqa: PLC0415 - for this figure alone

    people = max(costs // _PEOPLE_A_ROW, 20)
    person = f"(hash({{}}) % {people})::INTEGER"
    # A day above forty, the household's number within: the first six signs and the last four are never a person's.
    cpr = (
        "(40 + who % 50)::VARCHAR || lpad((who // 50 % 12 + 1)::VARCHAR, 2, '0') || "
        "lpad((who // 600 % 100)::VARCHAR, 2, '0') || '-' || lpad((who // 60000)::VARCHAR, 4, '0')"
    )
    areas, kinds = (
        "['BF', 'DU', 'BES', 'HP', 'SO']",
        (
            "['Anbringelse i plejefamilie', 'Specialundervisning', 'Kontanthjælp', 'Sygedagpenge', "
            "'Familiebehandling', 'Kontaktperson', 'Ressourceforløb', 'Aflastning']"
        ),
    )
    paths = folder / "costs.csv", folder / "contacts.csv"
    with duckdb.connect() as database:
        database.execute(f"""
            COPY (SELECT (100000 + who // 3)::VARCHAR AS "Husstandsnr.", {cpr} AS "CPR-nr",
                         {areas}[1 + (who + draw % 2) % 5] AS "Fagområde", {kinds}[1 + (who + draw) % 8] AS "Ydelse",
                         replace(((who % 97 + 3) * (draw * 7919 % 1000 + 50) / 100)::DECIMAL(12, 2)::VARCHAR, '.', ',')
                             AS "Beløb",
                         strftime(DATE '2024-01-01' + (hash(row, 2) % 900)::INTEGER, '%d-%m-%Y') AS "Bogføringsdato"
                  FROM (SELECT {person.format("row")} AS who, (hash(row, 1) % 3)::INTEGER + row % 2 AS draw, row
                        FROM range({costs}) all_rows(row)))
            TO '{paths[0]}' (HEADER, DELIMITER ';')
        """)  # noqa: S608 - our own numbers
        database.execute(f"""
            COPY (SELECT {cpr} AS "CPR-nr", 'Enhed ' || (hash(row, 3) % (1 + who % 12))::VARCHAR AS "Enhed",
                         strftime(DATE '2024-01-01' + (hash(row, 4) % 900)::INTEGER, '%Y-%m-%d') AS "Dato"
                  FROM (SELECT {person.format("row, 5")} AS who, row FROM range({contacts}) all_rows(row)))
            TO '{paths[1]}' (HEADER, DELIMITER ';')
        """)  # noqa: S608 - our own numbers
    key = folder / "key"
    key.write_text(_KEY, "utf-8")
    key.chmod(0o600)
    return paths


def _our_command(folder: Path, costs: Path, contacts: Path) -> list[str]:
    extracts = ["--costs", str(costs), "--contacts", str(contacts)]
    where = ["--key", str(folder / "key"), "--out", str(folder / "list"), "--top", str(TOP)]
    return hopdocs_command(folder / "workspace", "candidates", *extracts, *where)


def _their_command(costs: Path, contacts: Path) -> list[str]:
    return [sys.executable, str(PROGRAMS / "pandas_ranking_program.py"), str(costs), str(contacts), str(TOP)]


def _time(command: list[str], folder: Path) -> tuple[float, int]:
    """Seconds and peak memory of one process; what it says is kept in a file."""
    begun = time.perf_counter()
    with (folder / "said").open("wb") as said, subprocess.Popen(command, stdout=said) as process:  # noqa: S603 - ours
        with PeakMemory(process.pid) as memory:
            code = process.wait()
        seconds = time.perf_counter() - begun
    if code:
        raise ValueError(f"{command[1:3]} ended with {code}")
    return seconds, memory.peak_bytes


def check_same(folder: Path, said: str) -> None:
    """Raises ValueError unless our list has the costs that the other program says, household by household."""
    with (folder / "list" / "kandidater.csv").open(encoding="utf-8-sig", newline="") as file:
        ours = {
            row["Husstand"]: round(float(row["Udgift i alt"].replace(",", ".")) * 100)
            for row in csv.DictReader(file, delimiter=";")
        }
    theirs = {_pseudonym(household): int(cost) for household, cost in (line.split() for line in said.splitlines())}
    if not ours or ours != theirs:
        raise ValueError("hopdocs and pandas come to different lists")


def _pseudonym(household: str) -> str:
    sign = hmac.new(_KEY.encode(), household.encode(), hashlib.sha256).hexdigest()[:16]
    return sign.translate(str.maketrans("0123456789abcdef", "bcdfghjkmnpqrstv"))
