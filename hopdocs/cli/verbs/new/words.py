"""What may be said after `hopdocs new`: dates, times and names in the forms that people write in the files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from hopdocs.cli.console import both
from hopdocs.model.scalars.moments import parse_date, parse_month, parse_time

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date


class Word(click.ParamType[Any]):
    """A value in the forms that people write in the files."""

    def __init__(self, name: str) -> None:
        self.name = name

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The date or time of day."""
        from pydantic_core import PydanticCustomError  # noqa: PLC0415

        if not isinstance(value, str):
            return value
        try:
            return _PARSERS[self.name](value)
        except PydanticCustomError:
            if self.name == "month":
                hint = both(en="write 2026-11", da="skriv 2026-11")
                self.fail(both(en=f"{value} is no month", da=f"{value} er ikke en måned") + f"; {hint}", param, ctx)
            if self.name == "date":
                hint = both(en="write 2026-11-24", da="skriv 2026-11-24")
                self.fail(both(en=f"{value} is no date", da=f"{value} er ikke en dato") + f"; {hint}", param, ctx)
            hint = both(en="write 10.00", da="skriv 10.00")
            self.fail(
                both(en=f"{value} is no time of day", da=f"{value} er ikke et klokkeslæt") + f"; {hint}", param, ctx
            )


class Written(click.ParamType[str]):
    """Something that people write: a name, or a sentence."""

    def __init__(self, name: str, *, en: str, da: str) -> None:
        self.name, self._en, self._da = name, en, da

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """What was written, without white space around it."""
        if not str(value).strip():
            self.fail(both(en=self._en, da=self._da), param, ctx)
        return str(value).strip()


_PARSERS: Final[Mapping[str, Callable[[str], Any]]] = {"date": parse_date, "time": parse_time, "month": parse_month}


class Amount(click.ParamType[str]):
    """A number as people write it, kept as it was written."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """What was written, if it is a number."""
        from pydantic_core import PydanticCustomError  # noqa: PLC0415

        from hopdocs.model.scalars.values import parse_decimal  # noqa: PLC0415

        said = str(value).strip()
        try:
            is_amount = parse_decimal(said) >= 0
        except PydanticCustomError:
            is_amount = False
        if not is_amount:
            self.fail(both(en=f"{value} is no number; write 1,5", da=f"{value} er ikke et tal; skriv 1,5"), param, ctx)
        return said


def refuse_to_come(today: date, *days: date | None) -> None:
    """`click.UsageError` for a day that has not come yet: what is written as done was done on no such day."""
    for day in days:
        if day is not None and day > today:
            said = both(en="has not come yet; is the year right?", da="er ikke kommet endnu; er årstallet rigtigt?")
            raise click.UsageError(f"{day.isoformat()} {said}")


DATE, TIME, MONTH = Word("date"), Word("time"), Word("month")
AMOUNT = Amount()
NAME = Written("name", en="the name is empty", da="navnet er tomt")
TEXT = Written("text", en="the text is empty", da="teksten er tom")
