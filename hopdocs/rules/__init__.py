"""What must hold for a family: consent, state, who takes part, and every rule that looks at the file."""

from hopdocs.rules.catalogue_of_rules import check_family
from hopdocs.rules.facts import FamilyFacts, check_across, family_facts

__all__ = ["FamilyFacts", "check_across", "check_family", "family_facts"]
