"""What must hold for a family: consent, state, who takes part, and every rule that looks at the file."""

from hopdocs.rules.across_families import FamilyFacts, check_across, family_facts
from hopdocs.rules.law import check_references
from hopdocs.rules.registry import check_family

__all__ = ["FamilyFacts", "check_across", "check_family", "check_references", "family_facts"]
