"""Erasing a family: what goes, what stays without a name, and what hopdocs cannot reach.

What may be erased is decided below (`domain.course.erasable`), what goes is listed in `traces`, and `carrying_out` does
it in an order that a crash can be taken up from. To erase more than a family that said no is to decide more there, and
to list more here.
"""
