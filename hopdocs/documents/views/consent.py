"""What the two papers before consent get: the informationsbrev and the samtykkeerklæring.

They hold nothing that consent would be needed for: no team, no cases, nothing about other adults.
"""

from dataclasses import dataclass

from hopdocs.documents.views.letterhead import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaLine:
    """One professional area to tick; every area of the municipality, whether or not it knows the family."""

    code: str
    name: str
    is_health: bool
    """True where consent to share lapses by law after 12 months (sundhedsloven § 44)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationsbrevContext(Context):
    """The letter that tells what a helhedsorienteret plan is. `tovholder` is always the projektkoordinator."""

    areas: tuple[AreaLine, ...]
    follow_up_weeks: int
    """How often the plan is followed up as a rule: 8."""
    legal_basis: tuple[str, ...]
    """For the closing box: "barnets lov § 110"; empty when config has no reference that is valid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SamtykkeerklaeringContext(Context):
    """The consent form of one person, with its withdrawal sheet. `tovholder` is always the projektkoordinator.

    Boxes are never ticked beforehand, and no CPR number is printed: the form leaves a line for it.
    """

    areas: tuple[AreaLine, ...]
    children: tuple[str, ...]
    """Full names of the children under 16 the signer has custody of and signs for; empty for others."""
    months: int
    """How long a consent lasts at most: 12."""
    legal_basis: tuple[str, ...]
    """References for the closing box; empty when config has none that is valid."""
