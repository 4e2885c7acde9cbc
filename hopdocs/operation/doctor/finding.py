"""What the doctor says of one thing."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

from hopdocs.catalogue import Language, fill_hint, fill_message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hopdocs.errors import HopdocsError


class Health(StrEnum):
    """How a thing is. `MEND` works, or will once a person has done something; without `BROKEN` things stand still."""

    WELL = "well"
    MEND = "mend"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: the thing, how it is, and the code that says what is amiss, or what was found where nothing is."""

    subject: str
    health: Health
    code: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    fact: str = ""

    @classmethod
    def well(cls, subject: str, fact: str) -> Self:
        """Nothing is amiss; `fact` is the same in every language: a version, a number."""
        return cls(subject, Health.WELL, fact=fact)

    @classmethod
    def mend(cls, subject: str, code: str, **params: str) -> Self:
        """A person should do something."""
        return cls(subject, Health.MEND, code, params)

    @classmethod
    def broken(cls, subject: str, code: str, **params: str) -> Self:
        """The machine does not give what is needed."""
        return cls(subject, Health.BROKEN, code, params)

    @classmethod
    def of(cls, subject: str, fault: HopdocsError) -> Self:
        """From what was raised when the thing was tried."""
        return cls(subject, Health.BROKEN, fault.code, fault.params)

    def as_json(self, language: Language) -> dict[str, Any]:
        """The shape of `doctor --format json`."""
        return {
            "subject": self.subject,
            "health": self.health.value,
            "code": self.code or None,
            "message": fill_message(self.code, self.params, language) if self.code else self.fact,
            "hint": fill_hint(self.code, self.params, language) if self.code else "",
        }


def worst_of(findings: list[Finding]) -> Health:
    """What the whole comes to."""
    found = {item.health for item in findings}
    return Health.BROKEN if Health.BROKEN in found else Health.MEND if Health.MEND in found else Health.WELL
