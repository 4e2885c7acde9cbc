"""Forgetting a family: what goes, what stays without a name, and what hopdocs cannot reach.

What may be forgotten is decided below (`domain.course.erasable`, `domain.course.retention`) and beside
(`dispatch.unfiled`, `held`); what goes is listed in `traces`, `answers` and `ledger_rows`, and `carrying_out` does it
in an order that a crash can be taken up from.
"""
