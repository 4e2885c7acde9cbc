"""DuckDB, shut in: memory up to a limit, nothing on disk, no other file, no network, no extension.

What does not fit it could spill to files, and encrypt those only with an extension that is fetched; so it may not.
A message of its own may repeat a value that it met, and is never shown.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hopdocs.errors import EnvironmentFault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hopdocs.candidates.columns import Column
    from hopdocs.candidates.extract import Extract

_BROKEN_LINES_KEPT: Final = 100_000
"""Of the lines that are no row of the table; more of them are told as "at least"."""


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line of an extract that is no row of its table, by its number."""

    path: str
    line: int


class Engine:
    """One database in memory."""

    def __init__(self, extracts: Sequence[Extract], memory_megabytes: int) -> None:
        import duckdb  # noqa: PLC0415 - large, and for this verb alone

        self._refusals = (duckdb.Error,)
        self._no_room = (duckdb.OutOfMemoryException,)
        self._database = duckdb.connect(
            config={
                "memory_limit": f"{memory_megabytes}MB",
                "temp_directory": "",
                "preserve_insertion_order": "false",
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "allow_persistent_secrets": "false",
            }
        )
        self._memory = memory_megabytes
        paths = ", ".join(f"'{it.path}'" for it in extracts)
        self.run(f"SET allowed_paths = [{paths}]")
        self.run("SET enable_external_access = false")

    def close(self) -> None:
        """Lets go of everything."""
        self._database.close()

    def run(self, statement: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of one statement."""
        try:
            rows: list[tuple[Any, ...]] = self._database.execute(statement, values).fetchall()
        except self._no_room:
            raise EnvironmentFault("HD895", limit=str(self._memory)) from None
        except self._refusals as err:
            raise EnvironmentFault("HD896", detail=type(err).__name__) from None
        return rows

    def broken_lines(self) -> list[BrokenLine]:
        """The lines that were left out while these were read, in order."""
        rows = self.run(
            "SELECT DISTINCT file_path, line FROM reject_errors JOIN reject_scans USING (scan_id, file_id) ORDER BY ALL"
        )
        return [BrokenLine(path, line) for path, line in rows]

    def wrongly_encoded(self) -> set[str]:
        """The paths of those extracts that are not in the encoding they were read in."""
        rows = self.run(
            "SELECT DISTINCT file_path FROM reject_errors JOIN reject_scans USING (scan_id, file_id) "
            "WHERE error_type = 'INVALID ENCODING'"
        )
        return {path for (path,) in rows}


@contextmanager
def open_engine(extracts: Sequence[Extract], memory_megabytes: int) -> Iterator[Engine]:
    """A database that may read these extracts and nothing else."""
    engine = Engine(extracts, memory_megabytes)
    try:
        yield engine
    finally:
        engine.close()


def rows_of(extract: Extract, *, keeps_broken: bool) -> str:
    """The extract as a table `c0`, `c1`, … of texts; lines that are no row are left out, and remembered if asked."""
    columns = ", ".join(f"c{number}: 'VARCHAR'" for number in range(extract.width))
    broken = f"store_rejects = true, rejects_limit = {_BROKEN_LINES_KEPT}" if keeps_broken else "ignore_errors = true"
    return (
        f"read_csv('{extract.path}', auto_detect = false, header = true, delim = '{extract.delimiter}', quote = '\"', "
        f"escape = '\"', encoding = '{extract.encoding}', columns = {{{columns}}}, {broken})"
    )


def swallows(extract: Extract) -> str:
    """Whether a row is several: a quotation mark that nothing ended took the next ones into a cell.

    Such a cell holds line breaks, and as many delimiters as a whole row; a remark of several lines hardly does.
    """
    if not extract.has_quotes:
        return "false"
    breaks, needed = "contains({0}, chr(10))", max(1, extract.width - 1)
    marks = f"length({{0}}) - length(replace({{0}}, '{extract.delimiter}', '')) >= {needed}"
    return " OR ".join(f"({breaks} AND {marks})".format(f"c{number}") for number in range(extract.width))


def lines_of(extract: Extract) -> str:
    """The file's lines as they stand, whatever its quotation marks say, as a table `line`."""
    return (
        f"read_csv('{extract.path}', auto_detect = false, header = false, delim = '\x01', quote = '', escape = '', "
        f"encoding = '{extract.encoding}', columns = {{line: 'VARCHAR'}}, ignore_errors = true)"
    )


def text_of(extract: Extract, column: Column) -> str:
    """A column's text without the blanks around it."""
    return f"trim(c{extract.columns[column]})"
