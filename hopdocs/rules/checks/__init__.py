"""The rules themselves, one family of rules a module; `hopdocs.rules.catalogue_of_rules` lists them all."""
